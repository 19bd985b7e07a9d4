//! Reads the inputs that a call names: files and standard input, within the size limit.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::source::{Format, Source};

/// The largest input, unless `--max-input` says otherwise.
pub(super) const LARGEST: u64 = 64 * 1024 * 1024;

/// Reads all inputs; what cannot be read becomes a diagnostic, and the rest is read on.
pub(super) fn read(paths: &[PathBuf], most: u64, context: &mut Context) -> (Vec<Source>, Vec<Diagnostic>) {
    let mut sources = Vec::new();
    let mut problems = Vec::new();
    let mut stdin_read = false;
    for path in paths {
        let name = path.display().to_string();
        if name == "-" && std::mem::replace(&mut stdin_read, true) {
            problems.push(Diagnostic::error("input-twice", "standard input is named twice"));
            continue;
        }
        match read_one(path, &name, most, context) {
            Ok(source) => sources.push(source),
            Err(problem) => problems.push(*problem),
        }
    }
    (sources, problems)
}

fn read_one(path: &Path, name: &str, most: u64, context: &mut Context) -> Result<Source, Box<Diagnostic>> {
    let refuse = |code, message: String| Box::new(Diagnostic::error(code, message));
    if name == "-" {
        let bytes =
            context.read_stdin(most).map_err(|error| refuse("unreadable", format!("standard input: {error}")))?;
        check_size(&bytes, "standard input", most)?;
        let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
        let format = if matches!(first, Some(b'{' | b'[')) { Format::Json } else { Format::Yaml };
        return Source::from_bytes("<stdin>", bytes, format)
            .map_err(|problem| refuse(problem.code, format!("standard input: {}", problem.message)));
    }
    if path.is_dir() {
        return Err(Box::new(
            Diagnostic::error("is-directory", format!("`{name}` is a directory"))
                .help("name the profiles in it, or use `brokerfit check`, which looks for them"),
        ));
    }
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let Some(format) = Format::from_extension(extension) else {
        return Err(Box::new(
            Diagnostic::error("unknown-format", format!("`{name}` is neither YAML, JSON nor TOML by its name"))
                .help("the format follows the extension: .yaml, .yml, .json or .toml"),
        ));
    };
    read_as(path, name, format, most)
}

/// Reads a file in a format that is known.
pub(super) fn read_as(path: &Path, name: &str, format: Format, most: u64) -> Result<Source, Box<Diagnostic>> {
    let refuse = |code, message: String| Box::new(Diagnostic::error(code, message));
    let bytes = Context::read_file(path, most)
        .map_err(|error| refuse("unreadable", format!("cannot read `{name}`: {}", plain(&error))))?;
    check_size(&bytes, name, most)?;
    Source::from_bytes(name, bytes, format).map_err(|problem| {
        Box::new(with_help(Diagnostic::error(problem.code, format!("{name}: {}", problem.message)), problem.help))
    })
}

fn with_help(problem: Diagnostic, help: Option<String>) -> Diagnostic {
    match help {
        Some(help) => problem.help(help),
        None => problem,
    }
}

fn check_size(bytes: &[u8], name: &str, most: u64) -> Result<(), Box<Diagnostic>> {
    if u64::try_from(bytes.len()).is_ok_and(|length| length <= most) {
        return Ok(());
    }
    Err(Box::new(
        Diagnostic::error("too-large", format!("{name} is larger than {most} bytes"))
            .help("`--max-input BYTES` raises the limit"),
    ))
}

/// An error of the system, without its number.
fn plain(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}
