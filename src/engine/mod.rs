//! Pure judgement: needs × options → fits, scores, and a verdict with its firmness. Takes a knowledge base and facts,
//! gives an assessment and a verdict. No files, clock, environment, threads or unseeded randomness: the same answer on
//! every machine.
//!
//! `docs/how-it-decides.md` states every definition and works one example number by number.

mod assess;
mod decide;
mod draws;
mod loss;
mod outcome;
mod random;
mod reliance;
mod rival;
mod split;

pub use assess::{Assessment, Created, Rated, Veto, assess};
pub use decide::{CLEAR_LEAD, CLEAR_SHARE, decide, stated_dimensions};
pub use draws::{Draws, Sampler, Weights};
pub use loss::{CENTRAL, Reading, Scorecard, score};
pub use outcome::{Holdback, Judgement, Kind, Leader, Part, Standing, Strength, Verdict};
pub use reliance::behind_vetoes;
pub use rival::together;
