//! How a command writes its result: one list for every command that has the choice.

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

/// For people or for programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Plain {
    /// For people
    #[default]
    Human,
    /// For programs
    Json,
}
