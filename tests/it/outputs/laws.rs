//! What holds of every report, whatever its names, texts and places are.

use brokerfit::configuration::FailOn;
use brokerfit::gate::{Finding, Paths, Place, Standing};
use brokerfit::knowledge::Level;
use brokerfit::quantity::Date;
use brokerfit::render::gate::{Compared, ReportFormat};
use brokerfit::source::{Format, Source, Span};
use proptest::prelude::*;

use super::{Flow, Sample, github, json, junit, markdown, sarif};
use crate::support::law;

/// Pieces of which every format has something to fear.
const PIECES: [&str; 34] = [
    "a",
    "b ",
    "\u{e4}",
    "\u{1f980}",
    "<",
    ">",
    "&",
    "&amp;",
    "|",
    "`",
    "``",
    "*",
    "_",
    "[x](y)",
    "]]>",
    "::",
    "%0A",
    "%",
    ",",
    ":",
    "\\",
    "#",
    "@team ",
    "{0}",
    "}",
    "~~",
    "$",
    "\"",
    "'",
    "<!--",
    "</summary>",
    "http://x.y",
    "- ",
    "=",
];

/// What file names, keys and reasons may hold beside these.
const CONTROLS: [&str; 7] = ["\n", "\r\n", "\u{0}", "\u{1b}[31m", "\u{2028}", "\u{202e}", "\u{ffff}"];

/// One line, as names of flows are.
fn line() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 1..6).prop_map(|pieces| pieces.concat())
}

fn anything() -> impl Strategy<Value = String> {
    let piece = prop_oneof![6 => prop::sample::select(&PIECES[..]), 1 => prop::sample::select(&CONTROLS[..])];
    prop::collection::vec(piece, 1..6).prop_map(|pieces| pieces.concat())
}

fn standing() -> impl Strategy<Value = Standing> {
    let waived = (anything(), prop::option::of(anything()), any::<bool>()).prop_map(|(reason, owner, ends)| {
        Standing::Waived { reason, owner, expires: ends.then(|| Date::parse("2026-12-31").unwrap()) }
    });
    prop_oneof![4 => Just(Standing::Counts), 1 => Just(Standing::Known), 1 => waived]
}

/// A finding, whose places lie anywhere in sources of that many bytes or a little beyond.
fn finding() -> impl Strategy<Value = Finding> {
    let place = (prop::option::of(0..3_usize), 0..40_usize, 0..40_usize, anything())
        .prop_map(|(source, start, length, text)| Place { source, span: Span::new(start, start + length), text });
    let id = prop::sample::select(vec!["ruled-out", "conflict", "unknown-key"]);
    let level = prop::sample::select(Level::ALL.to_vec());
    let texts = (anything(), prop::collection::vec(anything(), 0..3), line(), prop::option::of(anything()));
    (id, level, texts, prop::collection::vec(place, 0..4), standing()).prop_map(
        |(id, level, (message, help, about, which), places, standing)| Finding {
            id,
            which,
            level,
            message,
            help,
            facts: Vec::new(),
            needs: Vec::new(),
            places,
            about,
            standing,
        },
    )
}

fn findings() -> impl Strategy<Value = Vec<Finding>> {
    prop::collection::vec(finding(), 0..4)
}

fn sample() -> impl Strategy<Value = Sample> {
    let source = (anything(), "[a\u{e4}\u{1f980}\r\n ]{0,40}").prop_map(|(name, text)| (format!("f{name}"), text));
    let flow = (line(), prop::option::of(0..3_usize), findings());
    let paths = prop::sample::select(vec![Paths::default(), Paths::new("/repo/sub", "/repo")]);
    let gate = (prop::sample::select(FailOn::ALL.to_vec()), prop::option::of(0..3_usize), paths);
    (
        prop::collection::vec(source, 3),
        prop::collection::vec(flow, 0..4),
        prop::collection::vec((0..3_usize, findings()), 0..3),
        gate,
    )
        .prop_map(|(sources, flows, files, (fail_on, gone, paths))| Sample {
            sources: sources
                .into_iter()
                .enumerate()
                .map(|(number, (name, text))| Source::new(format!("{number}{name}"), text, Format::Yaml))
                .collect(),
            flows: flows
                .into_iter()
                .enumerate()
                .map(|(number, (name, source, findings))| Flow {
                    name: format!("{name}{number}"),
                    source,
                    span: Span::default(),
                    findings,
                })
                .collect(),
            // A file is inspected once.
            files: files.into_iter().collect::<std::collections::BTreeMap<_, _>>().into_iter().collect(),
            fail_on,
            baseline: gone.map(|gone| Compared { gone }),
            paths,
        })
}

