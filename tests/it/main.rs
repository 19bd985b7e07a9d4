//! What the program does, seen from outside: one file for each command or stage.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic and read files"
)]

mod adoption;
mod adr;
mod advice;
mod alerts;
mod architecture;
mod artifacts;
mod baseline;
mod broker_files;
mod broker_lists;
mod changes;
mod check;
mod clients;
mod compare;
mod configuration;
mod conflicts;
mod corners;
mod criteria;
mod criteria_effects;
mod decisions;
mod declared;
mod diagnose;
mod diff;
mod documents;
mod examples;
mod explain;
mod export;
mod imports;
mod init;
mod interview;
mod knowledge;
mod limits;
mod load_tests;
mod map;
mod newer;
mod outputs;
mod packs;
mod portfolio;
mod practices;
mod process;
mod profile;
mod properties;
mod records;
mod repository;
mod review;
mod rules;
mod saved;
mod scenarios;
mod schema;
mod sensitivity;
mod shells;
mod support;
mod tune;
mod validity;
mod waivers;
