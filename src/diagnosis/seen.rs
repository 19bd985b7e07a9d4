//! What was seen of the items of running brokers: amounts by item and observation, round by round. Where the same series
//! comes again, a new round begins: a later sample of the same thing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::exposition::Sample;
use super::table::Row;
use crate::knowledge::{Derivation, KnowledgeBase, Observation};

/// Later samples than these are taken for the last one.
const ROUNDS: usize = 16;

/// An item: what kind, and what tells it from others.
pub(super) type Identity = (u16, Vec<String>);

/// What was seen of one item in one round: amounts by observation.
pub(super) type Amounts = BTreeMap<usize, f64>;

/// Everything that was seen.
#[derive(Debug)]
pub(super) struct Seen {
    /// The observations that a metric or a column shows.
    metrics: HashMap<String, Vec<usize>>,
    columns: HashMap<String, Vec<usize>>,
    /// By item, the rounds.
    pub(super) items: BTreeMap<Identity, Vec<Amounts>>,
    /// The series of the round that is read.
    series: HashSet<u64>,
    /// The round that is read.
    round: usize,
    /// How many series and cells were taken.
    pub(super) taken: u64,
}

impl Seen {
    /// Nothing yet, of the brokers whose observations are asked for.
    pub(super) fn new(knowledge: &KnowledgeBase<'_>, asked: impl Fn(&Observation) -> bool) -> Self {
        let (mut metrics, mut columns) = (HashMap::<String, Vec<usize>>::new(), HashMap::<String, Vec<usize>>::new());
        for (place, observation) in knowledge.observations.iter().enumerate().filter(|(_, it)| asked(it)) {
            for name in &observation.metrics {
                metrics.entry(metric(knowledge.text(*name))).or_default().push(place);
            }
            for name in &observation.columns {
                columns.entry(knowledge.text(*name).to_ascii_lowercase()).or_default().push(place);
            }
        }
        Self { metrics, columns, items: BTreeMap::new(), series: HashSet::new(), round: 0, taken: 0 }
    }

    /// The columns that show something, or tell items apart.
    pub(super) fn column_names(&self, knowledge: &KnowledgeBase<'_>) -> impl Iterator<Item = String> {
        let labels = knowledge.observed_items.iter().flat_map(|item| item.labels.iter().flat_map(|(_, names)| names));
        let labels: Vec<String> = labels.map(|name| knowledge.text(*name).to_owned()).collect();
        self.columns.keys().cloned().chain(labels)
    }

    /// Takes a series.
    pub(super) fn sample(&mut self, knowledge: &KnowledgeBase<'_>, sample: &Sample<'_>) {
        let Some(shown) = self.metrics.get(&metric(sample.name)).cloned() else { return };
        let mut hasher = DefaultHasher::new();
        (sample.name, &sample.labels).hash(&mut hasher);
        self.begin(hasher.finish());
        let label = |name: &str| {
            sample.labels.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
        };
        for place in shown {
            let Some(observation) = knowledge.observations.get(place) else { continue };
            let meant = |(name, value): &(_, _)| label(knowledge.text(*name)) == Some(knowledge.text(*value));
            if observation.labels.iter().all(meant) && !sample.value.is_nan() {
                self.add(knowledge, place, &label, sample.value * observation.factor);
            }
        }
    }

    /// Takes the cells of a row.
    pub(super) fn row(&mut self, knowledge: &KnowledgeBase<'_>, row: &Row) {
        let label = |name: &str| {
            row.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
        };
        for (column, cell) in row {
            let Some(shown) = self.columns.get(&column.to_ascii_lowercase()).cloned() else { continue };
            for place in shown {
                let Some(observation) = knowledge.observations.get(place) else { continue };
                let Some(amount) = amount(knowledge, observation, cell) else { continue };
                // A table that names no such item is one of something else.
                if identity(knowledge, observation.item, &label).iter().all(String::is_empty) {
                    continue;
                }
                let mut hasher = DefaultHasher::new();
                (place, column, identity(knowledge, observation.item, &label)).hash(&mut hasher);
                self.begin(hasher.finish());
                self.add(knowledge, place, &label, amount * observation.factor);
            }
        }
    }

    /// Notes a series; where it was there already, a new round begins.
    fn begin(&mut self, series: u64) {
        self.taken += 1;
        if !self.series.insert(series) {
            self.series.clear();
            self.series.insert(series);
            self.round = (self.round + 1).min(ROUNDS);
        }
    }

