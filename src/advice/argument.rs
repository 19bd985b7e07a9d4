//! Which needs decide, what speaks against the winner, what was assumed that matters, and what to do next. Chooses;
//! the words come from the knowledge base and the renderers.

use super::Advice;
use crate::engine::{CENTRAL, Created, Holdback, Judgement, Kind, Strength};
use crate::expr::FactId;
use crate::knowledge::{Dimension, Fit, KnowledgeBase, Level, OptionId, Text};

/// How many decisive needs are named.
const DECISIVE: usize = 3;
/// How many assumptions are named.
const ASSUMED: usize = 4;

/// What a reader should see first.
#[derive(Debug, Clone)]
pub struct Argument {
    /// The option that is argued for.
    pub winner: Option<OptionId>,
    /// The strongest option of another broker.
    pub rival: Option<OptionId>,
    /// Created needs that speak for the winner, strongest first.
    pub decisive: Vec<usize>,
    /// The created need that speaks most strongly against the winner: the rival answers it better, or nobody answers
    /// it well.
    pub against: Option<usize>,
    /// The rival answers it better.
    pub rival_better: bool,
    /// Assumed and unknown facts that create needs on which the two differ, strongest first.
    pub assumed: Vec<FactId>,
    /// What to do next.
    pub next: Next,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Repair the profile: facts contradict each other.
    Repair,
    /// Find out and state a fact.
    State(FactId),
    /// Say more of the workload.
    SayMore,
    /// Mend what the winner is poor at.
    Mend,
    /// Choose by what is run and known already.
    ChooseByHabit,
    /// Read the settings and record the decision.
    Record,
    /// Relax a must, or split the flow.
    Relax,
    /// Split the flow as shown.
    Split,
    /// Use what the scope rule names.
    Instead,
}

