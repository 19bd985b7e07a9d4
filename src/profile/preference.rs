//! What a profile wishes: priorities of dimensions, facts and needs that are wishes only, and the real broker files
//! that belong to the flow. Takes the trees of these keys, fills a profile.

use super::field::dimensions;
use super::place::{alternatives, excerpt};
use super::reader::Reader;
use super::{BrokerFile, Profile, Want};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{Dimension, Priority};
use crate::pattern::Pattern;
use crate::source::{Kind, Node, Span};
use crate::suggestion::nearest;
use crate::table::{Table, WRITTEN};

impl Reader<'_, '_> {
    /// Reads how much each dimension counts.
    pub(super) fn priorities(&mut self, node: &Node<'_>, profile: &mut Profile) {
        let entries = match &node.kind {
            Kind::Empty => return,
            Kind::Map(entries) => entries,
            Kind::Scalar(_) | Kind::List(_) => {
                let help = Some("write `priorities: { latency: high }`".to_owned());
                self.wrong_shape_but("priorities", node, "a map of dimensions", help);
                return;
            }
        };
        for entry in entries {
            if self.is_full() {
                return;
            }
            if entry.key.starts_with("x-") {
                let key = super::kept::below("priorities", &entry.key);
                super::kept::keep(&key, &entry.value, &mut profile.kept);
                continue;
            }
            let dimension = self.dimension(&entry.key, entry.key_span);
            let priority = self.priority(&entry.value);
            if let (Some(dimension), Some(priority)) = (dimension, priority) {
                profile.priorities.set(dimension, priority);
            }
        }
    }

    /// A dimension by its id; another word is noted.
    pub(super) fn dimension(&mut self, key: &str, span: Span) -> Option<Dimension> {
        let found = Dimension::from_id(key);
        if found.is_none() {
            let message = format!("no dimension is called `{}`", excerpt(key));
            let error = self.error("unknown-dimension", span, &message, "unknown dimension");
            let error = if nearest(key, dimensions()).is_some() {
                self.did_you_mean(error, span, key, dimensions())
            } else {
                error.help(format!("dimensions are {}", alternatives(dimensions())))
            };
            self.push(error);
        }
        found
    }

    /// How much a dimension counts.
    pub(super) fn priority(&mut self, node: &Node<'_>) -> Option<Priority> {
        let words = || Priority::ALL.into_iter().rev().map(Priority::word);
        let expected = alternatives(words());
        let scalar = self.scalar("priorities", node, &expected)?;
        let found = Priority::from_word(&scalar.text);
        if found.is_none() {
            let message = format!("`{}` is not a priority", excerpt(&scalar.text));
            let error = self.error("unknown-word", node.span, &message, &format!("expected {expected}"));
            let error = self.did_you_mean(error, node.span, &scalar.text, words());
            self.push(error);
        }
        found
    }

    /// Reads the facts and needs that are wishes.
    pub(super) fn wants(&mut self, node: &Node<'_>, profile: &mut Profile) {
        self.texts("wants", node, "a fact or a need", &mut |reader, text, span| {
            let Some(want) = reader.want(text, span) else { return };
            if profile.wants.contains(&want) {
                let message = format!("`{}` is listed twice in `wants`", excerpt(text));
                let error = reader.error("duplicate-word", span, &message, "listed again");
                reader.push(error.help("remove one of them"));
            } else {
                profile.wants.push(want);
            }
        });
    }

    fn want(&mut self, text: &str, span: Span) -> Option<Want> {
        let knowledge = self.knowledge;
        if let Some(fact) = knowledge.find_fact(text) {
            return Some(Want::Fact(fact));
        }
        if let Some(need) = knowledge.needs.iter().position(|need| knowledge.text(need.id) == text) {
            if knowledge.needs.get(need).is_some_and(|need| need.house && !need.want) {
                let message = format!("`{}` is a rule of the house, and no wish of a profile", excerpt(text));
                let error = self.error("house-rule", span, &message, "cannot be a wish");
                self.push(error.help("ask those who made it for an exception, or have them write `want = true`"));
                return None;
            }
            return Some(Want::Need(need));
        }
        let message = format!("`{}` is neither a fact nor a need", excerpt(text));
        let error = self.error("unknown-want", span, &message, "expected a fact or a need");
        let error = self.near_want(error, text, span);
        self.push(error);
        None
    }

