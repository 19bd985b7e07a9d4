//! What an option answers to a need: a fit, how it does it, and what one would have to build.

use serde::{Deserialize, Serialize};

use super::broker::Version;
use super::fit::Fit;
use super::text::Template;
use crate::expr::ExprId;

/// The place of a source in the bibliography.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceId(pub u16);

/// One option's answer to one need.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Answer {
    /// Holds where no variant does.
    pub base: Option<Reply>,
    /// Answers for some versions or conditions.
    pub variants: Vec<Variant>,
    /// Written once for the whole broker, not for this option.
    pub inherited: bool,
}

impl Answer {
    /// Everything that it may say: the base and every variant.
    pub fn replies(&self) -> impl Iterator<Item = &Reply> {
        self.base.iter().chain(self.variants.iter().map(|variant| &variant.reply))
    }

    /// What it may say in one line; the base is silent where a variant without a condition always speaks.
    pub fn replies_at(&self, line: Version) -> impl Iterator<Item = (Option<&Variant>, &Reply)> {
        let speaking = move |variant: &&Variant| {
            variant.since.is_none_or(|since| since.line() <= line)
                && variant.until.is_none_or(|until| until.line() >= line)
        };
        let always = self.variants.iter().filter(speaking).any(|variant| variant.when.is_none());
        let base = self.base.iter().filter(move |_| !always).map(|reply| (None, reply));
        base.chain(self.variants.iter().filter(speaking).map(|variant| (Some(variant), &variant.reply)))
    }
}

impl Answer {
    /// The variant at a place, or the base.
    pub fn reply(&self, variant: Option<u8>) -> Option<&Reply> {
        match variant {
            Some(place) => self.variants.get(usize::from(place)).map(|variant| &variant.reply),
            None => self.base.as_ref(),
        }
    }
}

/// An answer that holds for some versions or under a condition.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Variant {
    /// From this line on.
    pub since: Option<Version>,
    /// Up to and with this line.
    pub until: Option<Version>,
    /// Where this holds.
    pub when: Option<ExprId>,
    /// The answer.
    pub reply: Reply,
}

/// What is answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Reply {
    /// How well.
    pub fit: FitRule,
    /// By what means.
    pub how: Template,
    /// What must be built to make up for the rest.
    pub compensate: Option<Template>,
    /// On whose word.
    pub sources: Vec<SourceId>,
    /// How sure the answer is.
    pub confidence: Confidence,
}

/// How a fit is found.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum FitRule {
    /// Always the same.
    Fixed(Fit),
    /// By amount: the first band whose edge the amount does not pass.
    Bands {
        /// Less is harder: edges are lower limits.
        descending: bool,
        /// From the easiest to the hardest; the last has no edge.
        bands: Vec<Band>,
    },
    /// By word of a list: the worst word counts.
    Words {
        /// Word and fit.
        words: Vec<(u8, Fit)>,
        /// For every other word.
        other: Fit,
    },
    /// Nobody has said: it counts as workable, and is drawn from native to poor.
    Unknown {
        /// By what its draws are named.
        stream: u32,
    },
}

/// What an answer counts as that nobody has given.
const UNANSWERED: Fit = Fit::Workable;
/// What it may be. That it is ruled out is no guess.
const CONCEIVABLE: [Fit; 4] = [Fit::Native, Fit::Good, Fit::Workable, Fit::Poor];

impl FitRule {
    /// Every fit that it may give.
    pub fn fits(&self) -> Vec<Fit> {
        match self {
            Self::Fixed(fit) => vec![*fit],
            Self::Bands { bands, .. } => bands.iter().map(|band| band.fit).collect(),
            Self::Words { words, other } => words.iter().map(|(_, fit)| *fit).chain([*other]).collect(),
            Self::Unknown { .. } => CONCEIVABLE.to_vec(),
        }
    }

    /// What an answer counts as that nobody has given.
    pub fn unanswered() -> Fit {
        UNANSWERED
    }

    /// Whether nobody has given the answer.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown { .. })
    }

    /// The worst of them.
    pub fn worst(&self) -> Fit {
        self.fits().into_iter().min().unwrap_or(Fit::Native)
    }

    /// The best of them.
    pub fn best(&self) -> Fit {
        self.fits().into_iter().max().unwrap_or(Fit::RuledOut)
    }
}

/// A stretch of amounts that is answered alike.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Band {
    /// The inclusive edge: one formula, or two where sources differ.
    pub edge: Option<(ExprId, Option<ExprId>)>,
    /// How well.
    pub fit: Fit,
    /// By what means, where it differs.
    pub how: Option<Template>,
    /// What must be built, where it differs.
    pub compensate: Option<Template>,
}

/// How sure an answer is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// No figure, or one that was not repeated.
    Low,
    /// Measured by several, or documented without a figure.
    Medium,
    /// Read from the broker, its code or its reference.
    #[default]
    High,
}

impl Confidence {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// The word in rules.
    pub fn word(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}
