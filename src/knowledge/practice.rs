//! Practices: how an option grows with its load, and what its running costs follow from.

use serde::{Deserialize, Serialize};

use super::broker::{OptionId, Version};
use super::capability::SourceId;
use super::text::{Template, Text};
use crate::expr::ExprId;

/// What a practice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PracticeKind {
    /// How to grow.
    Scaling,
    /// What costs, and how to spend less.
    Cost,
}

impl PracticeKind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Scaling, Self::Cost];

    /// The word in rules and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Scaling => "scaling",
            Self::Cost => "cost",
        }
    }
}

/// A step that an option calls for as its load grows, or to keep its cost down.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Practice {
    /// Its stable id: the situation; with several options of one broker it is the same.
    pub id: Text,
    /// What it is about.
    pub kind: PracticeKind,
    /// With which option.
    pub option: OptionId,
    /// From this line of the option's broker on.
    pub since: Option<Version>,
    /// Up to and with this line.
    pub until: Option<Version>,
    /// Where it holds; everywhere, where there is none.
    pub when: Option<ExprId>,
    /// The step, as an imperative.
    pub title: Text,
    /// How, in the profile's own numbers.
    pub how: Template,
    /// What goes wrong, or when not to.
    pub risk: Option<Template>,
    /// On whose word.
    pub sources: Vec<SourceId>,
}
