//! How an option grows with this load, and what its cost follows from: the practices that hold, in words.

use super::words::Words;
use crate::expr::{Env, Own, Tri, Value};
use crate::facts::{Facts, View};
use crate::knowledge::{KnowledgeBase, OptionId, Practice, PracticeKind, within};
use crate::profile::Profile;

/// A practice that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practised {
    /// Its stable id.
    pub id: String,
    /// What it is about.
    pub kind: PracticeKind,
    /// The step.
    pub title: String,
    /// How, in the profile's own numbers.
    pub how: String,
    /// What goes wrong, or when not to.
    pub risk: Option<String>,
    /// On whose word.
    pub sources: Vec<String>,
}

/// The practices that hold with an option, in the order of advice. Of several with one id the first that holds speaks.
pub fn practices(knowledge: &KnowledgeBase<'_>, profile: &Profile, facts: &Facts, option: OptionId) -> Vec<Practised> {
    let Some(broker) = knowledge.broker(knowledge.broker_of(option)) else { return Vec::new() };
    let view = View::central(knowledge, facts).seen_by(broker);
    let version = match view.own(Own::Version) {
        Value::Version(version) => version.lo,
        _ => 0.0,
    };
    let holds = |practice: &&Practice| {
        practice.option == option
            && within(version, practice.since, practice.until)
            && practice.when.is_none_or(|when| knowledge.program.holds(when, &view) == Tri::True)
    };
    let words = Words::new(knowledge, profile, facts);
    let speaker = Some(knowledge.broker_of(option));
    let mut found: Vec<Practised> = Vec::new();
    for practice in knowledge.practices.iter().filter(holds) {
        let id = knowledge.text(practice.id);
        if found.iter().any(|known| known.id == id) {
            continue;
        }
        found.push(Practised {
            id: id.to_owned(),
            kind: practice.kind,
            title: knowledge.text(practice.title).to_owned(),
            how: words.fill(&practice.how, speaker),
            risk: practice.risk.as_ref().map(|risk| words.fill(risk, speaker)),
            sources: knowledge.source_names(&practice.sources).into_iter().map(str::to_owned).collect(),
        });
    }
    found
}
