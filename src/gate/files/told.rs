//! What was found, in words: what is set, what the workload needs, why, where both stand, and the line to write.

use std::cell::OnceCell;

use super::super::case::Case;
use super::super::finding::Finding;
use super::limits::read;
use super::line::{Target, line, wanted};
use crate::advice::{Formulas, Setting, literal, settings};
use crate::artifact::ItemKind;
use crate::effective::{Ground, Subject, Written};
use crate::expr::FactId;
use crate::knowledge::{Bound, CatalogueKey, Level, Limit, OptionId, Text, Version};

/// A limit that is broken.
#[derive(Debug)]
pub(super) struct Broken<'j, 'g> {
    pub(super) limit: &'j Limit,
    pub(super) level: Level,
    /// What is set; none where a default holds.
    pub(super) value: Option<Written<'g>>,
    /// The amount that the limit is, if it is one.
    pub(super) bound: Option<f64>,
    /// How often the value counts.
    pub(super) times: Option<f64>,
    /// Facts on which it rests, and which may be otherwise.
    pub(super) open: Vec<FactId>,
    /// A broker that no file describes may give something else.
    pub(super) unsure: bool,
    /// How many items count together.
    pub(super) together: usize,
}

/// Tells findings of one option.
pub(super) struct Teller<'t, 'g> {
    case: &'t Case<'t>,
    ground: &'t Ground<'g>,
    option: OptionId,
    version: Version,
    advised: OnceCell<Vec<Setting>>,
}

impl<'t, 'g> Teller<'t, 'g> {
    pub(super) fn new(case: &'t Case<'t>, ground: &'t Ground<'g>, option: OptionId, version: Version) -> Self {
        Self { case, ground, option, version, advised: OnceCell::new() }
    }

    /// A broken limit of an item, or of what the broker gives to all.
    pub(super) fn finding(&self, broken: &Broken<'_, 'g>, subject: Option<&Subject<'g>>) -> Finding {
        let key = self.ground.key(broken.limit.key);
        let message = self.message(broken, subject);
        let mut finding = match broken.value {
            Some(_) => Finding::new("unfit-value", broken.level, message),
            None => Finding::new("unfit-default", broken.level, message),
        };
        finding.which = Some(self.ground.key_id(broken.limit.key).to_owned());
        finding.about = subject.map_or_else(String::new, |subject| subject.item.name.clone());
        finding = match (broken.value, subject) {
            (Some(written), _) => finding.within(written.artifact.source, written.entry.value_span, ""),
            (None, Some(subject)) => finding.within(subject.artifact.source, subject.item.span, "not set here"),
            (None, None) => finding,
        };
        let inputs = self.case.inputs(read(self.case, broken.limit));
        for fact in &inputs {
            let name = self.case.knowledge.fact_name(*fact);
            finding = finding.at(self.case.stated_at(*fact), format!("`{name}` is stated here"));
        }
        if let Some(line) = key.and_then(|key| self.line(broken, key, subject)) {
            finding = finding.help(line);
        }
        if let Some(remedy) = &broken.limit.remedy {
            finding = finding.help(self.case.words().fill(remedy, Some(self.ground.broker)));
        }
        if broken.unsure {
            let names = self.broker_keys(broken.limit.key);
            finding =
                finding.help(format!("or name the file of the broker under `artifacts`, if {names} is set there"));
        }
        finding.resting_on(inputs)
    }

    fn message(&self, broken: &Broken<'_, 'g>, subject: Option<&Subject<'g>>) -> String {
        let limit = broken.limit;
        let on = subject.map_or_else(
            || format!(" for items that set no {}", quoted(self.ground.key_id(limit.key))),
            |subject| on(subject.item.kind, &subject.item.name, broken.together),
        );
        let why = self.case.words().fill(&limit.why, Some(self.ground.broker));
        let rests = if broken.open.is_empty() {
            String::new()
        } else {
            format!("; this rests on {}", self.case.facts(&broken.open))
        };
        let is = match (broken.value, self.default(limit)) {
            (Some(written), _) => format!(
                "{}{on}{}",
                self.said(&written),
                self.lacks(broken, [", ", if subject.is_some() { " " } else { ", " }])
            ),
            (None, Some(default)) => {
                let lacks = self.lacks(broken, [" is ", " holds "]);
                format!("nothing sets {}{on}, and {default}{lacks}", quoted(self.ground.key_id(limit.key)))
            }
            (None, None) => {
                let key = quoted(self.ground.key_id(limit.key));
                format!("nothing sets {key}{on}, and {} has no default for it", self.line_of_broker())
            }
        };
        format!("{is}: {why}{rests}")
    }

    fn line_of_broker(&self) -> String {
        format!("{} {}", self.case.knowledge.broker_title(self.ground.broker), self.version)
    }

