//! What a verdict rests on: vetoes and needs that exist only because something is assumed.

use super::assess::{Assessment, Veto};
use super::loss::{CENTRAL, Scorecard};
use super::reads::expressions;
use super::rival::Candidate;
use crate::expr::{ExprId, FactId};
use crate::facts::{Facts, Origin};
use crate::knowledge::{BrokerId, Dimension, Fit, KnowledgeBase, OptionId};

/// Facts that are not stated and on which a veto rests that decides: without it, a rival would come too close.
pub(super) fn assumed_vetoes(
    knowledge: &KnowledgeBase<'_>,
    facts: &Facts,
    assessment: &Assessment,
    winner: &Candidate,
    has_rival: bool,
    weights: &[f64; Dimension::COUNT],
    margin: f64,
) -> Vec<FactId> {
    let mut rests_on = Vec::new();
    for option in assessment.options(knowledge) {
        if knowledge.broker_of(option) == winner.who.broker {
            continue;
        }
        let Some(doubtful) = doubtful(assessment, option) else { continue };
        let kept = |place: usize| !doubtful.contains(&place);
        let loss = |option: OptionId| {
            let (needs, fits): (Vec<_>, Vec<_>) = (0..)
                .zip(assessment.needs.iter().zip(assessment.ratings(option)))
                .filter(|(place, _)| kept(*place))
                .map(|(_, (need, rated))| (*need, rated.fit))
                .unzip();
            Scorecard::of(knowledge, &needs, fits.into_iter()).total(weights, CENTRAL)
        };
        let ahead = loss(option) - loss(winner.who.option);
        if !has_rival || ahead < margin {
            rests_on.extend(behind_vetoes(knowledge, facts, assessment, option));
        }
    }
    rests_on.sort_unstable();
    rests_on.dedup();
    rests_on
}

/// The created needs that rule an option out by assumption, if nothing else does.
fn doubtful(assessment: &Assessment, option: OptionId) -> Option<Vec<usize>> {
    if assessment.survives(option) {
        return None;
    }
    let mut needs = Vec::new();
    for veto in assessment.vetoes(option) {
        match veto {
            Veto::Need(place) => {
                let rated = assessment.ratings(option).get(*place)?;
                if !rated.ruled_out_by_assumption {
                    return None;
                }
                needs.push(*place);
            }
            Veto::Version { by_assumption: true } => {}
            Veto::Version { by_assumption: false } | Veto::Provider | Veto::Allowed => return None,
        }
    }
    Some(needs)
}

/// The facts that are not stated and on which an option's vetoes rest.
pub fn behind_vetoes(
    knowledge: &KnowledgeBase<'_>,
    facts: &Facts,
    assessment: &Assessment,
    option: OptionId,
) -> Vec<FactId> {
    let mut found = Vec::new();
    for veto in assessment.vetoes(option) {
        match veto {
            Veto::Need(place) => {
                let Some(created) = assessment.needs.get(*place) else { continue };
                if let Some(need) = knowledge.needs.get(created.need) {
                    found.extend(need.rests_on.iter().copied());
                }
                if let Some(answer) = knowledge.answer(option, created.need) {
                    found.extend(leaves(knowledge, facts, &expressions(answer)));
                }
            }
            Veto::Version { .. } => {
                found.extend(knowledge.broker(knowledge.broker_of(option)).map(|broker| broker.version_fact));
            }
            Veto::Provider | Veto::Allowed => {}
        }
    }
    found.retain(|fact| facts.is_guess(*fact));
    found.sort_unstable();
    found.dedup();
    found
}

/// The facts that are not stated and that create needs which favour one broker over the best of the others.
pub(super) fn assumed_needs(
    knowledge: &KnowledgeBase<'_>,
    facts: &Facts,
    assessment: &Assessment,
    winner: OptionId,
) -> Vec<FactId> {
    let mut found = Vec::new();
    for (place, created) in assessment.needs.iter().enumerate().filter(|(_, created)| created.by_assumption) {
        let fit = |option: OptionId| assessment.ratings(option).get(place).map_or(Fit::Poor, |rated| rated.fit);
        let rivals =
            assessment.options(knowledge).filter(|option| knowledge.broker_of(*option) != knowledge.broker_of(winner));
        if rivals.map(fit).max().is_some_and(|best| best >= fit(winner)) {
            continue;
        }
        if let Some(need) = knowledge.needs.get(created.need) {
            found.extend(need.rests_on.iter().copied().filter(|fact| facts.is_guess(*fact)));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether one broker leads alone when assumed facts create no need.
pub(super) fn leads_on_stated_facts(
    knowledge: &KnowledgeBase<'_>,
    assessment: &Assessment,
    weights: &[f64; Dimension::COUNT],
    broker: BrokerId,
) -> bool {
    let mut best: Vec<(BrokerId, f64)> = Vec::new();
    for option in assessment.options(knowledge) {
        let stated: Vec<_> = assessment
            .needs
            .iter()
            .zip(assessment.ratings(option))
            .filter(|(need, _)| !need.by_assumption)
            .map(|(need, rated)| (*need, rated.fit))
            .collect();
        let reserved = assessment.vetoes(option).iter().any(|veto| !matches!(veto, Veto::Need(_)));
        if reserved || stated.iter().any(|(need, fit)| need.must && *fit == Fit::RuledOut) {
            continue;
        }
        let (needs, fits): (Vec<_>, Vec<_>) = stated.into_iter().unzip();
        let loss = Scorecard::of(knowledge, &needs, fits.into_iter()).total(weights, CENTRAL);
        best.push((knowledge.broker_of(option), loss));
    }
    let least = |own: bool| {
        best.iter().filter(|(whose, _)| (*whose == broker) == own).map(|(_, loss)| *loss).min_by(f64::total_cmp)
    };
    match (least(true), least(false)) {
        (Some(own), Some(other)) => own < other,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// Whether stated facts alone rule out every option of every other broker.
pub(super) fn rivals_out_by_stated_facts(
    knowledge: &KnowledgeBase<'_>,
    assessment: &Assessment,
    broker: BrokerId,
) -> bool {
    let mut rivals = assessment.options(knowledge).filter(|option| knowledge.broker_of(*option) != broker).peekable();
    rivals.peek().is_some()
        && rivals.all(|option| {
            assessment.vetoes(option).iter().any(|veto| match veto {
                Veto::Need(place) => {
                    assessment.ratings(option).get(*place).is_some_and(|rated| !rated.ruled_out_by_assumption)
                }
                Veto::Version { by_assumption } => !by_assumption,
                Veto::Provider | Veto::Allowed => true,
            })
        })
}

/// The facts on which expressions rest in the end.
fn leaves(knowledge: &KnowledgeBase<'_>, facts: &Facts, expressions: &[ExprId]) -> Vec<FactId> {
    let mut open = Vec::new();
    for expression in expressions {
        knowledge.program.reads(*expression, &mut open);
    }
    let mut seen: Vec<FactId> = Vec::new();
    let mut found = Vec::new();
    while let Some(id) = open.pop() {
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        match knowledge.fact(id) {
            Some(fact) if facts.origin(id) == Origin::Derived => {
                if let Some(formula) = fact.formula {
                    knowledge.program.reads(formula, &mut open);
                }
            }
            _ => found.push(id),
        }
    }
    found
}
