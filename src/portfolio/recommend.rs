//! Which plan, and how firmly. The rules are those of `docs/how-it-decides.md`, "Several flows": the greatest regret of
//! any flow decides, numbers only between plans that are alike in it.

use super::flow::{Calls, Flow, Regret};
use super::plan::Plan;
use crate::engine::Strength;
use crate::knowledge::BrokerId;

/// How many brokers are recommended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Plans {
    /// One for all flows.
    One,
    /// Two, each flow on its own.
    Two,
    /// One or two, by what only the reader can weigh.
    Depends,
    /// None.
    Neither,
}

impl Plans {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Two => "two",
            Self::Depends => "depends",
            Self::Neither => "neither",
        }
    }
}

/// Which rule decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// Every flow's verdict names the one broker, or ties with it.
    AllAtHome,
    /// What some flows give up on it is little.
    LittleIsLost,
    /// Each broker alone fails some flow, or harms it gravely.
    NoneAloneServes,
    /// Each broker alone costs some flow much, and both are run already.
    BothRunAlready,
    /// One costs some flow much, and two cost a second broker.
    Trade,
    /// No one broker serves, and no two do.
    NoPairServes,
    /// No flow asks for a broker.
    NothingIsAsked,
    /// No flow that asks for one can be served.
    NothingServes,
}

impl Because {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::AllAtHome => "all-at-home",
            Self::LittleIsLost => "little-is-lost",
            Self::NoneAloneServes => "none-alone-serves",
            Self::BothRunAlready => "both-run-already",
            Self::Trade => "trade",
            Self::NoPairServes => "no-pair-serves",
            Self::NothingIsAsked => "nothing-is-asked",
            Self::NothingServes => "nothing-serves",
        }
    }
}

/// What the rules recommend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommendation {
    /// How many brokers.
    pub plans: Plans,
    /// Which: of a trade, the two; the first is the one that would do alone.
    pub brokers: Vec<BrokerId>,
    /// How firmly; none where it depends, or none is recommended.
    pub strength: Option<Strength>,
    /// By which rule.
    pub because: Because,
}

impl Recommendation {
    /// The brokers that flows would share: of a trade, the one that would do alone.
    pub(super) fn sharing(&self) -> &[BrokerId] {
        match self.plans {
            Plans::Depends => self.brokers.get(..1).unwrap_or_default(),
            Plans::One | Plans::Two | Plans::Neither => &self.brokers,
        }
    }
}

/// A recommendation, and the broker that would come second beside the best single one.
pub(super) struct Chosen {
    pub(super) recommendation: Recommendation,
    pub(super) second: Option<Second>,
}

/// The broker that would come second.
pub(super) struct Second {
    /// The two.
    pub(super) pair: Vec<BrokerId>,
    /// The second of them.
    pub(super) broker: BrokerId,
}

/// Chooses, as if flows agreed on what they would share.
pub(super) fn recommend(flows: &[Flow], plans: &[Plan], running: &[BrokerId]) -> Chosen {
    let placed: Vec<&Flow> = flows.iter().filter(|flow| flow.is_placed()).collect();
    let alone = plans.iter().filter(|plan| plan.brokers.len() == 1);
    let best = alone.min_by(|left, right| {
        let new = |plan: &Plan| !plan.brokers.iter().all(|broker| running.contains(broker));
        left.worst.cmp(&right.worst).then(new(left).cmp(&new(right))).then(left.lost.total_cmp(&right.lost))
    });
    let Some(best) = best.filter(|_| !placed.is_empty()) else {
        let asked = flows.iter().any(|flow| flow.calls == Calls::Unserved);
        let because = if asked { Because::NothingServes } else { Because::NothingIsAsked };
        return nothing(because);
    };
    let first = best.brokers.first().copied();
    let pairs = plans.iter().filter(|plan| plan.brokers.len() == 2);
    let pair = pairs.min_by(|left, right| {
        let apart = |plan: &Plan| first.is_some_and(|first| !plan.brokers.contains(&first));
        left.worst.cmp(&right.worst).then(apart(left).cmp(&apart(right))).then(left.lost.total_cmp(&right.lost))
    });
    let recommendation = choose(&Choice { placed: &placed, best, pair, running });
    let second = pair.and_then(|pair| second(pair, first, running, recommendation.plans));
    Chosen { recommendation, second }
}

