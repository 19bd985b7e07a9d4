//! Finds profiles in folders, by their names.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::source::Format;

/// Folders that hold no profiles of one's own.
const SKIPPED: [&str; 3] = ["target", "node_modules", "vendor"];
/// How deep folders are searched.
const DEEPEST: usize = 32;

/// Whether a file's name says that it is a profile.
pub(super) fn is_profile(path: &Path) -> bool {
    let known = path.extension().and_then(|extension| extension.to_str()).and_then(Format::from_extension).is_some();
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    // `brokerfit.toml` is always configuration.
    known && name != "brokerfit.toml" && (stem == "profile" || stem == "brokerfit" || stem.ends_with(".brokerfit"))
}

/// The profiles below a folder, sorted; links are not followed into folders, hidden folders are left alone.
pub(super) fn below(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    search(folder, 0, &mut found)?;
    Ok(found)
}

fn search(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for path in Context::list(folder)? {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() {
            let skipped = name.starts_with('.') || SKIPPED.contains(&name) || path.is_symlink();
            if !skipped && depth < DEEPEST {
                search(&path, depth + 1, found)?;
            }
        } else if is_profile(&path) {
            found.push(path);
        }
    }
    Ok(())
}
