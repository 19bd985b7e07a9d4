//! How a command writes its result: one list for every command that has the choice.

use std::ffi::OsStr;
use std::path::Path;

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::advice::Depth;
use crate::configuration::FailOn;
use crate::export::Target;

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

/// The same, or for a repository of decisions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Recording {
    /// For people
    #[default]
    Human,
    /// For programs
    Json,
    /// For documents
    Markdown,
    /// For a repository of decisions: a MADR record for each flow
    Adr,
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

impl ValueEnum for Depth {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.about()))
    }
}

impl ValueEnum for FailOn {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.word()).help(self.about()))
    }
}

impl ValueEnum for Target {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.about()))
    }
}
