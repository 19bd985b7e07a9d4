//! `brokerfit diagnose`: from words, logs, metrics and tables to likely causes and the way out.

mod feed;
mod fetch;
mod inputs;

use std::path::PathBuf;

use self::inputs::{Input, inputs};
use super::configured::{ConfigArgs, set_up};
use super::format::Format;
use super::{flows, input, tell};
use crate::context::{Context, Exit};
use crate::diagnosis::Patient;
use crate::diagnostic::{Diagnostic, sort};
use crate::knowledge::{BrokerId, KnowledgeBase};
use crate::render::diagnosis::{DiagnosisReport, human, json, markdown};
use crate::render::human::Layout;
use crate::suggestion::nearest;

/// Arguments of `diagnose`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
                        brokerfit diagnose \"consumers keep rebalancing\"\n  \
                        brokerfit diagnose server.log --profile profile.yaml\n  \
                        journalctl -u rabbitmq-server | brokerfit diagnose -\n  \
                        brokerfit diagnose http://127.0.0.1:15692/metrics/per-object --again 30s\n  \
                        rabbitmqctl list_queues name messages_ready consumers | brokerfit diagnose -\n  \
                        kafka-consumer-groups.sh --bootstrap-server HOST:9092 --describe --group GROUP | brokerfit diagnose -\n\
                        What each line is, it finds out by itself. Two files of one exposition are two samples of it.\n\
                        Exit codes: 0 whatever was found; 2 the input or the call is wrong.")]
pub struct Args {
    /// Words for a symptom, files, addresses of metrics (http://…), `-` for standard input
    #[arg(value_name = "SYMPTOM", required = true)]
    symptoms: Vec<String>,
    /// The workload: thresholds come from its facts, commands are for its versions
    #[arg(long, value_name = "PROFILE")]
    profile: Option<PathBuf>,
    /// State a fact, over what the profile says; repeatable
    #[arg(long, value_name = "FACT=VALUE")]
    set: Vec<String>,
    /// Look at what these versions can say, as in `rabbitmq=3.13,kafka=3.8`
    #[arg(long, value_name = "BROKER=VERSION,…", value_delimiter = ',')]
    at: Vec<String>,
    /// Look at this broker alone
    #[arg(long, value_name = "BROKER")]
    broker: Option<String>,
    /// Sample addresses a second time after this, to see what grows
    #[arg(long, value_name = "DURATION")]
    again: Option<String>,
    /// Show every cause that fits
    #[arg(long)]
    all: bool,
    /// How to write it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Runs `diagnose`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let profiles: Vec<PathBuf> = args.profile.iter().cloned().collect();
    let mut setup = match set_up(&args.config, &profiles, context)? {
        Ok(setup) => setup,
        Err(refused) => return Ok(refused.told(context)),
    };
    let knowledge = setup.knowledge;
    let mut read = flows::read(&mut setup, &profiles, &args.set, &args.at, input::LARGEST, context);
    let broker = broker(knowledge, args.broker.as_deref(), &mut read.problems);
    if args.symptoms.iter().all(|symptom| symptom.trim().is_empty()) {
        read.problems
            .push(Diagnostic::error("no-symptom", "no symptom is named").help("words, a file, an address, or `-`"));
    }
    let (inputs, words) = inputs(&args.symptoms, args.again.as_deref(), &mut read.problems);
    if read.profiles.len() > 1 {
        let message = format!("`--profile` holds {} flows, and symptoms are those of one", read.profiles.len());
        read.problems.push(Diagnostic::error("several-flows", message).help("give a profile of one flow"));
    }
    if args.profile.as_deref().is_some_and(|path| path.as_os_str() == "-") && inputs.contains(&Input::Standard) {
        read.problems.push(Diagnostic::error("input-twice", "standard input is named twice"));
    }
    sort(&mut read.problems);
    if tell(&read.problems, &read.sources, context) {
        return Ok(Exit::Wrong);
    }
    let Some(profile) = read.profiles.first() else { return Ok(Exit::Wrong) };
    let is_known = args.profile.is_some() || !args.set.is_empty();
    let patient = Patient::new(knowledge, profile, is_known, broker);
    let mut intake = patient.intake();
    let mut problems = Vec::new();
    for (place, input) in inputs.iter().enumerate() {
        if let Err(problem) = feed::feed(input, place, &mut intake, context) {
            problems.push(*problem);
        }
    }
    intake.words(inputs.len(), &words);
    if tell(&problems, &read.sources, context) {
        return Ok(Exit::Wrong);
    }
    let diagnosis = patient.diagnosis(intake, &words);
    let spoken = (!words.is_empty()).then(|| "words".to_owned());
    let names: Vec<String> = inputs.iter().map(Input::name).chain(spoken).collect();
    let report = DiagnosisReport {
        knowledge,
        patient: &patient,
        diagnosis: &diagnosis,
        inputs: &names,
        words: &words,
        profile: args.profile.is_some().then_some(profile.name.as_str()),
        all: args.all,
    };
    let layout = Layout { width: context.width, colour: context.colour, verbose: args.all };
    context.print(&match args.format {
        Format::Human => human::page(&report, layout),
        Format::Json => json::page(&report)?,
        Format::Markdown => markdown::page(&report),
    })?;
    Ok(Exit::Fine)
}

fn broker(knowledge: &KnowledgeBase<'_>, name: Option<&str>, problems: &mut Vec<Diagnostic>) -> Option<BrokerId> {
    let name = name?;
    let found = knowledge.find_broker(name);
    if found.is_none() {
        let known = knowledge.brokers.iter().map(|broker| knowledge.text(broker.id));
        let message = format!("`--broker {name}`: no broker is called `{name}`");
        let problem = Diagnostic::error("unknown-broker", message);
        problems.push(match nearest(name, known.clone()) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem.help(format!("the brokers are {}", known.collect::<Vec<_>>().join(", "))),
        });
    }
    found
}
