//! What a decision assumes: facts, and the values within which it was taken. Takes the tree under `decision.assumes`, or
//! the version of the knowledge beside it, gives them typed with their places; compares nothing.

use std::collections::BTreeSet;

use super::Stated;
use super::field::Member;
use super::group::last;
use super::kept::below;
use super::place::{alternatives, excerpt};
use super::reader::Reader;
use crate::expr::FactId;
use crate::knowledge::{Fact, FactKind, Given};
use crate::quantity::{Interval, Kind as Quantity, Version};
use crate::source::{Entry, Kind, Node, Span};
use crate::suggestion::nearest;

/// A fact, and the values within which a decision was taken.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// The fact.
    pub fact: FactId,
    /// The values.
    pub within: Within,
    /// Where it is written; none where it was not read.
    pub span: Option<Span>,
}

/// Values within which a fact may lie.
#[derive(Debug, Clone, PartialEq)]
pub enum Within {
    /// An amount, both ends included, and how it is written: a flow may be in messages or in bytes.
    Amounts(Interval, Quantity),
    /// True, or false.
    Truth(bool),
    /// One of these words, as bits, or of these names, which the knowledge does not know.
    OneOf(u64, Vec<String>),
    /// Exactly these words, as bits, and these names.
    Exactly(u64, Vec<String>),
    /// A version from the one to the other, both included; an end that is missing is open.
    Versions(Option<Version>, Option<Version>),
}

/// How an assumption is written, for messages.
const SHAPE: &str = "a map of facts and the values that they may have";
/// An assumption that is written right.
const EXAMPLE: &str = "`assumes: { throughput.peak: 0/s..14k/s, retention.replay: false }`";

impl Reader<'_, '_> {
    /// Reads what a decision assumes.
    pub(super) fn assumptions(&mut self, node: &Node<'_>) -> Vec<Assumption> {
        let mut found = Vec::new();
        match &node.kind {
            Kind::Empty => {}
            Kind::Map(entries) => self.assumptions_below("", entries, &mut found),
            Kind::Scalar(_) | Kind::List(_) => {
                let help = format!("write {EXAMPLE}, and what is no fact under `notes:`");
                self.wrong_shape_but("assumes", node, SHAPE, Some(help));
            }
        }
        found
    }

