//! What templates see of an order: the flow's names, every fact, every setting by scope and key.

use std::collections::BTreeMap;

use minijinja::Value as Shown;
use serde::Serialize;

use super::names;
use super::order::Order;
use crate::advice::Setting;
use crate::expr::{FactId, Tri, Value};
use crate::knowledge::Scope;
use crate::quantity::Version;

/// What templates see.
#[derive(Debug, Serialize)]
pub(super) struct Context<'o> {
    flow: Flow<'o>,
    broker: &'o str,
    title: &'o str,
    option: &'o str,
    option_title: &'o str,
    short: &'o str,
    version: String,
    line: f64,
    knowledge: &'o str,
    program: &'static str,
    fact: BTreeMap<&'o str, Fact<'o>>,
    setting: BTreeMap<&'static str, BTreeMap<&'o str, Advised<'o>>>,
}

#[derive(Debug, Serialize)]
struct Flow<'o> {
    name: String,
    id: &'o str,
}

/// A fact, to be compared and to be said.
#[derive(Debug, Serialize)]
struct Fact<'o> {
    value: Shown,
    shown: String,
    origin: &'o str,
    said: String,
}

/// A setting, as it is written and as it is said.
#[derive(Debug, Serialize)]
struct Advised<'o> {
    value: &'o str,
    shown: &'o str,
    default: &'o str,
    why: &'o str,
    formula: &'o str,
    risk: Option<&'o str>,
    sources: &'o [String],
    facts: Vec<String>,
}

impl<'o> Context<'o> {
    /// What templates see of an order.
    pub(super) fn new(order: &'o Order<'_>) -> Self {
        let knowledge = order.knowledge;
        let fact = knowledge.shown_facts().map(|id| (knowledge.fact_name(id), seen(order, id))).collect();
        let setting = Scope::ALL.into_iter().map(|scope| {
            let all = order.of(scope).map(|setting| (setting.key.as_str(), advised(order, setting)));
            (scope.word(), all.collect())
        });
        Self {
            flow: Flow { name: names::shown(&order.profile.name), id: &order.id },
            broker: order.broker_name(),
            title: order.broker().map_or("", |broker| knowledge.text(broker.name)),
            option: knowledge.option_name(order.option),
            option_title: knowledge.option(order.option).map_or("", |option| knowledge.text(option.title)),
            short: order.short(),
            version: order.version.to_string(),
            line: line(order.version),
            knowledge: knowledge.text(knowledge.version),
            program: env!("CARGO_PKG_VERSION"),
            fact,
            setting: setting.collect(),
        }
    }
}

/// A line as a number that reads like it and grows with it: 4.3 is 4.3; what comes after 3.9 lies between 3.9 and 4.0.
fn line(version: Version) -> f64 {
    let minor = f64::from(version.minor);
    f64::from(version.major) + if version.minor < 10 { minor / 10.0 } else { 0.9 + minor / 10_000.0 }
}

fn seen<'o>(order: &'o Order<'_>, id: FactId) -> Fact<'o> {
    let knowledge = order.knowledge;
    let word = |place: u32| {
        let domain = knowledge.fact(id).and_then(|fact| fact.kind.domain());
        domain.zip(u8::try_from(place).ok()).map_or("", |(domain, word)| knowledge.word(domain, word))
    };
    let value = match order.facts.central(id) {
        Value::Bool(Tri::True) => Shown::from(true),
        Value::Bool(Tri::False) => Shown::from(false),
        Value::Number(range) if range.is_point() && !range.lo.is_nan() => Shown::from(range.lo),
        Value::Version(version) => Shown::from(line(Version::from_number(version.lo))),
        Value::Words(words) if words.is_power_of_two() => Shown::from(word(words.trailing_zeros())),
        Value::List(list) if list.known => {
            (0..64).filter(|place| list.has & (1 << place) != 0).map(|place| Shown::from(word(place))).collect()
        }
        _ => Shown::from(()),
    };
    Fact { value, shown: order.shown(id), origin: order.facts.origin(id).word(), said: order.said(id) }
}

fn advised<'o>(order: &Order<'_>, setting: &'o Setting) -> Advised<'o> {
    Advised {
        value: &setting.value,
        shown: &setting.shown,
        default: &setting.default,
        why: &setting.why,
        formula: &setting.formula,
        risk: setting.risk.as_deref(),
        sources: &setting.sources,
        facts: order.grounds(setting),
    }
}
