//! The lints on what can be at all: each fires on what no profile brings about, and is silent one step beside it.

use brokerfit::knowledge::Level;
use brokerfit::lint::{Question, find, lint};

use super::small::Small;

const ALPHA: &str = "brokers/alpha/queue.toml";
const NEEDS: &str = "needs/throughput.toml";

/// What one lint says.
#[track_caller]
fn said(small: &Small, id: &str) -> Vec<String> {
    let findings = lint(&small.loaded(), Question::default(), &[find(id).unwrap()]);
    findings.into_iter().map(|finding| finding.message).collect()
}

/// A need's condition in the place of one that every rate above nothing fulfils.
fn needed(when: &str) -> Small {
    Small::new().with(NEEDS, "flow.rate > 0/s", when)
}

#[test]
fn a_need_that_no_profile_creates_is_found_exactly() {
    for (when, never) in [
        ("flow.rate > 5/s and flow.rate < 5/s", true),
        ("flow.rate >= 5/s and flow.rate <= 5/s", false),
        ("flow.rate < 0/s", true),
        ("flow.rate < 1/s or flow.rate > 1/s and flow.rate < 2/s and flow.rate >= 2/s", false),
        ("(flow.loss or flow.rate > 9/s) and not flow.loss and flow.rate < 9/s", true),
        ("(flow.loss or flow.rate > 9/s) and not flow.loss and flow.rate < 10/s", false),
        // Formulas are followed over ranges.
        ("flow.rate * 2 > 100/s and flow.rate < 40/s", true),
        ("flow.rate * 2 > 100/s and flow.rate < 60/s", false),
        ("environment.hosting == managed and environment.hosting != managed", true),
        ("known(flow.rate) and not known(flow.rate)", true),
    ] {
        let found = said(&needed(when), "never-holds");
        let wanted: &[&str] = if never { &["the condition of need `rate` never holds"] } else { &[] };
        assert_eq!(found, wanted, "{when}");
    }
}

#[test]
fn a_need_that_every_profile_creates_is_found() {
    for (when, always) in [
        ("flow.rate >= 0/s", true),
        ("flow.rate > 0/s", false),
        ("flow.rate > 5/s or flow.rate <= 5/s", true),
        ("flow.rate > 5/s or flow.rate < 5/s", false),
        ("flow.loss or not flow.loss", true),
    ] {
        let found = said(&needed(when), "always-holds");
        let wanted: &[&str] = if always { &["the condition of need `rate` always holds"] } else { &[] };
        assert_eq!(found, wanted, "{when}");
    }
}

#[test]
fn what_only_samples_say_is_a_note_and_says_so() {
    // A product of two facts that is one number: nothing proves it, and no drawn profile has it.
    let small = needed("flow.rate * flow.rate * 1s == 3.7/s and flow.rate > 1/s");
    let findings = lint(&small.loaded(), Question::default(), &[find("never-holds").unwrap()]);
    assert_eq!(findings.len(), 1);
    assert!(findings[0].by_samples && findings[0].level() == Level::Note);
    assert_eq!(findings[0].message, "the condition of need `rate` never holds, by 2000 samples");
}

#[test]
fn an_answer_beside_its_need_is_never_reached() {
    let variant = |when: &str| {
        let text = format!("\n[[capability.rate.variant]]\nwhen = \"{when}\"\nfit = \"native\"\n");
        Small::new().with(NEEDS, "flow.rate > 0/s", "flow.rate > 10/s").and(ALPHA, &text)
    };
    let message = "alpha/queue rate (by flow.rate) is never reached: its condition excludes that of the need";
    assert_eq!(said(&variant("flow.rate < 10/s"), "never-reached"), [message]);
    assert_eq!(said(&variant("flow.rate < 11/s"), "never-reached"), [""; 0]);
}

#[test]
fn a_base_that_never_speaks_is_found() {
    let with = |one: &str, other: &str| {
        let variant = |when: &str| format!("\n[[capability.keep.variant]]\nwhen = \"{when}\"\nfit = \"native\"\n");
        Small::new().and(ALPHA, &(variant(one) + &variant(other)))
    };
    let message = "alpha/queue keep never speaks: its variants answer every case";
    assert_eq!(said(&with("flow.rate <= 5/s", "flow.rate > 5/s"), "never-reached"), [message]);
    assert_eq!(said(&with("flow.rate <= 5/s", "flow.rate > 6/s"), "never-reached"), [""; 0]);
    let lines = "\n[[capability.keep.variant]]\nuntil = \"1.0\"\nfit = \"native\"\n\n[[capability.keep.variant]]\nsince = \"2.0\"\nfit = \"poor\"\ncompensate = \"x\"\nsource = [\"bystander\"]\n";
    assert_eq!(said(&Small::new().and(ALPHA, lines), "never-reached"), [message]);
}

const KEY: &str = "[[key]]\nid = \"depth\"\nscope = \"queue\"\ntype = \"integer\"\ndefault = \"1\"\nabout = \"x\"\nsource = [\"alpha-book\"]\n";

