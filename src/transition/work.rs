//! What must be built around an option to make up for what it lacks, each piece once.

use super::answers::{Change, Reply};
use super::moved::Moved;
use crate::knowledge::Fit;

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// What is built.
    pub text: String,
    /// For which needs, by their places in the knowledge base, and how well each is answered.
    pub needs: Vec<(usize, Fit)>,
    /// On whose word.
    pub sources: Vec<String>,
}

/// What must be built after a move, and what can be taken down.
pub(super) fn moved(changes: &[Change]) -> Moved<Work> {
    Moved::between(pieces(changes, |change| &change.before), pieces(changes, |change| &change.after), |one, other| {
        one.text == other.text
    })
}

fn pieces(changes: &[Change], side: impl Fn(&Change) -> &Reply) -> Vec<Work> {
    let mut found: Vec<Work> = Vec::new();
    for change in changes {
        let reply = side(change);
        let Some(text) = &reply.said.compensate else { continue };
        let need = (change.need, reply.fit);
        match found.iter_mut().find(|work| work.text == *text) {
            Some(work) => {
                work.needs.push(need);
                let more = reply.said.sources.iter().filter(|source| !work.sources.contains(source));
                let more: Vec<String> = more.cloned().collect();
                work.sources.extend(more);
            }
            None => {
                found.push(Work { text: text.clone(), needs: vec![need], sources: reply.said.sources.clone() });
            }
        }
    }
    found
}
