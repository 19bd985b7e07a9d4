//! `brokerfit check`: every row of the table "how `check` judges", directories, formats and exit codes.

#![expect(clippy::indexing_slicing, reason = "a test may panic")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use brokerfit::advice::{Question, advise};
use brokerfit::commands::check;
use brokerfit::context::Exit;
use brokerfit::engine::{Kind, Sampler, Strength, Verdict};
use brokerfit::gate::{Finding, judge};
use brokerfit::knowledge::Level;
use brokerfit::profile::read_profiles;
use brokerfit::rules::built_in;
use brokerfit::source::{Format, Source};
use clap::Parser;
use serde_json::Value;

use crate::process::{Run, run_in_process};

/// A history that is read again, in order, by several groups: a log.
const HISTORY: &str = "workload:
  throughput: 20k/s
  retention: { period: 7d, replay: true }
  ordering: { scope: per-key, keys: 10k }
  consumers: { groups: 4, stateful: true }
";

/// Work by priority, routed by topic, with answers: a replicated queue.
const WORK: &str = "workload:
  throughput: { peak: 2k/s, average: 500/s }
  latency: 50ms
  ordering: none
  delivery: at-least-once
  handling: { priority_levels: 5, per_message_ttl: true, dead_letter: true, retries: 3 }
  routing: { style: topic, reply: true }
  availability: { zones: 3 }
";

/// Next to nothing, for one reader that can wait.
const TABLE: &str = "workload:
  throughput: 5/s
  latency: 5s
  ordering: { scope: per-key, keys: 10 }
  retention: { replay: false }
  routing: { reply: false }
  consumers: { groups: 1 }
environment: { footprint: small }
";

/// The same messages are work by priority and history to be read again.
const TWO_LIVES: &str = "workload:
  throughput: 50/s
  ordering: none
  consumers: { groups: 1 }
  retention: { replay: true, period: 7d }
  handling: { priority_levels: 5, retries: 3 }
";

/// A decision for an option that cannot do what is asked, without a name.
const FORGETFUL: &str = "decision: { broker: rabbitmq, option: classic }\nworkload: { retention: { replay: true } }\n";

/// A profile of a workload with a decision.
fn decided(decision: &str, workload: &str) -> String {
    format!("name: flow\ndecision: {decision}\n{workload}")
}

/// What the gate says of one profile whose verdict was altered.
fn judged(text: &str, alter: impl FnOnce(&mut Verdict)) -> Vec<Finding> {
    let knowledge = built_in().unwrap();
    let read = read_profiles(&knowledge, &[Source::new("profile.yaml", text, Format::Yaml)]);
    assert!(!read.is_refused(), "the profile is right: {:?}", read.problems);
    let mut advice = advise(&knowledge, &read.profiles[0], &Question::default(), &mut Sampler::default());
    alter(&mut advice.judgement.verdict);
    judge(&knowledge, &advice)
}

/// What the gate says of one profile.
fn found(text: &str) -> Vec<Finding> {
    judged(text, |_| {})
}

/// What the gate says of one profile, were its verdict so firm.
fn found_at(strength: Strength, text: &str) -> Vec<Finding> {
    judged(text, |verdict| {
        assert_eq!(verdict.kind, Kind::One, "the workload calls for one broker");
        verdict.strength = Some(strength);
    })
}

fn levels(findings: &[Finding]) -> Vec<(String, Level)> {
    findings.iter().map(|finding| (finding.full_id(), finding.level)).collect()
}

fn only<'f>(findings: &'f [Finding], id: &str) -> &'f Finding {
    let named: Vec<&Finding> = findings.iter().filter(|finding| finding.full_id() == id).collect();
    assert_eq!(named.len(), 1, "one `{id}` in {:?}", levels(findings));
    named[0]
}

fn has(findings: &[Finding], id: &str) -> bool {
    findings.iter().any(|finding| finding.full_id() == id)
}

/// What a place of a finding covers.
fn covered<'t>(text: &'t str, finding: &Finding) -> &'t str {
    finding.span().unwrap().text(text)
}

