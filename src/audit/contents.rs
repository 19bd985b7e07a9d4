//! What a knowledge base holds, by kind: for those who extend it, and for those who look something up.

use super::Kind;
use super::freshness::of_sources;
use crate::expr::FactId;
use crate::knowledge::{BrokerId, Citing, Dimension, Effect, KnowledgeBase, OptionId, SourceId};
use crate::quantity::Date;

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
    /// The dimensions of which it speaks; none where it speaks of no need.
    pub dimensions: Vec<Dimension>,
    /// The broker of which it speaks, if it is one.
    pub broker: Option<BrokerId>,
    /// The options of which it speaks; all of its broker, where there are none.
    pub options: Vec<OptionId>,
    /// On what it rests; of a source, itself.
    pub sources: Vec<SourceId>,
}

/// The entries of one kind, in the order of the rules.
pub fn contents(knowledge: &KnowledgeBase<'_>, kind: Kind) -> Vec<Entry> {
    match kind {
        Kind::Needs => needs(knowledge),
        Kind::Options => options(knowledge),
        Kind::Answers => answers(knowledge),
        Kind::Facts => facts(knowledge),
        Kind::Settings => settings(knowledge),
        Kind::Limits => limits(knowledge),
        Kind::Clients => clients(knowledge),
        Kind::Practices => practices(knowledge),
        Kind::Sizings => sizings(knowledge),
        Kind::Alerts => alerts(knowledge),
        Kind::Pitfalls => pitfalls(knowledge),
        Kind::Observations => observations(knowledge),
        Kind::Checklist => checklist(knowledge),
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
    let version = line.map(|line| line.to_string());
    Entry { version, checked_on, broker: Some(broker), sources: sources.to_vec(), ..entry }
}

/// Adds an entry, or an option to the one that is written once for several.
fn merge(all: &mut Vec<Entry>, entry: Entry) {
    match all.iter_mut().find(|known| (&known.group, &known.id) == (&entry.group, &entry.id)) {
        Some(known) => {
            let options = entry.options.into_iter().filter(|option| !known.options.contains(option));
            known.options.extend(options.collect::<Vec<_>>());
            let sources = entry.sources.into_iter().filter(|source| !known.sources.contains(source));
            known.sources.extend(sources.collect::<Vec<_>>());
            known.checked_on = known.checked_on.into_iter().chain(entry.checked_on).min();
        }
        None => all.push(entry),
    }
}

fn needs(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |need: &crate::knowledge::Need| Entry {
        dimensions: vec![need.dimension],
        ..entry(need.dimension.id(), knowledge.text(need.id), knowledge.text(need.title))
    };
    knowledge.needs.iter().map(of).collect()
}

fn options(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |(id, option): (OptionId, &crate::knowledge::BrokerOption)| {
        let broker = knowledge.broker_name(option.broker);
        let found = entry(broker, knowledge.text(option.id), knowledge.text(option.about));
        Entry { options: vec![id], ..dated(knowledge, option.broker, &option.sources, found) }
    };
    knowledge.option_ids().map(of).collect()
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
        // What nobody has answered is no answer.
        let Some(rule) = reply.map(|reply| &reply.fit).filter(|rule| !rule.is_unknown()) else { continue };
        let (best, worst) = (rule.best().word(), rule.worst().word());
        let title = if best == worst { best.to_owned() } else { format!("{best} to {worst}") };
        let found = entry(knowledge.option_name(option), &knowledge.citing_name(citing), &title);
        let dimensions = knowledge.needs.get(need).map(|need| need.dimension).into_iter().collect();
        let found = Entry { dimensions, options: vec![option], ..found };
        all.push(dated(knowledge, knowledge.broker_of(option), cited, found));
    }
    all
}

fn facts(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let shown = knowledge.shown_facts().filter_map(|id| Some((id, knowledge.fact(id)?)));
    shown
        .map(|(id, fact)| {
            let name = knowledge.text(fact.name);
            let group = name.split_once('.').map_or(name, |(group, _)| group);
            let title = if fact.derived { "derived: " } else { "" };
            let found = entry(group, name, &format!("{title}{}", knowledge.text(fact.meaning)));
            Entry { dimensions: dimensions(knowledge, id), broker: fact.broker.map(BrokerId), ..found }
        })
        .collect()
}