    fn near_want(&self, error: Diagnostic, text: &str, span: Span) -> Diagnostic {
        let knowledge = self.knowledge;
        if let Some(main) = self.fields.find(text).and_then(|group| group.main) {
            let fact = knowledge.fact_name(main);
            return self.suggest(error.help(format!("`{text}` is a group of facts")), span, fact);
        }
        if self.fields.find(text).is_some() {
            return error.help(format!("`{text}` is a group of facts; name the fact that is a wish"));
        }
        let facts = knowledge.fact_ids().filter(|(_, fact)| !fact.derived);
        let facts: Vec<&str> = facts.map(|(id, _)| knowledge.fact_name(id)).collect();
        let needs = knowledge.needs.iter().map(|need| knowledge.text(need.id));
        let whole = nearest(text, needs.chain(facts.iter().copied()));
        let part = || facts.iter().copied().find(|name| super::group::last(name) == text);
        match whole.or_else(part) {
            Some(near) => self.suggest(error, span, near),
            None => error.help("facts are written in full, as in `latency.p99`"),
        }
    }

    /// Reads the real broker files that belong to the flow: paths, or maps that also say which queues or topics are meant.
    pub(super) fn artifacts(&mut self, node: &Node<'_>, profile: &mut Profile) {
        for item in node.one_or_more() {
            if self.is_full() {
                return;
            }
            match &item.kind {
                Kind::Map(_) => {
                    let Some(source) = self.place.source else { continue };
                    let mut problems = Vec::new();
                    profile.artifacts.extend(broker_file(source, item, &mut problems));
                    for problem in problems {
                        self.push(problem);
                    }
                }
                _ => self.one_text("artifacts", item, "the path of a file", &mut |_, text, span| {
                    profile.artifacts.push(BrokerFile { path: text.to_owned(), span, only: Vec::new() });
                }),
            }
        }
    }

    /// Hands over each text of a list, or the one that stands there alone.
    fn texts(&mut self, what: &str, node: &Node<'_>, expected: &str, each: &mut dyn FnMut(&mut Self, &str, Span)) {
        for item in node.one_or_more() {
            if self.is_full() {
                return;
            }
            self.one_text(what, item, expected, each);
        }
    }

    /// Hands over one text.
    fn one_text(&mut self, what: &str, item: &Node<'_>, expected: &str, each: &mut dyn FnMut(&mut Self, &str, Span)) {
        let Some(scalar) = self.scalar(what, item, expected) else { return };
        if scalar.text.trim().is_empty() {
            let message = format!("`{what}` has an empty item");
            let error = self.error("wrong-shape", item.span, &message, &format!("expected {expected}"));
            self.push(error);
        } else {
            each(self, &scalar.text, item.span);
        }
    }
}

/// Reads one broker file that says which queues or topics are meant.
pub(crate) fn broker_file(source: usize, node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Option<BrokerFile> {
    let mut table = Table::new(WRITTEN, source, "a broker file", node, problems)?;
    let path = table.required("file", problems);
    let mut only = Vec::new();
    for text in table.texts("only", problems) {
        match Pattern::over_names(text.text) {
            Ok(pattern) => only.push(pattern),
            Err(why) => problems.push(
                Diagnostic::error("wrong-value", format!("`{}` is not a pattern: {why}", excerpt(text.text)))
                    .at(source, text.span, "expected a pattern over names")
                    .help("`*` stands for any text, `?` for one character, `{a,b}` for either"),
            ),
        }
    }
    table.finish(problems);
    let path = path?;
    if path.text.trim().is_empty() {
        let problem = Diagnostic::error("wrong-shape", "the broker file's `file` is empty");
        problems.push(problem.at(source, path.span, "expected the path of a file"));
        return None;
    }
    Some(BrokerFile { path: path.text.to_owned(), span: path.span, only })
}
