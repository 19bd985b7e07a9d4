//! `rules list`: each kind, by dimension, broker, source and age, and words that nobody knows.

use std::collections::BTreeSet;

use brokerfit::audit::Kind;
use brokerfit::context::Exit;
use serde_json::Value;

use super::command::{json, run};
use crate::support::KNOWLEDGE;

/// The entries of one kind.
fn of<'d>(document: &'d Value, kind: &str) -> &'d [Value] {
    document[kind].as_array().unwrap()
}

#[test]
fn every_kind_is_listed_with_something_in_it() {
    let document = json(&["list"]);
    for kind in Kind::ALL {
        assert!(!of(&document, kind.word()).is_empty(), "{}", kind.word());
    }
    assert_eq!(of(&document, "pitfalls").len(), KNOWLEDGE.pitfalls.len());
    assert_eq!(of(&document, "clients").len(), KNOWLEDGE.clients.len());
    assert_eq!(of(&document, "observations").len(), KNOWLEDGE.observations.len());
    let ids: BTreeSet<&str> = KNOWLEDGE.checklist.iter().map(|item| KNOWLEDGE.text(item.id)).collect();
    let listed: BTreeSet<&str> = of(&document, "checklist").iter().map(|item| item["id"].as_str().unwrap()).collect();
    assert_eq!(ids, listed);
}

#[test]
fn filters_leave_exactly_what_speaks_of_it() {
    type Asked = fn(&Value) -> bool;
    let all = json(&["list"]);
    let cases: [(&[&str], Asked); 5] = [
        (&["--dimension", "ordering"], |it| it["dimensions"].as_array().unwrap().contains(&"ordering".into())),
        (&["--broker", "kafka"], |it| it["broker"] == "kafka"),
        (&["--broker", "rabbitmq/quorum"], |it| {
            let options = it["options"].as_array().unwrap();
            it["broker"] == "rabbitmq" && (options.is_empty() || options.contains(&"rabbitmq/quorum".into()))
        }),
        (&["--source", "rabbitmq-quorum-data-safety"], |it| {
            it["sources"].as_array().unwrap().contains(&"rabbitmq-quorum-data-safety".into())
        }),
        (&["--older-than", "2026-11-24"], |it| it["checked_on"].as_str().is_some_and(|day| day < "2026-11-24")),
    ];
    for (arguments, asked) in cases {
        let some = json(&[&["list"], arguments].concat());
        let mut found = 0;
        for kind in Kind::ALL {
            // Groups stand in the order in which they first appear, which what is left out may change.
            let mut wanted: Vec<String> =
                of(&all, kind.word()).iter().filter(|it| asked(it)).map(Value::to_string).collect();
            let mut told: Vec<String> = of(&some, kind.word()).iter().map(Value::to_string).collect();
            wanted.sort();
            told.sort();
            assert_eq!(told, wanted, "{arguments:?} {}", kind.word());
            found += wanted.len();
        }
        assert!(found > 0, "{arguments:?}");
    }
}

#[test]
fn an_affiliation_stands_for_all_of_its_sources() {
    let sources = json(&["list", "--kind", "sources", "--source", "brokerfit"]);
    assert!(!of(&sources, "sources").is_empty());
    assert!(of(&sources, "sources").iter().all(|it| it["group"] == "brokerfit"));
}

#[test]
fn grouping_loses_nothing_and_puts_the_oldest_first() {
    for by in ["dimension", "broker", "source", "age"] {
        let count =
            |arguments: &[&str]| of(&json(&[&["list", "--kind", "answers"], arguments].concat()), "answers").len();
        assert_eq!(count(&["--by", by]), count(&[]), "{by}");
    }
    let answers = json(&["list", "--kind", "answers", "--by", "age"]);
    let days: Vec<&str> = of(&answers, "answers").iter().filter_map(|it| it["checked_on"].as_str()).collect();
    assert!(days.is_sorted(), "{days:?}");
    let text = run(&["list", "--kind", "needs", "--by", "dimension"]).stdout;
    let (first, last) = (text.find("\nretention (").unwrap(), text.find("\noperations (").unwrap());
    assert!(first < last);
}

#[test]
fn unknown_words_are_refused_with_the_nearest_right_one() {
    for (arguments, near) in [
        (["--broker", "rabbitmq/quorun"], "did you mean `rabbitmq/quorum`?"),
        (["--broker", "kafkas"], "did you mean `kafka`?"),
        (["--source", "rabbitmq-quorum-data-saftey"], "did you mean `rabbitmq-quorum-data-safety`?"),
        (["--older-than", "June"], "neither a day nor a length of time"),
    ] {
        let run = run(&[&["list"][..], &arguments].concat());
        assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""), "{arguments:?}");
        assert!(run.stderr.contains(near), "{}", run.stderr);
    }
}
