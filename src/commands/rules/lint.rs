//! `brokerfit rules lint`: what should hold of rules beyond what must hold for them to load.

use super::super::tell;
use super::Plain;
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{KnowledgeBase, Level};
use crate::lint::{self, Lint, Question};
use crate::quantity::{Date, Kind, parse};
use crate::render::rules::lint::{Notes, human, json};
use crate::suggestion::nearest;

/// Arguments of `rules lint`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Also what was last checked before this day: 2026-06-30, or so long ago as 90d, 26w, 1y
    #[arg(long, value_name = "DAY")]
    older_than: Option<String>,
    /// List in full which answers and defaults are known from lines below the newest only
    #[arg(long)]
    below_newest: bool,
    /// Only these lints, as in `twins,below-newest`; their notes are listed in full
    #[arg(long, value_name = "LINT,…", value_delimiter = ',')]
    only: Vec<String>,
    /// List notes in full, not only how many there are
    #[arg(long)]
    notes: bool,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Plain,
}

pub(super) fn run(args: &Args, knowledge: &KnowledgeBase<'_>, context: &mut Context) -> anyhow::Result<Exit> {
    let mut problems = Vec::new();
    let older_than = args.older_than.as_deref().and_then(|text| day(text, context, &mut problems));
    let only = chosen(&args.only, &mut problems);
    if tell(&problems, &[], context) {
        return Ok(Exit::Wrong);
    }
    let findings = lint::lint(knowledge, Question { older_than }, &only);
    context.print(&match args.format {
        Plain::Human => {
            let in_full = if args.notes || !only.is_empty() {
                Notes::InFull
            } else if args.below_newest {
                Notes::Of(lint::BELOW_NEWEST)
            } else {
                Notes::Counted
            };
            human(&findings, in_full, context.width)
        }
        Plain::Json => json(knowledge, &findings)?,
    })?;
    let refused = findings.iter().any(|finding| finding.lint.level >= Level::Warning);
    Ok(if refused { Exit::Refused } else { Exit::Fine })
}

/// A day, or one so long ago.
fn day(text: &str, context: &Context, problems: &mut Vec<Diagnostic>) -> Option<Date> {
    if let Some(day) = Date::parse(text) {
        return Some(day);
    }
    let length = parse(text, &[Kind::Duration]).ok();
    let seconds = length.map(|(range, _)| range.lo).filter(|seconds| (0.0..1e11).contains(seconds));
    #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
    let days = seconds.map(|seconds| (seconds / 86_400.0).ceil() as i64);
    let day = days.and_then(|days| Date::from_days(context.today.days() - days));
    if day.is_none() {
        problems.push(
            Diagnostic::error(
                "not-a-day",
                format!("`--older-than {text}`: `{text}` is neither a day nor a length of time"),
            )
            .help("write 2026-06-30, or 90d for what was checked longer ago than that"),
        );
    }
    day
}

fn chosen(names: &[String], problems: &mut Vec<Diagnostic>) -> Vec<&'static Lint> {
    let mut found = Vec::new();
    for name in names {
        if let Some(lint) = lint::find(name) {
            found.push(lint);
        } else {
            let problem = Diagnostic::error("unknown-lint", format!("`--only {name}`: no lint is called `{name}`"));
            problems.push(match nearest(name, lint::LINTS.iter().map(|lint| lint.id)) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("`brokerfit rules list --kind lints` lists them"),
            });
        }
    }
    found
}
