//! Drafts of flows from what is there already: files in the shapes that real ones have, each with its drafts beside it, and
//! laws that hold for any text.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use brokerfit::diagnostic::Severity;
use brokerfit::import::{Draft, drafts};
use brokerfit::profile::{Profile, set_facts};
use brokerfit::source::{Format, Source};
use proptest::prelude::*;

use super::support::{KNOWLEDGE, advised};

fn source(name: &str, text: impl Into<String>) -> Source {
    let extension = name.rsplit('.').next().unwrap();
    Source::new(name, text, Format::from_extension(extension).unwrap_or(Format::Lines))
}

fn read(name: &str, text: &str) -> Result<Vec<Draft>, String> {
    drafts(&KNOWLEDGE, 0, &source(name, text)).map_err(|found| {
        let all = found.iter().map(|it| [std::slice::from_ref(&it.message), &it.help[..]].concat().join("; "));
        all.collect::<Vec<_>>().join("\n")
    })
}

/// The files of the corpus, by path.
fn corpus() -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/imports");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut all: Vec<PathBuf> = paths.filter(|path| path.extension().unwrap() != "drafts").collect();
    all.sort();
    assert!(all.len() > 8);
    all.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// Drafts as the corpus writes them: what is asked, by fact alone.
fn written(drafts: &[Draft]) -> String {
    let mut out = String::new();
    for draft in drafts {
        writeln!(out, "{}{}", draft.name, draft.option.as_ref().map_or(String::new(), |option| format!(" ({option})")))
            .unwrap();
        for line in &draft.about {
            writeln!(out, "  # {line}").unwrap();
        }
        for found in &draft.found {
            writeln!(out, "  {}: {}  # {}", found.fact, found.value, found.from).unwrap();
        }
        let asked: Vec<&str> = draft.open.iter().map(|open| open.fact.as_str()).collect();
        writeln!(out, "  ? {}\n", asked.join(", ")).unwrap();
    }
    out.trim_end().to_owned() + "\n"
}

/// What holds of any drafts.
fn check(drafts: &[Draft]) {
    let mut names = BTreeSet::new();
    for draft in drafts {
        assert!(names.insert(&draft.name), "{} comes twice", draft.name);
        assert!(!draft.name.is_empty() && draft.name.len() <= 140, "{}", draft.name);
        let is_plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-';
        assert!(draft.name.chars().all(is_plain), "{}", draft.name);
        let mut facts = BTreeSet::new();
        let mut profile = Profile::named(&draft.name);
        for found in &draft.found {
            assert!(facts.insert(&found.fact), "{} of {} comes twice", found.fact, draft.name);
            let wrong = set_facts(&KNOWLEDGE, &mut profile, &[format!("{}={}", found.fact, found.value)]);
            assert!(wrong.iter().all(|it| it.severity < Severity::Error), "{}: {} {wrong:?}", found.fact, found.value);
        }
        for open in &draft.open {
            assert!(facts.insert(&open.fact), "{} of {} comes twice", open.fact, draft.name);
            assert!(KNOWLEDGE.find_fact(&open.fact).is_some(), "{}", open.fact);
        }
        let texts =
            draft.about.iter().chain(draft.found.iter().map(|it| &it.from)).chain(draft.open.iter().map(|it| &it.why));
        for text in texts {
            assert!(!text.chars().any(|sign| sign.is_control() || sign == '\u{2028}'), "{text:?}");
            assert!(text.chars().count() <= 301, "{text}");
        }
        assert!(draft.option.as_ref().is_none_or(|option| KNOWLEDGE.find_option(None, option).is_some()));
    }
}

#[test]
fn files_give_the_drafts_beside_them() {
    for (path, text) in corpus() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let drafts = read(name, &text).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
        check(&drafts);
        let beside = path.with_extension("drafts");
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        let written = written(&drafts);
        assert!(written == expected, "{name} gives other drafts than {} says:\n{written}", beside.display());
    }
}