#[test]
fn a_decision_that_is_advised_is_fine() {
    assert_eq!(found(&decided("{ broker: kafka, option: log }", HISTORY)), []);
    assert_eq!(found(&decided("{ broker: rabbitmq, option: quorum }", WORK)), []);
}

#[test]
fn the_advised_broker_without_an_option_is_fine() {
    assert_eq!(found(&decided("{ broker: kafka }", HISTORY)), []);
    assert_eq!(found(&decided("{ broker: rabbitmq }", WORK)), []);
}

#[test]
fn an_option_that_stated_facts_rule_out_is_an_error() {
    let text = decided("{ broker: rabbitmq, option: quorum }", HISTORY);
    let findings = found(&text);
    let finding = only(&findings, "ruled-out");
    assert_eq!(finding.level, Level::Error);
    assert_eq!(covered(&text, finding), "quorum");
    assert!(finding.message.contains("`replay`"), "{}", finding.message);
    assert!(finding.places.iter().any(|place| place.span.text(&text) == "true"), "the fact is shown too");
    assert!(finding.help.iter().any(|help| help.contains("kafka/log")), "{:?}", finding.help);
    assert!(!has(&findings, "ruled-out-by-assumption"));
}

#[test]
fn a_broker_is_ruled_out_only_with_each_of_its_options() {
    let newest = "workload: { retention: { latest_per_key: true } }\n";
    let findings = found(&decided("{ broker: rabbitmq }", newest));
    let finding = only(&findings, "ruled-out");
    assert_eq!(finding.level, Level::Error);
    for option in ["rabbitmq/classic", "rabbitmq/quorum", "rabbitmq/stream"] {
        assert!(finding.message.contains(option), "{}", finding.message);
    }
    // Two of the three options are out, and the third is not.
    let replay = "workload: { retention: { period: 1d, replay: true } }\n";
    assert!(!has(&found(&decided("{ broker: rabbitmq }", replay)), "ruled-out"));
    assert!(has(&found(&decided("{ broker: rabbitmq, option: classic }", replay)), "ruled-out"));
}

#[test]
fn a_broker_that_may_not_be_used_is_ruled_out() {
    let text = decided("{ broker: kafka }", "environment: { allowed: [rabbitmq] }\n");
    let findings = found(&text);
    let finding = only(&findings, "ruled-out");
    assert_eq!(finding.level, Level::Error);
    assert!(finding.message.contains("`environment.allowed`"), "{}", finding.message);
}

#[test]
fn an_option_that_only_an_assumption_rules_out_is_a_warning_that_names_the_fact() {
    let assumed = "workload: { pattern: event-sourcing, throughput: 2k/s, ordering: per-key }\n";
    let findings = found(&decided("{ broker: rabbitmq, option: quorum }", assumed));
    let finding = only(&findings, "ruled-out-by-assumption");
    assert_eq!(finding.level, Level::Warning);
    assert!(finding.message.contains("`retention.replay` (assumed: true)"), "{}", finding.message);
    assert!(finding.help.iter().any(|help| help.starts_with("state `retention.")), "{:?}", finding.help);
    assert!(!has(&findings, "ruled-out"));
}

#[test]
fn one_stated_fact_among_assumed_ones_makes_it_an_error() {
    let mixed = "workload: { pattern: event-sourcing, retention: { period: 1d, replay: true } }\n";
    let findings = found(&decided("{ broker: rabbitmq, option: quorum }", mixed));
    assert_eq!(only(&findings, "ruled-out").level, Level::Error);
    assert!(!has(&findings, "ruled-out-by-assumption"));
}

#[test]
fn another_broker_weighs_as_much_as_the_verdict_is_firm() {
    let text = decided("{ broker: rabbitmq, option: stream }", HISTORY);
    for (strength, level) in
        [(Strength::Clear, Level::Error), (Strength::Leaning, Level::Warning), (Strength::TossUp, Level::Note)]
    {
        let findings = found_at(strength, &text);
        let finding = only(&findings, "mismatch");
        assert_eq!(finding.level, level, "{strength:?}");
        for part in ["`kafka/log`", strength.word(), "% of weightings", "most of all by `"] {
            assert!(finding.message.contains(part), "`{part}` in {}", finding.message);
        }
        assert_eq!(covered(&text, finding), "rabbitmq");
    }
}

