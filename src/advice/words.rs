//! Fills the holes in the knowledge base's texts with the profile's own numbers.

use crate::engine::{Created, Rated};
use crate::expr::ExprId;
use crate::facts::{Facts, View, shown};
use crate::knowledge::FitRule;
use crate::knowledge::{BrokerId, KnowledgeBase, Need, OptionId, Reply, Template};
use crate::profile::Profile;

/// Fills texts for one flow.
#[derive(Debug, Clone, Copy)]
pub struct Words<'w> {
    knowledge: &'w KnowledgeBase<'w>,
    profile: &'w Profile,
    facts: &'w Facts,
}

/// What an option answers to a need, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// By what means.
    pub how: String,
    /// What must be built to make up for the rest; none where nothing must.
    pub compensate: Option<String>,
    /// On whose word.
    pub sources: Vec<String>,
}

impl<'w> Words<'w> {
    /// Words for one flow.
    pub fn new(knowledge: &'w KnowledgeBase<'w>, profile: &'w Profile, facts: &'w Facts) -> Self {
        Self { knowledge, profile, facts }
    }

    /// A text with its holes filled; `broker` is who speaks.
    pub fn fill(&self, template: &Template, broker: Option<BrokerId>) -> String {
        template.fill(&self.knowledge.texts, |expression| self.hole(expression, broker))
    }

    /// Why a need exists.
    pub fn because(&self, need: &Need) -> String {
        self.fill(&need.because, None)
    }

    /// What an option answers to a need.
    pub fn said(&self, option: OptionId, created: &Created, rated: Rated) -> Said {
        let nothing = Said { how: String::new(), compensate: None, sources: Vec::new() };
        let Some(answer) = self.knowledge.answer(option, created.need) else { return nothing };
        let Some(reply) = answer.reply(rated.variant) else { return nothing };
        let broker = Some(self.knowledge.broker_of(option));
        let band = band(reply, rated);
        let how = band.and_then(|band| band.how.as_ref()).unwrap_or(&reply.how);
        let compensate = band.and_then(|band| band.compensate.as_ref()).or(reply.compensate.as_ref());
        let needed = rated.fit <= crate::knowledge::Fit::Workable;
        Said {
            how: self.fill(how, broker),
            compensate: compensate.filter(|_| needed).map(|text| self.fill(text, broker)),
            sources: self.knowledge.source_names(&reply.sources).into_iter().map(str::to_owned).collect(),
        }
    }

    /// A hole: a fact as it was written, else a computed amount.
    fn hole(&self, expression: ExprId, broker: Option<BrokerId>) -> String {
        if let Some(fact) = self.knowledge.program.as_fact(expression) {
            return shown(self.knowledge, self.profile, self.facts, fact);
        }
        let view = View::central(self.knowledge, self.facts);
        let speaker = broker.and_then(|broker| self.knowledge.broker(broker));
        let view = speaker.map_or(view, |broker| view.seen_by(broker));
        self.knowledge.program.shown(expression, &view, self.knowledge)
    }
}

fn band(reply: &Reply, rated: Rated) -> Option<&crate::knowledge::Band> {
    match &reply.fit {
        FitRule::Bands { bands, .. } => bands.get(usize::from(rated.band?)),
        FitRule::Fixed(_) | FitRule::Words { .. } | FitRule::Unknown { .. } => None,
    }
}