#[test]
fn drafts_can_be_advised() {
    for (path, text) in corpus() {
        for draft in read(path.to_str().unwrap(), &text).unwrap() {
            let mut profile = Profile::named(&draft.name);
            let settings: Vec<String> = draft.found.iter().map(|it| format!("{}={}", it.fact, it.value)).collect();
            set_facts(&KNOWLEDGE, &mut profile, &settings);
            assert_eq!(profile.statements.len(), draft.found.len());
            let _ = advised(&profile);
        }
    }
}

#[test]
fn content_tells_the_kind_whatever_a_file_is_called() {
    for (path, text) in corpus() {
        let own = read(path.to_str().unwrap(), &text).unwrap();
        for name in ["it.txt", "it.yaml", "it.json", "it"] {
            let other = read(name, &text).unwrap_or_else(|wrong| panic!("{} as {name}: {wrong}", path.display()));
            let names = |drafts: &[Draft]| drafts.iter().map(|it| it.name.clone()).collect::<Vec<_>>();
            assert_eq!(names(&own), names(&other), "{} as {name}", path.display());
        }
    }
}

#[test]
fn what_tells_of_no_flow_is_refused_by_name() {
    for (name, text, expected) in [
        ("a.yaml", "driverClass: io.example.Driver\nname: Kafka\nreplicationFactor: 3\n", "settings of a driver"),
        ("a.yaml", "openapi: 3.1.0\npaths: {}\n", "OpenAPI document"),
        ("a.yaml", "asyncapi: 1.2.0\nchannels: {}\n", "version \"1.2.0\" are not read"),
        ("a.yaml", "asyncapi: 3.0.0\nchannels: {}\n", "the document has no channels"),
        (
            "a.yaml",
            "apiVersion: v1\nkind: ConfigMap\ndata: {topics: \"a: b\"}\n",
            "kind \"ConfigMap\" declares no topics",
        ),
        ("a.yaml", "services: {kafka: {image: apache/kafka}}\n", "compose file"),
        ("a.yaml", "name: orders\nworkload: {}\n", "AsyncAPI documents of version 2 or 3"),
        ("a.json", "{\"queues\": [}", "expected a value"),
        ("a.json", "{\"queues\": {}}", "expected a list of queues"),
        ("a.yaml", "asyncapi: 3.0.0\nchannels: {a: [}\n", "`[`"),
        (
            "a.yaml",
            "apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nspec:\n  {{ .Values.x }}\n  a: b\n",
            "this is a template",
        ),
        ("a.txt", "just words\n", "AsyncAPI documents of version 2 or 3"),
        ("a.toml", "name = \"orders\"\n", "AsyncAPI documents of version 2 or 3"),
        ("a.json", "", "empty"),
        ("a.txt", "Topic: __consumer_offsets\tPartitionCount: 50\tReplicationFactor: 3\tConfigs:\n", ""),
    ] {
        match read(name, text) {
            Err(wrong) => assert!(wrong.contains(expected), "{text}: {wrong}"),
            Ok(drafts) => assert!(expected.is_empty() && drafts.is_empty(), "{text} is taken: {drafts:?}"),
        }
    }
}

#[test]
fn secrets_are_never_told() {
    for (path, text) in corpus() {
        let told = format!("{:?}", read(path.to_str().unwrap(), &text));
        assert!(!told.contains("c2VjcmV0LWhhc2g") && !told.contains("user:pw"), "{}", path.display());
    }
}

