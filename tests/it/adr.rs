//! `advise --format adr`: a record for each flow that says what the advice says, and a block for the profile with which
//! `check` holds the record true.

use brokerfit::advice::recorded;
use brokerfit::advice::{Advice, Argument, Depth, Lines, Question, Recorded, advise, arguments, assumes, lies_within};
use brokerfit::engine::{Kind, Sampler};
use brokerfit::expr::FactId;
use brokerfit::gate::{Finding, judge};
use brokerfit::knowledge::Level;
use brokerfit::profile::{Profile, Within, read_profiles, set_facts};
use brokerfit::render::{Report, adr, json};
use brokerfit::source::{Format, Source};
use serde_json::Value;

use super::examples::sources;
use super::support::{KNOWLEDGE, advised, law, profile as any_profile, stating};

/// The headings of MADR 4, in their order.
const HEADINGS: [&str; 9] = [
    "## Context and Problem Statement",
    "## Decision Drivers",
    "## Considered Options",
    "## Decision Outcome",
    "### Consequences",
    "### Confirmation",
    "### Dissent",
    "## Pros and Cons of the Options",
    "## More Information",
];

fn deeply(profile: &Profile) -> Advice<'_> {
    let question = Question { among: Vec::new(), lines: Lines::NewerToo, depth: Depth::Full };
    advise(&KNOWLEDGE, profile, &question, &mut Sampler::default())
}

fn report(sources: &[Source]) -> Report<'_> {
    Report::new(&KNOWLEDGE, sources, 1000).at(Depth::Full, 10_000)
}

fn record(sources: &[Source], advice: &Advice<'_>) -> String {
    adr::flow(&report(sources), advice, true).unwrap()
}

/// The profiles of a YAML text that is right.
fn read(text: &str) -> Vec<Profile> {
    let read = read_profiles(&KNOWLEDGE, &[Source::new("profile.yaml", text, Format::Yaml)]);
    assert!(!read.is_refused(), "{:?}\n{text}", read.problems);
    read.profiles
}

/// What stands between the fences.
fn block(record: &str) -> &str {
    let (_, rest) = record.split_once("```yaml\n").unwrap();
    rest.split_once("```").unwrap().0
}

/// A profile with the record's block as its decision.
fn with_block(profile: &Profile, record: &str) -> Profile {
    let decided = read(&format!("name: pasted\n{}", block(record))).remove(0).decision;
    assert!(decided.is_some(), "{record}");
    Profile { decision: decided, ..profile.clone() }
}

fn findings(profile: &Profile) -> Vec<Finding> {
    judge(&KNOWLEDGE, &advised(profile))
}

fn broken(profile: &Profile) -> Vec<Finding> {
    findings(profile).into_iter().filter(|finding| finding.id == "assumption-broken").collect()
}

fn examples() -> (Vec<Source>, Vec<Profile>) {
    let sources = sources("examples");
    let read = read_profiles(&KNOWLEDGE, &sources);
    (sources, read.profiles)
}

#[test]
fn the_record_of_every_example_has_the_headings_of_madr_and_says_what_the_advice_says() {
    let (sources, profiles) = examples();
    for profile in &profiles {
        let advice = deeply(profile);
        let record = record(&sources, &advice);
        let name = &profile.name;
        let mut from = 0;
        for heading in HEADINGS {
            let found = record[from..].find(&format!("\n{heading}\n")).map(|place| from + place);
            from = found.unwrap_or_else(|| panic!("{name}: {heading} in its place\n{record}"));
        }
        let text = json::flow(&report(&sources), &advice, true).unwrap();
        let flow: Value = serde_json::from_str(&text).unwrap();
        for need in flow["needs"].as_array().unwrap() {
            let (id, title) = (need["id"].as_str().unwrap(), need["title"].as_str().unwrap());
            let driver = format!("* **{title}** (`{id}`, {}", need["dimension"].as_str().unwrap());
            assert_eq!(record.matches(&driver).count(), 1, "{name}: {driver}");
        }
        for option in flow["options"].as_array().unwrap() {
            let id = option["option"].as_str().unwrap();
            let said = if let Some(score) = option["score"].as_f64() {
                format!("(`{id}`): score {score:.0}")
            } else {
                let out = option["ruled_out_by"].as_array().unwrap().iter();
                let out: Vec<String> = out.map(|by| format!("`{}`", by.as_str().unwrap())).collect();
                format!("(`{id}`): ruled out by {}", out.join(", "))
            };
            assert_eq!(record.matches(&said).count(), 1, "{name}: {said}");
        }
        for fact in flow["facts"].as_array().unwrap() {
            let stated = profile.statements.iter().any(|it| KNOWLEDGE.fact_name(it.fact) == fact["name"]);
            let row = format!("| `{}` | ", fact["name"].as_str().unwrap());
            assert_eq!(record.contains(&row), stated, "{name}: {row}");
        }
        let chosen = record.split("Chosen option: \"").nth(1).unwrap().split('"').next().unwrap();
        assert!(record.contains(&format!("\n* {chosen}")), "{name}: `{chosen}` is among the considered options");
    }
}

