//! The settings that follow from a profile for one option.

use super::setting::{Setting, literal};
use super::words::Words;
use crate::expr::{Env, Own, Tri, Value};
use crate::facts::{Facts, View};
use crate::knowledge::{CatalogueKey, Choice, KnowledgeBase, OptionId, Tuning};
use crate::profile::Profile;
use crate::quantity::Interval;

/// The settings for an option, in the order of the rules: one for each key and scope.
pub fn settings(knowledge: &KnowledgeBase<'_>, profile: &Profile, facts: &Facts, option: OptionId) -> Vec<Setting> {
    let broker_id = knowledge.broker_of(option);
    let Some(broker) = knowledge.broker(broker_id) else { return Vec::new() };
    let view = View::central(knowledge, facts).seen_by(broker);
    let version = match view.own(Own::Version) {
        Value::Version(version) => version.lo,
        _ => 0.0,
    };
    let words = Words::new(knowledge, profile, facts);
    let mut found: Vec<Setting> = Vec::new();
    for tuning in knowledge.tuning.iter().filter(|tuning| tuning.options.contains(&option)) {
        let Some(key) = knowledge.catalogue.get(usize::from(tuning.key)) else { continue };
        if !in_line(tuning.since, tuning.until, version) || !in_line(key.since, key.until, version) {
            continue;
        }
        if tuning.when.is_some_and(|when| knowledge.program.holds(when, &view) != Tri::True) {
            continue;
        }
        let id = knowledge.text(key.id);
        if found.iter().any(|setting| setting.key == id && setting.scope == key.scope) {
            continue;
        }
        found.extend(setting(knowledge, tuning, key, &view, version, &words, option));
    }
    found.sort_by_key(|setting| (setting.constant, setting.scope));
    found
}

fn in_line(since: Option<crate::knowledge::Version>, until: Option<crate::knowledge::Version>, version: f64) -> bool {
    let line = (version / 1e3).floor() * 1e3;
    since.is_none_or(|since| version >= since.as_number()) && until.is_none_or(|until| line <= until.as_number())
}

fn setting(
    knowledge: &KnowledgeBase<'_>,
    tuning: &Tuning,
    key: &CatalogueKey,
    view: &View<'_>,
    version: f64,
    words: &Words<'_>,
    option: OptionId,
) -> Option<Setting> {
    let program = &knowledge.program;
    let (condition, choice) = tuning
        .choose
        .iter()
        .find(|(condition, _)| condition.is_none_or(|condition| program.holds(condition, view) == Tri::True))?;
    let broker = Some(knowledge.broker_of(option));
    let reason = || condition.or(tuning.when).map(|condition| program.trace(condition, view, knowledge));
    let (value, shown, formula) = match choice {
        Choice::Number(formula) => {
            let amount = Some(program.number(*formula, view)).filter(|amount| amount.is_point())?;
            let (value, shown) = literal(key, Interval::middle(amount));
            (value, shown, program.trace(*formula, view, knowledge))
        }
        Choice::Boolean(formula) => {
            let value = match program.holds(*formula, view) {
                Tri::True => "true",
                Tri::False => "false",
                Tri::Unknown => return None,
            };
            (value.to_owned(), value.to_owned(), program.trace(*formula, view, knowledge))
        }
        Choice::Text(template) => {
            let text = words.fill(template, broker);
            (text.clone(), text, reason().unwrap_or_default())
        }
    };
    let default = key
        .defaults
        .iter()
        .rev()
        .find(|(since, _)| version >= since.as_number())
        .map_or(key.default, |(_, default)| *default);
    Some(Setting {
        key: knowledge.text(key.id).to_owned(),
        scope: key.scope,
        value,
        shown,
        default: knowledge.text(default).to_owned(),
        formula,
        why: words.fill(&tuning.why, broker),
        risk: tuning.risk.as_ref().map(|risk| words.fill(risk, broker)),
        sources: knowledge.source_names(&tuning.sources).into_iter().map(str::to_owned).collect(),
        constant: tuning.constant,
    })
}
