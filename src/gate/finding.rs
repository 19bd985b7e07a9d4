//! One finding of the gate: which situation, how grave, why, where, and what to do about it.

use crate::expr::FactId;
use crate::knowledge::Level;
use crate::quantity::Date;
use crate::source::Span;

/// One finding about one flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The stable name of the situation, such as `ruled-out`.
    pub id: &'static str,
    /// Which one it is, of situations that come in several: the conflict of the rules, the key of a broker file.
    pub which: Option<String>,
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
    /// What it is about beside the flow and the id, so that two findings of one id differ: the item of a broker file.
    pub about: String,
    /// Whether it counts.
    pub standing: Standing,
}

/// Whether a finding counts against the flow.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Standing {
    /// It does.
    #[default]
    Counts,
    /// Somebody took it upon themselves.
    Waived {
        /// Why.
        reason: String,
        /// Who.
        owner: Option<String>,
        /// Up to and with which day; none for without end.
        expires: Option<Date>,
    },
    /// It was there before, by the baseline.
    Known,
}

/// A place, and what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which of the run's sources; none for the one in which the flow stands.
    pub source: Option<usize>,
    /// The place.
    pub span: Span,
    /// What is to be seen; may be empty.
    pub text: String,
}

impl Finding {
    pub(super) fn new(id: &'static str, level: Level, message: String) -> Self {
        let (help, facts, needs, places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (about, standing) = (String::new(), Standing::Counts);
        Self { id, which: None, level, message, help, facts, needs, places, about, standing }
    }

    /// The whole name, such as `ruled-out` or `conflict/average-above-peak`.
    pub fn full_id(&self) -> String {
        match &self.which {
            Some(which) => format!("{}/{which}", self.id),
            None => self.id.to_owned(),
        }
    }

    /// Where it is.
    pub fn span(&self) -> Option<Span> {
        self.places.first().map(|place| place.span)
    }

    /// Whether it counts.
    pub fn counts(&self) -> bool {
        self.standing == Standing::Counts
    }

    /// A place in the flow's own source.
    pub(super) fn at(self, span: Option<Span>, text: impl Into<String>) -> Self {
        match span {
            Some(span) => self.place(Place { source: None, span, text: text.into() }),
            None => self,
        }
    }

    /// A place in another source of the run.
    pub(super) fn within(self, source: usize, span: Span, text: impl Into<String>) -> Self {
        self.place(Place { source: Some(source), span, text: text.into() })
    }

    fn place(mut self, place: Place) -> Self {
        if self.places.iter().all(|known| (known.source, known.span) != (place.source, place.span)) {
            self.places.push(place);
        }
        self
    }

    /// Which one it is, of several with one id.
    pub(super) fn on(mut self, which: impl Into<String>) -> Self {
        self.which = Some(which.into());
        self
    }

    /// What it is about beside its flow and its id.
    pub(super) fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
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
