//! Strong effects, the answers that may be poor or ruled out, and who stands behind each of them.

use super::said;
use crate::knowledge::{Confidence, Fit, Grade, KnowledgeBase, OptionId, SourceId, Voice};

/// One strong effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Strong {
    /// Whose answer.
    pub option: OptionId,
    /// To which need.
    pub need: usize,
    /// When it speaks, where not always: ` (from 4.0; by throughput.peak)`.
    pub when: String,
    /// The worst that it gives.
    pub fit: Fit,
    /// How sure the answer is.
    pub confidence: Confidence,
    /// On whose word.
    pub sources: Vec<SourceId>,
    /// Who stands behind it.
    pub support: Support,
}

/// Who stands behind a strong effect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a column of its own")]
pub struct Support {
    /// Those who make or sell the broker itself.
    pub own_maker: bool,
    /// Those who make or sell another one.
    pub other_maker: bool,
    /// Somebody in neither camp, this project left out.
    pub outside: bool,
    /// A measurement of this project.
    pub measured: bool,
    /// One source, and no other.
    pub single: bool,
}

/// Every strong effect at the newest lines, in canonical order.
pub fn strong(knowledge: &KnowledgeBase<'_>) -> Vec<Strong> {
    said(knowledge)
        .filter(|said| said.reply.fit.worst() <= Fit::Poor)
        .map(|said| {
            let sources = said.reply.sources.clone();
            let voice = |wanted: Voice| sources.iter().any(|id| knowledge.voice(said.broker, *id) == wanted);
            let graded = |wanted: Grade| {
                sources.iter().filter_map(|id| knowledge.source(*id)).any(|source| source.grade == wanted)
            };
            let support = Support {
                own_maker: voice(Voice::OwnMaker),
                other_maker: voice(Voice::OtherMaker),
                outside: voice(Voice::Outside),
                measured: graded(Grade::Measured),
                single: sources.len() == 1,
            };
            Strong {
                option: said.option,
                need: said.need,
                when: said.variant.map_or_else(String::new, |variant| knowledge.variant_name(variant)),
                fit: said.reply.fit.worst(),
                confidence: said.reply.confidence,
                support,
                sources,
            }
        })
        .collect()
}

impl Strong {
    /// Whether nobody but those who make or sell another broker says so.
    pub fn is_the_other_makers(&self) -> bool {
        let Support { own_maker, other_maker, outside, measured, .. } = self.support;
        other_maker && !own_maker && !outside && !measured
    }
}
