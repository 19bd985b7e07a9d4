//! One flow as the comparison needs it: what it calls for, and what it would give up on each broker.

use super::charge::cases;
use super::environment;
use crate::advice::{Advice, Words};
use crate::engine::{Judgement, Kind, Standing, Strength, Veto, together};
use crate::expr::FactId;
use crate::knowledge::{BrokerId, Fit, KnowledgeBase, OptionId};

/// What a flow gives up under a plan, measured against its own verdict, least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Regret {
    /// Nothing: its verdict names this broker, or ties with it.
    None,
    /// Little: its verdict is a toss-up; or leans to another, and no must is harmed: answered poorly here, and better
    /// there.
    Light,
    /// Much: its verdict leans to another, and a must is harmed; or clearly names another; or it calls for two brokers.
    Heavy,
    /// Most of it: its verdict clearly names another, and a must is harmed.
    Grave,
    /// Everything: nothing here meets its musts.
    Total,
}

impl Regret {
    /// All of them, least to most.
    pub const ALL: [Self; 5] = [Self::None, Self::Light, Self::Heavy, Self::Grave, Self::Total];

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Light => "light",
            Self::Heavy => "heavy",
            Self::Grave => "grave",
            Self::Total => "total",
        }
    }
}

/// What a flow calls for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calls {
    /// A broker that its verdict names.
    One(BrokerId),
    /// Two: it is two flows with different lives.
    Both,
    /// None, by a scope rule.
    Nothing,
    /// Some broker, and nothing that was looked at meets its musts.
    Unserved,
}

/// Why nothing of a broker serves a flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Barrier {
    /// It is not in the version that is run.
    Version,
    /// The provider does not offer it.
    Provider,
    /// It may not be used.
    Allowed,
    /// A must that it cannot meet, by its place among the needs of the knowledge base.
    Need(usize),
}

/// A need that is answered worse than by the flow's own broker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worse {
    /// Its place among the needs of the knowledge base.
    pub need: usize,
    /// Whether it must be met.
    pub must: bool,
    /// What the flow's own broker answers.
    pub from: Fit,
    /// What is answered here.
    pub to: Fit,
    /// What must be built to make up for it.
    pub compensate: Option<String>,
}

impl Worse {
    /// By how many steps of the scale.
    pub fn steps(&self) -> u8 {
        self.from.steps().saturating_sub(self.to.steps())
    }
}

/// A flow on one broker.
#[derive(Debug, Clone)]
pub struct Place {
    /// Whose.
    pub broker: BrokerId,
    /// Its best option for the flow, else the least bad one.
    pub option: OptionId,
    /// The second of a pair.
    pub beside: Option<OptionId>,
    /// The score; none where nothing survives.
    pub score: Option<f64>,
    /// What the flow gives up here.
    pub regret: Regret,
    /// Why nothing survives; empty where something does.
    pub barriers: Vec<Barrier>,
    /// What gets worse, musts first, most steps first.
    pub worse: Vec<Worse>,
    /// For each cost of a second broker, which of its cases hold where this broker is the second: a bit each.
    pub(super) cases: Vec<u32>,
}

/// A flow and its places.
#[derive(Debug, Clone)]
pub struct Flow {
    /// Its name.
    pub name: String,
    /// What it calls for.
    pub calls: Calls,
    /// How firmly its verdict names one broker.
    pub strength: Option<Strength>,
    /// The score of what its verdict names.
    pub score: Option<f64>,
    /// The brokers of its two parts, where it calls for both.
    pub split: Vec<BrokerId>,
    /// The brokers that it says are run already.
    pub running: Vec<BrokerId>,
    /// What it states of what it would share.
    pub(super) stated: Vec<(FactId, String)>,
    /// A place for each broker that was looked at, in canonical order.
    pub places: Vec<Place>,
}

impl Flow {
    /// Whether it asks for a broker and one of those looked at can serve it.
    pub fn is_placed(&self) -> bool {
        matches!(self.calls, Calls::One(_) | Calls::Both)
    }

