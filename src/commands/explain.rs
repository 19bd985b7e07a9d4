//! `brokerfit explain`: everything that is known of a need, an option, a setting, a claim …, with its sources.

use super::configured::{RulesArgs, knowledge};
use super::format::Format;
use super::tell;
use crate::context::{Context, Exit};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{BrokerId, KnowledgeBase, Version};
use crate::reference::{Entry, Found, Kind, Name, Reference};
use crate::render::explain::{Book, Page, human, json, markdown};
use crate::render::human::Layout;
use crate::suggestion::nearest;

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
#[command(after_help = "By words it shows the one entry that clearly leads, else the five that are nearest.\n\
                        Exit codes: 0 something was found; 2 nothing was, or the call is wrong.")]
pub struct Args {
    /// An id, a kind and an id, an option and a need, or words, as in a sentence that you read. Without any, an index
    #[arg(value_name = "ID or WORDS")]
    question: Vec<String>,
    /// Show what holds for these versions alone, as in `rabbitmq=3.13,kafka=3.8`
    #[arg(long, value_name = "BROKER=VERSION,…", value_delimiter = ',')]
    at: Vec<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,
    #[command(flatten)]
    rules: RulesArgs,
}

/// Runs `explain`.
///
/// # Errors
/// When the result cannot be written, or the program was built wrongly.
pub fn run(args: &Args, context: &mut Context) -> anyhow::Result<Exit> {
    let knowledge = match knowledge::of_call(&args.rules, context)? {
        Ok((knowledge, _)) => knowledge,
        Err(refused) => return Ok(refused.told(context)),
    };
    let mut problems = Vec::new();
    let at = args.at.iter().filter_map(|at| version(knowledge, at, &mut problems)).collect();
    let reference = Reference::new(knowledge, at);
    let page = page(&reference, &args.question, &mut problems);
    let refused = tell(&problems, &[], context);
    let Some(page) = page.filter(|_| !refused) else { return Ok(Exit::Wrong) };
    let book = Book { reference: &reference, page };
    let layout = Layout { width: context.width, colour: context.colour, verbose: false };
    let text = match args.format {
        Format::Human => human::page(&book, layout),
        Format::Markdown => markdown::page(&book),
        Format::Json => json::page(&book)?,
    };
    context.print(&text)?;
    Ok(Exit::Fine)
}

/// What a question leads to; nothing, and a diagnostic, where it leads nowhere.
fn page(reference: &Reference<'_>, question: &[String], problems: &mut Vec<Diagnostic>) -> Option<Page> {
    let question = question.join(" ");
    if question.trim().is_empty() {
        return Some(Page::Index(Kind::ALL.into_iter().map(|kind| (kind, reference.names(kind))).collect()));
    }
    Some(match reference.find(&question) {
        Found::Entries(names) => Page::Entries(entries(reference, &names), Vec::new()),
        Found::Leads(names, rest) => Page::Entries(entries(reference, &names), rest),
        Found::Similar(names) => Page::Similar(names),
        Found::Kind(kind) => Page::Kind(kind, reference.names(kind)),
        Found::Nothing(near) => {
            problems.push(unknown(&question, &near));
            return None;
        }
    })
}

fn entries(reference: &Reference<'_>, names: &[Name]) -> Vec<Entry> {
    names.iter().map(|name| reference.entry(name)).collect()
}

/// More of a question than this is not repeated.
const REPEATED: usize = 60;

fn unknown(question: &str, near: &[String]) -> Diagnostic {
    let mut shown: String = question.chars().take(REPEATED).collect();
    if shown.len() < question.len() {
        shown.push('…');
    }
    let problem = Diagnostic::error("unknown-id", format!("nothing is known of `{shown}`"));
    let near: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
    match near.as_slice() {
        [] => problem.help("`brokerfit explain` alone lists what can be explained"),
        near => problem.help(format!("did you mean {}?", near.join(", or "))),
    }
}

/// Reads `rabbitmq=3.13`.
fn version(knowledge: &KnowledgeBase<'_>, at: &str, problems: &mut Vec<Diagnostic>) -> Option<(BrokerId, Version)> {
    let Some((name, version)) = at.split_once('=') else {
        let problem = Diagnostic::error("not-a-version", format!("`--at {at}` names no version"));
        problems.push(problem.help("write a broker and a version, as in `--at rabbitmq=4.2`"));
        return None;
    };
    let Some(broker) = knowledge.find_broker(name.trim()) else {
        let known = knowledge.brokers.iter().map(|broker| knowledge.text(broker.id));
        let problem = Diagnostic::error("unknown-broker", format!("`--at {at}`: no broker is called `{name}`"));
        problems.push(match nearest(name, known) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        });
        return None;
    };
    match Version::parse(version.trim()) {
        Ok(stated) => {
            let answering = knowledge.broker(broker).map_or(stated, |broker| broker.answering(stated));
            if answering.line() != stated.line() {
                let message = format!("{name} {stated} is of no known line; answered as {answering}");
                problems.push(Diagnostic::note("nearest-version", message));
            }
            Some((broker, if answering.line() == stated.line() { stated } else { answering }))
        }
        Err(problem) => {
            let error = Diagnostic::error("not-a-version", format!("`--at {at}`: {}", problem.message));
            problems.push(error.help(problem.help.unwrap_or_default()));
            None
        }
    }
}
