//! What to set and how large, with one option: one format a file; `phrases` holds the words that the formats share.

mod clients;
pub mod human;
pub mod json;
pub mod markdown;
mod phrases;
mod sizing;

use super::Report;
use crate::advice::{Advice, Known, Practised, Setting, known};
use crate::clients::ClientSettings;
use crate::engine::Judgement;
use crate::knowledge::{Applier, BrokerId, KnowledgeBase, OptionId};
use crate::sizing::Sizing;

/// How the option came to be the one that is tuned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chosen {
    /// The call names it.
    Named,
    /// The call names its broker, whose best it is here.
    BestOfBroker,
    /// It leads the verdict.
    Advised,
}

impl Chosen {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Named => "named",
            Self::BestOfBroker => "best-of-broker",
            Self::Advised => "advised",
        }
    }
}

/// Everything to set with one option for one flow, by whom, and how large.
#[derive(Debug)]
pub struct Tuned {
    /// The option.
    pub option: OptionId,
    /// How it came to be this one.
    pub chosen: Chosen,
    /// Every setting: what follows from the profile by scope, then constants.
    pub settings: Vec<Setting>,
    /// What each client library is told.
    pub clients: Vec<ClientSettings>,
    /// How many nodes, of what; none where nobody says how they are counted.
    pub sizing: Option<Sizing>,
    /// How the option grows, and what its cost follows from.
    pub practices: Vec<Practised>,
}

impl Tuned {
    /// The settings of one applier: what follows from the profile first, then constants.
    pub fn of(&self, applier: Applier) -> impl Iterator<Item = &Setting> {
        self.settings.iter().filter(move |setting| setting.scope.applied_by() == applier)
    }

    /// The ids of all sources on which any of it rests.
    fn cited(&self) -> Vec<&String> {
        let settings = self.settings.iter().flat_map(|it| &it.sources);
        let practices = self.practices.iter().flat_map(|it| &it.sources);
        let sizing = self.sizing.iter().flat_map(|sizing| {
            let resources = sizing.resources.iter().flat_map(|it| &it.sources);
            let floors = sizing.floors.iter().flat_map(|it| &it.sources);
            let amounts = sizing.amounts.iter().flat_map(|it| &it.sources);
            let remarks = sizing.remarks.iter().flat_map(|it| &it.sources);
            sizing.sources.iter().chain(resources).chain(floors).chain(amounts).chain(remarks)
        });
        settings.chain(practices).chain(sizing).chain(clients::cited(&self.clients)).collect()
    }
}

/// One flow, as it is rendered.
#[derive(Debug, Clone, Copy)]
pub struct Flow<'r> {
    /// What every format needs.
    pub report: &'r Report<'r>,
    /// The advice for the flow.
    pub advice: &'r Advice<'r>,
    /// What is set; none where no option is advised and none is named.
    pub tuned: Option<&'r Tuned>,
}

impl<'r> Flow<'r> {
    fn knowledge(&self) -> &'r KnowledgeBase<'r> {
        self.report.knowledge
    }

    fn judgement(&self) -> &'r Judgement {
        &self.advice.judgement
    }

    fn broker(&self, tuned: &Tuned) -> BrokerId {
        self.knowledge().broker_of(tuned.option)
    }

    /// What the catalogue knows of a setting's key.
    fn known(&self, tuned: &Tuned, setting: &Setting) -> Option<Known> {
        known(self.knowledge(), &self.advice.facts, self.broker(tuned), setting)
    }
}
