//! What client libraries are told: names, types, ranges and defaults against the lists of each client, the amounts that
//! the settings ask for, and the differences that are known to trip people up.

mod cases;
mod laws;
mod lists;
mod loading;

use std::sync::LazyLock;

use brokerfit::advice::{Formulas, Setting, settings};
use brokerfit::clients::{ClientSetting, ClientSettings, clients};
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::{OptionId, Scope};
use brokerfit::profile::Profile;

use crate::knowledge::written;
use crate::support::{KNOWLEDGE, profiles};

/// What clients apply.
const SCOPES: [Scope; 3] = [Scope::Producer, Scope::Consumer, Scope::Connection];

/// What the clients of one option are told for one profile.
struct Case {
    profile: Profile,
    option: OptionId,
    settings: Vec<Setting>,
    clients: Vec<ClientSettings>,
}

/// Examples, some scenarios and generated profiles with every option: worked out once for all laws.
static ALL: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let scenarios = written("rules/scenarios").into_iter().step_by(8);
    let all = written("examples").into_iter().chain(scenarios).chain(profiles(40));
    all.flat_map(|profile| {
        KNOWLEDGE.option_ids().map(move |(option, _)| {
            let (settings, clients) = told(&profile, option);
            Case { profile: profile.clone(), option, settings, clients }
        })
    })
    .collect()
});

/// The settings of clients that are advised for an option, and what each client is told.
fn told(profile: &Profile, option: OptionId) -> (Vec<Setting>, Vec<ClientSettings>) {
    let facts = derive(&KNOWLEDGE, profile, Without::Nothing);
    let all = settings(&KNOWLEDGE, profile, &facts, option, Formulas::LeftOut);
    let found = clients(&KNOWLEDGE, profile, &facts, option, &all);
    (all.into_iter().filter(|setting| SCOPES.contains(&setting.scope)).collect(), found)
}

/// Every setting of a client with its scope.
fn each(client: &ClientSettings) -> impl Iterator<Item = (Scope, &ClientSetting)> {
    client.scopes().into_iter().flat_map(|(scope, all)| all.iter().map(move |setting| (scope, setting)))
}
