//! Facts, priorities and the decision from the command line: `--set fact=value`, with the grammar and the checks of
//! files. Changes a profile; the later setting wins over the earlier, and over the file.

use std::borrow::Cow;

use super::decision::{Decision, Written};
use super::document::state;
use super::field::{DECISION, Fields, Member, dimensions};
use super::place::{Place, SET, alternatives, excerpt};
use super::reader::Reader;
use super::{Chosen, Profile, Statement};
use crate::diagnostic::Diagnostic;
use crate::expr::FactId;
use crate::knowledge::{FactKind, KnowledgeBase};
use crate::source::{Format, Kind, Node, Scalar, Span};
use crate::suggestion::nearest;

/// Changes a profile by settings of the form `fact=value`; what is wrong with any of them comes back, without a place.
pub fn set_facts(knowledge: &KnowledgeBase<'_>, profile: &mut Profile, settings: &[String]) -> Vec<Diagnostic> {
    let fields = Fields::of(knowledge);
    let mut choice = Choice::default();
    let mut found = Vec::new();
    for setting in settings {
        let place = Place { text: setting, format: Format::Yaml, source: None, flag: SET };
        let mut reader = Reader::new(knowledge, &fields, place);
        reader.setting(setting, profile, &mut choice);
        found.append(&mut reader.into_found());
    }
    let place = Place { text: choice.setting, format: Format::Yaml, source: None, flag: SET };
    let mut reader = Reader::new(knowledge, &fields, place);
    reader.choose(profile, &choice);
    found.append(&mut reader.into_found());
    found
}

/// States one fact by an answer, as a setting would; what is wrong with it, or worth a note, comes back with its place in the
/// answer, which is the run's source of that number.
pub fn answer(
    knowledge: &KnowledgeBase<'_>,
    profile: &mut Profile,
    fact: FactId,
    text: &str,
    source: usize,
) -> Vec<Diagnostic> {
    let fields = Fields::of(knowledge);
    let place = Place { text, format: Format::Yaml, source: Some(source), flag: SET };
    let mut reader = Reader::new(knowledge, &fields, place);
    let whole = Span::new(0, text.len());
    reader.set(fact, whole, text, whole, profile);
    reader.into_found()
}

/// What the settings say of the decision, all of them together.
#[derive(Debug, Default)]
struct Choice<'s> {
    broker: Option<&'s str>,
    option: Option<&'s str>,
    /// The last of these settings, for messages.
    setting: &'s str,
}

