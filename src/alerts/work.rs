//! One option's alerts, worked out: which hold, from which amount on, and why.

use super::amounts::{duration, filled, plain};
use super::{Alert, Alerts, Names, Recording, Series};
use crate::advice::Words;
use crate::expr::{Env, ExprId, FactId, Own, Tri, Value};
use crate::facts::{Facts, View, shown};
use crate::knowledge::{AlertRule, KnowledgeBase, OptionId, Template, within};
use crate::profile::Profile;
use crate::quantity::{Interval, Kind, show};

/// What an alerting system fills in by itself, and how it writes it: what stands behind `$` in texts.
const FILLED_IN: [(&str, &str); 4] = [
    ("value", "{{ $value | humanize }}"),
    ("duration", "{{ $value | humanizeDuration }}"),
    ("bytes", "{{ $value | humanize1024 }}B"),
    ("percent", "{{ $value | humanizePercentage }}"),
];

/// How far an expression looks back that does not say so.
const LOOKS_BACK: f64 = 600.0;

pub(super) fn alerts(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    option: OptionId,
    names: &Names,
) -> Alerts {
    let nothing = Alerts { recordings: Vec::new(), alerts: Vec::new() };
    let Some(broker) = knowledge.broker(knowledge.broker_of(option)) else { return nothing };
    let view = View::central(knowledge, facts).seen_by(broker);
    let version = match view.own(Own::Version) {
        Value::Version(version) => version.lo,
        _ => 0.0,
    };
    let worker = Worker { knowledge, profile, facts, view, names, words: Words::new(knowledge, profile, facts) };
    let mut found: Vec<Alert> = Vec::new();
    for rule in knowledge.alerts.iter().filter(|rule| rule.option == option && worker.applies(rule, version)) {
        let id = knowledge.text(rule.id);
        if !found.iter().any(|known| known.id == id && known.severity == rule.severity) {
            found.extend(worker.alert(rule, option));
        }
    }
    let read = |recording: &Recording| found.iter().any(|alert| alert.expr.contains(&recording.record));
    let recordings = worker.recordings(option);
    Alerts { recordings: recordings.into_iter().filter(read).collect(), alerts: found }
}

/// One flow, while its alerts are worked out.
struct Worker<'w> {
    knowledge: &'w KnowledgeBase<'w>,
    profile: &'w Profile,
    facts: &'w Facts,
    view: View<'w>,
    names: &'w Names,
    words: Words<'w>,
}

/// The amounts of one alert.
struct Amounts<'a> {
    threshold: f64,
    shown: String,
    window: Option<f64>,
    numbers: Vec<(&'a str, f64)>,
}

