//! Reads an input line by line, however large it is, and hands it on.

use std::io::{BufRead, Read as _};

use serde_json::Value;

use super::fetch::fetch;
use super::inputs::Input;
use crate::context::Context;
use crate::diagnosis::Intake;
use crate::diagnostic::Diagnostic;

/// How compressed files begin.
const GZIP: &[u8] = &[0x1f, 0x8b];
/// Of a longer line the rest is passed over.
const LONGEST: usize = 64 * 1024;
/// A larger JSON document is no table of a tool.
const LARGEST_TABLE: u64 = 64 * 1024 * 1024;

/// Reads one input.
///
/// # Errors
/// Where it cannot be read.
pub(super) fn feed(
    input: &Input,
    place: usize,
    intake: &mut Intake<'_>,
    context: &mut Context,
) -> Result<(), Box<Diagnostic>> {
    let unreadable = |error: std::io::Error| {
        Box::new(Diagnostic::error("unreadable", format!("cannot read `{}`: {error}", input.name())))
    };
    match input {
        Input::Standard => lines(context.stdin(), place, intake).map_err(unreadable),
        Input::File(path) => {
            let mut file = Context::open(path).map_err(unreadable)?;
            if file.fill_buf().map_err(unreadable)?.starts_with(GZIP) {
                let name = input.name();
                let problem = Diagnostic::error("compressed", format!("`{name}` is compressed"));
                return Err(Box::new(
                    problem.help(format!("unpack it on the way: `zcat {name} | brokerfit diagnose -`")),
                ));
            }
            lines(&mut file, place, intake).map_err(unreadable)
        }
        Input::Address(address, again) => {
            lines(&mut fetch(address)?, place, intake).map_err(unreadable)?;
            if let Some(wait) = again {
                std::thread::sleep(*wait);
                lines(&mut fetch(address)?, place, intake).map_err(unreadable)?;
            }
            Ok(())
        }
    }
}

/// Reads a list of objects, as tools write it with `--formatter json`; says whether it is one. What is none stays unread.
fn is_table(from: &mut dyn BufRead) -> std::io::Result<bool> {
    let buffer = from.fill_buf()?;
    let mut letters = buffer.iter().filter(|byte| !byte.is_ascii_whitespace());
    Ok(letters.next() == Some(&b'[') && letters.next() == Some(&b'{'))
}

/// The rows of a list of objects; none where it is not one.
fn rows(text: &[u8]) -> Option<Vec<Vec<(String, String)>>> {
    let all: Vec<serde_json::Map<String, Value>> = serde_json::from_slice(text).ok()?;
    let cell = |value: Value| match value {
        Value::String(text) => text,
        other => other.to_string(),
    };
    Some(all.into_iter().map(|row| row.into_iter().map(|(name, value)| (name, cell(value))).collect()).collect())
}

fn lines(from: &mut dyn BufRead, place: usize, intake: &mut Intake<'_>) -> std::io::Result<()> {
    if is_table(from)? {
        let mut text = Vec::new();
        from.take(LARGEST_TABLE).read_to_end(&mut text)?;
        match rows(&text) {
            Some(rows) => rows.iter().for_each(|row| intake.row(row)),
            None => text.split(|byte| *byte == b'\n').for_each(|line| intake.line(place, line)),
        }
    }
    let mut line = Vec::new();
    loop {
        line.clear();
        if take_line(from, &mut line)? == 0 {
            return Ok(());
        }
        intake.line(place, &line);
    }
}

/// Takes one line without its end; of a long one no more than its beginning. Gives how much was taken from the input.
fn take_line(from: &mut dyn BufRead, line: &mut Vec<u8>) -> std::io::Result<usize> {
    let mut taken = 0;
    loop {
        let buffer = from.fill_buf()?;
        if buffer.is_empty() {
            return Ok(taken);
        }
        let end = memchr::memchr(b'\n', buffer);
        let length = end.unwrap_or(buffer.len());
        let room = LONGEST.saturating_sub(line.len());
        line.extend_from_slice(buffer.get(..length.min(room)).unwrap_or_default());
        let used = end.map_or(length, |end| end + 1);
        from.consume(used);
        taken += used;
        if end.is_some() {
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            return Ok(taken);
        }
    }
}
