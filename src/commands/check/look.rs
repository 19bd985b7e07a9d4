//! Which profiles a call means: those that it names, and those below the folders that it names.

use std::path::{Path, PathBuf};

use crate::commands::configured::Setup;
use crate::commands::find;
use crate::diagnostic::Diagnostic;

/// What the paths of a call lead to.
#[derive(Default)]
pub(super) struct Looked {
    pub(super) files: Vec<PathBuf>,
    /// Directories that were searched.
    pub(super) searched: Vec<PathBuf>,
    pub(super) problems: Vec<Diagnostic>,
}

/// Files as they are named, and the profiles below directories; each file once, however it is reached.
pub(super) fn look(paths: &[PathBuf], setup: &Setup) -> Looked {
    let paths = setup.searched(paths);
    let mut looked = Looked::default();
    let mut found = Vec::new();
    for path in &paths {
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
                    let below = below.iter().filter(|file| !setup.excludes(file));
                    found.extend(below.map(|file| file.strip_prefix(".").unwrap_or(file).to_path_buf()));
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
pub(super) fn nothing_found(searched: &[PathBuf]) -> Diagnostic {
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
