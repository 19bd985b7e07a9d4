//! What the parts of an answer are called: by when they speak.

use crate::knowledge::{KnowledgeBase, OptionId, Variant};

/// The part of an option's answer that a variant's place means: `base`, or when that variant speaks, as in
/// `since 4.0, where availability.zones >= 3`.
pub fn spoken_by(knowledge: &KnowledgeBase<'_>, option: OptionId, need: usize, variant: Option<u8>) -> String {
    let variants = knowledge.answer(option, need).map_or(&[][..], |answer| &answer.variants);
    let variant = variant.and_then(|place| variants.get(usize::from(place)));
    variant.map_or_else(|| "base".to_owned(), |variant| variant_name(knowledge, variant))
}

/// When a variant speaks.
pub fn variant_name(knowledge: &KnowledgeBase<'_>, variant: &Variant) -> String {
    let since = variant.since.map(|line| format!("since {line}"));
    let until = variant.until.map(|line| format!("until {line}"));
    let when = variant.when.map(|when| format!("where {}", knowledge.program.plain(when, knowledge)));
    let parts: Vec<String> = [since, until, when].into_iter().flatten().collect();
    if parts.is_empty() { "always".to_owned() } else { parts.join(", ") }
}
