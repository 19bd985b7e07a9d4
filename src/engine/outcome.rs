//! What the engine says: the verdict and everything that it was made of.

use super::assess::Assessment;
use super::loss::Scorecard;
use super::robust::Robustness;
use crate::expr::FactId;
use crate::knowledge::{BrokerId, Dimension, Fit, OptionId};

/// The share at which a verdict may be clear.
pub const CLEAR_SHARE: f64 = 0.90;
/// The share at which it leans.
pub(super) const LEANING_SHARE: f64 = 0.65;
/// The lead at which a verdict may be clear; leaning takes half of it.
pub const CLEAR_LEAD: f64 = 0.08;

/// How many brokers the workload calls for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One option, or a pair of one broker.
    One,
    /// Two flows, one on each of two brokers.
    Both,
    /// None: nothing serves, or nothing is called for.
    Neither,
}

impl Kind {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Both => "both",
            Self::Neither => "neither",
        }
    }
}

/// How firmly, least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Strength {
    /// The leader is named, and little more.
    TossUp,
    /// More speaks for it than against it.
    Leaning,
    /// It leads under nearly every weighting, by a margin that matters, on what is stated.
    Clear,
}

impl Strength {
    /// The word in JSON and for people.
    pub fn word(self) -> &'static str {
        match self {
            Self::TossUp => "toss-up",
            Self::Leaning => "leaning",
            Self::Clear => "clear",
        }
    }
}

/// One option, or two of one broker together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leader {
    /// Its broker.
    pub broker: BrokerId,
    /// The option.
    pub option: OptionId,
    /// The second of a pair.
    pub beside: Option<OptionId>,
}

/// One of two flows into which the musts are split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Whose option serves it.
    pub broker: BrokerId,
    /// Which option.
    pub option: OptionId,
    /// The created needs that it serves.
    pub needs: Vec<usize>,
}

/// What keeps a verdict from being firmer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holdback {
    /// Other weightings or readings of the scale prefer a rival too often.
    Share,
    /// What is assumed, unknown or only known as a range too often turns it.
    Worlds,
    /// The margin is small.
    Lead,
    /// An option of another broker answers every need well, too.
    RivalServes,
    /// Answers of low confidence decide.
    Evidence,
    /// The winner is poor at something that must be.
    PoorMust,
    /// Facts of the profile contradict each other.
    Conflict,
    /// A veto rests on something assumed or unknown.
    AssumedVeto,
    /// Without what is assumed, another leads.
    AssumedNeeds,
    /// Too little is stated.
    Thin,
    /// Two options must be run together.
    Pair,
    /// An exact tie.
    Tie,
}

/// What the engine recommends, and how firmly.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// How many brokers are called for.
    pub kind: Kind,
    /// The best that survives, whatever the kind.
    pub leader: Option<Leader>,
    /// How firmly; none where not one is recommended.
    pub strength: Option<Strength>,
    /// The fraction of draws in which the winner beats every option of other brokers.
    pub share: Option<f64>,
    /// The margin over the best rival; none where there is no rival.
    pub lead: Option<f64>,
    /// The winner's worst fit among its musts.
    pub adequacy: Option<Fit>,
    /// Assumed or unknown facts on which the verdict rests.
    pub depends_on: Vec<FactId>,
    /// An exact tie with an option of another broker.
    pub tied: bool,
    /// The smallest sets of created needs that would have to become wishes.
    pub relax: Vec<Vec<usize>>,
    /// The two flows, where both brokers are called for.
    pub split: Vec<Part>,
    /// The scope rule that decided, by its place among the rules.
    pub scope: Option<usize>,
    /// What keeps it from being clear.
    pub held_back: Vec<Holdback>,
}

/// How one broker stands.
#[derive(Debug, Clone, Copy)]
pub struct Standing {
    /// Whose.
    pub broker: BrokerId,
    /// Its best surviving option, else the least bad one.
    pub option: OptionId,
    /// The second of a pair, where none of its options survives alone.
    pub beside: Option<OptionId>,
    /// Nothing of it survives.
    pub ruled_out: bool,
    /// The score of what survives.
    pub score: Option<f64>,
    /// The fraction of draws in which its best is the best of all.
    pub share: f64,
}

impl Verdict {
    /// How firmly one is recommended, by its own numbers and by what holds it back.
    pub(super) fn firmness(&self) -> Strength {
        let share = self.share.unwrap_or(0.0);
        let on_stated_facts = self.lead.is_none() || !self.held_back.contains(&Holdback::AssumedNeeds);
        let leans = share >= LEANING_SHARE
            && self.lead.is_none_or(|lead| lead >= CLEAR_LEAD / 2.0)
            && !self.tied
            && on_stated_facts;
        match (self.held_back.is_empty(), leans) {
            (true, _) => Strength::Clear,
            (false, true) => Strength::Leaning,
            (false, false) => Strength::TossUp,
        }
    }
}

/// The verdict with everything that it was made of.
#[derive(Debug, Clone)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// Every created need × every option.
    pub assessment: Assessment,
    /// For each option, what it loses by dimension.
    pub cards: Vec<Scorecard>,
    /// For each option, its score; none where it is out.
    pub scores: Vec<Option<f64>>,
    /// How each broker stands.
    pub standings: Vec<Standing>,
    /// The fraction of draws in which nothing survives.
    pub neither: f64,
    /// The central weights.
    pub weights: [f64; Dimension::COUNT],
    /// What ten thousand draws over all that is open say; none at quick depth.
    pub robustness: Option<Robustness>,
}

impl Judgement {
    /// The same at full depth: the shares are those of the draws over all that is open, and the strength is the weaker of
    /// the two depths'.
    #[must_use]
    pub fn firmed(mut self, robustness: Robustness) -> Self {
        for (standing, share) in self.standings.iter_mut().zip(&robustness.shares) {
            standing.share = *share;
        }
        self.neither = robustness.neither;
        if let (Some(share), Some(quick)) = (robustness.share, self.verdict.strength) {
            // What turns it is weights already, or only what is not known.
            let by_weights = self.verdict.held_back.contains(&Holdback::Share);
            if share < CLEAR_SHARE && !by_weights {
                let after = self.verdict.held_back.iter().take_while(|reason| **reason == Holdback::Tie).count();
                self.verdict.held_back.insert(after, Holdback::Worlds);
            }
            self.verdict.share = Some(share);
            self.verdict.strength = Some(quick.min(self.verdict.firmness()));
        }
        self.robustness = Some(robustness);
        self
    }

    /// What an option loses by dimension.
    pub fn card(&self, option: OptionId) -> Scorecard {
        self.cards.get(usize::from(option.0)).copied().unwrap_or_default()
    }

    /// An option's score; none where it is out.
    pub fn score(&self, option: OptionId) -> Option<f64> {
        self.scores.get(usize::from(option.0)).copied().flatten()
    }

    /// How a broker stands.
    pub fn standing(&self, broker: BrokerId) -> Option<&Standing> {
        self.standings.iter().find(|standing| standing.broker == broker)
    }
}
