//! Which policies reach an item: by virtual host, by what they apply to, by pattern and by priority.

use std::cell::Cell;
use std::collections::HashMap;

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
    pattern: Pattern,
}

/// Which names a policy matches.
#[derive(Debug)]
enum Pattern {
    /// One.
    Name(String),
    /// Those that it describes.
    Expression(Regex),
    /// It uses what only the broker's own engine knows: look-around, back references.
    Unknown,
}

impl Pattern {
    fn of(pattern: &str) -> Self {
        if let Some(name) = one_name(pattern) {
            return Self::Name(name);
        }
        // The broker matches bytes, with an engine that knows more than this one.
        let expression = RegexBuilder::new(pattern).unicode(false).size_limit(PATTERN).build();
        expression.map_or(Self::Unknown, Self::Expression)
    }

    /// Whether it matches a name; none where nobody knows, or nothing may be tried any more.
    fn matches(&self, name: &str, left: &Cell<u32>) -> Option<bool> {
        match self {
            Self::Name(own) => Some(own == name),
            Self::Unknown => None,
            Self::Expression(expression) => {
                left.set(left.get().checked_sub(1)?);
                Some(expression.is_match(name.as_bytes()))
            }
        }
    }
}

/// The name between `^` and `$`, where all between them stands for itself.
fn one_name(pattern: &str) -> Option<String> {
    let name = pattern.strip_prefix('^')?.strip_suffix('$')?.replace("\\.", "\u{0}");
    let is_plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | ':' | '/' | '\u{0}');
    name.chars().all(is_plain).then(|| name.replace('\u{0}', "."))
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
    /// Too many may to tell them apart.
    Unknown,
}

impl<'g> Policy<'g> {
    /// Every policy of an artifact.
    pub(super) fn all(artifact: &'g Artifact) -> impl Iterator<Item = Self> {
        artifact.items.iter().filter_map(move |item| {
            let selector = item.selector.as_ref()?;
            Some(Self { artifact, item, selector, pattern: Pattern::of(&selector.pattern) })
        })
    }

    /// Whether it matches an item: surely, surely not, or perhaps.
    fn matches(&self, knowledge: &KnowledgeBase<'_>, rules: &FileRules, to: &To<'_>, left: &Cell<u32>) -> Option<bool> {
        let own_vhost = match (&self.item.vhost, &to.item.vhost) {
            (Some(own), Some(other)) if own != other => return Some(false),
            (own, other) => own.is_some() && other.is_some(),
        };
        let matches = self.pattern.matches(&to.item.name, left);
        if matches == Some(false) {
            return matches;
        }
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
        if !reached || passed { Some(false) } else { matches.filter(|_| own_vhost) }
    }
}

/// To what policies may apply.
#[derive(Debug, Clone, Copy)]
pub(super) struct To<'t> {
    pub(super) item: &'t Item,
    pub(super) option: OptionId,
    pub(super) version: f64,
}

/// So many names are held against patterns of a flow's files; beyond them, nobody knows what reaches an item.
const MATCHES: u32 = 20_000_000;

/// So many policies that may reach an item are told apart.
const MANY: usize = 100;

/// All policies of some files.
#[derive(Debug)]
pub(super) struct Policies<'g> {
    all: Vec<Policy<'g>>,
    /// Those for one name, by that name.
    exact: HashMap<String, Vec<usize>>,
    others: Vec<usize>,
    /// Matches that may still be tried.
    left: Cell<u32>,
}

impl<'g> Policies<'g> {
    pub(super) fn of(artifacts: &[&'g Artifact]) -> Self {
        let all: Vec<Policy<'g>> = artifacts.iter().flat_map(|artifact| Policy::all(artifact)).collect();
        let (mut exact, mut others) = (HashMap::<_, Vec<_>>::new(), Vec::new());
        for (place, policy) in all.iter().enumerate() {
            match &policy.pattern {
                Pattern::Name(name) => exact.entry(name.clone()).or_default().push(place),
                Pattern::Expression(_) | Pattern::Unknown => others.push(place),
            }
        }
        Self { all, exact, others, left: Cell::new(MATCHES) }
    }

    /// The policy of a kind that reaches an item: of those that match the one with the highest priority.
    pub(super) fn reaching(
        &self,
        knowledge: &KnowledgeBase<'_>,
        rules: &FileRules,
        kind: ItemKind,
        to: &To<'_>,
    ) -> Reached<'g> {
        if self.left.get() == 0 {
            return Reached::Unknown;
        }
        let named = self.exact.get(&to.item.name).into_iter().flatten();
        let candidates = named.chain(&self.others).filter_map(|place| self.all.get(*place));
        let matched = candidates.filter(|policy| policy.item.kind == kind).filter_map(|policy| {
            match policy.matches(knowledge, rules, to, &self.left) {
                Some(false) => None,
                sure => Some((policy, sure.is_some())),
            }
        });
        let matched: Vec<(&Policy<'g>, bool)> = matched.collect();
        let best = matched.iter().filter(|(_, sure)| *sure).map(|(policy, _)| policy.selector.priority).max();
        // What surely has a lower priority than one that surely matches is out.
        let left: Vec<(&Policy<'g>, bool)> = matched
            .into_iter()
            .filter(|(policy, _)| best.is_none_or(|best| policy.selector.priority >= best))
            .collect();
        match left[..] {
            [] => Reached::Nothing,
            [(only, true)] => Reached::One(only.artifact, only.item),
            [..] if left.len() > MANY => Reached::Unknown,
            [..] => Reached::Perhaps(left.into_iter().map(|(policy, _)| policy.item).collect()),
        }
    }
}