/// Which of two comes second: where both are called for, the one that is not run yet; else the one that would not do alone.
fn second(pair: &Plan, first: Option<BrokerId>, running: &[BrokerId], plans: Plans) -> Option<Second> {
    let new: Vec<BrokerId> = pair.brokers.iter().copied().filter(|broker| !running.contains(broker)).collect();
    let broker = match new[..] {
        [new] if plans == Plans::Two => new,
        _ => pair.brokers.iter().copied().rfind(|broker| Some(*broker) != first)?,
    };
    Some(Second { pair: pair.brokers.clone(), broker })
}

fn nothing(because: Because) -> Chosen {
    let recommendation = Recommendation { plans: Plans::Neither, brokers: Vec::new(), strength: None, because };
    Chosen { recommendation, second: None }
}

/// What is chosen from.
struct Choice<'c> {
    placed: &'c [&'c Flow],
    best: &'c Plan,
    pair: Option<&'c Plan>,
    running: &'c [BrokerId],
}

fn choose(choice: &Choice<'_>) -> Recommendation {
    let one = &choice.best.brokers;
    let because = match choice.best.worst {
        Regret::None => Some(Because::AllAtHome),
        Regret::Light => Some(Because::LittleIsLost),
        _ => None,
    };
    // Where only one broker was looked at, there is nothing to choose from.
    let (None, Some(pair)) = (because, choice.pair) else {
        let because = because.unwrap_or(Because::AllAtHome);
        let strength = Some(strength_of_one(choice.placed, one));
        return Recommendation { plans: Plans::One, brokers: one.clone(), strength, because };
    };
    if pair.worst >= choice.best.worst {
        return undecided(one, pair, Because::NoPairServes);
    }
    let two = |because: Because, needs: Regret, most: Strength| {
        let strength = Some(strength_of_two(choice.placed, &pair.brokers, needs).min(most));
        Recommendation { plans: Plans::Two, brokers: pair.brokers.clone(), strength, because }
    };
    if choice.best.worst >= Regret::Grave {
        return two(Because::NoneAloneServes, Regret::Grave, Strength::Clear);
    }
    if pair.brokers.iter().all(|broker| choice.running.contains(broker)) {
        return two(Because::BothRunAlready, Regret::Heavy, Strength::Leaning);
    }
    undecided(one, pair, Because::Trade)
}

/// The two brokers of a pair; first the one that would do alone, if it is among them.
fn undecided(one: &[BrokerId], pair: &Plan, because: Because) -> Recommendation {
    let mut brokers = pair.brokers.clone();
    brokers.sort_by_key(|broker| !one.contains(broker));
    Recommendation { plans: Plans::Depends, brokers, strength: None, because }
}

/// Clear where every flow clearly calls for it; leaning where some flow does at least lean, and more firmly than any
/// flow leans to another.
fn strength_of_one(placed: &[&Flow], brokers: &[BrokerId]) -> Strength {
    let names = |flow: &Flow| matches!(flow.calls, Calls::One(broker) if brokers.contains(&broker));
    let firmest = |own: bool| placed.iter().filter(|flow| names(flow) == own).filter_map(|flow| flow.strength).max();
    if placed.iter().all(|flow| names(flow) && flow.strength == Some(Strength::Clear)) {
        return Strength::Clear;
    }
    match (firmest(true), firmest(false)) {
        (Some(own), other) if own >= Strength::Leaning && other.is_none_or(|other| other < own) => Strength::Leaning,
        _ => Strength::TossUp,
    }
}

/// As firm as the less firm of the two sides: for each broker, the firmest verdict among the flows that the other one
/// alone would cost so much. A flow that calls for two brokers leans to either.
fn strength_of_two(placed: &[&Flow], brokers: &[BrokerId], needs: Regret) -> Strength {
    let side = |other: BrokerId| {
        let needing = placed.iter().filter(|flow| flow.regret(&[other]) >= needs);
        needing.map(|flow| flow.strength.unwrap_or(Strength::Leaning)).max().unwrap_or(Strength::TossUp)
    };
    brokers.iter().map(|broker| side(*broker)).min().unwrap_or(Strength::TossUp)
}
