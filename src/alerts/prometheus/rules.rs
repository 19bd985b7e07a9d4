//! The rule file: what is recorded first, then the alerts, the gravest first.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::super::{Alert, Alerts, duration};
use super::yaml::{comment, scalar};
use super::{Head, RECORDED};
use crate::knowledge::Severity;

/// `prometheus-rules.yaml`.
pub fn rules(alerts: &Alerts, head: &Head) -> String {
    let mut out = String::with_capacity(16 * 1024);
    top(alerts, head, &mut out);
    out.push_str("groups:\n");
    if !alerts.recordings.is_empty() {
        group(RECORDED, head, &mut out);
        for recording in &alerts.recordings {
            comment("      ", &recording.about, &mut out);
            let _ = writeln!(out, "      - record: {}", scalar(&recording.record));
            let _ = writeln!(out, "        expr: {}", scalar(&recording.expr));
        }
    }
    for severity in Severity::ALL.into_iter().rev() {
        let mut of = alerts.alerts.iter().filter(|alert| alert.severity == severity).peekable();
        if of.peek().is_some() {
            group(severity.word(), head, &mut out);
            of.for_each(|alert| rule(alert, head, &mut out));
        }
    }
    out
}

/// What the file is, and what must be scraped for it.
fn top(alerts: &Alerts, head: &Head, out: &mut String) {
    let said = format!(
        "Alerts for \"{}\" on {} {}: thresholds follow from the profile, by knowledge of {}. Check with \
         `promtool check rules {}`.",
        head.flow, head.option, head.version, head.knowledge, head.rules_file
    );
    comment("", &said, out);
    out.push_str("#\n");
    comment("", "What must be scraped, every 15 s, from every node or broker (each shows only its own part):", out);
    let mut scraped: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for alert in &alerts.alerts {
        for endpoint in &alert.endpoints {
            *scraped.entry((&alert.exporter, endpoint)).or_default() += 1;
        }
    }
    for ((exporter, endpoint), count) in scraped {
        let plural = if count == 1 { "" } else { "s" };
        comment("", &format!("- {exporter}: {endpoint} ({count} alert{plural})"), out);
    }
    comment("", "Every series needs the label `instance`, and `job` as it stands in the rules.", out);
    out.push('\n');
}

fn group(name: &str, head: &Head, out: &mut String) {
    let _ = writeln!(out, "  - name: {}", scalar(&head.group(name)));
    out.push_str("    rules:\n");
}

fn rule(alert: &Alert, head: &Head, out: &mut String) {
    let indent = "      ";
    comment(indent, &format!("Threshold {}: {}", alert.shown, alert.why), out);
    if alert.formula != alert.shown {
        comment(indent, &format!("By {}.", alert.formula), out);
    }
    if !alert.facts.is_empty() {
        comment(indent, &format!("From {}.", alert.facts.join(", ")), out);
    }
    let _ = writeln!(out, "{indent}- alert: {}", scalar(&alert.name));
    let _ = writeln!(out, "{indent}  expr: {}", scalar(&alert.expr));
    let _ = writeln!(out, "{indent}  for: {}", duration(alert.lasting));
    let _ = writeln!(out, "{indent}  labels:");
    for (label, value) in [("severity", alert.severity.word()), ("flow", &head.flow), ("broker", &head.broker)] {
        let _ = writeln!(out, "{indent}    {label}: {}", scalar(value));
    }
    let _ = writeln!(out, "{indent}  annotations:");
    let texts = [
        ("summary", &alert.summary),
        ("description", &alert.description),
        ("runbook", &alert.runbook),
        ("threshold", &alert.shown),
    ];
    for (name, text) in texts {
        let _ = writeln!(out, "{indent}    {name}: {}", scalar(text));
    }
}
