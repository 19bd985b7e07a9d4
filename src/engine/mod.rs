//! Pure judgement: needs × options → fits, scores, and a verdict with its firmness. Takes a knowledge base and facts,
//! gives an assessment and a verdict. No files, clock, environment, threads or unseeded randomness: the same answer on
//! every machine.
//!
//! `docs/how-it-decides.md` states every definition and works one example number by number.

mod answer;
mod assess;
mod decide;
mod draws;
mod halfspace;
mod loss;
mod moved;
mod outcome;
mod reach;
mod reads;

mod reliance;
mod rival;
mod robust;
mod split;
mod variation;

pub use assess::{Assessment, Created, Rated, Veto, assess, creates, rate};
pub use decide::{Called, decide, lead, shares, stated_dimensions};
pub use draws::{Draws, Sampler, Weights};
pub use loss::{CENTRAL, Reading, Scorecard, score};
pub use moved::Moved;
pub use outcome::{CLEAR_LEAD, CLEAR_SHARE, Holdback, Judgement, Kind, Leader, Part, Standing, Strength, Verdict};
pub use reads::Reads;
pub use reliance::behind_vetoes;
pub use rival::together;
pub use robust::{Centre, Robustness, robustness};