/// Chooses the arguments.
pub fn arguments(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Argument {
    let judgement = &advice.judgement;
    let one = judgement.verdict.kind == Kind::One;
    let winner = judgement.verdict.leader.filter(|_| one).map(|leader| leader.option);
    let rival = winner.and_then(|winner| rival(knowledge, judgement, winner));
    let (mut decisive, mut against, mut rival_better) = (Vec::new(), None, false);
    if let (Some(winner), Some(rival)) = (winner, rival) {
        let differences = differences(knowledge, judgement, winner, rival);
        decisive = differences.iter().filter(|(_, gain)| *gain > 0.0).map(|(place, _)| *place).take(DECISIVE).collect();
        against = differences.last().filter(|(_, gain)| *gain < 0.0).map(|(place, _)| *place);
        rival_better = against.is_some();
    }
    if let (Some(winner), None) = (winner, against) {
        against = weakest(judgement, winner);
    }
    let assumed = winner.map_or_else(Vec::new, |winner| assumed(knowledge, advice, winner, rival));
    let next = next(advice, &assumed);
    Argument { winner, rival, decisive, against, rival_better, assumed, next }
}

/// The strongest option of another broker: the best that survives, else the least bad.
fn rival(knowledge: &KnowledgeBase<'_>, judgement: &Judgement, winner: OptionId) -> Option<OptionId> {
    let broker = knowledge.broker_of(winner);
    let mut others: Vec<_> = judgement.standings.iter().filter(|standing| standing.broker != broker).collect();
    others.sort_by(|left, right| {
        let rank = |score: Option<f64>| score.unwrap_or(-1.0);
        rank(right.score).total_cmp(&rank(left.score))
    });
    others.first().map(|standing| standing.option)
}

/// What the winner gains over the rival by each created need, most first; one need for each root.
fn differences(
    knowledge: &KnowledgeBase<'_>,
    judgement: &Judgement,
    winner: OptionId,
    rival: OptionId,
) -> Vec<(usize, f64)> {
    let assessment = &judgement.assessment;
    let both = assessment.ratings(winner).iter().zip(assessment.ratings(rival));
    let mut all: Vec<(usize, f64, (Dimension, Text))> = Vec::new();
    for (place, (created, (own, other))) in assessment.needs.iter().zip(both).enumerate() {
        let Some(need) = knowledge.needs.get(created.need) else { continue };
        let weight = judgement.weights.get(need.dimension.index()).copied().unwrap_or(0.0);
        // A veto outweighs every loss, and an assumption counts for less than what is stated.
        let veto = if created.must && other.fit == Fit::RuledOut && own.fit != Fit::RuledOut { 10.0 } else { 1.0 };
        let trust = if created.by_assumption { 0.5 } else { 1.0 };
        let gain = weight * (loss(other.fit) - loss(own.fit)) * veto * trust;
        all.push((place, gain, (need.dimension, need.root)));
    }
    all.sort_by(|left, right| right.1.abs().total_cmp(&left.1.abs()).then(left.0.cmp(&right.0)));
    let mut seen = Vec::new();
    all.retain(|(_, _, root)| {
        !seen.contains(root) && {
            seen.push(*root);
            true
        }
    });
    let mut chosen: Vec<(usize, f64)> = all.into_iter().map(|(place, gain, _)| (place, gain)).collect();
    chosen.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
    chosen
}

fn loss(fit: Fit) -> f64 {
    match fit {
        Fit::Native => 0.0,
        Fit::Good => CENTRAL.good,
        Fit::Workable => CENTRAL.workable,
        Fit::Poor => CENTRAL.poor,
        Fit::RuledOut => 1.0,
    }
}

/// The need that the winner answers worst, if any is not native.
fn weakest(judgement: &Judgement, winner: OptionId) -> Option<usize> {
    let ratings = judgement.assessment.ratings(winner);
    let worst = ratings.iter().enumerate().min_by_key(|(_, rated)| rated.fit)?;
    (worst.1.fit < Fit::Native).then_some(worst.0)
}

/// Facts that nobody stated and that create needs which the two options answer differently.
fn assumed(
    knowledge: &KnowledgeBase<'_>,
    advice: &Advice<'_>,
    winner: OptionId,
    rival: Option<OptionId>,
) -> Vec<FactId> {
    let judgement = &advice.judgement;
    let not_stated = |fact: &FactId| advice.facts.is_guess(*fact);
    let mut found: Vec<FactId> = judgement.verdict.depends_on.clone();
    if let Some(rival) = rival {
        for (place, gain) in differences(knowledge, judgement, winner, rival) {
            let created: Option<&Created> = judgement.assessment.needs.get(place);
            let Some(created) = created.filter(|created| created.by_assumption && gain != 0.0) else { continue };
            let Some(need) = knowledge.needs.get(created.need) else { continue };
            found.extend(need.rests_on.iter().filter(|fact| not_stated(fact)).copied());
        }
    }
    let mut unique: Vec<FactId> = Vec::new();
    for fact in found {
        if !unique.contains(&fact) && fact != knowledge.roles.pattern {
            unique.push(fact);
        }
    }
    unique.truncate(ASSUMED);
    unique
}

fn next(advice: &Advice<'_>, assumed: &[FactId]) -> Next {
    let verdict = &advice.judgement.verdict;
    if advice.conflicts.iter().any(|conflict| conflict.level == Level::Error) {
        return Next::Repair;
    }
    match verdict.kind {
        Kind::Neither if verdict.scope.is_some() => return Next::Instead,
        Kind::Neither => return Next::Relax,
        Kind::Both => return Next::Split,
        Kind::One => {}
    }
    let held = |what: Holdback| verdict.held_back.contains(&what);
    let doubtful = held(Holdback::AssumedVeto) || held(Holdback::AssumedNeeds) || held(Holdback::Thin);
    match (verdict.strength, assumed.first()) {
        (Some(Strength::Clear), _) => Next::Record,
        _ if held(Holdback::Tie) => Next::ChooseByHabit,
        (_, Some(fact)) if doubtful => Next::State(*fact),
        (_, None) if doubtful => Next::SayMore,
        (Some(Strength::TossUp), _) => Next::ChooseByHabit,
        _ if held(Holdback::PoorMust) => Next::Mend,
        _ => Next::Record,
    }
}
