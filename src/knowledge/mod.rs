//! From `rules/` to a checked [`KnowledgeBase`]. Takes TOML texts, gives one immutable value with every expression
//! compiled and every name resolved, or diagnostics. Knows how brokers are described, and nothing about any broker.
//!
//! The same modules run in `build.rs`, which checks the rules and embeds them in a compact form; a program that
//! starts only reads that form back.

mod alert;
pub mod amount;
pub mod broker;
pub mod capability;
pub mod check;
pub mod checklist;
pub mod citation;
pub mod client;
pub mod conflict;
pub mod criterion;
pub mod declared;
pub mod dimension;
pub mod fact;
pub mod file_rules;
pub mod fit;
pub mod limit;
pub mod load;
pub mod misconception;
pub mod named;
pub mod need;
pub mod observation;
pub mod pack;
pub mod pitfall;
pub mod portfolio;
pub mod practice;
pub mod preset;
pub mod setting;
pub mod sizing;
pub mod source_entry;
mod subject;
pub mod text;
pub mod voice;
pub mod written;

use serde::{Deserialize, Serialize};

use crate::expr::{DomainId, ExprId, FactId, Names, Program};
use crate::quantity::Kind;

pub use alert::{AlertRule, RecordingRule, Severity};
pub use broker::{Available, Broker, BrokerId, BrokerOption, OptionId, Version, within};
pub use capability::{Answer, Band, Confidence, FitRule, Reply, SourceId, Variant};
pub use checklist::{Area, Asked, ChecklistItem, Held, Risk, Verify};
pub use citation::Citing;
pub use client::{Client, ClientExtra, ClientForm, ClientName, Naming, Way};
pub use conflict::{Conflict, Effect, Level, ScopeRule};
pub use criterion::{Criterion, Decider, Outcome};
pub use dimension::{Dimension, Priority};
pub use fact::{Domain, Fact, FactKind, Given, Harder, Inference, Inferred};
pub use file_rules::{DeadLetters, FileRules, Holds, Passing, Standing};
pub use fit::Fit;
pub use limit::{Bound, Limit};
pub use misconception::{ClaimVerdict, Misconception};
pub use named::NamedQuantity;
pub use need::Need;
pub use observation::{Derivation, Observation, ObservedItem};
pub use pack::{Pack, PackEntry};
pub use pitfall::{Pitfall, Sign, Step, Strength};
pub use portfolio::{Agreement, Cost, CostCase, CostSize, SharedBy};
pub use practice::{Practice, PracticeKind};
pub use preset::{Preset, Usual};
pub use setting::{Applier, CatalogueKey, Choice, KeyType, KeyUnit, Measure, Scope, Tuning};
pub use sizing::{Amount, AmountOf, Floor, Remark, Resource, Sizing};
pub use source_entry::{Conditions, Grade, SourceEntry};
pub use subject::{Spot, Subject};
pub use text::{Hole, Template, Text, Texts};
pub use voice::Voice;
pub use written::{Owner, Written};

/// Everything that is known: the vocabulary, needs, capability models, settings, conflicts and sources.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KnowledgeBase<'a> {
    /// Its version, apart from the program's.
    pub version: Text,
    /// Rules of one's own that lie over it, in the order in which they do.
    pub packs: Vec<Pack>,
    /// Every text.
    #[serde(borrow)]
    pub texts: Texts<'a>,
    /// Every expression.
    pub program: Program,
    /// Expressions as they are written.
    #[serde(borrow)]
    pub written: Written<'a>,
    /// The vocabulary, in the order of the rules.
    pub facts: Vec<Fact>,
    /// Facts by name.
    pub fact_index: Vec<FactId>,
    /// Facts in an order in which every formula finds its inputs.
    pub order: Vec<FactId>,
    /// Words of facts.
    pub domains: Vec<Domain>,
    /// The list of brokers about which the team's skill is stated, if the vocabulary has such facts.
    pub roles: Roles,
    /// What a workload may require, by dimension.
    pub needs: Vec<Need>,
    /// Brokers, in canonical order.
    pub brokers: Vec<Broker>,
    /// Options, in canonical order.
    pub options: Vec<BrokerOption>,
    /// Answers: for each option, one for each need.
    pub answers: Vec<Vec<Answer>>,
    /// Contradictions inside a profile: those that hold whatever is used first, then those of each option.
    pub conflicts: Vec<Conflict>,
    /// When neither broker is called for, or both are.
    pub scope: Vec<ScopeRule>,
    /// What a second broker costs to run.
    pub costs: Vec<Cost>,
    /// On what flows must agree that share a broker.
    pub agreements: Vec<Agreement>,
    /// Criteria of published guides, and what decides them.
    pub criteria: Vec<Criterion>,
    /// Keys that the brokers declare.
    pub catalogue: Vec<CatalogueKey>,
    /// When to set which key to what.
    pub tuning: Vec<Tuning>,
    /// Client libraries, by broker.
    pub clients: Vec<Client>,
    /// Between which values of which key workloads can live.
    pub limits: Vec<Limit>,
    /// How the files of each broker come together, where that is known.
    pub files: Vec<FileRules>,
    /// How options grow and what they cost, by broker, in the order of advice.
    pub practices: Vec<Practice>,
    /// When somebody must look, by broker, in the order of the rules.
    pub alerts: Vec<AlertRule>,
    /// What is computed once for several alerts.
    pub recordings: Vec<RecordingRule>,
    /// How the nodes of each option are counted, where that is known.
    pub sizings: Vec<Sizing>,
    /// Quantities that an option's conditions and formulas name.
    pub quantities: Vec<NamedQuantity>,
    /// What is said of brokers and is not so.
    pub misconceptions: Vec<Misconception>,
    /// Flows that are common.
    pub presets: Vec<Preset>,
    /// What observations are of.
    pub observed_items: Vec<ObservedItem>,
    /// What can be seen of a running broker.
    pub observations: Vec<Observation>,
    /// Patterns of lines that one broker and its clients alone write.
    pub marks: Vec<(BrokerId, Text)>,
    /// Causes of trouble, by broker, in the order of the rules.
    pub pitfalls: Vec<Pitfall>,
    /// What a design review asks, by broker and option, in the order of the rules.
    pub checklist: Vec<ChecklistItem>,
    /// The bibliography.
    pub sources: Vec<SourceEntry>,
    /// The sources on which the reading of files rests, broker by broker.
    pub reading_sources: Vec<Vec<SourceId>>,
    /// What nobody should expect from any advice.
    pub not_considered: Vec<Text>,
}

