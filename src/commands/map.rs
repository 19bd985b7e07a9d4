//! `brokerfit map`: where the verdict changes over one fact or two.

use std::path::PathBuf;

use super::configured::{ConfigArgs, set_up};
use super::format::Drawn;
use super::{advise, flows, input, output, tell};
use crate::advice::Question;
use crate::context::{Context, Exit};
use crate::diagnostic::{Diagnostic, Severity};
use crate::engine::Sampler;
use crate::expr::FactId;
use crate::facts::{Without, derive};
use crate::knowledge::KnowledgeBase;
use crate::mapping::{Axis, Room, axis, judge_all};
use crate::profile::{Extent, Profile, read_extent};
use crate::render::human::Layout;
use crate::render::map::{self, MapReport};
use crate::suggestion::nearest;

/// The most cells in one direction, and in all: a second or two.
const LONGEST: usize = 400;
const MOST: usize = 40_000;
/// Cells of what is not drawn in characters.
const USUAL: (usize, usize) = (60, 40);

/// Arguments of `map`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
                        brokerfit map profile.yaml --x throughput.peak --y retention.period\n  \
                        brokerfit map profile.yaml --x throughput.peak=100/s..1M/s\n  \
                        brokerfit map profile.yaml --x latency.p99 --y ordering.scope=per-key,total\n  \
                        brokerfit map profile.yaml --x message.size --y consumers.groups --output map.svg")]
pub struct Args {
    /// The profile: .yaml, .yml, .json or .toml; `-` is standard input. Without it, only what `--set` says is stated
    #[arg(value_name = "PROFILE")]
    profile: Option<PathBuf>,
    /// The fact across, and if need be its values: LOW..HIGH, or several with commas between them
    #[arg(long, value_name = "FACT[=VALUES]")]
    x: String,
    /// The fact upwards; without it, one strip is drawn
    #[arg(long, value_name = "FACT[=VALUES]")]
    y: Option<String>,
    /// Which flow, where the profile holds several
    #[arg(long, value_name = "NAME", requires = "profile")]
    flow: Option<String>,
    /// State a fact, over what the profile says; repeatable, also without a file
    #[arg(long, value_name = "FACT=VALUE")]
    set: Vec<String>,
    /// Consider only these options, as in `rabbitmq/quorum,kafka/log` (or a whole broker)
    #[arg(long, value_name = "OPTION,…", value_delimiter = ',')]
    among: Vec<String>,
    /// Answer for these versions, as in `rabbitmq=3.13,kafka=3.8`
    #[arg(long, value_name = "BROKER=VERSION,…", value_delimiter = ',')]
    at: Vec<String>,
    /// How many cells, across and upwards, as in `120x60`; otherwise as many as there is room for
    #[arg(long, value_name = "WxH")]
    cells: Option<String>,
    /// How to draw it; otherwise by the extension of `--output`, else for people
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Drawn>,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "output")]
    force: bool,
    /// The largest input, in bytes
    #[arg(long, default_value_t = input::LARGEST, value_name = "BYTES")]
    max_input: u64,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Runs `map`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let paths: Vec<PathBuf> = args.profile.iter().cloned().collect();
    let mut setup = match set_up(&args.config, &paths, context)? {
        Ok(setup) => setup,
        Err(refused) => return Ok(refused.told(context)),
    };
    let knowledge = setup.knowledge;
    let flows::Flows { sources, profiles, mut problems, .. } =
        flows::read(&mut setup, &paths, &args.set, &args.at, args.max_input, context);
    let readable = problems.iter().all(|problem| problem.severity != Severity::Error);
    let profile = if readable { choose(profiles, args.flow.as_deref(), &mut problems) } else { None };
    let profile = profile.unwrap_or_else(|| Profile::named(""));
    let among = advise::among(knowledge, &args.among, &mut problems);
    let format = args.format.unwrap_or_else(|| Drawn::by_name(args.output.as_deref()));
    let rooms = rooms(args, format, context.width, &mut problems);
    let axes = axes(knowledge, &profile, args, rooms, &mut problems);
    if let Some(path) = args.output.as_deref().filter(|path| !args.force && path.exists()) {
        problems.push(output::exists(path));
    }
    crate::diagnostic::sort(&mut problems);
    let refused = tell(&problems, &sources, context);
    let Some(axes) = axes.filter(|_| !refused) else { return Ok(Exit::Wrong) };
    let question = Question { among, ..Question::default() };
    let mut sampler = Sampler::default();
    let grid = judge_all(knowledge, &profile, &question, axes, &mut sampler);
    let report = MapReport { knowledge, sources: &sources, profile: &profile, grid: &grid, samples: sampler.count() };
    let colour = context.colour && args.output.is_none();
    let text = match format {
        Drawn::Human => map::human(&report, Layout { width: context.width, colour, verbose: false }),
        Drawn::Json => map::json(&report)?,
        Drawn::Svg => map::svg(&report),
    };
    write(args, &text, context)
}

