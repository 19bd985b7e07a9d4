//! `brokerfit rules`: what the knowledge base holds, what should hold of it, whether it says what is expected, whom it
//! favours and on whose word. One file for each part that does more than to print.

mod day;
mod lint;
mod list;
pub(super) mod load;
mod test;

use clap::Subcommand;

use super::configured::{RulesArgs, knowledge};
use super::format::{Format, Plain};
use crate::audit::audit;
use crate::context::{Context, Exit};
use crate::render::rules::audit as audited;

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
    #[command(flatten)]
    rules: RulesArgs,
}

#[derive(Debug, Subcommand)]
enum What {
    /// What there is, of each kind, dimension, broker, source and age
    List(list::Args),
    /// What should hold of rules beyond what must hold for them to load
    Lint(lint::Args),
    /// Whether scenarios and cases come out as an expert expects, and would notice a change of the rules
    Test(test::Args),
    /// Whom the rules favour, and on whose word
    Audit(AuditArgs),
}

/// Arguments of `rules audit`.
#[derive(Debug, clap::Args)]
struct AuditArgs {
    /// How to write the audit
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
}

/// Runs `rules`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let (knowledge, own) = match knowledge::of_call(&args.rules, context)? {
        Ok(used) => used,
        Err(refused) => return Ok(refused.told(context)),
    };
    match &args.what {
        What::List(args) => list::run(args, knowledge, context),
        What::Lint(lint) => lint::run(lint, knowledge, own, context),
        What::Test(test) => test::run(test, &args.rules.rules, knowledge, context),
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
