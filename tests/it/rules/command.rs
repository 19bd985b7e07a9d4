//! The command: its formats, its exit codes, rules of one's own, and the day.

use std::path::{Path, PathBuf};

use brokerfit::commands::rules;
use brokerfit::context::Exit;
use brokerfit::quantity::Date;
use clap::Parser;
use serde_json::Value;

use super::small::Small;
use crate::process::{Run, run_in_process};
use crate::support::KNOWLEDGE;

#[derive(Debug, Parser)]
struct Call {
    #[command(flatten)]
    args: rules::Args,
}

/// Runs `rules` in process, on the first of December 2026.
pub(super) fn run(arguments: &[&str]) -> Run {
    let call = Call::parse_from(std::iter::once("rules").chain(arguments.iter().copied()));
    run_in_process("", |context| {
        context.today = Date::parse("2026-12-01").unwrap();
        rules::run(&call.args, context).unwrap()
    })
}

pub(super) fn json(arguments: &[&str]) -> Value {
    let run = run(&[arguments, &["--format", "json"]].concat());
    assert_eq!(run.stderr, "");
    serde_json::from_str(&run.stdout).unwrap()
}

/// A folder with rules.
pub(super) fn folder(name: &str, small: &Small) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rules").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    small.write(&folder);
    folder
}

#[test]
fn the_built_in_rules_pass() {
    let run = run(&["lint"]);
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Fine, ""), "{}", run.stdout);
    assert!(run.stdout.ends_with("`--notes` lists the notes\n"), "{}", run.stdout);
}

#[test]
fn a_warning_refuses_and_a_note_does_not() {
    let noted = folder("noted", &Small::new().with("brokers/alpha/queue.toml", ", \"bystander\"", ""));
    let run_noted = run(&["lint", "--rules", noted.to_str().unwrap()]);
    assert_eq!(run_noted.exit, Exit::Fine);
    assert!(run_noted.stdout.contains("note[single-support]: 1: "), "{}", run_noted.stdout);
    assert!(!run_noted.stdout.contains("alpha/queue rate"), "notes are counted");
    let full = run(&["lint", "--notes", "--rules", noted.to_str().unwrap()]).stdout;
    assert!(full.contains("alpha/queue rate"), "{full}");
    let warned = folder("warned", &Small::new().source("idle", "alpha", "documented"));
    let run_warned = run(&["lint", "--rules", warned.to_str().unwrap()]);
    assert_eq!(run_warned.exit, Exit::Refused);
    assert!(
        run_warned.stdout.contains("warning[unused-source]: nothing rests on the source `idle`\n")
            && run_warned.stdout.contains("/sources/all.toml:30:9"),
        "{}",
        run_warned.stdout
    );
    // Other lints alone do not see it.
    let other = run(&["lint", "--only", "twins,home-page", "--rules", warned.to_str().unwrap()]);
    assert_eq!(other.exit, Exit::Fine);
}

#[test]
fn what_is_known_from_older_lines_is_counted_and_listed_when_asked_for() {
    let old = Small::new().with(
        "sources/all.toml",
        "version = \"2.0\"\naffiliation = \"beta\"",
        "version = \"1.0\"\naffiliation = \"beta\"",
    );
    let rules = folder("below", &old);
    let lint = |more: &[&str]| run(&[&["lint", "--rules", rules.to_str().unwrap()], more].concat());
    let (counted, listed) = (lint(&[]), lint(&["--below-newest"]));
    assert_eq!((counted.exit, listed.exit), (Exit::Fine, Exit::Fine));
    assert!(counted.stdout.contains("note[below-newest]: 2: "), "{}", counted.stdout);
    assert!(!counted.stdout.contains("beta/queue"), "{}", counted.stdout);
    assert!(listed.stdout.contains("beta/queue keep is known from 1.0, and 2.0 is the newest"), "{}", listed.stdout);
    assert_eq!(lint(&["--only", "below-newest"]).stdout.lines().count(), listed.stdout.lines().count());
}

#[test]
fn what_is_older_is_asked_for_by_day_or_by_length() {
    let rules = folder("older", &Small::new());
    let rules = rules.to_str().unwrap();
    let found = |older: &str| json(&["lint", "--rules", rules, "--older-than", older])["summary"]["warnings"].clone();
    assert_eq!(found("2026-11-01"), 0);
    assert_eq!(found("2026-11-02"), 3);
    // Thirty days before the first of December is the first of November.
    assert_eq!(found("30d"), 0);
    assert_eq!(found("29d"), 3);
    assert_eq!(found("1y"), 0);
    let document = json(&["lint", "--rules", rules, "--older-than", "1d", "--only", "checked-before"]);
    assert_eq!(document["schema"], "brokerfit.rules-lint/1");
    let finding = &document["findings"][0];
    assert_eq!((&finding["lint"], &finding["level"]), (&"checked-before".into(), &"warning".into()));
    assert!(finding["concerns"].as_array().unwrap().contains(&"alpha/queue rate".into()));
}