/// Writes the result where it is wanted.
fn write(args: &Args, text: &str, context: &mut Context) -> anyhow::Result<Exit> {
    let Some(path) = &args.output else {
        context.print(text)?;
        return Ok(Exit::Fine);
    };
    let problem = output::write(path, text, args.force);
    let wrong = tell(problem.as_slice(), &[], context);
    Ok(if wrong { Exit::Wrong } else { Exit::Fine })
}

/// The flow that is meant.
fn choose(mut profiles: Vec<Profile>, name: Option<&str>, problems: &mut Vec<Diagnostic>) -> Option<Profile> {
    let names = || profiles.iter().map(|profile| profile.name.as_str());
    let listed = || {
        let told: Vec<String> = names().take(10).map(|name| format!("`{name}`")).collect();
        let rest = profiles.len().saturating_sub(told.len());
        if rest == 0 { told.join(", ") } else { format!("{} and {rest} more", told.join(", ")) }
    };
    let Some(name) = name else {
        if profiles.len() < 2 {
            if profiles.is_empty() {
                problems.push(Diagnostic::error("no-flow", "the profile holds no flow"));
            }
            return profiles.pop();
        }
        let message = format!("the profile holds {} flows, and a map is drawn of one", profiles.len());
        let help = format!("choose one with `--flow NAME`: {}", listed());
        problems.push(Diagnostic::error("several-flows", message).help(help));
        return None;
    };
    if let Some(place) = profiles.iter().position(|profile| profile.name == name) {
        return Some(profiles.swap_remove(place));
    }
    let problem = Diagnostic::error("unknown-flow", format!("no flow is called `{name}`"));
    problems.push(match nearest(name, names()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem.help(format!("the flows are {}", listed())),
    });
    None
}

/// For how many cells there is room, across and upwards.
fn rooms(args: &Args, format: Drawn, width: usize, problems: &mut Vec<Diagnostic>) -> (Room, Room) {
    let exactly = |(across, upwards)| (Room { cells: across, word: 1 }, Room { cells: upwards, word: 1 });
    let Some(text) = &args.cells else {
        return if format == Drawn::Human { map::room(width) } else { exactly(USUAL) };
    };
    let read = text.split_once(['x', 'X', '×']).and_then(|(across, upwards)| {
        Some((across.trim().parse::<usize>().ok()?, upwards.trim().parse::<usize>().ok()?))
    });
    match read {
        Some((across @ 1..=LONGEST, upwards @ 1..=LONGEST)) if across * upwards <= MOST => exactly((across, upwards)),
        Some(_) => {
            let message = format!("`--cells {text}`: a map has from 1x1 to {MOST} cells");
            let help = format!("at most {LONGEST} in one direction, as in `--cells 200x200`");
            problems.push(Diagnostic::error("out-of-range", message).help(help));
            exactly(USUAL)
        }
        None => {
            let message = format!("`--cells {text}` is no size");
            problems.push(Diagnostic::error("not-a-size", message).help("write it as in `--cells 120x60`"));
            exactly(USUAL)
        }
    }
}

/// Both axes; what is wrong with either is noted.
fn axes(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    args: &Args,
    (across, upwards): (Room, Room),
    problems: &mut Vec<Diagnostic>,
) -> Option<(Axis, Option<Axis>)> {
    let mut extent = |flag: &'static str, text: &str| {
        let (extent, found) = read_extent(knowledge, flag, text);
        problems.extend(found);
        extent
    };
    let x = extent("--x", &args.x);
    let y = args.y.as_deref().map(|text| extent("--y", text));
    if let (Some(x), Some(Some(y))) = (&x, &y)
        && x.fact == y.fact
    {
        let message = format!("`{}` is on both axes", knowledge.fact_name(x.fact));
        problems.push(Diagnostic::error("same-fact", message).help("leave out `--y` to look at one fact alone"));
        return None;
    }
    let facts = derive(knowledge, profile, Without::Nothing);
    let both: Vec<FactId> = x.iter().chain(y.iter().flatten()).map(|extent| extent.fact).collect();
    let mut lay = |extent: Extent, room: Room| match axis(knowledge, profile, &facts, &extent, &both, room) {
        Ok(axis) => Some(axis),
        Err(problem) => {
            problems.push(*problem);
            None
        }
    };
    let x = x.and_then(|extent| lay(extent, across));
    let y = y.map(|extent| extent.and_then(|extent| lay(extent, upwards)));
    match y {
        Some(y) => Some((x?, Some(y?))),
        None => Some((x?, None)),
    }
}
