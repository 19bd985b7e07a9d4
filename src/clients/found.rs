//! What has been found for one client so far: its settings, each name once, and what it does not have.

use super::convert::{code, convert, fill};
use super::{Absent, ClientSetting, named};
use crate::advice::Setting;
use crate::expr::{Env, Own, Value};
use crate::facts::View;
use crate::knowledge::{CatalogueKey, Client, ClientName, KnowledgeBase, Naming, Scope, Version, Way};

/// One setting while others may still stand against it.
struct Entry<'k> {
    scope: Scope,
    naming: &'k Naming,
    setting: ClientSetting,
}

/// What one client is told.
pub(super) struct Found<'k> {
    knowledge: &'k KnowledgeBase<'k>,
    client: &'k Client,
    version: Version,
    entries: Vec<Entry<'k>>,
    absent: Vec<Absent>,
}

impl<'k> Found<'k> {
    /// Nothing yet.
    pub(super) fn new(knowledge: &'k KnowledgeBase<'_>, client: &'k Client, view: &View<'_>) -> Self {
        let running = match view.own(Own::Version) {
            Value::Version(version) => Version::from_number(version.lo),
            _ => Version::from_number(0.0),
        };
        let version = client.version.unwrap_or(running);
        Self { knowledge, client, version, entries: Vec::new(), absent: Vec::new() }
    }

    /// The client's line, in words.
    pub(super) fn version(&self) -> String {
        self.version.to_string()
    }

    /// Whether a name is taken in a scope.
    pub(super) fn has(&self, scope: Scope, naming: &Naming) -> bool {
        self.entries.iter().any(|entry| entry.scope == scope && entry.naming.name == naming.name)
    }

    /// Adds a setting under its name.
    pub(super) fn push(&mut self, scope: Scope, naming: &'k Naming, setting: ClientSetting) {
        self.entries.push(Entry { scope, naming, setting });
    }

    /// A setting with what the client itself says of it.
    pub(super) fn written(&self, naming: &Naming, value: String, shown: String, default: &str) -> ClientSetting {
        let text = |text| self.knowledge.text(text).to_owned();
        ClientSetting {
            name: text(naming.name),
            code: code(self.knowledge, naming, &value),
            default: self.default(naming).map_or_else(|| default.to_owned(), str::to_owned),
            from: None,
            formula: String::new(),
            why: String::new(),
            risk: None,
            note: naming.note.map(|note| fill(self.knowledge.text(note), &value)),
            held: None,
            since: naming
                .since
                .filter(|since| self.client.since.is_none_or(|oldest| oldest < *since))
                .map(|it| it.to_string()),
            sources: Vec::new(),
            value,
            shown,
        }
    }

    fn default(&self, naming: &Naming) -> Option<&str> {
        let later = naming.defaults.iter().rev().find(|(since, _)| self.version >= *since);
        later.map(|(_, default)| *default).or(naming.default).map(|default| self.knowledge.text(default))
    }

    /// Takes what a client makes of an advised setting. Of two keys with one name, the one that is called so speaks.
    pub(super) fn apply(&mut self, name: &'k ClientName, key: &CatalogueKey, setting: &Setting) {
        let knowledge = self.knowledge;
        let mut sources = setting.sources.clone();
        let own = knowledge.source_names(&name.sources).into_iter().map(str::to_owned);
        sources.extend(own.filter(|own| !setting.sources.contains(own)));
        let Some(naming) = named(name) else {
            if let Way::Absent(instead) = &name.way {
                let instead = fill(knowledge.text(*instead), &setting.shown);
                self.absent.push(Absent { key: setting.key.clone(), scope: setting.scope, instead, sources });
            }
            return;
        };
        let Some((value, shown)) = convert(knowledge, key, naming, setting) else { return };
        let known = self.entries.iter().position(|it| it.scope == setting.scope && it.naming.name == naming.name);
        if let Some(place) = known {
            if setting.key != knowledge.text(naming.name) {
                return;
            }
            self.entries.remove(place);
        }
        let written = ClientSetting {
            from: Some(setting.key.clone()),
            formula: setting.formula.clone(),
            why: setting.why.clone(),
            risk: setting.risk.clone(),
            sources,
            ..self.written(naming, value, shown, &setting.default)
        };
        self.push(setting.scope, naming, written);
    }

    /// Holds what may not be above another setting of the same client, and gives all of it.
    pub(super) fn finish(mut self) -> (Vec<(Scope, ClientSetting)>, Vec<Absent>) {
        for place in 0..self.entries.len() {
            self.hold(place);
        }
        let settings = self.entries.into_iter().map(|entry| (entry.scope, entry.setting)).collect();
        (settings, self.absent)
    }

    fn hold(&mut self, place: usize) {
        let Some(entry) = self.entries.get(place) else { return };
        let Some(bound) = entry.naming.at_most else { return };
        let other = self.entries.iter().find(|it| it.scope == entry.scope && it.naming.name == bound);
        let amount = |entry: &Entry<'_>| {
            let per_unit = entry.naming.measure.unit.measure().0;
            entry.setting.value.parse::<f64>().ok().map(|value| value * per_unit)
        };
        let Some((own, most)) = amount(entry).zip(other.and_then(amount)) else { return };
        if own <= most {
            return;
        }
        let (value, shown) = crate::advice::written_as(entry.naming.measure, most);
        let code = code(self.knowledge, entry.naming, &value);
        let held = Some(self.knowledge.text(bound).to_owned());
        if let Some(entry) = self.entries.get_mut(place) {
            entry.setting = ClientSetting { value, shown, code, held, ..entry.setting.clone() };
        }
    }
}