    /// Whether it is two flows, and both brokers of these are among those of a plan.
    pub fn is_split(&self, brokers: &[BrokerId]) -> bool {
        self.calls == Calls::Both && self.split.iter().all(|broker| brokers.contains(broker))
    }

    /// What it gives up where these brokers are run.
    pub fn regret(&self, brokers: &[BrokerId]) -> Regret {
        if self.is_split(brokers) {
            return Regret::None;
        }
        self.place(brokers).map_or(Regret::Total, |place| place.regret)
    }

    /// Where it goes, where these brokers are run: where it gives up least; then by score, then in canonical order.
    pub fn place(&self, brokers: &[BrokerId]) -> Option<&Place> {
        let among = self.places.iter().filter(|place| brokers.contains(&place.broker));
        among.min_by(|left, right| {
            let score = |place: &Place| place.score.unwrap_or(-1.0);
            left.regret.cmp(&right.regret).then(score(right).total_cmp(&score(left)))
        })
    }

    /// Whether it, or a part of it, goes to one of the brokers that are run.
    pub fn goes_to(&self, broker: BrokerId, brokers: &[BrokerId]) -> bool {
        if self.is_split(brokers) {
            return self.split.contains(&broker);
        }
        self.is_placed() && self.place(brokers).is_some_and(|place| place.broker == broker)
    }

    /// By how much a place scores below what its verdict names.
    pub fn lost(&self, place: &Place) -> Option<f64> {
        Some(self.score? - place.score?)
    }
}

/// What is kept of an advice.
pub(super) fn summary(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Flow {
    let judgement = &advice.judgement;
    let verdict = &judgement.verdict;
    let calls = match (verdict.kind, verdict.leader) {
        (Kind::One, Some(leader)) => Calls::One(leader.broker),
        (Kind::Both, _) => Calls::Both,
        (Kind::Neither, _) if verdict.scope.is_some() => Calls::Nothing,
        _ => Calls::Unserved,
    };
    let own = own_fits(knowledge, judgement);
    let looked_at = |standing: &&Standing| !judgement.assessment.left_out.contains(&standing.option);
    let places = judgement.standings.iter().filter(looked_at).map(|standing| {
        let here = Here { knowledge, advice, standing, own: &own };
        here.place(calls)
    });
    Flow {
        name: advice.profile.name.clone(),
        calls,
        strength: verdict.strength,
        score: verdict.leader.and_then(|leader| judgement.standing(leader.broker)?.score),
        split: verdict.split.iter().map(|part| part.broker).collect(),
        running: environment::running(knowledge, &advice.facts),
        stated: environment::stated(knowledge, advice),
        places: places.collect(),
    }
}

/// How what the verdict names answers each created need; for two flows in one, the better of the two.
fn own_fits(knowledge: &KnowledgeBase<'_>, judgement: &Judgement) -> Vec<Fit> {
    let verdict = &judgement.verdict;
    if verdict.split.is_empty() {
        let leader = verdict.leader;
        return leader.map_or_else(Vec::new, |it| fits(knowledge, judgement, it.option, it.beside));
    }
    let parts: Vec<Vec<Fit>> = verdict.split.iter().map(|part| fits(knowledge, judgement, part.option, None)).collect();
    let best = |place: usize| parts.iter().filter_map(|fits| fits.get(place).copied()).max();
    (0..judgement.assessment.needs.len()).filter_map(best).collect()
}

/// How an option, or a pair, answers each created need.
fn fits(knowledge: &KnowledgeBase<'_>, judgement: &Judgement, option: OptionId, beside: Option<OptionId>) -> Vec<Fit> {
    let assessment = &judgement.assessment;
    match beside {
        Some(beside) => together(knowledge, assessment, option, beside),
        None => assessment.ratings(option).iter().map(|rated| rated.fit).collect(),
    }
}

/// A flow on one broker, while it is summed up.
struct Here<'h> {
    knowledge: &'h KnowledgeBase<'h>,
    advice: &'h Advice<'h>,
    standing: &'h Standing,
    own: &'h [Fit],
}

