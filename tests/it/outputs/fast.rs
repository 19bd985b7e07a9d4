//! Ten thousand flows in one file, and one long line with a finding at each byte: no format walks a text anew.

use std::time::{Duration, Instant};

use brokerfit::gate::{Finding, Place};
use brokerfit::knowledge::Level;
use brokerfit::render::gate::ReportFormat;
use brokerfit::source::{Format, Source, Span};

use super::{Flow, Sample, finding, sample};

/// Generous, for machines that do other things as well: walking the text anew would take minutes.
const MOST: Duration = Duration::from_secs(20);

#[track_caller]
fn hold(sample: &Sample) {
    for format in ReportFormat::ALL {
        let start = Instant::now();
        let text = sample.written(format);
        assert!(start.elapsed() < MOST, "{format:?} took {:?} for {} bytes", start.elapsed(), text.len());
    }
}

fn at(start: usize) -> Finding {
    let places = vec![Place { source: None, span: Span::new(start, start + 4), text: "here".to_owned() }];
    Finding { places, ..finding("mismatch", Level::Warning, "it differs") }
}

#[test]
fn ten_thousand_flows_in_one_file() {
    let document = "---\nname: flow\n".repeat(10_000);
    let flow = |number: usize| Flow {
        name: format!("flow {number}"),
        source: Some(0),
        span: Span::new(number * 15, number * 15 + 14),
        findings: vec![at(number * 15 + 4), at(number * 15 + 10)],
    };
    let sources = vec![Source::new("profile.yaml", document, Format::Yaml)];
    hold(&Sample { sources, flows: (0..10_000).map(flow).collect(), files: Vec::new(), ..sample() });
}

#[test]
fn twenty_thousand_findings_in_one_line() {
    let findings: Vec<Finding> = (0..20_000).map(|number| at(number * 40)).collect();
    let sources = vec![Source::new("profile.json", "\u{1f980}".repeat(200_000), Format::Json)];
    let flow = Flow { findings, ..sample().flows[0].clone() };
    hold(&Sample { sources, flows: vec![flow], files: Vec::new(), ..sample() });
}
