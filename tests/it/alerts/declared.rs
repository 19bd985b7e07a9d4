//! Every metric and label of every expression is one that the exporters of that line declare, where it says that it is
//! scraped.

use std::collections::BTreeMap;
use std::path::Path;

use brokerfit::alerts::{Alert, Alerts};
use brokerfit::quantity::Version;

use super::{at, examples, lines};
use crate::support::KNOWLEDGE;

/// What a broker's exporters declare: a row by the metric's name, a cell by the column's.
struct Declared(BTreeMap<String, BTreeMap<String, String>>);

impl Declared {
    fn of(broker: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("rules/brokers/{broker}/declared-metrics.tsv"));
        let text = std::fs::read_to_string(path).unwrap();
        let mut rows = text.lines().map(|line| line.split('\t').map(str::to_owned).collect::<Vec<_>>());
        let columns = rows.next().unwrap();
        let row = |cells: Vec<String>| {
            assert_eq!(cells.len(), columns.len(), "{cells:?}");
            (cells[0].clone(), columns.iter().cloned().zip(cells).collect())
        };
        let all: Vec<_> = rows.map(row).collect();
        let count = all.len();
        let found = Self(all.into_iter().collect());
        assert_eq!(found.0.len(), count, "a metric is declared twice");
        found
    }

    fn cell(&self, metric: &str, column: &str) -> Option<&str> {
        self.0.get(metric)?.get(column).map(String::as_str).filter(|cell| *cell != "-")
    }

    /// Whether a line has a metric.
    fn has(&self, metric: &str, line: Version) -> bool {
        let edge = |column| self.cell(metric, column).map(|text| Version::parse(text).unwrap().as_number());
        self.0.contains_key(metric)
            && edge("first").is_none_or(|first| first <= line.as_number())
            && edge("last").is_none_or(|last| line.as_number() <= last)
    }
}

/// A name in an expression, with the labels that it is chosen by.
#[derive(Debug, PartialEq)]
struct Selector {
    metric: String,
    labels: Vec<String>,
}

/// What is no metric.
const WORDS: [&str; 9] = ["unless", "and", "or", "bool", "offset", "by", "on", "group_left", "group_right"];

/// The selectors of an expression. Labels behind `by` and `on` stand apart.
fn selectors(expr: &str) -> (Vec<Selector>, Vec<String>) {
    let (mut found, mut grouped) = (Vec::new(), Vec::new());
    let mut rest = expr;
    while let Some(start) = rest.find(|letter: char| letter.is_ascii_alphanumeric() || "_{[\"".contains(letter)) {
        rest = &rest[start..];
        if let Some(close) = rest.strip_prefix('[').and_then(|range| range.find(']')) {
            rest = &rest[close + 2..];
            continue;
        }
        let end = rest.find(|letter: char| !letter.is_ascii_alphanumeric() && !"_:.".contains(letter));
        let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
        assert!(!word.is_empty(), "{rest}");
        rest = after;
        let opens = after.trim_start().strip_prefix('(');
        if ["by", "on", "group_left", "group_right"].contains(&word) {
            let inside = opens.and_then(|text| text.split_once(')'));
            let (labels, behind) = inside.unwrap_or_else(|| panic!("{word} without labels in {expr}"));
            grouped.extend(labels.split(',').map(|label| label.trim().to_owned()).filter(|label| !label.is_empty()));
            rest = behind;
        } else if after.trim_start().starts_with("by ") {
            // `max by (…) (…)`: what aggregates is no metric.
        } else if !WORDS.contains(&word) && opens.is_none() && !word.starts_with(|first: char| first.is_ascii_digit()) {
            let mut labels = Vec::new();
            if let Some((inside, behind)) = after.strip_prefix('{').and_then(|text| text.split_once('}')) {
                labels =
                    inside.split("\",").filter_map(|part| part.split(['=', '!']).next()).map(str::to_owned).collect();
                rest = behind;
            }
            found.push(Selector { metric: word.to_owned(), labels });
        }
    }
    (found, grouped)
}

