//! `--format sarif`: SARIF 2.1.0 for code scanning.
//!
//! Code scanning opens an alert for every result and heeds no `suppressions`, so what is waived is no result: it is listed
//! among the notifications of the run, with its reason. What a baseline knows stays a result (`unchanged`): it is debt
//! that somebody means to pay, and code scanning itself sets old alerts apart from new ones.

mod model;
mod rules;
mod uri;

use crate::render::packs;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::json;

use super::located::{Columns, Found, Located, Region};
use super::{GateReport, phrases};
use crate::gate::{Shown, Standing};
use crate::source::grouped;
use model::{
    AutomationDetails, Descriptor, Driver, Invocation, Location, Log, Message, Notification, PhysicalLocation,
    Properties, Reference, Reported, Run, Tool, UriBase,
};
use rules::{Rules, level};

/// Results that code scanning takes of one run; of these it keeps five thousand, the gravest.
const RESULTS: usize = 25_000;
/// Bytes of results: code scanning takes ten megabytes after compression, and findings shrink to less than a fifth.
const BYTES: usize = 45_000_000;
/// Locations of one result that are kept.
const LOCATIONS: usize = 100;
/// Waived findings that are listed one by one.
const WAIVED: usize = 1_000;
/// Of a message no more characters are kept in any of its parts, and no more parts begin after as many.
const MESSAGE: usize = 2_000;
/// Of what is to be seen at another place.
const LABEL: usize = 200;

const NOTIFICATIONS: [(&str, &str); 2] =
    [("waived", "A finding that somebody took upon themselves"), ("cut", "Findings that are left out of this file")];

