//! What is said of files that were written: one path a line, for people and for scripts.

use std::path::PathBuf;

/// The paths that were written, in the order in which they are read.
pub fn written(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("{}\n", path.display())).collect()
}
