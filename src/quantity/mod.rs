//! Typed amounts with units: reading them as people write them, computing with ranges, and writing them back. Knows
//! nothing of facts or brokers.

mod date;
mod interval;
mod kind;
mod parse;
mod show;
#[cfg(test)]
mod tests;
mod version;

pub use date::Date;
pub use interval::Interval;
pub use kind::{Kind, Unit};
pub(crate) use parse::units;
pub use parse::{QuantityError, parse};
pub use show::{exact, number, show, show_range, show_share};
pub use version::Version;
