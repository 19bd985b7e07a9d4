//! What `check` found, in every format that it is asked for: one file each, all from one report. Decides nothing; what is
//! cut, because a reader takes no more, is said in the output itself.

mod counts;
mod github;
mod human;
mod json;
mod junit;
mod located;
mod markdown;
mod phrases;
mod sarif;

pub(in crate::render) use phrases::plural;

use crate::configuration::FailOn;
use crate::gate::{Checked, Inspected, Paths};
use crate::knowledge::KnowledgeBase;
use crate::source::Source;

/// What is rendered: every flow and every file of a run after the gate.
#[derive(Debug)]
pub struct GateReport<'r> {
    /// What everything rests on.
    pub knowledge: &'r KnowledgeBase<'r>,
    /// The texts that were read.
    pub sources: &'r [Source],
    /// Every flow, in the order of the sources.
    pub flows: &'r [Checked<'r>],
    /// Every file that belongs to no single flow: broker files, the configuration.
    pub files: &'r [Inspected],
    /// From which level on a finding refuses, by the run's own configuration; that of a flow may say otherwise.
    pub fail_on: FailOn,
    /// What a baseline says, where one is used.
    pub baseline: Option<Compared>,
    /// How files are named outside of texts for people.
    pub paths: &'r Paths,
}

/// What comparing with a baseline gave, beside the findings that it knows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Compared {
    /// Findings of the baseline that are no longer there.
    pub gone: usize,
}

impl GateReport<'_> {
    /// Whether something that counts is grave enough to refuse.
    pub fn refused(&self) -> bool {
        self.flows.iter().any(Checked::refuses) || self.files.iter().any(Inspected::refuses)
    }
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportFormat {
    /// For people, with the lines and carets.
    Human,
    /// For programs: `brokerfit.check/1`.
    Json,
    /// For code scanning: SARIF 2.1.0.
    Sarif,
    /// For the test reports of Jenkins and GitLab.
    Junit,
    /// For the log of a GitHub workflow, which makes annotations of it.
    Github,
    /// For a step summary or a comment on a pull request.
    Markdown,
}

impl ReportFormat {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Human, Self::Json, Self::Sarif, Self::Junit, Self::Github, Self::Markdown];

    /// How it is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::Markdown => "markdown",
        }
    }

    /// For whom it is.
    pub fn about(self) -> &'static str {
        match self {
            Self::Human => "For people",
            Self::Json => "For programs",
            Self::Sarif => "For code scanning",
            Self::Junit => "As a test report",
            Self::Github => "As annotations in a GitHub workflow",
            Self::Markdown => "For a summary or a comment",
        }
    }
}

/// A report that could not be written, which no finding should cause.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    /// A value that JSON cannot hold.
    #[error("the report cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// XML that could not be put into memory.
    #[error("the report cannot be written as XML: {0}")]
    Xml(#[from] std::io::Error),
}

/// Writes a report; width and colour matter to people alone.
///
/// # Errors
/// When a value cannot be written, which no finding should cause.
pub fn render(report: &GateReport<'_>, format: ReportFormat, width: usize, colour: bool) -> Result<String, Unwritten> {
    Ok(match format {
        ReportFormat::Human => human::render(report, width, colour),
        ReportFormat::Json => json::render(report)?,
        ReportFormat::Sarif => sarif::render(report)?,
        ReportFormat::Junit => junit::render(report)?,
        ReportFormat::Github => github::render(report),
        ReportFormat::Markdown => markdown::render(report),
    })
}
