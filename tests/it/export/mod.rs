//! What is written for brokers: the same settings as everywhere, in files that the gate finds nothing wrong with.

mod command;
mod laws;
mod names;

use brokerfit::artifact::{Artifact, format_of, read};
use brokerfit::export::{File, Order, Target, Unfit};
use brokerfit::expr::Value;
use brokerfit::facts::{Facts, Without, derive};
use brokerfit::knowledge::{OptionId, Version};
use brokerfit::profile::{Profile, set_facts};
use brokerfit::source::Source;
use clap::ValueEnum as _;

use crate::support::{KNOWLEDGE, fact};

/// A profile on a line of an option's broker.
fn on(profile: &Profile, option: OptionId, line: Version) -> Profile {
    let mut profile = profile.clone();
    let broker = KNOWLEDGE.broker_name(KNOWLEDGE.broker_of(option));
    assert_eq!(set_facts(&KNOWLEDGE, &mut profile, &[format!("environment.versions.{broker}={line}")]), []);
    profile
}

fn facts(profile: &Profile) -> Facts {
    derive(&KNOWLEDGE, profile, Without::Nothing)
}

/// The word of a fact.
fn word(facts: &Facts, name: &str) -> &'static str {
    let id = fact(name);
    let domain = KNOWLEDGE.fact(id).and_then(|fact| fact.kind.domain()).unwrap();
    match facts.central(id) {
        Value::Words(words) if words.is_power_of_two() => {
            KNOWLEDGE.word(domain, u8::try_from(words.trailing_zeros()).unwrap())
        }
        _ => "",
    }
}

/// The lines of an option's broker.
fn lines(option: OptionId) -> &'static [Version] {
    &KNOWLEDGE.broker(KNOWLEDGE.broker_of(option)).unwrap().versions
}

/// The targets that an option has.
fn targets(option: OptionId) -> impl Iterator<Item = Target> {
    let broker = KNOWLEDGE.broker_name(KNOWLEDGE.broker_of(option));
    let all = Target::value_variants().iter().copied();
    all.filter(move |target| target.broker().is_none_or(|own| own == broker))
}

/// The files of a target, as they are written.
fn files(target: Target, profile: &Profile, option: OptionId) -> Result<Vec<File>, Unfit> {
    let facts = facts(profile);
    target.files(&Order::new(&KNOWLEDGE, profile, &facts, option).unwrap())
}

/// What a written file declares; nothing where it is no broker's file.
fn artifacts(file: &File, index: usize) -> Vec<Artifact> {
    let Some(format) = format_of(&file.path) else { return Vec::new() };
    read(&Source::new(file.path.clone(), file.text.clone(), format), index).unwrap_or_else(|problems| {
        // Many files of these formats are no broker's.
        assert!(problems.iter().all(|it| it.code == "not-a-broker-file"), "{}: {problems:?}", file.path);
        Vec::new()
    })
}
