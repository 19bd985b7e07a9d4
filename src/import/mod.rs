//! First profiles from what is there already: broker definitions, topic resources, what tools print, documents. Takes the
//! text of a file, gives `Draft`s: what the file says of a flow, fact by fact, with where it stands; what it cannot say is
//! left open. Guesses nothing.
//!
//! What a broker was given is a fact of the workload only where somebody must have wanted it: a default is nobody's wish, and
//! a broker's means (partitions, copies, its own protocol) are no needs. The reasons stand beside each reading.

mod asyncapi;
mod benchmark;
mod draft;
mod file;
mod finish;
mod preset;
mod queues;
mod sheet;
mod topics;
mod tree;
mod words;

pub use draft::{Draft, Found, Open};
pub use preset::of_preset;

use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::source::{Source, Span};
use sheet::Gathered;

/// The flows of which a file tells, by its content and not by its name; at least one.
///
/// # Errors
/// With every mistake that keeps it from being read, or with the one that it is no file that tells of flows.
pub fn drafts(knowledge: &KnowledgeBase<'_>, source: usize, text: &Source) -> Result<Vec<Draft>, Vec<Diagnostic>> {
    let gathered = file::gather(knowledge, source, text).map_err(|problems| {
        problems.into_iter().map(|problem| Diagnostic::from_problem(source, problem)).collect::<Vec<_>>()
    })?;
    if gathered.sheets.is_empty() {
        return Err(vec![nothing(source, text, &gathered)]);
    }
    Ok(finish::drafts(knowledge, gathered))
}

/// The file is of a kind that is known, and nothing in it is a flow.
fn nothing(source: usize, text: &Source, gathered: &Gathered) -> Diagnostic {
    let first = text.text.len() - text.text.trim_start().len();
    let place = Span::character(&text.text, first);
    let error = Diagnostic::error("no-flow", "nothing in this file is a flow").at(source, place, "");
    gathered.left_out.iter().fold(error, |error, line| error.help(line.clone()))
}
