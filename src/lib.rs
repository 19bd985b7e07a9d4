//! brokerfit scores a workload profile against capability models of brokers and says which fits, why, how firmly, and
//! with which settings.
//!
//! ```text
//! profile.yaml ─► Profile ─► Facts ─► Assessment ─► Verdict ─► Advice ─► render ─► people, CI
//!    source/      profile/   facts/     engine/      engine/   advice/   render/
//! rules/*.toml ─► KnowledgeBase ──┘
//!    knowledge/ (compiled by build.rs, read back at start) ─► reference/, comparison/ (`explain`, `compare`)
//! Profile × two facts ─► mapping/ (`map`): an advice for each cell
//! Profile and option ─► review/ (`checklist`); words, logs, metrics ─► diagnosis/ (`diagnose`)
//! ```
//!
//! Words: a *profile* states *facts*; conditions on facts create *needs*; each *option* of a *broker* answers every
//! need with a *fit*; needs × options is the *assessment*, and the *verdict* is what follows from it. A *transition*
//! (`diff`) is what two advices for one flow do not have in common. `expr` is the language of conditions and formulas,
//! `quantity` the amounts with units.

pub mod advice;
pub mod alerts;
pub mod artifact;
pub mod audit;
pub mod cli;
pub mod clients;
pub mod commands;
pub mod comparison;
pub mod configuration;
pub mod context;
pub mod diagnosis;
pub mod diagnostic;
pub mod engine;
pub mod export;
pub mod expr;
pub mod facts;
pub mod gate;
pub mod import;
pub mod knowledge;
pub mod lint;
pub mod mapping;
pub mod mutation;
pub mod pattern;
pub mod portfolio;
pub mod profile;
pub mod quantity;
pub mod random;
pub mod reference;
pub mod render;
pub mod review;
pub mod rules;
pub mod scenario;
pub mod sensitivity;
pub mod sizing;
pub mod source;
pub mod suggestion;
mod table;
pub mod transition;
