//! What a knowledge base holds, by kind: for those who extend it, and for those who look something up.

use super::freshness::of_sources;
use crate::knowledge::{BrokerId, Citing, Effect, KnowledgeBase, SourceId};
use crate::quantity::Date;

/// A kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What a workload may require.
    Needs,
    /// Ways to use a broker.
    Options,
    /// What options answer to needs.
    Answers,
    /// What a profile may state, and what follows.
    Facts,
    /// Keys that brokers and clients declare.
    Settings,
    /// How options grow, and what they cost.
    Practices,
    /// Facts that cannot both be had.
    Conflicts,
    /// When neither broker is called for, or both are.
    Scope,
    /// What a second broker costs to run.
    Costs,
    /// What is said of brokers and is not so.
    Misconceptions,
    /// Flows that are common.
    Presets,
    /// Situations in which, by published guides, the choice matters.
    Criteria,
    /// The bibliography.
    Sources,
}

impl Kind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 13] = [
        Self::Needs,
        Self::Options,
        Self::Answers,
        Self::Facts,
        Self::Settings,
        Self::Practices,
        Self::Conflicts,
        Self::Scope,
        Self::Costs,
        Self::Misconceptions,
        Self::Presets,
        Self::Criteria,
        Self::Sources,
    ];

    /// The word of the command line and of JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Needs => "needs",
            Self::Options => "options",
            Self::Answers => "answers",
            Self::Facts => "facts",
            Self::Settings => "settings",
            Self::Practices => "practices",
            Self::Conflicts => "conflicts",
            Self::Scope => "scope",
            Self::Costs => "costs",
            Self::Misconceptions => "misconceptions",
            Self::Presets => "presets",
            Self::Criteria => "criteria",
            Self::Sources => "sources",
        }
    }

    /// What it is, in a line.
    pub fn about(self) -> &'static str {
        match self {
            Self::Needs => "What a workload may require",
            Self::Options => "Ways to use a broker",
            Self::Answers => "What each option answers to each need, with the line and the day on which it was checked",
            Self::Facts => "What a profile may state, and what follows",
            Self::Settings => "Keys of brokers and clients with their newest defaults",
            Self::Practices => "How options grow, and what they cost",
            Self::Conflicts => "Facts that cannot both be had",
            Self::Scope => "When neither broker is called for, or both are",
            Self::Costs => "What a second broker costs to run",
            Self::Misconceptions => "What is said of brokers and is not so",
            Self::Presets => "Flows that are common, from which `init` drafts a profile",
            Self::Criteria => "Situations in which, by published guides, the choice matters",
            Self::Sources => "The bibliography",
        }
    }
}

/// One entry of the knowledge base.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// The part of its kind in which it stands: a dimension, a broker, a group, an affiliation.
    pub group: String,
    /// Its id.
    pub id: String,
    /// What it is, in a line.
    pub title: String,
    /// The newest line of which its sources speak, where it is about one broker.
    pub version: Option<String>,
    /// The day on which its sources were read; the first, where they differ.
    pub checked_on: Option<Date>,
}

/// The entries of one kind, in the order of the rules.
pub fn contents(knowledge: &KnowledgeBase<'_>, kind: Kind) -> Vec<Entry> {
    match kind {
        Kind::Needs => needs(knowledge),
        Kind::Options => options(knowledge),
        Kind::Answers => answers(knowledge),
        Kind::Facts => facts(knowledge),
        Kind::Settings => settings(knowledge),
        Kind::Practices => practices(knowledge),
        Kind::Conflicts => conflicts(knowledge),
        Kind::Scope => scope(knowledge),
        Kind::Costs => costs(knowledge),
        Kind::Misconceptions => misconceptions(knowledge),
        Kind::Presets => presets(knowledge),
        Kind::Criteria => criteria(knowledge),
        Kind::Sources => sources(knowledge),
    }
}

/// The day on which sources were read; the first, where they differ.
pub fn day(knowledge: &KnowledgeBase<'_>, sources: &[SourceId]) -> Option<Date> {
    let days = sources.iter().filter_map(|id| knowledge.source(*id));
    days.filter_map(|source| Date::parse(knowledge.text(source.checked_on))).min()
}

fn entry(group: &str, id: &str, title: &str) -> Entry {
    Entry { group: group.to_owned(), id: id.to_owned(), title: title.to_owned(), ..Entry::default() }
}

fn dated(knowledge: &KnowledgeBase<'_>, broker: BrokerId, sources: &[SourceId], entry: Entry) -> Entry {
    let (line, checked_on) = of_sources(knowledge, broker, sources);
    Entry { version: line.map(|line| line.to_string()), checked_on, ..entry }
}

fn needs(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of =
        |need: &crate::knowledge::Need| entry(need.dimension.id(), knowledge.text(need.id), knowledge.text(need.title));
    knowledge.needs.iter().map(of).collect()
}

fn options(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |option: &crate::knowledge::BrokerOption| {
        let broker = knowledge.broker_name(option.broker);
        let found = entry(broker, knowledge.text(option.id), knowledge.text(option.about));
        dated(knowledge, option.broker, &option.sources, found)
    };
    knowledge.options.iter().map(of).collect()
}

