//! Cases inside rules and beside them, what they cover, and whether they notice a change: each sort of change is killed by
//! the case that is for it, and survives without that case.

use std::path::PathBuf;

use brokerfit::context::Exit;
use serde_json::Value;

use super::command::{folder, json, run};
use super::small::Small;
use crate::process::Run;

/// A small knowledge base with one of each thing that can be changed, and these cases beside it.
fn rules(name: &str, cases: &str) -> PathBuf {
    let settings = r#"
[[key]]
id = "depth"
scope = "queue"
type = "integer"
unit = "count"
default = "0"
about = "how deep"
source = ["alpha-book"]
"#;
    let tuning = r#"
[[setting]]
key = "depth"
scope = "queue"
when = "flow.loss"
choose = [{ when = "flow.rate > 1k/s", value = "10" }, { value = "20" }]
why = "It is deep."
source = ["alpha-book"]
"#;
    let scope = r#"
[[scope]]
id = "nothing-moves"
effect = "neither"
when = "flow.rate < 1/min and not flow.loss"
because = "nothing moves"
instead = "a letter"
source = ["bystander"]
"#;
    let variant = r#"
[[capability.keep.variant]]
since = "2.0"
when = "flow.rate > 500/s"
fit = "workable"
compensate = "Wait."
"#;
    let small = Small::new()
        .and("brokers/alpha/settings.toml", settings)
        .and("brokers/alpha/tuning.toml", tuning)
        .and("brokers/alpha/queue.toml", variant)
        .and("scope.toml", scope)
        .and("cases/all.toml", cases);
    folder(&format!("mutants-{name}"), &small)
}

/// Cases that kill every change of these rules, each with what it is there for.
const CASES: [(&str, &str); 11] = [
    (
        "the edge of `rate`",
        "[[case]]\nalong = \"flow.rate\"\nat = [\"60/s\", \"100/s\", \"101/s\", \"180/s\"]\n[case.needs.rate]\n\"alpha/queue\" = [\"native\", \"native\", \"poor\", \"poor\"]\n\"beta/queue\" = [\"native\", \"native\", \"poor\", \"poor\"]\n",
    ),
    ("no rate at all", "[[case]]\ngiven = [\"flow.rate=0/s\"]\ncreated.rate = false\n"),
    (
        "what is kept",
        "[[case]]\ngiven = [\"flow.loss=false\"]\nneeds.keep = { \"alpha/queue\" = \"good\", \"beta/queue\" = \"good\" }\n",
    ),
    ("what may be lost", "[[case]]\ngiven = [\"flow.loss=true\"]\nabsent = [\"keep\"]\n"),
    (
        "the variant",
        "[[case]]\nalong = \"flow.rate\"\nat = [\"300/s\", \"501/s\", \"900/s\"]\nneeds.keep.\"alpha/queue\" = [\"good\", \"workable\", \"workable\"]\nby.keep.\"alpha/queue\" = [\"base\", \"since 2.0, where flow.rate > 500/s\", \"\"]\n",
    ),
    (
        "the older line",
        "[[case]]\ngiven = [\"environment.versions.alpha=1.0\", \"flow.rate=900/s\"]\nneeds.keep.\"alpha/queue\" = \"good\"\n",
    ),
    (
        "the contradiction",
        "[[case]]\ngiven = [\"flow.loss=true\"]\nalong = \"flow.rate\"\nat = [\"600k/s\", \"1M/s\", \"1.1M/s\", \"1.9M/s\"]\nholds.lossy-and-busy = [false, false, true, true]\n",
    ),
    (
        "no contradiction",
        "[[case]]\ngiven = [\"flow.loss=false\", \"flow.rate=2M/s\"]\nno-conflicts = [\"lossy-and-busy\"]\n",
    ),
    (
        "the scope rule",
        "[[case]]\ngiven = [\"flow.loss=false\"]\nalong = \"flow.rate\"\nat = [\"0.6/min\", \"0.9/min\", \"1/min\", \"1.9/min\"]\nholds.nothing-moves = [true, true, false, false]\n",
    ),
    ("no scope rule", "[[case]]\ngiven = [\"flow.loss=true\", \"flow.rate=0.5/min\"]\nholds.nothing-moves = false\n"),
    (
        "the setting",
        "[[case]]\ngiven = [\"flow.loss=true\"]\nalong = \"flow.rate\"\nat = [\"600/s\", \"1k/s\", \"1.1k/s\", \"1.9k/s\"]\nsettings.\"alpha/queue\".depth = [\"20\", \"20\", \"10\", \"10\"]\n[[case]]\ngiven = [\"flow.loss=false\"]\nno-settings.\"alpha/queue\" = \"depth\"\n",
    ),
];

