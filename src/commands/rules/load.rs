//! Loads rules of one's own from a directory.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::source::{Format, Source};

/// The largest file of a rules directory.
const LARGEST: u64 = 16 * 1024 * 1024;
/// How deep its folders go: `brokers/<broker>/`, and some room.
pub(super) const DEEPEST: usize = 4;

/// Why a rules directory was refused.
pub(in crate::commands) struct Refused {
    pub(in crate::commands) problems: Vec<Diagnostic>,
    pub(in crate::commands) sources: Vec<Source>,
}

/// Loads the rules of directories; a file of a later one replaces that of the same name of an earlier one.
pub(in crate::commands) fn load(folders: &[PathBuf]) -> Result<KnowledgeBase<'static>, Refused> {
    let mut problems = Vec::new();
    let mut sources: Vec<Source> = Vec::new();
    for folder in folders {
        let mut found = Vec::new();
        collect(folder, folder, DEEPEST, &mut found, &mut problems);
        sources.retain(|known| found.iter().all(|source| source.name != known.name));
        sources.append(&mut found);
    }
    // The order of the build, on which the order of everything depends.
    sources.sort_by(|left, right| left.name.cmp(&right.name));
    let version = |folder: &PathBuf| Context::read_file(&folder.join("VERSION"), LARGEST).ok();
    let version = folders.iter().rev().find_map(version).unwrap_or_default();
    if problems.is_empty() && sources.is_empty() {
        let names: Vec<String> = folders.iter().map(|folder| format!("`{}`", folder.display())).collect();
        problems.push(
            Diagnostic::error("no-rules", format!("no rules are in {}", names.join(", ")))
                .help("a rules directory is laid out like `rules/` of the project, and holds `.toml` files"),
        );
    }
    if problems.is_empty() {
        match crate::knowledge::load::load(String::from_utf8_lossy(&version).trim(), &sources) {
            Ok(knowledge) => return Ok(knowledge),
            Err(found) => problems = found,
        }
    }
    Err(Refused { problems, sources })
}

/// The TOML files below a folder, by their paths below the root; no deeper than rules are laid out.
pub(super) fn collect(
    root: &Path,
    folder: &Path,
    deep: usize,
    sources: &mut Vec<Source>,
    problems: &mut Vec<Diagnostic>,
) {
    let mut unreadable = |path: &Path, error: &dyn std::fmt::Display| {
        problems.push(Diagnostic::error("unreadable", format!("cannot read `{}`: {error}", path.display())));
    };
    let entries = match Context::list(folder) {
        Ok(entries) => entries,
        Err(error) => return unreadable(folder, &error),
    };
    let mut folders = Vec::new();
    for path in entries {
        if path.is_dir() {
            folders.extend((deep > 0).then_some(path));
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            match Context::read_file(&path, LARGEST) {
                Ok(bytes) => match Source::from_bytes(name, bytes, Format::Toml) {
                    Ok(source) => sources.push(source),
                    Err(problem) => unreadable(&path, &problem.message),
                },
                Err(error) => unreadable(&path, &error),
            }
        }
    }
    for folder in folders {
        collect(root, &folder, deep.saturating_sub(1), sources, problems);
    }
}