impl Reader<'_, '_> {
    fn setting<'s>(&mut self, setting: &'s str, profile: &mut Profile, choice: &mut Choice<'s>) {
        let whole = Span::new(0, setting.len());
        let Some((key, value)) = setting.split_once('=') else {
            let error = self.error("not-a-setting", whole, "no `=` between fact and value", "");
            self.push(error.help("write `--set fact=value`, as in `--set latency.p99=50ms`"));
            return;
        };
        let at = Span::new(setting.len() - value.len(), setting.len());
        let (key, key_span) = (key.trim(), Span::new(0, key.len()));
        match key.split_once('.') {
            Some(("priorities", dimension)) => {
                let dimension = self.dimension(dimension, Span::new("priorities.".len(), key.len()));
                let priority = self.priority(&scalar(value, at));
                if let (Some(dimension), Some(priority)) = (dimension, priority) {
                    profile.priorities.set(dimension, priority);
                }
            }
            Some(("decision", part @ ("broker" | "option"))) => {
                let place = if part == "broker" { &mut choice.broker } else { &mut choice.option };
                *place = Some(value.trim());
                choice.setting = setting;
            }
            _ => {
                if let Some(Member::Fact(fact)) = self.named(key) {
                    self.set(fact, key_span, value, at, profile);
                } else {
                    let priorities = dimensions().map(|id| format!("priorities.{id}"));
                    let decisions = DECISION.iter().take(2).map(|key| format!("decision.{key}"));
                    let others: Vec<String> = priorities.chain(decisions).collect();
                    self.unknown_setting(key, key_span, &others);
                }
            }
        }
    }

    /// Sets one fact.
    fn set(&mut self, id: FactId, key: Span, value: &str, at: Span, profile: &mut Profile) {
        let knowledge = self.knowledge;
        let Some(fact) = knowledge.fact(id) else { return };
        if fact.derived {
            self.derived(id, key);
            return;
        }
        let node = match fact.kind {
            FactKind::Words(_) | FactKind::Names(_) => items(value, at),
            _ => scalar(value, at),
        };
        if let Some(value) = self.stated(id, fact, &node) {
            state(profile, Statement { fact: id, value, span: None });
        }
    }

    /// Notes that no fact has such a name; `others` are names that may be meant beside facts.
    pub(super) fn unknown_setting(&mut self, key: &str, span: Span, others: &[String]) {
        let knowledge = self.knowledge;
        let shown = excerpt(key);
        if let Some(group) = self.fields.find(key) {
            let message = format!("`{shown}` is a group of facts");
            let error = self.error("unknown-fact", span, &message, "");
            let stated = group.keys().filter(|(_, member)| self.is_stated(*member));
            let names: Vec<String> = stated.map(|(member, _)| format!("{key}.{member}")).collect();
            let names = alternatives(names.iter().map(String::as_str));
            self.push(error.help(format!("name the fact that is meant: {names}")));
            return;
        }
        let error = self.error("unknown-fact", span, &format!("no fact is called `{shown}`"), "");
        let facts = knowledge.fact_ids().filter(|(_, fact)| !fact.derived);
        let facts: Vec<&str> = facts.map(|(id, _)| knowledge.fact_name(id)).collect();
        let bare = key.strip_prefix("workload.").unwrap_or(key);
        let more = others.iter().map(String::as_str);
        let groups = self.fields.below_roots().filter(|group| group.main.is_some());
        let groups = groups.map(|group| group.path);
        let part = || facts.iter().copied().find(|name| super::group::last(name) == bare);
        let near = nearest(bare, facts.iter().copied().chain(more).chain(groups)).or_else(part);
        let error = match near {
            Some(near) => self.suggest(error, span, near),
            None => error.help(self.place.example()),
        };
        self.push(error);
    }

    /// Applies what the settings say of the decision.
    fn choose(&mut self, profile: &mut Profile, choice: &Choice<'_>) {
        let knowledge = self.knowledge;
        if choice.broker.is_none() && choice.option.is_none() {
            return;
        }
        let before = profile.decision.take();
        let chosen = before.as_ref().map(|decision| &decision.chosen);
        let known = match chosen {
            Some(Chosen::Broker { broker, .. }) => Some(knowledge.broker_name(*broker)),
            Some(Chosen::Both) => Some("both"),
            Some(Chosen::None) => Some("none"),
            Some(Chosen::Other(_)) => Some("other"),
            None => None,
        };
        let owner = || choice.option.and_then(|written| self.owner(written)).map(|id| knowledge.broker_name(id));
        let at = Span::new(0, choice.setting.len());
        let Some(broker) = choice.broker.or(known).or_else(owner) else {
            let error = self.error("missing-broker", at, "the decision names no broker", "");
            self.push(error.help("add `--set decision.broker=…`"));
            return;
        };
        // An option of the file stays as long as nobody chooses another broker.
        let kept = (choice.broker.is_none() || choice.broker == known)
            .then(|| before.as_ref().and_then(|decision| decision.option_written.clone()))
            .flatten();
        let option: Option<Written> = choice.option.map(str::to_owned).or(kept).map(|text| (text, at));
        if let Some(chosen) = self.chosen(broker, at, option.as_ref()) {
            let before = before.unwrap_or_else(|| Decision::of(Chosen::None));
            profile.decision = Some(Decision {
                chosen,
                option_written: option.map(|(text, _)| text),
                span: None,
                option_span: None,
                ..before
            });
        }
    }
}

/// A value as a tree.
pub(super) fn scalar(value: &str, at: Span) -> Node<'_> {
    let text = value.trim();
    let start = at.start as usize + (value.len() - value.trim_start().len());
    let scalar = Scalar { text: Cow::Borrowed(text), quoted: false };
    Node { span: Span::new(start, start + text.len()), kind: Kind::Scalar(scalar) }
}

/// Several values as a tree: between commas, with or without brackets.
fn items(value: &str, at: Span) -> Node<'_> {
    let text = value.trim();
    let inner = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let Some(inner) = inner.or_else(|| text.contains(',').then_some(text)) else {
        return scalar(value, at);
    };
    let skipped = value.find(inner).unwrap_or(0);
    let mut start = at.start as usize + skipped;
    let mut all = Vec::new();
    if !inner.trim().is_empty() {
        for item in inner.split(',') {
            all.push(scalar(item, Span::new(start, start + item.len())));
            start += item.len() + 1;
        }
    }
    Node { span: at, kind: Kind::List(all) }
}
