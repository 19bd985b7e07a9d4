//! What names mean while expressions are compiled, and what ids are called when they are shown.

use super::value::{DomainId, ExprId, FactId, Type};
use crate::quantity::Kind;

/// What names mean in one place of the rules.
pub trait Scope {
    /// A fact.
    fn fact(&self, name: &str) -> Option<(FactId, Type)>;
    /// A word of a domain.
    fn word(&self, domain: DomainId, word: &str) -> Option<u8>;
    /// Whether a domain takes names that nobody listed.
    fn domain_is_open(&self, domain: DomainId) -> bool;
    /// Adds a name to an open domain; nothing where it is closed or full.
    fn intern(&mut self, domain: DomainId, word: &str) -> Option<u8>;
    /// The amount for which a word of a numeric fact stands.
    fn word_amount(&self, fact: FactId, word: &str) -> Option<f64>;
    /// A named quantity.
    fn quantity(&self, name: &str) -> Option<(ExprId, Type)>;
    /// The type of what is the answering broker's own, where one answers.
    fn own(&self, name: &str) -> Option<Type>;
    /// Every name, for suggestions.
    fn names(&self) -> Vec<&str>;
}

/// What ids are called.
pub trait Names {
    /// A fact's name.
    fn fact(&self, id: FactId) -> &str;
    /// A word of a domain.
    fn word(&self, domain: DomainId, word: u8) -> &str;
    /// How a fact's amounts are written.
    fn kind(&self, id: FactId) -> Option<Kind>;
    /// The domain of a fact's words.
    fn domain(&self, id: FactId) -> Option<DomainId>;
    /// The word of a numeric fact that stands for an amount.
    fn amount_word(&self, id: FactId, amount: f64) -> Option<&str>;
    /// The word for how well a team knows a broker, by its place.
    fn own_team(&self, place: u32) -> String;
    /// What the rules call a formula, if they name it.
    fn quantity(&self, _formula: ExprId) -> Option<&str> {
        None
    }
}
