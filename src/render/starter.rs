//! The profile that `advise` alone prints: at most twelve lines to paste and change.

use serde_yaml::{Mapping, Value};

/// What the example states: the main facts that decide most, under their groups' short names.
const STATED: [(&str, &str); 8] = [
    ("pattern", "work-queue"),
    ("throughput", "2k/s"),
    ("message", "2 KiB"),
    ("latency", "100ms"),
    ("retention", "until-consumed"),
    ("ordering", "none"),
    ("delivery", "at-least-once"),
    ("routing", "direct"),
];

/// What stands above it.
const HOW: &str = "# next: brokerfit advise profile.yaml (or be asked, or begin with what is there: brokerfit init)\n";

/// A profile to paste, written through a YAML library, so that it is YAML whatever stands in it.
///
/// # Errors
/// When it cannot be written.
pub fn profile() -> Result<String, serde_yaml::Error> {
    let workload: Mapping = STATED.into_iter().map(|(group, value)| (Value::from(group), Value::from(value))).collect();
    let document: Mapping = [
        (Value::from("brokerfit"), Value::from(1)),
        (Value::from("name"), Value::from("my-flow")),
        (Value::from("workload"), Value::Mapping(workload)),
    ]
    .into_iter()
    .collect();
    serde_yaml::to_string(&document).map(|text| HOW.to_owned() + &text)
}
