//! One document: its own keys, and what each of them holds. Takes a tree, gives a profile; everything that is wrong
//! with it goes to the reader.

use super::field::{Fields, KEPT};
use super::kept::{MOST, keep};
use super::place::excerpt;
use super::reader::Reader;
use super::unknown_field::Level;
use super::{Profile, Statement};
use crate::source::{Entry, Kind, Node, Span};

/// The version of the format that this program reads.
pub(crate) const FORMAT: &str = "1";

impl Reader<'_, '_> {
    /// Reads one document; a profile and the place of its name, where it has one.
    pub(super) fn document(&mut self, root: &Node<'_>) -> Option<(Profile, Span)> {
        let Kind::Map(entries) = &root.kind else {
            let message = format!("a profile must be a map of fields, not {}", root.describe());
            let error = self.error("wrong-shape", root.span, &message, "expected a map of fields");
            self.push(error.help("write at least `name:` and `workload:`"));
            return None;
        };
        let mut profile = Profile { source: self.place.source, span: root.span, ..Profile::named("") };
        let mut name = None;
        let mut named = false;
        for entry in entries {
            if self.is_full() {
                return None;
            }
            if entry.key == "name" {
                named = true;
                name = self.name(&entry.value);
            } else if !self.field(entry, &mut profile) {
                named |= self.unknown_field(Level::Top, entry) == Some("name");
            }
        }
        if !named {
            let at = entries.first().map_or(root.span, |entry| entry.key_span);
            let error = self.error("missing-name", at, "this profile has no `name`", "a flow begins here");
            self.push(error.help("write `name: order-dispatch`, with the flow's own name"));
        }
        if profile.kept.len() > MOST {
            let message = format!("more than {MOST} notes, links and other texts in one profile");
            let error = self.error("too-large", root.span, &message, "");
            self.push(error.help("keep long texts in a file of their own and link to it"));
        }
        profile.statements.sort_by_key(|statement| statement.fact);
        let (name, span) = name?;
        profile.name = name;
        Some((profile, span))
    }

    /// Reads a key of the profile itself; `false` where it is none.
    fn field(&mut self, entry: &Entry<'_>, profile: &mut Profile) -> bool {
        match &*entry.key {
            "brokerfit" => self.format(&entry.value),
            "workload" => self.group(Fields::WORKLOAD, &entry.value, profile),
            "environment" => self.group(Fields::ENVIRONMENT, &entry.value, profile),
            "decision" => profile.decision = self.decision(&entry.value),
            "priorities" => self.priorities(&entry.value, profile),
            "wants" => self.wants(&entry.value, profile),
            "artifacts" => self.artifacts(&entry.value, profile),
            key if key.starts_with("x-") || KEPT.contains(&key) => {
                keep(key, &entry.value, &mut profile.kept);
            }
            _ => return false,
        }
        true
    }

    /// Reads the flow's name.
    fn name(&mut self, node: &Node<'_>) -> Option<(String, Span)> {
        if let Kind::Empty = node.kind {
            self.empty_name(node.span);
            return None;
        }
        let scalar = self.scalar("name", node, "a text")?;
        if scalar.text.trim().is_empty() {
            self.empty_name(node.span);
            return None;
        }
        if scalar.text.chars().any(char::is_control) {
            let message = format!("the name `{}` contains a control character", excerpt(&scalar.text));
            let error = self.error("control-character", node.span, &message, "expected one line of text");
            self.push(error.help("remove line breaks, tabs and other control characters"));
            return None;
        }
        Some((scalar.text.to_string(), node.span))
    }

    fn empty_name(&mut self, span: Span) {
        let error = self.error("missing-name", span, "the `name` is empty", "expected a text");
        self.push(error.help("write `name: order-dispatch`, with the flow's own name"));
    }

    /// Checks the version of the format.
    fn format(&mut self, node: &Node<'_>) {
        let expected = "the version of the format, `1`";
        let Some(scalar) = self.scalar("brokerfit", node, expected) else { return };
        if scalar.text != FORMAT {
            let message = format!("version `{}` of the profile format is not known", excerpt(&scalar.text));
            let error = self.error("unknown-format", node.span, &message, "expected `1`");
            self.push(error.help(self.place.fixed_raw(node.span, FORMAT)));
        }
    }
}

/// Puts a statement among the others, in place of one about the same fact.
pub(super) fn state(profile: &mut Profile, statement: Statement) {
    profile.shared.retain(|shared| *shared != statement.fact);
    match profile.statements.binary_search_by_key(&statement.fact, |known| known.fact) {
        Ok(place) => {
            if let Some(known) = profile.statements.get_mut(place) {
                *known = statement;
            }
        }
        Err(place) => profile.statements.insert(place, statement),
    }
}
