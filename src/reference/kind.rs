//! The kinds of things that can be explained. A further kind is a variant here and a file that describes it.

use super::entry::Field;
use super::{
    Reference, alerts, answers, brokers, checklist, conflicts, costs, criteria, dimensions, facts, findings, keys,
    misconceptions, needs, options, pitfalls, practices, presets, quantities, scope, sources,
};
use crate::knowledge::{BrokerId, KnowledgeBase};

/// What kind of thing something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What a workload may require.
    Need,
    /// An option's answer to a need.
    Capability,
    /// A way to use a broker.
    Option,
    /// A system that can be run.
    Broker,
    /// One of the ten sides of a workload.
    Dimension,
    /// Facts that cannot both be had.
    Conflict,
    /// When neither broker is called for, or both are.
    Scope,
    /// What a second broker costs to run.
    Cost,
    /// A flow that is common.
    Preset,
    /// A key that a broker or its client declares.
    Setting,
    /// How an option grows, and what it costs.
    Practice,
    /// When somebody must look.
    Alert,
    /// What a profile may state, or what follows.
    Fact,
    /// A name that formulas share.
    Quantity,
    /// What goes wrong, and why.
    Pitfall,
    /// What a design review asks.
    ChecklistItem,
    /// What is said and is not so.
    Misconception,
    /// What published guides choose by.
    Criterion,
    /// Who says what.
    Source,
    /// What `check` may find.
    Finding,
}

impl Kind {
    /// All kinds, in the order in which they are listed.
    pub const ALL: [Self; 20] = [
        Self::Need,
        Self::Capability,
        Self::Option,
        Self::Broker,
        Self::Dimension,
        Self::Conflict,
        Self::Scope,
        Self::Cost,
        Self::Setting,
        Self::Practice,
        Self::Alert,
        Self::Fact,
        Self::Quantity,
        Self::Pitfall,
        Self::ChecklistItem,
        Self::Misconception,
        Self::Criterion,
        Self::Preset,
        Self::Source,
        Self::Finding,
    ];

    pub(super) fn chapter(self) -> &'static dyn Chapter {
        match self {
            Self::Need => &needs::Needs,
            Self::Capability => &answers::Answers,
            Self::Option => &options::Options,
            Self::Broker => &brokers::Brokers,
            Self::Dimension => &dimensions::Dimensions,
            Self::Conflict => &conflicts::Conflicts,
            Self::Scope => &scope::Rules,
            Self::Cost => &costs::Costs,
            Self::Preset => &presets::Presets,
            Self::Setting => &keys::Keys,
            Self::Practice => &practices::Practices,
            Self::Alert => &alerts::Alerts,
            Self::Fact => &facts::Facts,
            Self::Quantity => &quantities::Quantities,
            Self::Pitfall => &pitfalls::Pitfalls,
            Self::ChecklistItem => &checklist::Items,
            Self::Misconception => &misconceptions::Misconceptions,
            Self::Criterion => &criteria::Criteria,
            Self::Source => &sources::Sources,
            Self::Finding => &findings::Findings,
        }
    }

    /// The word for one, as it may stand before an id.
    pub fn word(self) -> &'static str {
        self.chapter().words().0
    }

    /// The word for several.
    pub fn plural(self) -> &'static str {
        self.chapter().words().1
    }

    /// What such things are.
    pub fn about(self) -> &'static str {
        self.chapter().words().2
    }
}

/// All things of one kind.
pub(super) trait Chapter {
    /// The word for one, the word for several, and what they are.
    fn words(&self) -> (&'static str, &'static str, &'static str);

    /// The id of each, in the order of the rules.
    fn ids(&self, knowledge: &KnowledgeBase<'_>) -> Vec<String>;

    /// What it is called, in a line.
    fn title(&self, knowledge: &KnowledgeBase<'_>, place: usize) -> String;

    /// The texts by which it is found.
    fn passages<'k>(&self, knowledge: &'k KnowledgeBase<'_>, place: usize) -> Vec<Passage<'k>>;

    /// Of which brokers alone it speaks; none where it speaks of all, or of none.
    fn about(&self, _: &KnowledgeBase<'_>, _: usize) -> Vec<BrokerId> {
        Vec::new()
    }

    /// How much a likeness counts: what others rest on is rarely what is asked for.
    fn prior(&self) -> f64 {
        1.0
    }

    /// Everything that is known of it.
    fn fields(&self, reference: &Reference<'_>, place: usize) -> Vec<Field>;
}

/// A text by which something is found.
#[derive(Debug, Clone, Copy)]
pub(super) struct Passage<'k> {
    /// The text.
    pub(super) text: &'k str,
    /// How much it says about what it stands for: a title more than an explanation.
    pub(super) weight: f64,
}

/// A title, a claim: what it says is what the thing is.
pub(super) fn telling(text: &str) -> Passage<'_> {
    Passage { text, weight: 1.0 }
}

/// An explanation: it also speaks of other things.
pub(super) fn passing(text: &str) -> Passage<'_> {
    Passage { text, weight: 0.6 }
}
