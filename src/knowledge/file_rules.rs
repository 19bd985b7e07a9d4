//! How one broker's files come together: where else the value of a key may stand, which of several holds, what policies
//! reach, and which items are nobody's own.

use serde::{Deserialize, Serialize};

use super::broker::{BrokerId, OptionId, Version};
use super::capability::SourceId;
use super::text::Text;

/// What is known of one broker's files.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileRules {
    /// Whose files.
    pub broker: BrokerId,
    /// How names begin that the broker keeps for itself.
    pub internal: Vec<Text>,
    /// The first or the last word of names of what only takes failed or waiting messages.
    pub aside: Vec<Text>,
    /// What is not written in one place only.
    pub values: Vec<Standing>,
    /// Policies that pass over items.
    pub passing: Vec<Passing>,
    /// To which options the words of policies apply; all words apply to all, where none is listed.
    pub reach: Vec<(Text, Vec<OptionId>)>,
    /// The keys by which failed messages go elsewhere, if the broker does that.
    pub dead_letters: Option<DeadLetters>,
    /// The broker's own key and the value by which a file is of a node that carries no messages.
    pub no_broker: Vec<(Text, Text)>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

/// Where the value of a key may stand.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Standing {
    /// The key's place in the catalogue.
    pub key: u16,
    /// With which options; all of the broker, where empty.
    pub options: Vec<OptionId>,
    /// Other names that files give to the key.
    pub also: Vec<Text>,
    /// What policies call it, if they may set it.
    pub policy: Option<Text>,
    /// Which of two holds, where an item and a policy both set it.
    pub holds: Holds,
    /// What a virtual host calls its default for it.
    pub vhost: Option<Text>,
    /// The broker's own keys that hold where nothing nearer sets it: the first that is set.
    pub broker: Vec<u16>,
    /// Its value is the option.
    pub names_option: bool,
}

/// Which of two values holds, the item's own or the policy's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holds {
    /// The lower; a negative one is no limit.
    Lower,
    /// The item's own.
    Own,
    /// The policy's.
    Policy,
}

impl Holds {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Lower, Self::Own, Self::Policy];

    /// The word in rules.
    pub fn word(self) -> &'static str {
        match self {
            Self::Lower => "lower",
            Self::Own => "own",
            Self::Policy => "policy",
        }
    }
}

/// A policy with one of some keys passes over items of some options, whatever else it sets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Passing {
    /// The options.
    pub options: Vec<OptionId>,
    /// The keys, as policies call them.
    pub keys: Vec<Text>,
    /// From this line on.
    pub since: Option<Version>,
    /// Up to and with this line.
    pub until: Option<Version>,
}

/// The keys by which failed messages go elsewhere.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct DeadLetters {
    /// Names the exchange to which they go.
    pub exchange: u16,
    /// Names the routing key under which they go.
    pub routing_key: u16,
    /// Says after what time messages go there; what waits there comes back.
    pub wait: u16,
}
