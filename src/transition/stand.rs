//! How one side stands: which option is meant, in which version, its score or what rules it out, and its worst answer.

use super::course::Rank;
use super::operand::Operand;
use crate::advice::{Advice, line};
use crate::comparison::Availability;
use crate::engine::Veto;
use crate::knowledge::{BrokerId, Fit, KnowledgeBase, OptionId, Version};

/// How a side's option was chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// It is named.
    Named,
    /// It is its broker's best for this workload.
    Best,
    /// All of its broker are ruled out, and it is the least bad.
    LeastBad,
}

impl Chosen {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::Best => "best",
            Self::LeastBad => "least-bad",
        }
    }
}

/// How one side stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Stand {
    /// Whose.
    pub broker: BrokerId,
    /// Which option.
    pub option: OptionId,
    /// How it was chosen.
    pub chosen: Chosen,
    /// What must be run beside it, where its broker serves the workload by a pair only; nothing else here speaks of it.
    pub beside: Option<OptionId>,
    /// The line that answers.
    pub version: Version,
    /// How it can be had there.
    pub availability: Availability,
    /// Its score; none where it is out.
    pub score: Option<f64>,
    /// What rules it out, and whether only by something assumed or unknown.
    pub vetoes: Vec<(Veto, bool)>,
    /// Its worst fit, and the places of the created needs that it answers so.
    pub worst: Option<(Fit, Vec<usize>)>,
    /// What the verdict says of it.
    pub rank: Rank,
}

impl Stand {
    /// How the option that is meant stands in an advice.
    pub(super) fn of(knowledge: &KnowledgeBase<'_>, operand: &Operand, advice: &Advice<'_>) -> Option<Self> {
        let judgement = &advice.judgement;
        let standing = judgement.standing(operand.broker)?;
        let (option, chosen, beside) = match operand.option {
            Some(option) => (option, Chosen::Named, None),
            None if standing.ruled_out => (standing.option, Chosen::LeastBad, None),
            None => (standing.option, Chosen::Best, standing.beside),
        };
        let version = line(&advice.facts, knowledge.broker(operand.broker)?)?;
        let ratings = judgement.assessment.ratings(option);
        let assumed = |veto: &Veto| match veto {
            Veto::Version { by_assumption } => *by_assumption,
            Veto::Need(place) => ratings.get(*place).is_some_and(|rated| rated.ruled_out_by_assumption),
            Veto::Provider | Veto::Allowed => false,
        };
        let worst = ratings.iter().map(|rated| rated.fit).min().map(|worst| {
            let places = ratings.iter().enumerate().filter(|(_, rated)| rated.fit == worst);
            (worst, places.map(|(place, _)| place).collect())
        });
        Some(Self {
            broker: operand.broker,
            option,
            chosen,
            beside,
            version,
            availability: Availability::of(&knowledge.option(option)?.available, version),
            score: judgement.score(option),
            vetoes: judgement.assessment.vetoes(option).iter().map(|veto| (*veto, assumed(veto))).collect(),
            worst,
            rank: Rank::of(judgement, advice, operand.broker, option),
        })
    }
}