/// The dimensions of the needs that a fact creates.
fn dimensions(knowledge: &KnowledgeBase<'_>, fact: FactId) -> Vec<Dimension> {
    let reads = |need: &&crate::knowledge::Need| {
        let mut read = need.facts.clone();
        read.extend(need.over);
        if let Some((amount, _)) = need.amount {
            knowledge.program.reads(amount, &mut read);
        }
        read.contains(&fact)
    };
    let mut all: Vec<Dimension> = knowledge.needs.iter().filter(reads).map(|need| need.dimension).collect();
    all.sort();
    all.dedup();
    all
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
        Entry { options: key.options.clone(), ..dated(knowledge, key.broker, &key.sources, found) }
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
        merge(&mut all, Entry { options: vec![practice.option], ..dated(knowledge, broker, &practice.sources, found) });
    }
    all
}

fn conflicts(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |(place, conflict): (usize, &crate::knowledge::Conflict)| {
        let because = knowledge.text(conflict.because.source);
        let found = entry(conflict.level.word(), &knowledge.citing_name(Citing::Conflict(place)), because);
        Entry {
            checked_on: day(knowledge, &conflict.sources),
            broker: conflict.option.map(|option| knowledge.broker_of(option)),
            options: conflict.option.into_iter().collect(),
            sources: conflict.sources.clone(),
            ..found
        }
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
        Entry { checked_on: day(knowledge, &rule.sources), sources: rule.sources.clone(), ..found }
    };
    knowledge.scope.iter().map(of).collect()
}

fn costs(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |cost: &crate::knowledge::Cost| {
        let title = format!("{}: {}", knowledge.text(cost.title), knowledge.text(cost.how));
        let found = entry("second broker", knowledge.text(cost.id), &title);
        Entry { checked_on: day(knowledge, &cost.sources), sources: cost.sources.clone(), ..found }
    };
    knowledge.costs.iter().map(of).collect()
}

fn misconceptions(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |misconception: &crate::knowledge::Misconception| {
        let claim = knowledge.text(misconception.claim);
        let found = entry(misconception.verdict.word(), knowledge.text(misconception.id), claim);
        Entry { checked_on: day(knowledge, &misconception.sources), sources: misconception.sources.clone(), ..found }
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
        Entry { checked_on: day(knowledge, &criterion.guides), sources: criterion.guides.clone(), ..found }
    };
    knowledge.criteria.iter().map(of).collect()
}

fn sources(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |(id, source): (SourceId, &crate::knowledge::SourceEntry)| {
        let mut title = format!("{}: {}", source.grade.word(), knowledge.text(source.says));
        if let Some(conditions) = knowledge.conditions(source) {
            title.push_str(" (");
            title.push_str(&conditions);
            title.push(')');
        }
        Entry {
            version: Some(knowledge.text(source.version).to_owned()),
            checked_on: Date::parse(knowledge.text(source.checked_on)),
            broker: knowledge.camp(source),
            sources: vec![id],
            ..entry(knowledge.text(source.affiliation), knowledge.text(source.id), &title)
        }
    };
    (0_u16..).map(SourceId).zip(&knowledge.sources).map(of).collect()
}

fn limits(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let mut all = Vec::new();
    for limit in &knowledge.limits {
        let broker = knowledge.broker_of(limit.option);
        let title = format!("{}: {}", limit.level.word(), knowledge.text(limit.why.source));
        let found = entry(knowledge.broker_name(broker), &knowledge.key_name(usize::from(limit.key)), &title);
        let found = dated(knowledge, broker, &limit.sources, Entry { options: vec![limit.option], ..found });
        // A key may be limited in several ways.
        match all.iter_mut().find(|known: &&mut Entry| known.id == found.id && known.title == found.title) {
            Some(known) => known.options.push(limit.option),
            None => all.push(found),
        }
    }
    all
}

