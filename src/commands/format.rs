//! How a command writes its result: one list for every command that has the choice.

use std::ffi::OsStr;
use std::path::Path;

use clap::ValueEnum;

/// For people, for programs, or for documents.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    #[default]
    Human,
    /// For programs
    Json,
    /// For documents
    Markdown,
}

/// For people, for programs, or as a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Drawn {
    /// For people, in characters
    Human,
    /// For programs
    Json,
    /// As a picture
    Svg,
}

impl Drawn {
    /// What a file of this name holds; for people, where its extension says nothing.
    pub(super) fn by_name(path: Option<&Path>) -> Self {
        match path.and_then(Path::extension).and_then(OsStr::to_str) {
            Some("svg") => Self::Svg,
            Some("json") => Self::Json,
            _ => Self::Human,
        }
    }
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Plain {
    /// For people
    #[default]
    Human,
    /// For programs
    Json,
}
