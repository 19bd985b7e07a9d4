//! Takes the texts of the knowledge base while it is compiled; gives small ids into one long text, so that a
//! program that starts decodes none of them before it shows one. Equal texts are kept once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::expr::ExprId;

/// A place in the one long text of a knowledge base.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Text {
    start: u32,
    end: u32,
}

impl Text {
    /// The text between two places.
    pub(super) fn at(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Where it begins and ends.
    pub(super) fn place(self) -> (u32, u32) {
        (self.start, self.end)
    }
}

/// The one long text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Texts<'a>(#[serde(borrow)] Cow<'a, str>);

impl Texts<'_> {
    /// The text behind an id; empty for an id of another knowledge base.
    pub fn get(&self, text: Text) -> &str {
        self.0.get(text.start as usize..text.end as usize).unwrap_or_default()
    }

    /// Cuts the tie to the bytes it was read from.
    pub fn into_owned(self) -> Texts<'static> {
        Texts(Cow::Owned(self.0.into_owned()))
    }
}

/// Collects texts.
#[derive(Debug, Default)]
pub struct TextsBuilder {
    all: String,
    known: BTreeMap<String, Text>,
}

impl TextsBuilder {
    /// Keeps a text, or finds the one that is kept already.
    pub fn add(&mut self, text: &str) -> Text {
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let start = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push_str(text);
        let end = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        let id = Text { start, end };
        self.known.insert(text.to_owned(), id);
        id
    }

    /// The text behind an id, while still collecting.
    pub fn get(&self, text: Text) -> &str {
        self.all.get(text.start as usize..text.end as usize).unwrap_or_default()
    }

    /// The long text.
    pub fn finish(self) -> Texts<'static> {
        Texts(Cow::Owned(self.all))
    }
}

/// A text with computed holes: `shard over {ceil(amount / capacity.sequence)} queues`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// The text as written.
    pub source: Text,
    /// Its holes, in order.
    pub holes: Vec<Hole>,
}

/// A place in a template that is computed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Hole {
    /// Where it begins in the text: at the brace.
    pub start: u16,
    /// Where it ends: after the brace.
    pub end: u16,
    /// What is put there.
    pub expression: ExprId,
}

impl Template {
    /// The expressions in its holes.
    pub fn expressions(&self) -> impl Iterator<Item = ExprId> + '_ {
        self.holes.iter().map(|hole| hole.expression)
    }

    /// The text with every hole filled.
    pub fn fill(&self, texts: &Texts<'_>, mut show: impl FnMut(ExprId) -> String) -> String {
        let source = texts.get(self.source);
        let mut filled = String::with_capacity(source.len() + 16);
        let mut next = 0;
        for hole in &self.holes {
            filled.push_str(source.get(next..usize::from(hole.start)).unwrap_or_default());
            let shown = show(hole.expression);
            filled.push_str(&shown);
            next = usize::from(hole.end);
            if shown == "1"
                && let Some((word, length)) = source.get(next..).and_then(one_of)
            {
                filled.push(' ');
                filled.push_str(&word);
                next += length;
            }
        }
        filled.push_str(source.get(next..).unwrap_or_default());
        filled
    }
}

/// The word after a number in the singular, and how much of the text it stands for: of ` queues`, `queue` and 7. Nothing
/// where it has no plain plural.
fn one_of(rest: &str) -> Option<(String, usize)> {
    let word = rest.strip_prefix(' ')?;
    let end = word.find(|letter: char| !letter.is_ascii_lowercase()).unwrap_or(word.len());
    let word = word.get(..end)?;
    let stem = word.strip_suffix('s').filter(|stem| stem.len() >= 3)?;
    if let Some(stem) = stem.strip_suffix("ie") {
        return Some((format!("{stem}y"), word.len() + 1));
    }
    let plain = !["s", "u", "i", "xe", "she", "che"].iter().any(|ending| stem.ends_with(ending));
    plain.then(|| (stem.to_owned(), word.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::one_of;

    #[test]
    fn one_takes_the_singular() {
        for (rest, one) in [
            (" queues of it", Some(("queue", 7))),
            (" zones", Some(("zone", 6))),
            (" handlers, each", Some(("handler", 9))),
            (" copies", Some(("copy", 7))),
            (" class", None),
            (" status", None),
            (" MB/s", None),
            (" s", None),
            ("s", None),
            ("", None),
            (" größen", None),
        ] {
            let found = one_of(rest);
            assert_eq!(found.as_ref().map(|(word, length)| (word.as_str(), *length)), one, "{rest:?}");
        }
    }
}
