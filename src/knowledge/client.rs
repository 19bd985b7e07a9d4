//! Client libraries: what each calls the keys that clients apply, in which unit and range, what it has not and what to do
//! instead, and what it needs beyond them because its own default does not suit the job.

use serde::{Deserialize, Serialize};

use super::broker::{BrokerId, OptionId, Version};
use super::capability::SourceId;
use super::setting::{Choice, Measure, Scope};
use super::text::{Template, Text};
use crate::expr::{ExprId, FactId};

/// How a client library is told its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientForm {
    /// By names and values, as they stand in a file or a map.
    Properties,
    /// By parameters of calls in code.
    Parameters,
}

impl ClientForm {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Properties, Self::Parameters];

    /// The word in rules and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Properties => "properties",
            Self::Parameters => "parameters",
        }
    }
}

/// A client library of a broker.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Client {
    /// Of which broker.
    pub broker: BrokerId,
    /// Its stable id within the broker.
    pub id: Text,
    /// Its name, for people.
    pub title: Text,
    /// What it is, and what it serves, in a sentence.
    pub about: Text,
    /// Where it is had, as the language's registry calls it.
    pub package: Text,
    /// The line of which its names and defaults are; none for one that is numbered like its broker.
    pub version: Option<Version>,
    /// The oldest line that was looked at.
    pub since: Option<Version>,
    /// How it is told its settings.
    pub form: ClientForm,
    /// The fact that lists the languages of applications.
    pub over: FactId,
    /// The languages that it serves, as bits over that fact's words.
    pub bits: u64,
    /// The same in words.
    pub languages: Vec<Text>,
    /// With which options; all of the broker, where empty.
    pub options: Vec<OptionId>,
    /// Where it can be used at all.
    pub when: Option<ExprId>,
    /// What it calls the keys that clients apply; one entry for each of them and option.
    pub names: Vec<ClientName>,
    /// What it needs beyond them, option by option.
    pub extras: Vec<ClientExtra>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

impl Client {
    /// Whether it has to do with an option of its broker.
    pub fn serves(&self, option: OptionId) -> bool {
        self.options.is_empty() || self.options.contains(&option)
    }

    /// What it makes of a key, with an option.
    pub fn naming(&self, key: u16, option: OptionId) -> Option<&ClientName> {
        self.names.iter().find(|name| name.key == key && name.speaks(option))
    }
}

/// What a client makes of a key of the catalogue.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClientName {
    /// The key's place in the catalogue.
    pub key: u16,
    /// With which options; all, where empty.
    pub options: Vec<OptionId>,
    /// Its name for it, or what to do instead.
    pub way: Way,
    /// On whose word, beside the client's own.
    pub sources: Vec<SourceId>,
}

impl ClientName {
    /// Whether it holds with an option.
    pub fn speaks(&self, option: OptionId) -> bool {
        self.options.is_empty() || self.options.contains(&option)
    }
}

/// What a client makes of a key.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Way {
    /// It has it.
    Named(Box<Naming>),
    /// It has no such thing: why, and what to do instead. `{value}` in it stands for the advised value.
    Absent(Text),
}

/// A setting as a client calls it and writes its values.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Naming {
    /// The property, or the parameter or method.
    pub name: Text,
    /// The call in which it stands, with `{value}` where the value goes; none for a property.
    pub code: Option<Text>,
    /// How its values are written.
    pub measure: Measure,
    /// The client's default; none for that of the catalogue.
    pub default: Option<Text>,
    /// Later defaults by the client's line, ascending.
    pub defaults: Vec<(Version, Text)>,
    /// The client's words for those of the catalogue, where they differ.
    pub words: Vec<(Text, Text)>,
    /// The only value for which there is anything to set.
    pub only: Option<Text>,
    /// A setting of the same client above which it may not be, where that is set.
    pub at_most: Option<Text>,
    /// What else to know when it is set.
    pub note: Option<Text>,
    /// The client's first line that has it.
    pub since: Option<Version>,
}

/// A setting that a client needs beyond the keys of the catalogue.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ClientExtra {
    /// With which option.
    pub option: OptionId,
    /// Who applies it: a producer, a consumer or a connection.
    pub scope: Scope,
    /// Its name and how its values are written; `default` is always there.
    pub naming: Naming,
    /// Where it is called for.
    pub when: Option<ExprId>,
    /// The first value whose condition holds.
    pub choose: Vec<(Option<ExprId>, Choice)>,
    /// Why.
    pub why: Template,
    /// What happens otherwise.
    pub risk: Option<Template>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}
