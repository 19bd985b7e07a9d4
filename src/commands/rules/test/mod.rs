//! `brokerfit rules test`: whether scenarios and cases come out as an expert expects, how much of the rules they cover, and
//! whether they would notice a change.

mod find;
mod mutate;

use std::cell::RefCell;
use std::path::PathBuf;

use super::super::tell;
use super::Plain;
use crate::context::{Context, Exit};
use crate::engine::Sampler;
use crate::knowledge::KnowledgeBase;
use crate::render::rules::scenarios::{Scenarios, human, json};
use crate::scenario::{Outcome, check, coverage};

/// Arguments of `rules test`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Scenarios, files of cases, and directories of them; without any, `scenarios` in the directory of `--rules`, else
    /// in `rules`, and the cases in the rules there
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Also how much of the rules something is expected of
    #[arg(long)]
    coverage: bool,
    /// Refuse where something is expected of less than so much of any sort of part
    #[arg(long, value_name = "PERCENT", value_parser = percent)]
    min_coverage: Option<u8>,
    /// Change the rules a little, one change at a time: some case must fail
    #[arg(long)]
    mutate: bool,
    /// Only changes whose name holds this text, such as `kafka/log at replay`
    #[arg(long, value_name = "TEXT", requires = "mutate")]
    only: Vec<String>,
    /// Only about so many changes, spread over all of them
    #[arg(long, value_name = "NUMBER", requires = "mutate")]
    sample: Option<usize>,
    /// How to write what came out otherwise
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Plain,
}

/// `90` or `90%`.
fn percent(text: &str) -> Result<u8, String> {
    let number = text.strip_suffix('%').unwrap_or(text).trim().parse::<u8>().ok();
    number.filter(|number| *number <= 100).ok_or_else(|| "write a percentage, such as `90%`".to_owned())
}

/// Runs scenarios against a knowledge base.
pub(super) fn run(
    args: &Args,
    rules: &[PathBuf],
    knowledge: &KnowledgeBase<'_>,
    context: &mut Context,
) -> anyhow::Result<Exit> {
    let (found, problems) = find::find(&args.paths, rules, knowledge, context);
    if tell(&problems, &found.sources, context) {
        return Ok(Exit::Wrong);
    }
    let sampler = RefCell::new(Sampler::default());
    let outcomes: Vec<Outcome<'_>> = found.profiles.iter().map(|profile| check(knowledge, profile, &sampler)).collect();
    let refused = outcomes.iter().any(|outcome| !outcome.complaints.is_empty());
    if args.mutate && !refused {
        return mutate::run(args, rules, knowledge, &found, context);
    }
    let covered =
        (args.coverage || args.min_coverage.is_some()).then(|| coverage(knowledge, &found.profiles, &sampler));
    let report = Scenarios { knowledge, sources: &found.sources, outcomes: &outcomes, coverage: covered.as_deref() };
    context.print(&match args.format {
        Plain::Human => human(&report, context.width, context.colour),
        Plain::Json => json(&report)?,
    })?;
    let short = args.min_coverage.is_some_and(|least| {
        let parts = covered.iter().flatten();
        parts.into_iter().any(|part| part.covered() * 100 < usize::from(least) * part.all)
    });
    Ok(if refused || short { Exit::Refused } else { Exit::Fine })
}
