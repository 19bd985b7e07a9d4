//! Single values: for thousands of texts of each kind, the pattern of the schema and the reading of the program agree.

use brokerfit::expr::FactId;
use brokerfit::knowledge::Fact;
use brokerfit::schema::value;
use brokerfit::source::Format;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::{errors, validator};
use crate::support::{KNOWLEDGE, law};

/// Pieces of which amounts are made, and of what looks like them.
const PIECES: [&str; 58] = [
    "0", "1", "2", "5", "10", "12", "99", "100", "101", "007", "0.5", "0.0", "0.05", "1.5", "1.2345", "2.500", ".5",
    "5.", "1.2.3", "1e3", "1_000", "1,5", "k", "M", "G", "K", "ms", "us", "s", "min", "m", "h", "d", "w", "y", "B",
    "KB", "MB", "kB", "KiB", "GiB", "TB", "%", "/s", "/min", "/h", "/day", "/d", "..", "...", " .. ", " ", "  ", "-",
    "+", "0x10", "inf", "∞",
];

/// The pieces of one value: some in any order, most in the order in which amounts have them.
fn text() -> impl Strategy<Value = String> {
    let any = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..5).prop_map(|pieces| pieces.concat());
    let number = || prop::sample::select(&PIECES[..16]);
    let space = || prop::sample::select(&["", "", "", " ", "  "][..]);
    let unit = || prop::sample::select(&PIECES[22..47]);
    let per = || prop::sample::select(&["", "", "/s", " /s", "/min", "/day", "/h", "/ s"][..]);
    let one = move || {
        (number(), space(), prop::option::of(unit()), per())
            .prop_map(|(number, space, unit, per)| format!("{number}{space}{}{per}", unit.unwrap_or_default()))
    };
    let between = prop::sample::select(&["..", " .. ", "..  "][..]);
    let range = (one(), between, one()).prop_map(|(low, between, high)| format!("{low}{between}{high}"));
    let around = (space(), one(), space()).prop_map(|(before, one, after)| format!("{before}{one}{after}"));
    prop_oneof![1 => any, 4 => one(), 1 => around, 4 => range]
}

/// Texts with the words of a fact, and others.
fn word(words: Vec<String>) -> impl Strategy<Value = String> {
    let mut all = words;
    all.extend(["unknown", "Unknown", "", " ", "other", "none", "true", "4.1", "7d", "1s"].map(str::to_owned));
    let one = prop::sample::select(all);
    let space = || prop::sample::select(&["", "", "", " "][..]);
    let between = prop::sample::select(&["..", " .. ", "...", ","][..]);
    prop_oneof![
        2 => (space(), one.clone(), space()).prop_map(|(before, word, after)| format!("{before}{word}{after}")),
        3 => (one.clone(), between, one).prop_map(|(low, between, high)| format!("{low}{between}{high}")),
    ]
}

/// A scalar of JSON: a text mostly.
fn scalar(texts: impl Strategy<Value = String> + 'static) -> impl Strategy<Value = Value> {
    let numbers = prop_oneof![
        (0..2000_i64).prop_map(Value::from),
        (-3..3_i64).prop_map(Value::from),
        (0..2000_i32).prop_map(|tenths| json!(f64::from(tenths) / 10.0)),
    ];
    prop_oneof![16 => texts.prop_map(Value::from), 3 => numbers, 1 => any::<bool>().prop_map(Value::from), 1 => Just(Value::Null)]
}

/// The document that states one fact.
fn document(name: &str, value: &Value) -> String {
    let name = name
        .strip_prefix("environment.")
        .map_or_else(|| format!("workload.{name}"), |rest| format!("environment.{rest}"));
    let tree = name.rsplit('.').fold(value.clone(), |inner, key| json!({ key: inner }));
    let mut all = json!({ "name": "a flow" });
    all.as_object_mut().unwrap().extend(tree.as_object().unwrap().clone());
    all.to_string()
}

fn agree(id: FactId, fact: &Fact, values: impl Strategy<Value = Value>, cases: u32) {
    let name = KNOWLEDGE.fact_name(id);
    let schema = validator(&Value::Object(value(&KNOWLEDGE, fact)));
    law(cases, values, |value| {
        let wrong = errors(&document(name, &value), Format::Json);
        // JSON writes a whole number as a float, which the program takes for no count.
        prop_assume!(!value.as_f64().is_some_and(|number| value.is_f64() && number.fract() == 0.0));
        let beyond = wrong.iter().any(|it| it.message.contains("runs backwards") || it.message.contains("too large"));
        let same_in_other_letters = wrong.iter().any(|it| it.message.contains("listed twice"));
        prop_assert!(
            beyond || same_in_other_letters || schema.is_valid(&value) == wrong.is_empty(),
            "`{}` = {}: the schema says {}, the program {:?}",
            name,
            value,
            schema.is_valid(&value),
            wrong
        );
        Ok(())
    });
}

/// Facts of every kind, and of each kind with what else changes how its values are read.
#[test]
fn the_patterns_accept_what_the_program_reads() {
    let mut seen = Vec::new();
    for (id, fact) in KNOWLEDGE.fact_ids().filter(|(_, fact)| !fact.derived) {
        let words: Vec<String> = [fact.kind.domain(), fact.words]
            .into_iter()
            .flatten()
            .filter_map(|domain| KNOWLEDGE.domain(domain))
            .flat_map(|domain| domain.words.iter().chain(domain.amounts.iter().map(|(word, _)| word)))
            .map(|word| KNOWLEDGE.text(*word).to_owned())
            .collect();
        let aliases = fact.aliases.iter().map(|(alias, _)| KNOWLEDGE.text(*alias).to_owned());
        let words: Vec<String> = words.into_iter().chain(aliases).collect();
        let kind = format!("{:?}", fact.kind);
        let alike =
            (kind.split(['(', '{']).next().unwrap().to_owned(), fact.kind.quantity(), fact.positive, words.is_empty());
        let first = !seen.contains(&alike);
        seen.push(alike);
        let cases = if first { 4000 } else { 60 };
        if fact.kind.quantity().is_some() {
            agree(id, fact, scalar(text()), cases);
        }
        if !words.is_empty() || fact.kind.quantity().is_none() {
            agree(id, fact, scalar(word(words.clone())), cases / 4);
        }
        if fact.kind.is_list() {
            let items = prop::collection::vec(scalar(word(words)), 0..3).prop_map(Value::from);
            agree(id, fact, items, cases / 8);
        }
    }
    assert!(seen.len() > 80);
}

#[test]
fn versions_are_read_as_the_pattern_says() {
    let id = crate::support::fact("environment.versions.kafka");
    let part = || prop::sample::select(&["0", "4", "04", "10", "999", "1000", "", "x", "v3"][..]);
    let texts = (part(), part(), part(), 1..5_usize).prop_map(|(one, two, three, parts)| {
        [one, two, three, "1"].into_iter().take(parts).collect::<Vec<_>>().join(".")
    });
    agree(id, KNOWLEDGE.fact(id).unwrap(), scalar(texts), 4000);
}
