//! Profiles as people write them: each broken profile of `tests/invalid/` says exactly what is expected beside it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use brokerfit::diagnostic::{Diagnostic, Severity};
use brokerfit::knowledge::{Given, KnowledgeBase};
use brokerfit::profile::{Chosen, Expires, Profile, Profiles, Stated, Within, read_extent, read_profiles, set_facts};
use brokerfit::quantity::{Date, Interval, Kind};
use brokerfit::rules::built_in;
use brokerfit::source::{Format, Source};
use proptest::prelude::*;

static KNOWLEDGE: LazyLock<KnowledgeBase<'static>> = LazyLock::new(|| built_in().unwrap());

/// The profiles of one text.
fn read(text: &str, format: Format) -> Profiles {
    let knowledge = &*KNOWLEDGE;
    read_profiles(knowledge, &[Source::new("profile", text, format)])
}

/// The only profile of a YAML text that is right.
fn profile(text: &str) -> Profile {
    let mut read = read(text, Format::Yaml);
    assert_eq!(read.problems, [], "the profile is right");
    assert_eq!(read.profiles.len(), 1);
    read.profiles.pop().unwrap()
}

/// Each problem as `line:column severity code message`, with its labels and remedies below.
fn listed(source: &Source, problems: &[Diagnostic]) -> String {
    let mut lines = String::new();
    for problem in problems {
        let place = problem.primary().map(|label| source.position(label.span.start));
        let place = place.map_or("-".to_owned(), |place| format!("{}:{}", place.line, place.column));
        let severity = match problem.severity {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        };
        writeln!(lines, "{place} {severity} {} {}", problem.code, problem.message).unwrap();
        for label in problem.labels.iter().filter(|label| !label.text.is_empty()) {
            let at = source.position(label.span.start);
            let elsewhere = if label.primary { String::new() } else { format!("{}:{} ", at.line, at.column) };
            writeln!(lines, "    ^ {elsewhere}{}", label.text).unwrap();
        }
        for help in &problem.help {
            writeln!(lines, "    = {help}").unwrap();
        }
    }
    lines
}

/// Problems without their places, for settings of the command line.
fn messages(problems: &[Diagnostic]) -> Vec<&str> {
    assert!(problems.iter().all(|problem| problem.labels.is_empty()), "a setting has no place");
    problems.iter().map(|problem| problem.message.as_str()).collect()
}

fn invalid() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/invalid");
    let all = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> =
        all.filter(|path| path.extension().is_some_and(|extension| extension != "expected")).collect();
    paths.sort();
    paths
}

