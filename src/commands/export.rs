//! `brokerfit export`: the files that brokers, clients and tools take, for the option that is advised or named.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::configured::{ConfigArgs, set_up};
use super::flows::{self, Flows};
use super::tune::{Asked, asked};
use super::{input, output, tell};
use crate::advice::{Advice, Question, advise};
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::engine::{Kind, Sampler};
use crate::export::{File, Order, Target};
use crate::knowledge::{KnowledgeBase, OptionId};
use crate::render;

/// Arguments of `export`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:\n  \
                        brokerfit export profile.yaml --to rabbitmq.conf\n  \
                        brokerfit export profile.yaml --to server.properties,topics --at kafka=3.9 --output kafka/\n  \
                        brokerfit export profile.yaml --to kit --option rabbitmq/quorum --output kit/")]
pub struct Args {
    /// The profile of the workload, with one flow or several; `-` is standard input
    #[arg(value_name = "PROFILE")]
    profile: PathBuf,
    /// What to write; repeatable
    #[arg(long, value_enum, required = true, value_name = "TARGET,…", value_delimiter = ',')]
    to: Vec<Target>,
    /// For which option, or for the best of which broker; without it, for what is advised
    #[arg(long, value_name = "OPTION")]
    option: Option<String>,
    /// Write into this directory, which is made where it is missing; a folder for each flow, where there are several
    #[arg(long, short, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long, requires = "output")]
    force: bool,
    /// State a fact, over what the profile says; repeatable
    #[arg(long, value_name = "FACT=VALUE")]
    set: Vec<String>,
    /// Write for these versions, as in `rabbitmq=4.0,kafka=3.9`
    #[arg(long, value_name = "BROKER=VERSION,…", value_delimiter = ',')]
    at: Vec<String>,
    /// The largest input, in bytes
    #[arg(long, default_value_t = input::LARGEST, value_name = "BYTES")]
    max_input: u64,
    #[command(flatten)]
    config: ConfigArgs,
}

/// Runs `export`.
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
    let asked = asked(knowledge, args.option.as_deref(), &mut read.problems);
    crate::diagnostic::sort(&mut read.problems);
    if tell(&read.problems, &read.sources, context) {
        return Ok(Exit::Wrong);
    }
    let Flows { sources, profiles, .. } = read;
    let (mut sampler, mut problems, mut files) = (Sampler::default(), Vec::new(), Vec::new());
    for (place, profile) in profiles.iter().enumerate() {
        let advice = advise(knowledge, profile, &Question::default(), &mut sampler);
        let exporter = Exporter { knowledge, advice: &advice, asked };
        let folder = (profiles.len() > 1).then(|| exporter.folder(&profiles, place));
        for target in &args.to {
            let written = exporter.files(*target, &mut problems);
            files.extend(written.into_iter().map(|file| within(folder.as_deref(), file)));
        }
    }
    // Several targets may hold one file: a kit holds the node's configuration, too.
    let mut paths = BTreeSet::new();
    files.retain(|file: &File| paths.insert(file.path.clone()));
    let wrong = tell(&problems, &sources, context);
    let shown = match &args.output {
        _ if wrong => return Ok(Exit::Wrong),
        Some(folder) => write(folder, &files, args.force),
        None => alone(&args.to, &profiles, &files),
    };
    match shown {
        Ok((text, notes)) => {
            tell(&notes, &[], context);
            context.print(&text)?;
            Ok(Exit::Fine)
        }
        Err(problems) => {
            tell(&problems, &[], context);
            Ok(Exit::Wrong)
        }
    }
}

/// What is told of files: the text for standard output and notes, or what stood in the way.
type Told = Result<(String, Vec<Diagnostic>), Vec<Diagnostic>>;

/// Writes everything, or nothing.
fn write(folder: &Path, files: &[File], force: bool) -> Told {
    let paths: Vec<PathBuf> = files.iter().map(|file| folder.join(&file.path)).collect();
    let there = paths.iter().filter(|path| !force && path.symlink_metadata().is_ok());
    let problems: Vec<Diagnostic> = there.map(|path| output::exists(path)).collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    let texts: Vec<(&Path, &str, bool)> =
        paths.iter().zip(files).map(|(path, file)| (path.as_path(), file.text.as_str(), file.runs)).collect();
    match output::write_all(&texts, force) {
        None => Ok((render::export::written(&paths), Vec::new())),
        Some(problem) => Err(vec![problem]),
    }
}

