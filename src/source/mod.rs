//! Takes the bytes of one input and gives, for YAML, JSON and TOML alike, one tree per document
//! with the place of every key and value.
//! What a person can repair comes back as [`Problem`]s, all of one text in one run.
//! Knows no facts and no field names, and never reads files.

mod json;
mod json_text;
mod keys;
mod limits;
mod node;
mod position;
mod problem;
mod span;
mod toml;
mod toml_measure;
mod yaml;
mod yaml_alias;
mod yaml_error;
mod yaml_merge;
mod yaml_tree;

pub(crate) use position::floor;
pub(crate) use problem::grouped;

pub use limits::Limits;
pub use node::{Entry, Kind, Node, Scalar};
pub use position::{LineIndex, Position};
pub use problem::Problem;
pub use span::Span;

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Yaml,
    Json,
    Toml,
    /// A line a setting, in a grammar of its own; [`read`] makes no tree of it.
    Lines,
}

/// Whose text it is, and so how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Written for brokerfit: what makes it mean something else than it seems to is refused.
    Own,
    /// Written for another program: all that the format allows is taken.
    Foreign,
}

impl Format {
    /// The format that a file extension (without the dot) stands for: one of those that make a tree.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let is = |name: &str| extension.eq_ignore_ascii_case(name);
        if is("yaml") || is("yml") {
            Some(Self::Yaml)
        } else if is("json") {
            Some(Self::Json)
        } else if is("toml") {
            Some(Self::Toml)
        } else {
            None
        }
    }
}

/// One input: its name as messages show it, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub name: String,
    /// Without a byte-order mark.
    pub text: String,
    pub format: Format,
}

const BYTE_ORDER_MARK: char = '\u{feff}';

impl Source {
    pub fn new(name: impl Into<String>, text: impl Into<String>, format: Format) -> Self {
        let mut text = text.into();
        if text.starts_with(BYTE_ORDER_MARK) {
            text.drain(..BYTE_ORDER_MARK.len_utf8());
        }
        Self { name: name.into(), text, format }
    }

    /// Decodes bytes; the problem names line and column itself, as there is no text to point into.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>, format: Format) -> Result<Self, Problem> {
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            let message = "the text is in UTF-16, not UTF-8, at line 1, column 1";
            return Err(Problem::new("not-utf-8", Span::new(0, 2), message).help("save the file in the encoding UTF-8"));
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text, format)),
            // NOTE: Java reads properties as ISO 8859-1, in which every byte is a character.
            Err(error) if format == Format::Lines => {
                let text: String = error.as_bytes().iter().map(|byte| char::from(*byte)).collect();
                Ok(Self::new(name, text, format))
            }
            Err(error) => Err(not_utf8(&error)),
        }
    }

    /// Where an offset is; reads the text up to there, so [`LineIndex`] is for many places.
    pub fn position(&self, offset: u32) -> Position {
        Position::of(&self.text, offset)
    }

    /// A line by its number from 1, without its line break; empty beyond the last line.
    pub fn line_text(&self, line: usize) -> &str {
        let text = line.checked_sub(1).and_then(|before| self.text.split('\n').nth(before));
        text.map_or("", |text| text.strip_suffix('\r').unwrap_or(text))
    }
}

fn not_utf8(error: &std::string::FromUtf8Error) -> Problem {
    let good = error.utf8_error().valid_up_to();
    let bytes = error.as_bytes();
    let valid = bytes.get(..good).and_then(|valid| std::str::from_utf8(valid).ok());
    let Position { line, column } =
        Position::of(valid.unwrap_or_default().trim_start_matches(BYTE_ORDER_MARK), u32::MAX);
    let byte = bytes.get(good).copied().unwrap_or_default();
    let message = format!("the byte 0x{byte:02x} at line {line}, column {column} is not UTF-8");
    Problem::new("not-utf-8", Span::new(good, good + 1), message).help("save the file in the encoding UTF-8")
}

/// Hands each document of the text to `each`, one at a time, and returns all problems of the text
/// in the order of their places.
///
/// A document that has problems but also a shape (a duplicate key, say) is handed over as well, so
/// that its fields can be checked in the same run; whoever acts on documents must first see that
/// no problem came back.
pub fn read<'a>(source: &'a Source, limits: &Limits, each: &mut dyn FnMut(Node<'a>)) -> Vec<Problem> {
    read_as(Manner::Own, source, limits, each)
}

/// The same for a text that was written for another program. Of YAML, merge keys are expanded, tags are passed over,
/// and documents that are empty or no map are left out, as other programs do.
pub fn read_foreign<'a>(source: &'a Source, limits: &Limits, each: &mut dyn FnMut(Node<'a>)) -> Vec<Problem> {
    read_as(Manner::Foreign, source, limits, each)
}

fn read_as<'a>(manner: Manner, source: &'a Source, limits: &Limits, each: &mut dyn FnMut(Node<'a>)) -> Vec<Problem> {
    if let Some(problem) = unreadable(&source.text) {
        return vec![problem];
    }
    let mut problems = match source.format {
        Format::Yaml => yaml::read(&source.text, manner, limits, each),
        Format::Json => json::read(&source.text, manner, limits, each),
        Format::Toml => toml::read(&source.text, limits, each),
        Format::Lines => vec![Problem::new("unknown-format", Span::new(0, 0), "lines of settings make no tree")],
    };
    problems.sort_by_key(|problem| problem.span);
    problems
}

/// What keeps any text from being read, whatever its format.
pub fn unreadable(text: &str) -> Option<Problem> {
    if u32::try_from(text.len()).is_err() {
        return Some(Problem::new("too-large", Span::new(0, 0), "the text is larger than 4 GB"));
    }
    control_character(text)
}

/// No format allows these anywhere; where one is, the file is usually not text at all.
fn control_character(text: &str) -> Option<Problem> {
    let is_control = |byte: &u8| (*byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || *byte == 0x7f;
    let at = text.as_bytes().iter().position(is_control)?;
    let character = text.get(at..)?.chars().next()?;
    let message = format!("control character U+{:04X}", u32::from(character));
    Some(Problem::new("control-character", Span::new(at, at + 1), message).help("remove it"))
}

#[cfg(test)]
mod tests;
