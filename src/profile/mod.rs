//! What a person wrote about one flow, checked against the vocabulary: facts with their places, the decision taken,
//! priorities and wishes. Takes documents, gives profiles or diagnostics; assumes and decides nothing.

mod amount;
mod assumed;
mod decision;
mod document;
mod extent;
mod field;
mod fixed_line;
mod group;
mod kept;
mod place;
mod preference;
mod read;
mod reader;
mod record;
mod set;
mod shared;
mod unknown_field;
mod value;
mod version;
mod waiver;
mod word;
mod written;

pub use assumed::{Assumption, Within};
pub use decision::{Chosen, Decision};
pub use extent::{Extent, Over, read_extent};
pub use kept::Remark;
pub use read::{Profiles, read_profiles};
pub use record::{Record, read_record};
pub use set::{answer, set_facts};
pub use shared::{read_shared, share};
pub use waiver::{Expires, Waiver, Whose, waiver};
pub use written::{GROUPS, written};

pub(crate) use decision::OTHERS;
pub(crate) use document::FORMAT;
pub(crate) use field::{DECISION, Fields, GroupId, KEPT, Member, TOP};
pub(crate) use preference::broker_file;
pub(crate) use value::UNKNOWN;
pub(crate) use waiver::NEVER;

use crate::expr::FactId;
use crate::knowledge::{Dimension, Given, Priority};
use crate::pattern::Pattern;
use crate::quantity::{Kind, Version};
use crate::source::Span;

/// Where the JSON Schema of profiles is published; the line at the head of a profile points editors to it.
pub const PROFILE_SCHEMA: &str = "https://raw.githubusercontent.com/brokerfit/brokerfit/main/docs/profile.schema.json";

/// One flow, as stated.
#[derive(Debug, Clone)]
pub struct Profile {
    /// Its name, unique in a run.
    pub name: String,
    /// Which of the run's sources it stands in; none where it was given on the command line alone.
    pub source: Option<usize>,
    /// Where its document begins.
    pub span: Span,
    /// Facts that are stated, by fact.
    pub statements: Vec<Statement>,
    /// What the team chose.
    pub decision: Option<Decision>,
    /// How much each dimension counts.
    pub priorities: Priorities,
    /// Facts and needs that are wishes.
    pub wants: Vec<Want>,
    /// Real broker files that belong to the flow.
    pub artifacts: Vec<BrokerFile>,
    /// Facts that are stated for several flows together, and not in the profile.
    pub shared: Vec<FactId>,
    /// What is kept and printed, and never interpreted.
    pub kept: Vec<Remark>,
}

impl Profile {
    /// A flow of which nothing is stated yet, to be given on the command line alone.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            source: None,
            span: Span::default(),
            statements: Vec::new(),
            decision: None,
            priorities: Priorities::default(),
            wants: Vec::new(),
            artifacts: Vec::new(),
            shared: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// The same with one fact stated otherwise.
    #[must_use]
    pub fn stating(&self, fact: FactId, value: Stated) -> Self {
        let mut profile = self.clone();
        let statement = Statement { fact, value, span: None };
        match profile.statements.binary_search_by_key(&fact, |statement| statement.fact) {
            Ok(place) => {
                if let Some(known) = profile.statements.get_mut(place) {
                    *known = Statement { span: known.span, ..statement };
                }
            }
            Err(place) => profile.statements.insert(place, statement),
        }
        profile
    }

    /// What is stated of a fact.
    pub fn statement(&self, fact: FactId) -> Option<&Statement> {
        let place = self.statements.binary_search_by_key(&fact, |statement| statement.fact).ok()?;
        self.statements.get(place)
    }
}

/// A real broker file that belongs to a flow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokerFile {
    /// Its path, from the folder of the profile.
    pub path: String,
    /// Where it is named.
    pub span: Span,
    /// The queues or topics in it that are the flow's, as patterns; where there are none, it is found out.
    pub only: Vec<Pattern>,
}

/// How much each dimension counts, in the order of the dimensions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Priorities(pub [Priority; Dimension::COUNT]);

impl Priorities {
    /// How much one dimension counts.
    pub fn of(&self, dimension: Dimension) -> Priority {
        self.0.get(dimension.index()).copied().unwrap_or_default()
    }

    /// Sets how much one dimension counts.
    pub fn set(&mut self, dimension: Dimension, priority: Priority) {
        if let Some(place) = self.0.get_mut(dimension.index()) {
            *place = priority;
        }
    }
}

/// A fact that is stated, with its place.
#[derive(Debug, Clone)]
pub struct Statement {
    /// The fact.
    pub fact: FactId,
    /// What is stated of it.
    pub value: Stated,
    /// Where; none where it was given on the command line.
    pub span: Option<Span>,
}

/// What is stated of a fact.
#[derive(Debug, Clone, PartialEq)]
pub enum Stated {
    /// Nobody knows.
    Unknown,
    /// A value or a range, in base units.
    Value {
        /// The value.
        value: Given,
        /// How an amount was written: as messages or as bytes.
        kind: Option<Kind>,
        /// Names that the knowledge does not know, as written; they count in a list's size and are no bit.
        words: Vec<String>,
    },
    /// A version, as written.
    Version(Version),
}

/// A wish: what may go unfulfilled without taking an option out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Want {
    /// Whatever this fact asks for.
    Fact(FactId),
    /// This need, by its place among the needs.
    Need(usize),
}
