//! Whose word a source is, seen from one broker: a maker's praise of its own product and its blame of the other one do
//! not weigh the same. Which affiliations belong together is in each broker's rules, as its `camp`.

use super::source_entry::{OWN, SourceEntry};
use super::{BrokerId, KnowledgeBase, SourceId};

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// This project, which measured it.
    Project,
    /// Nobody's camp: users, researchers, those who sell both.
    Outside,
    /// Those who make or sell the broker itself.
    OwnMaker,
    /// Those who make or sell another one.
    OtherMaker,
}

impl Voice {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::OwnMaker, Self::OtherMaker, Self::Outside, Self::Project];

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Outside => "outside",
            Self::OwnMaker => "own-maker",
            Self::OtherMaker => "other-maker",
        }
    }

    /// The words for people.
    pub fn spoken(self) -> &'static str {
        match self {
            Self::Project => "measured here",
            Self::Outside => "neither maker",
            Self::OwnMaker => "own maker",
            Self::OtherMaker => "other maker",
        }
    }
}

impl KnowledgeBase<'_> {
    /// The broker in whose camp a source stands, if it stands in one.
    pub fn camp(&self, source: &SourceEntry) -> Option<BrokerId> {
        let whose = self.text(source.affiliation);
        let mut brokers = self.broker_ids();
        brokers
            .find(|(_, broker)| {
                self.text(broker.id) == whose || broker.camp.iter().any(|member| self.text(*member) == whose)
            })
            .map(|(id, _)| id)
    }

    /// Whose word a source is, seen from a broker.
    pub fn voice(&self, broker: BrokerId, source: SourceId) -> Voice {
        let Some(source) = self.source(source) else { return Voice::Outside };
        match self.camp(source) {
            Some(camp) if camp == broker => Voice::OwnMaker,
            Some(_) => Voice::OtherMaker,
            None if self.text(source.affiliation) == OWN => Voice::Project,
            None => Voice::Outside,
        }
    }
}
