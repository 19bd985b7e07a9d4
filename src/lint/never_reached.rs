//! What is never said because something else is said first: variants of an answer, its base, choices of a setting, cases
//! of a cost, and entries that share an id.

use std::collections::BTreeSet;

use super::conditions::{self, Lines};
use super::decide::Verdict;
use super::{Found, Lint, Question};
use crate::expr::ExprId;
use crate::knowledge::{Answer, BrokerId, Citing, KnowledgeBase, Level, OptionId, Spot, Subject, Version};

pub(super) const LINT: Lint = Lint {
    id: "never-reached",
    level: Level::Warning,
    about: "Every answer, choice and case is given to some profile: what is never reached was meant for somebody who gets \
            something else.",
    look,
};

const HELP: &str = "correct the conditions, or take it out";

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let mut found = answers(knowledge);
    for (place, tuning) in knowledge.tuning.iter().enumerate() {
        let Some(option) = tuning.options.first() else { continue };
        let lines = Lines::of(knowledge.broker_of(*option), tuning.since, tuning.until);
        let part = Spot::from(Citing::Setting(place));
        let choices: Vec<Option<ExprId>> = tuning.choose.iter().map(|(when, _)| *when).collect();
        let listed = choices.len() > 1;
        let last = |at: usize| at + 1 == choices.len() && choices.get(at).is_some_and(Option::is_none);
        let spot = |at| if last(at) && listed { part.field("value") } else { part.item("choose", at) };
        let name = format!("of {}", knowledge.citing_name(Citing::Setting(place)));
        found.extend(ordered(knowledge, lines, tuning.when, &choices, ("choice", &name), spot));
    }
    for (place, cost) in knowledge.costs.iter().enumerate() {
        let cases: Vec<Option<ExprId>> = cost.cases.iter().map(|case| Some(case.when)).collect();
        let spot = |at| Spot::from(Citing::Cost(place)).item("case", at);
        let name = format!("of the cost `{}`", knowledge.text(cost.id));
        found.extend(ordered(knowledge, Lines::default(), None, &cases, ("case", &name), spot));
    }
    for (id, fact) in knowledge.fact_ids() {
        let inferred: Vec<Option<ExprId>> = fact.infer.iter().map(|inference| inference.when).collect();
        let spot = |at| Spot::from(Subject::Fact(id)).item("infer", at);
        let name = format!("of the fact `{}`", knowledge.fact_name(id));
        found.extend(ordered(knowledge, Lines::default(), None, &inferred, ("inference", &name), spot));
    }
    found.extend(shared(knowledge));
    once(knowledge, found)
}

/// What is compiled for several options is written once.
fn once(knowledge: &KnowledgeBase<'_>, found: Vec<Found>) -> Vec<Found> {
    let mut seen = BTreeSet::new();
    let is_new = |found: &Found| {
        let spot = found.spots.first()?;
        Some(seen.insert((conditions::written(knowledge, spot.subject), spot.field)))
    };
    let mut is_new = is_new;
    found.into_iter().filter(|found| is_new(found).unwrap_or(true)).collect()
}

/// Of conditions in an order, those that cannot be the first that holds.
fn ordered(
    knowledge: &KnowledgeBase<'_>,
    lines: Lines,
    when: Option<ExprId>,
    conditions: &[Option<ExprId>],
    (what, of): (&str, &str),
    spot: impl Fn(usize) -> Spot,
) -> Vec<Found> {
    let mut found = Vec::new();
    for (place, condition) in conditions.iter().enumerate().skip(1) {
        let earlier = conditions.get(..place).unwrap_or_default();
        let verdict = if earlier.iter().any(Option::is_none) {
            Verdict::Never
        } else {
            let holds = when.iter().chain(condition).map(|it| (*it, true));
            let goals: Vec<_> = holds.chain(earlier.iter().flatten().map(|it| (*it, false))).collect();
            lines.can(knowledge, &goals)
        };
        let alone = condition.is_some_and(|it| lines.can(knowledge, &[(it, true)]) != Verdict::Can);
        // What holds nowhere is told as such.
        if verdict == Verdict::Can || alone {
            continue;
        }
        let message = format!("{what} {} {of} is never reached", place + 1);
        let never = Found::new(of.trim_start_matches("of "), message).help(HELP).at(spot(place));
        found.push(if verdict == Verdict::NotSeen { never.by_samples() } else { never });
    }
    found
}