/// For code scanning.
pub(super) fn render(report: &GateReport<'_>) -> serde_json::Result<String> {
    let located = Located::new(report, Columns::Utf16);
    let mut rules = Rules::new();
    let (results, left) = results(&located, &mut rules);
    let mut notifications = waived(&located, &mut rules);
    if left > 0 {
        let text = format!(
            "{} of the least grave findings are left out: code scanning takes {} results and ten megabytes; the format \
             json has all of them",
            grouped(left),
            grouped(RESULTS)
        );
        notifications.push(notification(1, "warning", &text));
    }
    let knowledge = packs::phrase(report.knowledge);
    let root = UriBase { description: message("the root of the repository that was checked") };
    let descriptor = |(id, text): (&'static str, &str)| Descriptor { id, short_description: message(text) };
    let run = Run {
        tool: Tool {
            driver: Driver {
                name: "brokerfit",
                version: env!("CARGO_PKG_VERSION"),
                semantic_version: env!("CARGO_PKG_VERSION"),
                information_uri: env!("CARGO_PKG_REPOSITORY"),
                rules: rules.all(),
                notifications: NOTIFICATIONS.into_iter().map(descriptor).collect(),
                properties: [("knowledge", json!(knowledge))].into(),
            },
        },
        // The empty last part says that this run is one of a category and has no name of its own.
        automation_details: AutomationDetails { id: "brokerfit/check/" },
        column_kind: "utf16CodeUnits",
        original_uri_base_ids: [(uri::ROOT, root)].into(),
        invocations: [Invocation { execution_successful: true, tool_execution_notifications: notifications }],
        results,
    };
    let schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    Ok(serde_json::to_string_pretty(&Log { schema, version: "2.1.0", runs: [run] })? + "\n")
}

/// What is reported, in the order of the run, and how much is left out; new findings go before known ones, then the
/// gravest.
fn results(located: &Located<'_>, rules: &mut Rules) -> (Vec<Reported>, usize) {
    let mut kept = Vec::new();
    for of in located.subjects() {
        let all = of.findings().iter().zip(located.fingerprints(of));
        let reported = all.filter(|(finding, _)| !matches!(finding.standing, Standing::Waived { .. }));
        kept.extend(reported.map(|(finding, print)| (Found { of, finding }, print)));
    }
    let all = kept.len();
    let mut order: Vec<usize> = (0..all).collect();
    order.sort_by_key(|place| {
        kept.get(*place).map(|(found, _)| (Reverse(found.finding.counts()), Reverse(found.finding.level)))
    });
    order.truncate(RESULTS);
    let mut written: BTreeMap<usize, Reported> = BTreeMap::new();
    let mut bytes = 0;
    for place in order {
        let Some((found, print)) = kept.get(place) else { continue };
        let result = result(located, rules, *found, print);
        bytes += size(&result);
        if bytes > BYTES {
            break;
        }
        written.insert(place, result);
    }
    let left = all - written.len();
    (written.into_values().collect(), left)
}

/// About how many bytes a result takes: its texts, and what stands around each of its places.
fn size(result: &Reported) -> usize {
    let places = result.locations.iter().chain(&result.related_locations);
    let of_place = |it: &Location| {
        400 + it.physical.artifact_location.uri.len() + it.message.as_ref().map_or(0, |it| it.text.len())
    };
    let properties = result.properties.values().filter_map(|value| value.as_str()).map(str::len);
    600 + result.message.text.len() + properties.chain(places.map(of_place)).sum::<usize>()
}

fn result(located: &Located<'_>, rules: &mut Rules, found: Found<'_>, fingerprint: &str) -> Reported {
    let finding = found.finding;
    let others: Vec<(Location, &str)> = located
        .others(found)
        .take(LOCATIONS - 1)
        .zip(1..)
        .map(|((region, place), id)| (Location { id: Some(id), ..at(located, Some(region)) }, place.text.as_str()))
        .collect();
    // Only places that the message links to are shown.
    let mut text = literal(&phrases::named(found));
    for help in &finding.help {
        if text.len() < MESSAGE {
            text = format!("{text}. {}", literal(&capital(&phrases::one_line(help))));
        }
    }
    let links: Vec<String> = others.iter().zip(1..).map(|((_, label), id)| link(label, id)).collect();
    if !links.is_empty() {
        text = format!("{text}. See {}", links.join(", "));
    }
    let related = others.into_iter().map(|(location, label)| {
        let message = (!label.is_empty()).then(|| message(&phrases::one_line(label)));
        Location { message, ..location }
    });
    Reported {
        rule_id: finding.id,
        rule_index: rules.place(finding.id),
        level: level(finding.level),
        message: Message { text },
        locations: [first(located, found)],
        related_locations: related.collect(),
        // The one name that code scanning reads, and one that is ours.
        partial_fingerprints: [
            ("primaryLocationLineHash", format!("{fingerprint}:1")),
            ("brokerfit/v1", fingerprint.to_owned()),
        ]
        .into(),
        baseline_state: located.report.baseline.map(|_| if finding.counts() { "new" } else { "unchanged" }),
        properties: properties(found),
    }
}

/// The full name of the finding, and what it is about: what a rule alone does not say.
fn properties(found: Found<'_>) -> Properties {
    let mut properties: Properties = [("finding", json!(found.finding.full_id()))].into();
    properties.extend(found.of.flow().map(|flow| ("flow", json!(flow))));
    if !found.finding.about.is_empty() {
        properties.insert("about", json!(found.finding.about));
    }
    properties
}

/// Where a finding is. Code scanning refuses a result without a place, so what has none is where its flow begins.
fn first(located: &Located<'_>, found: Found<'_>) -> Location {
    at(located, located.first(found).or_else(|| located.start(found.of)))
}

fn at(located: &Located<'_>, region: Option<Region>) -> Location {
    let shown = region.and_then(|region| located.shown(region.source));
    let stretch = region.map(|region| model::Region {
        start_line: region.start.line,
        start_column: region.start.column,
        end_line: region.end.line,
        end_column: region.end.column,
    });
    let physical = PhysicalLocation { artifact_location: uri::artifact(shown), region: stretch };
    Location { id: None, physical, message: None }
}

fn waived(located: &Located<'_>, rules: &mut Rules) -> Vec<Notification> {
    let mut listed = Vec::new();
    let mut more = 0;
    for found in located.found() {
        let file = found.of.source().and_then(|source| located.shown(source)).map_or("", Shown::text);
        let Some(waiver) = phrases::waiver(found, file) else { continue };
        if listed.len() == WAIVED {
            more += 1;
            continue;
        }
        let id = found.finding.id;
        listed.push(Notification {
            associated_rule: Some(Reference { id, index: rules.place(id) }),
            locations: vec![first(located, found)],
            properties: properties(found),
            ..notification(0, "note", &waiver)
        });
    }
    if more > 0 {
        listed.push(notification(0, "note", &format!("and {} more are waived", grouped(more))));
    }
    listed
}

fn notification(kind: usize, level: &'static str, text: &str) -> Notification {
    Notification {
        descriptor: Reference { id: NOTIFICATIONS.get(kind).map_or("", |(id, _)| id), index: kind },
        associated_rule: None,
        level,
        message: message(text),
        locations: Vec::new(),
        properties: Properties::new(),
    }
}

fn message(text: &str) -> Message {
    Message { text: literal(text) }
}

/// Text that is neither filled in nor a link, and not too long.
fn literal(text: &str) -> String {
    let text = phrases::clipped(text.to_owned(), MESSAGE).replace('{', "{{").replace('}', "}}");
    if text.contains("](") { text.replace('[', "\\[").replace(']', "\\]") } else { text }
}

/// A link to a related location.
fn link(label: &str, id: usize) -> String {
    let label = if label.is_empty() { "the other place".to_owned() } else { phrases::one_line(label) };
    let label = phrases::clipped(label, LABEL).replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]");
    format!("[{}]({id})", label.replace('{', "{{").replace('}', "}}"))
}

/// A sentence of its own.
fn capital(text: &str) -> String {
    crate::render::markdown::capital(text)
}