#[test]
fn a_broker_named_without_an_option_is_held_against_the_other_too() {
    let findings = found_at(Strength::Clear, &decided("{ broker: kafka }", WORK));
    assert_eq!(levels(&findings), [("mismatch".to_owned(), Level::Error)]);
}

#[test]
fn another_option_of_the_same_broker_is_a_warning_where_it_is_two_steps_worse_on_a_must() {
    let text = decided("{ broker: rabbitmq, option: classic }", WORK);
    let findings = found(&text);
    let finding = only(&findings, "other-option");
    assert_eq!(finding.level, Level::Warning);
    assert_eq!(covered(&text, finding), "classic");
    assert!(finding.message.contains("`rabbitmq/quorum`"), "{}", finding.message);
    // Every row that holds is a finding.
    assert_eq!(only(&findings, "ruled-out").level, Level::Error);
}

#[test]
fn another_option_of_the_same_broker_is_a_note_where_it_is_hardly_worse() {
    let knowledge = built_in().unwrap();
    let text = decided("{ broker: rabbitmq, option: classic }", WORK);
    let read = read_profiles(&knowledge, &[Source::new("profile.yaml", text, Format::Yaml)]);
    let mut advice = advise(&knowledge, &read.profiles[0], &Question::default(), &mut Sampler::default());
    let (classic, quorum) = (
        knowledge.find_option(None, "rabbitmq/classic").unwrap(),
        knowledge.find_option(None, "rabbitmq/quorum").unwrap(),
    );
    let assessment = &mut advice.judgement.assessment;
    // The two answer every need alike, but for wishes.
    let (from, to) = (usize::from(quorum.0), usize::from(classic.0));
    assessment.vetoes[to].clear();
    for need in 0..assessment.needs.len() {
        if assessment.needs[need].must {
            assessment.ratings[to][need] = assessment.ratings[from][need];
        }
    }
    let findings = judge(&knowledge, &advice);
    assert_eq!(levels(&findings), [("other-option".to_owned(), Level::Note)]);
}

#[test]
fn a_wish_rules_nothing_out_and_makes_no_other_option_a_warning() {
    let text = decided("{ broker: rabbitmq, option: classic }", WORK);
    assert!(only(&found(&text), "other-option").message.contains("`survive-zone-loss`"));
    let findings = found(&format!("wants: [survive-zone-loss]\n{text}"));
    assert!(!has(&findings, "ruled-out"), "{:?}", levels(&findings));
    let named = findings.iter().any(|finding| finding.id == "other-option" && finding.message.contains("zone-loss"));
    assert!(!named, "{findings:?}");
}

#[test]
fn neither_is_a_warning_for_any_broker_and_fine_for_none() {
    for decision in ["{ broker: kafka }", "{ broker: rabbitmq, option: quorum }", "{ broker: both }"] {
        let findings = found(&decided(decision, TABLE));
        let finding = only(&findings, "advised-neither");
        assert_eq!(finding.level, Level::Warning, "{decision}");
        assert!(finding.help.iter().any(|help| help.contains("table")), "{:?}", finding.help);
    }
    for decision in ["{ broker: none }", "{ broker: other, option: postgres }"] {
        let findings = found(&decided(decision, TABLE));
        assert!(!has(&findings, "advised-neither") && !has(&findings, "mismatch"), "{:?}", levels(&findings));
    }
}

#[test]
fn nothing_that_fits_is_a_warning_with_what_to_relax() {
    let impossible = "workload: { message: { size: 1 MB, max_size: 2 GB } }\n";
    for decision in ["{ broker: kafka, option: log }", "{ broker: rabbitmq }"] {
        let findings = found(&decided(decision, impossible));
        let finding = only(&findings, "advised-neither");
        assert_eq!(finding.level, Level::Warning);
        assert!(finding.help.iter().any(|help| help.contains("`wants: [large-message]`")), "{:?}", finding.help);
        assert_eq!(only(&findings, "ruled-out").level, Level::Error, "{decision}");
    }
}

