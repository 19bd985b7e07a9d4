//! Laws and hostile inputs of all three formats.

#![expect(clippy::disallowed_methods, reason = "costs are measured")]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

mod foreign;
mod json;
mod sources;
mod toml;
mod yaml;

/// Documents in a short notation, and problems as `code@start..end message`.
fn read_all(text: &str, format: Format) -> (Vec<String>, Vec<String>) {
    let source = Source::new("test", text, format);
    let mut documents = Vec::new();
    let problems = read(&source, &Limits::default(), &mut |node| {
        documents.push(short(&node));
    });
    let problems =
        problems.iter().map(|it| format!("{}@{}..{} {}", it.code, it.span.start, it.span.end, it.message)).collect();
    (documents, problems)
}

fn short(node: &Node<'_>) -> String {
    match &node.kind {
        Kind::Empty => "-".to_owned(),
        Kind::Scalar(scalar) if scalar.quoted => format!("{:?}", scalar.text),
        Kind::Scalar(scalar) => scalar.text.clone().into_owned(),
        Kind::List(items) => {
            format!("[{}]", items.iter().map(short).collect::<Vec<_>>().join(", "))
        }
        Kind::Map(entries) => {
            let entry = |it: &Entry<'_>| format!("{}: {}", it.key, short(&it.value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

#[track_caller]
fn accepts(format: Format, text: &str, documents: &[&str]) {
    let (found, problems) = read_all(text, format);
    assert_eq!((found, problems), (documents.iter().map(ToString::to_string).collect(), vec![]));
}

#[track_caller]
fn refuses(format: Format, text: &str, problems: &[&str]) {
    assert_eq!(read_all(text, format).1, problems);
}

/// Counts documents and problems of a hostile text, which must be answered within the time.
#[track_caller]
fn survives(format: Format, text: String, within: Duration) -> (usize, Vec<Problem>) {
    let source = Source::new("hostile", text, format);
    let start = Instant::now();
    let mut documents = 0;
    let problems = read(&source, &Limits::default(), &mut |_| documents += 1);
    let taken = start.elapsed();
    assert!(taken < within, "took {taken:?}");
    for problem in &problems {
        assert!(source.text.get(problem.span.range()).is_some(), "{problem:?}");
        assert!(problem.message.len() < 300, "{problem:?}");
    }
    (documents, problems)
}

const SECONDS: Duration = Duration::from_secs(20);

/// Texts that are nearly of the format: arbitrary ones hardly get beyond the first byte.
fn nearly() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b: ",
        ": ",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\n",
        "\n  ",
        "\t",
        "\"",
        "'",
        "&x ",
        "*x",
        "<<",
        "---\n",
        "...\n",
        "|\n",
        "#",
        "!",
        "!!str ",
        "\\",
        "\u{e4}",
        "\u{feff}",
        "\r\n",
        "= ",
        "[[flow]]\n",
        ".",
        "1",
        "true",
        "null",
        "\\u00",
        "%",
        "@",
        "~",
        "\u{2028}",
        "\u{85}",
        "\u{1f600}",
        "\"\"\"",
        "'''",
        "\r",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check_spans(node: &Node<'_>, text: &str, outer: Span) {
    assert!(text.get(node.span.range()).is_some(), "{node:?}");
    assert!(node.span.start <= node.span.end && node.span.end as usize <= text.len());
    // An alias keeps the place of its anchor, so only texts without aliases nest.
    if !text.contains('*') && !text.contains("flow") && !text.contains('=') {
        assert!(outer.start <= node.span.start && node.span.end <= outer.end, "{node:?} {outer:?}");
    }
    match &node.kind {
        Kind::List(items) => items.iter().for_each(|item| check_spans(item, text, node.span)),
        Kind::Map(entries) => {
            for entry in entries {
                assert!(text.get(entry.key_span.range()).is_some());
                check_spans(&entry.value, text, node.span);
            }
        }
        Kind::Empty | Kind::Scalar(_) => {}
    }
}

fn holds_its_laws(text: &str) {
    for format in [Format::Yaml, Format::Json, Format::Toml] {
        let source = Source::new("x", text, format);
        let whole = Span::new(0, source.text.len());
        let mut documents = 0;
        let problems = read(&source, &Limits::default(), &mut |node| {
            documents += 1;
            assert!(node.as_map().is_some());
            check_spans(&node, &source.text, whole);
        });
        assert!(documents > 0 || !problems.is_empty(), "{format:?} silent on {text:?}");
        assert!(problems.is_sorted_by_key(|problem| problem.span));
        for problem in problems {
            assert!(source.text.get(problem.span.range()).is_some(), "{problem:?}");
            if let Some((span, _)) = problem.related {
                assert!(source.text.get(span.range()).is_some(), "{span:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn no_text_panics_and_places_lie_in_the_text(text in "(?s).{0,80}") {
        holds_its_laws(&text);
    }

    #[test]
    fn no_nearly_right_text_panics(text in nearly()) {
        holds_its_laws(&text);
    }

    #[test]
    fn bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let _ = Source::from_bytes("x", bytes, Format::Yaml);
    }
}
