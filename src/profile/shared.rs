//! What is stated for several flows together: the `environment` of a configuration. Takes its tree, gives statements; a
//! profile that states the same fact itself keeps its own.

use super::field::Fields;
use super::place::{Place, SET};
use super::reader::Reader;
use super::{Profile, Statement};
use crate::diagnostic::Diagnostic;
use crate::knowledge::KnowledgeBase;
use crate::source::{Node, Source};

/// Reads an environment, which stands in the run's source of that number.
pub fn read_shared(
    knowledge: &KnowledgeBase<'_>,
    index: usize,
    source: &Source,
    node: &Node<'_>,
) -> (Vec<Statement>, Vec<Diagnostic>) {
    let fields = Fields::of(knowledge);
    let place = Place { text: &source.text, format: source.format, source: Some(index), flag: SET };
    let mut reader = Reader::new(knowledge, &fields, place);
    let mut shared = Profile::named("");
    reader.group(Fields::ENVIRONMENT, node, &mut shared);
    (shared.statements, reader.into_found())
}

/// States what is shared in a profile, but for what it states itself.
pub fn share(profile: &mut Profile, statements: &[Statement]) {
    for statement in statements {
        if let Err(place) = profile.statements.binary_search_by_key(&statement.fact, |known| known.fact) {
            // Its place lies in another text than the profile's.
            profile.statements.insert(place, Statement { span: None, ..statement.clone() });
            profile.shared.push(statement.fact);
        }
    }
}