/// A key, and a setting on it.
fn set(key: &str, setting: &str) -> Small {
    let text =
        format!("[[setting]]\nkey = \"depth\"\nscope = \"queue\"\n{setting}\nwhy = \"x\"\nsource = [\"alpha-book\"]\n");
    Small::new().and("brokers/alpha/settings.toml", &format!("{KEY}{key}\n")).and("brokers/alpha/tuning.toml", &text)
}

#[test]
fn a_choice_behind_others_is_never_reached() {
    let choose = |second: &str| {
        let first = "{ when = \"flow.rate > 5/s\", value = \"2\" }";
        set("", &format!("choose = [{first}, {{ when = \"{second}\", value = \"3\" }}, {{ value = \"4\" }}]"))
    };
    let message = "choice 2 of alpha depth (queue) as advised is never reached";
    assert_eq!(said(&choose("flow.rate > 7/s"), "never-reached"), [message]);
    assert_eq!(said(&choose("flow.rate > 4/s"), "never-reached"), [""; 0]);
    let last = said(&choose("flow.rate <= 5/s"), "never-reached");
    assert_eq!(last, ["choice 3 of alpha depth (queue) as advised is never reached"]);
}

#[test]
fn a_setting_where_its_key_is_not_is_never_set() {
    let message = "alpha depth (queue) as advised comes out for no profile: the key is in no line for which it speaks";
    assert_eq!(said(&set("since = \"2.0\"", "value = \"1\"\nuntil = \"1.0\""), "never-set"), [message]);
    assert_eq!(said(&set("since = \"2.0\"", "value = \"1\""), "never-set"), [""; 0]);
    let old = said(&set("since = \"2.0\"", "value = \"1\"\nwhen = \"self.version < 2.0\""), "never-set");
    assert_eq!(
        old,
        [
            "alpha depth (queue) as advised comes out for no profile: its condition holds in no line that has the key and the option"
        ]
    );
}

#[test]
fn a_key_of_which_no_rule_speaks_is_noted() {
    let small = Small::new().and("brokers/alpha/settings.toml", KEY);
    assert_eq!(said(&small, "idle-key"), ["no rule speaks of alpha depth (queue)"]);
    assert_eq!(said(&set("", "value = \"1\""), "idle-key"), [""; 0]);
}

/// Bands in the place of those of the rate.
fn banded(bands: &str) -> Small {
    let known = "{ up_to = \"100/s\", fit = \"native\" }, { fit = \"poor\" }";
    Small::new().with(NEEDS, "flow.rate > 0/s", "flow.rate > 10/s").with(ALPHA, known, bands)
}

#[test]
fn bands_that_change_nothing_are_found() {
    for (bands, wanted) in [
        (
            "{ up_to = \"50/s\", fit = \"good\" }, { up_to = \"100/s\", fit = \"good\" }, { fit = \"poor\" }",
            Some("band 2 of alpha/queue rate says the same as band 1"),
        ),
        (
            "{ up_to = \"100/s\", fit = \"good\" }, { up_to = \"100/s\", fit = \"workable\" }, { fit = \"poor\" }",
            Some("band 2 of alpha/queue rate is empty: its edge is that of the band before it"),
        ),
        (
            "{ up_to = \"50/s..120/s\", fit = \"good\" }, { up_to = \"100/s..200/s\", fit = \"workable\" }, { fit = \"poor\" }",
            Some("band 2 of alpha/queue rate overlaps band 1: its edge may lie on either side of the other"),
        ),
        (
            "{ up_to = \"10/s\", fit = \"good\" }, { fit = \"poor\" }",
            Some("band 1 of alpha/queue rate is reached by no amount for which there is the need"),
        ),
        ("{ up_to = \"11/s\", fit = \"good\" }, { fit = \"poor\" }", None),
        (
            "{ up_to = \"50/s..100/s\", fit = \"good\" }, { up_to = \"100/s..200/s\", fit = \"workable\" }, { fit = \"poor\" }",
            None,
        ),
        (
            "{ up_to = \"50/s\", fit = \"good\" }, { up_to = \"90/s\", fit = \"good\", how = \"x\" }, { fit = \"poor\" }",
            None,
        ),
    ] {
        let found = said(&banded(bands), "idle-band");
        assert_eq!(found.first().map(String::as_str), wanted, "{bands}");
    }
}

#[test]
fn an_answer_that_gets_better_as_more_is_asked_is_found() {
    let variant = |when: &str, fit: &str| {
        Small::new().and(ALPHA, &format!("\n[[capability.rate.variant]]\nwhen = \"{when}\"\nfit = \"{fit}\"\n"))
    };
    let message = "alpha/queue rate gets better as `flow.rate` gets harder";
    assert_eq!(said(&variant("flow.rate > 1k/s", "native"), "not-monotone"), [message]);
    assert_eq!(said(&variant("flow.rate > 1k/s", "poor"), "not-monotone"), [""; 0]);
    // A need that goes as more is asked, and comes back under no other name.
    assert_eq!(said(&needed("flow.rate > 0/s and flow.rate < 1k/s"), "not-monotone").len(), 2);
}
