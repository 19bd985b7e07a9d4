//! Where a first profile is written to.

use std::path::{Path, PathBuf};

use crate::commands::output;
use crate::diagnostic::Diagnostic;

/// The file's name where nobody says another.
pub(super) const USUAL: &str = "profile.yaml";

/// Where a first profile is written to.
#[derive(Debug)]
pub(super) enum Target {
    /// Standard output.
    Stdout,
    /// A file.
    File(PathBuf),
}

impl Target {
    /// Finds it, and looks whether it may be written, before anybody is asked anything.
    pub(super) fn of(
        named: Option<&Path>,
        force: bool,
        terminal: bool,
        problems: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let path = match named {
            Some(path) if path.as_os_str() == "-" => return Some(Self::Stdout),
            Some(path) => path,
            None if terminal => Path::new(USUAL),
            None => return Some(Self::Stdout),
        };
        let name = path.display();
        let yaml = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("yaml") || it.eq_ignore_ascii_case("yml"));
        let problem = if path.is_dir() {
            Diagnostic::error("is-directory", format!("`{name}` is a directory")).help("name a file in it")
        } else if !yaml {
            Diagnostic::error("unknown-format", format!("`{name}`: a first profile is YAML, for it has comments"))
                .help("name a file that ends in .yaml or .yml")
        } else if path.exists() && !force {
            let problem = output::exists(path);
            if named.is_some() { problem } else { problem.help("or name another file: `brokerfit init FILE`") }
        } else if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
            Diagnostic::error("not-found", format!("`{name}`: there is no such directory")).help("create it first")
        } else {
            return Some(Self::File(path.to_owned()));
        };
        problems.push(problem);
        None
    }

    /// The name of the file, where it is one.
    pub(super) fn name(&self) -> Option<String> {
        match self {
            Self::Stdout => None,
            Self::File(path) => Some(path.display().to_string()),
        }
    }
}