#[test]
fn a_record_is_proposed_until_the_profile_records_what_is_advised() {
    let workload =
        "workload: { throughput: 20k/s, retention: { period: 7d, replay: true }, consumers: { groups: 4 } }\n";
    for (decision, status, date) in [
        ("", "proposed", None),
        (
            "decision: { broker: kafka, option: log, date: 2026-01-02, adr: docs/7.md }\n",
            "accepted",
            Some("2026-01-02"),
        ),
        ("decision: { broker: kafka, date: 2026-01-02 }\n", "accepted", Some("2026-01-02")),
        ("decision: { broker: rabbitmq, date: 2026-01-02 }\n", "proposed", None),
    ] {
        let profile = read(&format!("name: flow\n{decision}{workload}")).remove(0);
        let text = record(&[], &deeply(&profile));
        let front = text.strip_prefix("---\n").unwrap().split("\n---\n").next().unwrap();
        let front: serde_yaml::Mapping = serde_yaml::from_str(front).unwrap();
        let keys: Vec<&str> = front.keys().map(|key| key.as_str().unwrap()).collect();
        assert_eq!(keys, ["status", "date", "decision-makers", "consulted", "informed"]);
        assert_eq!(front["status"].as_str(), Some(status), "{decision}");
        assert_eq!(front["date"].as_str(), date, "{decision}");
        assert_eq!(text.contains("This record proposes otherwise"), decision.contains("rabbitmq"));
        assert_eq!(block(&text).contains("docs/7.md"), decision.contains("docs/7.md"));
    }
}

#[test]
fn the_block_of_every_example_passes_the_gate() {
    let (sources, profiles) = examples();
    let mut pinned = 0;
    for profile in &profiles {
        let record = record(&sources, &deeply(profile));
        let pasted = with_block(profile, &record);
        assert_eq!(pasted.decision.as_ref().unwrap().knowledge.as_deref(), Some(KNOWLEDGE.text(KNOWLEDGE.version)));
        assert!(matches!(recorded(&advised(&pasted)), Recorded::Agrees(_)), "{}\n{}", profile.name, block(&record));
        assert_eq!(broken(&pasted), [], "{}\n{}", profile.name, block(&record));
        pinned += pasted.decision.unwrap().assumes.len();
    }
    assert!(pinned >= 2 * profiles.len(), "{pinned} facts are assumed");
}

/// A value outside what is assumed, as the command line takes it.
fn beyond(within: &Within) -> Vec<String> {
    match within {
        Within::Amounts(range, kind) => {
            let scale = |amount: f64| brokerfit::quantity::exact(brokerfit::quantity::Interval::point(amount), *kind);
            let mut all = Vec::new();
            if range.hi.is_finite() && range.hi > 0.0 && *kind != brokerfit::quantity::Kind::Percentage {
                all.push(scale((range.hi * 2.0).ceil()));
            }
            if range.lo > 1.0 {
                all.push(scale((range.lo / 2.0).floor()));
            }
            all
        }
        Within::Truth(truth) => vec![(!truth).to_string()],
        _ => Vec::new(),
    }
}

#[test]
fn a_fact_that_leaves_what_is_assumed_is_found() {
    let (sources, profiles) = examples();
    let mut moved = 0;
    for profile in &profiles {
        let pasted = with_block(profile, &record(&sources, &deeply(profile)));
        for assumption in pasted.decision.as_ref().unwrap().assumes.clone() {
            for value in beyond(&assumption.within) {
                let mut other = pasted.clone();
                let name = KNOWLEDGE.fact_name(assumption.fact);
                assert_eq!(set_facts(&KNOWLEDGE, &mut other, &[format!("{name}={value}")]), []);
                let found = broken(&other);
                let finding = found.iter().find(|finding| finding.facts == [assumption.fact]);
                let finding = finding.unwrap_or_else(|| panic!("{}: {name} at {value}", profile.name));
                assert_eq!(finding.level, Level::Error);
                assert!(finding.message.starts_with(&format!("decided for `{name}` ")), "{}", finding.message);
                moved += 1;
            }
        }
    }
    assert!(moved > profiles.len(), "{moved} facts were moved");
}