fn answers(knowledge: &KnowledgeBase<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for ((option, details), answers) in knowledge.option_ids().zip(&knowledge.answers) {
        for (place, (need, answer)) in knowledge.needs.iter().zip(answers).enumerate() {
            for (at, variant) in answer.variants.iter().enumerate() {
                let Some(when) = variant.when else { continue };
                let lines = Lines::of(details.broker, variant.since, variant.until);
                let verdict = lines.can(knowledge, &[(need.when, true), (when, true)]);
                if verdict == Verdict::Can || lines.can(knowledge, &[(when, true)]) != Verdict::Can {
                    continue;
                }
                let part = Citing::Answer { option, need: place, variant: Some(at) };
                let name = knowledge.citing_name(part);
                let message = format!("{name} is never reached: its condition excludes that of the need");
                let spots = Spot::from(part).field("when");
                let never = Found::new(name, message).help(HELP).at(spots);
                let never = never.at(Spot::from(Subject::Need(place)).field("when"));
                found.push(if verdict == Verdict::NotSeen { never.by_samples() } else { never });
            }
            found.extend(base(knowledge, (option, details.broker), place, need.when, answer));
        }
    }
    found
}

/// A base that speaks in no line, as variants answer every case.
fn base(
    knowledge: &KnowledgeBase<'_>,
    (option, broker): (OptionId, BrokerId),
    need: usize,
    when: ExprId,
    answer: &Answer,
) -> Option<Found> {
    answer.base.as_ref().filter(|_| !answer.variants.is_empty())?;
    let silent = |line: &Version| {
        let current = || {
            answer.variants.iter().filter(|variant| {
                variant.since.is_none_or(|since| since.line() <= *line)
                    && variant.until.is_none_or(|until| *line <= until.line())
            })
        };
        let whole = |since: Option<Version>| since.is_none_or(|since| since.patch.is_none());
        if current().any(|variant| variant.when.is_none() && whole(variant.since)) {
            return true;
        }
        let failing = current().filter_map(|variant| Some((variant.when.filter(|_| whole(variant.since))?, false)));
        let goals: Vec<_> = [(when, true)].into_iter().chain(failing).collect();
        goals.len() > 1 && Lines::of(broker, Some(*line), Some(*line)).can(knowledge, &goals) == Verdict::Never
    };
    let lines = &knowledge.broker(broker)?.versions;
    if !lines.iter().all(silent) {
        return None;
    }
    let part = Citing::Answer { option, need, variant: None };
    let name = knowledge.citing_name(part);
    let message = format!("{name} never speaks: its variants answer every case");
    Some(
        Found::new(name, message)
            .help("say in the base what holds where no variant does, or leave its fit out")
            .at(Spot::from(part).field("fit")),
    )
}

/// Of practices that share an id, the first that holds speaks.
fn shared(knowledge: &KnowledgeBase<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    for (place, practice) in knowledge.practices.iter().enumerate() {
        let earlier = knowledge.practices.iter().take(place).filter(|other| {
            (other.option, other.id) == (practice.option, practice.id)
                && other.since.is_none_or(|since| practice.since.is_some_and(|own| since <= own))
                && other.until.is_none_or(|until| practice.until.is_some_and(|own| own <= until))
        });
        let conditions: Vec<Option<ExprId>> = earlier.map(|other| other.when).chain([practice.when]).collect();
        let last = conditions.len() - 1;
        let lines = Lines::of(knowledge.broker_of(practice.option), practice.since, practice.until);
        let name = format!("called {}", knowledge.citing_name(Citing::Practice(place)));
        let spot = |_| Spot::from(Citing::Practice(place)).field("when");
        let never = ordered(knowledge, lines, None, &conditions, ("practice", &name), spot);
        let this = format!("practice {} ", last + 1);
        found.extend(never.into_iter().filter(|found| found.message.starts_with(&this)));
    }
    found
}