#[test]
fn both_is_a_warning_for_one_broker_and_fine_for_both() {
    let findings = found(&decided("{ broker: kafka }", TWO_LIVES));
    let finding = only(&findings, "advised-both");
    assert_eq!(finding.level, Level::Warning);
    assert!(finding.message.contains("rabbitmq/") && finding.message.contains("kafka/"), "{}", finding.message);
    assert_eq!(found(&decided("{ broker: both }", TWO_LIVES)), []);
    assert!(has(&found(&decided("{ broker: none }", TWO_LIVES)), "advised-both"));
}

#[test]
fn both_none_and_other_against_one_broker_warn_only_where_it_is_clear() {
    for decision in ["{ broker: both }", "{ broker: none }", "{ broker: other, option: nats }", "{ broker: other }"] {
        let text = decided(decision, HISTORY);
        for (strength, level) in
            [(Strength::Clear, Level::Warning), (Strength::Leaning, Level::Note), (Strength::TossUp, Level::Note)]
        {
            assert_eq!(levels(&found_at(strength, &text)), [("mismatch".to_owned(), level)], "{decision}");
        }
    }
}

#[test]
fn an_option_absent_from_the_stated_version_is_an_error() {
    let old = format!("{WORK}environment: {{ versions: {{ kafka: \"3.9\" }} }}\n");
    let text = decided("{ broker: kafka, option: share-group }", &old);
    let findings = found(&text);
    let finding = only(&findings, "option-unavailable");
    assert_eq!(finding.level, Level::Error);
    assert!(finding.message.contains("3.9"), "{}", finding.message);
    assert!(finding.help.iter().any(|help| help.contains("4.2")), "{:?}", finding.help);
    assert_eq!(covered(&text, finding), "share-group");
    assert!(!has(&findings, "ruled-out"), "one cause is one finding");
}

#[test]
fn an_option_absent_from_the_stated_provider_is_an_error() {
    let hosted = format!("{WORK}environment: {{ hosting: managed, provider: some-small-host }}\n");
    let findings = found(&decided("{ broker: kafka, option: share-group }", &hosted));
    let finding = only(&findings, "option-unavailable");
    assert_eq!(finding.level, Level::Error);
    assert!(finding.message.contains("some-small-host"), "{}", finding.message);
}

#[test]
fn a_conflict_keeps_its_own_level_and_is_found_without_a_decision_too() {
    let text = "name: flow\nworkload: { throughput: { average: 2k/s, peak: 1k/s } }\n";
    let findings = found(text);
    let finding = only(&findings, "conflict/average-above-peak");
    assert_eq!((finding.level, finding.places.len()), (Level::Error, 2));
    assert_eq!(covered(text, finding), "2k/s");
    let text = "name: flow\nworkload: { ordering: { scope: total }, consumers: { per_group: 9, threads: 1 } }\n";
    assert_eq!(only(&found(text), "conflict/total-order-with-many-handlers").level, Level::Warning);
}

#[test]
fn a_decision_beside_almost_nothing_is_too_thin_to_gate() {
    let findings = found("name: flow\ndecision: { broker: kafka }\n");
    assert_eq!(only(&findings, "too-thin").level, Level::Warning);
    assert!(has(&found(&decided("{ broker: none }", "workload: { routing: topic }\n")), "too-thin"));
    // Without a decision there is nothing to gate.
    assert!(!has(&found("name: flow\n"), "too-thin"));
    // A stated veto is enough.
    assert!(!has(&found(&decided("{ broker: kafka }", "workload: { retention: { replay: true } }\n")), "too-thin"));
    // So are three dimensions.
    let three = "workload: { latency: 10ms, routing: topic, handling: { dead_letter: true } }\n";
    assert!(!has(&found(&decided("{ broker: rabbitmq }", three)), "too-thin"));
    // An old version alone says nothing of the workload.
    let old = "environment: { versions: { kafka: \"3.9\" } }\n";
    assert!(has(&found(&decided("{ broker: rabbitmq }", old)), "too-thin"));
}

#[test]
fn no_decision_is_a_warning_that_says_what_to_record() {
    let text = format!("name: flow\n{HISTORY}");
    let findings = found(&text);
    assert_eq!(levels(&findings), [("undecided".to_owned(), Level::Warning)]);
    assert!(findings[0].help[0].contains("`decision: { broker: kafka, option: log }`"), "{:?}", findings[0].help);
}

