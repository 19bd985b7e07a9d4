//! Contradictions inside a profile, in words. A conflict holds on stated facts alone: what is assumed contradicts
//! nobody.

use super::words::Words;
use crate::expr::{FactId, Tri};
use crate::facts::{Facts, View, derive_whole};
use crate::knowledge::{KnowledgeBase, Level};
use crate::profile::Profile;

/// A contradiction that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its stable id.
    pub id: String,
    /// How grave it is.
    pub level: Level,
    /// The facts on both sides.
    pub facts: Vec<FactId>,
    /// Why, in the profile's own numbers.
    pub because: String,
    /// The way out.
    pub remedy: String,
    /// On whose word.
    pub sources: Vec<String>,
}

/// Every contradiction, the gravest first.
pub fn conflicts(knowledge: &KnowledgeBase<'_>, profile: &Profile, facts: &Facts) -> Vec<Found> {
    let whole = derive_whole(knowledge, profile);
    let stated = View::stated(knowledge, &whole);
    let words = Words::new(knowledge, profile, facts);
    let mut found: Vec<Found> = knowledge
        .conflicts
        .iter()
        .filter(|conflict| knowledge.program.holds(conflict.when, &stated) == Tri::True)
        .map(|conflict| Found {
            id: knowledge.text(conflict.id).to_owned(),
            level: conflict.level,
            facts: conflict.facts.clone(),
            because: words.fill(&conflict.because, None),
            remedy: words.fill(&conflict.remedy, None),
            sources: knowledge.source_names(&conflict.sources).into_iter().map(str::to_owned).collect(),
        })
        .collect();
    found.sort_by_key(|conflict| std::cmp::Reverse(conflict.level));
    found
}
