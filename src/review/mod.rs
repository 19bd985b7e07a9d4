//! The design review: which items of the checklist apply to a workload with an option, why, how each is verified, and
//! what was answered. Takes the knowledge base, a flow's profile and facts, an option and the answers; reads no file.

mod answers;
mod items;

pub use answers::{Answer, Answers, Said, read_answers};
pub use items::review;

use crate::knowledge::{Area, OptionId, Risk, Version};
use crate::source::Span;

/// A review of one flow with one option.
#[derive(Debug, Clone)]
pub struct Review {
    /// With which option.
    pub option: OptionId,
    /// For which line of its broker.
    pub version: Version,
    /// What applies, the gravest first.
    pub items: Vec<Reviewed>,
    /// What does not apply, and why.
    pub left: Vec<Left>,
}

/// An item that applies.
#[derive(Debug, Clone)]
pub struct Reviewed {
    /// Its place among the items of the knowledge base.
    pub item: usize,
    /// Its stable id.
    pub id: String,
    /// What it is about.
    pub area: Area,
    /// What is at stake.
    pub risk: Risk,
    /// What must be so.
    pub title: String,
    /// Why it applies here.
    pub why: String,
    /// The facts that make it apply, with their values; those that nobody stated say so.
    pub facts: Vec<String>,
    /// Facts on which it depends whether it applies at all, and of which nothing is known.
    pub open: Vec<String>,
    /// How to verify it.
    pub verify: Vec<Check>,
    /// What broker files say of it.
    pub proof: Proof,
    /// What was answered.
    pub answer: Option<Answer>,
    /// What says more.
    pub see: Vec<String>,
    /// On whose word.
    pub sources: Vec<String>,
}

/// How an item is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// The command, or what to do.
    pub run: String,
    /// What must come of it.
    pub expect: String,
}

/// What broker files say of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Proof {
    /// No file can say it: a person looks.
    #[default]
    ByHand,
    /// Files could say it by these keys, and none of those given does.
    Unsaid(Vec<String>),
    /// Files say that it is so.
    Verified(Vec<Evidence>),
    /// Files say that it is not so.
    Contradicted(Vec<Evidence>),
}

/// What one file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Which of the run's sources, and where; none where nothing is written and a default holds.
    pub place: Option<(usize, Span)>,
    /// What it says, as in `` `auto.create.topics.enable` is `false` ``.
    pub text: String,
}

/// Whether an item is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Nobody has settled it.
    Open,
    /// A broker file says that it is not so.
    Contradicted,
    /// Somebody says that it does not apply.
    NotApplicable,
    /// A broker file says that it is so.
    Verified,
    /// Somebody says that it is so.
    Done,
}

impl State {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Contradicted => "contradicted",
            Self::NotApplicable => "not-applicable",
            Self::Verified => "verified",
            Self::Done => "done",
        }
    }

    /// Whether somebody still has to look.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Contradicted)
    }
}

impl Reviewed {
    /// Whether it is settled. What a file says counts before what a person says, but for a reason why it does not apply.
    pub fn state(&self) -> State {
        match (&self.proof, self.answer.as_ref().map(|answer| &answer.said)) {
            (_, Some(Said::NotApplicable(_))) => State::NotApplicable,
            (Proof::Contradicted(_), _) => State::Contradicted,
            (Proof::Verified(_), _) => State::Verified,
            (_, Some(Said::Done(_))) => State::Done,
            (_, Some(Said::Open(_)) | None) => State::Open,
        }
    }
}

/// An item that does not apply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// Its stable id.
    pub id: String,
    /// What it is about.
    pub area: Area,
    /// What is at stake where it applies.
    pub risk: Risk,
    /// What must be so where it applies.
    pub title: String,
    /// Why it does not apply here.
    pub why: String,
}
