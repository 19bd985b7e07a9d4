//! `brokerfit advise`: the recommendation, justified, with the settings for each broker.

use std::path::PathBuf;

use super::configured::{ConfigArgs, set_up};
use super::flows::{self, Flows};
use super::format::Recording as Format;
use super::interview::{self, Interview};
use super::save::{self, Target};
use super::{input, tell};
use crate::advice::{Depth, Lines, Question, advise};
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::engine::Sampler;
use crate::knowledge::{KnowledgeBase, OptionId};
use crate::portfolio::{Gathering, Portfolio};
use crate::profile::Profile;
use crate::render::{self, Report, adr, human, json, markdown, portfolio, starter};
use crate::suggestion::nearest;
use anyhow::Context as _;

/// Arguments of `advise`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Profiles: .yaml, .yml, .json or .toml; `-` is standard input. Without any, a profile to paste is printed
    #[arg(value_name = "PROFILE")]
    profiles: Vec<PathBuf>,
    /// State a fact, over what the profile says; repeatable, also without a file
    #[arg(long, value_name = "FACT=VALUE")]
    set: Vec<String>,
    /// Ask what is open, the most decisive question first, and show how the verdict firms up; one flow
    #[arg(long, short)]
    interactive: bool,
    /// Write the profile with what was set and answered to a new .yaml or .json file; comments are not carried over
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Let `--save` replace a file
    #[arg(long, requires = "save")]
    force: bool,
    /// Consider only these options, as in `rabbitmq/quorum,kafka/log` (or a whole broker)
    #[arg(long, value_name = "OPTION,…", value_delimiter = ',')]
    among: Vec<String>,
    /// Answer for these versions, as in `rabbitmq=3.13,kafka=3.8`
    #[arg(long, value_name = "BROKER=VERSION,…", value_delimiter = ',')]
    at: Vec<String>,
    /// How to write the advice
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    /// How deep to look; without it, fully at up to twenty flows
    #[arg(long, value_enum, value_name = "DEPTH")]
    depth: Option<Depth>,
    /// Say everything: every option's answer, every fact, every formula
    #[arg(long, short)]
    verbose: bool,
    /// The largest input, in bytes
    #[arg(long, default_value_t = input::LARGEST, value_name = "BYTES")]
    max_input: u64,
    #[command(flatten)]
    config: ConfigArgs,
}

/// More flows than these are looked at quickly, unless the call says otherwise.
const MANY: usize = 20;

/// Runs `advise`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let bare = args.profiles.is_empty() && args.set.is_empty() && !args.interactive;
    if bare && args.save.is_none() {
        let text = starter::profile().context("cannot write the example")?;
        context.print(&text)?;
        return Ok(Exit::Fine);
    }
    let mut setup = match set_up(&args.config, &args.profiles, context)? {
        Ok(setup) => setup,
        Err(refused) => return Ok(refused.told(context)),
    };
    let knowledge = setup.knowledge;
    let mut refused = refused(args, bare);
    let target = args.save.as_deref().and_then(|path| save::target(path, args.force, &mut refused));
    if tell(&refused, &[], context) {
        return Ok(Exit::Wrong);
    }
    let mut flows = flows::read(&mut setup, &args.profiles, &args.set, &args.at, args.max_input, context);
    let among = among(knowledge, &args.among, &mut flows.problems);
    if args.interactive {
        interview::only_flow("--interactive", &mut flows);
    }
    if target.is_some() {
        interview::only_flow("--save", &mut flows);
    }
    crate::diagnostic::sort(&mut flows.problems);
    if tell(&flows.problems, &flows.sources, context) {
        return Ok(Exit::Wrong);
    }
    let Flows { sources, mut profiles, .. } = flows;
    // A record says what would change it, however many there are.
    let many = profiles.len() > MANY && args.format != Format::Adr;
    let depth = args.depth.unwrap_or(if many { Depth::Quick } else { Depth::Full });
    let question = Question { among, lines: Lines::NewerToo, depth };
    let mut sampler = Sampler::default();
    let layout = human::Layout { width: context.width, colour: context.colour, verbose: args.verbose };
    let mut exit = Exit::Fine;
    if let [profile] = profiles.as_mut_slice() {
        let asked = human::Layout { colour: context.colour_err, ..layout };
        let asking = Interview { knowledge, question: &question, layout: asked, end: "gives the advice" };
        exit = converse(args, profile, &asking, target.as_ref(), &mut sampler, context)?;
    }
    let draws = if depth == Depth::Full { sampler.deep_count() } else { sampler.count() };
    let asks = profiles.len() == 1 && !args.interactive;
    let report = Report::new(knowledge, &sources, draws).at(depth, draws).asking(asks);
    if args.format == Format::Json {
        context.print(&json::begin(&report)?)?;
    }
    let mut gathering = Gathering::new(knowledge);
    for (place, profile) in profiles.iter().enumerate() {
        let advice = advise(knowledge, profile, &question, &mut sampler);
        gathering.add(&advice);
        let first = place == 0;
        context.print(&match args.format {
            Format::Human => human::flow(&report, &advice, layout, first),
            Format::Json => json::flow(&report, &advice, first)?,
            Format::Markdown => markdown::flow(&report, &advice, args.verbose),
            Format::Adr => adr::flow(&report, &advice, first)?,
        })?;
        if context.gone {
            return Ok(exit);
        }
    }
    end(&report, gathering.finish().as_ref(), args, layout, context)?;
    Ok(exit)
}

