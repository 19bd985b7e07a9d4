//! `--save FILE`: a profile as the call and its answers made it, in a file that reads back as the same profile. Takes a
//! profile and a file's name, writes the file whole or not at all.

use std::path::{Path, PathBuf};

use super::output;
use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::profile::{Profile, written};
use crate::render::profile;
use crate::source::Format;

/// Where a profile is written to.
#[derive(Debug)]
pub(super) struct Target {
    path: PathBuf,
    format: Format,
    force: bool,
}

/// Looks whether a profile may be written there, before anybody is asked anything.
pub(super) fn target(path: &Path, force: bool, problems: &mut Vec<Diagnostic>) -> Option<Target> {
    let name = path.display();
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let format = Format::from_extension(extension).filter(|format| *format != Format::Toml);
    let problem = if path.as_os_str() == "-" {
        Diagnostic::error("save-to-stdout", "`--save -`: standard output is for the advice").help("name a file")
    } else if path.is_dir() {
        Diagnostic::error("is-directory", format!("`--save {name}`: that is a directory")).help("name a file in it")
    } else if format.is_none() {
        Diagnostic::error("unknown-format", format!("`--save {name}`: profiles are written as YAML or JSON"))
            .help("the format follows the extension: .yaml, .yml or .json")
    } else if path.exists() && !force {
        output::exists(path)
    } else if path.parent().is_some_and(|folder| !folder.as_os_str().is_empty() && !folder.is_dir()) {
        Diagnostic::error("not-found", format!("`--save {name}`: there is no such directory")).help("create it first")
    } else {
        return format.map(|format| Target { path: path.to_owned(), format, force });
    };
    problems.push(problem);
    None
}

/// Writes a profile; what stood in the way, if something did.
pub(super) fn write(
    knowledge: &KnowledgeBase<'_>,
    flow: &Profile,
    target: &Target,
) -> anyhow::Result<Option<Diagnostic>> {
    let tree = written(knowledge, flow);
    let text = if target.format == Format::Json { profile::json(&tree)? } else { profile::yaml(&tree)? };
    Ok(output::write(&target.path, &text, target.force))
}