    /// Reads facts by their dotted names, or in the groups of the workload.
    fn assumptions_below(&mut self, path: &str, entries: &[Entry<'_>], found: &mut Vec<Assumption>) {
        for entry in entries {
            if self.is_full() {
                return;
            }
            let root = path.is_empty() && entry.key == "workload";
            let name = if root { String::new() } else { below(path, &entry.key) };
            match &entry.value.kind {
                Kind::Map(inner) if root || self.fields.find(&name).is_some() => {
                    self.assumptions_below(&name, inner, found);
                }
                _ => match self.named(&name) {
                    Some(Member::Fact(fact)) => self.assumption(fact, entry, found),
                    _ => self.unknown_assumption(&name, entry.key_span),
                },
            }
        }
    }

    fn assumption(&mut self, id: FactId, entry: &Entry<'_>, found: &mut Vec<Assumption>) {
        let knowledge = self.knowledge;
        let Some(fact) = knowledge.fact(id) else { return };
        if fact.derived {
            self.derived(id, entry.key_span);
            return;
        }
        if let Some(before) = found.iter().find(|it| it.fact == id) {
            let message = format!("`{}` is assumed twice", knowledge.fact_name(id));
            let mut error = self.error("duplicate-key", entry.key_span, &message, "assumed again");
            if let (Some(source), Some(span)) = (self.place.source, before.span) {
                error = error.also(source, span, "assumed first");
            }
            self.push(error.help("remove one of them"));
            return;
        }
        if let Some(within) = self.within(id, fact, &entry.value) {
            found.push(Assumption { fact: id, within, span: self.place.span(entry.value.span) });
        }
    }

    /// Reads the values of one fact.
    fn within(&mut self, id: FactId, fact: &Fact, node: &Node<'_>) -> Option<Within> {
        match (fact.kind, &node.kind) {
            (FactKind::Version, _) => self.versions_within(id, node),
            (FactKind::Word(_) | FactKind::Name(_), Kind::List(items)) if !items.is_empty() => {
                self.one_of(id, fact, items)
            }
            (kind, _) => {
                // What cannot be zero may well be assumed to lie anywhere below an amount.
                let from_zero = node.as_scalar().is_some_and(|scalar| fact.positive && scalar.text.contains(".."));
                let stated = if from_zero {
                    self.stated(id, &Fact { positive: false, ..fact.clone() }, node)?
                } else {
                    self.stated(id, fact, node)?
                };
                let within = values(kind, stated);
                if within.is_none() {
                    self.no_value(id, node);
                }
                within
            }
        }
    }

    /// Words or names, of which one is meant.
    fn one_of(&mut self, id: FactId, fact: &Fact, items: &[Node<'_>]) -> Option<Within> {
        let (mut bits, mut names, mut whole) = (0, BTreeSet::new(), true);
        for item in items {
            if self.is_full() {
                return None;
            }
            match self.stated(id, fact, item) {
                Some(Stated::Value { value: Given::Words(words), words: others, .. }) => {
                    bits |= words;
                    names.extend(others);
                }
                Some(_) => {
                    self.no_value(id, item);
                    whole = false;
                }
                None => whole = false,
            }
        }
        whole.then(|| Within::OneOf(bits, names.into_iter().collect()))
    }

    /// A version, or a range of them of which one end may be open.
    fn versions_within(&mut self, id: FactId, node: &Node<'_>) -> Option<Within> {
        let name = self.knowledge.fact_name(id);
        let expected = "a version, or a range of versions as in `4.1..4.3` or `4.1..`";
        let scalar = self.scalar(name, node, expected)?;
        let text = scalar.text.trim();
        let (since, until) = text.split_once("..").map_or((text, text), |(since, until)| (since.trim(), until.trim()));
        let ends = [since, until].map(|end| if end.is_empty() { Ok(None) } else { Version::parse(end).map(Some) });
        let error = match ends {
            [Ok(since), Ok(until)] if since.is_some() || until.is_some() => match (since, until) {
                (Some(low), Some(high)) if low > high => {
                    let message = format!("the range `{}` runs backwards", excerpt(text));
                    let error = self.error("reversed-range", node.span, &message, "expected the older version first");
                    error.help(self.place.fixed(node.span, &format!("{high}..{low}")))
                }
                _ => return Some(Within::Versions(since, until)),
            },
            ends => {
                let message = format!("`{}` is not a version", excerpt(text));
                let error = self.error("not-a-version", node.span, &message, &format!("expected {expected}"));
                match ends.into_iter().find_map(Result::err).and_then(|problem| problem.help) {
                    Some(help) => error.help(help),
                    None => error,
                }
            }
        };
        self.push(error);
        None
    }

    /// Notes that an assumption says nothing.
    fn no_value(&mut self, id: FactId, node: &Node<'_>) {
        let name = self.knowledge.fact_name(id);
        let message = format!("`{name}` is assumed to be nothing in particular");
        let error = self.error("nothing-assumed", node.span, &message, "expected a value, a range, or a list of words");
        self.push(error.help(format!("leave `{name}` out of `assumes`, or say what was taken for it")));
    }

    fn unknown_assumption(&mut self, name: &str, span: Span) {
        let knowledge = self.knowledge;
        let shown = excerpt(name);
        if let Some(group) = self.fields.find(name) {
            let message = format!("`{shown}` is a group of facts");
            let error = self.error("unknown-fact", span, &message, "expected a fact");
            let stated = group.keys().filter(|(_, member)| self.is_stated(*member));
            let names: Vec<String> = stated.map(|(member, _)| format!("{name}.{member}")).collect();
            let names = alternatives(names.iter().map(String::as_str));
            self.push(error.help(format!("name the fact that is meant: {names}")));
            return;
        }
        let error = self.error("unknown-fact", span, &format!("no fact is called `{shown}`"), "expected a fact");
        let facts = knowledge.fact_ids().filter(|(_, fact)| !fact.derived);
        let facts: Vec<&str> = facts.map(|(id, _)| knowledge.fact_name(id)).collect();
        let part = || facts.iter().copied().find(|fact| last(fact) == name);
        self.push(match nearest(name, facts.iter().copied()).or_else(part) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help(format!("facts are written in full, as in {EXAMPLE}")),
        });
    }

    /// Reads the version of the knowledge with which a decision was taken.
    pub(super) fn knowledge_version(&mut self, node: &Node<'_>) -> Option<String> {
        let (text, span) = self.written("knowledge", node)?;
        let parts: Vec<&str> = text.split('.').collect();
        let number = |part: &&str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if parts.len() == 3 && parts.iter().all(number) {
            return Some(text);
        }
        let message = format!("`{}` is not a version of the knowledge base", excerpt(&text));
        let now = self.knowledge.text(self.knowledge.version);
        let error = self.error("not-a-version", span, &message, &format!("expected a version, as in `{now}`"));
        self.push(error.help("`brokerfit --version` prints the one that is used"));
        None
    }
}

/// What is stated as an assumption; none where nothing is said.
fn values(kind: FactKind, stated: Stated) -> Option<Within> {
    let Stated::Value { value, kind: written, words } = stated else { return None };
    match value {
        Given::Number(range) => Some(Within::Amounts(range, written.or(kind.quantity())?)),
        Given::Bool { may_be_true, .. } => Some(Within::Truth(may_be_true)),
        Given::Words(bits) => Some(Within::OneOf(bits, words)),
        Given::List { has, .. } => Some(Within::Exactly(has, words)),
    }
}