fn clients(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |client: &crate::knowledge::Client| {
        let title = format!("{}: {}", knowledge.text(client.title), knowledge.text(client.about));
        let found = entry(knowledge.broker_name(client.broker), knowledge.text(client.id), &title);
        let found = dated(knowledge, client.broker, &client.sources, found);
        let version = client.version.map(|version| version.to_string());
        Entry { options: client.options.clone(), version: version.or(found.version), ..found }
    };
    knowledge.clients.iter().map(of).collect()
}

fn sizings(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let mut all = Vec::new();
    for sizing in &knowledge.sizings {
        let broker = knowledge.broker_of(sizing.option);
        let word = knowledge.text(sizing.word);
        let nodes = [("nodes", word.to_owned(), &sizing.sources)];
        let named = |title| knowledge.text(title);
        let resources = sizing
            .resources
            .iter()
            .map(|it| (knowledge.text(it.id), format!("resource: {}", named(it.title)), &it.sources));
        let floors =
            sizing.floors.iter().map(|it| (knowledge.text(it.id), format!("floor: {}", named(it.title)), &it.sources));
        let amounts = sizing
            .amounts
            .iter()
            .map(|it| (knowledge.text(it.id), format!("{}: {}", it.of.word(), named(it.title)), &it.sources));
        let remarks = sizing
            .remarks
            .iter()
            .map(|it| (knowledge.text(it.id), format!("remark: {}", named(it.why.source)), &it.sources));
        for (id, title, cited) in nodes.into_iter().chain(resources).chain(floors).chain(amounts).chain(remarks) {
            let found = entry(knowledge.broker_name(broker), id, &title);
            merge(&mut all, Entry { options: vec![sizing.option], ..dated(knowledge, broker, cited, found) });
        }
    }
    all
}

fn alerts(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let mut all = Vec::new();
    for alert in &knowledge.alerts {
        let broker = knowledge.broker_of(alert.option);
        let title = format!("{}: {}", alert.severity.word(), knowledge.text(alert.summary.source));
        let found = entry(knowledge.broker_name(broker), knowledge.text(alert.id), &title);
        merge(&mut all, Entry { options: vec![alert.option], ..dated(knowledge, broker, &alert.sources, found) });
    }
    all
}

fn pitfalls(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |pitfall: &crate::knowledge::Pitfall| {
        let broker = knowledge.broker_name(pitfall.broker);
        let found = entry(broker, knowledge.text(pitfall.id), knowledge.text(pitfall.title));
        let need = pitfall.reveals.and_then(|need| knowledge.needs.get(usize::from(need)));
        Entry {
            dimensions: need.map(|need| need.dimension).into_iter().collect(),
            options: pitfall.options.clone(),
            ..dated(knowledge, pitfall.broker, &pitfall.sources, found)
        }
    };
    knowledge.pitfalls.iter().map(of).collect()
}

fn observations(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let of = |observation: &crate::knowledge::Observation| {
        let item = knowledge.observed_items.get(usize::from(observation.item));
        let of_item = item.map_or("", |item| knowledge.text(item.title));
        let title = format!("{} of a {of_item}", knowledge.text(observation.title));
        let broker = Some(observation.broker);
        Entry { broker, ..entry(knowledge.broker_name(observation.broker), knowledge.text(observation.id), &title) }
    };
    knowledge.observations.iter().map(of).collect()
}

fn checklist(knowledge: &KnowledgeBase<'_>) -> Vec<Entry> {
    let mut all = Vec::new();
    for item in &knowledge.checklist {
        let broker = knowledge.broker_of(item.option);
        let title = format!("{}, {} risk: {}", item.area.word(), item.risk.word(), knowledge.text(item.title.source));
        let found = entry(knowledge.broker_name(broker), knowledge.text(item.id), &title);
        merge(&mut all, Entry { options: vec![item.option], ..dated(knowledge, broker, &item.sources, found) });
    }
    all
}
