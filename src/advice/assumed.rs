//! One assumption of a decision: whether what is taken of its fact lies within it, and its values as a profile writes
//! them. Takes an assumption and an advice; decides nothing of the verdict.

use super::Advice;
use crate::expr::{FactId, ListValue, Tri, Value};
use crate::knowledge::{FactKind, KnowledgeBase};
use crate::profile::{Assumption, Stated, Within};
use crate::quantity::{Interval, Kind as Quantity, Version, exact, parse, show};

/// Whether what is taken of a fact lies within what is assumed; none where nothing is taken.
pub fn lies_within(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, assumption: &Assumption) -> Option<bool> {
    let fact = measured(knowledge, assumption);
    let written = advice.profile.statement(fact).map(|statement| &statement.value);
    let names = match written {
        Some(Stated::Value { words, .. }) => words.as_slice(),
        _ => &[],
    };
    match (&assumption.within, advice.facts.central(fact)) {
        (Within::Amounts(range, _), Value::Number(amount)) if amount.is_point() => Some(covers(*range, amount.lo)),
        (Within::Truth(truth), Value::Bool(own)) if own != Tri::Unknown => Some(*truth == (own == Tri::True)),
        (Within::OneOf(_, others), Value::Words(_)) if !names.is_empty() => Some(same_names(names, others, false)),
        (Within::OneOf(words, _), Value::Words(own)) if own.is_power_of_two() => Some(own & words != 0),
        (Within::Exactly(words, others), Value::List(ListValue { has, known: true, .. })) => {
            Some(has == *words && same_names(names, others, true))
        }
        (Within::Versions(since, until), Value::Version(line)) if line.is_point() => {
            let own = match written {
                Some(Stated::Version(version)) => *version,
                _ => Version::from_number(line.lo),
            };
            let above = |version: Version| version.as_number() > own.as_number();
            // A line without a patch stands for all of its patches.
            let beyond = |until: Version| until.as_number() < own.as_number() && own.line() != until;
            Some(!since.is_some_and(above) && !until.is_some_and(beyond))
        }
        _ => None,
    }
}

/// The fact whose amount is meant: a flow that is assumed in bytes is measured in bytes.
pub fn measured(knowledge: &KnowledgeBase<'_>, assumption: &Assumption) -> FactId {
    match (&assumption.within, knowledge.fact(assumption.fact).map(|fact| fact.kind)) {
        (Within::Amounts(_, Quantity::ByteRate), Some(FactKind::Flow { bytes, .. })) => bytes,
        _ => assumption.fact,
    }
}

/// Whether a range holds an amount that may have gone through a formula.
fn covers(range: Interval, amount: f64) -> bool {
    const NEAR: f64 = 1e-9;
    range.lo * (1.0 - NEAR) <= amount && amount <= range.hi * (1.0 + NEAR)
}

/// Whether names are among others, or the very same, in any letters and any order.
fn same_names(names: &[String], others: &[String], all: bool) -> bool {
    let known = |name: &String, among: &[String]| among.iter().any(|it| it.to_lowercase() == name.to_lowercase());
    names.iter().all(|name| known(name, others)) && (!all || others.iter().all(|name| known(name, names)))
}

/// An assumption's values as a profile writes them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values {
    /// One value or range.
    One(String),
    /// Words or names.
    List(Vec<String>),
}

impl Values {
    /// In a sentence.
    pub fn in_words(&self) -> String {
        match self {
            Self::One(text) => text.clone(),
            Self::List(words) if words.is_empty() => "none".to_owned(),
            Self::List(words) => words.join(", "),
        }
    }
}

/// Writes an assumption so that it reads back as it is.
pub fn values(knowledge: &KnowledgeBase<'_>, assumption: &Assumption) -> Values {
    let domain = knowledge.fact(assumption.fact).and_then(|fact| fact.kind.domain());
    let words = |bits: u64, names: &[String]| {
        let known = (0..64).filter(|word| bits & (1 << word) != 0);
        let known = known.filter_map(|word| Some(knowledge.word(domain?, word).to_owned()));
        known.chain(names.iter().cloned()).collect::<Vec<String>>()
    };
    match &assumption.within {
        Within::Amounts(range, kind) => Values::One(range_text(knowledge, assumption.fact, *range, *kind)),
        Within::Truth(truth) => Values::One(truth.to_string()),
        Within::OneOf(bits, names) => match &words(*bits, names)[..] {
            [only] => Values::One(only.clone()),
            all => Values::List(all.to_vec()),
        },
        Within::Exactly(bits, names) => Values::List(words(*bits, names)),
        Within::Versions(since, until) if since == until => Values::One(end(*since)),
        Within::Versions(since, until) => Values::One(format!("{}..{}", end(*since), end(*until))),
    }
}

fn end(version: Option<Version>) -> String {
    version.map(|version| version.to_string()).unwrap_or_default()
}

fn range_text(knowledge: &KnowledgeBase<'_>, fact: FactId, range: Interval, kind: Quantity) -> String {
    let low = amount_text(knowledge, fact, range.lo, kind);
    if range.is_point() { low } else { format!("{low}..{}", amount_text(knowledge, fact, range.hi, kind)) }
}

/// By the word that stands for it; as people write it, where that reads back as this very amount; else exactly.
fn amount_text(knowledge: &KnowledgeBase<'_>, fact: FactId, amount: f64, kind: Quantity) -> String {
    let domain = knowledge.fact(fact).and_then(|fact| knowledge.domain(fact.words?));
    let word = domain.and_then(|domain| domain.amounts.iter().find(|(_, known)| known.total_cmp(&amount).is_eq()));
    if let Some((word, _)) = word {
        return knowledge.text(*word).to_owned();
    }
    let shown = show(amount, kind);
    let exactly = parse(&shown, &[kind]).is_ok_and(|(read, _)| read.lo.total_cmp(&amount).is_eq());
    if exactly { shown } else { exact(Interval::point(amount), kind) }
}
