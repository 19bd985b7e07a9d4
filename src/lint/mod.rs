//! What should hold of a knowledge base beyond what must hold for it to load: one file per lint. Takes a
//! `KnowledgeBase`, gives findings with a level each; formats nothing.
//!
//! To add a lint: a file with a `LINT` here, and a line in [`LINTS`].

mod always_holds;
mod below_newest;
mod checked_before;
mod conditions;
mod decide;
mod doubtful_effect;
mod doubtful_veto;
mod figure_without_conditions;
mod grade_and_affiliation;
mod home_page;
mod idle_band;
mod idle_formula;
mod idle_key;
mod leans_on_other_maker;
mod never_holds;
mod never_reached;
mod never_set;
mod not_monotone;
mod opinion_decides;
mod possible;
mod reads;
mod root_in_two_dimensions;
mod single_support;
mod twins;
mod unsourced_entry;
mod unused_fact;
mod unused_source;
mod vague_place;

use crate::diagnostic::{Diagnostic, Severity};
use crate::knowledge::{BrokerId, Citing, Fit, KnowledgeBase, Level, Reply, Spot};
use crate::quantity::Date;

/// What should hold, and how grave it is where it does not.
#[derive(Debug)]
pub struct Lint {
    /// Its stable id.
    pub id: &'static str,
    /// How grave a finding is.
    pub level: Level,
    /// What should hold, and why.
    pub about: &'static str,
    /// Finds where it does not.
    look: fn(&KnowledgeBase<'_>, Question) -> Vec<Found>,
}

/// What is asked beside what is always looked at.
#[derive(Debug, Clone, Copy, Default)]
pub struct Question {
    /// What was checked before this day is to be found.
    pub older_than: Option<Date>,
}

/// What a lint found, before its level is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Found {
    /// Of what it speaks.
    subject: String,
    message: String,
    help: Option<String>,
    concerns: Vec<String>,
    spots: Vec<Spot>,
    by_samples: bool,
}

impl Found {
    fn new(subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self { subject: subject.into(), message: message.into(), ..Self::default() }
    }

    /// Where it is; of several, the first says where, the others why.
    fn at(mut self, spot: impl Into<Spot>) -> Self {
        self.spots.push(spot.into());
        self
    }

    /// Nothing was proved: drawn profiles say so.
    fn by_samples(mut self) -> Self {
        self.message = format!("{}, by {} samples", self.message, decide::SAMPLES);
        self.by_samples = true;
        self
    }

    fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// One place where something should be otherwise.
#[derive(Debug)]
pub struct Finding {
    /// By which lint.
    pub lint: &'static Lint,
    /// Of what it speaks: the id of a need, a fact, a source, or the name of an answer or a key.
    pub subject: String,
    /// What was found, in one sentence.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// What else rests on it.
    pub concerns: Vec<String>,
    /// Where it is; of several, the first says where, the others why.
    pub spots: Vec<Spot>,
    /// It rests on drawn profiles, not on a proof.
    pub by_samples: bool,
}

impl Finding {
    /// How grave it is: what only samples say is a note, whatever the lint.
    pub fn level(&self) -> Level {
        if self.by_samples { Level::Note } else { self.lint.level }
    }

    /// As it is told: what, why, and what to do; without its places, which only the texts know.
    pub fn diagnostic(&self) -> Diagnostic {
        let severity = match self.level() {
            Level::Error => Severity::Error,
            Level::Warning => Severity::Warning,
            Level::Note => Severity::Note,
        };
        let mut told = Diagnostic::new(severity, self.lint.id, self.message.clone()).because(self.lint.about);
        if !self.concerns.is_empty() {
            told = told.because(format!("on it rest: {}", self.concerns.join(", ")));
        }
        told.help.extend(self.help.clone());
        told
    }
}

/// Every lint, the gravest first, then by id.
pub const LINTS: [&Lint; 24] = [
    &always_holds::LINT,
    &checked_before::LINT,
    &doubtful_veto::LINT,
    &grade_and_affiliation::LINT,
    &home_page::LINT,
    &idle_band::LINT,
    &never_holds::LINT,
    &never_reached::LINT,
    &never_set::LINT,
    &not_monotone::LINT,
    &opinion_decides::LINT,
    &root_in_two_dimensions::LINT,
    &twins::LINT,
    &unsourced_entry::LINT,
    &unused_fact::LINT,
    &unused_source::LINT,
    &vague_place::LINT,
    &below_newest::LINT,
    &doubtful_effect::LINT,
    &figure_without_conditions::LINT,
    &idle_formula::LINT,
    &idle_key::LINT,
    &leans_on_other_maker::LINT,
    &single_support::LINT,
];

/// The lint that finds what is known from older lines only.
pub const BELOW_NEWEST: &str = below_newest::LINT.id;

/// Looks at a knowledge base with every lint, or with some.
pub fn lint(knowledge: &KnowledgeBase<'_>, question: Question, only: &[&'static Lint]) -> Vec<Finding> {
    let chosen = LINTS.into_iter().filter(|lint| only.is_empty() || only.iter().any(|known| known.id == lint.id));
    chosen
        .flat_map(|lint| {
            (lint.look)(knowledge, question).into_iter().map(move |found| Finding {
                lint,
                subject: found.subject,
                message: found.message,
                help: found.help,
                concerns: found.concerns,
                spots: found.spots,
                by_samples: found.by_samples,
            })
        })
        .collect()
}

/// A lint by its id.
pub fn find(id: &str) -> Option<&'static Lint> {
    LINTS.into_iter().find(|lint| lint.id == id)
}

/// One thing that an option may answer to a need, in whatever line.
struct Spoken<'k> {
    broker: BrokerId,
    part: Citing,
    reply: &'k Reply,
    /// `rabbitmq/quorum deep-backlog (to 3.13)`.
    name: String,
}

/// Every reply of every option to every need.
fn replies<'k>(knowledge: &'k KnowledgeBase<'_>) -> Vec<Spoken<'k>> {
    let mut all = Vec::new();
    for ((option, details), answers) in knowledge.option_ids().zip(&knowledge.answers) {
        for (need, answer) in answers.iter().enumerate() {
            let mut add = |variant, reply| {
                let part = Citing::Answer { option, need, variant };
                all.push(Spoken { broker: details.broker, part, reply, name: knowledge.citing_name(part) });
            };
            if let Some(base) = &answer.base {
                add(None, base);
            }
            for (place, variant) in answer.variants.iter().enumerate() {
                add(Some(place), &variant.reply);
            }
        }
    }
    all
}

/// Every reply that may be poor or ruled out.
fn strong<'k>(knowledge: &'k KnowledgeBase<'_>) -> impl Iterator<Item = Spoken<'k>> {
    replies(knowledge).into_iter().filter(|spoken| spoken.reply.fit.worst() <= Fit::Poor)
}
