//! Arguments and global flags.

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::commands::{
    self, advise, check, checklist, compare, completions, diagnose, diff, explain, export, init, man, map, rules,
    schema, tune,
};
use crate::context::{Colour, Context, Exit};

/// Says which broker fits a workload, why, how firmly, and with which settings.
#[derive(Debug, Parser)]
#[command(
    name = "brokerfit",
    version,
    long_version = concat!(env!("CARGO_PKG_VERSION"), "\nknowledge ", include_str!("../rules/VERSION")),
    max_term_width = 100,
    after_help = "Exit codes: 0 fine; 1 a gate said no; 2 the input or the call is wrong.\n\
                  Start: brokerfit init; brokerfit advise profile.yaml",
    disable_help_subcommand = true
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When to use colour; `NO_COLOR` is obeyed.
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    color: Colour,
}

/// One file of `commands/` each.
#[derive(Debug, Subcommand)]
enum Command {
    /// Recommend a broker and an option for each profile, justified, with the settings for each broker
    Advise(advise::Args),
    /// Fail where the choice recorded in a profile does not fit its workload
    Check(check::Args),
    /// Review a design: what to verify for this workload on its option, why, how, and what is settled
    Checklist(checklist::Args),
    /// Show what options answer to each need side by side, in the newest or in chosen versions
    Compare(compare::Args),
    /// Print the script by which a shell completes brokerfit's commands, flags, facts and ids
    Completions(completions::Args),
    /// Say what symptoms mean: likely causes, how to make sure, and the way out
    Diagnose(diagnose::Args),
    /// Show what a move from one option or version to another changes for each profile, with what to build and to set
    Diff(diff::Args),
    /// Say everything that is known of a need, an option, a setting, a claim, …, with its sources
    Explain(explain::Args),
    /// Write the files that brokers, clients and tools take
    Export(export::Args),
    /// Write a first profile: from what is usual for a kind of flow, from files that are there, or by an interview
    Init(init::Args),
    /// Print manual pages, or write them all
    Man(man::Args),
    /// Draw where the advice for a profile changes over one fact or two
    Map(map::Args),
    /// Look at the knowledge base itself: what it holds, what should hold of it, whom it favours
    Rules(rules::Args),
    /// Print the JSON Schema of profiles, of brokerfit.toml or of rule files, for editors
    Schema(schema::Args),
    /// Say every setting for an option, by who applies it, and how large the cluster must be, for each profile
    Tune(tune::Args),
}

impl Cli {
    /// Answers a shell that completes a line; says whether one asked.
    pub fn completes() -> bool {
        completions::answer(Self::command)
    }

    /// Runs the command.
    pub fn run(self) -> Exit {
        let mut context = Context::of_process(self.color);
        let result = match self.command {
            Command::Advise(args) => advise::run(&args, &mut context),
            Command::Check(args) => check::run(&args, &mut context),
            Command::Checklist(args) => checklist::run(&args, &mut context),
            Command::Compare(args) => compare::run(&args, &mut context),
            Command::Completions(args) => completions::run(&args, &mut context),
            Command::Diagnose(args) => diagnose::run(&args, &mut context),
            Command::Diff(args) => diff::run(&args, &mut context),
            Command::Explain(args) => explain::run(&args, &mut context),
            Command::Export(args) => export::run(&args, &mut context),
            Command::Init(args) => init::run(&args, &mut context),
            Command::Man(args) => man::run(&args, Self::command(), &mut context),
            Command::Map(args) => map::run(&args, &mut context),
            Command::Rules(args) => rules::run(&args, &mut context),
            Command::Schema(args) => schema::run(&args, &mut context),
            Command::Tune(args) => tune::run(&args, &mut context),
        };
        commands::finish(result, &mut context)
    }
}
