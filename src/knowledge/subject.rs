//! Of what a finding or a problem speaks: a part of the knowledge base, and perhaps a field of it. The knowledge base
//! knows no files; `load::Places` finds a spot in their texts.

use super::{BrokerId, Citing, KnowledgeBase, OptionId, Text};
use crate::expr::FactId;

/// A part of the knowledge base of which something can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A need's place.
    Need(usize),
    /// A fact.
    Fact(FactId),
    /// A source's place in the bibliography.
    Source(usize),
    /// A part of how an option's nodes are counted, by its id.
    SizingPart(OptionId, Text),
    /// A preset's place.
    Preset(usize),
    /// An affiliation in a broker's camp.
    Camp(BrokerId),
    /// Any part that names sources.
    Part(Citing),
}

/// A subject, or a field of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The subject.
    pub subject: Subject,
    /// The field, and which of its items where it is a list.
    pub field: Option<(&'static str, Option<usize>)>,
}

impl Spot {
    /// A field of the same subject.
    #[must_use]
    pub fn field(self, name: &'static str) -> Self {
        Self { field: Some((name, None)), ..self }
    }

    /// An item of a list of the same subject.
    #[must_use]
    pub fn item(self, name: &'static str, place: usize) -> Self {
        Self { field: Some((name, Some(place))), ..self }
    }
}

impl From<Subject> for Spot {
    fn from(subject: Subject) -> Self {
        Self { subject, field: None }
    }
}

impl From<Citing> for Spot {
    fn from(part: Citing) -> Self {
        Subject::Part(part).into()
    }
}

impl KnowledgeBase<'_> {
    /// What a subject is called, with its kind where that is not plain: ``need `replay` ``.
    pub fn subject_name(&self, subject: Subject) -> String {
        let of = |kind: &str, id: &str| format!("{kind} `{id}`");
        let id = |text: Option<Text>| text.map_or("", |text| self.text(text));
        match subject {
            Subject::Need(place) => of("need", id(self.needs.get(place).map(|need| need.id))),
            Subject::Fact(fact) => of("fact", self.fact_name(fact)),
            Subject::Source(place) => of("source", id(self.sources.get(place).map(|source| source.id))),
            Subject::SizingPart(option, part) => {
                of("sizing", &format!("{} {}", self.option_name(option), self.text(part)))
            }
            Subject::Preset(place) => of("preset", id(self.presets.get(place).map(|preset| preset.id))),
            Subject::Camp(broker) => of("camp", self.broker_name(broker)),
            Subject::Part(part) => of(part.kind(), &self.citing_name(part)),
        }
    }
}
