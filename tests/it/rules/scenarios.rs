//! `brokerfit rules test`: every kind of expectation is met or not, with its place; what means nothing is refused.

use std::path::{Path, PathBuf};

use brokerfit::context::Exit;
use serde_json::json;

use super::command::{folder, json, run};
use super::small::Small;
use crate::process::Run;

/// A knowledge base with more to expect of: a scope rule, and an option that a rate rules out.
fn rules(name: &str) -> PathBuf {
    let scope = "[[scope]]\nid = \"nothing-moves\"\neffect = \"neither\"\nwhen = \"flow.rate < 1/min\"\nbecause = \"nothing moves\"\ninstead = \"a letter\"\nsource = [\"bystander\"]\n";
    let small = Small::new().and("scope.toml", scope).with(
        "brokers/beta/queue.toml",
        "{ fit = \"poor\" }",
        "{ fit = \"ruled-out\" }",
    );
    folder(&format!("scenarios-{name}"), &small)
}

/// Runs scenarios against these rules.
fn tested(name: &str, scenarios: &str, more: &[&str]) -> Run {
    let rules = rules(name);
    let folder = rules.join("scenarios");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("all.yaml"), scenarios).unwrap();
    run(&[&["test", "--rules", rules.to_str().unwrap()], more].concat())
}

const BUSY: &str = "name: busy\nworkload: { flow: { rate: 5k/s } }\n";

/// One expectation of a busy flow.
fn expecting(name: &str, expectation: &str) -> Run {
    tested(name, &format!("{BUSY}x-expect: {{ {expectation} }}\n"), &[])
}

#[test]
fn the_scenarios_of_the_project_come_out_as_expected() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/scenarios");
    let run = run(&["test", own.to_str().unwrap()]);
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Fine, ""), "{}", run.stdout);
    assert!(run.stdout.ends_with(" expectations: all as expected\n"), "{}", run.stdout);
}

#[test]
fn each_expectation_is_met_or_not() {
    for (place, (met, unmet, said)) in [
        (
            "needs: { rate: { alpha/queue: poor } }",
            "needs: { rate: { alpha/queue: native } }",
            "alpha/queue is poor at `rate`",
        ),
        (
            "needs: { rate: { beta/queue: ruled-out } }",
            "needs: { rate: { beta/queue: good } }",
            "beta/queue is ruled out at `rate`",
        ),
        ("in: [alpha/queue]", "in: [alpha/queue, beta/queue]", "beta/queue is ruled out"),
        ("out: [beta/queue]", "out: [alpha/queue]", "alpha/queue is not ruled out"),
        ("broker: alpha", "broker: beta", "alpha leads"),
        ("option: alpha/queue", "option: beta/queue", "alpha/queue leads"),
        ("kind: one", "kind: both", "the verdict is one"),
        ("strength: toss-up", "strength: clear", "the verdict is"),
        ("no-conflicts: [lossy-and-busy]", "conflicts: [lossy-and-busy]", "the conflict `lossy-and-busy` is not found"),
        ("no-scope: [nothing-moves]", "scope: nothing-moves", "the scope rule `nothing-moves` does not decide"),
    ]
    .into_iter()
    .enumerate()
    {
        let fine = expecting(&format!("met-{place}"), met);
        assert_eq!((fine.exit, fine.stderr.as_str()), (Exit::Fine, ""), "{met}: {}", fine.stdout);
        let wrong = expecting(&format!("unmet-{place}"), unmet);
        assert_eq!((wrong.exit, wrong.stderr.as_str()), (Exit::Refused, ""), "{unmet}");
        assert!(wrong.stdout.contains(&format!("error[unexpected]: busy: {said}")), "{unmet}: {}", wrong.stdout);
    }
}

#[test]
fn what_exists_is_not_absent_and_what_is_absent_has_no_fit() {
    let lossy = "name: lossy\nworkload: { flow: { loss: true, rate: 5M/s } }\nx-expect:\n";
    let fine = tested("lossy", &format!("{lossy}  absent: [keep]\n  conflicts: [lossy-and-busy]\n"), &[]);
    assert_eq!(fine.exit, Exit::Fine, "{}{}", fine.stdout, fine.stderr);
    let wrong =
        tested("lossy-not", &format!("{lossy}  absent: [rate]\n  needs: {{ keep: {{ alpha/queue: good }} }}\n"), &[]);
    assert!(
        wrong.stdout.contains("the need `rate` is created") && wrong.stdout.contains("the need `keep` is not created")
    );
}

#[test]
fn what_came_out_otherwise_is_shown_in_its_place() {
    let both = format!(
        "{BUSY}x-expect:\n  broker: beta\n---\nname: fine\nworkload: {{ flow: {{ rate: 5/s }} }}\nx-expect: {{ kind: one }}\n"
    );
    let people = tested("place", &both, &[]);
    assert!(
        people.stdout.contains("all.yaml:4:11") && people.stdout.contains("^^^^ expected `broker: beta`"),
        "{}",
        people.stdout
    );
    assert!(people.stdout.ends_with("2 scenarios, 2 expectations: 1 came out otherwise\n"), "{}", people.stdout);
    let rules = rules("place-json");
    std::fs::create_dir_all(rules.join("scenarios")).unwrap();
    std::fs::write(rules.join("scenarios/all.yaml"), both).unwrap();
    let document = json(&["test", "--rules", rules.to_str().unwrap()]);
    assert_eq!(document["schema"], "brokerfit.rules-test/1");
    assert_eq!(document["summary"], json!({ "scenarios": 2, "unexpected": 1 }));
    let unexpected = &document["scenarios"][0]["unexpected"][0];
    assert_eq!((&unexpected["line"], &unexpected["column"]), (&4.into(), &11.into()));
    assert_eq!((&unexpected["expected"], &unexpected["message"]), (&"broker: beta".into(), &"alpha leads".into()));
}

#[test]
fn what_means_nothing_is_refused_before_anything_is_printed() {
    for (place, (wrong, said)) in [
        ("absent: [rat]", "no need is called `rat`"),
        ("needs: { rate: { alpha/queue: great } }", "`great` is no fit"),
        ("needs: { rate: { alpha/log: good } }", "no option is called `alpha/log`"),
        ("broker: gamma", "no broker is called `gamma`"),
        ("verdict: alpha", "nothing can be expected under `verdict`"),
        ("strength: strong", "`strong` is no strength"),
        ("conflicts: [busy]", "no conflict is called `busy`"),
    ]
    .into_iter()
    .enumerate()
    {
        let run = expecting(&format!("nothing-{place}"), wrong);
        assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""), "{wrong}");
        assert!(run.stderr.contains(said), "{wrong}: {}", run.stderr);
    }
    let silent = tested("silent", BUSY, &[]);
    assert_eq!(silent.exit, Exit::Fine);
    assert!(silent.stderr.contains("warning[expects-nothing]: busy expects nothing"), "{}", silent.stderr);
    let empty = rules("empty");
    std::fs::create_dir_all(empty.join("scenarios")).unwrap();
    assert_eq!(run(&["test", "--rules", empty.to_str().unwrap()]).exit, Exit::Wrong);
}
