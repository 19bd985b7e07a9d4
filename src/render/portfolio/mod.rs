//! Several flows together, one file per format. They take the portfolio that was gathered; whom a long list names, and
//! how many it only counts, is all that is chosen here.

pub mod human;
pub mod json;
pub mod markdown;
mod phrases;
