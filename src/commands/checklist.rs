//! `brokerfit checklist`: a design review for one workload on one option.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::ValueEnum;

use super::answered::Answered;
use super::check::broker_files;
use super::configured::{ConfigArgs, set_up};
use super::tune::{Asked, asked};
use super::{flows, input, tell};
use crate::advice::{Advice, Question, advise, decided};
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::engine::Sampler;
use crate::gate::prove;
use crate::knowledge::OptionId;
use crate::render::Report;
use crate::render::review::{Chosen, Flow, Sheet, json, markdown};
use crate::render::tuning;
use crate::review::review;

/// Arguments of `checklist`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
                        brokerfit checklist profile.yaml > review.md\n  \
                        brokerfit checklist profile.yaml --against server.properties --against topics.yaml\n  \
                        brokerfit checklist profile.yaml --write-answers review.yaml\n  \
                        brokerfit check profile.yaml --answers review.yaml --require-review high\n\
                        Without --option it reviews what the profile's decision names, else what is advised.")]
pub struct Args {
    /// Profiles: .yaml, .yml, .json or .toml; `-` is standard input
    #[arg(value_name = "PROFILE", required = true)]
    profiles: Vec<PathBuf>,
    /// The option to review, as in `kafka/log` or `log`, or a broker for its best option
    #[arg(long, value_name = "OPTION")]
    option: Option<String>,
    /// State a fact, over what the profile says; repeatable
    #[arg(long, value_name = "FACT=VALUE")]
    set: Vec<String>,
    /// Review for these versions, as in `rabbitmq=3.13,kafka=3.8`
    #[arg(long, value_name = "BROKER=VERSION,…", value_delimiter = ',')]
    at: Vec<String>,
    /// A real broker file by which items are verified, beside those that the profiles name; repeatable
    #[arg(long, value_name = "FILE")]
    against: Vec<PathBuf>,
    /// What was answered: a file of `done` and `not applicable`, by flow and item
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// Write a file for the answers instead, with what it and --answers say so far; an item that is new is open
    #[arg(long, value_name = "FILE", conflicts_with = "format")]
    write_answers: Option<PathBuf>,
    /// Also show what does not apply here, and why
    #[arg(long)]
    all: bool,
    /// How to write it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// The largest input, in bytes
    #[arg(long, default_value_t = input::LARGEST, value_name = "BYTES")]
    max_input: u64,
    #[command(flatten)]
    config: ConfigArgs,
}

/// How a review is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Boxes to tick
    #[default]
    Markdown,
    /// For programs
    Json,
}

/// Runs `checklist`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let mut setup = match set_up(&args.config, &args.profiles, context)? {
        Ok(setup) => setup,
        Err(refused) => return Ok(refused.told(context)),
    };
    let knowledge = setup.knowledge;
    let mut read = flows::read(&mut setup, &args.profiles, &args.set, &args.at, args.max_input, context);
    let (sources, problems) = (&mut read.sources, &mut read.problems);
    let asked = asked(knowledge, args.option.as_deref(), problems);
    let files = broker_files::read(&read.profiles, &args.against, args.max_input, sources, problems);
    let written = args.write_answers.as_deref();
    // What is written anew keeps what it says.
    let named = args.answers.as_deref().or(written.filter(|path| path.exists()));
    let configurations = &read.configurations;
    let missing = written.is_some() && args.answers.is_none();
    let answered =
        Answered::read(knowledge, named, configurations, &read.profiles, args.max_input, sources, problems, missing);
    crate::diagnostic::sort(problems);
    if tell(&read.problems, &read.sources, context) {
        return Ok(Exit::Wrong);
    }
    let (question, mut sampler) = (Question::default(), Sampler::default());
    let report = Report::new(knowledge, &read.sources, sampler.count());
    let mut cited = BTreeSet::new();
    let mut sheet = Sheet::default();
    if args.format == Format::Json && written.is_none() {
        context.print(&json::begin(&report)?)?;
    }
    for (place, profile) in read.profiles.iter().enumerate() {
        let advice = advise(knowledge, profile, &question, &mut sampler);
        let reviewed = option(asked, &advice).map(|(option, chosen)| {
            let answers = answered.of(&read.configurations, profile);
            let mut found = review(knowledge, profile, &advice.facts, option, answers);
            prove(knowledge, &advice, &mut found, &files.artifacts_of(place), &files.only_of(place));
            (found, chosen)
        });
        let review = reviewed.as_ref().map(|(review, chosen)| (review, *chosen));
        let flow = Flow { report: &report, advice: &advice, review, all: args.all };
        if written.is_some() {
            sheet.flow(&flow, answered.of(&read.configurations, profile))?;
            continue;
        }
        context.print(&match args.format {
            Format::Markdown => markdown::flow(&flow, &mut cited),
            Format::Json => json::flow(&flow, place == 0, &mut cited)?,
        })?;
        if context.gone {
            return Ok(Exit::Fine);
        }
    }
    if let Some(path) = written {
        let flows: Vec<&str> = read.profiles.iter().map(|profile| profile.name.as_str()).collect();
        let text = sheet.text(answered.all().next(), &flows)?;
        return Ok(match Context::write_file(path, &text, true) {
            Ok(()) => Exit::Fine,
            Err(error) => {
                let message = format!("cannot write `{}`: {error}", path.display());
                tell(&[Diagnostic::error("unwritable", message)], &read.sources, context);
                Exit::Wrong
            }
        });
    }
    context.print(&match args.format {
        Format::Markdown => markdown::end(&report, &cited),
        Format::Json => json::end(&report, &cited)?,
    })?;
    Ok(Exit::Fine)
}

/// The option that is reviewed: the one that is named, else what is decided, else what is advised.
fn option(asked: Asked, advice: &Advice<'_>) -> Option<(OptionId, Chosen)> {
    if let Asked::Advised = asked
        && let Some(decided) = decided(advice.profile, &advice.judgement).first()
    {
        return Some((*decided, Chosen::Decided));
    }
    let (option, chosen) = asked.option(advice)?;
    let chosen = match chosen {
        tuning::Chosen::Named => Chosen::Named,
        tuning::Chosen::BestOfBroker => Chosen::BestOfBroker,
        tuning::Chosen::Advised => Chosen::Advised,
    };
    Some((option, chosen))
}
