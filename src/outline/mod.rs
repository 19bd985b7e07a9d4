//! A first profile in the order in which it is read: what is stated, in at most twelve lines; then, line by line, everything
//! that may be stated besides, what only a person can say and what changes the verdict first. Takes a draft, gives an
//! outline; how it is written is for `render`.

mod lines;
mod offers;
mod states;

pub use lines::{Line, Origin, Root};
pub use offers::{Heading, Offer, Section};
pub use states::{Refused, UNNAMED};

use crate::advice::{Depth, Question, advise};
use crate::engine::Sampler;
use crate::import::Draft;
use crate::knowledge::KnowledgeBase;
use crate::profile::{Chosen, Decision, Profile};

/// How many lines of a first profile are no comments.
pub const LINES: usize = 12;

/// How much is said of what is not stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// Only what the origin leaves open.
    Open,
    /// That, and what changes the verdict.
    Verdict,
    /// Everything.
    Whole,
}

/// A first profile.
#[derive(Debug)]
pub struct Outline {
    /// What is stated, as it is read back.
    pub profile: Profile,
    /// What the flow is and where that comes from.
    pub about: Vec<String>,
    /// The decision, the workload and the environment, as far as they are stated.
    pub lines: Vec<Line>,
    /// What may be stated besides.
    pub sections: Vec<Section>,
    /// What is stated, and should be looked at first, with why.
    pub first: Vec<(crate::expr::FactId, String)>,
    /// What the draft says and no profile can.
    pub refused: Vec<Refused>,
}

/// What a draft states, as far as a profile can say it.
pub fn stated(knowledge: &KnowledgeBase<'_>, draft: &Draft) -> Profile {
    states::stated(knowledge, draft).profile
}

/// Puts a draft in order.
pub fn outline(knowledge: &KnowledgeBase<'_>, draft: &Draft, extent: Extent, sampler: &mut Sampler) -> Outline {
    let states::Stated { mut profile, origins, refused } = states::stated(knowledge, draft);
    profile.decision = draft.option.as_deref().and_then(|option| decided(knowledge, option));
    let whole = profile.clone();
    states::shorten(knowledge, &mut profile, sampler);
    let depth = if extent >= Extent::Verdict { Depth::Full } else { Depth::Quick };
    let advice = advise(knowledge, &profile, &Question { depth, ..Question::default() }, sampler);
    let sections = offers::Offers { knowledge, advice: &advice, whole: &whole, origins: &origins, draft };
    let sections = sections.sections(extent);
    let stands = |name: &str| knowledge.find_fact(name).filter(|fact| profile.statement(*fact).is_some());
    let first = draft.open.iter().filter_map(|open| Some((stands(&open.fact)?, open.why.clone()))).collect();
    let lines = lines::lines(knowledge, &profile, &origins);
    Outline { about: draft.about.clone(), lines, sections, first, refused, profile }
}

/// The decision for an option that is in use.
fn decided(knowledge: &KnowledgeBase<'_>, name: &str) -> Option<Decision> {
    let option = knowledge.find_option(None, name)?;
    let broker = knowledge.broker_of(option);
    let short = knowledge.option(option).map(|option| knowledge.text(option.short).to_owned());
    let chosen = Chosen::Broker { broker, option: Some(option) };
    Some(Decision { option_written: short, ..Decision::of(chosen) })
}
