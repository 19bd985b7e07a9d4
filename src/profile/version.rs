//! Versions of brokers. Takes a fact and a tree, gives the version as stated; says so where it is answered as the
//! nearest line that is known.

use super::Stated;
use super::place::excerpt;
use super::reader::Reader;
use crate::diagnostic::Severity;
use crate::expr::FactId;
use crate::knowledge::{BrokerId, Fact};
use crate::quantity::Version;
use crate::source::{Node, Span};

impl Reader<'_, '_> {
    /// Reads a version.
    pub(super) fn version(&mut self, id: FactId, fact: &Fact, node: &Node<'_>) -> Option<Stated> {
        let expected = "a version, as in `4.2`";
        let scalar = self.scalar(self.knowledge.fact_name(id), node, expected)?;
        let version = match Version::parse(scalar.text.trim()) {
            Ok(version) => version,
            Err(problem) => {
                let message = format!("`{}` is not a version", excerpt(&scalar.text));
                let error = self.error("not-a-version", node.span, &message, &format!("expected {expected}"));
                let error = self.shrug(error, node.span, &scalar.text);
                let error = if error.help.is_empty() { error.help(problem.help.unwrap_or_default()) } else { error };
                self.push(error);
                return None;
            }
        };
        self.nearest_line(fact, version, node.span, &scalar.text);
        Some(Stated::Version(version))
    }

    /// Says which line answers for a version that is not known.
    fn nearest_line(&mut self, fact: &Fact, version: Version, span: Span, text: &str) {
        let Some(id) = fact.broker.map(BrokerId) else { return };
        let Some((line, why)) = self.knowledge.broker(id).and_then(|broker| broker.answered_as(version)) else {
            return;
        };
        let name = self.knowledge.broker_name(id);
        let message = format!("{name} {} {why}; answered as {line}", excerpt(text));
        let label = format!("answered as {line}");
        let note = self.place.say(Severity::Note, "nearest-version", span, &message, &label);
        self.push(note);
    }
}
