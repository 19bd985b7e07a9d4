//! Conditions that no profile fulfils, and answers and settings for lines that do not exist.

use super::decide::Verdict;
use super::{Found, Lint, Question, conditions};
use crate::knowledge::{BrokerId, Citing, KnowledgeBase, Level, Spot, Version};

pub(super) const LINT: Lint = Lint {
    id: "never-holds",
    level: Level::Warning,
    about: "Every condition holds for some profile, and every answer and setting speaks in some known line; what never \
            speaks was meant otherwise.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let mut found = Vec::new();
    for condition in conditions::once(knowledge) {
        let verdict = condition.lines.can(knowledge, &[(condition.when, true)]);
        if verdict == Verdict::Can {
            continue;
        }
        let message = format!("the condition of {} never holds", condition.name);
        let never = Found::new(condition.name, message)
            .help("its parts contradict each other: correct it, or take it out")
            .at(condition.spot);
        found.push(if verdict == Verdict::NotSeen { never.by_samples() } else { never });
    }
    found.extend(lines(knowledge));
    found
}

/// What speaks in no line that is known.
fn lines(knowledge: &KnowledgeBase<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut hold = |broker: BrokerId, since: Option<Version>, until: Option<Version>, part: Citing| {
        let lines = knowledge.broker(broker).map_or(&[][..], |broker| &broker.versions);
        let speaks =
            |line: &Version| since.is_none_or(|since| since <= *line) && until.is_none_or(|until| *line <= until);
        if !lines.iter().any(speaks) {
            let name = knowledge.citing_name(part);
            let message = format!("{name} speaks in no known line");
            let spot = Spot::from(part).field(if since.is_some() { "since" } else { "until" });
            found.push(Found::new(name, message).help("correct `since` and `until`, or take it out").at(spot));
        }
    };
    for (option, answers) in knowledge.option_ids().map(|(id, _)| id).zip(&knowledge.answers) {
        for (need, answer) in answers.iter().enumerate() {
            for (place, variant) in answer.variants.iter().enumerate() {
                let part = Citing::Answer { option, need, variant: Some(place) };
                hold(knowledge.broker_of(option), variant.since, variant.until, part);
            }
        }
    }
    for (place, conflict) in knowledge.conflicts.iter().enumerate() {
        if let Some(option) = conflict.option {
            hold(knowledge.broker_of(option), conflict.since, conflict.until, Citing::Conflict(place));
        }
    }
    for (place, key) in knowledge.catalogue.iter().enumerate() {
        hold(key.broker, key.since, key.until, Citing::Key(place));
    }
    for (place, tuning) in knowledge.tuning.iter().enumerate() {
        if let Some(key) = knowledge.catalogue.get(usize::from(tuning.key)) {
            hold(key.broker, tuning.since, tuning.until, Citing::Setting(place));
        }
    }
    for (place, limit) in knowledge.limits.iter().enumerate() {
        hold(knowledge.broker_of(limit.option), limit.since, limit.until, Citing::Limit(place));
    }
    for (place, practice) in knowledge.practices.iter().enumerate() {
        hold(knowledge.broker_of(practice.option), practice.since, practice.until, Citing::Practice(place));
    }
    for (place, alert) in knowledge.alerts.iter().enumerate() {
        hold(knowledge.broker_of(alert.option), alert.since, alert.until, Citing::Alert(place));
    }
    for (place, pitfall) in knowledge.pitfalls.iter().enumerate() {
        hold(pitfall.broker, pitfall.since, pitfall.until, Citing::Pitfall(place));
    }
    for (place, item) in knowledge.checklist.iter().enumerate() {
        hold(knowledge.broker_of(item.option), item.since, item.until, Citing::ChecklistItem(place));
    }
    found
}