#[test]
fn within_what_is_assumed_the_same_broker_is_advised() {
    let (_, profiles) = examples();
    let outcome = |profile: &Profile| {
        let verdict = advised(profile).judgement.verdict;
        (verdict.kind, verdict.leader.filter(|_| verdict.kind == Kind::One).map(|leader| leader.broker))
    };
    for profile in &profiles {
        let advice = deeply(profile);
        let argument: Argument = arguments(&KNOWLEDGE, &advice);
        for assumption in assumes(&KNOWLEDGE, &advice, &argument) {
            let Within::Amounts(range, kind) = assumption.within else { continue };
            for end in [range.lo, range.hi].into_iter().filter(|end| end.is_finite() && *end > 0.0) {
                let mut other = profile.clone();
                let name = KNOWLEDGE.fact_name(assumption.fact);
                let value = brokerfit::quantity::exact(brokerfit::quantity::Interval::point(end), kind);
                assert_eq!(set_facts(&KNOWLEDGE, &mut other, &[format!("{name}={value}")]), []);
                assert_eq!(outcome(&other), outcome(profile), "{}: {name} at {value}", profile.name);
            }
        }
    }
}

#[test]
fn what_is_assumed_holds_of_any_profile_and_reads_back() {
    law(60, any_profile(), |profile| {
        let advice = deeply(&profile);
        let argument = arguments(&KNOWLEDGE, &advice);
        let assumed = assumes(&KNOWLEDGE, &advice, &argument);
        for assumption in &assumed {
            let name = KNOWLEDGE.fact_name(assumption.fact);
            assert_eq!(lies_within(&KNOWLEDGE, &advice, assumption), Some(true), "{name} {:?}", assumption.within);
        }
        let pasted = with_block(&profile, &record(&[], &advice)).decision.unwrap().assumes;
        let bare = |all: &[brokerfit::profile::Assumption]| -> Vec<(FactId, Within)> {
            all.iter().map(|it| (it.fact, it.within.clone())).collect()
        };
        assert_eq!(bare(&pasted), bare(&assumed));
        Ok(())
    });
}

#[test]
fn a_fact_that_is_not_stated_is_a_warning_only_where_another_value_is_taken() {
    let text = "name: flow\ndecision: { broker: kafka, assumes: { retention.replay: true, routing.reply: false } }\n";
    let found = broken(&read(text)[0]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].level, Level::Warning);
    assert_eq!(
        found[0].message,
        "decided for `retention.replay` true; the profile does not state it, and false is taken"
    );
}

#[test]
fn a_broken_assumption_shows_both_places() {
    let text = "name: flow\ndecision: { broker: kafka, assumes: { throughput.peak: 0/s..14k/s } }\nworkload: { throughput: 20k/s }\n";
    let found = broken(&read(text)[0]);
    assert_eq!(found[0].message, "decided for `throughput.peak` 0/s..14k/s; the profile now says 20k/s");
    let places: Vec<&str> = found[0].places.iter().map(|place| place.span.text(text)).collect();
    assert_eq!(places, ["20k/s", "0/s..14k/s"]);
    assert!(!found[0].help.is_empty());
}

#[test]
fn assumptions_are_held_against_every_kind_of_fact() {
    for (assumed, fact, holds) in [
        ("ordering.scope: [none, per-key]", "ordering.scope=per-key", true),
        ("ordering.scope: [none, per-key]", "ordering.scope=total", false),
        ("ordering.scope: none..per-key", "ordering.scope=none", true),
        ("clients.languages: [java, go]", "clients.languages=go,java", true),
        ("clients.languages: [java, go]", "clients.languages=java", false),
        ("environment.versions.kafka: 4.1..", "environment.versions.kafka=4.1.2", true),
        ("environment.versions.kafka: 4.1..4.2", "environment.versions.kafka=4.2.1", true),
        ("environment.versions.kafka: 4.1..4.2", "environment.versions.kafka=4.3", false),
        ("environment.versions.kafka: ..4.1", "environment.versions.kafka=4.2", false),
        ("throughput.peak: 1 MB/s..3 MB/s", "throughput.peak=2 MB/s", true),
        ("throughput.peak: 1 MB/s..3 MB/s", "throughput.peak=4 MB/s", false),
        ("throughput: { peak: 1k/s..2k/s }", "throughput.peak=2k/s", true),
        ("workload: { throughput: { peak: 1k/s..2k/s } }", "throughput.peak=3k/s", false),
        ("throughput.peak: 0/s..2k/s", "throughput.peak=3k/s", false),
        ("retention.period: until-consumed..7d", "retention.period=until-consumed", true),
        ("retention.period: 7d..forever", "retention.period=forever", true),
        ("environment.provider: [aws-msk, mine]", "environment.provider=Mine", true),
        ("environment.provider: [aws-msk, mine]", "environment.provider=theirs", false),
    ] {
        let mut profile =
            read(&format!("name: flow\ndecision: {{ broker: none, assumes: {{ {assumed} }} }}\n")).remove(0);
        let problems = set_facts(&KNOWLEDGE, &mut profile, &[fact.to_owned()]);
        assert!(problems.iter().all(|it| it.severity != brokerfit::diagnostic::Severity::Error), "{problems:?}");
        assert_eq!(broken(&profile).is_empty(), holds, "{assumed} with {fact}");
    }
}

