//! `brokerfit rules lint`: what should hold of rules beyond what must hold for them to load.

use super::super::tell;
use super::load::{Loaded, Texts};
use super::{Plain, day};
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::knowledge::load::Places;
use crate::knowledge::{KnowledgeBase, Level};
use crate::lint::{self, Lint, Question};
use crate::render::rules::lint::{Lints, Notes, human, json};
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

/// Looks at a knowledge base; findings point into its texts, as far as they are at hand.
pub(super) fn run(
    args: &Args,
    knowledge: &KnowledgeBase<'_>,
    own: Option<&Loaded>,
    context: &mut Context,
) -> anyhow::Result<Exit> {
    let mut problems = Vec::new();
    let older_than = args.older_than.as_deref().and_then(|text| day::read(text, context, &mut problems));
    let only = chosen(&args.only, &mut problems);
    if tell(&problems, &[], context) {
        return Ok(Exit::Wrong);
    }
    let findings = lint::lint(knowledge, Question { older_than }, &only);
    let built_in;
    let texts = if let Some(own) = own {
        &own.texts
    } else {
        built_in = Texts::built_in()?;
        &built_in
    };
    let places = Places::read(texts.rules(), &texts.begins);
    let sources = &texts.shown();
    let diagnostics: Vec<Diagnostic> =
        findings.iter().map(|finding| places.point(knowledge, finding.diagnostic(), &finding.spots)).collect();
    let lints = Lints { findings: &findings, diagnostics: &diagnostics, sources };
    context.print(&match args.format {
        Plain::Human => {
            let in_full = if args.notes || !only.is_empty() {
                Notes::InFull
            } else if args.below_newest {
                Notes::Of(lint::BELOW_NEWEST)
            } else {
                Notes::Counted
            };
            human(&lints, in_full, context.width, context.colour)
        }
        Plain::Json => json(knowledge, &lints)?,
    })?;
    let refused = findings.iter().any(|finding| finding.level() >= Level::Warning);
    Ok(if refused { Exit::Refused } else { Exit::Fine })
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