fn answers(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let mut all = Vec::new();
    for (citing, cited) in knowledge.citations() {
        let Citing::Answer { option, need, variant } = citing else { continue };
        let Some(answer) = knowledge.answer(option, need) else { continue };
        let reply = match variant {
            None => answer.base.as_ref(),
            Some(place) => answer.variants.get(place).map(|variant| &variant.reply),
        };
        let Some(rule) = reply.map(|reply| &reply.fit) else { continue };
        let (best, worst) = (rule.best().word(), rule.worst().word());
        let title = if best == worst { best.to_owned() } else { format!("{best} to {worst}") };
        let found = entry(knowledge.option_name(option), &knowledge.citing_name(citing), &title);
        all.push(dated(knowledge, knowledge.broker_of(option), cited, found));
    }
    all
}

fn facts(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let shown = knowledge.shown_facts().filter_map(|id| knowledge.fact(id));
    shown
        .map(|fact| {
            let name = knowledge.text(fact.name);
            let group = name.split_once('.').map_or(name, |(group, _)| group);
            let title = if fact.derived { "derived: " } else { "" };
            entry(group, name, &format!("{title}{}", knowledge.text(fact.meaning)))
        })
        .collect()
}

fn settings(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |(place, key): (usize, &crate::knowledge::CatalogueKey)| {
        let default = key.defaults.last().map_or(key.default, |(_, default)| *default);
        let default = match knowledge.text(default) {
            "" => "no default".to_owned(),
            value => format!("default {value}"),
        };
        let title = format!("{default}: {}", knowledge.text(key.about));
        let found = entry(knowledge.broker_name(key.broker), &knowledge.key_name(place), &title);
        dated(knowledge, key.broker, &key.sources, found)
    };
    knowledge.catalogue.iter().enumerate().map(of).collect()
}

/// One entry for each id of a broker, whatever options it is written for.
fn practices(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let mut all: Vec<Entry> = Vec::new();
    for practice in &knowledge.practices {
        let broker = knowledge.broker_of(practice.option);
        let title = format!("{}: {}", practice.kind.word(), knowledge.text(practice.title));
        let found = entry(knowledge.broker_name(broker), knowledge.text(practice.id), &title);
        if !all.iter().any(|known| known.group == found.group && known.id == found.id) {
            all.push(dated(knowledge, broker, &practice.sources, found));
        }
    }
    all
}

fn conflicts(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |(place, conflict): (usize, &crate::knowledge::Conflict)| {
        let because = knowledge.text(conflict.because.source);
        let found = entry(conflict.level.word(), &knowledge.citing_name(Citing::Conflict(place)), because);
        Entry { checked_on: day(knowledge, &conflict.sources), ..found }
    };
    knowledge.conflicts.iter().enumerate().map(of).collect()
}

fn scope(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |rule: &crate::knowledge::ScopeRule| {
        let effect = match rule.effect {
            Effect::Neither => "neither",
            Effect::Both => "both",
        };
        let found = entry(effect, knowledge.text(rule.id), knowledge.text(rule.because.source));
        Entry { checked_on: day(knowledge, &rule.sources), ..found }
    };
    knowledge.scope.iter().map(of).collect()
}

fn costs(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |cost: &crate::knowledge::Cost| {
        let title = format!("{}: {}", knowledge.text(cost.title), knowledge.text(cost.how));
        let found = entry("second broker", knowledge.text(cost.id), &title);
        Entry { checked_on: day(knowledge, &cost.sources), ..found }
    };
    knowledge.costs.iter().map(of).collect()
}

fn misconceptions(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |misconception: &crate::knowledge::Misconception| {
        let claim = knowledge.text(misconception.claim);
        let found = entry(misconception.verdict.word(), knowledge.text(misconception.id), claim);
        Entry { checked_on: day(knowledge, &misconception.sources), ..found }
    };
    knowledge.misconceptions.iter().map(of).collect()
}

fn presets(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |preset: &crate::knowledge::Preset| {
        let like = knowledge.preset_pattern(preset).unwrap_or("any");
        entry(
            like,
            knowledge.text(preset.id),
            &format!("{}: {}", knowledge.text(preset.title), knowledge.text(preset.about)),
        )
    };
    knowledge.presets.iter().map(of).collect()
}

fn criteria(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |criterion: &crate::knowledge::Criterion| {
        let group = if criterion.left().is_some() { "not decided here" } else { "decided" };
        let found = entry(group, knowledge.text(criterion.id), knowledge.text(criterion.title));
        Entry { checked_on: day(knowledge, &criterion.guides), ..found }
    };
    knowledge.criteria.iter().map(of).collect()
}

fn sources(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |source: &crate::knowledge::SourceEntry| {
        let mut title = format!("{}: {}", source.grade.word(), knowledge.text(source.says));
        if let Some(conditions) = knowledge.conditions(source) {
            title.push_str(" (");
            title.push_str(&conditions);
            title.push(')');
        }
        Entry {
            version: Some(knowledge.text(source.version).to_owned()),
            checked_on: Date::parse(knowledge.text(source.checked_on)),
            ..entry(knowledge.text(source.affiliation), knowledge.text(source.id), &title)
        }
    };
    knowledge.sources.iter().map(of).collect()
}
