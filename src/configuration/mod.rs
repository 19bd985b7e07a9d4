//! What `brokerfit.toml` says for a whole repository: where profiles lie, what must be stated, what the organisation runs,
//! how grave findings are, and which of them are waived. Takes the file's tree, gives a configuration or everything that is
//! wrong with it; finds no file, and judges nothing.

mod level;
mod read;

pub use level::{FailOn, LevelFor};
pub use read::{parse, read, required_fact, rules_named};

pub(crate) use read::OFF;

use crate::expr::FactId;
use crate::knowledge::Risk;
use crate::pattern::Pattern;
use crate::profile::{Statement, Waiver};

/// The name of the file.
pub const FILE_NAME: &str = "brokerfit.toml";

/// What one configuration says.
#[derive(Debug, Clone, Default)]
pub struct Configuration {
    /// Which of the run's sources it is; none for the defaults.
    pub source: Option<usize>,
    /// What `check` searches where the call names nothing: paths from the folder of the file.
    pub paths: Vec<String>,
    /// Profiles that are left alone, by their paths from the folder of the file.
    pub exclude: Vec<Pattern>,
    /// From which level on a finding fails the run.
    pub fail_on: Option<FailOn>,
    /// Directories of the rules that are used instead of the built-in ones.
    pub rules: Vec<String>,
    /// Findings that were there before: the path of the file.
    pub baseline: Option<String>,
    /// Facts that every profile must state.
    pub require: Vec<FactId>,
    /// Facts of the environment that hold for every profile that does not state them itself.
    pub environment: Vec<Statement>,
    /// Where the answers to design reviews are kept: the path of the file.
    pub answers: Option<String>,
    /// From which risk on no item of a design review may be open.
    pub require_review: Option<Risk>,
    /// How grave findings are, where that is not as usual.
    pub levels: Vec<LevelFor>,
    /// Findings that do not count.
    pub waivers: Vec<CentralWaiver>,
    /// Waivers may hold without end.
    pub unlimited_waivers: bool,
}

/// A waiver for the flows whose names match.
#[derive(Debug, Clone)]
pub struct CentralWaiver {
    /// What is waived, why and how long.
    pub waiver: Waiver,
    /// For which flows.
    pub flow: Pattern,
}
