//! Where first profiles come from: a preset, files, or nothing yet; with what the call itself states.

use std::path::Path;

use super::Args;
use crate::artifact;
use crate::commands::input;
use crate::context::Context;
use crate::diagnostic::{Diagnostic, Severity};
use crate::import::{self, Draft, Found};
use crate::knowledge::KnowledgeBase;
use crate::profile::{Profile, set_facts};
use crate::source::{Format, Source};
use crate::suggestion::nearest;

/// The drafts of a call, with the texts that were read; what is wrong with them goes to the problems.
pub(super) fn drafts(
    knowledge: &KnowledgeBase<'_>,
    args: &Args,
    asks: bool,
    context: &mut Context,
    problems: &mut Vec<Diagnostic>,
) -> (Vec<Source>, Vec<Draft>) {
    let mut sources = Vec::new();
    let mut drafts = match &args.like {
        Some(name) => like(knowledge, name, problems).into_iter().collect(),
        None if args.from.is_empty() => {
            if !asks && args.set.is_empty() {
                problems.push(nothing(knowledge));
            }
            vec![Draft::default()]
        }
        None => from_files(knowledge, args, asks, context, &mut sources, problems),
    };
    if (asks || args.name.is_some()) && drafts.len() > 1 {
        let flag = if asks { "--interview" } else { "--name" };
        let message = format!("`{flag}` takes one flow, and the files tell of {}", drafts.len());
        problems.push(Diagnostic::error("one-flow", message).help("name a file that tells of one flow"));
    }
    if let (Some(name), [draft]) = (&args.name, drafts.as_mut_slice()) {
        draft.name.clone_from(name);
        if name.trim().is_empty() || name.chars().any(char::is_control) {
            let message = "`--name` takes one line of text that is not empty";
            problems.push(Diagnostic::error("missing-name", message).help("as in `--name order-dispatch`"));
        }
    }
    state(knowledge, &args.set, &mut drafts, problems);
    name_apart(&mut drafts);
    (sources, drafts)
}

/// The draft of a preset.
fn like(knowledge: &KnowledgeBase<'_>, name: &str, problems: &mut Vec<Diagnostic>) -> Option<Draft> {
    let found = knowledge.find_preset(name.trim());
    if found.is_none() {
        let message = format!("`--like {name}`: no preset is called `{name}`");
        let problem = Diagnostic::error("unknown-preset", message);
        problems.push(match nearest(name, knowledge.preset_names()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(known(knowledge)),
        });
    }
    found.map(|preset| import::of_preset(knowledge, preset))
}

/// A call that says nothing, where nobody can be asked.
fn nothing(knowledge: &KnowledgeBase<'_>) -> Diagnostic {
    let message = "nothing says what the profile is of, and nobody can be asked: standard input is no terminal";
    Diagnostic::error("nothing-stated", message)
        .help(known(knowledge))
        .help("or begin with a file that is there: `--from FILE`; or answer on standard input: `--interview`")
}

fn known(knowledge: &KnowledgeBase<'_>) -> String {
    let names: Vec<&str> = knowledge.presets.iter().map(|preset| knowledge.text(preset.id)).collect();
    format!("say what it is like: `--like` {}", names.join(", "))
}

/// The drafts of files.
fn from_files(
    knowledge: &KnowledgeBase<'_>,
    args: &Args,
    asks: bool,
    context: &mut Context,
    sources: &mut Vec<Source>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Draft> {
    let mut drafts = Vec::new();
    let mut stdin_read = false;
    for path in &args.from {
        let stdin = path.as_os_str() == "-";
        if stdin && asks {
            let message = "`--interview` reads answers from standard input, and `--from -` reads a file from it";
            problems.push(Diagnostic::error("input-twice", message).help("name the file"));
            continue;
        }
        if stdin && std::mem::replace(&mut stdin_read, true) {
            problems.push(Diagnostic::error("input-twice", "standard input is named twice"));
            continue;
        }
        match read(path, stdin, args.max_input, context) {
            Ok(source) => {
                match import::drafts(knowledge, sources.len(), &source) {
                    Ok(found) if found.is_empty() => {
                        let message = format!("`{}` tells of no flow", source.name);
                        problems.push(Diagnostic::error("nothing-to-import", message));
                    }
                    Ok(found) => drafts.extend(found),
                    Err(found) => problems.extend(found),
                }
                sources.push(source);
            }
            Err(problem) => problems.push(*problem),
        }
    }
    drafts
}

/// Reads a file in the format of its name; what has no such name is read line by line.
fn read(path: &Path, stdin: bool, most: u64, context: &mut Context) -> Result<Source, Box<Diagnostic>> {
    if stdin {
        let (mut sources, mut problems) = input::read(&[path.to_owned()], most, context);
        return sources.pop().ok_or_else(|| {
            Box::new(problems.pop().unwrap_or_else(|| Diagnostic::error("unreadable", "standard input is unreadable")))
        });
    }
    let name = path.display().to_string();
    if path.is_dir() {
        let problem = Diagnostic::error("is-directory", format!("`{name}` is a directory"));
        return Err(Box::new(problem.help("name the files in it one by one")));
    }
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let format = artifact::format_of(&name).or_else(|| Format::from_extension(extension)).unwrap_or(Format::Lines);
    input::read_as(path, &name, format, most)
}

/// States in every draft what the call states.
fn state(knowledge: &KnowledgeBase<'_>, settings: &[String], drafts: &mut [Draft], problems: &mut Vec<Diagnostic>) {
    let found = set_facts(knowledge, &mut Profile::named("set"), settings);
    let wrong = found.iter().any(|problem| problem.severity == Severity::Error);
    problems.extend(found);
    if wrong {
        return;
    }
    for setting in settings {
        let Some((fact, value)) = setting.split_once('=') else { continue };
        let mut stated = Profile::named("set");
        set_facts(knowledge, &mut stated, std::slice::from_ref(setting));
        if let Some(statement) = stated.statements.first() {
            let name = knowledge.fact_name(statement.fact);
            for draft in &mut *drafts {
                put(draft, name, value.trim(), "stated in the call");
            }
        } else {
            let problem = Diagnostic::error("no-fact", format!("`--set {fact}=…` states no fact"));
            problems.push(problem.help("priorities and decisions are written in the file"));
        }
    }
}

/// Puts a fact into a draft, over what it says of it.
pub(super) fn put(draft: &mut Draft, fact: &str, value: &str, from: &str) {
    draft.found.retain(|found| found.fact != fact);
    draft.open.retain(|open| open.fact != fact);
    draft.found.push(Found { fact: fact.to_owned(), value: value.to_owned(), from: from.to_owned() });
}

/// Gives flows of one name names of their own.
fn name_apart(drafts: &mut [Draft]) {
    let mut taken: Vec<String> = Vec::new();
    for draft in drafts {
        let name = draft.name.clone();
        let mut count = 1_usize;
        while taken.contains(&draft.name) {
            count += 1;
            draft.name = format!("{name}-{count}");
        }
        taken.push(draft.name.clone());
    }
}
