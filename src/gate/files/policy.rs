//! Which policies reach an item: by virtual host, by what they apply to, by pattern and by priority.

use regex::bytes::{Regex, RegexBuilder};

use crate::artifact::{Artifact, Item, ItemKind, Selector};
use crate::knowledge::{FileRules, KnowledgeBase, OptionId, within};

/// A pattern takes so much memory at most.
const PATTERN: usize = 1 << 20;

/// A policy with its pattern made ready.
#[derive(Debug)]
pub(super) struct Policy<'g> {
    artifact: &'g Artifact,
    item: &'g Item,
    selector: &'g Selector,
    /// None where the pattern uses what only the broker's own engine knows.
    pattern: Option<Regex>,
}

/// What reaches an item.
#[derive(Debug, Clone)]
pub(super) enum Reached<'g> {
    /// Nothing does.
    Nothing,
    /// This does.
    One(&'g Artifact, &'g Item),
    /// One of these may.
    Perhaps(Vec<&'g Item>),
}

impl<'g> Policy<'g> {
    /// Every policy of an artifact.
    pub(super) fn all(artifact: &'g Artifact) -> impl Iterator<Item = Self> {
        artifact.items.iter().filter_map(move |item| {
            let selector = item.selector.as_ref()?;
            // The broker matches bytes, with an engine that knows more than this one: look-around, back references.
            let pattern = RegexBuilder::new(&selector.pattern).unicode(false).size_limit(PATTERN).build().ok();
            Some(Self { artifact, item, selector, pattern })
        })
    }

    /// Whether it matches an item: surely, surely not, or perhaps.
    fn matches(&self, knowledge: &KnowledgeBase<'_>, rules: &FileRules, to: &To<'_>) -> Option<bool> {
        let word = |known: &crate::knowledge::Text, written: &str| knowledge.text(*known) == written;
        let reach = rules.reach.iter().find(|(known, _)| word(known, &self.selector.apply_to));
        let reached = match reach {
            Some((_, options)) => options.contains(&to.option),
            None => self.selector.apply_to.is_empty() || rules.reach.is_empty(),
        };
        let names = |keys: &[crate::knowledge::Text]| {
            self.item.entries.iter().any(|entry| keys.iter().any(|key| word(key, &entry.key)))
        };
        let passed = rules
            .passing
            .iter()
            .any(|it| it.options.contains(&to.option) && within(to.version, it.since, it.until) && names(&it.keys));
        if !reached || passed {
            return Some(false);
        }
        let pattern = self.pattern.as_ref().map(|pattern| pattern.is_match(to.item.name.as_bytes()));
        match (&self.item.vhost, &to.item.vhost) {
            (Some(own), Some(other)) if own == other => pattern,
            (Some(_), Some(_)) => Some(false),
            _ => pattern.filter(|matches| !matches),
        }
    }
}

/// To what policies may apply.
#[derive(Debug, Clone, Copy)]
pub(super) struct To<'t> {
    pub(super) item: &'t Item,
    pub(super) option: OptionId,
    pub(super) version: f64,
}

/// The policy of a kind that reaches an item: of those that match the one with the highest priority.
pub(super) fn reaching<'g>(
    knowledge: &KnowledgeBase<'_>,
    rules: &FileRules,
    policies: &[Policy<'g>],
    kind: ItemKind,
    to: &To<'_>,
) -> Reached<'g> {
    let matched = policies.iter().filter(|policy| policy.item.kind == kind).filter_map(|policy| {
        match policy.matches(knowledge, rules, to) {
            Some(false) => None,
            sure => Some((policy, sure.is_some())),
        }
    });
    let matched: Vec<(&Policy<'g>, bool)> = matched.collect();
    let best = matched.iter().filter(|(_, sure)| *sure).map(|(policy, _)| policy.selector.priority).max();
    // What surely has a lower priority than one that surely matches is out.
    let left: Vec<(&Policy<'g>, bool)> =
        matched.into_iter().filter(|(policy, _)| best.is_none_or(|best| policy.selector.priority >= best)).collect();
    match left[..] {
        [] => Reached::Nothing,
        [(only, true)] => Reached::One(only.artifact, only.item),
        _ => Reached::Perhaps(left.into_iter().map(|(policy, _)| policy.item).collect()),
    }
}
