//! Conditions that no profile fulfils, and answers and settings for lines that do not exist.

use super::{Found, Lint, Question, conditions};
use crate::knowledge::{BrokerId, Citing, KnowledgeBase, Level, Version};

pub(super) const LINT: Lint = Lint {
    id: "never-holds",
    level: Level::Warning,
    about: "Every condition holds for some profile, and every answer and setting speaks in some known line; what never \
            speaks was meant otherwise.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let anything = |fact| conditions::anything(knowledge, fact);
    let mut found: Vec<Found> = conditions::all(knowledge)
        .into_iter()
        .filter(|(_, when)| !knowledge.program.may_hold(*when, &anything))
        .map(|(name, _)| {
            let message = format!("the condition of {name} never holds");
            Found::new(name, message).help("its parts contradict each other: correct it, or take it out")
        })
        .collect();
    found.extend(lines(knowledge));
    found
}

/// What speaks in no line that is known.
fn lines(knowledge: &KnowledgeBase<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut hold = |broker: BrokerId, since: Option<Version>, until: Option<Version>, name: String| {
        let lines = knowledge.broker(broker).map_or(&[][..], |broker| &broker.versions);
        let speaks =
            |line: &Version| since.is_none_or(|since| since <= *line) && until.is_none_or(|until| *line <= until);
        if !lines.iter().any(speaks) {
            let message = format!("{name} speaks in no known line");
            found.push(Found::new(name, message).help("correct `since` and `until`, or take it out"));
        }
    };
    for (option, answers) in knowledge.option_ids().map(|(id, _)| id).zip(&knowledge.answers) {
        for (need, answer) in answers.iter().enumerate() {
            for (place, variant) in answer.variants.iter().enumerate() {
                let name = knowledge.citing_name(Citing::Answer { option, need, variant: Some(place) });
                hold(knowledge.broker_of(option), variant.since, variant.until, name);
            }
        }
    }
    for (place, conflict) in knowledge.conflicts.iter().enumerate() {
        if let Some(option) = conflict.option {
            let name = knowledge.citing_name(Citing::Conflict(place));
            hold(knowledge.broker_of(option), conflict.since, conflict.until, name);
        }
    }
    for (place, key) in knowledge.catalogue.iter().enumerate() {
        hold(key.broker, key.since, key.until, knowledge.key_name(place));
    }
    for (place, tuning) in knowledge.tuning.iter().enumerate() {
        if let Some(key) = knowledge.catalogue.get(usize::from(tuning.key)) {
            hold(key.broker, tuning.since, tuning.until, knowledge.citing_name(Citing::Setting(place)));
        }
    }
    for (place, limit) in knowledge.limits.iter().enumerate() {
        let name = knowledge.citing_name(Citing::Limit(place));
        hold(knowledge.broker_of(limit.option), limit.since, limit.until, name);
    }
    for (place, practice) in knowledge.practices.iter().enumerate() {
        let name = knowledge.citing_name(Citing::Practice(place));
        hold(knowledge.broker_of(practice.option), practice.since, practice.until, name);
    }
    for (place, alert) in knowledge.alerts.iter().enumerate() {
        let name = knowledge.citing_name(Citing::Alert(place));
        hold(knowledge.broker_of(alert.option), alert.since, alert.until, name);
    }
    for (place, pitfall) in knowledge.pitfalls.iter().enumerate() {
        hold(pitfall.broker, pitfall.since, pitfall.until, knowledge.citing_name(Citing::Pitfall(place)));
    }
    for (place, item) in knowledge.checklist.iter().enumerate() {
        let name = knowledge.citing_name(Citing::ChecklistItem(place));
        hold(knowledge.broker_of(item.option), item.since, item.until, name);
    }
    found
}
