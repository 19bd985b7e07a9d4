//! Waivers: findings of the gate that somebody takes upon themselves, with a reason and a last day. Takes the tree of
//! one waiver, of a profile or of the configuration; whether its finding exists is for the gate to say.

use super::kept::{Remark, keep};
use super::reader::Reader;
use crate::diagnostic::Diagnostic;
use crate::quantity::Date;
use crate::source::{Kind, Node, Span};
use crate::suggestion::nearest;
use crate::table::{Table, WRITTEN};

/// A finding that is not to count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The finding's full id.
    pub finding: String,
    /// Where it is named.
    pub finding_span: Span,
    /// Why the finding is accepted.
    pub reason: String,
    /// Who accepts it.
    pub owner: Option<String>,
    /// How long.
    pub expires: Expires,
    /// Where that is said.
    pub expires_span: Span,
    /// Which of the run's sources it stands in.
    pub source: usize,
    /// Where it stands.
    pub span: Span,
}

/// How long a waiver holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expires {
    /// Up to and with this day.
    After(Date),
    /// Without end.
    Never,
}

impl Expires {
    /// The last day; none for without end.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::After(day) => Some(day),
            Self::Never => None,
        }
    }
}

/// For a waiver without end.
pub(crate) const NEVER: &str = "never";
/// A waiver that is written right.
const EXAMPLE: &str = "{ finding: mismatch, reason: …, expires: 2027-03-31 }";

impl Reader<'_, '_> {
    /// Reads the waivers of a decision; what is written is kept beside them.
    pub(super) fn waivers(&mut self, node: &Node<'_>, kept: &mut Vec<Remark>) -> Vec<Waiver> {
        keep("", node, kept);
        let items = match &node.kind {
            Kind::Empty => return Vec::new(),
            Kind::Map(_) => std::slice::from_ref(node),
            Kind::List(items) => items.as_slice(),
            Kind::Scalar(_) => {
                let help = format!("write `waiver: {EXAMPLE}`, or a list of such");
                self.wrong_shape_but("waiver", node, "a map or a list of maps", Some(help));
                return Vec::new();
            }
        };
        let Some(source) = self.place.source else { return Vec::new() };
        let mut found = Vec::new();
        for item in items {
            if self.is_full() {
                break;
            }
            let mut problems = Vec::new();
            found.extend(waiver(source, item, Whose::Profile, &mut problems));
            for problem in problems {
                self.push(problem);
            }
        }
        found
    }
}

/// Where a waiver stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// In a profile, for its own flow.
    Profile,
    /// In the configuration, for the flows that it names.
    Configuration,
}

/// Reads one waiver.
pub fn waiver(source: usize, node: &Node<'_>, whose: Whose, problems: &mut Vec<Diagnostic>) -> Option<Waiver> {
    let before = problems.len();
    let mut table = Table::new(WRITTEN, source, "a waiver", node, problems)?;
    let finding = table.required("finding", problems);
    let reason = table.required("reason", problems);
    let expires = table.required("expires", problems);
    let owner = table.text("owner", problems);
    let flow = if whose == Whose::Configuration { table.required("flow", problems) } else { None };
    table.finish(problems);
    for (key, text) in [("finding", finding), ("reason", reason), ("owner", owner), ("flow", flow)] {
        if let Some(text) = text.filter(|text| text.text.trim().is_empty()) {
            problems.push(
                Diagnostic::error("missing-field", format!("the waiver's `{key}` is empty"))
                    .at(source, text.span, "expected a text")
                    .help(if key == "reason" { "say why the finding is accepted" } else { "write it out" }),
            );
        }
    }
    let day = expires.and_then(|text| {
        let day = last_day(text.text.trim());
        if day.is_none() {
            let message = format!("`{}` is no day and not `{NEVER}`", super::place::excerpt(text.text));
            let problem = Diagnostic::error("wrong-value", message).at(source, text.span, "expected a day");
            problems.push(match nearest(text.text, std::iter::once(NEVER)) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("write the last day on which the waiver holds, as in `2027-03-31`"),
            });
        }
        day
    });
    if problems.len() > before {
        return None;
    }
    let (finding, expires) = (finding?, expires?);
    Some(Waiver {
        finding: finding.text.trim().to_owned(),
        finding_span: finding.span,
        reason: reason?.text.trim().to_owned(),
        owner: owner.map(|owner| owner.text.trim().to_owned()),
        expires: day?,
        expires_span: expires.span,
        source,
        span: node.span,
    })
}

fn last_day(text: &str) -> Option<Expires> {
    if text == NEVER { Some(Expires::Never) } else { Date::parse(text).map(Expires::After) }
}
