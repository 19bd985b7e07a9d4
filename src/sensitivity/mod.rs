//! How a verdict hangs on single facts: the nearest value of each that would change it, and the questions whose answers
//! would move it most. Takes a profile and its judgement, tries other values on it, and judges each as the engine does;
//! says nothing in words.

mod changes;
mod holding;
mod ladder;
mod questions;
mod trial;

pub use changes::{Change, Direction, Likelihood, Turns, changes};
pub use holding::{Stays, holding};
pub use questions::{Asked, questions};
pub use trial::{Outcome, Trial, Tried};