impl Here<'_> {
    fn place(&self, calls: Calls) -> Place {
        let standing = self.standing;
        // A flow that asks for nothing, or that nothing serves, gives up nothing by one plan more than by another.
        let worse = if matches!(calls, Calls::One(_) | Calls::Both) { self.worse() } else { Vec::new() };
        Place {
            broker: standing.broker,
            option: standing.option,
            beside: standing.beside,
            score: standing.score,
            regret: self.regret(calls, &worse),
            barriers: if standing.ruled_out { self.barriers() } else { Vec::new() },
            worse,
            cases: cases(self.knowledge, &self.advice.facts, standing.broker),
        }
    }

    fn regret(&self, calls: Calls, worse: &[Worse]) -> Regret {
        let verdict = &self.advice.judgement.verdict;
        match calls {
            Calls::Nothing => return Regret::None,
            _ if self.standing.ruled_out => return Regret::Total,
            Calls::Unserved => return Regret::Total,
            Calls::Both => return Regret::Heavy,
            Calls::One(broker) if broker == self.standing.broker => return Regret::None,
            Calls::One(broker) => {
                let own = self.advice.judgement.standing(broker).and_then(|own| own.score);
                if verdict.tied && own == self.standing.score {
                    return Regret::None;
                }
            }
        }
        let poor = worse.iter().any(|worse| worse.must && worse.to <= Fit::Poor);
        match (verdict.strength, poor) {
            (Some(Strength::Clear), true) => Regret::Grave,
            (Some(Strength::Clear), false) | (Some(Strength::Leaning), true) => Regret::Heavy,
            // A toss-up says that either will do: no portfolio may claim more.
            _ => Regret::Light,
        }
    }

    fn barriers(&self) -> Vec<Barrier> {
        let assessment = &self.advice.judgement.assessment;
        let barrier = |veto: &Veto| match veto {
            Veto::Version { .. } => Some(Barrier::Version),
            Veto::Provider => Some(Barrier::Provider),
            Veto::Allowed => Some(Barrier::Allowed),
            Veto::Need(place) => assessment.needs.get(*place).map(|created| Barrier::Need(created.need)),
        };
        assessment.vetoes(self.standing.option).iter().filter_map(barrier).collect()
    }

    fn worse(&self) -> Vec<Worse> {
        let judgement = &self.advice.judgement;
        let here = fits(self.knowledge, judgement, self.standing.option, self.standing.beside);
        let created = judgement.assessment.needs.iter().enumerate();
        let mut all: Vec<Worse> = created
            .zip(self.own.iter().zip(&here))
            .filter(|(_, (own, here))| own > here)
            .map(|((place, created), (own, here))| Worse {
                need: created.need,
                must: created.must,
                from: *own,
                to: *here,
                compensate: self.compensation(place, *here),
            })
            .collect();
        all.sort_by_key(|worse| (!worse.must, std::cmp::Reverse(worse.steps()), worse.need));
        all
    }

    /// What must be built to make up for a created need, by the option that answers it.
    fn compensation(&self, place: usize, fit: Fit) -> Option<String> {
        let assessment = &self.advice.judgement.assessment;
        let created = assessment.needs.get(place)?;
        let words = Words::new(self.knowledge, self.advice.profile, &self.advice.facts);
        let options = [Some(self.standing.option), self.standing.beside];
        let answers =
            options.into_iter().flatten().filter_map(|option| Some((option, *assessment.ratings(option).get(place)?)));
        // A pair answers as the better of the two, or as the worse; what neither answers so, operations, is no option's.
        let (option, rated) = answers.into_iter().find(|(_, rated)| rated.fit == fit)?;
        words.said(option, created, rated).compensate
    }
}
