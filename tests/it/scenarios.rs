//! The knowledge base's own tests: each scenario of `rules/scenarios/` says what an expert expects of it.

#![expect(clippy::panic, reason = "a scenario that means nothing fails its test")]

use std::fmt::Write as _;

use brokerfit::advice::Advice;
use brokerfit::engine::Strength;
use brokerfit::knowledge::{Fit, OptionId};
use brokerfit::profile::{Profile, read_profiles};

use crate::examples::sources;
use crate::support::{KNOWLEDGE, advised, assessed, option};

/// The key under which a scenario says what is expected.
const EXPECT: &str = "x-expect.";
const STRENGTHS: [Strength; 3] = [Strength::TossUp, Strength::Leaning, Strength::Clear];

fn profiles(folder: &str) -> Vec<Profile> {
    let read = read_profiles(&KNOWLEDGE, &sources(folder));
    assert_eq!(read.problems, [], "every profile of {folder} reads without a diagnostic");
    read.profiles
}

/// What a scenario expects: dotted keys with their values.
fn expectations(profile: &Profile) -> impl Iterator<Item = (&str, &str)> {
    profile.kept.iter().filter_map(|remark| Some((remark.key.strip_prefix(EXPECT)?, remark.text.as_str())))
}

/// The need and the option of an expected fit.
fn expected_fit(key: &str) -> Option<(&str, &str)> {
    key.strip_prefix("needs.")?.split_once('.')
}

/// An expected contradiction, and the option with which it is one, where the scenario names it: `id with broker/option`.
fn conflict(written: &str) -> (&str, Option<OptionId>) {
    match written.split_once(" with ") {
        Some((id, with)) => (id, Some(option(with))),
        None => (written, None),
    }
}

/// What is wrong with one expectation, if anything is.
fn complaint(advice: &Advice<'_>, key: &str, value: &str) -> Option<String> {
    if let Some((need, option)) = expected_fit(key) {
        return unlike(advice, need, option, value);
    }
    let verdict = &advice.judgement.verdict;
    let leader = verdict.leader;
    let found = |written: &str| {
        let (id, with) = conflict(written);
        assert!(KNOWLEDGE.conflicts.iter().any(|conflict| KNOWLEDGE.text(conflict.id) == id), "a conflict `{id}`");
        advice.conflicts.iter().any(|conflict| conflict.id == id && (with.is_none() || conflict.option == with))
    };
    let survives = |name: &str| advice.judgement.assessment.survives(option(name));
    let said = match key {
        "absent" => return created(advice, place(value)).map(|_| format!("{value} is created")),
        "conflicts" => return (!found(value)).then(|| format!("no conflict {value}")),
        "no-conflicts" => return found(value).then(|| format!("conflict {value}")),
        "no-scope" => return (scope(advice) == value).then(|| format!("the rule {value} decides")),
        "scope" => scope(advice),
        "in" => return (!survives(value)).then(|| format!("{value} is ruled out")),
        "out" => return survives(value).then(|| format!("{value} is not ruled out")),
        "strength" => {
            let least = STRENGTHS.into_iter().find(|strength| strength.word() == value);
            let least = least.unwrap_or_else(|| panic!("`{value}` is no strength"));
            return (verdict.strength < Some(least)).then(|| format!("{:?}, not {value}", verdict.strength));
        }
        "kind" => verdict.kind.word(),
        "broker" => leader.map_or("", |leader| KNOWLEDGE.broker_name(leader.broker)),
        "option" => leader.map_or("", |leader| KNOWLEDGE.option_name(leader.option)),
        _ => panic!("`{EXPECT}{key}` means nothing"),
    };
    (said != value).then(|| format!("{key} is {said}, not {value}"))
}

