//! Groups of facts: nested maps by the dots of the facts' names, or the main fact alone. Takes the value of a group's
//! key, adds statements to a profile.

use super::field::{Group, GroupId, Member};
use super::kept::{below, keep};
use super::place::alternatives;
use super::reader::Reader;
use super::unknown_field::Level;
use super::{Profile, Stated, Statement};
use crate::expr::FactId;
use crate::source::{Entry, Kind, Node, Span};

impl Reader<'_, '_> {
    /// Reads what stands under a group's key.
    pub(super) fn group(&mut self, id: GroupId, node: &Node<'_>, profile: &mut Profile) {
        let fields = self.fields;
        let Some(group) = fields.group(id) else { return };
        match (&node.kind, group.main) {
            (Kind::Map(entries), _) => {
                for entry in entries {
                    if self.is_full() {
                        return;
                    }
                    self.member(id, group, entry, profile);
                }
            }
            (Kind::Empty, None) => {}
            (Kind::Empty, Some(fact)) => {
                let span = self.place.span(node.span);
                profile.statements.push(Statement { fact, value: Stated::Unknown, span });
            }
            (Kind::Scalar(_), Some(fact)) => self.fact(fact, node.span, node, profile),
            (Kind::Scalar(_) | Kind::List(_), None) => self.wrong_group(group, node, "a map of facts"),
            (Kind::List(_), Some(fact)) => {
                let name = self.knowledge.fact_name(fact);
                self.wrong_group(group, node, &format!("a map of facts, or `{name}` alone"));
            }
        }
    }

    fn wrong_group(&mut self, group: &Group<'_>, node: &Node<'_>, expected: &str) {
        let help = if group.by_broker {
            let broker = group.keys().next().map_or("…", |(key, _)| key);
            format!("write one line for each broker, as in `{}: {{ {broker}: … }}`", last(group.title()))
        } else {
            let known = group.keys().filter(|(_, member)| self.is_stated(*member)).take(3);
            let keys: Vec<&str> = known.map(|(key, _)| key).collect();
            format!("name the fact that is meant, such as {}", alternatives(keys))
        };
        self.wrong_shape_but(group.title(), node, expected, Some(help));
    }

    /// Reads one key of a group.
    fn member(&mut self, id: GroupId, group: &Group<'_>, entry: &Entry<'_>, profile: &mut Profile) {
        match group.member(&entry.key) {
            Some(Member::Fact(fact)) => self.fact(fact, entry.key_span, &entry.value, profile),
            Some(Member::Group(inner)) => self.group(inner, &entry.value, profile),
            None if entry.key.starts_with("x-") => {
                keep(&below(group.title(), &entry.key), &entry.value, &mut profile.kept);
            }
            None => {
                self.unknown_field(Level::Group(id), entry);
            }
        }
    }

    /// Reads one fact.
    pub(super) fn fact(&mut self, id: FactId, key: Span, node: &Node<'_>, profile: &mut Profile) {
        let knowledge = self.knowledge;
        let Some(fact) = knowledge.fact(id) else { return };
        if fact.derived {
            self.derived(id, key);
            return;
        }
        if let Some(value) = self.stated(id, fact, node) {
            profile.statements.push(Statement { fact: id, value, span: self.place.span(node.span) });
        }
    }

    /// Notes that a fact follows from others and cannot be stated.
    pub(super) fn derived(&mut self, id: FactId, key: Span) {
        let knowledge = self.knowledge;
        let name = knowledge.fact_name(id);
        let message = format!("`{name}` cannot be stated: it follows from other facts");
        let mut error = self.error("derived-fact", key, &message, "a derived fact");
        let mut inputs = Vec::new();
        if let Some(formula) = knowledge.fact(id).and_then(|fact| fact.formula) {
            knowledge.program.reads(formula, &mut inputs);
        }
        if !inputs.is_empty() {
            let names: Vec<String> = inputs.iter().map(|input| format!("`{}`", knowledge.fact_name(*input))).collect();
            error = error.help(format!("state what it is computed from: {}", names.join(", ")));
        }
        if let Some(flow) = self.flow_in_bytes(id) {
            error = error.help(format!("`{flow}` may be stated in bytes, as in `5 MB/s`"));
        }
        self.push(error);
    }

    /// A profile may state it.
    pub(super) fn is_stated(&self, member: Member) -> bool {
        match member {
            Member::Group(_) => true,
            Member::Fact(id) => self.knowledge.fact(id).is_some_and(|fact| !fact.derived),
        }
    }
}

/// The last part of a dotted name.
pub(super) fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}