/// Facts to which the engine itself gives a meaning.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Roles {
    /// Sets assumptions.
    pub pattern: FactId,
    /// The brokers that are operated already.
    pub running: FactId,
    /// The brokers that may be used.
    pub allowed: FactId,
    /// The provider of a managed service.
    pub provider: FactId,
    /// Who runs the broker.
    pub hosting: FactId,
    /// The word of `hosting` under which the provider decides what can be had.
    pub managed: u8,
    /// The brokers about which the team's skill is stated.
    pub team: FactId,
}

impl KnowledgeBase<'_> {
    /// The text behind an id.
    pub fn text(&self, text: Text) -> &str {
        self.texts.get(text)
    }

    /// An expression as its owner wrote it; empty for one that nobody wrote.
    pub fn as_written(&self, expression: ExprId, owner: Owner) -> &str {
        self.written.text(&self.texts, expression, owner).unwrap_or_default()
    }

    /// A fact.
    pub fn fact(&self, id: FactId) -> Option<&Fact> {
        self.facts.get(usize::from(id.0))
    }

    /// A fact's name.
    pub fn fact_name(&self, id: FactId) -> &str {
        self.fact(id).map_or("", |fact| self.text(fact.name))
    }

    /// What is said of a fact, with the name of the broker of which it speaks.
    pub fn spoken(&self, fact: &Fact, text: Text) -> String {
        let broker = fact.broker.map_or("the broker", |broker| self.broker_title(BrokerId(broker)));
        self.text(text).replace("{broker}", broker)
    }

    /// Finds a fact by name.
    pub fn find_fact(&self, name: &str) -> Option<FactId> {
        let place = self.fact_index.binary_search_by(|id| self.fact_name(*id).cmp(name)).ok()?;
        self.fact_index.get(place).copied()
    }

    /// A domain of words.
    pub fn domain(&self, id: DomainId) -> Option<&Domain> {
        self.domains.get(usize::from(id.0))
    }

    /// A word of a domain.
    pub fn word(&self, domain: DomainId, word: u8) -> &str {
        self.domain(domain).and_then(|domain| domain.words.get(usize::from(word))).map_or("", |text| self.text(*text))
    }

    /// An option.
    pub fn option(&self, id: OptionId) -> Option<&BrokerOption> {
        self.options.get(usize::from(id.0))
    }

    /// An option's full id.
    pub fn option_name(&self, id: OptionId) -> &str {
        self.option(id).map_or("", |option| self.text(option.id))
    }

    /// A broker.
    pub fn broker(&self, id: BrokerId) -> Option<&Broker> {
        self.brokers.get(usize::from(id.0))
    }

    /// A broker's id, as in profiles.
    pub fn broker_name(&self, id: BrokerId) -> &str {
        self.broker(id).map_or("", |broker| self.text(broker.id))
    }

    /// A broker's name, for people.
    pub fn broker_title(&self, id: BrokerId) -> &str {
        self.broker(id).map_or("", |broker| self.text(broker.name))
    }

    /// Brokers with their ids, in canonical order.
    pub fn broker_ids(&self) -> impl Iterator<Item = (BrokerId, &Broker)> {
        (0_u8..).map(BrokerId).zip(&self.brokers)
    }

    /// Options with their ids, in canonical order.
    pub fn option_ids(&self) -> impl Iterator<Item = (OptionId, &BrokerOption)> {
        (0_u8..).map(OptionId).zip(&self.options)
    }

    /// Facts with their ids.
    pub fn fact_ids(&self) -> impl Iterator<Item = (FactId, &Fact)> + Clone {
        (0_u16..).map(FactId).zip(&self.facts)
    }

    /// The facts that are shown: all but the list of brokers that the engine keeps for itself.
    pub fn shown_facts(&self) -> impl Iterator<Item = FactId> + '_ {
        self.fact_ids().map(|(id, _)| id).filter(|id| *id != self.roles.team)
    }

    /// Finds an option by its full id, or by its short one within a broker.
    pub fn find_option(&self, broker: Option<BrokerId>, name: &str) -> Option<OptionId> {
        self.option_ids()
            .find(|(_, option)| {
                self.text(option.id) == name || (broker == Some(option.broker) && self.text(option.short) == name)
            })
            .map(|(id, _)| id)
    }

    /// Finds a broker by its id.
    pub fn find_broker(&self, name: &str) -> Option<BrokerId> {
        self.broker_ids().find(|(_, broker)| self.text(broker.id) == name).map(|(id, _)| id)
    }

    /// The broker of an option.
    pub fn broker_of(&self, option: OptionId) -> BrokerId {
        self.option(option).map_or(BrokerId(u8::MAX), |option| option.broker)
    }

    /// An option's answer to a need.
    pub fn answer(&self, option: OptionId, need: usize) -> Option<&Answer> {
        self.answers.get(usize::from(option.0))?.get(need)
    }

    /// How many needs an option leaves unanswered.
    pub fn open_answers(&self, option: OptionId) -> usize {
        let answers = self.answers.get(usize::from(option.0)).into_iter().flatten();
        answers.filter(|answer| answer.base.as_ref().is_some_and(|reply| reply.fit.is_unknown())).count()
    }

    /// Whether nobody has said how an option answers a need.
    pub fn is_open(&self, option: OptionId, need: usize) -> bool {
        let base = self.answer(option, need).and_then(|answer| answer.base.as_ref());
        base.is_some_and(|reply| reply.fit.is_unknown())
    }

    /// The same without the rules that an organisation made for itself; nothing, where there are none.
    pub fn without_house_rules(&self) -> Option<Self> {
        // They stand behind all other needs.
        let count = self.needs.iter().position(|need| need.house)?;
        let mut without = self.clone();
        without.needs.truncate(count);
        without.answers.iter_mut().for_each(|answers| answers.truncate(count));
        Some(without)
    }

    /// How the nodes of an option are counted.
    pub fn sizing(&self, option: OptionId) -> Option<&Sizing> {
        self.sizings.iter().find(|sizing| sizing.option == option)
    }

    /// A source of the bibliography.
    pub fn source(&self, id: SourceId) -> Option<&SourceEntry> {
        self.sources.get(usize::from(id.0))
    }

    /// Under what conditions a source's figures were taken, in words: `message 1 KiB; replication 3`.
    pub fn conditions(&self, source: &SourceEntry) -> Option<String> {
        let stated = source.conditions.iter().flat_map(Conditions::stated);
        let words: Vec<String> =
            stated.map(|(key, text)| format!("{} {}", key.replace('_', " "), self.text(text))).collect();
        (!words.is_empty()).then(|| words.join("; "))
    }

    /// The ids of sources.
    pub fn source_names(&self, ids: &[SourceId]) -> Vec<&str> {
        ids.iter().filter_map(|id| self.source(*id)).map(|source| self.text(source.id)).collect()
    }
}

