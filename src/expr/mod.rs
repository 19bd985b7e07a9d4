//! The expression language of the rules: conditions and formulas over facts, with units, ranges and unknowns. Small,
//! typed and total: no loops, no input or output, no panics. Compiled once into one flat program; evaluated without
//! allocation; every evaluation can show its work.
//!
//! Takes texts and a [`Scope`] that says what names mean; gives a [`Program`].

mod ast;
mod cells;
mod compile;
mod error;
mod eval;
mod mutate;
mod names;
mod parse;
mod possible;
mod program;
mod scalar;
mod settle;
#[cfg(test)]
mod tests;
mod token;
mod trace;
mod truths;
mod value;

pub use cells::{Cell, Possible, Read, Values};
pub use compile::Wants;
pub use error::ExprError;
pub use mutate::Changed;
pub use names::{Names, Scope};
pub use program::Program;
pub use settle::Settled;
pub use truths::Truths;
pub use value::{DomainId, Env, ExprId, FactId, ListValue, Own, Tri, Type, Value};
