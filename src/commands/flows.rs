//! The flows that a call names: profiles read from files or standard input, changed by `--set` and `--at`.

use std::path::PathBuf;

use super::configured::{Configurations, Setup, share_environment};
use super::input;
use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::profile::{Profile, read_profiles, set_facts};
use crate::source::Source;

/// What was read, and what is wrong with it.
pub(super) struct Flows {
    /// The texts.
    pub(super) sources: Vec<Source>,
    /// The flows, in the order of the input.
    pub(super) profiles: Vec<Profile>,
    /// The configurations of the inputs.
    pub(super) configurations: Configurations,
    /// What is wrong.
    pub(super) problems: Vec<Diagnostic>,
}

/// Reads profiles and changes them; without any file there is one of which nothing is stated yet.
pub(super) fn read(
    setup: &mut Setup,
    paths: &[PathBuf],
    set: &[String],
    at: &[String],
    most: u64,
    context: &mut Context,
) -> Flows {
    let knowledge = setup.knowledge;
    let (mut sources, mut problems) = input::read(paths, most, context);
    let read = read_profiles(knowledge, &sources);
    problems.extend(read.problems);
    let mut profiles = read.profiles;
    if paths.is_empty() {
        profiles.push(Profile::named("unnamed"));
    }
    let configurations = share_environment(setup, &mut profiles, &mut sources, &mut problems);
    let settings: Vec<String> = set.iter().cloned().chain(versions(at)).collect();
    if let [first, rest @ ..] = &mut profiles[..] {
        // What is wrong with a setting is wrong for every profile: it is said once.
        problems.extend(set_facts(knowledge, first, &settings));
        for profile in rest {
            set_facts(knowledge, profile, &settings);
        }
    }
    Flows { sources, profiles, configurations, problems }
}

/// `rabbitmq=3.13` is short for the fact.
fn versions(at: &[String]) -> impl Iterator<Item = String> + '_ {
    at.iter().map(|version| format!("environment.versions.{version}"))
}