    fn add<'l>(
        &mut self,
        knowledge: &KnowledgeBase<'_>,
        place: usize,
        label: &impl Fn(&str) -> Option<&'l str>,
        amount: f64,
    ) {
        let Some(observation) = knowledge.observations.get(place) else { return };
        let identity = identity(knowledge, observation.item, label);
        let rounds = self.items.entry((observation.item, identity)).or_default();
        rounds.resize_with(rounds.len().max(self.round + 1), Amounts::new);
        if let Some(amounts) = rounds.get_mut(self.round) {
            // Series that differ only in what does not tell items apart add up.
            *amounts.entry(place).or_insert(0.0) += amount;
        }
    }

    /// Adds what follows from what was seen: sums over finer items, and changes.
    pub(super) fn derive(&mut self, knowledge: &KnowledgeBase<'_>) {
        for (place, observation) in knowledge.observations.iter().enumerate() {
            match observation.from {
                Some((Derivation::Change, of)) => self.change(place, usize::from(of), observation.item),
                Some((derivation, of)) => self.gather(knowledge, place, observation, derivation, usize::from(of)),
                None => {}
            }
        }
    }

    fn change(&mut self, place: usize, of: usize, item: u16) {
        for ((_, _), rounds) in self.items.iter_mut().filter(|((kind, _), _)| *kind == item) {
            let mut before = None;
            for amounts in rounds {
                let now = amounts.get(&of).copied();
                if let (Some(before), Some(now)) = (before, now) {
                    amounts.insert(place, now - before);
                }
                before = now.or(before);
            }
        }
    }

    fn gather(
        &mut self,
        knowledge: &KnowledgeBase<'_>,
        place: usize,
        observation: &Observation,
        derivation: Derivation,
        of: usize,
    ) {
        let Some(finer) = knowledge.observations.get(of).map(|it| it.item) else { return };
        let mut found: BTreeMap<(Identity, usize), f64> = BTreeMap::new();
        for ((kind, parts), rounds) in &self.items {
            if *kind != finer {
                continue;
            }
            let identity = (observation.item, coarser(knowledge, finer, observation.item, parts));
            for (round, amounts) in rounds.iter().enumerate() {
                let Some(amount) = amounts.get(&of).copied() else { continue };
                let amount = if derivation == Derivation::Count { 1.0 } else { amount };
                let total = found.entry((identity.clone(), round)).or_insert(0.0);
                *total = if derivation == Derivation::Max { total.max(amount) } else { *total + amount };
            }
        }
        for ((identity, round), amount) in found {
            let rounds = self.items.entry(identity).or_default();
            rounds.resize_with(rounds.len().max(round + 1), Amounts::new);
            if let Some(amounts) = rounds.get_mut(round) {
                amounts.entry(place).or_insert(amount);
            }
        }
    }
}

/// A metric's name as names are compared: exporters write the same one with other cases, separators and endings.
fn metric(name: &str) -> String {
    let mut name = name.to_ascii_lowercase();
    while let Some(rest) = ["_value", "_count", "_total", "_number"].into_iter().find_map(|end| name.strip_suffix(end))
    {
        name = rest.to_owned();
    }
    name.retain(|letter| letter != '_');
    name
}

/// What tells an item from others.
fn identity<'l>(knowledge: &KnowledgeBase<'_>, item: u16, label: &impl Fn(&str) -> Option<&'l str>) -> Vec<String> {
    let Some(item) = knowledge.observed_items.get(usize::from(item)) else { return Vec::new() };
    let part = |(_, names): &(_, Vec<crate::knowledge::Text>)| {
        names.iter().find_map(|name| label(knowledge.text(*name))).unwrap_or_default().to_owned()
    };
    item.labels.iter().map(part).collect()
}

/// The item to which a finer one belongs: the parts that both have.
fn coarser(knowledge: &KnowledgeBase<'_>, finer: u16, coarse: u16, parts: &[String]) -> Vec<String> {
    let items = &knowledge.observed_items;
    let (Some(finer), Some(coarse)) = (items.get(usize::from(finer)), items.get(usize::from(coarse))) else {
        return Vec::new();
    };
    let part = |name| {
        let place = finer.labels.iter().position(|(known, _)| *known == name);
        place.and_then(|place| parts.get(place)).cloned().unwrap_or_default()
    };
    coarse.labels.iter().map(|(name, _)| part(*name)).collect()
}

/// The amount of a cell; none for what is no number, and for what says that there is none.
fn amount(knowledge: &KnowledgeBase<'_>, observation: &Observation, cell: &str) -> Option<f64> {
    let no = observation.no.iter().any(|word| knowledge.text(*word).eq_ignore_ascii_case(cell));
    if observation.kind.is_none() {
        let truth = !(no || cell.is_empty() || cell == "false" || cell == "0");
        return Some(if truth { 1.0 } else { 0.0 });
    }
    if no { Some(0.0) } else { cell.parse().ok().filter(|amount: &f64| amount.is_finite()) }
}