#[test]
fn thousands_of_queues_are_told_in_moments() {
    let queue = |number: usize, name: &str| {
        format!(
            "{{\"name\":\"{name}\",\"vhost\":\"/\",\"durable\":true,\"arguments\":{{\"x-dead-letter-exchange\":\"dlx\",\"x-dead-letter-routing-key\":\"k{number}\"}}}}"
        )
    };
    let binding = |name: &str| {
        format!(
            "{{\"source\":\"all\",\"vhost\":\"/\",\"destination\":\"{name}\",\"destination_type\":\"queue\",\"routing_key\":\"{name}.#\",\"arguments\":{{}}}}"
        )
    };
    let names: Vec<String> =
        (0..5000).map(|number| format!("q{}x", "ab".repeat(number % 7 + 1)) + &format!("-{number}z")).collect();
    let queues: Vec<String> = names.iter().enumerate().map(|(number, name)| queue(number, name)).collect();
    let bindings: Vec<String> = names.iter().map(|name| binding(name)).collect();
    let text = format!("{{\"queues\":[{}],\"bindings\":[{}]}}", queues.join(","), bindings.join(","));
    let start = Instant::now();
    let drafts = read("many.json", &text).unwrap();
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    assert_eq!(drafts.len(), 200);
    assert!(drafts[0].about.iter().any(|line| line.contains("4800 further flows")), "{:?}", drafts[0].about);
    check(&drafts);
}

#[test]
fn hostile_texts_end() {
    let deep = format!("asyncapi: 3.0.0\nchannels: {}1{}", "{a: ".repeat(500), "}".repeat(500));
    assert!(read("a.yaml", &deep).is_err());
    let link = |number| format!("    c{number}: {{$ref: '#/components/channels/c{}'}}\n", number + 1);
    let chain = (0..2000).map(link).collect::<Vec<_>>().concat();
    let text = format!(
        "asyncapi: 3.0.0\nchannels: {{a: {{$ref: '#/components/channels/c0'}}}}\ncomponents:\n  channels:\n{chain}"
    );
    check(&read("a.yaml", &text).unwrap());
    let own = "asyncapi: 3.0.0\nchannels: {a: {$ref: '#/channels/a'}, b: {$ref: '#'}, c: {$ref: '#/channels/%'}, d: {$ref: 7}, e: [], f: ~}\n";
    assert_eq!(read("a.yaml", own).unwrap().len(), 6);
    let names = "Topic: a\u{202e}b\u{7f}\tPartitionCount: 1\tReplicationFactor: 1\tConfigs: retention.ms=99999999999999999999999\n";
    if let Ok(drafts) = read("a.txt", names) {
        check(&drafts);
    }
}

/// Values of every type, in the place of what is there.
const VALUES: [&str; 9] = ["null", "true", "-1", "1e999", "\"x\"", "[]", "{}", "[[1]]", "\"\\u202e\\n\""];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_reader(file in 0..20_usize, cut in 0.0..1.0_f64, changes in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 0..4)) {
        let corpus = corpus();
        let (path, text) = &corpus[file % corpus.len()];
        let mut bytes = text.clone().into_bytes();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a small file")]
        let place = |share: f64, length: usize| (share * length as f64) as usize;
        for (at, byte) in changes {
            let at = place(at, bytes.len());
            bytes[at] = byte;
        }
        if cut < 0.5 {
            bytes.truncate(place(cut * 2.0, bytes.len()));
        }
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Ok(drafts) = read(path.to_str().unwrap(), &text) {
            prop_assert!(!drafts.is_empty());
            check(&drafts);
        }
    }

    #[test]
    fn any_value_may_be_of_any_type(file in 0..20_usize, which in any::<prop::sample::Index>(), value in 0..VALUES.len()) {
        let corpus: Vec<_> = corpus().into_iter().filter(|(path, _)| path.extension().unwrap() != "out").collect();
        let (path, text) = &corpus[file % corpus.len()];
        // What stands after a colon, up to what ends it: often one value.
        let places: Vec<usize> = text.match_indices(": ").map(|(at, _)| at + 2).collect();
        let start = places[which.index(places.len())];
        let end = start + text[start..].find([',', '\n', '}', ']']).unwrap_or(0);
        let changed = format!("{}{}{}", &text[..start], VALUES[value], &text[end..]);
        if let Ok(drafts) = read(path.to_str().unwrap(), &changed) {
            check(&drafts);
            prop_assert_eq!(&drafts, &read(path.to_str().unwrap(), &changed).unwrap(), "the same text gives the same drafts");
        }
    }
}
