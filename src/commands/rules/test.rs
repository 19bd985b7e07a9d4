//! `brokerfit rules test`: whether scenarios come out as an expert expects.

use std::path::{Path, PathBuf};

use super::super::{input, tell};
use super::Plain;
use crate::advice::{self, advise};
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::engine::Sampler;
use crate::knowledge::KnowledgeBase;
use crate::profile::read_profiles;
use crate::render::rules::scenarios::{Scenarios, human, json};
use crate::scenario::{Outcome, check, problems};
use crate::source::Format;

/// How deep folders are searched.
const DEEPEST: usize = 8;

/// Arguments of `rules test`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Scenarios, and directories of them; without any, `scenarios` in the directory of `--rules`, else
    /// `rules/scenarios`
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write what came out otherwise
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Plain,
}

/// Runs scenarios against a knowledge base.
pub(super) fn run(
    args: &Args,
    rules: &[PathBuf],
    knowledge: &KnowledgeBase<'_>,
    context: &mut Context,
) -> anyhow::Result<Exit> {
    let mut wrong = Vec::new();
    let mut files = Vec::new();
    let usual: Vec<PathBuf> = match rules {
        [] => vec![Path::new("rules").join("scenarios")],
        own => own.iter().map(|folder| folder.join("scenarios")).collect(),
    };
    let paths = if args.paths.is_empty() { &usual } else { &args.paths };
    for path in paths {
        find(path, DEEPEST, true, &mut files, &mut wrong);
    }
    let (sources, unreadable) = input::read(&files, input::LARGEST, context);
    wrong.extend(unreadable);
    let read = read_profiles(knowledge, &sources);
    wrong.extend(read.problems);
    wrong.extend(read.profiles.iter().flat_map(|profile| problems(knowledge, profile)));
    if read.profiles.is_empty() && wrong.is_empty() {
        let places: Vec<String> = paths.iter().map(|path| format!("`{}`", path.display())).collect();
        let message = format!("no scenario was found in {}", places.join(", "));
        wrong.push(Diagnostic::error("no-scenario", message).help("a scenario is a profile with `x-expect`"));
    }
    crate::diagnostic::sort(&mut wrong);
    if tell(&wrong, &sources, context) {
        return Ok(Exit::Wrong);
    }
    let mut sampler = Sampler::default();
    let question = advice::Question::default();
    let outcomes: Vec<Outcome<'_>> = read
        .profiles
        .iter()
        .map(|profile| check(knowledge, &advise(knowledge, profile, &question, &mut sampler)))
        .collect();
    let report = Scenarios { knowledge, sources: &sources, outcomes: &outcomes };
    context.print(&match args.format {
        Plain::Human => human(&report, context.width, context.colour),
        Plain::Json => json(&report)?,
    })?;
    let refused = outcomes.iter().any(|outcome| !outcome.complaints.is_empty());
    Ok(if refused { Exit::Refused } else { Exit::Fine })
}

/// Files as they are named, and every profile below directories, whatever its name.
fn find(path: &Path, deep: usize, named: bool, files: &mut Vec<PathBuf>, wrong: &mut Vec<Diagnostic>) {
    if !path.is_dir() {
        let format = path.extension().and_then(|extension| extension.to_str()).and_then(Format::from_extension);
        files.extend((named || format.is_some()).then(|| path.to_path_buf()));
        return;
    }
    match Context::list(path) {
        Ok(entries) if deep > 0 => entries.iter().for_each(|entry| find(entry, deep - 1, false, files, wrong)),
        Ok(_) => {}
        Err(error) => {
            let message = format!("cannot search `{}`: {error}", path.display());
            wrong.push(Diagnostic::error("unreadable", message));
        }
    }
}
