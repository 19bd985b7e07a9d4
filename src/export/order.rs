//! What is exported: one flow, for one option, in the version that is run.

use super::names;
use crate::advice::{Formulas, Setting, settings};
use crate::expr::{Env, FactId, Own, Tri, Value};
use crate::facts::{Facts, View, shown};
use crate::knowledge::{Broker, CatalogueKey, FactKind, KnowledgeBase, OptionId, Scope, Version};
use crate::profile::Profile;
use crate::quantity::Interval;

/// One flow, for one option, in the version that is run.
#[derive(Debug)]
pub struct Order<'o> {
    /// What is known.
    pub knowledge: &'o KnowledgeBase<'o>,
    /// What is stated.
    pub profile: &'o Profile,
    /// Every fact's value.
    pub facts: &'o Facts,
    /// For which option.
    pub option: OptionId,
    /// The settings that follow, with their work shown.
    pub settings: Vec<Setting>,
    /// The version that is run.
    pub version: Version,
    /// The flow's name, as brokers and file systems take it.
    pub id: String,
}

/// Why a target cannot be written for an order.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unfit {
    /// What stands in the way.
    pub message: String,
    /// What to do instead.
    pub help: String,
}

impl<'o> Order<'o> {
    /// An order for one flow; none for an option that is not known.
    pub fn new(
        knowledge: &'o KnowledgeBase<'o>,
        profile: &'o Profile,
        facts: &'o Facts,
        option: OptionId,
    ) -> Option<Self> {
        let broker = knowledge.broker(knowledge.broker_of(option))?;
        let version = match View::central(knowledge, facts).seen_by(broker).own(Own::Version) {
            Value::Version(version) => Version::from_number(version.lo),
            _ => broker.versions.last().copied()?,
        };
        let settings = settings(knowledge, profile, facts, option, Formulas::Traced);
        Some(Self { knowledge, profile, facts, option, settings, version, id: names::id(&profile.name) })
    }

    /// Whose option it is.
    pub(super) fn broker(&self) -> Option<&Broker> {
        self.knowledge.broker(self.knowledge.broker_of(self.option))
    }

    /// The broker's id.
    pub(super) fn broker_name(&self) -> &str {
        self.knowledge.broker_name(self.knowledge.broker_of(self.option))
    }

    /// The broker's name, for people.
    pub(super) fn title(&self) -> &str {
        self.knowledge.broker_title(self.knowledge.broker_of(self.option))
    }

    /// The option's id within its broker.
    pub(super) fn short(&self) -> &str {
        self.knowledge.option(self.option).map_or("", |option| self.knowledge.text(option.short))
    }

    /// A setting, if it is advised.
    pub(super) fn setting(&self, scope: Scope, key: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.scope == scope && setting.key == key)
    }

    /// The settings of one scope, in the order of advice.
    pub(super) fn of(&self, scope: Scope) -> impl Iterator<Item = &Setting> {
        self.settings.iter().filter(move |setting| setting.scope == scope)
    }

    /// The default of a key of the option's broker in the version that is run.
    pub(super) fn default(&self, scope: Scope, key: &str) -> Option<&str> {
        let broker = self.knowledge.broker_of(self.option);
        let is = |it: &&CatalogueKey| it.broker == broker && it.scope == scope && self.knowledge.text(it.id) == key;
        let key = self.knowledge.catalogue.iter().find(is)?;
        Some(self.knowledge.text(key.default_at(self.version.as_number())))
    }

    /// A setting that counts something; what stands for it, where it is not advised.
    pub(super) fn count(&self, scope: Scope, key: &str, otherwise: u32) -> u32 {
        self.setting(scope, key).and_then(|setting| setting.value.parse().ok()).unwrap_or(otherwise)
    }

    /// The central value of a fact.
    pub(super) fn value(&self, fact: &str) -> Value {
        self.knowledge.find_fact(fact).map_or(Value::UNKNOWN, |id| self.facts.central(id))
    }

    /// Whether a fact holds.
    pub(super) fn holds(&self, fact: &str) -> bool {
        self.value(fact) == Value::Bool(Tri::True)
    }

    /// The amount of a fact, in base units; none where there is none.
    pub(super) fn amount(&self, fact: &str) -> Option<f64> {
        match self.value(fact) {
            Value::Number(range) if range.is_point() && !range.lo.is_nan() => Some(Interval::middle(range)),
            _ => None,
        }
    }

    /// The word of a fact; empty where there is none.
    pub(super) fn word(&self, fact: &str) -> &str {
        let domain = |id| self.knowledge.fact(id).and_then(|fact| fact.kind.domain());
        match (self.value(fact), self.knowledge.find_fact(fact).and_then(domain)) {
            (Value::Words(words), Some(domain)) if words.is_power_of_two() => {
                u8::try_from(words.trailing_zeros()).map_or("", |word| self.knowledge.word(domain, word))
            }
            _ => "",
        }
    }

    /// Whether a fact that is a list holds a word.
    pub(super) fn lists(&self, fact: &str, word: &str) -> bool {
        let Some(id) = self.knowledge.find_fact(fact) else { return false };
        let (Value::List(list), Some(FactKind::Words(domain) | FactKind::Names(domain))) =
            (self.facts.central(id), self.knowledge.fact(id).map(|fact| fact.kind))
        else {
            return false;
        };
        let known = self.knowledge.domain(domain).map(|domain| &domain.words);
        let place = known.and_then(|words| words.iter().position(|text| self.knowledge.text(*text) == word));
        list.known && place.is_some_and(|place| place < 64 && list.has & (1 << place) != 0)
    }

    /// A fact with its value, and whether it is a guess: `consumers.processing_time 50ms (assumed)`.
    pub(super) fn said(&self, fact: FactId) -> String {
        let guess =
            if self.facts.is_guess(fact) { format!(" ({})", self.facts.origin(fact).word()) } else { String::new() };
        format!("{} {}{guess}", self.knowledge.fact_name(fact), self.shown(fact))
    }

    /// A fact's value for people.
    pub(super) fn shown(&self, fact: FactId) -> String {
        shown(self.knowledge, self.profile, self.facts, fact)
    }

    /// The facts on which a setting rests in the end, those that are stated first; guesses say so.
    pub(super) fn grounds(&self, setting: &Setting) -> Vec<String> {
        let mut facts = self.facts.inputs(self.knowledge, setting.facts.clone());
        facts.retain(|fact| self.facts.central(*fact).is_known());
        facts.sort_by_key(|fact| self.facts.is_guess(*fact));
        facts.into_iter().map(|fact| self.said(fact)).collect()
    }
}
