//! From symptoms to causes: each pitfall is found by its own examples and by no near miss, real lines that nobody wrote
//! patterns for have the right first cause, healthy ones have none, and what is measured says what it says of brokers in
//! real trouble.

mod calls;
mod cases;
mod laws;
mod measured;
mod misfits;

use std::sync::LazyLock;

use brokerfit::diagnosis::{Cause, Diagnosis, Patient};
use brokerfit::profile::Profile;

use crate::support::KNOWLEDGE;

/// What some text says, as a file or as words, without a profile.
pub(crate) fn diagnosed(text: &str, words: &str) -> Diagnosis {
    static PROFILE: LazyLock<Profile> = LazyLock::new(|| Profile::named("unnamed"));
    static PATIENT: LazyLock<Patient<'static>> = LazyLock::new(|| Patient::new(&KNOWLEDGE, &PROFILE, false, None));
    by(&PATIENT, text, words)
}

/// What some text says of a workload.
pub(crate) fn of(profile: &Profile, is_known: bool, text: &str, words: &str) -> Diagnosis {
    by(&Patient::new(&KNOWLEDGE, profile, is_known, None), text, words)
}

fn by(patient: &Patient<'_>, text: &str, words: &str) -> Diagnosis {
    let mut intake = patient.intake();
    text.lines().chain(words.lines()).for_each(|line| intake.line(0, line.as_bytes()));
    patient.diagnosis(intake, words)
}

/// The id of a cause, with its broker where both have one of that name.
pub(crate) fn id(cause: &Cause) -> &'static str {
    KNOWLEDGE.text(KNOWLEDGE.pitfalls[cause.pitfall].id)
}

/// The ids of all causes, the most likely first.
pub(crate) fn ids(diagnosis: &Diagnosis) -> Vec<&'static str> {
    diagnosis.causes.iter().map(id).collect()
}
