//! The knowledge base as people and programs see it: what it holds, what lints found, how scenarios came out, and the audit of
//! neutrality.

pub mod audit;
pub mod lint;
pub mod list;
pub mod mutants;
pub mod scenarios;
mod tables;