/// The names of the changes that survive and matter.
fn survivors(document: &Value) -> Vec<&str> {
    let mutants = document["mutants"].as_array().unwrap().iter();
    mutants.filter(|mutant| mutant["fate"] == "survives").map(|mutant| mutant["mutant"].as_str().unwrap()).collect()
}

fn all_but(left_out: usize) -> String {
    CASES.iter().enumerate().filter(|(place, _)| *place != left_out).map(|(_, (_, case))| *case).collect()
}

#[test]
fn every_change_is_noticed_by_the_case_that_is_for_it() {
    let whole = rules("whole", &all_but(CASES.len()));
    let run = run(&["test", "--mutate", "--rules", whole.to_str().unwrap()]);
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Fine, ""), "{}", run.stdout);
    assert!(run.stdout.ends_with(" 0 explained, 0 survive and matter\n"), "{}", run.stdout);
    for (place, (what, _)) in CASES.iter().enumerate() {
        let rules = rules(&format!("without-{place}"), &all_but(place));
        let killed = |document: &Value| {
            document["mutants"].as_array().unwrap().iter().filter(|mutant| mutant["fate"] == "killed").count()
        };
        let with = killed(&json(&["test", "--mutate", "--rules", whole.to_str().unwrap()]));
        let without = killed(&json(&["test", "--mutate", "--rules", rules.to_str().unwrap()]));
        assert!(without < with, "nothing survives without the case of {what}");
    }
}

#[test]
fn a_survivor_that_matters_is_shown_with_a_flow_and_may_be_explained() {
    let rules = rules("survivor", &all_but(10));
    let path = rules.to_str().unwrap();
    let call = ["test", "--mutate", "--only", "setting alpha depth", "--rules", path];
    let refused = run(&call);
    assert_eq!((refused.exit, refused.stderr.as_str()), (Exit::Refused, ""));
    let id = "setting alpha depth@queue: without its condition";
    assert!(refused.stdout.contains(&format!("{id}\n  where nothing is stated\n")), "{}", refused.stdout);
    let document = json(&call);
    let names = survivors(&document);
    assert!(names.contains(&id), "{names:?}");
    let list = |names: &[&str]| {
        let entries: Vec<String> =
            names.iter().map(|name| format!("[[survivor]]\nmutant = {name:?}\nbecause = \"it is so\"\n")).collect();
        std::fs::write(rules.join("survivors.toml"), entries.concat()).unwrap();
        run(&call)
    };
    let explained = list(&names);
    assert_eq!((explained.exit, explained.stderr.as_str()), (Exit::Fine, ""), "{}", explained.stdout);
    let gone = list(&[names.as_slice(), &["setting alpha breadth@queue: without its condition"]].concat());
    assert_eq!(gone.exit, Exit::Refused);
    assert!(gone.stderr.contains("needs no explanation: no mutant is called so"), "{}", gone.stderr);
}

#[test]
fn an_explanation_of_what_a_case_kills_is_outdated() {
    let rules = rules("outdated", &all_but(CASES.len()));
    let killed = "[[survivor]]\nmutant = \"need keep: without its condition\"\nbecause = \"it was so\"\n";
    std::fs::write(rules.join("survivors.toml"), killed).unwrap();
    let run = run(&["test", "--mutate", "--rules", rules.to_str().unwrap()]);
    assert_eq!(run.exit, Exit::Refused);
    assert!(
        run.stderr.contains("error[outdated-survivor]") && run.stderr.contains("survivors.toml:2:10"),
        "{}",
        run.stderr
    );
}

