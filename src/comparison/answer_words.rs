//! What an option answers to a need, in words: its cases, and for each the fit with what it depends on. Says nothing of
//! how either is found, and nothing of any format.

use crate::expr::ExprId;
use crate::knowledge::{Fit, FitRule, KnowledgeBase, Need, Reply, Template};

/// One way in which an answer speaks.
#[derive(Debug, Clone)]
pub struct Case<'k> {
    /// The variant of the answer; its base, where there is none.
    pub variant: Option<u8>,
    /// Where it speaks; everywhere, or wherever no other condition holds, where there is none.
    pub when: Option<ExprId>,
    /// The same as it is written.
    pub condition: Option<String>,
    /// It only counts where it is worse than what speaks everywhere.
    pub only_worse: bool,
    /// How well, and on what that depends.
    pub ruling: Ruling,
    /// The whole answer.
    pub reply: &'k Reply,
}

/// How well, and on what that depends.
#[derive(Debug, Clone, PartialEq)]
pub enum Ruling {
    /// On nothing.
    Always(Fit),
    /// On the amount that is needed.
    ByAmount {
        /// Less is harder: edges are lower limits.
        descending: bool,
        /// From the easiest to the hardest; the last has no edge.
        steps: Vec<Step>,
    },
    /// On words of a list, of which the worst counts.
    ByWord {
        /// Fits with their words, best first.
        named: Vec<(Fit, Vec<u8>)>,
        /// For every other word, if there are others.
        other: Option<Fit>,
    },
}

/// A stretch of amounts that is answered alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// How well.
    pub fit: Fit,
    /// The inclusive edge, two where sources differ; none for what lies beyond.
    pub edge: Option<(Edge, Option<Edge>)>,
}

/// An edge of a stretch.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Its formula.
    pub formula: ExprId,
    /// In base units, where it does not depend on the workload.
    pub amount: Option<f64>,
    /// As people read it: an amount, or the formula as it is written.
    pub text: String,
}

/// A fit and where it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// How well.
    pub fit: Fit,
    /// Where.
    pub limit: Limit,
}

/// Where a fit holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Limit {
    /// Everywhere.
    Always,
    /// Up to an amount.
    UpTo(String),
    /// From an amount on.
    From(String),
    /// For these words.
    For(Vec<String>),
    /// For the rest.
    Else,
}

impl Ruling {
    /// Every fit that it may give, as written.
    pub fn fits(&self) -> Vec<Fit> {
        match self {
            Self::Always(fit) => vec![*fit],
            Self::ByAmount { steps, .. } => steps.iter().map(|step| step.fit).collect(),
            Self::ByWord { named, other } => named.iter().map(|(fit, _)| *fit).chain(*other).collect(),
        }
    }

    /// The best fit that it may give.
    pub fn best(&self) -> Fit {
        self.fits().into_iter().max().unwrap_or(Fit::Native)
    }

    /// The worst fit that it may give.
    pub fn worst(&self) -> Fit {
        self.fits().into_iter().min().unwrap_or(Fit::RuledOut)
    }

    /// Its edges as people read them.
    pub fn edges(&self) -> Vec<String> {
        match self {
            Self::ByAmount { steps, .. } => steps.iter().filter_map(Step::edge_text).collect(),
            Self::Always(_) | Self::ByWord { .. } => Vec::new(),
        }
    }

    /// Each fit with where it holds, best first.
    pub fn clauses(&self, knowledge: &KnowledgeBase<'_>, need: &Need) -> Vec<Clause> {
        match self {
            Self::Always(fit) => vec![Clause { fit: *fit, limit: Limit::Always }],
            Self::ByAmount { descending, steps } => steps
                .iter()
                .map(|step| {
                    let limit = match step.edge_text() {
                        Some(edge) if *descending => Limit::From(edge),
                        Some(edge) => Limit::UpTo(edge),
                        None => Limit::Else,
                    };
                    Clause { fit: step.fit, limit }
                })
                .collect(),
            Self::ByWord { named, other } => {
                let domain = need.over.and_then(|over| knowledge.fact(over)).and_then(|fact| fact.kind.domain());
                let spelt = |words: &[u8]| {
                    words
                        .iter()
                        .filter_map(|word| Some(knowledge.word(domain?, *word).to_owned()))
                        .collect::<Vec<String>>()
                };
                let named = named.iter().map(|(fit, words)| Clause { fit: *fit, limit: Limit::For(spelt(words)) });
                named.chain(other.map(|fit| Clause { fit, limit: Limit::Else })).collect()
            }
        }
    }
}

impl Step {
    /// The edge as people read it; a range where sources differ.
    pub fn edge_text(&self) -> Option<String> {
        self.edge.as_ref().map(|(low, high)| match high {
            Some(high) => format!("{}..{}", low.text, high.text),
            None => low.text.clone(),
        })
    }
}

impl<'k> Case<'k> {
    /// What a stretch of amounts says of its own: the fit, the means, and what must be built.
    pub fn special(&self) -> Vec<(Fit, Option<&'k Template>, Option<&'k Template>)> {
        let FitRule::Bands { bands, .. } = &self.reply.fit else { return Vec::new() };
        let own = bands.iter().filter(|band| band.how.is_some() || band.compensate.is_some());
        own.map(|band| (band.fit, band.how.as_ref(), band.compensate.as_ref())).collect()
    }

    /// Whether two cases give the same fits where the same holds.
    pub fn rules_as(&self, other: &Case<'_>) -> bool {
        self.when == other.when && self.only_worse == other.only_worse && self.ruling == other.ruling
    }

    /// Whether two cases also say the same: means, work to be built, sources, confidence.
    pub fn says_as(&self, other: &Case<'_>) -> bool {
        let (own, its) = (self.reply, other.reply);
        own.how == its.how
            && own.compensate == its.compensate
            && own.sources == its.sources
            && own.confidence == its.confidence
            && self.special() == other.special()
    }
}