#[test]
fn every_finding_has_a_place_a_remedy_and_a_message_in_one_line() {
    let decisions = [
        "{ broker: rabbitmq }",
        "{ broker: rabbitmq, option: classic }",
        "{ broker: kafka, option: share-group }",
        "{ broker: kafka }",
        "{ broker: both }",
        "{ broker: none }",
        "{ broker: other, option: nats }",
    ];
    let workloads = [HISTORY, WORK, TABLE, TWO_LIVES, "", "workload: { pattern: event-sourcing }\n"];
    for text in decisions.iter().flat_map(|decision| workloads.map(|workload| decided(decision, workload))) {
        for finding in found(&text) {
            assert!(finding.span().is_some(), "{finding:?}");
            assert!(!finding.help.is_empty(), "{finding:?}");
            let message = &finding.message;
            assert!(!message.contains('\n') && !message.ends_with('.') && !message.contains("  "), "{message}");
        }
    }
}

#[test]
fn findings_begin_with_the_gravest() {
    let broken = "workload: { throughput: { average: 2k/s, peak: 1k/s }, retention: { period: 7d, replay: true } }\n";
    let findings = found(&decided("{ broker: rabbitmq, option: classic }", broken));
    assert!(findings.len() > 2);
    assert!(findings.is_sorted_by(|left, right| left.level >= right.level));
}

#[derive(Debug, Parser)]
struct Call {
    #[command(flatten)]
    args: check::Args,
}

/// Runs `check` in process.
fn run_with(stdin: &'static str, arguments: &[&str]) -> Run {
    let call = Call::parse_from(std::iter::once("check").chain(arguments.iter().copied()));
    run_in_process(stdin, |context| check::run(&call.args, context).unwrap())
}

fn run(arguments: &[&str]) -> Run {
    run_with("", arguments)
}

/// An empty folder of a test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// A profile that is fine.
fn fine(name: &str) -> String {
    format!("name: {name}\ndecision: {{ broker: kafka, option: log }}\n{HISTORY}")
}

