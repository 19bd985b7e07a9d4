//! Finds what rules are tested with: profiles with `x-expect`, and cases in TOML files.

use std::path::{Path, PathBuf};

use crate::commands::input;
use crate::commands::rules::load::{self, Texts};
use crate::context::Context;
use crate::diagnostic::{Diagnostic, sort};
use crate::knowledge::KnowledgeBase;
use crate::knowledge::load::declared::is_table;
use crate::profile::{Profile, read_profiles};
use crate::scenario::{problems, read_cases};
use crate::source::{Format, Source};

/// Where the built-in rules stand in the project.
pub(super) const BUILT_IN: &str = "rules";
/// How deep folders are searched.
const DEEPEST: usize = 8;

/// Everything of which something is expected.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The texts: those with profiles first, then those with cases.
    pub(super) sources: Vec<Source>,
    pub(super) profiles: Vec<Profile>,
}

/// Finds scenarios and cases where the call says, else where they stand beside and in the rules.
pub(super) fn find(
    paths: &[PathBuf],
    roots: &[PathBuf],
    knowledge: &KnowledgeBase<'_>,
    context: &mut Context,
) -> (Found, Vec<Diagnostic>) {
    let mut wrong = Vec::new();
    let mut files = Vec::new();
    let mut cases = Vec::new();
    let built_in = [PathBuf::from(BUILT_IN)];
    let usual = if roots.is_empty() { &built_in[..] } else { roots };
    let usual: Vec<PathBuf> = usual.iter().map(|root| root.join("scenarios")).collect();
    let named = if paths.is_empty() { &usual[..] } else { paths };
    // Rules may be tested by cases alone; what a call names must be there.
    for path in named.iter().filter(|path| !paths.is_empty() || path.is_dir()) {
        search(path, DEEPEST, true, &mut files, &mut wrong);
    }
    if paths.is_empty() && roots.is_empty() {
        // The built-in rules bring their cases along, wherever the call is made.
        match Texts::built_in() {
            Ok(texts) => cases.extend(texts.shown().into_iter().filter(|source| !is_table(source))),
            Err(error) => wrong.push(Diagnostic::error("unreadable", error.to_string())),
        }
    }
    for root in roots.iter().filter(|_| paths.is_empty()) {
        let mut own = Vec::new();
        load::collect(root, root, load::DEEPEST, &mut own, &mut wrong);
        // The tables of what brokers declare hold no cases.
        own.retain(|source| !is_table(source));
        for source in &mut own {
            source.name = root.join(&source.name).display().to_string();
        }
        cases.extend(own);
    }
    let (mut sources, unreadable) = input::read(&files, input::LARGEST, context);
    wrong.extend(unreadable);
    let (tables, profiles): (Vec<Source>, Vec<Source>) = sources.into_iter().partition(holds_cases);
    sources = profiles;
    let read = read_profiles(knowledge, &sources);
    wrong.extend(read.problems);
    let mut profiles = read.profiles;
    let first = sources.len();
    // A scenario may be written as TOML too, and is read already.
    cases.retain(|case| sources.iter().all(|known| known.name != case.name));
    sources.extend(tables);
    sources.extend(cases);
    let (cases, problems_of_cases) = read_cases(knowledge, &sources, first);
    profiles.extend(cases);
    wrong.extend(problems_of_cases);
    wrong.extend(profiles.iter().flat_map(|profile| problems(knowledge, profile)));
    if profiles.is_empty() && wrong.is_empty() {
        let places: Vec<String> = named.iter().map(|path| format!("`{}`", path.display())).collect();
        let message = format!("no scenario was found in {}", places.join(", "));
        wrong.push(Diagnostic::error("no-scenario", message).help("a scenario is a profile with `x-expect`"));
    }
    sort(&mut wrong);
    (Found { sources, profiles }, wrong)
}

/// Whether a text is a table of cases, and no profile.
fn holds_cases(source: &Source) -> bool {
    let case = |line: &str| line.trim_start().starts_with("[[case]]") || line.trim_start().starts_with("case ");
    source.format == Format::Toml && source.text.lines().any(case)
}

/// Files as they are named, and every profile below directories, whatever its name.
fn search(path: &Path, deep: usize, named: bool, files: &mut Vec<PathBuf>, wrong: &mut Vec<Diagnostic>) {
    if !path.is_dir() {
        let format = path.extension().and_then(|extension| extension.to_str()).and_then(Format::from_extension);
        files.extend((named || format.is_some()).then(|| path.to_path_buf()));
        return;
    }
    match Context::list(path) {
        Ok(entries) if deep > 0 => entries.iter().for_each(|entry| search(entry, deep - 1, false, files, wrong)),
        Ok(_) => {}
        Err(error) => {
            let message = format!("cannot search `{}`: {error}", path.display());
            wrong.push(Diagnostic::error("unreadable", message));
        }
    }
}
