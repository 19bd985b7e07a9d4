//! Files that commands write: whole or not at all, and over another only where the call says so.

use std::io::{Error, ErrorKind};
use std::path::Path;

use crate::context::Context;
use crate::diagnostic::Diagnostic;

/// Writes a file; what stood in the way, if something did.
pub(super) fn write(path: &Path, text: &str, replace: bool) -> Option<Diagnostic> {
    let error = Context::write_file(path, text, replace).err()?;
    Some(match error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        _ => Diagnostic::error("unwritable", format!("cannot write `{}`: {}", path.display(), why(path, &error))),
    })
}

/// Writes several files, all or none as far as a file system can: each is complete before the first appears. What stood in
/// the way, if something did. With each text stands whether it is a program.
pub(super) fn write_all(files: &[(&Path, &str, bool)], replace: bool) -> Option<Diagnostic> {
    let (path, error) = Context::write_files(files, replace).err()?;
    Some(match error.kind() {
        ErrorKind::AlreadyExists => exists(&path),
        _ => Diagnostic::error("unwritable", format!("cannot write `{}`: {}", path.display(), why(&path, &error))),
    })
}

/// A file is there that is not to be replaced.
pub(super) fn exists(path: &Path) -> Diagnostic {
    Diagnostic::error("exists", format!("`{}` is there already", path.display())).help("`--force` replaces it")
}

/// Why a file cannot be written, without the name of a file that nobody asked for.
fn why(path: &Path, error: &Error) -> String {
    match error.kind() {
        _ if path.is_dir() => "it is a directory".to_owned(),
        ErrorKind::NotFound => "there is no such directory".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        kind => kind.to_string(),
    }
}
