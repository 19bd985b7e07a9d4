//! Laws of all grammars: any text is read or refused, in bounded time, and every place lies in the text and covers what
//! it stands for. And the notation in which the tests of each grammar say what they expect.

#![expect(clippy::disallowed_methods, reason = "costs are measured")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

mod compose;
mod conf;
mod definitions;
mod properties;
mod strimzi;

/// What a file declares, a line an item and an entry, with places as `line:column`; or its problems.
#[track_caller]
fn told(name: &str, text: &str) -> String {
    let source = Source::new(name, text, format_of(name).unwrap());
    let at = |span: Span| {
        let place = source.position(span.start);
        format!("{}:{}", place.line, place.column)
    };
    let mut out = String::new();
    let artifacts = match read(&source, 0) {
        Ok(artifacts) => artifacts,
        Err(problems) => {
            let lines = problems.iter().map(|it| format!("{} {} {}\n", at(it.span), it.code, it.message));
            return lines.collect();
        }
    };
    for artifact in &artifacts {
        let version = artifact.version.map_or_else(String::new, |(version, span)| format!(" {version}@{}", at(span)));
        let more = artifact.more.map_or_else(String::new, |span| format!(" and more@{}", at(span)));
        let name = artifact.name.as_deref().map_or_else(String::new, |name| format!(" {name}"));
        writeln!(out, "{:?} {}{name}{version}{more}", artifact.shape, artifact.broker).unwrap();
        for item in &artifact.items {
            let vhost = item.vhost.as_deref().map_or_else(String::new, |vhost| format!(" in {vhost}"));
            write!(out, "{:?} {}@{}{vhost}", item.kind, item.name, at(item.span)).unwrap();
            if let Some(selector) = &item.selector {
                let place = at(selector.pattern_span);
                write!(out, " {}@{place} of {} priority {}", selector.pattern, selector.apply_to, selector.priority)
                    .unwrap();
            }
            out.push('\n');
            for entry in &item.entries {
                let value = match &entry.value {
                    _ if entry.secret => "***".to_owned(),
                    Declared::Elsewhere => "?".to_owned(),
                    Declared::Literal(literal) => match literal.typed {
                        Typed::Text => format!("{:?}", literal.text),
                        Typed::List => format!("[{}]", literal.text),
                        _ => literal.text.clone(),
                    },
                };
                writeln!(out, "  {}@{} = {value}@{}", entry.key, at(entry.key_span), at(entry.value_span)).unwrap();
            }
        }
        for it in &artifact.bindings {
            let kind = if it.to_queue { "queue" } else { "exchange" };
            let ends = format!("{} -> {kind} {}", it.source, it.destination);
            writeln!(out, "{ends} by {:?}@{} in {}", it.routing_key, at(it.span), it.vhost).unwrap();
        }
        for stray in &artifact.strays {
            let fate = if stray.refused { " refused" } else { "" };
            writeln!(out, "stray {}@{} near {:?}{fate}", stray.key, at(stray.span), stray.near).unwrap();
        }
    }
    out
}

/// Every span of what is declared, with the text that it should cover, where that is the text itself.
fn spans(artifact: &Artifact) -> Vec<(Span, Option<&str>)> {
    let mut spans: Vec<(Span, Option<&str>)> = artifact.strays.iter().map(|it| (it.span, None)).collect();
    spans.extend(artifact.version.map(|(_, span)| (span, None)));
    spans.extend(artifact.more.map(|span| (span, None)));
    spans.extend(artifact.bindings.iter().map(|it| (it.span, None)));
    for item in &artifact.items {
        spans.push((item.span, None));
        spans.extend(item.selector.iter().map(|it| (it.pattern_span, Some(it.pattern.as_str()))));
        for entry in &item.entries {
            spans.push((entry.key_span, None));
            let text = match &entry.value {
                Declared::Literal(literal) if !matches!(literal.typed, Typed::List | Typed::Other) => {
                    Some(literal.text.as_str())
                }
                _ => None,
            };
            spans.push((entry.value_span, text));
        }
    }
    spans
}

const NAMES: [&str; 4] = ["rabbitmq.conf", "server.properties", "definitions.json", "compose.yaml"];

fn check(name: &str, text: &str) -> Result<(), TestCaseError> {
    let source = Source::new(name, text, format_of(name).unwrap());
    let text = &source.text;
    match read(&source, 7) {
        Err(problems) => {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(text.get(problem.span.range()).is_some(), "{problem:?}");
            }
        }
        Ok(artifacts) => {
            for (span, said) in artifacts.iter().flat_map(spans) {
                prop_assert!(text.get(span.range()).is_some(), "{span:?} of {text:?}");
                let covered = span.text(text);
                // Quotes, escapes, continued lines and variables may lie between.
                let plain = !covered.contains(['"', '\'', '\\', '$', '\n', '\r']);
                if let (true, Some(said)) = (plain, said) {
                    prop_assert_eq!(covered, said);
                }
            }
            prop_assert!(artifacts.iter().all(|artifact| artifact.source == 7));
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "(?s).{0,60}", which in 0_usize..4) {
        check(NAMES[which], &text)?;
    }

    #[test]
    fn any_text_near_the_grammar_is_read_or_refused(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "\n", "\r\n", " ", "  ", "\t", "=", ":", ".", "#", "!", "'", "'''", "\"", "\\", "\\\n", "\\u00e4", "\\u",
                "{", "}", "[", "]", ",", "-", "- ", "a", "key", "\u{e4}", "0.4", "$(", ")", "${A:-b}", "${", "$$",
                "\"queues\"", "\"name\"", "\"arguments\"", "\"policies\"", "\"definition\"", "services:\n", "  image: ",
                "rabbitmq:4.3", "apache/kafka:4.1", "    environment:\n", "      KAFKA_A: b\n", "<<: *a\n", "&a ", "*a",
                "!reset ", "extends: ", "apiVersion: kafka.strimzi.io/v1\n", "kind: KafkaTopic\n", "spec:\n", "---\n",
                "include ", "encrypted:", "{{", "}}", "\u{c}", "\u{7f}",
            ]),
            0..24,
        ),
        which in 0_usize..4,
    ) {
        check(NAMES[which], &words.concat())?;
    }
}

