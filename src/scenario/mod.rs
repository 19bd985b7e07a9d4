//! Scenarios: profiles that say what an expert expects of the advice, under `x-expect`, and cases that stand in rules.
//! Takes a profile and the rules, gives what came out otherwise, with its place; formats nothing.

mod cases;
mod coverage;
mod expectation;
mod of_packs;
mod read;
mod seen;

use std::cell::RefCell;

use crate::diagnostic::Diagnostic;
use crate::engine::{Sampler, Strength};
use crate::knowledge::KnowledgeBase;
use crate::profile::{Profile, Remark};
use crate::source::Span;

pub use cases::read_cases;
pub use coverage::{Part, conflict_name, coverage, key_name};
pub use expectation::Expectation;
pub use of_packs::OfPacks;
pub use seen::{Seen, facts_of};

/// The key under which a scenario says what is expected.
const EXPECT: &str = "x-expect.";

/// One expectation that was not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// What was expected, as it is written: `needs.replay.kafka/log: native`.
    pub expected: String,
    /// What came out.
    pub message: String,
    /// Where it is expected.
    pub span: Span,
}

/// How one scenario came out.
#[derive(Debug)]
pub struct Outcome<'p> {
    /// The scenario.
    pub profile: &'p Profile,
    /// How much it expects.
    pub expected: usize,
    /// What was not met.
    pub complaints: Vec<Complaint>,
}

/// What a scenario expects: keys below `x-expect` with their values.
fn remarks(profile: &Profile) -> impl Iterator<Item = (&str, &Remark)> {
    profile.kept.iter().filter_map(|remark| Some((remark.key.strip_prefix(EXPECT)?, remark)))
}

/// What a scenario expects, as far as it means something.
pub fn expectations(knowledge: &KnowledgeBase<'_>, profile: &Profile) -> Vec<Expectation> {
    remarks(profile).filter_map(|(key, remark)| Expectation::read(knowledge, key, &remark.text).ok()).collect()
}

/// Expectations that mean nothing to this knowledge base.
pub fn problems(knowledge: &KnowledgeBase<'_>, profile: &Profile) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut expected = remarks(profile).peekable();
    if expected.peek().is_none() {
        let mut problem = Diagnostic::warning("expects-nothing", format!("{} expects nothing", profile.name))
            .help("say under `x-expect` what is expected, or take it out");
        if let Some(source) = profile.source {
            problem = problem.at(source, profile.span, "no `x-expect` here");
        }
        problems.push(problem);
    }
    for (key, remark) in expected {
        if let Err(wrong) = Expectation::read(knowledge, key, &remark.text) {
            let mut problem = Diagnostic::error("unknown-expectation", wrong.message);
            if let Some(source) = profile.source {
                problem = problem.at(source, remark.span, "means nothing");
            }
            problems.push(match wrong.help {
                Some(help) => problem.help(help),
                None => problem,
            });
        }
    }
    problems
}

/// Holds what comes out for a profile against what it expects.
pub fn check<'p>(knowledge: &KnowledgeBase<'_>, profile: &'p Profile, sampler: &RefCell<Sampler>) -> Outcome<'p> {
    let facts = facts_of(knowledge, profile);
    let seen = Seen::new(knowledge, profile, &facts, sampler);
    let mut complaints = Vec::new();
    let mut expected = 0;
    for (key, remark) in remarks(profile) {
        expected += 1;
        let found = match Expectation::read(knowledge, key, &remark.text) {
            Ok(expectation) => expectation.unmet(&seen),
            Err(wrong) => Some(wrong.message),
        };
        let written = format!("{key}: {}", remark.text);
        complaints.extend(found.map(|message| Complaint { expected: written, message, span: remark.span }));
    }
    Outcome { profile, expected, complaints }
}

/// Every strength, least to most.
const STRENGTHS: [Strength; 3] = [Strength::TossUp, Strength::Leaning, Strength::Clear];
