//! `brokerfit compare`: the capability models side by side.

use clap::builder::PossibleValuesParser;

use super::configured::{RulesArgs, knowledge};
use super::format::Format;
use super::operand::Asked;
use super::tell;
use crate::comparison::{Choice, compare};
use crate::context::{Context, Exit};
use crate::knowledge::{BrokerId, Dimension, Version};
use crate::render::compare::{CompareReport, human, json, markdown};
use crate::render::human::Layout;

/// Arguments of `compare`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
                        brokerfit compare rabbitmq/quorum kafka/share-group --differences\n  \
                        brokerfit compare kafka/share-group@4.0 kafka/share-group@4.2\n  \
                        brokerfit compare --dimension retention --at rabbitmq=3.13,kafka=3.8\n  \
                        brokerfit compare --need replay --verbose")]
pub struct Args {
    /// Options or brokers, each with a version if need be: `kafka/log`, `rabbitmq@3.13`. Without any, all options
    #[arg(value_name = "OPTION[@VERSION]")]
    options: Vec<String>,
    /// Only needs of this dimension; repeatable, and together with `--need`
    #[arg(long, value_name = "DIMENSION", hide_possible_values = true,
          value_parser = PossibleValuesParser::new(Dimension::ALL.map(Dimension::id)))]
    dimension: Vec<String>,
    /// Only this need; repeatable
    #[arg(long, value_name = "NEED", value_delimiter = ',')]
    need: Vec<String>,
    /// Answer for these versions, as in `rabbitmq=3.13,kafka=3.8`; several of one broker stand side by side
    #[arg(long, value_name = "BROKER=VERSION,…", value_delimiter = ',')]
    at: Vec<String>,
    /// Only needs that the columns answer differently
    #[arg(long)]
    differences: bool,
    /// How to write the comparison
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// Also by what means, what must be built, and on whose word
    #[arg(long, short)]
    verbose: bool,
    #[command(flatten)]
    rules: RulesArgs,
}

/// Runs `compare`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let knowledge = match knowledge::of_call(&args.rules, context)? {
        Ok((knowledge, _)) => knowledge,
        Err(refused) => return Ok(refused.told(context)),
    };
    let mut asked = Asked { knowledge, problems: Vec::new() };
    let at: Vec<(BrokerId, Version)> = args.at.iter().filter_map(|text| asked.version_of(text)).collect();
    let choice = Choice {
        columns: asked.columns(&args.options, &at),
        needs: asked.needs(&args.dimension, &args.need),
        differences: args.differences,
        means: args.verbose || args.format == Format::Json,
    };
    if tell(&asked.problems, &[], context) {
        return Ok(Exit::Wrong);
    }
    let comparison = compare(knowledge, &choice);
    let report = CompareReport { knowledge, comparison: &comparison, differences: args.differences };
    context.print(&match args.format {
        Format::Human => {
            let layout = Layout { width: context.width, colour: context.colour, verbose: args.verbose };
            human(&report, layout)
        }
        Format::Json => json(&report)?,
        Format::Markdown => markdown(&report, args.verbose),
    })?;
    Ok(Exit::Fine)
}
