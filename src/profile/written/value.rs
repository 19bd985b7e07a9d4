//! What is stated of a fact, as people write it wherever that reads back as the same, else exactly.

use serde_json::{Number, Value};

use super::super::Stated;
use super::super::value::UNKNOWN;
use crate::knowledge::{Fact, Given, KnowledgeBase};
use crate::quantity::{Interval, Kind, exact, parse, show};

/// What is stated of a fact.
pub(super) fn stated(knowledge: &KnowledgeBase<'_>, fact: &Fact, stated: &Stated) -> Value {
    match stated {
        Stated::Unknown => Value::from(UNKNOWN),
        // `4.10` is a text: as a number it would be 4.1.
        Stated::Version(version) => Value::from(version.to_string()),
        Stated::Value { value, kind, words } => match value {
            Given::Bool { may_be_true, .. } => Value::from(*may_be_true),
            Given::Number(range) => {
                kind.or(fact.kind.quantity()).map_or(Value::Null, |kind| plain(&amount(knowledge, fact, *range, kind)))
            }
            Given::Words(bits) => match words.first() {
                Some(name) => Value::from(name.as_str()),
                None => Value::from(ends(knowledge, fact, *bits)),
            },
            Given::List { has, first, .. } => list(knowledge, fact, *has, *first, words),
        },
    }
}

/// A text as the format writes it without quotes, wherever it is the same text then.
pub(super) fn plain(text: &str) -> Value {
    let decimal = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match text {
        "" => Value::Null,
        "true" => Value::from(true),
        "false" => Value::from(false),
        _ if decimal => {
            let number = serde_json::from_str::<Number>(text).ok().filter(|number| number.to_string() == text);
            number.map_or_else(|| Value::from(text), Value::Number)
        }
        _ => Value::from(text),
    }
}

/// An amount or a range.
fn amount(knowledge: &KnowledgeBase<'_>, fact: &Fact, range: Interval, kind: Kind) -> String {
    let amounts = fact.words.and_then(|words| knowledge.domain(words)).map(|domain| domain.amounts.as_slice());
    let amounts = amounts.unwrap_or_default();
    let word_of = |amount: f64| amounts.iter().find(|(_, known)| known.total_cmp(&amount).is_eq());
    let end = |amount: f64| match word_of(amount) {
        Some((word, _)) => knowledge.text(*word).to_owned(),
        None => one(amount, kind),
    };
    if range.is_point() { end(range.lo) } else { format!("{}..{}", end(range.lo), end(range.hi)) }
}

/// One amount: as people write it, if that is this very amount.
fn one(amount: f64, kind: Kind) -> String {
    let point = Interval::point(amount);
    let shown = show(amount, kind);
    let same = parse(&shown, &[kind]).is_ok_and(|(read, _)| read == point);
    if same { shown } else { exact(point, kind) }
}

/// A word, or the first and the last of several.
fn ends(knowledge: &KnowledgeBase<'_>, fact: &Fact, bits: u64) -> String {
    let mut all = words(knowledge, fact, bits);
    let first = all.next().unwrap_or_default();
    all.last().map_or_else(|| first.to_owned(), |last| format!("{first}..{last}"))
}

/// Several words, the one that was written first before the others; one stands alone.
fn list(knowledge: &KnowledgeBase<'_>, fact: &Fact, has: u64, first: Option<u8>, names: &[String]) -> Value {
    let first = first.and_then(|first| 1_u64.checked_shl(u32::from(first))).filter(|bit| has & bit != 0).unwrap_or(0);
    let known = words(knowledge, fact, first).chain(words(knowledge, fact, has & !first));
    let all: Vec<&str> = known.chain(names.iter().map(String::as_str)).collect();
    match all[..] {
        [only] => Value::from(only),
        _ => Value::from(all),
    }
}

fn words<'k>(knowledge: &'k KnowledgeBase<'_>, fact: &Fact, bits: u64) -> impl Iterator<Item = &'k str> {
    let domain = fact.kind.domain();
    let bits = (0..64_u8).filter(move |word| bits & (1 << word) != 0);
    bits.filter_map(move |word| Some(knowledge.word(domain?, word)))
}
