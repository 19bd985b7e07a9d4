//! What is said of files that were written: one path a line, for people and for scripts.

use std::fmt::Write as _;
use std::path::PathBuf;

/// The paths that were written, in the order in which they are read.
pub fn written(paths: &[PathBuf]) -> String {
    let mut text = String::new();
    for path in paths {
        let _ = writeln!(text, "{}", path.display());
    }
    text
}
