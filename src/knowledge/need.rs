//! What a workload may require, said without naming a broker.

use serde::{Deserialize, Serialize};

use super::dimension::Dimension;
use super::text::{Template, Text};
use crate::expr::{ExprId, FactId};
use crate::quantity::Unit;

/// Something that a workload requires.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a property of its own, as in the rules")]
pub struct Need {
    /// Its stable id.
    pub id: Text,
    /// What it is called.
    pub title: Text,
    /// The dimension to which it belongs.
    pub dimension: Dimension,
    /// Needs that spring from one cause share a root.
    pub root: Text,
    /// Holds where the need exists.
    pub when: ExprId,
    /// How much is needed.
    pub amount: Option<(ExprId, Unit)>,
    /// The list fact whose words are answered one by one.
    pub over: Option<FactId>,
    /// Why it exists, in the profile's own numbers.
    pub because: Template,
    /// A wish even where the profile does not say so.
    pub want: bool,
    /// A pair of options answers it no better than the worse of the two.
    pub whole: bool,
    /// Comes from what the organisation runs or knows, not from the workload.
    pub organisation: bool,
    /// A rule that an organisation made for itself, which may speak of brokers.
    pub house: bool,
    /// Facts that the condition and the amount name.
    pub facts: Vec<FactId>,
    /// Facts on which the condition rests in the end, through every formula.
    pub rests_on: Vec<FactId>,
}
