//! `brokerfit rules`: what the knowledge base holds, what should hold of it, whether it says what is expected, whom it
//! favours and on whose word. One file for each part that does more than to print.

mod lint;
pub(super) mod load;
mod test;

use std::path::PathBuf;

use clap::Subcommand;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::format::{Format, Plain};
use super::tell;
use crate::audit::{Kind, audit};
use crate::context::{Context, Exit};
use crate::knowledge::KnowledgeBase;
use crate::render::rules::{audit as audited, list as listed};

/// Arguments of `rules`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 fine; 1 `lint` fired at the level of a warning or above, a scenario of `test` came out \
                        otherwise, less is covered than asked, or a change of the rules that matters went unnoticed; \
                        2 the call, the rules or a scenario are wrong."
)]
pub struct Args {
    #[command(subcommand)]
    what: What,
    /// Rules to look at instead of the built-in ones: a directory laid out like `rules/`
    #[arg(long, global = true, value_name = "DIRECTORY")]
    rules: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum What {
    /// What there is: needs, options, answers, facts, settings, conflicts, misconceptions, sources
    List(ListArgs),
    /// What should hold of rules beyond what must hold for them to load
    Lint(lint::Args),
    /// Whether scenarios and cases come out as an expert expects, and would notice a change of the rules
    Test(test::Args),
    /// Whom the rules favour, and on whose word
    Audit(AuditArgs),
}

/// Arguments of `rules list`.
#[derive(Debug, clap::Args)]
struct ListArgs {
    /// Every entry of this kind, a line each
    #[arg(long, value_parser = Listed::parser(), value_name = "KIND")]
    kind: Option<Listed>,
    /// How to write it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Plain,
}

/// Arguments of `rules audit`.
#[derive(Debug, clap::Args)]
struct AuditArgs {
    /// How to write the audit
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// What `rules list` can list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listed {
    /// Entries of the knowledge base.
    Entries(Kind),
    /// What `rules lint` looks at: the program's, not the rules'.
    Lints,
}

impl Listed {
    const LINTS: &str = "lints";

    /// Reads the word of a kind, or that for lints.
    fn parser() -> impl TypedValueParser<Value = Self> {
        let kinds = Kind::ALL.into_iter().map(|kind| PossibleValue::new(kind.word()).help(kind.about()));
        let lints = PossibleValue::new(Self::LINTS).help("What `rules lint` looks at");
        let named =
            |word: String| Kind::ALL.into_iter().find(|kind| kind.word() == word).map_or(Self::Lints, Self::Entries);
        PossibleValuesParser::new(kinds.chain([lints])).map(named)
    }
}

/// Runs `rules`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let own;
    let knowledge: &KnowledgeBase<'_> = match &args.rules {
        None => crate::rules::for_the_run()?,
        Some(folder) => match load::load(std::slice::from_ref(folder)) {
            Ok(knowledge) => {
                own = knowledge;
                &own
            }
            Err(refused) => {
                tell(&refused.problems, &refused.sources, context);
                return Ok(Exit::Wrong);
            }
        },
    };
    match &args.what {
        What::List(args) => list(args, knowledge, context),
        What::Lint(args) => lint::run(args, knowledge, context),
        What::Test(test) => test::run(test, args.rules.as_deref(), knowledge, context),
        What::Audit(args) => {
            let audit = audit(knowledge);
            context.print(&match args.format {
                Format::Human => audited::human(knowledge, &audit, context.width),
                Format::Json => audited::json(knowledge, &audit)?,
                Format::Markdown => audited::markdown(knowledge, &audit),
            })?;
            Ok(Exit::Fine)
        }
    }
}

fn list(args: &ListArgs, knowledge: &KnowledgeBase<'_>, context: &mut Context) -> anyhow::Result<Exit> {
    let (kinds, lints) = match args.kind {
        None => (Kind::ALL.to_vec(), true),
        Some(Listed::Entries(kind)) => (vec![kind], false),
        Some(Listed::Lints) => (Vec::new(), true),
    };
    context.print(&match (args.format, args.kind) {
        (Plain::Json, _) => listed::json(knowledge, &kinds, lints)?,
        (Plain::Human, None) => listed::overview(knowledge, context.width),
        (Plain::Human, Some(Listed::Lints)) => listed::lints(context.width),
        (Plain::Human, Some(_)) => listed::entries(knowledge, &kinds, context.width),
    })?;
    Ok(Exit::Fine)
}