impl Worker<'_> {
    fn applies(&self, rule: &AlertRule, version: f64) -> bool {
        within(version, rule.since, rule.until)
            && rule.when.is_none_or(|when| self.knowledge.program.holds(when, &self.view) == Tri::True)
    }

    fn recordings(&self, option: OptionId) -> Vec<Recording> {
        let knowledge = self.knowledge;
        let broker = knowledge.broker_of(option);
        let serves = |rule: &&crate::knowledge::RecordingRule| {
            rule.broker == broker && (rule.options.is_empty() || rule.options.contains(&option))
        };
        let of = |rule: &crate::knowledge::RecordingRule| Recording {
            record: knowledge.text(rule.record).to_owned(),
            expr: filled(knowledge.text(rule.expr), |name| self.named(name, true)),
            about: knowledge.text(rule.about).to_owned(),
        };
        knowledge.recordings.iter().filter(serves).map(of).collect()
    }

    fn alert(&self, rule: &AlertRule, option: OptionId) -> Option<Alert> {
        let knowledge = self.knowledge;
        let amounts = self.amounts(rule)?;
        let lasting = self.amount(rule.lasting)?;
        let texts = |ids: &[crate::knowledge::Text]| ids.iter().map(|id| knowledge.text(*id).to_owned()).collect();
        let words = |template: &Template| self.words(template, option, &amounts);
        Some(Alert {
            id: knowledge.text(rule.id).to_owned(),
            name: knowledge.text(rule.name).to_owned(),
            exporter: knowledge.text(rule.exporter).to_owned(),
            endpoints: texts(&rule.endpoints),
            expr: filled(knowledge.text(rule.expr), |name| amounts.hole(name).or_else(|| self.named(name, true))),
            threshold: amounts.threshold,
            shown: amounts.shown.clone(),
            formula: knowledge.program.trace(rule.threshold, &self.view, knowledge),
            facts: self.read(rule),
            window: amounts.window.unwrap_or(LOOKS_BACK),
            lasting,
            severity: rule.severity,
            summary: words(&rule.summary),
            description: words(&rule.description),
            runbook: words(&rule.runbook),
            why: words(&rule.why),
            sources: knowledge.source_names(&rule.sources).into_iter().map(str::to_owned).collect(),
            fires: rule.fires.iter().filter_map(|text| self.series(knowledge.text(*text), &amounts)).collect(),
            quiet: rule.quiet.iter().filter_map(|text| self.series(knowledge.text(*text), &amounts)).collect(),
        })
    }

    fn amount(&self, formula: ExprId) -> Option<f64> {
        let amount = self.knowledge.program.number(formula, &self.view);
        Some(amount).filter(|amount| amount.is_point()).map(Interval::middle)
    }

    fn amounts(&self, rule: &AlertRule) -> Option<Amounts<'_>> {
        let knowledge = self.knowledge;
        let threshold = self.amount(rule.threshold)?;
        let shown = if rule.share {
            show(threshold, Kind::Percentage)
        } else {
            knowledge.program.shown(rule.threshold, &self.view, knowledge)
        };
        let window = match rule.window {
            Some(window) => Some(self.amount(window)?),
            None => None,
        };
        let mut numbers = Vec::new();
        for (name, formula) in &rule.numbers {
            numbers.push((knowledge.text(*name), self.amount(*formula)?));
        }
        Some(Amounts { threshold, shown, window, numbers })
    }

    /// A name of the flow's things.
    fn named(&self, name: &str, selects: bool) -> Option<String> {
        let holes = self.names.holes();
        let (_, pattern, plain) = holes.into_iter().find(|(known, ..)| *known == name)?;
        Some(if selects { pattern } else { plain }.to_owned())
    }

    /// A text for people, with what is known in it and what the alerting system fills in.
    fn words(&self, template: &Template, option: OptionId, amounts: &Amounts<'_>) -> String {
        let text = self.words.fill(template, Some(self.knowledge.broker_of(option)));
        filled(&with_labels(&text), |name| {
            if name == "threshold" {
                return Some(amounts.shown.clone());
            }
            let own = FILLED_IN.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
            own.or_else(|| if name == "window" { amounts.window.map(duration) } else { self.named(name, false) })
        })
    }

    /// The facts on which the threshold rests in the end, those that are stated first; guesses say so.
    fn read(&self, rule: &AlertRule) -> Vec<String> {
        let mut read = Vec::new();
        self.knowledge.program.reads(rule.threshold, &mut read);
        let mut facts = self.facts.inputs(self.knowledge, read);
        facts.retain(|fact| self.facts.central(*fact).is_known());
        facts.sort_by_key(|fact| self.facts.is_guess(*fact));
        let said = |fact: &FactId| {
            let value = shown(self.knowledge, self.profile, self.facts, *fact);
            let origin = self.facts.origin(*fact).word();
            let guess = if self.facts.is_guess(*fact) { format!(" ({origin})") } else { String::new() };
            format!("{} {value}{guess}", self.knowledge.fact_name(*fact))
        };
        facts.iter().map(said).collect()
    }

    /// A series of a test: `name{label="value"} start+step`, each an amount or a name of one.
    fn series(&self, text: &str, amounts: &Amounts<'_>) -> Option<Series> {
        let (selector, values) = text.rsplit_once(' ')?;
        let (start, step) = values.split_once('+').unwrap_or((values, "0"));
        let value = |text: &str| match text.strip_prefix('$') {
            Some(name) => amounts.value(name),
            None => text.parse::<f64>().ok(),
        };
        Some(Series {
            selector: filled(selector, |name| self.named(name, false)),
            start: value(start)?,
            step: value(step)?,
        })
    }
}

impl Amounts<'_> {
    /// An amount by its name. `over` and `under` are the threshold and the least that counts: one, or a hundredth of it.
    fn value(&self, name: &str) -> Option<f64> {
        let least = if self.threshold.fract() == 0.0 { 1.0 } else { self.threshold.abs() / 100.0 };
        match name {
            "threshold" => Some(self.threshold),
            "over" => Some(self.threshold + least),
            "under" => Some(self.threshold - least),
            "window" => self.window,
            _ => self.numbers.iter().find(|(known, _)| *known == name).map(|(_, number)| *number),
        }
    }

    /// What stands for an amount in an expression.
    fn hole(&self, name: &str) -> Option<String> {
        match name {
            "window" => self.window.map(duration),
            _ => self.value(name).map(plain),
        }
    }
}

/// `$labels.queue` as the alerting system wants it.
fn with_labels(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("$labels.") {
        let end = behind.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').unwrap_or(behind.len());
        let (label, after) = behind.split_at(end);
        out.push_str(before);
        out.push_str("{{ $labels.");
        out.push_str(label);
        out.push_str(" }}");
        rest = after;
    }
    out.push_str(rest);
    out
}