#[test]
fn coverage_counts_what_is_expected_and_not_what_is_merely_read() {
    let whole = rules("covered", &all_but(CASES.len()));
    let full = run(&["test", "--min-coverage", "100%", "--rules", whole.to_str().unwrap()]);
    assert_eq!(full.exit, Exit::Fine, "{}", full.stdout);
    assert!(full.stdout.contains("2 of 2 needs that exist\n"), "{}", full.stdout);
    let part = rules("not-covered", CASES[0].1);
    let call = ["test", "--min-coverage", "50", "--rules", part.to_str().unwrap()];
    let refused = run(&call);
    assert_eq!(refused.exit, Exit::Refused);
    assert!(refused.stdout.contains("nothing is expected of: keep (needs that exist)\n"), "{}", refused.stdout);
    let document = json(&call);
    assert_eq!(document["coverage"][0]["missing"], serde_json::json!(["keep"]));
}

/// Rules in which blocks carry cases of their own.
fn inside(name: &str, need: &str, answer: &str) -> Run {
    let small = Small::new()
        .with("needs/throughput.toml", "amount = \"flow.rate\"", &format!("amount = \"flow.rate\"\n{need}"))
        .with("brokers/alpha/queue.toml", "how = \"It is fast.\"", &format!("how = \"It is fast.\"\n{answer}"));
    run(&["test", "--rules", folder(&format!("inside-{name}"), &small).to_str().unwrap()])
}

#[test]
fn a_block_carries_its_own_cases() {
    let need = "case = [{ given = [\"flow.rate=3/s\"], creates = true, amount = \"3/s\" }, { given = [\"flow.rate=0/s\"], creates = false }]";
    let answer =
        "case = [{ along = \"flow.rate\", at = [\"100/s\", \"101/s\"], fit = [\"native\", \"poor\"], by = \"base\" }]";
    let fine = inside("fine", need, answer);
    assert_eq!((fine.exit, fine.stderr.as_str()), (Exit::Fine, ""), "{}", fine.stdout);
    assert_eq!(fine.stdout, "4 scenarios, 7 expectations: all as expected\n");
    let wrong = inside("wrong", need, &answer.replace("\"native\", \"poor\"", "\"native\", \"native\""));
    assert_eq!(wrong.exit, Exit::Refused);
    assert!(
        wrong.stdout.contains("alpha/queue at rate, case 1, flow.rate=101/s: alpha/queue is poor at `rate`"),
        "{}",
        wrong.stdout
    );
}

#[test]
fn what_is_wrong_with_a_case_is_shown_in_its_place() {
    for (place, (case, said)) in [
        ("case = [{ given = [\"flow.rat=3/s\"], creates = true }]", "no fact is called `flow.rat`"),
        ("case = [{ given = [\"flow.rate=3 miles\"], creates = true }]", "3 miles"),
        ("case = [{ given = [\"flow.rate=3/s\"], create = true }]", "nothing can be expected under `create`"),
        ("case = [{ given = [\"flow.rate=3/s\"], creates = \"perhaps\" }]", "`perhaps` is neither true nor false"),
        (
            "case = [{ along = \"flow.rate\", creates = true }]",
            "`along` names a fact, and `at` its values: both or none",
        ),
        (
            "case = [{ along = \"flow.rate\", at = [\"3/s\"], creates = [true, true] }]",
            "`creates` says 2 things of 1 values",
        ),
        ("case = [{ given = [\"flow.rate=3/s\"], amount = \"3 s\" }]", "3 s"),
        ("case = [3]", "a case must be a table"),
    ]
    .into_iter()
    .enumerate()
    {
        let run = inside(&format!("place-{place}"), case, "");
        assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""), "{case}");
        assert!(run.stderr.contains(said) && run.stderr.contains("needs/throughput.toml:7:"), "{case}: {}", run.stderr);
    }
}

/// Tests run in the root of the project, so the built-in rules are tested with the cases beside them.
#[test]
fn the_cases_of_the_project_come_out_as_expected_and_cover_every_need_answer_and_rule() {
    let run = run(&["test", "--coverage"]);
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Fine, ""), "{}", run.stdout);
    for sort in ["needs that exist", "needs that do not", "contradictions and scope rules that hold"] {
        let missing = run
            .stdout
            .lines()
            .any(|line| line.starts_with("nothing is expected") && line.ends_with(&format!("({sort})")));
        assert!(!missing, "{}", run.stdout);
    }
}

/// A sample of the changes of the built-in rules, spread over all of them; CI hunts every one.
#[test]
fn changes_of_the_built_in_rules_are_noticed_or_explained() {
    let run = run(&["test", "--mutate", "--sample", "400"]);
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Fine, ""), "{}", run.stdout);
}
