//! What each client library of a broker is told so that the advised settings hold: its own names, units and literals.
//! Takes the knowledge, a profile with its facts, an option and the settings that were advised for it; gives one list for
//! each client, those whose languages the profile states first. Reads no file and prints nothing.

mod convert;
mod extras;
mod found;

use crate::advice::Setting;
use crate::expr::{Env, Tri, Value};
use crate::facts::{Facts, View};
use crate::knowledge::{Client, ClientForm, ClientName, KnowledgeBase, OptionId, Scope, Way};
use crate::profile::Profile;
use found::Found;

/// One client library and everything that it is told.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientSettings {
    /// Its stable id within the broker.
    pub client: String,
    /// Its name, for people.
    pub title: String,
    /// What it is, and what it serves.
    pub about: String,
    /// Where it is had, as the language's registry calls it.
    pub package: String,
    /// The line of which its names and defaults are.
    pub version: String,
    /// How it is told its settings.
    pub form: ClientForm,
    /// The languages that it serves.
    pub languages: Vec<String>,
    /// The profile states one of them.
    pub stated: bool,
    /// What a producer sets.
    pub producer: Vec<ClientSetting>,
    /// What a consumer sets.
    pub consumer: Vec<ClientSetting>,
    /// What a connection of either sets.
    pub connection: Vec<ClientSetting>,
    /// What it does not have, and what to do instead.
    pub absent: Vec<Absent>,
    /// On whose word.
    pub sources: Vec<String>,
}

impl ClientSettings {
    /// What is set, with the scope in which.
    pub fn scopes(&self) -> [(Scope, &[ClientSetting]); 3] {
        [(Scope::Connection, &self.connection), (Scope::Producer, &self.producer), (Scope::Consumer, &self.consumer)]
    }
}

/// One setting as a client calls it.
#[derive(Debug, Clone, PartialEq)]
pub struct ClientSetting {
    /// The client's own name.
    pub name: String,
    /// The call in which the value stands; none for a property.
    pub code: Option<String>,
    /// The value as the client reads it.
    pub value: String,
    /// The same for people.
    pub shown: String,
    /// The client's default; empty for none.
    pub default: String,
    /// The key of the catalogue that it follows from; none for what only the client needs.
    pub from: Option<String>,
    /// How the value came about, with the profile's numbers.
    pub formula: String,
    /// Why.
    pub why: String,
    /// What happens otherwise.
    pub risk: Option<String>,
    /// What else to know when it is set.
    pub note: Option<String>,
    /// The setting of the same client that holds the value below what is advised.
    pub held: Option<String>,
    /// The client's first line that has it, where not all have.
    pub since: Option<String>,
    /// On whose word.
    pub sources: Vec<String>,
}

/// An advised setting that a client does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absent {
    /// The key of the catalogue.
    pub key: String,
    /// Who would apply it.
    pub scope: Scope,
    /// Why it is not there, and what to do instead.
    pub instead: String,
    /// On whose word.
    pub sources: Vec<String>,
}

/// What every client of an option's broker is told, those whose languages the profile states first.
pub fn clients(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    option: OptionId,
    settings: &[Setting],
) -> Vec<ClientSettings> {
    let broker = knowledge.broker_of(option);
    let Some(details) = knowledge.broker(broker) else { return Vec::new() };
    let view = View::central(knowledge, facts).seen_by(details);
    let holds = |client: &&Client| client.when.is_none_or(|when| knowledge.program.holds(when, &view) == Tri::True);
    let own = knowledge.clients.iter().filter(|client| client.broker == broker && client.serves(option));
    let mut all = Vec::new();
    for client in own.filter(holds) {
        let mut found = Found::new(knowledge, client, &view);
        for setting in settings {
            if let Some((name, key)) = naming(knowledge, client, option, setting) {
                found.apply(name, key, setting);
            }
        }
        extras::apply(&mut found, knowledge, (profile, facts, &view), client, option);
        all.push(described(knowledge, client, &view, found));
    }
    all.sort_by_key(|client| !client.stated);
    all
}

/// What a client makes of an advised setting; nothing of what clients do not apply.
fn naming<'k>(
    knowledge: &'k KnowledgeBase<'_>,
    client: &'k Client,
    option: OptionId,
    setting: &Setting,
) -> Option<(&'k ClientName, &'k crate::knowledge::CatalogueKey)> {
    let place = knowledge.catalogue.iter().position(|key| {
        key.broker == client.broker && key.scope == setting.scope && knowledge.text(key.id) == setting.key
    })?;
    let name = client.naming(u16::try_from(place).ok()?, option)?;
    Some((name, knowledge.catalogue.get(place)?))
}

fn described(knowledge: &KnowledgeBase<'_>, client: &Client, view: &View<'_>, found: Found<'_>) -> ClientSettings {
    let text = |text| knowledge.text(text).to_owned();
    let stated = matches!(view.fact(client.over), Value::List(list) if list.has & client.bits != 0);
    let version = found.version();
    let (mut of, absent) = found.finish();
    let mut scope = |scope: Scope| {
        let (own, others) = std::mem::take(&mut of).into_iter().partition(|(found, _)| *found == scope);
        of = others;
        let own: Vec<(Scope, ClientSetting)> = own;
        own.into_iter().map(|(_, setting)| setting).collect()
    };
    ClientSettings {
        client: text(client.id),
        title: text(client.title),
        about: text(client.about),
        package: text(client.package),
        version,
        form: client.form,
        languages: client.languages.iter().map(|language| text(*language)).collect(),
        stated,
        producer: scope(Scope::Producer),
        consumer: scope(Scope::Consumer),
        connection: scope(Scope::Connection),
        absent,
        sources: knowledge.source_names(&client.sources).into_iter().map(str::to_owned).collect(),
    }
}

/// Whether a client has what an advised setting asks for.
fn named(name: &ClientName) -> Option<&crate::knowledge::Naming> {
    match &name.way {
        Way::Named(naming) => Some(naming),
        Way::Absent(_) => None,
    }
}
