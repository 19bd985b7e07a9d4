//! Every condition of the rules, with what it belongs to and where it counts.

use std::collections::BTreeSet;

use super::decide::{Goals, Verdict, can};
use super::possible::Possibilities;
use crate::expr::ExprId;
use crate::knowledge::{BrokerId, Citing, KnowledgeBase, OptionId, Spot, Subject, Version};

/// One condition.
pub(super) struct Condition {
    /// Where it stands.
    pub(super) spot: Spot,
    /// What it belongs to: ``need `replay` ``.
    pub(super) name: String,
    /// The condition.
    pub(super) when: ExprId,
    /// In which lines of which broker it counts.
    pub(super) lines: Lines,
    /// What it belongs to exists by it: where it always holds, it should not be a condition.
    pub(super) decides: bool,
}

/// The lines of a broker, or whatever is used.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lines {
    pub(super) broker: Option<BrokerId>,
    pub(super) since: Option<Version>,
    pub(super) until: Option<Version>,
}

impl Lines {
    pub(super) fn of(broker: BrokerId, since: Option<Version>, until: Option<Version>) -> Self {
        Self { broker: Some(broker), since, until }
    }

    /// Whether conditions can come out as wanted in them.
    pub(super) fn can(self, knowledge: &KnowledgeBase<'_>, goals: Goals<'_>) -> Verdict {
        let possible = match self.broker {
            Some(broker) => Possibilities::of(knowledge, broker, self.since, self.until),
            None => Possibilities::neutral(knowledge),
        };
        can(knowledge, goals, &possible)
    }
}

/// Every condition.
pub(super) fn all(knowledge: &KnowledgeBase<'_>) -> Vec<Condition> {
    let mut all = Vec::new();
    let mut add = |subject: Subject, field: (&'static str, Option<usize>), when, lines, decides| {
        let name = knowledge.subject_name(subject);
        all.push(Condition { spot: Spot { subject, field: Some(field) }, name, when, lines, decides });
    };
    let of = |option: OptionId, since, until| Lines::of(knowledge.broker_of(option), since, until);
    let when = ("when", None);
    for (place, need) in knowledge.needs.iter().enumerate() {
        // A rule of the house may speak of every workload.
        add(Subject::Need(place), when, need.when, Lines::default(), !need.house);
    }
    for (place, rule) in knowledge.conflicts.iter().enumerate() {
        let lines = rule.option.map_or_else(Lines::default, |option| of(option, rule.since, rule.until));
        add(Subject::Part(Citing::Conflict(place)), when, rule.when, lines, true);
    }
    for (place, rule) in knowledge.scope.iter().enumerate() {
        add(Subject::Part(Citing::Scope(place)), when, rule.when, Lines::default(), true);
    }
    for (place, cost) in knowledge.costs.iter().enumerate() {
        for (case, condition) in cost.cases.iter().enumerate() {
            let cost = Subject::Part(Citing::Cost(place));
            add(cost, ("case", Some(case)), condition.when, Lines::default(), false);
        }
    }
    for ((option, _), answers) in knowledge.option_ids().zip(&knowledge.answers) {
        for (need, answer) in answers.iter().enumerate() {
            for (place, variant) in answer.variants.iter().enumerate() {
                let Some(condition) = variant.when else { continue };
                let part = Citing::Answer { option, need, variant: Some(place) };
                add(Subject::Part(part), when, condition, of(option, variant.since, variant.until), false);
            }
        }
    }
    for (place, tuning) in knowledge.tuning.iter().enumerate() {
        let Some(option) = tuning.options.first() else { continue };
        let (part, lines) = (Subject::Part(Citing::Setting(place)), of(*option, tuning.since, tuning.until));
        tuning.when.into_iter().for_each(|condition| add(part, when, condition, lines, true));
        for (choice, (condition, _)) in tuning.choose.iter().enumerate() {
            if let Some(condition) = condition {
                add(part, ("choose", Some(choice)), *condition, lines, false);
            }
        }
    }
    for (place, limit) in knowledge.limits.iter().enumerate() {
        let (part, lines) = (Subject::Part(Citing::Limit(place)), of(limit.option, limit.since, limit.until));
        limit.when.into_iter().for_each(|condition| add(part, when, condition, lines, true));
    }
    for (place, practice) in knowledge.practices.iter().enumerate() {
        let part = Subject::Part(Citing::Practice(place));
        let lines = of(practice.option, practice.since, practice.until);
        practice.when.into_iter().for_each(|condition| add(part, when, condition, lines, true));
    }
    for (place, alert) in knowledge.alerts.iter().enumerate() {
        let (part, lines) = (Subject::Part(Citing::Alert(place)), of(alert.option, alert.since, alert.until));
        alert.when.into_iter().for_each(|condition| add(part, when, condition, lines, true));
    }
    for (place, item) in knowledge.checklist.iter().enumerate() {
        let part = Subject::Part(Citing::ChecklistItem(place));
        let lines = of(item.option, item.since, item.until);
        item.when.into_iter().for_each(|condition| add(part, when, condition, lines, true));
    }
    for sizing in &knowledge.sizings {
        for (part, condition) in sizing.conditions() {
            add(Subject::SizingPart(sizing.option, part), when, condition, of(sizing.option, None, None), false);
        }
    }
    for (id, fact) in knowledge.fact_ids() {
        for (place, inference) in fact.infer.iter().enumerate() {
            let fact = Subject::Fact(id);
            inference.when.into_iter().for_each(|it| add(fact, ("infer", Some(place)), it, Lines::default(), false));
        }
    }
    all
}

/// Every condition once: what is compiled for each option of a broker is written once.
pub(super) fn once(knowledge: &KnowledgeBase<'_>) -> Vec<Condition> {
    let mut seen = BTreeSet::new();
    let mut all = all(knowledge);
    all.retain(|it| seen.insert((written(knowledge, it.spot.subject), it.spot.field, it.when)));
    all
}

/// What an entry is called where it is written: alike for all options for which it is compiled.
pub(super) fn written(knowledge: &KnowledgeBase<'_>, subject: Subject) -> String {
    let shared = |option: OptionId, kind: &str, id: &str| {
        format!("{kind} {} {id}", knowledge.broker_name(knowledge.broker_of(option)))
    };
    let of_part = |part: Citing| match part {
        Citing::Answer { option, need, variant } if knowledge.answer(option, need).is_some_and(|it| it.inherited) => {
            Some(shared(option, "answer", &format!("{need} {variant:?}")))
        }
        Citing::Conflict(place) => {
            let conflict = knowledge.conflicts.get(place)?;
            Some(shared(conflict.option?, "conflict", knowledge.text(conflict.id)))
        }
        Citing::Setting(place) => Some(knowledge.key_name(usize::from(knowledge.tuning.get(place)?.key))),
        Citing::Limit(place) => Some(knowledge.key_name(usize::from(knowledge.limits.get(place)?.key))),
        Citing::Practice(place) => {
            knowledge.practices.get(place).map(|it| shared(it.option, "practice", knowledge.text(it.id)))
        }
        Citing::Alert(place) => knowledge.alerts.get(place).map(|it| shared(it.option, "alert", knowledge.text(it.id))),
        Citing::ChecklistItem(place) => {
            knowledge.checklist.get(place).map(|it| shared(it.option, "item", knowledge.text(it.id)))
        }
        _ => None,
    };
    match subject {
        Subject::Part(part) => of_part(part),
        Subject::SizingPart(option, part) => Some(shared(option, "sizing", knowledge.text(part))),
        _ => None,
    }
    .unwrap_or_else(|| knowledge.subject_name(subject))
}
