//! One finding of the gate: which situation, how grave, why, where, and what to do about it.

use crate::expr::FactId;
use crate::knowledge::Level;
use crate::source::Span;

/// One finding about one flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The stable name of the situation, such as `ruled-out`.
    pub id: &'static str,
    /// Which conflict of the rules it is, where `id` is `conflict`.
    pub conflict: Option<String>,
    /// How grave it is.
    pub level: Level,
    /// What was found, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Vec<String>,
    /// The facts on which it rests.
    pub facts: Vec<FactId>,
    /// The needs on which it rests, by their places among the needs of the knowledge base.
    pub needs: Vec<usize>,
    /// Where: the first place is the finding's own, the others explain it.
    pub places: Vec<Place>,
}

/// A place in the profile, and what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The place.
    pub span: Span,
    /// What is to be seen; may be empty.
    pub text: String,
}

impl Finding {
    pub(super) fn new(id: &'static str, level: Level, message: String) -> Self {
        let (help, facts, needs, places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { id, conflict: None, level, message, help, facts, needs, places }
    }

    /// The whole name, such as `ruled-out` or `conflict/average-above-peak`.
    pub fn full_id(&self) -> String {
        match &self.conflict {
            Some(conflict) => format!("{}/{conflict}", self.id),
            None => self.id.to_owned(),
        }
    }

    /// Where it is.
    pub fn span(&self) -> Option<Span> {
        self.places.first().map(|place| place.span)
    }

    pub(super) fn at(mut self, span: Option<Span>, text: impl Into<String>) -> Self {
        if let Some(span) = span
            && self.places.iter().all(|place| place.span != span)
        {
            self.places.push(Place { span, text: text.into() });
        }
        self
    }

    pub(super) fn help(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() && !self.help.contains(&text) {
            self.help.push(text);
        }
        self
    }

    pub(super) fn resting_on(mut self, facts: impl IntoIterator<Item = FactId>) -> Self {
        for fact in facts {
            if !self.facts.contains(&fact) {
                self.facts.push(fact);
            }
        }
        self
    }
}
