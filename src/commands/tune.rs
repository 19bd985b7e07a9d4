//! `brokerfit tune`: every setting for one option, by who applies it, and how large the cluster must be.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::configured::{ConfigArgs, set_up};
use super::format::Format;
use super::{flows, input, tell};
use crate::advice::{Advice, Formulas, Question, advise, practices, settings};
use crate::clients::clients;
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::engine::Sampler;
use crate::knowledge::{BrokerId, KnowledgeBase, OptionId};
use crate::render::Report;
use crate::render::human::Layout;
use crate::render::tuning::{Chosen, Flow, Tuned, human, json, markdown};
use crate::sizing::size;
use crate::suggestion::nearest;

/// Arguments of `tune`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
                        brokerfit tune profile.yaml\n  \
                        brokerfit tune profile.yaml --option kafka/log --at kafka=3.9\n  \
                        brokerfit tune profile.yaml --option rabbitmq --set throughput.growth_per_year=2\n  \
                        brokerfit tune services/*.yaml --format markdown")]
pub struct Args {
    /// Profiles: .yaml, .yml, .json or .toml; `-` is standard input
    #[arg(value_name = "PROFILE", required = true)]
    profiles: Vec<PathBuf>,
    /// The option to tune, as in `kafka/log` or `log`, or a broker for its best option; without it, the advised one
    #[arg(long, value_name = "OPTION")]
    option: Option<String>,
    /// State a fact, over what the profile says; repeatable
    #[arg(long, value_name = "FACT=VALUE")]
    set: Vec<String>,
    /// Answer for these versions, as in `rabbitmq=3.13,kafka=3.8`
    #[arg(long, value_name = "BROKER=VERSION,…", value_delimiter = ',')]
    at: Vec<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// The largest input, in bytes
    #[arg(long, default_value_t = input::LARGEST, value_name = "BYTES")]
    max_input: u64,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Runs `tune`.
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
    let asked = asked(knowledge, args.option.as_deref(), &mut read.problems);
    crate::diagnostic::sort(&mut read.problems);
    if tell(&read.problems, &read.sources, context) {
        return Ok(Exit::Wrong);
    }
    let (question, mut sampler) = (Question::default(), Sampler::default());
    let report = Report::new(knowledge, &read.sources, sampler.count());
    let layout = Layout { width: context.width, colour: context.colour, verbose: true };
    let mut cited = BTreeSet::new();
    if args.format == Format::Json {
        context.print(&json::begin(&report)?)?;
    }
    for (place, profile) in read.profiles.iter().enumerate() {
        let advice = advise(knowledge, profile, &question, &mut sampler);
        let tuned = tune(knowledge, &advice, asked);
        let flow = Flow { report: &report, advice: &advice, tuned: tuned.as_ref() };
        let first = place == 0;
        context.print(&match args.format {
            Format::Human => human::flow(&flow, layout, first),
            Format::Json => json::flow(&flow, first, &mut cited)?,
            Format::Markdown => markdown::flow(&flow, &mut cited),
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

/// Which option a call asks for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Asked {
    /// The one that leads the verdict, flow by flow.
    Advised,
    /// This one.
    Option(OptionId),
    /// The best of this broker, flow by flow.
    Broker(BrokerId),
}

impl Asked {
    /// The option for one flow, and how it came to be this one; none where nothing is advised.
    pub(super) fn option(self, advice: &Advice<'_>) -> Option<(OptionId, Chosen)> {
        match self {
            Self::Option(option) => Some((option, Chosen::Named)),
            Self::Broker(broker) => {
                advice.judgement.standing(broker).map(|standing| (standing.option, Chosen::BestOfBroker))
            }
            Self::Advised => advice.judgement.verdict.leader.map(|leader| (leader.option, Chosen::Advised)),
        }
    }
}

/// Which option a call asks for; what is wrong with its name joins the other problems.
pub(super) fn asked(knowledge: &KnowledgeBase<'_>, name: Option<&str>, problems: &mut Vec<Diagnostic>) -> Asked {
    match name.map(|name| named(knowledge, name)) {
        None => Asked::Advised,
        Some(Ok(asked)) => asked,
        Some(Err(problem)) => {
            problems.push(*problem);
            Asked::Advised
        }
    }
}

/// The option or the broker that a call names: by its full id, or by its short one where only one option has it.
fn named(knowledge: &KnowledgeBase<'_>, name: &str) -> Result<Asked, Box<Diagnostic>> {
    if let Some(option) = knowledge.find_option(None, name) {
        return Ok(Asked::Option(option));
    }
    if let Some(broker) = knowledge.find_broker(name) {
        return Ok(Asked::Broker(broker));
    }
    let short = knowledge.option_ids().filter(|(_, option)| knowledge.text(option.short) == name);
    let short: Vec<OptionId> = short.map(|(id, _)| id).collect();
    let ids = |all: &[OptionId]| {
        all.iter().map(|id| format!("`{}`", knowledge.option_name(*id))).collect::<Vec<_>>().join(", ")
    };
    match short[..] {
        [only] => return Ok(Asked::Option(only)),
        [_, _, ..] => {
            let message = format!("`--option {name}` may mean {}", ids(&short));
            return Err(Box::new(Diagnostic::error("unknown-option", message).help("write it in full")));
        }
        [] => {}
    }
    let options = knowledge.options.iter().flat_map(|option| [option.id, option.short]);
    let brokers = knowledge.brokers.iter().map(|broker| broker.id);
    let known = options.chain(brokers).map(|text| knowledge.text(text));
    let problem =
        Diagnostic::error("unknown-option", format!("`--option {name}`: no option or broker is called `{name}`"));
    let all: Vec<OptionId> = knowledge.option_ids().map(|(id, _)| id).collect();
    Err(Box::new(match nearest(name, known) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("the options are {}", ids(&all))),
    }))
}

/// Everything to set for one flow.
fn tune(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, asked: Asked) -> Option<Tuned> {
    let (option, chosen) = asked.option(advice)?;
    let (profile, facts) = (advice.profile, &advice.facts);
    let settings = settings(knowledge, profile, facts, option, Formulas::Traced);
    Some(Tuned {
        option,
        chosen,
        clients: clients(knowledge, profile, facts, option, &settings),
        settings,
        sizing: size(knowledge, profile, facts, option),
        practices: practices(knowledge, profile, facts, option),
    })
}
