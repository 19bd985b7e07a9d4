//! From a verdict to files that brokers, clients and tools take. Takes a flow with its facts and settings for one option,
//! gives the texts of files with their names; one file of `targets/` a target. Writes nothing, and decides no value: those
//! come from the settings.

mod context;
mod names;
mod order;
mod target;
mod targets;
mod template;

pub use names::id;
pub use order::{Order, Unfit};
pub use target::Target;

/// A file to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its path below the directory that is written to, with `/` between folders.
    pub path: String,
    /// What is in it.
    pub text: String,
    /// Whether it is a program.
    pub runs: bool,
}

impl File {
    /// A file that is read.
    fn new(path: impl Into<String>, text: String) -> Self {
        Self { path: path.into(), text, runs: false }
    }

    /// A program.
    fn program(path: impl Into<String>, text: String) -> Self {
        Self { path: path.into(), text, runs: true }
    }
}
