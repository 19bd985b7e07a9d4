//! One fact as people and machines read it: its value shown and exact, and where it comes from.

use super::{Facts, Origin, Way};
use crate::expr::{FactId, ListValue, Tri, Value};
use crate::knowledge::{Fact, FactKind, Given, KnowledgeBase};
use crate::profile::{Profile, Stated};
use crate::quantity::{Interval, Kind, Version, exact, show_range};

/// One fact in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// In base units, to be read back.
    pub value: String,
    /// As people write it.
    pub shown: String,
    /// Where it comes from, in a few words.
    pub detail: String,
}

/// One fact in words; a stated range or list stands as it was written.
pub fn detail(knowledge: &KnowledgeBase<'_>, profile: &Profile, facts: &Facts, id: FactId) -> Shown {
    let (value, shown) = written(knowledge, profile, facts, id);
    let detail = knowledge.fact(id).map_or_else(String::new, |fact| origin(knowledge, facts, fact, id));
    Shown { value, shown, detail }
}

/// A value that a fact may be stated with: exact, to be read back, and as people write it.
pub fn stated_value(knowledge: &KnowledgeBase<'_>, id: FactId, stated: &Stated) -> (String, String) {
    let Some(fact) = knowledge.fact(id) else { return same(String::new()) };
    match stated {
        Stated::Unknown => same("unknown".to_owned()),
        Stated::Version(version) => same(version.to_string()),
        Stated::Value { value: Given::Number(range), kind, .. } => {
            numbers(knowledge, fact, kind.or(fact.kind.quantity()), *range)
        }
        Stated::Value { value: Given::Words(words), words: names, .. } if names.is_empty() => {
            same(words_of(knowledge, fact, *words))
        }
        Stated::Value { value, words, .. } => of_value(knowledge, fact, value.central(false), words),
    }
}

/// One fact's value as people write it.
pub fn shown(knowledge: &KnowledgeBase<'_>, profile: &Profile, facts: &Facts, id: FactId) -> String {
    written(knowledge, profile, facts, id).1
}

/// One fact's value: exact, and as people write it.
fn written(knowledge: &KnowledgeBase<'_>, profile: &Profile, facts: &Facts, id: FactId) -> (String, String) {
    let Some(fact) = knowledge.fact(id) else { return same(String::new()) };
    let names = written_names(profile, id);
    let written = facts.written.iter().find(|(known, _)| *known == id).map(|(_, given)| *given);
    match (written, facts.way(id)) {
        // A flow that is stated in bytes is derived here: its rate of messages is shown, and its bytes beside it.
        (Some(Given::Number(range)), Way::Written) if facts.origin(id) == Origin::Stated => {
            numbers(knowledge, fact, fact.kind.quantity(), range)
        }
        (Some(Given::Words(words)), Way::Written) if names.is_empty() => same(words_of(knowledge, fact, words)),
        _ => of_value(knowledge, fact, facts.central(id), names),
    }
}

fn same(text: String) -> (String, String) {
    (text.clone(), text)
}

/// Names that the knowledge does not know.
fn written_names(profile: &Profile, id: FactId) -> &[String] {
    match profile.statement(id).map(|statement| &statement.value) {
        Some(Stated::Value { words, .. }) => words,
        _ => &[],
    }
}

fn numbers(knowledge: &KnowledgeBase<'_>, fact: &Fact, kind: Option<Kind>, range: Interval) -> (String, String) {
    let Some(kind) = kind else { return same(String::new()) };
    let word = |amount: f64| {
        let domain = knowledge.domain(fact.words?)?;
        let word = domain.amounts.iter().find(|(_, known)| known.total_cmp(&amount).is_eq())?;
        Some(knowledge.text(word.0).to_owned())
    };
    match (word(range.lo), word(range.hi)) {
        (None, None) => (exact(range, kind), show_range(range, kind)),
        (Some(word), _) if range.is_point() => same(word),
        (low, high) => {
            let end = |word: Option<String>, amount: f64| {
                let point = Interval::point(amount);
                word.map_or_else(|| (exact(point, kind), show_range(point, kind)), same)
            };
            let (low, high) = (end(low, range.lo), end(high, range.hi));
            (format!("{}..{}", low.0, high.0), format!("{}..{}", low.1, high.1))
        }
    }
}

fn words_of(knowledge: &KnowledgeBase<'_>, fact: &Fact, words: u64) -> String {
    let Some(domain) = fact.kind.domain() else { return String::new() };
    let all: Vec<&str> =
        (0..64).filter(|word| words & (1 << word) != 0).map(|word| knowledge.word(domain, word)).collect();
    match all[..] {
        [first, .., last] => format!("{first}..{last}"),
        [only] => only.to_owned(),
        [] => String::new(),
    }
}

fn of_value(knowledge: &KnowledgeBase<'_>, fact: &Fact, value: Value, names: &[String]) -> (String, String) {
    match value {
        Value::Bool(Tri::True) => same("true".to_owned()),
        Value::Bool(Tri::False) => same("false".to_owned()),
        Value::Number(range) if range.is_point() => numbers(knowledge, fact, fact.kind.quantity(), range),
        Value::Version(version) => same(Version::from_number(version.lo).to_string()),
        Value::Words(_) if !names.is_empty() => same(names.join(", ")),
        Value::Words(words) if words.count_ones() < 64 => same(words_of(knowledge, fact, words)),
        Value::Bool(Tri::Unknown) | Value::Number(_) | Value::Words(_) => same("unknown".to_owned()),
        Value::List(list) => list_of(knowledge, fact, list, names),
    }
}

fn list_of(knowledge: &KnowledgeBase<'_>, fact: &Fact, list: ListValue, names: &[String]) -> (String, String) {
    if !list.known {
        return same("unknown".to_owned());
    }
    let known: Vec<&str> = match fact.kind {
        FactKind::Words(domain) | FactKind::Names(domain) => {
            (0..64).filter(|word| list.has & (1 << word) != 0).map(|word| knowledge.word(domain, word)).collect()
        }
        _ => Vec::new(),
    };
    let all: Vec<&str> = known.into_iter().chain(names.iter().map(String::as_str)).collect();
    if all.is_empty() {
        return ("[]".to_owned(), "none".to_owned());
    }
    (all.join(","), all.join(", "))
}

/// Where a fact comes from, in a few words.
fn origin(knowledge: &KnowledgeBase<'_>, facts: &Facts, fact: &Fact, id: FactId) -> String {
    let because = || fact.because.map_or(String::new(), |because| knowledge.text(because).to_owned());
    let text = match facts.way(id) {
        Way::Written if facts.origin(id) == Origin::Stated => String::new(),
        Way::Written => "from the rate of bytes and the message size".to_owned(),
        Way::Formula => {
            let formula = fact
                .formula
                .map(|formula| knowledge.program.trace(formula, &super::View::central(knowledge, facts), knowledge));
            formula.unwrap_or_default()
        }
        Way::Inferred(_) => format!("follows from what is stated: {}", because()),
        Way::Pattern(word) => {
            let pattern = knowledge.fact(knowledge.roles.pattern).and_then(|fact| fact.kind.domain());
            let pattern = pattern.map_or("", |domain| knowledge.word(domain, word));
            format!("usual for {pattern}: {}", because())
        }
        Way::NewestThere => "the newest line that the stated provider offers".to_owned(),
        Way::Usual | Way::Newest | Way::Nothing => because(),
    };
    match facts.origin(id) {
        Origin::Unknown => format!("unknown; taken as usual: {text}"),
        _ => text,
    }
}
