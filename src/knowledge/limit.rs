//! Limits: between which values of a broker's key a workload can live. Settings say what is best, limits where it ends.

use serde::{Deserialize, Serialize};

use super::broker::{OptionId, Version};
use super::capability::SourceId;
use super::conflict::Level;
use super::text::{Template, Text};
use crate::expr::ExprId;

/// What a key's value must be for a workload, with one option.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Limit {
    /// The key's place in the catalogue.
    pub key: u16,
    /// With which option.
    pub option: OptionId,
    /// For which workloads; for all, where there is none.
    pub when: Option<ExprId>,
    /// From this line on.
    pub since: Option<Version>,
    /// Up to and with this line.
    pub until: Option<Version>,
    /// What holds of the value.
    pub bound: Bound,
    /// Something must set it: where nothing does and there is no default, that is a finding too.
    pub required: bool,
    /// Other keys that will do in its place, where nothing sets it.
    pub instead: Vec<u16>,
    /// It is asked only where one of these keys is set.
    pub beside: Vec<u16>,
    /// The key whose value says how often this one counts.
    pub times: Option<u16>,
    /// The flow's items share what is needed: their values count together.
    pub shared: bool,
    /// How grave it is where a value is beyond it.
    pub level: Level,
    /// Why, in the profile's own numbers.
    pub why: Template,
    /// What to do beside setting it.
    pub remedy: Option<Template>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

/// What holds of a value.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Bound {
    /// It is at least an amount.
    AtLeast(ExprId),
    /// It is at most an amount.
    AtMost(ExprId),
    /// It is one of these words.
    OneOf(Vec<Text>),
    /// It is none of these words.
    NoneOf(Vec<Text>),
    /// It is below the value of another key of the same item.
    Below(u16),
    /// It is there at all.
    Set,
}

impl Bound {
    /// The formula of its amount, if it has one.
    pub fn formula(&self) -> Option<ExprId> {
        match self {
            Self::AtLeast(formula) | Self::AtMost(formula) => Some(*formula),
            Self::OneOf(_) | Self::NoneOf(_) | Self::Below(_) | Self::Set => None,
        }
    }
}
