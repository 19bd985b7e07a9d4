//! How fresh each answer and each default is: the newest line of which its sources speak, and the day on which they
//! were last read.

use super::newest;
use crate::knowledge::source_entry::OWN;
use crate::knowledge::{BrokerId, Citing, KnowledgeBase, SourceEntry, SourceId, Version};
use crate::quantity::Date;

/// How fresh one answer or one default is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fresh {
    /// Which.
    pub citing: Citing,
    /// Whose.
    pub broker: BrokerId,
    /// It still speaks at the broker's newest line.
    pub current: bool,
    /// The newest line of which its sources speak; none where they speak of no line of the broker.
    pub line: Option<Version>,
    /// The day on which the first of its sources was read.
    pub checked_on: Option<Date>,
}

impl Fresh {
    /// Whether a newer line is known than any of which its sources speak.
    pub fn is_below(&self, newest: Version) -> bool {
        self.current && self.line.is_some_and(|line| line < newest)
    }
}

/// How fresh every answer and every default is.
pub fn fresh(knowledge: &KnowledgeBase<'_>) -> Vec<Fresh> {
    knowledge
        .citations()
        .filter_map(|(citing, sources)| {
            let (broker, current) = match citing {
                Citing::Answer { option, need, variant } => {
                    let broker = knowledge.broker_of(option);
                    (broker, answer_is_current(knowledge, option, need, variant)?)
                }
                Citing::Key(place) => {
                    let key = knowledge.catalogue.get(place)?;
                    let line = newest(knowledge, key.broker)?;
                    (key.broker, key.until.is_none_or(|until| until.line() >= line))
                }
                _ => return None,
            };
            let (line, checked_on) = of_sources(knowledge, broker, sources);
            Some(Fresh { citing, broker, current, line, checked_on })
        })
        .collect()
}

fn answer_is_current(
    knowledge: &KnowledgeBase<'_>,
    option: crate::knowledge::OptionId,
    need: usize,
    variant: Option<usize>,
) -> Option<bool> {
    let answer = knowledge.answer(option, need)?;
    let line = newest(knowledge, knowledge.broker_of(option))?;
    let wanted = variant.and_then(|place| answer.variants.get(place));
    let same = |spoken: Option<&crate::knowledge::Variant>| match (spoken, wanted) {
        (Some(spoken), Some(wanted)) => std::ptr::eq(spoken, wanted),
        (None, None) => true,
        _ => false,
    };
    Some(answer.replies_at(line).any(|(spoken, _)| same(spoken)))
}

/// The newest line of a broker of which sources speak, and the day on which the first of them was read.
pub fn of_sources(
    knowledge: &KnowledgeBase<'_>,
    broker: BrokerId,
    sources: &[SourceId],
) -> (Option<Version>, Option<Date>) {
    let sources = || sources.iter().filter_map(|id| knowledge.source(*id));
    let line = sources().filter_map(|source| line_of(knowledge, broker, source)).max();
    let day = sources().filter_map(|source| Date::parse(knowledge.text(source.checked_on))).min();
    (line, day)
}

/// The newest line of a broker of which a source speaks: only its maker and this project date their words by its lines,
/// while others have versions of their own.
fn line_of(knowledge: &KnowledgeBase<'_>, broker: BrokerId, source: &SourceEntry) -> Option<Version> {
    let whose = knowledge.text(source.affiliation);
    if whose != knowledge.broker_name(broker) && whose != OWN {
        return None;
    }
    let words = knowledge.text(source.version).split(|it: char| !it.is_ascii_digit() && it != '.');
    words.filter(|word| word.contains('.')).filter_map(|word| Version::parse(word).ok()).map(Version::line).max()
}
