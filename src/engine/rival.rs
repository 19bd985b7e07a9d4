//! Who competes: surviving options, and pairs of a broker none of whose options survives.

use super::assess::{Assessment, Veto};
use super::loss::{CENTRAL, Scorecard};
use super::outcome::Leader;
use crate::knowledge::{BrokerId, Confidence, Dimension, Fit, KnowledgeBase, OptionId};

/// A candidate for the recommendation.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Who.
    pub(super) who: Leader,
    /// What it loses by dimension.
    pub(super) card: Scorecard,
    /// Its loss at central weights and the central reading.
    pub(super) loss: f64,
    /// Its worst fit among musts.
    pub(super) adequacy: Fit,
    /// Its worst fit among all needs, wishes too.
    pub(super) worst: Fit,
}

/// Everybody who competes, in canonical order.
pub(super) fn candidates(
    knowledge: &KnowledgeBase<'_>,
    assessment: &Assessment,
    weights: &[f64; Dimension::COUNT],
) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (broker, details) in knowledge.broker_ids() {
        let options = details.options.iter().filter(|option| !assessment.left_out.contains(option));
        let surviving: Vec<OptionId> = options.copied().filter(|option| assessment.survives(*option)).collect();
        for option in &surviving {
            let fits: Vec<Fit> = assessment.ratings(*option).iter().map(|rated| rated.fit).collect();
            let who = Leader { broker, option: *option, beside: None };
            all.push(candidate(knowledge, assessment, weights, who, &fits));
        }
        if surviving.is_empty() {
            all.extend(pairs(knowledge, assessment, weights, broker));
        }
    }
    all
}

/// The surviving pairs of one broker.
fn pairs(
    knowledge: &KnowledgeBase<'_>,
    assessment: &Assessment,
    weights: &[f64; Dimension::COUNT],
    broker: BrokerId,
) -> Vec<Candidate> {
    let Some(details) = knowledge.broker(broker) else { return Vec::new() };
    let mut all = Vec::new();
    for (first, second) in &details.pairs {
        let had = |option: &OptionId| {
            !assessment.left_out.contains(option)
                && assessment.vetoes(*option).iter().all(|veto| matches!(veto, Veto::Need(_)))
        };
        if !had(first) || !had(second) {
            continue;
        }
        let fits = together(knowledge, assessment, *first, *second);
        let out = assessment.needs.iter().zip(&fits).any(|(need, fit)| need.must && *fit == Fit::RuledOut);
        if !out {
            let who = Leader { broker, option: *first, beside: Some(*second) };
            all.push(candidate(knowledge, assessment, weights, who, &fits));
        }
    }
    all
}

/// One pair, where both of its options can be had and together they meet every must.
pub(super) fn pair(
    knowledge: &KnowledgeBase<'_>,
    assessment: &Assessment,
    weights: &[f64; Dimension::COUNT],
    who: Leader,
) -> Option<Candidate> {
    who.beside?;
    pairs(knowledge, assessment, weights, who.broker).into_iter().find(|candidate| candidate.who == who)
}

/// What two options answer together: the better of the two, the worse where a need is whole; running two is at best
/// workable to operate, whether or not a need asks for it.
pub fn together(knowledge: &KnowledgeBase<'_>, assessment: &Assessment, first: OptionId, second: OptionId) -> Vec<Fit> {
    let both = assessment.ratings(first).iter().zip(assessment.ratings(second));
    assessment
        .needs
        .iter()
        .zip(both)
        .map(|(created, (first, second))| {
            let Some(need) = knowledge.needs.get(created.need) else { return Fit::Poor };
            let fit = if need.whole { first.fit.min(second.fit) } else { first.fit.max(second.fit) };
            if need.dimension == Dimension::Operations { fit.min(Fit::Workable) } else { fit }
        })
        .collect()
}

/// What a candidate loses where its answers of low confidence are read otherwise.
pub(super) fn doubted(
    knowledge: &KnowledgeBase<'_>,
    assessment: &Assessment,
    weights: &[f64; Dimension::COUNT],
    candidate: &Candidate,
    otherwise: fn(Fit) -> Fit,
) -> f64 {
    let option = candidate.who.option;
    if candidate.who.beside.is_some() {
        return candidate.loss;
    }
    let fits = assessment.needs.iter().zip(assessment.ratings(option)).map(|(created, rated)| {
        let reply = knowledge.answer(option, created.need).and_then(|answer| answer.reply(rated.variant));
        let low = reply.is_some_and(|reply| reply.confidence == Confidence::Low);
        if low { otherwise(rated.fit) } else { rated.fit }
    });
    Scorecard::of(knowledge, &assessment.needs, fits).total(weights, CENTRAL)
}

fn candidate(
    knowledge: &KnowledgeBase<'_>,
    assessment: &Assessment,
    weights: &[f64; Dimension::COUNT],
    who: Leader,
    fits: &[Fit],
) -> Candidate {
    let mut card = Scorecard::of(knowledge, &assessment.needs, fits.iter().copied());
    if who.beside.is_some() {
        card.at_most(Dimension::Operations, Fit::Workable);
    }
    let musts = assessment.needs.iter().zip(fits).filter(|(need, _)| need.must).map(|(_, fit)| *fit);
    Candidate {
        who,
        card,
        loss: card.total(weights, CENTRAL),
        adequacy: musts.min().unwrap_or(Fit::Native),
        worst: fits.iter().copied().min().unwrap_or(Fit::Native),
    }
}

/// The best of the candidates: the least loss; on an exact tie the smaller loss in operations, then canonical order.
pub(super) fn best<'c>(candidates: impl Iterator<Item = &'c Candidate>) -> Option<&'c Candidate> {
    let operations = |candidate: &Candidate| candidate.card.loss(Dimension::Operations, CENTRAL);
    candidates.reduce(|best, next| {
        let order = next.loss.total_cmp(&best.loss).then(operations(next).total_cmp(&operations(best)));
        if order.is_lt() { next } else { best }
    })
}
