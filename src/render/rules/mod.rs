//! The knowledge base as people and programs see it: what it holds, what lints found, and the audit of neutrality.

pub mod audit;
pub mod lint;
pub mod list;
mod tables;