/// What is wrong with the call itself, before anything is read.
fn refused(args: &Args, bare: bool) -> Vec<Diagnostic> {
    let mut problems = if args.interactive { interview::refused(&args.profiles, args.depth) } else { Vec::new() };
    if bare {
        let message = "`--save` has nothing to write: nothing is stated";
        problems.push(
            Diagnostic::error("nothing-stated", message)
                .help("name a profile, set facts, or be asked: `--interactive`"),
        );
    }
    problems
}

/// Asks what is open and writes the profile down, where that is wanted. What was answered is never lost: where it cannot be
/// written, the call that says the same is told.
fn converse(
    args: &Args,
    profile: &mut Profile,
    asking: &Interview<'_, '_>,
    target: Option<&Target>,
    sampler: &mut Sampler,
    context: &mut Context,
) -> anyhow::Result<Exit> {
    let answers = if args.interactive { asking.hold(profile, sampler, context)? } else { Vec::new() };
    let problem = target.map(|target| save::write(asking.knowledge, profile, target)).transpose()?.flatten();
    let wrong = tell(problem.as_slice(), &[], context);
    if let Some(path) = args.save.as_deref().filter(|_| !wrong) {
        context.tell(&render::interview::saved(path));
    } else if !answers.is_empty() {
        context.tell(&render::interview::again(asking.knowledge, &answers, asking.layout));
    }
    if args.interactive {
        context.tell("\n");
    }
    Ok(if wrong { Exit::Wrong } else { Exit::Fine })
}

/// What stands after the flows: what is advised for all of them, and on what everything rests.
fn end(
    report: &Report<'_>,
    together: Option<&Portfolio>,
    args: &Args,
    layout: human::Layout,
    context: &mut Context,
) -> anyhow::Result<()> {
    match args.format {
        Format::Json => {
            for part in json::end(report, together) {
                context.print(&part?)?;
            }
        }
        // A record speaks of one flow.
        Format::Adr => {}
        Format::Human => {
            let together = together.map(|together| portfolio::human::portfolio(report, together, layout));
            context.print(&(together.unwrap_or_default() + &human::end(report, layout)))?;
        }
        Format::Markdown => {
            let together = together.map(|together| portfolio::markdown::portfolio(report, together, args.verbose));
            context.print(&(together.unwrap_or_default() + &markdown::end(report)))?;
        }
    }
    Ok(())
}

/// The options that are to be considered; a broker's name stands for all of its options.
pub(super) fn among(knowledge: &KnowledgeBase<'_>, names: &[String], problems: &mut Vec<Diagnostic>) -> Vec<OptionId> {
    let mut found = Vec::new();
    for name in names {
        if let Some(option) = knowledge.find_option(None, name) {
            found.push(option);
        } else if let Some(broker) = knowledge.find_broker(name).and_then(|id| knowledge.broker(id)) {
            found.extend(&broker.options);
        } else {
            let known = knowledge.options.iter().map(|option| knowledge.text(option.id));
            let problem =
                Diagnostic::error("unknown-option", format!("`--among {name}`: no option is called `{name}`"));
            problems.push(match nearest(name, known) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem,
            });
        }
    }
    found
}
