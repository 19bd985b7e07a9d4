//! What `check` writes, in every format: made of findings that no real profile has, with files and names as bad as they
//! can be, and held to the standard of each format.

mod fast;
mod github;
mod human;
mod json;
mod junit;
mod laws;
mod markdown;
mod sarif;

use std::sync::LazyLock;

use brokerfit::configuration::FailOn;
use brokerfit::engine::Verdict;
use brokerfit::gate::{Checked, Finding, Inspected, Paths, Place, Standing};
use brokerfit::knowledge::Level;
use brokerfit::profile::Profile;
use brokerfit::quantity::Date;
use brokerfit::render::gate::{Compared, GateReport, ReportFormat, render};
use brokerfit::source::{Format, Source, Span};

use crate::support::{KNOWLEDGE, advised, stating};

static VERDICT: LazyLock<Verdict> = LazyLock::new(|| advised(&stating(&["throughput.peak=2k/s"])).judgement.verdict);

/// A run after the gate, with all that a report borrows.
#[derive(Debug, Clone)]
struct Sample {
    sources: Vec<Source>,
    flows: Vec<Flow>,
    files: Vec<(usize, Vec<Finding>)>,
    fail_on: FailOn,
    baseline: Option<Compared>,
    paths: Paths,
}

/// A flow: its name, where it stands, and what was found.
#[derive(Debug, Clone)]
struct Flow {
    name: String,
    source: Option<usize>,
    span: Span,
    findings: Vec<Finding>,
}

impl Sample {
    fn written(&self, format: ReportFormat) -> String {
        let profiles: Vec<Profile> = self
            .flows
            .iter()
            .map(|flow| Profile { source: flow.source, span: flow.span, ..Profile::named(&flow.name) })
            .collect();
        let flows: Vec<Checked<'_>> = self
            .flows
            .iter()
            .zip(&profiles)
            .map(|(flow, profile)| Checked {
                profile,
                verdict: VERDICT.clone(),
                findings: flow.findings.clone(),
                fail_on: self.fail_on,
            })
            .collect();
        let files: Vec<Inspected> = self
            .files
            .iter()
            .map(|(source, findings)| Inspected {
                source: *source,
                kind: "server.properties",
                findings: findings.clone(),
                fail_on: self.fail_on,
            })
            .collect();
        let report = GateReport {
            knowledge: &KNOWLEDGE,
            sources: &self.sources,
            flows: &flows,
            files: &files,
            fail_on: self.fail_on,
            baseline: self.baseline,
            paths: &self.paths,
        };
        render(&report, format, 100, false).unwrap()
    }

    /// Every finding, with the name of its flow where it has one.
    fn findings(&self) -> impl Iterator<Item = (Option<&str>, &Finding)> {
        let of_flows = self.flows.iter().flat_map(|flow| flow.findings.iter().map(|it| (Some(flow.name.as_str()), it)));
        of_flows.chain(self.files.iter().flat_map(|(_, findings)| findings.iter().map(|it| (None, it))))
    }
}

fn finding(id: &'static str, level: Level, message: &str) -> Finding {
    Finding {
        id,
        which: None,
        level,
        message: message.to_owned(),
        help: Vec::new(),
        facts: Vec::new(),
        needs: Vec::new(),
        places: Vec::new(),
        about: String::new(),
        standing: Standing::Counts,
    }
}

/// The place of a text in a source.
fn place(sources: &[Source], source: Option<usize>, of: &str, text: &str) -> Place {
    let whole = &sources[source.unwrap_or(0)].text;
    let start = whole.find(of).unwrap();
    Place { source, span: Span::new(start, start + of.len()), text: text.to_owned() }
}

fn waived(finding: Finding, reason: &str, owner: Option<&str>, expires: Option<&str>) -> Finding {
    let (owner, expires) = (owner.map(str::to_owned), expires.map(|day| Date::parse(day).unwrap()));
    Finding { standing: Standing::Waived { reason: reason.to_owned(), owner, expires }, ..finding }
}

const PROFILE: &str = "a b/gr\u{f6}\u{df}e \u{1f980}.yaml";
const BROKER: &str = "broker/server.properties";

/// A run whose places were counted by hand.
///
/// Line 2 of the profile is `decision: { broker: ` (20 characters), two crabs, `kafka`, ` }`. A crab is one character and
/// two units of UTF-16, so `kafka` begins in column 23 by characters, 25 by units, and ends five later. The file has lines
/// that end with CR LF. Line 2 of the broker file is `log.retention.ms=1`: the key is columns 1 to 16, the value 18.
fn sample() -> Sample {
    let profile =
        "name: orders\r\ndecision: { broker: \u{1f980}\u{1f980}kafka }\r\nworkload: 1\r\n---\r\nname: second\r\n";
    let sources = vec![
        Source::new(PROFILE, profile, Format::Yaml),
        Source::new(BROKER, "# \u{e4}\nlog.retention.ms=1\nnum.partitions=3\n", Format::Yaml),
    ];
    let mut out = finding("ruled-out", Level::Error, "`rabbitmq/quorum` is decided, and `replay` rules it out");
    out.help = vec!["record `decision: { broker: kafka }`".to_owned()];
    out.places = vec![
        place(&sources, None, "kafka", "decided here"),
        place(&sources, Some(1), "log.retention.ms", "declared [here]"),
    ];
    let mut conflict = finding("conflict", Level::Warning, "the average is above the peak");
    conflict.which = Some("average-above-peak".to_owned());
    conflict.places = vec![place(&sources, None, "workload: 1", "")];
    let placeless = finding("too-thin", Level::Note, "too little is stated");
    let excused = waived(
        finding("mismatch", Level::Error, "`kafka/log` is advised"),
        "the migration is under way",
        Some("payments"),
        Some("2026-12-31"),
    );
    let mut key = finding("unknown-key", Level::Error, "`log.retention.ms` is no key");
    key.which = Some("log.retention.ms".to_owned());
    key.places = vec![place(&sources, Some(1), "1\n", "")];
    let known = Finding { standing: Standing::Known, ..finding("idle-key", Level::Warning, "`x` has no effect") };
    let second = u32::try_from(profile.find("name: second").unwrap()).unwrap();
    Sample {
        flows: vec![
            Flow {
                name: "orders".to_owned(),
                source: Some(0),
                span: Span::default(),
                findings: vec![out, conflict, excused],
            },
            Flow {
                name: "second".to_owned(),
                source: Some(0),
                span: Span { start: second, end: second },
                findings: vec![placeless],
            },
            Flow { name: "fine".to_owned(), source: Some(0), span: Span::default(), findings: Vec::new() },
        ],
        files: vec![(1, vec![key, known])],
        sources,
        fail_on: FailOn::Error,
        baseline: Some(Compared { gone: 2 }),
        paths: Paths::default(),
    }
}