/// The metrics of an alert, with recorded series taken apart.
fn metrics(alert: &Alert, all: &Alerts) -> (Vec<Selector>, Vec<String>) {
    let (mut found, mut grouped) = (Vec::new(), Vec::new());
    let (open, labels) = selectors(&alert.expr);
    grouped.extend(labels);
    for selector in open {
        let Some(recording) = all.recordings.iter().find(|recording| recording.record == selector.metric) else {
            found.push(selector);
            continue;
        };
        // What a recording is chosen by must be a label of what it is made of.
        let (inner, labels) = selectors(&recording.expr);
        grouped.extend(labels);
        found.extend(
            inner.into_iter().map(|it| Selector { labels: [it.labels, selector.labels.clone()].concat(), ..it }),
        );
    }
    (found, grouped)
}

#[test]
fn expressions_are_taken_apart() {
    let (found, grouped) =
        selectors("max by (vhost, queue) (a{queue=~\"x\",m!=\"y\"}[5m]) * on (vhost) group_left () b > 1e3");
    let labels = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    assert_eq!(found[0], Selector { metric: "a".to_owned(), labels: labels(&["queue", "m"]) });
    assert_eq!(found[1].metric, "b");
    assert_eq!(grouped, labels(&["vhost", "queue", "vhost"]));
}

#[test]
fn expressions_name_only_what_the_exporters_of_their_line_declare() {
    let mut wrong = Vec::new();
    let profiles = examples();
    for (name, version) in lines() {
        let declared = Declared::of(name.split('/').next().unwrap());
        let line = Version::parse(&version).unwrap();
        for profile in &profiles {
            let all = at(profile, name, &version);
            for alert in &all.alerts {
                let (selectors, grouped) = metrics(alert, &all);
                assert!(!selectors.is_empty(), "{}", alert.expr);
                let mut labels: Vec<&str> = vec!["instance", "job"];
                for selector in &selectors {
                    if !declared.has(&selector.metric, line) {
                        wrong.push(format!("{name} {version} {}: no {}", alert.id, selector.metric));
                    }
                    let own = declared.cell(&selector.metric, "labels").unwrap_or_default();
                    let own: Vec<&str> = own.split('|').chain(["instance", "job"]).collect();
                    let strange = selector.labels.iter().filter(|label| !own.contains(&label.as_str()));
                    wrong.extend(
                        strange.map(|it| format!("{name} {version} {}: {} has no {it}", alert.id, selector.metric)),
                    );
                    labels.extend(own);
                    wrong.extend(elsewhere(&declared, alert, &selector.metric));
                }
                let strange = grouped.iter().filter(|label| !labels.contains(&label.as_str()));
                wrong.extend(strange.map(|label| format!("{name} {version} {}: nothing has {label}", alert.id)));
            }
        }
    }
    wrong.sort();
    wrong.dedup();
    assert_eq!(wrong, Vec::<String>::new());
}

/// What is wrong with where an alert says that a metric is scraped.
fn elsewhere(declared: &Declared, alert: &Alert, metric: &str) -> Option<String> {
    let exporter = declared.cell(metric, "exporter");
    if let Some(exporter) = exporter.filter(|exporter| *exporter != alert.exporter) {
        return Some(format!("{}: {metric} is shown by {exporter}", alert.id));
    }
    let endpoints: Vec<&str> = declared.cell(metric, "endpoints")?.split('|').collect();
    if endpoints == ["prometheus"] {
        return None;
    }
    let families: Vec<&str> = declared.cell(metric, "families").map_or(Vec::new(), |cell| cell.split('|').collect());
    let scraped = alert.endpoints.iter().any(|endpoint| {
        let (path, asked) = endpoint.split_once('?').unwrap_or((endpoint, ""));
        let asked: Vec<&str> = asked.split('&').filter_map(|part| part.strip_prefix("family=")).collect();
        endpoints.contains(&path) && (families.is_empty() || families.iter().any(|family| asked.contains(family)))
    });
    (!scraped).then(|| format!("{}: {metric} is not at {:?}", alert.id, alert.endpoints))
}

/// A table that no alert reads would rot unseen.
#[test]
fn the_tables_are_of_brokers_that_have_alerts() {
    for (id, _) in KNOWLEDGE.broker_ids() {
        let broker = KNOWLEDGE.broker_name(id);
        assert!(Declared::of(broker).0.len() > 100, "{broker}");
        assert!(KNOWLEDGE.alerts.iter().any(|rule| KNOWLEDGE.broker_of(rule.option) == id), "{broker}");
    }
}
