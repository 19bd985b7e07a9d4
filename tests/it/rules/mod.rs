//! `brokerfit rules` and what stands behind it: the built-in rules are clean and neutral, each check refuses what it is
//! for, and each lint fires on what it is for.

mod checks;
mod command;
mod costs;
mod lints;
mod listing;
mod mirrored;
mod mutants;
mod neutrality;
mod places;
mod reached;
mod scenarios;
mod small;
