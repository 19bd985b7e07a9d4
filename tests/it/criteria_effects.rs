//! A criterion counts as decided only where what it points at decides it in the direction in which guides do: in each
//! case of `criteria_cases.txt` every option of the first list must answer the need better than every one of the second.
//! Guides that were wrong, or have become so, are followed as far as the disagreement in `rules/criteria.toml` says.

use std::collections::BTreeMap;

use brokerfit::engine::{Created, assess};
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::{Decider, Fit};

use super::support::{KNOWLEDGE, stating};

const CASES: &str = include_str!("criteria_cases.txt");

/// How each option answers a need; none where the profile does not create it.
fn fits(need: &str, stated: &str) -> Option<BTreeMap<&'static str, Fit>> {
    let mut settings: Vec<String> = Vec::new();
    for word in stated.split(' ') {
        match settings.last_mut() {
            // A size has a blank before its unit.
            Some(last) if !word.contains('=') => last.extend([" ", word]),
            _ => settings.push(word.to_owned()),
        }
    }
    let profile = stating(&settings.iter().map(String::as_str).collect::<Vec<_>>());
    let assessment = assess(&KNOWLEDGE, &derive(&KNOWLEDGE, &profile, Without::Nothing), &profile.wants);
    let named = |created: &Created| KNOWLEDGE.text(KNOWLEDGE.needs[created.need].id) == need;
    let place = assessment.needs.iter().position(named)?;
    let fits = KNOWLEDGE.option_ids().map(|(id, option)| {
        let ratings = assessment.ratings(id);
        (KNOWLEDGE.text(option.short), ratings[place].fit)
    });
    Some(fits.collect())
}

/// Whether a criterion says that a need decides it.
fn points_at(criterion: &str, need: &str) -> bool {
    let mut found = KNOWLEDGE.criteria.iter().filter(|known| KNOWLEDGE.text(known.id) == criterion);
    let deciders = found.next().unwrap_or_else(|| panic!("no criterion is called {criterion}")).deciders();
    let id = |place: u16| KNOWLEDGE.text(KNOWLEDGE.needs[usize::from(place)].id);
    deciders.iter().any(|decider| matches!(decider, Decider::Need(place) if id(*place) == need))
}

#[test]
fn criteria_are_decided_in_the_direction_that_guides_give() {
    let mut wrong = Vec::new();
    for case in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let [criterion, need, stated, better, worse] = case.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("{case}")
        };
        if !points_at(criterion, need) {
            wrong.push(format!("{criterion} is not decided by {need}"));
        }
        let Some(fits) = fits(need, stated) else {
            wrong.push(format!("{criterion}: `{stated}` does not create {need}"));
            continue;
        };
        let of = |names: &'static str| names.split(' ').map(|name| (fits[name], name));
        let (least, most) = (of(better).min().unwrap(), of(worse).max().unwrap());
        if least.0 <= most.0 {
            wrong.push(format!("{criterion}: `{stated}` gives {need} {least:?} and {most:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn most_criteria_that_needs_decide_have_a_case() {
    let decided = KNOWLEDGE
        .criteria
        .iter()
        .filter(|criterion| criterion.deciders().iter().any(|decider| matches!(decider, Decider::Need(_))))
        .map(|criterion| KNOWLEDGE.text(criterion.id));
    let (held, rest): (Vec<&str>, Vec<&str>) =
        decided.partition(|id| CASES.lines().any(|line| line.split(" | ").next() == Some(id)));
    assert!(held.len() >= 4 * rest.len(), "no case for {rest:?}");
}

#[test]
fn what_guides_call_no_criterion_takes_nothing_from_anybody() {
    let calm = fits("cluster-rate", "throughput=8k/s message=1 KiB consumers.processing_time=1ms").unwrap();
    assert!(calm.values().all(|fit| *fit == Fit::Native), "{calm:?}");
    for (need, stated) in [
        ("cluster-rate", "throughput=90/s"),
        ("topic-routing", "routing=direct"),
        ("header-routing", "routing=fan-out"),
        ("key-order", "ordering=none"),
        ("survive-node-loss", "delivery=at-most-once"),
    ] {
        assert_eq!(fits(need, stated), None, "`{stated}` creates {need}");
    }
}
