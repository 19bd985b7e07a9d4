//! The value of one fact, by its kind. Takes a fact and a tree, gives what is stated or says what was expected;
//! guesses nothing.

use super::Stated;
use super::place::excerpt;
use super::reader::Reader;
use crate::diagnostic::Diagnostic;
use crate::expr::FactId;
use crate::knowledge::{Fact, FactKind, Given};
use crate::quantity::Kind as Quantity;
use crate::source::{Kind, Node, Scalar, Span};

/// The word for what nobody knows.
pub(crate) const UNKNOWN: &str = "unknown";

/// What people write where nobody knows.
const SHRUGS: [&str; 8] = ["?", "-", "n/a", "na", "tbd", "todo", "none", "null"];

impl Reader<'_, '_> {
    /// Reads the value of a fact.
    pub(super) fn stated(&mut self, id: FactId, fact: &Fact, node: &Node<'_>) -> Option<Stated> {
        if is_unknown(node) {
            return Some(Stated::Unknown);
        }
        match fact.kind {
            FactKind::Bool => self.boolean(id, node),
            FactKind::Number(kind) => self.amount(id, fact, &[kind], node),
            FactKind::Flow { .. } => self.amount(id, fact, &[Quantity::Rate, Quantity::ByteRate], node),
            FactKind::Word(domain) => self.word(id, fact, domain, node),
            FactKind::Name(domain) => self.name_of(id, fact, domain, node),
            FactKind::Words(domain) | FactKind::Names(domain) => self.list(id, fact, domain, node),
            FactKind::Version => self.version(id, fact, node),
        }
    }

    fn boolean(&mut self, id: FactId, node: &Node<'_>) -> Option<Stated> {
        let name = self.knowledge.fact_name(id);
        let expected = "`true` or `false`";
        let scalar = self.scalar(name, node, expected)?;
        let word = scalar.text.trim();
        let value = match word {
            "true" => true,
            "false" => false,
            _ => {
                let message = format!("`{}` is neither `true` nor `false`", excerpt(word));
                let error = self.error("not-a-boolean", node.span, &message, "expected `true` or `false`");
                let error = match meant(word) {
                    Some(meant) => error.help(self.place.fixed_raw(node.span, meant)),
                    None => self.shrug(error, node.span, word),
                };
                self.push(error);
                return None;
            }
        };
        if scalar.quoted {
            let message = format!("`{word}` is a text here, because it is quoted");
            let error = self.error("not-a-boolean", node.span, &message, "expected `true` or `false`");
            self.push(error.help(self.place.fixed_raw(node.span, word)));
            return None;
        }
        Some(Stated::Value {
            value: Given::Bool { may_be_false: !value, may_be_true: value },
            kind: None,
            words: Vec::new(),
        })
    }

    /// Adds how one says that nobody knows, where that seems to be meant.
    pub(super) fn shrug(&self, error: Diagnostic, span: Span, word: &str) -> Diagnostic {
        let folded = word.to_lowercase();
        if SHRUGS.contains(&folded.as_str()) {
            let fixed = self.place.fixed(span, UNKNOWN);
            return error.help(format!("where nobody knows, {fixed}"));
        }
        self.did_you_mean(error, span, word, [UNKNOWN].into_iter())
    }
}

/// What people write for true and false elsewhere.
fn meant(word: &str) -> Option<&'static str> {
    match word.to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "1" | "t" => Some("true"),
        "false" | "no" | "n" | "off" | "0" | "f" | "none" => Some("false"),
        _ => None,
    }
}

/// Nobody knows it: it says so, or nothing at all.
fn is_unknown(node: &Node<'_>) -> bool {
    match &node.kind {
        Kind::Empty => true,
        Kind::Scalar(Scalar { text, .. }) => text == UNKNOWN || text.trim().is_empty(),
        Kind::List(_) | Kind::Map(_) => false,
    }
}
