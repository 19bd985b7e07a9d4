//! brokerfit scores a workload profile against capability models of brokers and says which fits, why, how firmly, and
//! with which settings. It is a program; this is its library, for other programs.
//!
//! ```
//! use brokerfit::{Depth, Format, Source};
//!
//! let knowledge = brokerfit::built_in()?;
//! let text = Source::new("flow.yaml", "name: orders\nworkload: { throughput: 2k/s, routing: topic }", Format::Yaml);
//! for profile in brokerfit::profiles(&knowledge, &text).map_err(|problems| brokerfit::problems_as_text(&problems, &[text], 80))? {
//!     let advice = brokerfit::advise(&knowledge, &profile, Depth::Full);
//!     let report = brokerfit::advice_as_text(&knowledge, &advice, 80);
//!     assert!(report.contains("Worst answer in each dimension"));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What stands on this page is the public interface: one function for each step, and the types between them. It prints nothing,
//! reads no file and starts no process; with `default-features = false` nothing of the program is compiled at all. The modules
//! behind it are documented for those who change brokerfit, and may change with every version.
//!
//! ```text
//! profile.yaml ─► Profile ─► Facts ─► Assessment ─► Verdict ─► Advice ─► text, Markdown, JSON
//!    profiles      facts      assess          advise            advice_as_…
//! rules/*.toml ─► KnowledgeBase ──┘
//!    built_in, with_packs
//! ```
//!
//! Words: a *profile* states *facts*; conditions on facts create *needs*; each *option* of a *broker* answers every
//! need with a *fit*; needs × options is the *assessment*, and the *verdict* is what follows from it. A *transition*
//! (`diff`) is what two advices for one flow do not have in common. `expr` is the language of conditions and formulas,
//! `quantity` the amounts with units. How the stages follow one another: docs/architecture.md.

#[doc(hidden)]
pub mod advice;
#[doc(hidden)]
pub mod alerts;
#[doc(hidden)]
pub mod artifact;
#[doc(hidden)]
pub mod audit;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod clients;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod commands;
#[doc(hidden)]
pub mod comparison;
#[doc(hidden)]
pub mod configuration;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod context;
#[doc(hidden)]
pub mod diagnosis;
#[doc(hidden)]
pub mod diagnostic;
#[doc(hidden)]
pub mod effective;
#[doc(hidden)]
pub mod engine;
#[doc(hidden)]
pub mod export;
#[doc(hidden)]
pub mod expr;
#[doc(hidden)]
pub mod facts;
#[doc(hidden)]
pub mod gate;
#[doc(hidden)]
pub mod import;
#[doc(hidden)]
pub mod knowledge;
mod library;
#[doc(hidden)]
pub mod lint;
#[doc(hidden)]
pub mod mapping;
#[doc(hidden)]
pub mod mutation;
#[doc(hidden)]
pub mod outline;
#[doc(hidden)]
pub mod pattern;
#[doc(hidden)]
pub mod portfolio;
#[doc(hidden)]
pub mod profile;
#[doc(hidden)]
pub mod quantity;
#[doc(hidden)]
pub mod random;
#[doc(hidden)]
pub mod reference;
#[doc(hidden)]
pub mod render;
#[doc(hidden)]
pub mod review;
#[doc(hidden)]
pub mod rules;
#[doc(hidden)]
pub mod scenario;
#[doc(hidden)]
pub mod schema;
#[doc(hidden)]
pub mod sensitivity;
#[doc(hidden)]
pub mod sizing;
#[doc(hidden)]
pub mod source;
#[doc(hidden)]
pub mod suggestion;
#[doc(hidden)]
pub mod table;
#[doc(hidden)]
pub mod transition;

#[doc(inline)]
pub use advice::{Advice, Depth};
#[doc(inline)]
pub use diagnostic::{Diagnostic, Severity};
#[doc(inline)]
pub use engine::{Assessment, Judgement, Strength, Verdict};
#[doc(inline)]
pub use facts::Facts;
#[doc(inline)]
pub use knowledge::{Fit, KnowledgeBase};
pub use library::{
    RefusedPacks, advice_as_json, advice_as_markdown, advice_as_text, advise, assess, built_in, facts,
    problems_as_text, profiles, with_packs,
};
#[doc(inline)]
pub use profile::Profile;
#[doc(inline)]
pub use rules::Unreadable;
#[doc(inline)]
pub use source::{Format, Source};
