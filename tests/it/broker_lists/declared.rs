//! What the brokers declare, as the program holds it, beside the words of the catalogue.

use std::sync::LazyLock;

use brokerfit::knowledge::declared::{BrokerKeys, DeclaredKeys, Form, Row};
use brokerfit::knowledge::{BrokerId, KeyType, Version};

use crate::support::KNOWLEDGE;

/// What the brokers declare.
pub(crate) static DECLARED: LazyLock<DeclaredKeys<'static>> = LazyLock::new(|| brokerfit::rules::declared().unwrap());

/// What one broker declares.
pub(crate) fn keys_of(broker: BrokerId) -> &'static BrokerKeys<'static> {
    DECLARED.of(KNOWLEDGE.broker_name(broker)).unwrap()
}

/// The lines that a broker's lists speak of.
pub(super) fn lines(broker: BrokerId) -> Vec<Version> {
    let keys = keys_of(broker);
    KNOWLEDGE.broker(broker).unwrap().versions.iter().copied().filter(|line| keys.knows_all_of(*line)).collect()
}

/// Whether a row speaks of a line.
pub(super) fn covers(broker: BrokerId, row: &Row<'_>, line: Version) -> bool {
    row.covers(line, keys_of(broker).newest)
}

/// A default in one writing: case, quotes and class paths aside, `null` is nothing, `50MB` is a number of bytes (the
/// broker's `MB` is a million), and `0.50` is `0.5`.
pub(super) fn normal(default: &str) -> String {
    let text = default.trim().trim_matches('"').to_lowercase();
    let bytes = text.strip_suffix("mb").and_then(|number| number.parse::<f64>().ok()).map(|number| number * 1e6);
    match text.as_str() {
        "-" | "null" => String::new(),
        _ => bytes
            .or_else(|| text.parse().ok().filter(|number: &f64| number.abs() < 1e15))
            .map_or(text, |number| number.to_string()),
    }
}

/// Whether the catalogue may call a key so.
pub(super) fn is_of(row: &Row<'_>, kind: KeyType) -> bool {
    let fitting: &[&str] = match kind {
        KeyType::Integer => &["short", "int", "long", "integer", "any"],
        KeyType::Number => &["double", "float"],
        KeyType::Boolean => &["boolean"],
        KeyType::Word => &["string", "list", "enum", "atom", "any"],
        KeyType::Text => &["string", "list", "class", "text", "age", "size", "any"],
    };
    row.kinds().any(|own| fitting.contains(&own))
}

/// The least and the greatest number, by the declared range and by what its type can hold.
pub(super) fn range(row: &Row<'_>) -> (f64, f64) {
    let (least, most) = match row.kind {
        "short" => (f64::from(i16::MIN), f64::from(i16::MAX)),
        "int" => (f64::from(i32::MIN), f64::from(i32::MAX)),
        "long" => (-2.0_f64.powi(63), 2.0_f64.powi(63)),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    };
    (row.min.parse().unwrap_or(least), row.max.parse().unwrap_or(most))
}

/// Why a broker would refuse a value.
pub(super) fn refuses(row: &Row<'_>, value: &str) -> Option<String> {
    row.refuses(value, Form::Free).map(|wanted| format!("it wants {wanted}"))
}
