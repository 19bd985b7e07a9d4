//! Looks at the knowledge base itself: what it holds, whom it favours, on whose word, and how fresh that is. Takes a
//! `KnowledgeBase`, gives counts and lists; knows no broker by name, formats nothing, and judges nothing.
//!
//! Neutrality is counted at each broker's newest line, which is what advice means where nobody states a version.

mod ahead;
mod backing;
mod contents;
mod fits;
mod freshness;
mod kind;
mod listing;
mod strong;

use crate::knowledge::{Answer, BrokerId, Fit, FitRule, KnowledgeBase, OptionId, Reply, Variant, Version};

pub use ahead::{Ahead, Lead, ahead};
pub use backing::{Backing, Speaker, Weight, backing, speakers};
pub use contents::{Entry, contents, day};
pub use fits::{FitCounts, fits};
pub use freshness::{Fresh, fresh, of_sources};
pub use kind::Kind;
pub use listing::{By, Filter};
pub use strong::{Strong, Support, strong};

/// What an audit of neutrality finds.
#[derive(Debug)]
pub struct Audit {
    /// How each option answers, in canonical order.
    pub fits: Vec<FitCounts>,
    /// Which broker answers more needs better, by dimension.
    pub ahead: Vec<Ahead>,
    /// On whose word each option's answers rest.
    pub backing: Vec<Backing>,
    /// Who is cited, the most heavily cited first.
    pub speakers: Vec<Speaker>,
    /// Every strong effect, and who stands behind it.
    pub strong: Vec<Strong>,
}

/// Audits the neutrality of a knowledge base.
pub fn audit(knowledge: &KnowledgeBase<'_>) -> Audit {
    Audit {
        fits: fits(knowledge),
        ahead: ahead(knowledge),
        backing: backing(knowledge),
        speakers: speakers(knowledge),
        strong: strong(knowledge),
    }
}

/// A broker's newest line.
pub fn newest(knowledge: &KnowledgeBase<'_>, broker: BrokerId) -> Option<Version> {
    knowledge.broker(broker).and_then(|broker| broker.versions.last()).map(|version| version.line())
}

/// One thing that an option may answer to a need at its broker's newest line.
#[derive(Debug, Clone, Copy)]
struct Said<'k> {
    option: OptionId,
    broker: BrokerId,
    need: usize,
    variant: Option<&'k Variant>,
    reply: &'k Reply,
}

/// Everything that options may answer at their brokers' newest lines.
fn said<'k>(knowledge: &'k KnowledgeBase<'_>) -> impl Iterator<Item = Said<'k>> {
    knowledge.option_ids().zip(&knowledge.answers).flat_map(|((option, details), answers)| {
        let broker = details.broker;
        let line = newest(knowledge, broker);
        answers.iter().enumerate().flat_map(move |(need, answer)| {
            line.into_iter().flat_map(move |line| answer.replies_at(line)).map(move |(variant, reply)| Said {
                option,
                broker,
                need,
                variant,
                reply,
            })
        })
    })
}

/// What is answered where nothing special is the case: no variant's condition holds, and the amount is easy.
fn usual(answer: &Answer, line: Version) -> Option<Fit> {
    let mut plain = answer.replies_at(line).filter(|(variant, _)| variant.is_none_or(|variant| variant.when.is_none()));
    plain.next().map(|(_, reply)| reply.fit.best())
}

/// How much an answer moves a score: one for `good`, the usual answer, and one more for each step away from it. Where
/// an answer depends on an amount or a word, its strongest fit counts.
fn effect(rule: &FitRule) -> u32 {
    let weigh = |fit: Fit| 1 + u32::from(fit.steps().abs_diff(Fit::Good.steps()));
    rule.fits().into_iter().map(weigh).max().unwrap_or(1)
}
