//! Conditions and formulas as the rules write them, for those who want to read them. Equal expressions are compiled to
//! one, whoever wrote them how, so each text is kept with its owner. The table is a block of bytes that is searched
//! where it stands: a program that starts decodes none of it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::text::{Text, Texts};
use crate::expr::ExprId;

/// Bytes of an entry: expression, owner, and where the text begins and ends.
const ENTRY: usize = 16;

/// Whose expression it is: a number made of its owner's ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner(u32);

impl Owner {
    /// The owner of these ids, as in `rabbitmq/quorum` and `replay`.
    pub fn of(ids: &[&str]) -> Self {
        // FNV-1a: an owner only tells apart who wrote the same expression differently.
        let bytes = ids.iter().flat_map(|id| id.bytes().chain([0]));
        Self(bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)))
    }
}

/// The texts of expressions.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Written<'a>(#[serde(borrow)] Cow<'a, [u8]>);

impl Written<'_> {
    /// An expression as its owner wrote it; as somebody else did, where the owner is not known.
    pub fn text<'t>(&self, texts: &'t Texts<'_>, expression: ExprId, owner: Owner) -> Option<&'t str> {
        let count = self.0.len() / ENTRY;
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low + (high - low) / 2;
            let [known, by, ..] = self.entry(middle)?;
            if (known, by) < (expression.0, owner.0) { low = middle + 1 } else { high = middle }
        }
        // Where the owner is not found, this is the next of the same expression, or the one after its last.
        let entry = self.entry(low).filter(|[known, ..]| *known == expression.0);
        let entry = entry.or_else(|| self.entry(low.checked_sub(1)?).filter(|[known, ..]| *known == expression.0));
        let [_, _, start, end] = entry?;
        Some(texts.get(Text::at(start, end)))
    }

    /// Cuts the tie to the bytes it was read from.
    pub fn into_owned(self) -> Written<'static> {
        Written(Cow::Owned(self.0.into_owned()))
    }

    fn entry(&self, place: usize) -> Option<[u32; 4]> {
        let bytes = self.0.get(place * ENTRY..(place + 1) * ENTRY)?;
        let mut numbers = [0; 4];
        for (number, bytes) in numbers.iter_mut().zip(bytes.chunks_exact(4)) {
            *number = u32::from_le_bytes(bytes.try_into().ok()?);
        }
        Some(numbers)
    }
}

/// Collects the texts of expressions.
#[derive(Debug, Default)]
pub struct WrittenBuilder(Vec<(ExprId, Owner, Text)>);

impl WrittenBuilder {
    /// Keeps how an owner wrote an expression.
    pub fn add(&mut self, expression: ExprId, owner: Owner, text: Text) {
        self.0.push((expression, owner, text));
    }

    /// The table.
    pub fn finish(mut self) -> Written<'static> {
        self.0.sort_by_key(|(expression, owner, _)| (*expression, *owner));
        self.0.dedup_by_key(|(expression, owner, _)| (*expression, *owner));
        let numbers = self.0.into_iter().flat_map(|(expression, owner, text)| {
            let (start, end) = text.place();
            [expression.0, owner.0, start, end]
        });
        Written(Cow::Owned(numbers.flat_map(u32::to_le_bytes).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::TextsBuilder;
    use super::*;

    #[test]
    fn each_owner_finds_its_own_words_and_a_stranger_those_of_another() {
        let mut texts = TextsBuilder::default();
        let mut written = WrittenBuilder::default();
        for (expression, owner, text) in [(7, "b", "amount"), (7, "a", "backlog"), (3, "a", "true")] {
            written.add(ExprId(expression), Owner::of(&[owner]), texts.add(text));
        }
        let (written, texts) = (written.finish(), texts.finish());
        let text = |expression, owner| written.text(&texts, ExprId(expression), Owner::of(&[owner]));
        assert_eq!(text(7, "a"), Some("backlog"));
        assert_eq!(text(7, "b"), Some("amount"));
        assert_eq!(text(3, "a"), Some("true"));
        assert!(text(7, "c").is_some());
        assert_eq!(text(3, "c"), Some("true"));
        assert_eq!(text(5, "a"), None);
        assert_eq!(Written::default().text(&texts, ExprId(0), Owner::default()), None);
    }
}
