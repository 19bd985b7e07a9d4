//! Rules a little changed, one change at a time: would any case notice, and does it matter? Takes a knowledge base and the
//! scenarios that it is tested with, gives what survives. It is how the tests of rules are tested.

mod answers;
mod explained;
mod ground;
mod hunt;
mod mutants;
mod population;

pub use explained::{Explained, explained, outdated};
pub use ground::{Ground, Outcome};
pub use hunt::{Difference, Fate, Hunt, Hunted, Witness, hunt};
pub use mutants::{Mutant, mutants};
pub use population::generated;