#[test]
fn a_wrong_call_says_what_is_right() {
    let day = run(&["lint", "--older-than", "June"]);
    assert_eq!((day.exit, day.stdout.as_str()), (Exit::Wrong, ""));
    assert!(day.stderr.contains("`June` is neither a day nor a length of time"), "{}", day.stderr);
    let name = run(&["lint", "--only", "twin"]);
    assert_eq!((name.exit, name.stdout.as_str()), (Exit::Wrong, ""));
    assert!(name.stderr.contains("did you mean `twins`?"), "{}", name.stderr);
    let nowhere = run(&["audit", "--rules", "no/such/folder"]);
    assert_eq!((nowhere.exit, nowhere.stdout.as_str()), (Exit::Wrong, ""));
}

#[test]
fn rules_that_do_not_load_are_shown_with_their_places() {
    let broken = Small::new().with("needs/delivery.toml", "not flow.loss", "not flow.los");
    let run = run(&["lint", "--rules", folder("broken", &broken).to_str().unwrap()]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    assert!(run.stderr.contains("needs/delivery.toml:5") && run.stderr.contains("flow.los"), "{}", run.stderr);
    let empty = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rules").join("empty");
    std::fs::create_dir_all(&empty).unwrap();
    assert_eq!(self::run(&["list", "--rules", empty.to_str().unwrap()]).exit, Exit::Wrong);
}

#[test]
fn the_rules_of_the_project_are_the_built_in_ones() {
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let own = run(&["audit", "--format", "json", "--rules", own.to_str().unwrap()]);
    assert_eq!(own.stdout, run(&["audit", "--format", "json"]).stdout);
}

#[test]
fn everything_is_listed_with_the_day_and_the_line_on_which_it_was_checked() {
    let document = json(&["list"]);
    assert_eq!(document["schema"], "brokerfit.rules-list/1");
    let count = |kind: &str| document[kind].as_array().unwrap().len();
    assert_eq!(count("needs"), KNOWLEDGE.needs.len());
    assert_eq!(count("options"), KNOWLEDGE.options.len());
    assert_eq!(count("settings"), KNOWLEDGE.catalogue.len());
    assert_eq!(count("conflicts"), KNOWLEDGE.conflicts.len());
    assert_eq!(count("sources"), KNOWLEDGE.sources.len());
    assert_eq!(count("lints"), brokerfit::lint::LINTS.len());
    for kind in ["answers", "settings", "sources"] {
        for entry in document[kind].as_array().unwrap() {
            assert!(entry["checked_on"].is_string(), "{kind}: {entry}");
        }
    }
}

#[test]
fn one_kind_is_listed_a_line_each() {
    let needs = run(&["list", "--kind", "needs"]).stdout;
    assert!(needs.contains("\n  replay "), "{needs}");
    assert!(!needs.contains("kafka/log"), "{needs}");
    let rules = folder("listed", &Small::new());
    let sources = json(&["list", "--kind", "sources", "--rules", rules.to_str().unwrap()]);
    let title = sources["sources"][2]["title"].as_str().unwrap();
    assert!(title.contains("message 1 KiB; measured on 2026-03"), "{title}");
    let lints = run(&["list", "--kind", "lints"]).stdout;
    assert!(lints.contains("  twins (warning): "), "{lints}");
    let overview = run(&["list"]).stdout;
    assert!(overview.contains("\nneeds: ") && overview.contains("\n  retention: "), "{overview}");
}

#[test]
fn the_audit_is_told_to_people_and_to_programs() {
    let text = run(&["audit"]).stdout;
    for part in ["Answers by fit", "Who is ahead", "Whose word", "Who is cited", "Strong effects on one source"] {
        assert!(text.contains(part), "{part}");
    }
    let document = json(&["audit"]);
    assert_eq!(document["schema"], "brokerfit.rules-audit/1");
    let option = &document["options"][0];
    assert!(option["fits"]["usual"]["native"].is_number() && option["voices"]["own-maker"]["weight"].is_number());
    assert_eq!(document["strong"].as_array().unwrap().len(), brokerfit::audit::audit(&KNOWLEDGE).strong.len());
    let page = run(&["audit", "--format", "markdown"]).stdout;
    assert!(page.contains("\n## Whose word\n") && page.contains("|---|"), "{page}");
}