/// `BLESS=1` writes what is said now; look at every line before it is committed.
#[test]
fn every_broken_profile_says_what_is_expected() {
    let knowledge = &*KNOWLEDGE;
    let paths = invalid();
    assert!(paths.len() >= 40, "the broken profiles are there");
    let mut wrong = String::new();
    for path in paths {
        let extension = path.extension().unwrap().to_str().unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        let format = Format::from_extension(extension).unwrap();
        let source = Source::new(name, std::fs::read_to_string(&path).unwrap(), format);
        let sources = [source];
        let found = read_profiles(knowledge, &sources);
        let said = listed(&sources[0], &found.problems);
        assert!(!said.is_empty(), "{name} is broken");
        let expected_at = path.with_file_name(format!("{name}.expected"));
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&expected_at, &said).unwrap();
        }
        let expected = std::fs::read_to_string(&expected_at).unwrap_or_default();
        if expected != said {
            writeln!(wrong, "{name}\n--- expected\n{expected}--- said\n{said}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn messages_keep_to_their_grammar() {
    let knowledge = &*KNOWLEDGE;
    for path in invalid() {
        let extension = path.extension().unwrap().to_str().unwrap();
        let format = Format::from_extension(extension).unwrap();
        let source = Source::new("profile", std::fs::read_to_string(&path).unwrap(), format);
        for problem in read_profiles(knowledge, &[source]).problems {
            let texts = [&problem.message].into_iter().chain(&problem.help);
            for text in texts {
                assert!(!text.ends_with('.') && !text.contains('\n'), "{text}");
                assert!(text.chars().count() <= 240, "{text}");
                assert_eq!(text.matches('`').count() % 2, 0, "{text}");
                assert!(!text.starts_with(char::is_uppercase) || text.starts_with("Kafka"), "{text}");
            }
        }
    }
}

#[test]
fn a_short_profile_states_main_facts() {
    let short = profile(
        "name: short\nworkload:\n  throughput: 2k/s\n  latency: 50ms\n  message: 2 KiB\n  retention: 7d\n  \
         ordering: per-key\n  delivery: at-least-once\n  routing: topic\n",
    );
    let long = profile(
        "name: long\nworkload:\n  throughput: { peak: 2k/s }\n  latency: { p99: 50ms }\n  \
         message: { size: 2 KiB }\n  retention: { period: 7d }\n  ordering: { scope: per-key }\n  \
         delivery: { guarantee: at-least-once }\n  routing: { style: topic }\n",
    );
    let facts = |profile: &Profile| -> Vec<String> {
        profile.statements.iter().map(|it| format!("{:?} {:?}", it.fact, it.value)).collect()
    };
    assert_eq!(facts(&short).len(), 7);
    assert_eq!(facts(&short), facts(&long));
}

#[test]
fn the_three_formats_state_the_same() {
    let yaml = read("name: a\nworkload: { throughput: 2k/s, retention: { replay: true } }\n", Format::Yaml);
    let json = read(
        r#"[{ "name": "a", "workload": { "throughput": "2k/s", "retention": { "replay": true } } }]"#,
        Format::Json,
    );
    let toml = read(
        "[[flow]]\nname = \"a\"\nworkload.throughput = \"2k/s\"\nworkload.retention.replay = true\n",
        Format::Toml,
    );
    let facts = |read: &Profiles| -> Vec<String> {
        assert_eq!(read.problems, []);
        read.profiles.iter().flat_map(|it| &it.statements).map(|it| format!("{:?}", it.value)).collect()
    };
    assert_eq!(facts(&yaml).len(), 2);
    assert_eq!(facts(&yaml), facts(&json));
    assert_eq!(facts(&yaml), facts(&toml));
}

#[test]
fn unknown_and_empty_mean_that_nobody_knows() {
    let read = profile(
        "name: a\nworkload:\n  pattern: unknown\n  throughput: { peak: unknown, average: }\n  latency: unknown\n  \
         retention: { replay: ~ }\nenvironment: { versions: { kafka: unknown }, running: }\n",
    );
    assert_eq!(read.statements.len(), 7);
    assert!(read.statements.iter().all(|it| matches!(it.value, Stated::Unknown)));
}

#[test]
fn names_that_nobody_listed_are_kept_and_counted() {
    let read = profile("name: a\nworkload: { clients: { languages: [Clojure, COBOL, java] } }\n");
    let [statement] = read.statements.as_slice() else { panic!("one statement") };
    let Stated::Value { value, words, .. } = &statement.value else { panic!("a value") };
    assert_eq!(words, &["COBOL"]);
    // Clojure is answered as java, so that one known word and one other remain.
    let Given::List { has, size, .. } = value else { panic!("a list") };
    assert_eq!((has.count_ones(), *size), (1, 2));
}

#[test]
fn what_is_not_interpreted_is_kept() {
    let read = profile(
        "name: a\ndescription: d\nowner: team\nlinks: { adr: u }\nnotes: [n, m]\nx-cost: 3\n\
         workload: { x-a: 1, throughput: { x-b: [2, 3] } }\ndecision: { broker: other, option: NATS, date: 2026-01-02,\n  \
         assumes: { throughput: { peak: 2k/s } }, waiver: [{ finding: mismatch, reason: s, expires: 2027-01-31 }], x-y: z }\n",
    );
    let kept: Vec<String> = read.kept.iter().map(|it| format!("{}={}", it.key, it.text)).collect();
    assert_eq!(
        kept,
        [
            "description=d",
            "owner=team",
            "links.adr=u",
            "notes=n",
            "notes=m",
            "x-cost=3",
            "workload.x-a=1",
            "throughput.x-b=2",
            "throughput.x-b=3",
        ]
    );
    let decision = read.decision.unwrap();
    assert_eq!(decision.chosen, Chosen::Other(Some("NATS".to_owned())));
    assert_eq!(decision.date.as_deref(), Some("2026-01-02"));
    assert_eq!(decision.assumes.len(), 1);
    assert_eq!(KNOWLEDGE.fact_name(decision.assumes[0].fact), "throughput.peak");
    assert_eq!(decision.assumes[0].within, Within::Amounts(Interval::point(2000.0), Kind::Rate));
    assert_eq!(decision.waivers_written[1].key, "1.reason");
    assert_eq!((decision.waivers[0].reason.as_str(), decision.waivers[0].finding.as_str()), ("s", "mismatch"));
    assert_eq!(decision.waivers[0].expires, Expires::After(Date { year: 2027, month: 1, day: 31 }));
    assert_eq!(decision.kept[0].text, "z");
}

#[test]
fn a_decision_names_its_option_short_or_in_full() {
    let short = profile("name: a\ndecision: { broker: rabbitmq, option: quorum }\n");
    let full = profile("name: a\ndecision: { broker: rabbitmq, option: rabbitmq/quorum }\n");
    assert_eq!(short.decision.unwrap().chosen, full.decision.unwrap().chosen);
    assert_eq!(profile("name: a\ndecision: { broker: both }\n").decision.unwrap().chosen, Chosen::Both);
    assert_eq!(profile("name: a\ndecision: { broker: none }\n").decision.unwrap().chosen, Chosen::None);
}

#[test]
fn flows_of_several_files_may_not_share_a_name() {
    let knowledge = &*KNOWLEDGE;
    let text = "name: same\n";
    let sources = [Source::new("a", text, Format::Yaml), Source::new("b", text, Format::Yaml)];
    let found = read_profiles(knowledge, &sources);
    assert!(found.is_refused());
    let [problem] = found.problems.as_slice() else { panic!("one problem") };
    let sources: Vec<usize> = problem.labels.iter().map(|label| label.source).collect();
    assert_eq!((&*problem.code, sources.as_slice()), ("duplicate-name", &[1, 0][..]));
}

/// Applies settings to a profile that is empty.
fn set(settings: &[&str]) -> (Profile, Vec<Diagnostic>) {
    let knowledge = &*KNOWLEDGE;
    let mut profile = Profile::named("unnamed");
    let settings: Vec<String> = settings.iter().map(|it| (*it).to_owned()).collect();
    let problems = set_facts(knowledge, &mut profile, &settings);
    (profile, problems)
}

#[test]
fn settings_state_what_files_state() {
    let (set, problems) = set(&[
        "throughput=2k/s",
        "latency.p99 = 50ms",
        "clients.languages=java, go",
        "environment.running=[kafka, rabbitmq]",
        "environment.team.kafka=expert",
        "retention.replay=unknown",
        "priorities.latency=high",
        "decision.option=log",
    ]);
    assert_eq!(problems, []);
    let file = profile(
        "name: a\nworkload: { throughput: 2k/s, latency: 50ms, clients: { languages: [java, go] },\n  \
         retention: { replay: unknown } }\nenvironment: { running: [kafka, rabbitmq], team: { kafka: expert } }\n\
         priorities: { latency: high }\ndecision: { broker: kafka, option: log }\n",
    );
    let facts = |profile: &Profile| -> Vec<String> {
        profile.statements.iter().map(|it| format!("{:?} {:?}", it.fact, it.value)).collect()
    };
    assert_eq!(facts(&set), facts(&file));
    assert_eq!(set.priorities, file.priorities);
    assert_eq!(set.decision.unwrap().chosen, file.decision.unwrap().chosen);
}

#[test]
fn the_later_setting_wins() {
    let knowledge = &*KNOWLEDGE;
    let mut changed = profile("name: a\nworkload: { latency: 1s }\ndecision: { broker: rabbitmq, option: quorum }\n");
    let settings = ["latency=2s", "latency.p99=50ms", "decision.broker=kafka"].map(str::to_owned);
    assert_eq!(set_facts(knowledge, &mut changed, &settings), []);
    let (again, _) = set(&["latency=50ms"]);
    assert_eq!(format!("{:?}", changed.statements[0].value), format!("{:?}", again.statements[0].value));
    let decision = changed.decision.unwrap();
    assert!(matches!(decision.chosen, Chosen::Broker { option: None, .. }), "the option was the other broker's");
}

#[test]
fn broken_settings_are_quoted() {
    let (_, problems) = set(&["latency.p99=50"]);
    assert_eq!(messages(&problems).len(), 1);
    assert!(problems[0].message.ends_with("in `--set latency.p99=50`"), "{}", problems[0].message);
    let fixed = |setting: &str| -> String {
        let (_, problems) = set(&[setting]);
        assert_eq!(problems.len(), 1, "{setting}");
        problems[0].help.join(" | ")
    };
    assert!(fixed("ordering.scop=total").contains("write `--set ordering.scope=total`"));
    assert!(fixed("delivery=exactly-onec").contains("write `--set delivery=exactly-once`"));
    assert!(fixed("workload.latency.p99=50ms").contains("did you mean `latency.p99`?"));
    assert!(fixed("latency.p99").contains("as in `--set latency.p99=50ms`"));
    assert!(fixed("consumers=3").contains("`consumers.groups`"));
    assert!(fixed("throughput.peak_bytes=3 MB/s").contains("`throughput.peak`"));
    assert!(fixed("priorities.latncy=high").contains("did you mean `latency`?"));
    assert!(fixed("decision.broker=kafak").contains("did you mean `kafka`?"));
    assert!(fixed("decision.option=quorun").contains("decision.broker"));
    assert!(fixed("zzz=1").contains("facts are written in full"));
}

#[test]
fn what_is_wrong_is_bounded() {
    let mut text = String::from("name: a\nworkload:\n");
    for number in 0..30_000 {
        writeln!(text, "  field{number}: 1").unwrap();
    }
    let problems = read(&text, Format::Yaml).problems;
    assert!((10_000..=10_010).contains(&problems.len()), "{}", problems.len());
}

#[test]
fn a_setting_keeps_the_remedy_for_its_amount() {
    let (_, problems) = set(&["throughput.peak=5k/s..1k/s"]);
    let help =
        problems.iter().flat_map(|problem| &problem.help).any(|help| help.contains("write the smaller end first"));
    assert!(help, "{problems:?}");
}

/// Every fact by its name, with what may be written as its value.
fn broken_setting() -> impl Strategy<Value = String> {
    let knowledge = &*KNOWLEDGE;
    let facts: Vec<String> = knowledge.fact_ids().map(|(id, _)| knowledge.fact_name(id).to_owned()).collect();
    let value = prop_oneof![
        ".*",
        "[0-9]{1,3}[.]{0,2}[0-9]{0,2} ?(k|M|ms|s|h|/s|KiB| MB/s|%)?",
        "(none|per-key|total|unknown|forever|true|java)(,|[.][.])?(none|total|7d|kafka)?",
    ];
    (proptest::sample::select(facts), value).prop_map(|(fact, value)| format!("{fact}={value}"))
}

proptest! {
    #[test]
    fn no_setting_panics(setting in prop_oneof![broken_setting(), ".*"]) {
        let (_, problems) = set(&[&setting]);
        prop_assert!(problems.iter().all(|problem| problem.labels.is_empty()));
    }

    #[test]
    fn no_axis_panics(setting in prop_oneof![broken_setting(), ".*"]) {
        let (extent, problems) = read_extent(&KNOWLEDGE, "--x", &setting);
        let refused = problems.iter().any(|problem| problem.severity == Severity::Error);
        prop_assert!(extent.is_none() == refused, "{setting}: {extent:?}, {problems:?}");
    }

    #[test]
    fn no_value_panics_in_any_format(setting in broken_setting(), quote in prop_oneof!["", "\"", "'"]) {
        let (name, value) = setting.split_once('=').unwrap();
        let (root, path) = match name.strip_prefix("environment.") {
            Some(rest) => ("environment", rest),
            None => ("workload", name),
        };
        let closed = "}".repeat(path.split('.').count());
        let path = path.replace('.', ": {");
        let yaml = format!("name: a\n{root}: {{{path}: {quote}{value}{quote} {closed}\n");
        read(&yaml, Format::Yaml);
        let json = format!("{{\"name\": \"a\", \"{root}\": {{\"{}\": \"{value}\"{closed}}}", path.replace(": {", "\": {\""));
        read(&json, Format::Json);
        let toml = format!("name = \"a\"\n{root}.{name} = {quote}{value}{quote}\n");
        read(&toml, Format::Toml);
    }
}