#[test]
fn formats_follow_the_name() {
    for (name, format) in [
        ("etc/rabbitmq.conf", Some(Format::Lines)),
        ("C:\\kafka\\server.properties", Some(Format::Lines)),
        ("definitions.json", Some(Format::Json)),
        ("compose.yml", Some(Format::Yaml)),
        ("brokerfit.toml", None),
        ("conf", None),
        ("notes.txt", None),
    ] {
        assert_eq!(format_of(name), format, "{name}");
    }
}

#[test]
fn what_is_no_broker_file_is_said_to_be_none() {
    for (name, text, expected) in [
        ("a.json", "{\"name\": \"x\"}", "1:1 not-a-broker-file this is no broker file that is known\n"),
        ("a.json", "  [{\"queues\": []}]", "1:3 not-a-broker-file this is no broker file that is known\n"),
        ("a.json", "{\"queues\": [], }", "1:14 syntax JSON has no trailing commas\n"),
        ("a.json", "", "1:1 empty-file the file is empty\n"),
        ("a.yaml", "kind: Deployment\n", "1:1 not-a-broker-file this is no broker file that is known\n"),
        ("a.yaml", "- a\n- b\n", "1:1 not-a-broker-file this is no broker file that is known\n"),
        (
            "a.yaml",
            "x: 1\nservices: {web: {image: nginx}}\n",
            "2:1 not-a-broker-file no service of this compose file runs a broker that is known\n",
        ),
        ("a.conf", "a = b\u{0}", "1:6 control-character control character U+0000\n"),
    ] {
        assert_eq!(told(name, text), expected, "{text}");
    }
}

#[test]
fn helm_templates_are_told_from_broken_yaml() {
    let template = "this is a template, which is no YAML before it is rendered\n";
    for (text, place) in [
        ("kind: KafkaTopic\n{{- if .Values.on }}\nspec:\n  partitions: 3\n{{- end }}\n", "2:1"),
        ("kind: KafkaTopic\nspec:\n  partitions: {{ .Values.partitions }}\n", "3:15"),
    ] {
        assert_eq!(told("a.yaml", text), format!("{place} template {template}"), "{text}");
    }
    // In quotes it is YAML; what it will be is not known.
    let quoted =
        "apiVersion: kafka.strimzi.io/v1\nkind: KafkaTopic\nmetadata: {name: a}\nspec: {partitions: \"{{ .n }}\"}\n";
    assert_eq!(told("a.yaml", quoted), "KafkaTopic kafka\nTopic a@3:18\n  partitions@4:8 = ?@4:20\n");
}

#[test]
fn a_text_that_is_not_utf_8_is_read_where_lines_are() {
    let bytes = b"# gr\xfc\xdfe\nbroker.id=1\n".to_vec();
    let source = Source::from_bytes("server.properties", bytes.clone(), Format::Lines).unwrap();
    assert_eq!(source.line_text(1), "# gr\u{fc}\u{df}e");
    assert!(read(&source, 0).is_ok());
    assert!(Source::from_bytes("a.yaml", bytes, Format::Yaml).is_err());
}

#[test]
fn hostile_texts_cost_what_their_size_accounts_for() {
    let many = 40_000;
    let mut chain = "services:\n".to_owned();
    for at in 0..2_000 {
        writeln!(chain, "  s{at}:\n    image: rabbitmq\n    extends: s{}", at + 1).unwrap();
    }
    let mut heirs = "services:\n  base:\n    environment:\n".to_owned();
    for at in 0..3_000 {
        writeln!(heirs, "      KAFKA_V{at}: x").unwrap();
    }
    for at in 0..3_000 {
        writeln!(heirs, "  s{at}: {{image: apache/kafka, extends: base}}").unwrap();
    }
    let merges = format!("x: &a {{k: 1}}\nservices:\n  s:\n{}", "    <<: *a\n".repeat(5_000));
    for (name, text) in [
        ("a.conf", "a = '".repeat(many)),
        ("a.conf", "'''\n".repeat(many)),
        ("a.conf", "a.".repeat(many)),
        ("a.properties", "\\\n".repeat(many)),
        ("a.properties", "a\\".repeat(many)),
        ("a.properties", "=\n".repeat(many)),
        ("a.json", format!("{{\"queues\": [{}", "{\"a\":[".repeat(many))),
        ("a.json", format!("{{\"x\": {}", "[".repeat(many))),
        ("a.yaml", chain),
        ("a.yaml", heirs),
        ("a.yaml", merges),
        ("a.yaml", format!("services: {{s: {{image: \"{}\"}}}}", "${A:-".repeat(many))),
        (
            "a.yaml",
            format!(
                "services: {{s: {{image: wurstmeister/kafka, environment: {{KAFKA_CREATE_TOPICS: \"{}\"}}}}}}",
                ":,".repeat(many)
            ),
        ),
    ] {
        let source = Source::new(name, text, format_of(name).unwrap());
        let begin = Instant::now();
        let _ = read(&source, 0);
        assert!(begin.elapsed() < Duration::from_secs(5), "{name} {:.20} took {:?}", source.text, begin.elapsed());
    }
}
