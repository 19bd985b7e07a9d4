//! How many flows and files have what as their gravest finding, and how many findings there are of each kind.

use super::GateReport;
use crate::gate::{Checked, Finding, Inspected, Standing};
use crate::knowledge::Level;

/// Things by the gravest finding that counts, or findings by level.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Graded {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) notes: usize,
    /// Things without a finding that counts.
    pub(super) fine: usize,
}

impl Graded {
    fn of(levels: impl Iterator<Item = Option<Level>>) -> Self {
        let mut graded = Self::default();
        for level in levels {
            match level {
                Some(Level::Error) => graded.errors += 1,
                Some(Level::Warning) => graded.warnings += 1,
                Some(Level::Note) => graded.notes += 1,
                None => graded.fine += 1,
            }
        }
        graded
    }

    /// Findings by their levels.
    pub(super) fn of_findings(levels: impl Iterator<Item = Level>) -> Self {
        Self::of(levels.map(Some))
    }

    pub(super) fn all(self) -> usize {
        self.errors + self.warnings + self.notes + self.fine
    }

    /// Those of one level.
    pub(super) fn at(self, level: Level) -> usize {
        match level {
            Level::Error => self.errors,
            Level::Warning => self.warnings,
            Level::Note => self.notes,
        }
    }
}

/// Everything that is counted in a report.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Counts {
    /// Flows by their gravest finding.
    pub(super) flows: Graded,
    /// Files by their gravest finding.
    pub(super) files: Graded,
    /// Findings that count, by level.
    pub(super) findings: Graded,
    /// Findings that somebody waived.
    pub(super) waived: usize,
    /// Findings that the baseline knows.
    pub(super) known: usize,
}

impl Counts {
    pub(super) fn of(report: &GateReport<'_>) -> Self {
        let all = || findings(report);
        Self {
            flows: Graded::of(report.flows.iter().map(Checked::worst)),
            files: Graded::of(report.files.iter().map(Inspected::worst)),
            findings: Graded::of(all().filter(|finding| finding.counts()).map(|finding| Some(finding.level))),
            waived: all().filter(|finding| matches!(finding.standing, Standing::Waived { .. })).count(),
            known: all().filter(|finding| finding.standing == Standing::Known).count(),
        }
    }
}

fn findings<'r>(report: &'r GateReport<'_>) -> impl Iterator<Item = &'r Finding> {
    let of_flows = report.flows.iter().flat_map(|flow| &flow.findings);
    of_flows.chain(report.files.iter().flat_map(|file| &file.findings))
}
