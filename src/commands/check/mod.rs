//! `brokerfit check`: fails where the choice recorded in a profile does not fit its workload.

mod baseline;
pub(super) mod broker_files;
mod judge;
mod look;
mod outputs;
mod records;
mod terms;

use std::path::PathBuf;

use self::broker_files::BrokerFiles;
use self::judge::{Asked, judge};
use self::look::{look, nothing_found};
use self::outputs::{Output, Written, outputs};
use self::terms::Terms;
use super::answered::{self, Answered};
use super::configured::find;
use super::configured::{ConfigArgs, Setup, set_up, share_environment};
use super::{input, tell};
use crate::configuration::FailOn;
use crate::context::{Context, Exit};
use crate::diagnostic::{Diagnostic, Severity};
use crate::profile::{Profile, read_profiles};
use crate::render::gate::{Compared, GateReport};
use crate::source::Source;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
#[command(after_help = "In a directory it looks for profile.yaml, brokerfit.yaml and *.brokerfit.yaml (also .yml, \
                        .json, .toml; brokerfit.toml is configuration).\n\
                        Exit codes: 0 no finding fails; 1 one does; 2 the input or the call is wrong.")]
pub struct Args {
    /// Profiles, and directories to search for them; `-` is standard input. Without any, what the configuration
    /// names, else this directory
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// A real broker file to hold against every profile, beside those that they name; repeatable
    #[arg(long, value_name = "FILE")]
    against: Vec<PathBuf>,
    /// From which level on a finding fails
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// A fact that every profile must state, beside those of the configuration; repeatable
    #[arg(long, value_name = "FACT,…", value_delimiter = ',')]
    require: Vec<String>,
    /// Let no item of the design review be open from this risk on
    #[arg(long, value_name = "RISK", value_parser = answered::risks())]
    require_review: Option<String>,
    /// What was answered to design reviews: a file of `done` and `not applicable`, by flow and item
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    /// Let waived findings count, and say nothing of waivers
    #[arg(long)]
    no_waivers: bool,
    /// Let findings that this file holds not count
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write what counts now to the baseline; nothing fails
    #[arg(long)]
    write_baseline: bool,
    /// How to write the findings; otherwise for people, in a GitHub workflow with annotations
    #[arg(long, value_enum, value_name = "FORMAT")]
    format: Option<Written>,
    /// Write the findings to this file too, as in `sarif=brokerfit.sarif`; repeatable
    #[arg(long, short, value_name = "FORMAT=FILE")]
    output: Vec<String>,
    /// The largest input, in bytes
    #[arg(long, default_value_t = input::LARGEST, value_name = "BYTES")]
    max_input: u64,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Runs `check`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let mut setup = match set_up(&args.config, &args.paths, context)? {
        Ok(setup) => setup,
        Err(refused) => return Ok(refused.told(context)),
    };
    let Read { sources, profiles, files, terms, answered, outputs, problems } = read(args, &mut setup, context);
    if tell(&problems, &sources, context) {
        return Ok(Exit::Wrong);
    }
    let paths = find::paths();
    let declared = match (!files.files.is_empty()).then(|| setup.declared()).transpose()? {
        None => None,
        Some(Ok(declared)) => Some(declared),
        Some(Err(refused)) => return Ok(refused.told(context)),
    };
    let asked = Asked { terms: &terms, answered: &answered, declared: declared.as_ref() };
    let mut judged = judge(setup.knowledge, &profiles, &files, &asked, context.today);
    let mut compared = None;
    if let Some(path) = &terms.write_baseline {
        let problem = baseline::write(path, &judged.record(&sources, &paths))?;
        if tell(problem.as_slice(), &sources, context) {
            return Ok(Exit::Wrong);
        }
    } else if let Some(known) = terms.baseline.clone() {
        compared = Some(Compared { gone: judged.compare(known, &sources, &paths) });
    }
    let report = GateReport {
        knowledge: setup.knowledge,
        sources: &sources,
        flows: &judged.flows,
        files: &judged.files,
        fail_on: terms.configurations.start().fail_on.unwrap_or_default(),
        baseline: compared,
        paths: &paths,
    };
    let problems = outputs::write(&report, args, &outputs, context)?;
    if tell(&problems, &sources, context) {
        return Ok(Exit::Wrong);
    }
    Ok(if report.refused() && terms.write_baseline.is_none() { Exit::Refused } else { Exit::Fine })
}

/// Everything that was read, and what is wrong with any of it.
struct Read {
    sources: Vec<Source>,
    profiles: Vec<Profile>,
    files: BrokerFiles,
    terms: Terms,
    answered: Answered,
    outputs: Vec<Output>,
    problems: Vec<Diagnostic>,
}

/// Reads profiles, configurations, broker files and the baseline: all of it, before anything is judged.
fn read(args: &Args, setup: &mut Setup, context: &mut Context) -> Read {
    let looked = look(&args.paths, setup);
    let mut problems = looked.problems;
    let (mut sources, unreadable) = input::read(&looked.files, args.max_input, context);
    problems.extend(unreadable);
    let read = read_profiles(setup.knowledge, &sources);
    problems.extend(read.problems);
    let mut profiles = read.profiles;
    let configurations = share_environment(setup, &mut profiles, &mut sources, &mut problems);
    records::read(setup.knowledge, &mut profiles, args.max_input, &mut sources, &mut problems);
    let files = broker_files::read(&profiles, &args.against, args.max_input, &mut sources, &mut problems);
    let terms = Terms::of(args, setup, configurations, &profiles, context, &mut problems);
    let configurations = &terms.configurations;
    let named = args.answers.as_deref();
    let answered = Answered::read(
        setup.knowledge,
        named,
        configurations,
        &profiles,
        args.max_input,
        &mut sources,
        &mut problems,
        false,
    );
    let outputs = outputs(args, &mut problems);
    let refused = problems.iter().any(|problem| problem.severity == Severity::Error);
    if profiles.is_empty() && !refused {
        problems.push(nothing_found(&looked.searched));
    }
    crate::diagnostic::sort(&mut problems);
    Read { sources, profiles, files, terms, answered, outputs, problems }
}
