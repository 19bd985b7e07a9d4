//! Reads a configuration: every key once, unknown ones with what may be meant, and everything that is wrong in one run.

use super::{CentralWaiver, Configuration, FailOn, LevelFor};
use crate::diagnostic::Diagnostic;
use crate::expr::FactId;
use crate::knowledge::{KnowledgeBase, Level, Risk};
use crate::pattern::Pattern;
use crate::profile::{Whose, read_shared, waiver};
use crate::source::{Kind, Limits, Node, Problem, Source};
use crate::suggestion::nearest;
use crate::table::{Spanned, Table, WRITTEN};

/// A finding that is not to be told.
pub(crate) const OFF: &str = "off";

/// The tree of a configuration; an empty file is one.
///
/// # Errors
/// What is wrong with the text.
pub fn parse(source: &Source) -> Result<Node<'_>, Vec<Problem>> {
    let mut root = Node { span: crate::source::Span::default(), kind: Kind::Map(Vec::new()) };
    let mut problems = crate::source::read(source, &Limits::default(), &mut |node| root = node);
    problems.retain(|problem| problem.code != "empty-file");
    if problems.is_empty() { Ok(root) } else { Err(problems) }
}

/// The directories of rules that a configuration names, before anything else of it can be read.
pub fn rules_named(root: &Node<'_>) -> Vec<String> {
    let Some(node) = root.get("rules") else { return Vec::new() };
    let items = node.as_list().unwrap_or(std::slice::from_ref(node));
    items.iter().filter_map(Node::as_scalar).map(|scalar| scalar.text.to_string()).collect()
}

