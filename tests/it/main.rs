//! What the program does, seen from outside: one file for each command or stage.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic and read files"
)]

mod adr;
mod advice;
mod architecture;
mod artifacts;
mod broker_lists;
mod changes;
mod check;
mod compare;
mod conflicts;
mod corners;
mod criteria;
mod criteria_effects;
mod declared;
mod decisions;
mod diff;
mod documents;
mod examples;
mod explain;
mod interview;
mod knowledge;
mod map;
mod newer;
mod portfolio;
mod practices;
mod process;
mod profile;
mod properties;
mod rules;
mod saved;
mod scenarios;
mod sensitivity;
mod support;
