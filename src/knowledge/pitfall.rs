//! Pitfalls: from what can be seen of a broker in trouble to its cause, how to make sure of it, and the way out.

use serde::{Deserialize, Serialize};

use super::broker::{BrokerId, OptionId, Version};
use super::capability::SourceId;
use super::text::Text;
use crate::expr::ExprId;

/// How much a thing that is seen says about a cause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strength {
    /// It fits this cause and others.
    Fits,
    /// It names this cause.
    Names,
}

impl Strength {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::Names => "names",
        }
    }
}

/// A cause of trouble.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Pitfall {
    /// Its stable id: the situation.
    pub id: Text,
    /// Of which broker.
    pub broker: BrokerId,
    /// With which options; all of the broker, where empty.
    pub options: Vec<OptionId>,
    /// From this line on.
    pub since: Option<Version>,
    /// Up to and with this line.
    pub until: Option<Version>,
    /// The cause, as a statement.
    pub title: Text,
    /// How people word the symptom.
    pub wordings: Vec<Text>,
    /// What logs and exceptions say, as patterns.
    pub lines: Vec<(Text, Strength)>,
    /// Patterns of lines that do not count.
    pub unless: Vec<Text>,
    /// What observations show.
    pub signs: Vec<Sign>,
    /// The mechanism.
    pub cause: Text,
    /// How to tell it from other causes.
    pub tell: Vec<Step>,
    /// What to do now.
    pub fix: Text,
    /// What keeps it from coming back.
    pub prevent: Text,
    /// What is often repeated here and is not so: places among the misconceptions.
    pub wrong: Vec<u16>,
    /// What is often advised here and does not help, each with the reason.
    pub advice: Vec<Text>,
    /// The pitfalls of which this one is a consequence: places among all.
    pub follows: Vec<u16>,
    /// The need that the symptom reveals, where the workload may be on the wrong option: its place.
    pub reveals: Option<u16>,
    /// Facts of the profile to correct then, as `--set` takes them.
    pub state: Vec<Text>,
    /// On whose word.
    pub sources: Vec<SourceId>,
    /// Lines, or words, that it is found by.
    pub examples: Vec<Text>,
    /// Such that look alike and are none.
    pub near: Vec<Text>,
}

/// A condition over observations of one kind of item.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sign {
    /// The condition.
    pub when: ExprId,
    /// The item of which it speaks: its place among all.
    pub item: u16,
    /// How much it says.
    pub strength: Strength,
}

/// A command, and what it shows.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    /// The command.
    pub run: Text,
    /// What it shows where this is the cause.
    pub shows: Text,
    /// From this line on.
    pub since: Option<Version>,
    /// Up to and with this line.
    pub until: Option<Version>,
}