    /// What is written, as it is written and as people read it.
    fn said(&self, written: &Written<'g>) -> String {
        let name = &written.entry.key;
        let text: String = written.text.trim().chars().take(LONGEST).collect();
        let shown = self.ground.key(written.key).zip(self.ground.amount(written));
        let shown = shown.map(|(key, amount)| Self::shown(key, amount)).filter(|shown| *shown != text);
        let shown = shown.map_or_else(String::new, |shown| format!(" ({shown})"));
        format!("`{name}` is {}{shown}", quoted(&text))
    }

    /// The default of the version, if it has one.
    fn default(&self, limit: &Limit) -> Option<String> {
        let key = self.ground.key(limit.key)?;
        let default = self.case.knowledge.text(key.default_at(self.ground.version));
        let shown = crate::effective::amount(key, default).map(|amount| Self::shown(key, amount));
        let shown = shown.filter(|_| key.is_amount()).unwrap_or_else(|| quoted(default));
        (!default.is_empty()).then(|| format!("the default of {}, {shown},", self.line_of_broker()))
    }

    /// How the value misses the limit, after a joint for what it is and one for where it stands.
    fn lacks(&self, broken: &Broken<'_, 'g>, [is, stands]: [&str; 2]) -> String {
        let key = self.ground.key(broken.limit.key);
        let amount = broken.bound.zip(key).map(|(bound, key)| Self::shown(key, bound)).unwrap_or_default();
        let words = |all: &[Text]| {
            let all: Vec<String> = all.iter().map(|word| quoted(self.ground.knowledge.text(*word))).collect();
            all.join(" or ")
        };
        let times = broken
            .limit
            .times
            .map_or_else(String::new, |times| format!(" over all of its {}", quoted(self.ground.key_id(times))));
        match &broken.limit.bound {
            Bound::AtLeast(_) if amount == ENDLESS => format!("{is}a limit where the workload needs none"),
            Bound::AtLeast(_) => format!("{is}below the {amount} that the workload needs{times}"),
            Bound::AtMost(_) => format!("{is}above the {amount} with which the workload can live"),
            Bound::OneOf(all) => format!("{stands}where the workload needs {}", words(all)),
            Bound::NoneOf(_) => format!("{stands}where the workload cannot live with it"),
            Bound::Below(other) => format!("{is}not below {}", quoted(self.ground.key_id(*other))),
            Bound::Set => String::new(),
        }
    }

    fn shown(key: &CatalogueKey, amount: f64) -> String {
        if amount.is_infinite() { ENDLESS.to_owned() } else { literal(key, amount).1 }
    }

    /// The line to write.
    fn line(&self, broken: &Broken<'_, 'g>, key: &CatalogueKey, subject: Option<&Subject<'g>>) -> Option<String> {
        let knowledge = self.case.knowledge;
        let profile = self.case.advice.profile;
        let facts = &self.case.advice.facts;
        let advised = self.advised.get_or_init(|| settings(knowledge, profile, facts, self.option, Formulas::LeftOut));
        let advised = advised.iter().find(|it| it.scope == key.scope && it.key == knowledge.text(key.id));
        let value = match (advised, subject) {
            (Some(setting), Some(_)) => setting.value.clone(),
            _ => wanted(knowledge, broken, key)?,
        };
        let standing = self.ground.standing(broken.limit.key, self.option);
        let target = match (broken.value, subject) {
            // Where the broker gives it, it is better said of the item.
            (Some(written), Some(subject)) if written.key == broken.limit.key => {
                Target { artifact: written.artifact, item: written.item, name: Some(&subject.item.name) }
            }
            (_, Some(subject)) => Target { artifact: subject.artifact, item: subject.item, name: None },
            (Some(_), None) => {
                let of = match broken.limit.bound {
                    Bound::AtMost(_) if key.is_amount() => "at most ",
                    _ if key.is_amount() => "at least ",
                    _ => "",
                };
                let key = quoted(knowledge.text(key.id));
                return Some(format!("set {key} of the items that carry the flow to {of}`{value}`, or change it here"));
            }
            (None, None) => return None,
        };
        line(knowledge, key, standing, &target, &value)
    }

    /// The keys by which the broker gives a value to items that say nothing.
    fn broker_keys(&self, key: u16) -> String {
        let standing = self.ground.standing(key, self.option);
        let names = standing.map(|standing| standing.broker.iter().map(|key| quoted(self.ground.key_id(*key))));
        names.map(|names| names.collect::<Vec<_>>().join(" or ")).unwrap_or_default()
    }
}

/// How an amount without end is shown.
const ENDLESS: &str = "no limit";

/// So much of a value is shown.
const LONGEST: usize = 60;

fn quoted(text: &str) -> String {
    format!("`{text}`")
}

fn on(of: ItemKind, name: &str, together: usize) -> String {
    match (of, together) {
        (ItemKind::Broker, _) => String::new(),
        (_, 1) => format!(" on {} `{name}`", of.called()),
        (_, more) => format!(" on {} `{name}` and with the {} others of the flow together", of.called(), more - 1),
    }
}