#[test]
fn a_mismatch_after_the_knowledge_changed_says_so() {
    let workload =
        "workload: { throughput: 20k/s, retention: { period: 7d, replay: true }, consumers: { groups: 4 } }\n";
    let said = |decision: &str| {
        let found =
            findings(&read(&format!("name: flow\ndecision: {{ broker: rabbitmq, {decision} }}\n{workload}"))[0]);
        found.into_iter().find(|finding| finding.id == "mismatch").unwrap().message
    };
    let holds = "assumes: { retention.replay: true }";
    assert!(
        said(&format!("knowledge: 2020.1.1, {holds}")).contains("but the knowledge changed (decided with 2020.1.1")
    );
    for decision in [
        holds.to_owned(),
        "knowledge: 2020.1.1".to_owned(),
        "knowledge: 2020.1.1, assumes: { retention.replay: false }".to_owned(),
        format!("knowledge: {}, {holds}", KNOWLEDGE.text(KNOWLEDGE.version)),
    ] {
        assert!(!said(&decision).contains("knowledge changed"), "{decision}");
    }
}

#[test]
fn hostile_names_are_no_markup() {
    let text = "name: \"# [x](javascript:y) <script> `a` | --> _b_\"\ndescription: \"- one\\n\\n# two\"\n\
                decision: { broker: none, date: \"2026: x\\n---\", adr: \"```\" }\nenvironment: { running: [\"<i>|`\", \"a: [b\"] }\n";
    let profiles = read(text);
    let advice = deeply(&profiles[0]);
    let report = report(&[]);
    let record = adr::flow(&report, &advice, false).unwrap();
    assert!(record.contains("<!-- next record: # [x](javascript:y) script `a` | _b_ -->"), "{record}");
    assert!(record.contains("\\# \\[x\\](javascript:y) \\<script\\> \\`a\\` \\| --\\> \\_b\\_"), "{record}");
    assert!(!record.contains("\n# two") && record.contains("\\- one \\# two"), "{record}");
    assert!(record.contains("| `environment.running` | \\<i\\>\\|\\`, a: \\[b |"), "{record}");
    let headings = record.lines().filter(|line| line.starts_with("# ")).count();
    assert_eq!(headings, 1);
    assert_eq!(record.lines().filter(|line| line.starts_with("```")).count(), 2);
    with_block(&profiles[0], &record);
}

#[test]
fn nothing_that_a_profile_may_be_breaks_a_record() {
    let bare = stating(&[]);
    let none = stating(&["retention.latest_per_key=true", "handling.priority_levels=5", "environment.allowed=[]"]);
    for profile in [bare, none] {
        let advice = deeply(&profile);
        let record = record(&[], &advice);
        for heading in HEADINGS {
            assert!(record.contains(&format!("\n{heading}\n")), "{heading}\n{record}");
        }
        assert!(!record.contains("because .") && !record.contains("\n\n\n"), "{record}");
        assert_eq!(broken(&with_block(&profile, &record)), []);
    }
}

/// A huge map of assumptions costs no more than its reading.
#[test]
fn a_huge_map_of_assumptions_is_refused_in_bounded_words() {
    let keys: Vec<String> = (0..50_000).map(|key| format!("    no.such.fact.{key}: 1")).collect();
    let keys = keys.join("\n");
    let text = format!("name: flow\ndecision:\n  broker: kafka\n  assumes:\n{keys}");
    let read = read_profiles(&KNOWLEDGE, &[Source::new("profile.yaml", &text, Format::Yaml)]);
    assert!(read.is_refused() && read.problems.len() <= 10_001, "{}", read.problems.len());
}
