//! `brokerfit check`: fails where the choice recorded in a profile does not fit its workload.

use std::path::{Path, PathBuf};

use super::format::Plain;
use super::{find, input, tell};
use crate::advice::{Question, advise};
use crate::context::{Context, Exit};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Sampler;
use crate::gate::{Checked, check};
use crate::knowledge::Level;
use crate::profile::read_profiles;
use crate::render::gate::{GateReport, human, json};
use crate::rules;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "In a directory it looks for profile.yaml, brokerfit.yaml and *.brokerfit.yaml (also .yml, \
                        .json, .toml; brokerfit.toml is configuration).\n\
                        Exit codes: 0 no finding is an error; 1 one is; 2 the input or the call is wrong.")]
pub struct Args {
    /// Profiles, and directories to search for them; `-` is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Plain,
    /// The largest input, in bytes
    #[arg(long, default_value_t = input::LARGEST, value_name = "BYTES")]
    max_input: u64,
}

/// Runs `check`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let Args { paths, format, max_input } = args;
    let knowledge = rules::for_the_run()?;
    let looked = look(paths);
    let mut problems = looked.problems;
    let (sources, unreadable) = input::read(&looked.files, *max_input, context);
    problems.extend(unreadable);
    let read = read_profiles(knowledge, &sources);
    problems.extend(read.problems);
    let refused = problems.iter().any(|problem| problem.severity == Severity::Error);
    if read.profiles.is_empty() && !refused {
        problems.push(nothing_found(&looked.searched));
    }
    crate::diagnostic::sort(&mut problems);
    if tell(&problems, &sources, context) {
        return Ok(Exit::Wrong);
    }
    let question = Question::default();
    let mut sampler = Sampler::default();
    let flows: Vec<Checked<'_>> = read
        .profiles
        .iter()
        .map(|profile| check(knowledge, advise(knowledge, profile, &question, &mut sampler)))
        .collect();
    let report = GateReport { knowledge, sources: &sources, flows: &flows };
    let text = match format {
        Plain::Human => human(&report, context.width, context.colour),
        Plain::Json => json(&report)?,
    };
    context.print(&text)?;
    let refused = flows.iter().any(|flow| flow.worst() == Some(Level::Error));
    Ok(if refused { Exit::Refused } else { Exit::Fine })
}

/// What the paths of a call lead to.
#[derive(Default)]
struct Looked {
    files: Vec<PathBuf>,
    /// Directories that were searched.
    searched: Vec<PathBuf>,
    problems: Vec<Diagnostic>,
}

/// Files as they are named, and the profiles below directories; each file once, however it is reached.
fn look(paths: &[PathBuf]) -> Looked {
    let mut looked = Looked::default();
    let mut found = Vec::new();
    for path in paths {
        let name = path.display();
        if name.to_string() == "-" {
            found.push(path.clone());
        } else if path.is_dir() {
            looked.searched.push(path.clone());
            match find::below(path) {
                Ok(below) if below.is_empty() && paths.len() > 1 => {
                    looked.problems.push(Diagnostic::note("no-profile", format!("no profile is in `{name}`")));
                }
                // `./profile.yaml` would be the same file with a longer name.
                Ok(below) => {
                    found.extend(below.iter().map(|file| file.strip_prefix(".").unwrap_or(file).to_path_buf()));
                }
                Err(error) => {
                    let message = format!("cannot search `{name}`: {error}");
                    looked.problems.push(Diagnostic::error("unreadable", message));
                }
            }
        } else if path.file_name().is_some_and(|name| name == "brokerfit.toml") {
            looked.searched.push(path.clone());
            let message = format!("`{name}` is configuration and is not checked");
            looked.problems.push(
                Diagnostic::note("configuration", message)
                    .help("a profile in TOML is called `profile.toml` or `NAME.brokerfit.toml`"),
            );
        } else if path.exists() {
            found.push(path.clone());
        } else {
            let message = format!("there is no file or directory `{name}`");
            looked.problems.push(Diagnostic::error("not-found", message));
        }
    }
    let mut known = std::collections::BTreeSet::new();
    // Standard input is left to the reader, which refuses it the second time.
    looked.files =
        found.into_iter().filter(|file| file.canonicalize().map_or(true, |file| known.insert(file))).collect();
    looked
}

/// No profile at all: where it was looked for, and by which names.
fn nothing_found(searched: &[PathBuf]) -> Diagnostic {
    let places: Vec<String> = searched.iter().map(|path| place(path)).collect();
    let message = match places.as_slice() {
        [] => "no profile was found".to_owned(),
        places => format!("no profile was found in {}", places.join(", ")),
    };
    Diagnostic::error("no-profile", message)
        .help(
            "profiles are called `profile.yaml`, `brokerfit.yaml` or `NAME.brokerfit.yaml` (also `.yml`, `.json`, \
             `.toml`; `brokerfit.toml` is configuration); any other name can be given as a path",
        )
        .help("folders below are searched too, except hidden ones, links, `target`, `node_modules` and `vendor`")
}

/// A path as it was named and, where that says little, as it is.
fn place(path: &Path) -> String {
    let name = path.display();
    match path.canonicalize() {
        Ok(whole) if path.is_relative() => format!("`{name}` (`{}`)", whole.display()),
        _ => format!("`{name}`"),
    }
}
