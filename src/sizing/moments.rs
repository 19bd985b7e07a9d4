//! The same flow today, in a year and in two: the profile with the growth of so many years in place of that of one.

use super::{Sizer, amount, count, kind};
use crate::expr::{FactId, Value};
use crate::facts::{Facts, Without, derive};
use crate::knowledge::{self, Given, KnowledgeBase};
use crate::profile::{Profile, Stated};
use crate::quantity::{Interval, Kind, show};

/// How the flow grows, and with it what it asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// The facts that say by how much: each by its name.
    pub facts: Vec<String>,
    /// By what factor in a year.
    pub factor: f64,
    /// The factor is stated.
    pub stated: bool,
    /// Today, in a year and in two.
    pub moments: Vec<Moment>,
}

/// The flow at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Moment {
    /// In how many years.
    pub years: u8,
    /// By what factor the flow has grown.
    pub factor: f64,
    /// How many nodes it asks for.
    pub nodes: f64,
    /// What asks for the most: its id and what it is called.
    pub binding: (String, String),
    /// What it takes of each resource, in the order of the rules: id, amount, and as people write it.
    pub demands: Vec<(String, f64, String)>,
    /// What adds up, in the order of the rules: id, amount, and as people write it.
    pub amounts: Vec<(String, f64, String)>,
}

/// How many years are looked at.
const YEARS: u8 = 2;

/// The flow today, in a year and in two.
pub(super) fn growth(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    rules: &knowledge::Sizing,
) -> Growth {
    let growing = growing(knowledge);
    let known: Vec<f64> = growing.iter().filter_map(|fact| factor(facts, *fact)).collect();
    let moments = (0..=YEARS).filter_map(|years| {
        let mut grown = profile.clone();
        for (fact, factor) in growing.iter().zip(&known) {
            grown = stating(knowledge, &grown, *fact, factor.powi(i32::from(years)));
        }
        let facts = derive(knowledge, &grown, Without::Nothing);
        moment(knowledge, &grown, &facts, rules, years, known.iter().map(|it| it.powi(i32::from(years))))
    });
    let stated = |fact: &FactId| profile.statement(*fact).is_some_and(|it| it.value != Stated::Unknown);
    Growth {
        facts: growing.iter().map(|fact| knowledge.fact_name(*fact).to_owned()).collect(),
        factor: known.iter().copied().fold(1.0, f64::max),
        stated: growing.iter().any(stated),
        moments: moments.collect(),
    }
}

fn moment(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    rules: &knowledge::Sizing,
    years: u8,
    factors: impl Iterator<Item = f64>,
) -> Option<Moment> {
    let sizer = Sizer::new(knowledge, profile, facts, rules)?;
    let nodes = amount(knowledge, rules.nodes, &sizer.view)?;
    let mut resources: Vec<_> = rules.resources.iter().filter_map(|it| sizer.resource(it, nodes)).collect();
    let demands = resources.iter().map(|it| (it.id.clone(), it.demand.amount, it.demand.shown.clone())).collect();
    resources.sort_by(|one, other| other.asks.total_cmp(&one.asks).then(other.share.total_cmp(&one.share)));
    let mut floors: Vec<_> = rules.floors.iter().filter_map(|it| sizer.floor(it)).collect();
    floors.sort_by(|one, other| other.asks.total_cmp(&one.asks));
    let binding = count::binding(&resources, &floors)?;
    let amounts = rules.amounts.iter().filter(|it| sizer.holds(it.when)).filter_map(|it| {
        let value = sizer.amount(it.value)?;
        Some((knowledge.text(it.id).to_owned(), value, show(value, kind(it.unit))))
    });
    Some(Moment {
        years,
        factor: factors.fold(1.0, f64::max),
        nodes,
        binding: (binding.id, binding.title),
        demands,
        amounts: amounts.collect(),
    })
}

/// The facts that say by what factor others grow in a year.
fn growing(knowledge: &KnowledgeBase<'_>) -> Vec<FactId> {
    let mut all: Vec<FactId> = knowledge.facts.iter().filter_map(|fact| fact.grows_by).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn factor(facts: &Facts, fact: FactId) -> Option<f64> {
    match facts.central(fact) {
        Value::Number(factor) if factor.is_point() => Some(factor.middle()),
        _ => None,
    }
}

/// How amounts of a fact are written in a profile: a flow that is stated in bytes, in bytes.
pub(super) fn written_as(knowledge: &KnowledgeBase<'_>, profile: &Profile, fact: FactId) -> Option<Kind> {
    let written = match profile.statement(fact).map(|statement| &statement.value) {
        Some(Stated::Value { kind, .. }) => *kind,
        _ => None,
    };
    written.or_else(|| knowledge.fact(fact).and_then(|fact| fact.kind.quantity()))
}

/// A profile with a fact stated as one amount; a flow that was stated in bytes stays in bytes.
pub(super) fn stating(knowledge: &KnowledgeBase<'_>, profile: &Profile, fact: FactId, amount: f64) -> Profile {
    let kind = written_as(knowledge, profile, fact);
    let value = Given::Number(Interval::point(amount));
    profile.stating(fact, Stated::Value { value, kind, words: Vec::new() })
}