/// Shows the one file that is asked for; what belongs to it is named.
fn alone(targets: &[Target], profiles: &[crate::profile::Profile], files: &[File]) -> Told {
    let ([target], [_], [file, others @ ..]) = (targets, profiles, files) else {
        let message = "several files are asked for, and standard output holds one";
        return Err(vec![Diagnostic::error("several-files", message).help("name a directory: `--output DIR`")]);
    };
    if target.is_folder() {
        let message = format!("`{}` is a folder of files", target.name());
        return Err(vec![Diagnostic::error("several-files", message).help("name a directory: `--output DIR`")]);
    }
    let notes = others.iter().map(|other| {
        let message = format!("`{}` belongs to it and is not shown", other.path);
        Diagnostic::note("further-file", message).help("`--output DIR` writes them all")
    });
    Ok((file.text.clone(), notes.collect()))
}

fn within(folder: Option<&str>, file: File) -> File {
    match folder {
        Some(folder) => File { path: format!("{folder}/{}", file.path), ..file },
        None => file,
    }
}

/// Writes the files of one flow.
struct Exporter<'e> {
    knowledge: &'e KnowledgeBase<'e>,
    advice: &'e Advice<'e>,
    asked: Asked,
}

impl Exporter<'_> {
    /// A folder of its own for each of several flows.
    fn folder(&self, profiles: &[crate::profile::Profile], place: usize) -> String {
        let id = |profile: &crate::profile::Profile| crate::export::id(&profile.name);
        let own = id(self.advice.profile);
        let same = profiles.iter().take(place).filter(|profile| id(profile) == own).count();
        if same == 0 { own } else { format!("{own}-{}", same + 1) }
    }

    fn files(&self, target: Target, problems: &mut Vec<Diagnostic>) -> Vec<File> {
        let Some(option) = self.option(target, problems) else { return Vec::new() };
        let Some(order) = Order::new(self.knowledge, self.advice.profile, &self.advice.facts, option) else {
            return Vec::new();
        };
        match target.files(&order) {
            Ok(files) => files,
            Err(unfit) => {
                let message = format!("`{}`: {}", target.name(), unfit.message);
                problems.push(Diagnostic::error("unfit-target", message).help(unfit.help));
                Vec::new()
            }
        }
    }

    /// For which option a target is written: the one that is named, else the one that is advised; of the target's own broker.
    fn option(&self, target: Target, problems: &mut Vec<Diagnostic>) -> Option<OptionId> {
        let knowledge = self.knowledge;
        let judgement = &self.advice.judgement;
        let own = target.broker().and_then(|name| knowledge.find_broker(name));
        let best = |broker| judgement.standing(broker).map(|standing| standing.option);
        let named = match self.asked {
            Asked::Advised => None,
            Asked::Option(option) => Some((knowledge.broker_of(option), Some(option))),
            Asked::Broker(broker) => Some((broker, best(broker))),
        };
        if let Some((broker, option)) = named {
            if own.is_some_and(|own| own != broker) {
                let (file, title) = (target.name(), knowledge.broker_title(broker));
                let problem = Diagnostic::error("unfit-target", format!("`{file}` is no file of {title}"));
                problems.push(problem.help("leave `--option` out, or name an option of its broker"));
                return None;
            }
            return option;
        }
        let verdict = &judgement.verdict;
        // Of a flow that is split each part is advised.
        let part = own.and_then(|own| verdict.split.iter().find(|part| part.broker == own));
        if let (Kind::Both, Some(part)) = (verdict.kind, part) {
            return Some(part.option);
        }
        let advised = verdict.leader.filter(|_| verdict.kind != Kind::Neither);
        let leader = advised.map(|leader| leader.option);
        let option = match own {
            Some(own) => leader.filter(|option| knowledge.broker_of(*option) == own).or_else(|| best(own)),
            None => leader.or_else(|| judgement.standings.first().map(|standing| standing.option)),
        }?;
        if verdict.kind == Kind::Both {
            let (flow, name) = (&self.advice.profile.name, knowledge.option_name(option));
            let message = format!("two brokers are advised for `{flow}`; `{}` is written for `{name}`", target.name());
            problems.push(Diagnostic::note("not-advised", message).help("`--option` names the other one"));
        } else if leader != Some(option) {
            let flow = &self.advice.profile.name;
            let (name, file) = (knowledge.option_name(option), target.name());
            let message = match leader {
                Some(leader) => {
                    let leader = knowledge.option_name(leader);
                    format!(
                        "`{leader}` is advised for `{flow}`; `{file}` is written for `{name}`, the best of its broker"
                    )
                }
                None => format!("no broker is advised for `{flow}`; `{file}` is written for `{name}`"),
            };
            let note = Diagnostic::note("not-advised", message);
            if !problems.contains(&note) {
                problems.push(note);
            }
        }
        Some(option)
    }
}