#[test]
fn every_report_follows_its_standard() {
    let published = json::validator();
    law(400, sample(), |sample| {
        let document = json::written(&sample);
        prop_assert!(published.is_valid(&document), "{:?}", published.iter_errors(&document).next());
        sarif::hold(&sarif::written(&sample));
        junit::hold(&sample.written(ReportFormat::Junit));
        let markdown = markdown::written(&sample);
        let subjects = sample.flows.iter().map(|flow| &flow.findings).chain(sample.files.iter().map(|(_, it)| it));
        let with = subjects.filter(|findings| findings.iter().any(Finding::counts)).count();
        prop_assert_eq!(markdown::seen(&markdown).rows, with);
        github::written(&sample);
        let human = sample.written(ReportFormat::Human);
        prop_assert!(!human.contains('\u{1b}') && !human.contains('\u{202e}'), "{human:?}");
        Ok(())
    });
}

#[test]
fn the_same_report_is_written_twice() {
    law(50, sample(), |sample| {
        for format in ReportFormat::ALL {
            prop_assert_eq!(sample.written(format), sample.written(format));
        }
        Ok(())
    });
}

/// A text as one-line formats hold it.
fn flat(text: &str) -> String {
    let odd = |it: char| it.is_control() || matches!(it, '\u{2028}' | '\u{202e}' | '\u{ffff}');
    text.replace("\r\n", " ").replace(odd, " ")
}

/// What is left of a text where backticks mark code and blanks at an end are dropped.
fn bare(text: &str) -> String {
    text.replace(|it: char| it == '`' || it.is_whitespace(), "")
}

#[test]
fn every_format_holds_every_finding_that_counts() {
    law(300, sample(), |sample| {
        let document = json::written(&sample);
        let in_json = json::findings(&document);
        let counting: Vec<_> = in_json.iter().filter(|finding| finding["standing"] == "counts").collect();
        prop_assert_eq!(counting.len(), sample.findings().filter(|(_, finding)| finding.counts()).count());
        let log = sarif::written(&sample);
        let results = log["runs"][0]["results"].as_array().unwrap();
        let commands = github::written(&sample);
        let xml = sample.written(ReportFormat::Junit);
        let xml = roxmltree::Document::parse(&xml).unwrap();
        let xml: String = xml.descendants().filter_map(|node| node.text()).collect();
        let page = markdown::seen(&markdown::written(&sample)).text;
        for finding in counting {
            let (id, print) = (finding["id"].as_str().unwrap(), finding["fingerprint"].as_str().unwrap());
            let told = results.iter().find(|result| result["partialFingerprints"]["brokerfit/v1"] == print).unwrap();
            prop_assert_eq!(&told["properties"]["finding"], id);
            let message = flat(finding["message"].as_str().unwrap());
            prop_assert!(xml.contains(&message), "{message:?} in {xml:?}");
            prop_assert!(bare(&page).contains(&bare(&message)), "{message:?} in {page:?}");
            let title = format!("brokerfit: {id}");
            let shown = |it: &github::Command| it.property("title") == Some(&title) && it.message.contains(&message);
            prop_assert!(commands.iter().any(shown), "{title:?} {message:?} in {commands:?}");
        }
        Ok(())
    });
}

#[test]
fn what_refuses_is_the_same_in_every_format() {
    law(200, sample(), |sample| {
        let refused = json::written(&sample)["refused"].as_bool().unwrap();
        let grave = sample.findings().any(|(_, it)| it.counts() && sample.fail_on.refuses(it.level));
        prop_assert_eq!(refused, grave);
        prop_assert_eq!(sample.written(ReportFormat::Junit).contains("<failure"), refused);
        let headline = if refused { "## brokerfit: refused" } else { "## brokerfit: passed" };
        prop_assert!(markdown::written(&sample).starts_with(headline));
        Ok(())
    });
}