impl Names for KnowledgeBase<'_> {
    fn fact(&self, id: FactId) -> &str {
        self.fact_name(id)
    }

    fn word(&self, domain: DomainId, word: u8) -> &str {
        KnowledgeBase::word(self, domain, word)
    }

    fn kind(&self, id: FactId) -> Option<Kind> {
        KnowledgeBase::fact(self, id).and_then(|fact| fact.kind.quantity())
    }

    fn domain(&self, id: FactId) -> Option<DomainId> {
        KnowledgeBase::fact(self, id).and_then(|fact| fact.kind.domain())
    }

    fn amount_word(&self, id: FactId, amount: f64) -> Option<&str> {
        let domain = KnowledgeBase::domain(self, KnowledgeBase::fact(self, id)?.words?)?;
        let word = domain.amounts.iter().find(|(_, known)| known.total_cmp(&amount).is_eq());
        word.map(|(word, _)| self.text(*word))
    }

    fn own_team(&self, place: u32) -> String {
        let team = self.brokers.first().and_then(|broker| KnowledgeBase::fact(self, broker.team_fact));
        let domain = team.and_then(|fact| fact.kind.domain());
        let word = u8::try_from(place).ok();
        domain.zip(word).map_or_else(String::new, |(domain, word)| KnowledgeBase::word(self, domain, word).to_owned())
    }

    fn quantity(&self, formula: ExprId) -> Option<&str> {
        let named = self.quantities.iter().find(|quantity| quantity.formula == formula);
        named.map(|quantity| self.text(quantity.name))
    }
}