/// The names of the flows of a JSON result.
fn names(run: &Run) -> Vec<String> {
    assert_eq!(run.stderr, "");
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    let flows = document["flows"].as_array().unwrap();
    flows.iter().map(|flow| flow["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn profiles_are_found_in_folders_by_their_names() {
    let root = folder("names");
    for (name, file) in [
        ("a", "a/profile.yaml"),
        ("b", "b/profile.yml"),
        ("d", "d/brokerfit.yaml"),
        ("e", "e/orders.brokerfit.yaml"),
        ("f", "f/with a blank/größe.brokerfit.yml"),
    ] {
        write(&root, file, &fine(name));
    }
    write(&root, "c/profile.json", "{ \"name\": \"c\" }");
    write(&root, "g/profile.toml", "name = \"g\"\n");
    // None of these is a profile.
    write(&root, "brokerfit.toml", "fail-on = \"error\"\n");
    write(&root, "other.yaml", "not: a profile\n");
    write(&root, "profile.txt", "neither\n");
    write(&root, ".hidden/profile.yaml", "broken: [\n");
    write(&root, "target/profile.yaml", "broken: [\n");
    let run = run(&["--format", "json", root.to_str().unwrap()]);
    assert_eq!(run.exit, Exit::Fine);
    assert_eq!(names(&run), ["a", "b", "c", "d", "e", "f", "g"]);
}

#[test]
fn a_file_is_read_whatever_its_name() {
    let root = folder("any-name");
    let file = write(&root, "orders of the day.yaml", &fine("orders"));
    assert_eq!(names(&run(&["--format", "json", &file])), ["orders"]);
    let other = run(&[root.to_str().unwrap()]);
    assert_eq!((other.exit, other.stdout.as_str()), (Exit::Wrong, ""));
}

#[test]
fn a_file_that_is_reached_twice_is_checked_once() {
    let root = folder("twice");
    let file = write(&root, "profile.yaml", &fine("once"));
    assert_eq!(names(&run(&["--format", "json", &file, root.to_str().unwrap(), &file])), ["once"]);
}

#[test]
fn an_empty_folder_is_an_error_that_says_where_it_looked() {
    let root = folder("empty folder");
    write(&root, "brokerfit.toml", "");
    let run = run(&[root.to_str().unwrap()]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    assert!(run.stderr.contains("error[no-profile]: no profile was found in `"), "{}", run.stderr);
    assert!(run.stderr.contains("empty folder"), "{}", run.stderr);
    assert!(run.stderr.contains("`profile.yaml`, `brokerfit.yaml` or `NAME.brokerfit.yaml`"), "{}", run.stderr);
}

#[test]
fn a_folder_without_profiles_beside_others_is_said() {
    let (full, empty) = (folder("beside/full"), folder("beside/empty"));
    write(&full, "profile.yaml", &fine("full"));
    let run = run(&[full.to_str().unwrap(), empty.to_str().unwrap()]);
    assert_eq!(run.exit, Exit::Fine);
    assert_eq!(run.stdout, "1 profile: 1 fine\n");
    assert!(run.stderr.contains("note[no-profile]"), "{}", run.stderr);
}

#[test]
fn configuration_is_never_a_profile() {
    let root = folder("configuration");
    let file = write(&root, "brokerfit.toml", "fail-on = \"error\"\n");
    let run = run(&[&file]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    assert!(run.stderr.contains("is configuration"), "{}", run.stderr);
}

#[test]
fn a_path_that_is_not_there_is_an_error() {
    let root = folder("missing");
    write(&root, "profile.yaml", &fine("there"));
    let run = run(&[root.to_str().unwrap(), root.join("services").to_str().unwrap()]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    assert!(run.stderr.contains("error[not-found]: there is no file or directory"), "{}", run.stderr);
}

#[cfg(unix)]
#[test]
fn links_that_go_round_end() {
    let root = folder("links");
    write(&root, "a/profile.yaml", &fine("a"));
    std::os::unix::fs::symlink(&root, root.join("a/loop")).unwrap();
    std::os::unix::fs::symlink("self", root.join("self")).unwrap();
    assert_eq!(names(&run(&["--format", "json", root.to_str().unwrap()])), ["a"]);
}

#[cfg(unix)]
#[test]
fn a_profile_that_cannot_be_read_never_passes() {
    let root = folder("dangling");
    write(&root, "a/profile.yaml", &fine("a"));
    std::os::unix::fs::symlink("nowhere", root.join("profile.yaml")).unwrap();
    let run = run(&[root.to_str().unwrap()]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    assert!(run.stderr.contains("error[unreadable]"), "{}", run.stderr);
}

#[test]
fn one_bad_profile_leaves_stdout_empty() {
    let root = folder("bad");
    write(&root, "a/profile.yaml", &fine("a"));
    write(&root, "b/profile.yaml", "name: b\nworkload: { troughput: 2k/s }\n");
    write(&root, "c/profile.yaml", "name: [\n");
    let run = run(&[root.to_str().unwrap()]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    assert!(run.stderr.contains("troughput") && run.stderr.contains("c/profile.yaml"), "all at once: {}", run.stderr);
}

#[test]
fn an_input_above_the_limit_is_refused() {
    let root = folder("large");
    let file = write(&root, "profile.yaml", &fine("large"));
    let run = run(&["--max-input", "10", &file]);
    assert_eq!((run.exit, run.stdout.as_str()), (Exit::Wrong, ""));
    assert!(run.stderr.contains("error[too-large]"), "{}", run.stderr);
}

#[test]
fn only_errors_fail() {
    let warned = run_with("name: a\ndecision: { broker: kafka }\n", &["-"]);
    assert_eq!(warned.exit, Exit::Fine, "{}", warned.stdout);
    assert!(warned.stdout.ends_with("1 profile: 1 warning\n"), "{}", warned.stdout);
    let file = write(&folder("only-errors"), "profile.yaml", &format!("name: a\n{FORGETFUL}"));
    let failed = run(&[&file]);
    assert_eq!((failed.exit, failed.stderr.as_str()), (Exit::Refused, ""));
}

#[test]
fn people_see_the_line_with_a_caret_and_a_summary_that_counts_profiles() {
    let root = folder("human");
    let text = "name: äudit\ndecision: { broker: rabbitmq, option: quorum }\n\
                workload:\n  retention: { period: 7d, replay: true }\n";
    write(&root, "a/profile.yaml", text);
    write(&root, "b/profile.yaml", &fine("b"));
    write(&root, "c/profile.yaml", &format!("name: c\n{HISTORY}"));
    let run = run(&[root.to_str().unwrap()]);
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Refused, ""));
    assert!(run.stdout.contains("error[ruled-out]: äudit: `rabbitmq/quorum` is decided"), "{}", run.stdout);
    // `quorum` begins after `decision: { broker: rabbitmq, option: `, which has 38 characters.
    assert!(run.stdout.contains("a/profile.yaml:2:39"), "{}", run.stdout);
    assert!(run.stdout.contains("^^^^^^ decided here"), "{}", run.stdout);
    assert!(run.stdout.ends_with("\n3 profiles: 1 error, 1 warning, 1 fine\n"), "{}", run.stdout);
}

#[test]
fn many_findings_are_counted_and_the_gravest_are_shown() {
    let root = folder("many");
    let mut text = String::new();
    for number in 0..150 {
        writeln!(text, "---\nname: thin-{number}").unwrap();
    }
    text += "---\nname: last\n";
    text += FORGETFUL;
    let file = write(&root, "profile.yaml", &text);
    let run = run(&[&file]);
    assert_eq!(run.exit, Exit::Refused);
    assert!(run.stdout.contains("error[ruled-out]: last:"), "{}", run.stdout);
    assert!(run.stdout.contains(" more; `--format json` lists all of them"), "{}", run.stdout);
    assert!(run.stdout.contains("151 profiles: 1 error, 150 warnings\n"), "{}", run.stdout);
}

#[test]
fn programs_read_every_key() {
    let text = "name: fine\ndecision: { broker: none }\n---\nname: flow\n\
                decision: { broker: rabbitmq, option: quorum }\nworkload:\n  retention: { period: 7d, replay: true }\n";
    let run = run_with(text, &["--format", "json", "-"]);
    assert_eq!((run.exit, run.stderr.as_str()), (Exit::Refused, ""));
    let document: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(document["schema"], "brokerfit.check/1");
    assert!(document["knowledge"]["version"].is_string());
    assert_eq!(document["summary"]["flows"], 2);
    assert_eq!(document["summary"]["errors"], 1);
    let flow = &document["flows"][1];
    assert_eq!((&flow["name"], &flow["file"], &flow["line"]), (&"flow".into(), &"<stdin>".into(), &4.into()));
    assert_eq!(flow["decision"], serde_json::json!({ "broker": "rabbitmq", "option": "rabbitmq/quorum" }));
    for key in ["kind", "broker", "option", "strength", "share"] {
        assert!(flow["verdict"].get(key).is_some(), "{key}");
    }
    let finding = &flow["findings"][0];
    assert_eq!((&finding["id"], &finding["level"]), (&"ruled-out".into(), &"error".into()));
    assert_eq!((&finding["line"], &finding["column"]), (&5.into(), &39.into()));
    assert_eq!(finding["facts"], serde_json::json!(["retention.replay"]));
    assert!(finding["message"].is_string() && finding["help"].is_array());
}

#[test]
fn the_program_exits_with_0_1_and_2() {
    let root = folder("program");
    write(&root, "good/profile.yaml", &fine("good"));
    write(&root, "bad/profile.yaml", &format!("name: bad\n{FORGETFUL}"));
    write(&root, "broken/profile.yaml", "name: broken\nworkload: 1\n");
    let program = |at: &str| {
        let mut command = assert_cmd::Command::cargo_bin("brokerfit").unwrap();
        command.arg("check").current_dir(root.join(at)).assert()
    };
    program("good").code(0).stdout("1 profile: 1 fine\n").stderr("");
    let refused = program("bad").code(1).stderr("");
    let stdout = String::from_utf8(refused.get_output().stdout.clone()).unwrap();
    assert!(stdout.contains("--> profile.yaml:2:39"), "{stdout}");
    program("broken").code(2).stdout("");
}