/// Reads a configuration, which stands in the run's source of that number.
pub fn read(
    knowledge: &KnowledgeBase<'_>,
    index: usize,
    source: &Source,
    root: &Node<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Configuration {
    let mut configuration = Configuration { source: Some(index), ..Configuration::default() };
    let Some(mut table) = Table::new(WRITTEN, index, "the configuration", root, problems) else {
        return configuration;
    };
    let own = |texts: Vec<Spanned<'_>>| texts.into_iter().map(|text| text.text.to_owned()).collect();
    configuration.paths = own(table.texts("paths", problems));
    configuration.rules = own(table.texts("rules", problems));
    configuration.baseline = table.text("baseline", problems).map(|text| text.text.to_owned());
    let exclude = table.texts("exclude", problems);
    configuration.exclude = exclude.into_iter().filter_map(|text| path(index, text, problems)).collect();
    let fail_on = table.text("fail-on", problems);
    configuration.fail_on = fail_on.and_then(|text| fail_on_word(index, text, problems));
    let require = table.texts("require", problems);
    configuration.require = require.into_iter().filter_map(|text| fact(knowledge, index, text, problems)).collect();
    if let Some(node) = table.take("environment") {
        let (statements, wrong) = read_shared(knowledge, index, source, node);
        configuration.environment = statements;
        problems.extend(wrong);
    }
    if let Some(node) = table.take("review")
        && let Some(mut review) = Table::new(WRITTEN, index, "`review`", node, problems)
    {
        configuration.answers = review.text("answers", problems).map(|text| text.text.to_owned());
        let require = review.text("require", problems);
        configuration.require_review = require.and_then(|text| risk_word(index, text, problems));
        review.finish(problems);
    }
    if let Some(node) = table.take("levels") {
        configuration.levels = levels(index, node, problems);
    }
    configuration.unlimited_waivers = table.flag("unlimited-waivers", problems);
    if let Some(node) = table.take("waiver") {
        let items = node.as_list().unwrap_or(std::slice::from_ref(node));
        configuration.waivers = items.iter().filter_map(|item| central(index, item, problems)).collect();
    }
    table.finish(problems);
    configuration
}

/// Reads a waiver with the flows for which it holds; what is wrong with either is said in one run.
fn central(index: usize, node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Option<CentralWaiver> {
    let waiver = waiver(index, node, Whose::Configuration, problems);
    let flow = node.get("flow").and_then(|flow| {
        let scalar = flow.as_scalar()?;
        let text = Spanned { text: &scalar.text, span: flow.span, quoted: scalar.quoted };
        pattern(index, text, Pattern::over_names, problems)
    });
    Some(CentralWaiver { waiver: waiver?, flow: flow? })
}

/// Reads a pattern over the paths of profiles.
fn path(index: usize, text: Spanned<'_>, problems: &mut Vec<Diagnostic>) -> Option<Pattern> {
    pattern(index, text, Pattern::over_paths, problems)
}

fn pattern(
    index: usize,
    text: Spanned<'_>,
    read: fn(&str) -> Result<Pattern, String>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Pattern> {
    match read(text.text) {
        Ok(pattern) => Some(pattern),
        Err(why) => {
            let message = format!("`{}` is not a pattern: {why}", text.text);
            problems.push(Diagnostic::error("wrong-value", message).at(index, text.span, "expected a pattern"));
            None
        }
    }
}

fn fail_on_word(index: usize, text: Spanned<'_>, problems: &mut Vec<Diagnostic>) -> Option<FailOn> {
    let found = FailOn::from_word(text.text);
    if found.is_none() {
        let words = FailOn::ALL.map(FailOn::word);
        unknown_word(index, text, &words, problems);
    }
    found
}

fn risk_word(index: usize, text: Spanned<'_>, problems: &mut Vec<Diagnostic>) -> Option<Risk> {
    let found = Risk::ALL.into_iter().find(|risk| risk.word() == text.text);
    if found.is_none() {
        unknown_word(index, text, &Risk::ALL.map(Risk::word), problems);
    }
    found
}

/// Reads the levels of single findings; whether these exist is for the gate to say.
fn levels(index: usize, node: &Node<'_>, problems: &mut Vec<Diagnostic>) -> Vec<LevelFor> {
    let Some(entries) = node.as_map() else {
        let message = format!("`levels` must be a table, not {}", node.describe());
        let help = "write `[levels]`, and below it lines such as `undecided = \"error\"`";
        problems.push(Diagnostic::error("wrong-shape", message).at(index, node.span, "expected a table").help(help));
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in entries {
        let Some(scalar) = entry.value.as_scalar() else {
            let message = format!("the level of `{}` must be a word, not {}", entry.key, entry.value.describe());
            let help = "an id that holds a slash is written between quotes";
            let problem = Diagnostic::error("wrong-shape", message).at(index, entry.value.span, "expected a word");
            problems.push(problem.help(help));
            continue;
        };
        let level = Level::ALL.into_iter().find(|level| level.word() == scalar.text);
        if level.is_none() && scalar.text != OFF {
            let words: Vec<&str> = Level::ALL.into_iter().map(Level::word).chain([OFF]).collect();
            let text = Spanned { text: &scalar.text, span: entry.value.span, quoted: scalar.quoted };
            unknown_word(index, text, &words, problems);
            continue;
        }
        found.push(LevelFor { finding: entry.key.to_string(), level, span: entry.key_span });
    }
    found
}

/// Reads a fact that must be stated.
fn fact(
    knowledge: &KnowledgeBase<'_>,
    index: usize,
    text: Spanned<'_>,
    problems: &mut Vec<Diagnostic>,
) -> Option<FactId> {
    let found = required_fact(knowledge, text.text);
    if let Err(help) = &found {
        let problem = Diagnostic::error("unknown-fact", format!("no fact is called `{}`", text.text));
        problems.push(problem.at(index, text.span, "expected a fact").help(help));
    }
    found.ok()
}

/// A fact that may be required, by its name.
///
/// # Errors
/// What may be meant instead.
pub fn required_fact(knowledge: &KnowledgeBase<'_>, name: &str) -> Result<FactId, String> {
    let stated = |id: FactId| knowledge.fact(id).is_some_and(|fact| !fact.derived);
    if let Some(fact) = knowledge.find_fact(name).filter(|fact| stated(*fact)) {
        return Ok(fact);
    }
    let names = knowledge.fact_ids().filter(|(_, fact)| !fact.derived).map(|(id, _)| knowledge.fact_name(id));
    let part = |candidate: &&str| candidate.rsplit('.').next() == Some(name);
    let near = nearest(name, names.clone()).or_else(|| names.clone().find(part));
    Err(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "facts are written in full, as in `throughput.peak`".to_owned(),
    })
}

fn unknown_word(index: usize, text: Spanned<'_>, words: &[&str], problems: &mut Vec<Diagnostic>) {
    let message = format!("`{}` is not one of {}", text.text, words.join(", "));
    let problem = Diagnostic::error("wrong-value", message).at(index, text.span, "unknown word");
    problems.push(match nearest(text.text, words.iter().copied()) {
        Some(near) => problem.help(format!("did you mean `{near}`?")),
        None => problem,
    });
}
