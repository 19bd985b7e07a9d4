//! `brokerfit init`: a first profile, short and commented, from what is usual for a kind of flow, from files that are there
//! already, or by an interview.

mod ask;
mod origins;
mod target;

use std::path::PathBuf;

use super::configured::{ConfigArgs, set_up};
use super::{input, tell};
use crate::advice::{Depth, Question};
use crate::context::{Context, Exit};
use crate::engine::Sampler;
use crate::import::Draft;
use crate::knowledge::KnowledgeBase;
use crate::outline::{Extent, outline};
use crate::profile::PROFILE_SCHEMA;
use crate::render::human::Layout;
use crate::render::init::{self as words, Around};
use ask::Asking;
use target::Target;

/// Arguments of `init`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "`--list` says which presets there are. On a terminal, without `--like` and `--from`, it asks.\n\
                  Next: brokerfit advise profile.yaml"
)]
pub struct Args {
    /// Where to write, a .yaml or .yml file; `-` is standard output. Without it profile.yaml on a terminal, else standard
    /// output
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Begin with what is usual for a kind of flow: task-queue, events, clickstream, telemetry, cdc, rpc, …
    #[arg(long, value_name = "PRESET", conflicts_with = "from")]
    like: Option<String>,
    /// Begin with what a file says: a profile for each flow of which it tells; repeatable, `-` is standard input
    #[arg(long, value_name = "FILE")]
    from: Vec<PathBuf>,
    /// State a fact, over what the preset or the file says; repeatable
    #[arg(long, value_name = "FACT=VALUE")]
    set: Vec<String>,
    /// What the flow is called
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Ask what is open, the most decisive question first; answers come from standard input
    #[arg(long, short)]
    interview: bool,
    /// Let it replace a file
    #[arg(long)]
    force: bool,
    /// The schema that editors complete and explain by: an address, or a file
    #[arg(long, value_name = "SCHEMA", default_value = PROFILE_SCHEMA)]
    schema: String,
    /// Say which presets there are, and write nothing
    #[arg(long)]
    list: bool,
    /// The largest input, in bytes
    #[arg(long, default_value_t = input::LARGEST, value_name = "BYTES")]
    max_input: u64,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Of more flows than these is not said what would change the verdict.
const MANY: usize = 20;

/// Runs `init`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let setup = match set_up(&args.config, &[], context)? {
        Ok(setup) => setup,
        Err(refused) => return Ok(refused.told(context)),
    };
    let knowledge = setup.knowledge;
    if args.list {
        context.print(&words::listing(knowledge, context.width))?;
        return Ok(Exit::Fine);
    }
    let mut problems = Vec::new();
    let asks = args.interview || (args.like.is_none() && args.from.is_empty() && context.is_typed());
    let target = Target::of(args.file.as_deref(), args.force, context.terminal, &mut problems);
    let (sources, mut drafts) = origins::drafts(knowledge, args, asks, context, &mut problems);
    crate::diagnostic::sort(&mut problems);
    if tell(&problems, &sources, context) {
        return Ok(Exit::Wrong);
    }
    let mut sampler = Sampler::default();
    if asks {
        let layout = Layout { width: context.width, colour: context.colour_err, verbose: false };
        let question = Question { depth: Depth::Full, ..Question::default() };
        let asking = Asking { knowledge, question: &question, layout };
        if !asking.hold(args, &mut drafts, &mut sampler, context)? {
            context.tell(words::nothing_said());
            return Ok(Exit::Wrong);
        }
    }
    let file = target.as_ref().and_then(Target::name);
    let text = text(knowledge, &drafts, &args.schema, file.as_deref().unwrap_or(target::USUAL), &mut sampler);
    match target {
        Some(Target::File(path)) => {
            let problem = super::output::write(&path, &text, args.force);
            if tell(problem.as_slice(), &[], context) {
                return Ok(Exit::Wrong);
            }
            context.tell(&words::written(&path.display().to_string(), drafts.len()));
        }
        _ => context.print(&text)?,
    }
    Ok(Exit::Fine)
}

/// Every draft as a profile; what may be stated besides is said whole of the first alone.
fn text(knowledge: &KnowledgeBase<'_>, drafts: &[Draft], schema: &str, file: &str, sampler: &mut Sampler) -> String {
    let around = Around { schema, file };
    let mut text = String::new();
    for (place, draft) in drafts.iter().enumerate() {
        let extent = match place {
            0 => Extent::Whole,
            _ if drafts.len() <= MANY => Extent::Verdict,
            _ => Extent::Open,
        };
        let outline = outline(knowledge, draft, extent, sampler);
        text.push_str(&words::document(knowledge, &outline, around, place == 0));
    }
    text
}
