//! Real lines for which nobody wrote a pattern, and healthy ones: how often the first cause is right, how often a cause is
//! seen where there is none. The lines are in `tests/symptoms/`; their causes are what the threads established in which
//! they were posted.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::{diagnosed, ids};

/// A documented symptom.
#[derive(Debug, Deserialize)]
struct Case {
    id: String,
    /// Lines of a log or an exception; or words.
    text: String,
    #[serde(default)]
    words: bool,
    /// The pitfalls of which any is right as the first cause; `unknown` where none of those that are known is the cause.
    cause: Vec<String>,
}

fn cases(name: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/symptoms").join(name);
    serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Of how many cases the cause is missed.
struct Missed {
    /// Those of which the first cause is wrong, in words.
    first: Vec<String>,
    /// How many have the right one not even among the first three.
    three: usize,
    all: usize,
}

fn missed(name: &str) -> Missed {
    let cases = cases(name);
    let (mut first, mut three) = (Vec::new(), 0);
    for case in &cases {
        let found = if case.words { diagnosed("", &case.text) } else { diagnosed(&case.text, "") };
        let ids = ids(&found);
        let right = match ids.first() {
            Some(first) => case.cause.iter().any(|cause| cause == first),
            None => case.cause.iter().any(|cause| cause == "unknown"),
        };
        let shown: Vec<&str> = ids.iter().take(3).copied().collect();
        if !right {
            three += usize::from(!case.cause.iter().any(|cause| shown.contains(&cause.as_str())));
            first.push(format!("{}: {shown:?} instead of {:?}", case.id, case.cause));
        }
    }
    Missed { first, three, all: cases.len() }
}

/// Lines that patterns were widened by, and lines that nobody wrote a pattern from.
#[test]
fn the_first_cause_of_lines_not_seen_is_right_for_four_in_five() {
    for name in ["second-kafka.yaml", "second-rabbitmq.yaml", "kafka.yaml", "rabbitmq.yaml"] {
        let Missed { first, all, .. } = missed(name);
        assert!(all >= 80, "{name} has {all} cases");
        assert!(first.len() * 5 <= all, "{name}: {} of {all} wrong: {first:#?}", first.len());
    }
}

#[test]
fn half_of_the_symptoms_in_words_have_their_cause_first_and_seven_in_ten_among_three() {
    for name in ["second-words.yaml", "words.yaml"] {
        let Missed { first, three, all } = missed(name);
        assert!(first.len() * 2 <= all, "{name}: {} of {all} wrong: {first:#?}", first.len());
        assert!(three * 10 <= all * 3, "{name}: {three} of {all} not among three");
    }
}

#[test]
fn at_most_one_healthy_line_in_twenty_speaks_of_a_cause() {
    for name in ["healthy-kafka.log", "healthy-rabbitmq.log"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/symptoms").join(name);
        let text = std::fs::read_to_string(path).unwrap();
        let mut seen = BTreeMap::new();
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        assert!(lines.len() >= 1000, "{name} has {} lines", lines.len());
        for line in &lines {
            let ids = ids(&diagnosed(line, ""));
            if !ids.is_empty() {
                seen.insert(*line, ids);
            }
        }
        assert!(seen.len() * 20 <= lines.len(), "{name}: {} of {}: {seen:#?}", seen.len(), lines.len());
    }
}
