//! `brokerfit diff`: what changes, for a workload, for a team that moves from one option to another.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::configured::{ConfigArgs, set_up};
use super::format::Format;
use super::operand::Asked;
use super::{flows, input, tell};
use crate::advice::{Question, advise};
use crate::context::{Context, Exit};
use crate::engine::Sampler;
use crate::render::Report;
use crate::render::diff::{Flow, human, json, markdown};
use crate::render::human::Layout;
use crate::transition::{Operand, transition};

/// Arguments of `diff`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
                        brokerfit diff profile.yaml rabbitmq/quorum kafka/log\n  \
                        brokerfit diff profile.yaml rabbitmq kafka --set latency.p99=20ms\n  \
                        brokerfit diff profile.yaml kafka/log@3.9 kafka/log@4.3 --verbose")]
pub struct Args {
    /// The profile of the workload, with one flow or several; `-` is standard input
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    /// What is run: an option, or a broker for its best option here, with a version if need be
    #[arg(value_name = "FROM[@VERSION]")]
    from: String,
    /// What is moved to, named alike
    #[arg(value_name = "TO[@VERSION]")]
    to: String,
    /// State a fact, over what the profile says; repeatable
    #[arg(long, value_name = "FACT=VALUE")]
    set: Vec<String>,
    /// Answer for these versions where a side names none, as in `rabbitmq=3.13,kafka=3.8`
    #[arg(long, value_name = "BROKER=VERSION,…", value_delimiter = ',')]
    at: Vec<String>,
    /// How to write the changes
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Say everything: what stays the same, constants, every misconception
    #[arg(long, short)]
    verbose: bool,
    /// The largest input, in bytes
    #[arg(long, default_value_t = input::LARGEST, value_name = "BYTES")]
    max_input: u64,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Runs `diff`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let mut setup = match set_up(&args.config, std::slice::from_ref(&args.profile), context)? {
        Ok(setup) => setup,
        Err(refused) => return Ok(refused.told(context)),
    };
    let knowledge = setup.knowledge;
    let mut read =
        flows::read(&mut setup, std::slice::from_ref(&args.profile), &args.set, &args.at, args.max_input, context);
    let mut asked = Asked { knowledge, problems: Vec::new() };
    let operands = [asked.side(&args.from), asked.side(&args.to)];
    read.problems.append(&mut asked.problems);
    crate::diagnostic::sort(&mut read.problems);
    let (false, [Some(from), Some(to)]) = (tell(&read.problems, &read.sources, context), operands) else {
        return Ok(Exit::Wrong);
    };
    let operands = [from, to];
    let (question, mut sampler) = (Question::default(), Sampler::default());
    let report = Report::new(knowledge, &read.sources, sampler.count());
    let layout = Layout { width: context.width, colour: context.colour, verbose: args.verbose };
    let mut cited = BTreeSet::new();
    if args.format == Format::Json {
        context.print(&json::begin(&report)?)?;
    }
    for (place, profile) in read.profiles.iter().enumerate() {
        let profiles = Operand::profiles(&operands, knowledge, profile);
        let [before, after] = profiles.each_ref().map(|profile| advise(knowledge, profile, &question, &mut sampler));
        let Some(transition) = transition(knowledge, &operands, [&before, &after]) else { continue };
        let flow = Flow { report: &report, before: &before, after: &after, transition: &transition };
        let first = place == 0;
        context.print(&match args.format {
            Format::Human => human::flow(&flow, layout, first),
            Format::Json => json::flow(&flow, first, &mut cited)?,
            Format::Markdown => markdown::flow(&flow, args.verbose, &mut cited),
        })?;
        if context.gone {
            return Ok(Exit::Fine);
        }
    }
    context.print(&match args.format {
        Format::Human => human::end(&report, layout),
        Format::Json => json::end(&report, &cited)?,
        Format::Markdown => markdown::end(&report, &cited),
    })?;
    Ok(Exit::Fine)
}