/// The id of the scope rule that decided; empty where none did.
fn scope(advice: &Advice<'_>) -> &'static str {
    let rule = advice.judgement.verdict.scope.map(|place| &KNOWLEDGE.scope[place]);
    rule.map_or("", |rule| KNOWLEDGE.text(rule.id))
}

fn unlike(advice: &Advice<'_>, need: &str, name: &str, expected: &str) -> Option<String> {
    let expected = Fit::from_word(expected).unwrap_or_else(|| panic!("`{expected}` is no fit"));
    let Some(row) = created(advice, place(need)) else { return Some(format!("{need} is not created")) };
    let said = advice.judgement.assessment.ratings(option(name))[row].fit;
    (said != expected).then(|| format!("{need} on {name} is {}, not {}", said.word(), expected.word()))
}

/// The row of a need among those that exist.
fn created(advice: &Advice<'_>, need: usize) -> Option<usize> {
    advice.judgement.assessment.needs.iter().position(|created| created.need == need)
}

/// A need's place among all.
fn place(id: &str) -> usize {
    let place = KNOWLEDGE.needs.iter().position(|need| KNOWLEDGE.text(need.id) == id);
    place.unwrap_or_else(|| panic!("a need `{id}`"))
}

#[test]
fn every_scenario_is_answered_as_expected() {
    let mut wrong = String::new();
    for profile in profiles("rules/scenarios") {
        let advice = advised(&profile);
        assert!(expectations(&profile).next().is_some(), "{} expects something", profile.name);
        for complaint in expectations(&profile).filter_map(|(key, value)| complaint(&advice, key, value)) {
            writeln!(wrong, "{}: {complaint}", profile.name).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn every_need_is_created_twice() {
    let mut counts = vec![0; KNOWLEDGE.needs.len()];
    for profile in profiles("rules/scenarios").iter().chain(&profiles("examples")) {
        for created in &assessed(profile).needs {
            counts[created.need] += 1;
        }
    }
    let seldom = KNOWLEDGE.needs.iter().zip(counts).filter(|(_, count)| *count < 2);
    assert_eq!(seldom.map(|(need, _)| KNOWLEDGE.text(need.id)).collect::<Vec<_>>(), [""; 0]);
}

/// For every need there is a scenario that states all its fits, and one in which it is near and absent.
#[test]
fn every_need_has_its_fits_stated_and_a_near_miss() {
    let scenarios = profiles("rules/scenarios");
    let states = |need: &str, option: &str| {
        let mut all = scenarios.iter().flat_map(expectations);
        all.any(|(key, _)| expected_fit(key) == Some((need, option)))
    };
    for need in &KNOWLEDGE.needs {
        let id = KNOWLEDGE.text(need.id);
        for (_, option) in KNOWLEDGE.option_ids() {
            let option = KNOWLEDGE.text(option.id);
            assert!(states(id, option), "no scenario states how well {option} does {id}");
        }
        let mut all = scenarios.iter().flat_map(expectations);
        assert!(all.any(|expected| expected == ("absent", id)), "no scenario in which {id} is absent");
    }
}

/// Every contradiction is found in one scenario and just not there in another, and so is every scope rule; every kind of
/// verdict is reached.
#[test]
fn every_conflict_and_scope_rule_has_a_scenario_and_a_near_miss() {
    let scenarios = profiles("rules/scenarios");
    let expects = |key: &str, value: &str| {
        let mut all = scenarios.iter().flat_map(expectations);
        all.any(|(expected, written)| expected == key && conflict(written).0 == value)
    };
    for conflict in &KNOWLEDGE.conflicts {
        let id = KNOWLEDGE.text(conflict.id);
        assert!(expects("conflicts", id), "no scenario with {id}");
        assert!(expects("no-conflicts", id), "no near miss of {id}");
    }
    for rule in &KNOWLEDGE.scope {
        let id = KNOWLEDGE.text(rule.id);
        assert!(expects("scope", id), "no scenario that {id} decides");
        assert!(expects("no-scope", id), "no near miss of {id}");
    }
    for kind in ["one", "both", "neither"] {
        assert!(expects("kind", kind), "no scenario of kind {kind}");
    }
}
