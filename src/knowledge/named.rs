//! Quantities that several conditions and formulas of one option share under a name.

use serde::{Deserialize, Serialize};

use super::broker::OptionId;
use super::text::Text;
use crate::expr::ExprId;

/// A quantity under a name, as one option means it.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct NamedQuantity {
    /// Whose it is.
    pub option: OptionId,
    /// Its name, as in `limit.message`.
    pub name: Text,
    /// What it stands for.
    pub formula: ExprId,
}
