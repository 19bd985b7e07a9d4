//! The layout, and that long texts cost no more than short ones.

#![expect(clippy::disallowed_methods, reason = "costs are measured")]

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;
use crate::source::{Format, Span};

fn source(name: &str, text: impl Into<String>) -> Source {
    Source::new(name, text, Format::Yaml)
}

#[test]
fn a_diagnostic_shows_line_caret_reason_and_remedy() {
    let sources = [source("profile.yaml", "name: \u{e4}\nretension: 7d\nretention: 1d\n")];
    let all = [Diagnostic::error("unknown-field", "unknown field `retension`")
        .at(0, Span::new(9, 18), "not a field")
        .also(0, Span::new(23, 32), "this one is")
        .help("did you mean `retention`?")];
    let expected = "\
error[unknown-field]: unknown field `retension`
 --> profile.yaml:2:1
  |
2 | retension: 7d
  | ^^^^^^^^^ not a field
3 | retention: 1d
  | --------- this one is
  |
  = help: did you mean `retention`?

error: 1 error in profile.yaml
";
    assert_eq!(render(&all, &sources, 80, false), expected);
}

#[test]
fn columns_count_characters_and_spans_end_with_their_line() {
    let sources = [source("p.yaml", "gr\u{fc}\u{df}e: \u{e4}x\n  more\n")];
    let start = sources[0].text.find('x').unwrap();
    let all = [Diagnostic::error("e", "m").at(0, Span::new(start, 99), "")];
    let out = render(&all, &sources, 80, false);
    assert!(out.contains("--> p.yaml:1:9\n"), "{out}");
    assert!(out.contains("1 | gr\u{fc}\u{df}e: \u{e4}x\n  |         ^\n"), "{out}");
    assert!(!out.contains("more"), "{out}");
}

#[test]
fn places_far_apart_and_in_other_sources_have_their_own_excerpts() {
    let sources = [source("a.yaml", "a: 1\n".repeat(100)), source("b.yaml", "b: 1\n")];
    let all = [Diagnostic::error("e", "m").at(0, Span::new(450, 451), "here").also(0, Span::new(0, 1), "there").also(
        1,
        Span::new(3, 4),
        "and there",
    )];
    let out = render(&all, &sources, 80, false);
    assert!(out.contains("--> a.yaml:91:1"), "{out}");
    assert!(out.contains("::: a.yaml:1:1"), "{out}");
    assert!(out.contains("::: b.yaml:1:4"), "{out}");
    assert!(out.lines().count() < 25, "{out}");
}

#[test]
fn a_long_line_is_cut_but_keeps_its_column() {
    let sources = [source("a.yaml", format!("k: {}\u{e4}y{}", "x".repeat(5_000), "z".repeat(9_000)))];
    let start = sources[0].text.find('y').unwrap();
    let all = [Diagnostic::error("e", "m").at(0, Span::new(start, start + 1), "here")];
    let out = render(&all, &sources, 80, false);
    assert!(out.contains("a.yaml:1:5005"), "{out}");
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    assert!(out.contains("^ here"), "{out}");
}

#[test]
fn the_summary_counts_by_source_and_kind() {
    let sources = [source("a.yaml", "a"), source("b.yaml", "b")];
    let at = |source| Diagnostic::error("e", "m").at(source, Span::new(0, 1), "");
    let mut all = vec![at(0), at(0), at(1), Diagnostic::warning("w", "m").at(0, Span::new(0, 1), "")];
    let last = |all: &[Diagnostic]| render(all, &sources, 80, false).lines().last().unwrap_or_default().to_owned();
    assert_eq!(last(&all), "error: 2 errors in a.yaml, 1 in b.yaml; 1 warning in a.yaml");
    all.truncate(1);
    assert_eq!(last(&all), "error: 1 error in a.yaml");
    assert_eq!(last(&[Diagnostic::error("e", "m"), at(0)]), "error: 1 error, 1 in a.yaml");
    assert_eq!(render(&[], &sources, 80, false), "");
}

#[test]
fn the_first_hundred_are_shown_and_the_rest_is_counted() {
    let sources = [source("a.yaml", "a: 1\n")];
    let all = vec![Diagnostic::error("e", "m").at(0, Span::new(0, 1), ""); 10_000];
    let out = render(&all, &sources, 80, false);
    assert_eq!(out.matches("error[e]").count(), 100);
    assert!(out.ends_with("… and 9,900 more\n\nerror: 10,000 errors in a.yaml\n"), "{out}");
}

#[test]
fn a_text_of_64_mb_costs_no_more_than_reading_it_once() {
    for text in ["a: 1\n".repeat(13_000_000), "a: 1, ".repeat(11_000_000)] {
        let length = text.len();
        let sources = [source("a.yaml", text)];
        let place = |at: usize| Span::new(length - 1 - at * 1000, length - at * 1000);
        let all: Vec<_> = (0..1_000).map(|at| Diagnostic::error("e", "m").at(0, place(at), "")).collect();
        let start = Instant::now();
        let out = render(&all, &sources, 80, false);
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
        assert!(out.len() < 200_000);
    }
}

#[test]
fn words_of_the_input_can_not_style_the_terminal() {
    let sources = [source("a\u{1b}[31m.yaml", "a: \u{1b}[31m\n")];
    let all = [Diagnostic::error("e", "m \u{1b}[31m").at(0, Span::new(0, 1), "l \u{1b}[31m").help("h \u{1b}[31m")];
    assert!(!render(&all, &sources, 80, false).contains('\u{1b}'));
    assert!(render(&all, &sources, 80, true).contains('\u{1b}'));
}

proptest! {
    #[test]
    fn no_span_or_text_panics(
        text in "(?s)[a\u{e4}\u{1f600}\n\r\t\u{1b}\u{202e}]{0,60}",
        spans in prop::collection::vec((0_u32..250, 0_u32..250, 0_usize..3, any::<bool>()), 0..5),
        width in 0_usize..200,
    ) {
        let sources = [source("a", text.as_str()), source("b", text.repeat(60))];
        let mut diagnostic = Diagnostic::error("e", text.as_str()).help(text.as_str());
        for (start, end, source, primary) in spans {
            let span = Span { start, end };
            diagnostic = if primary {
                diagnostic.at(source, span, text.as_str())
            } else {
                diagnostic.also(source, span, "")
            };
        }
        prop_assert!(render(&[diagnostic], &sources, width, false).ends_with('\n'));
    }
}
