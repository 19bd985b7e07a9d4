//! A report with everything looked up that formats share: what each finding belongs to, the names of files, and lines and
//! columns. The lines of a source are found once, however many findings stand in it, and only where they are asked for.

use std::cell::OnceCell;

use super::GateReport;
use crate::configuration::FailOn;
use crate::gate::{Checked, Finding, Inspected, Place, Shown, Subject, fingerprints};
use crate::source::{LineIndex, Position, Source, Span};

/// What was held against something: a flow, or a file that belongs to no single flow.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of<'r> {
    Flow(&'r Checked<'r>),
    File(&'r Inspected),
}

impl<'r> Of<'r> {
    /// The source in which it stands.
    pub(super) fn source(self) -> Option<usize> {
        match self {
            Self::Flow(flow) => flow.profile.source,
            Self::File(file) => Some(file.source),
        }
    }

    /// From which level on a finding of it refuses.
    pub(super) fn fail_on(self) -> FailOn {
        match self {
            Self::Flow(flow) => flow.fail_on,
            Self::File(file) => file.fail_on,
        }
    }

    pub(super) fn findings(self) -> &'r [Finding] {
        match self {
            Self::Flow(flow) => &flow.findings,
            Self::File(file) => &file.findings,
        }
    }

    /// The flow's name; none for a file.
    pub(super) fn flow(self) -> Option<&'r str> {
        match self {
            Self::Flow(flow) => Some(&flow.profile.name),
            Self::File(_) => None,
        }
    }

    fn span(self) -> Span {
        match self {
            Self::Flow(flow) => flow.profile.span,
            Self::File(_) => Span::default(),
        }
    }
}

/// A finding with what it belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found<'r> {
    pub(super) of: Of<'r>,
    pub(super) finding: &'r Finding,
}

/// How columns are counted.
#[derive(Debug, Clone, Copy)]
pub(super) enum Columns {
    /// In characters.
    Characters,
    /// In units of UTF-16.
    Utf16,
}

/// A stretch of one source; the end is the place after its last character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Region {
    pub(super) source: usize,
    pub(super) start: Position,
    pub(super) end: Position,
}

/// A report with its places.
pub(super) struct Located<'r> {
    pub(super) report: &'r GateReport<'r>,
    columns: Columns,
    lines: Vec<OnceCell<LineIndex<'r>>>,
    shown: Vec<Shown>,
}

impl<'r> Located<'r> {
    pub(super) fn new(report: &'r GateReport<'r>, columns: Columns) -> Self {
        let lines = report.sources.iter().map(|_| OnceCell::new()).collect();
        let shown = report.sources.iter().map(|source| report.paths.shown(&source.name)).collect();
        Self { report, columns, lines, shown }
    }

    /// Flows in their order, then files in theirs.
    pub(super) fn subjects(&self) -> impl Iterator<Item = Of<'r>> + use<'r> {
        self.report.flows.iter().map(Of::Flow).chain(self.report.files.iter().map(Of::File))
    }

    /// Everything that was found, in that order.
    pub(super) fn found(&self) -> impl Iterator<Item = Found<'r>> + use<'r> {
        self.subjects().flat_map(|of| of.findings().iter().map(move |finding| Found { of, finding }))
    }

    /// A source of the run.
    pub(super) fn source(&self, source: usize) -> Option<&'r Source> {
        self.report.sources.get(source)
    }

    /// The name of a source's file.
    pub(super) fn shown(&self, source: usize) -> Option<&Shown> {
        self.shown.get(source)
    }

    /// The fingerprints of all findings of a flow or file, in their order.
    pub(super) fn fingerprints(&self, of: Of<'_>) -> Vec<String> {
        let file = of.source().and_then(|source| self.shown(source)).map_or("", Shown::text);
        fingerprints(of.flow().map_or(Subject::File(file), Subject::Flow), of.findings())
    }

    /// Where a flow or file begins.
    pub(super) fn start(&self, of: Of<'_>) -> Option<Region> {
        let span = of.span();
        self.region(of.source()?, Span { end: span.start, ..span })
    }

    /// Where a finding is: its first place.
    pub(super) fn first(&self, found: Found<'_>) -> Option<Region> {
        self.place(found.of, found.finding.places.first()?)
    }

    /// The places that explain it.
    pub(super) fn others<'f>(&self, found: Found<'f>) -> impl Iterator<Item = (Region, &'f Place)> {
        let others = found.finding.places.iter().skip(1);
        others.filter_map(move |place| Some((self.place(found.of, place)?, place)))
    }

    fn place(&self, of: Of<'_>, place: &Place) -> Option<Region> {
        self.region(place.source.or_else(|| of.source())?, place.span)
    }

    fn region(&self, source: usize, span: Span) -> Option<Region> {
        let text = &self.source(source)?.text;
        let index = self.lines.get(source)?.get_or_init(|| LineIndex::new(text));
        // A block of YAML reaches to the next line; what people see of it ends before.
        let blank = span.text(text).len() - span.text(text).trim_end().len();
        let end = span.end.saturating_sub(u32::try_from(blank).unwrap_or_default()).max(span.start);
        let at = |offset| match self.columns {
            Columns::Characters => index.position(offset),
            Columns::Utf16 => index.utf16_position(offset),
        };
        Some(Region { source, start: at(span.start), end: at(end) })
    }
}
