//! The knowledge base's own tests: `rules/scenarios/` covers every need, contradiction and scope rule. That each scenario
//! comes out as expected is what `brokerfit rules test` says, which `rules/scenarios.rs` beside this file runs.

use brokerfit::profile::{Profile, read_profiles};

use crate::examples::sources;
use crate::support::{KNOWLEDGE, assessed};

/// The key under which a scenario says what is expected.
const EXPECT: &str = "x-expect.";

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
        all.any(|(expected, written)| expected == key && written.split(" with ").next() == Some(value))
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
