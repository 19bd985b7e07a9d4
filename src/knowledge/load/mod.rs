//! From the texts of `rules/` to a knowledge base, or to everything that is wrong with them.

mod alerts;
mod brokers;
mod capabilities;
mod checklist;
mod clients;
mod conflicts;
mod context;
mod criteria;
pub mod declared;
mod file_rules;
mod given;
mod keys;
mod limits;
mod misconceptions;
mod names;
mod needs;
mod pitfalls;
mod portfolio;
mod practices;
mod settings;
mod sizing;
mod sources;
mod tuning;
mod vocabulary;

use crate::table::Table;
use context::{Context, RULES};
use names::Vocabulary;

use super::{KnowledgeBase, check};
use crate::diagnostic::{Diagnostic, sort};
use crate::source::{Kind, Limits, Node, Source, read};

/// What a block is expected to say of some flows: read where rules are tested, and passed over here.
const CASE: &str = "case";

/// One file of a rules directory: its path below it, and its text.
#[derive(Debug)]
pub struct RuleFile<'s> {
    path: &'s str,
    index: usize,
    root: Node<'s>,
}

impl RuleFile<'_> {
    fn is(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// Loads a knowledge base from the files of a rules directory, named by their paths below it.
///
/// # Errors
/// Everything that is wrong, sorted by place.
pub fn load(version: &str, files: &[Source]) -> Result<KnowledgeBase<'static>, Vec<Diagnostic>> {
    let mut context = Context::default();
    let parsed = parse(files, &mut context.problems);
    let mut vocabulary = Vocabulary::default();

    let sources = sources::load(&parsed, &mut context);
    let heads = brokers::heads(&parsed, &mut context);
    let facts = vocabulary::load(&parsed, &heads, &mut vocabulary, &mut context);
    let needs = needs::load(&parsed, &facts, &mut vocabulary, &mut context);
    let (brokers, options) = brokers::load(&heads, &mut vocabulary, &mut context);
    let (answers, mut quantities) = capabilities::load(&parsed, &heads, &needs, &mut vocabulary, &mut context);
    let catalogue = settings::load(&parsed, &heads, &mut context);
    let (sizings, counts) = sizing::load(&parsed, &heads, &catalogue, &mut vocabulary, &mut context);
    quantities.extend(sizing::named(&counts, &mut context));
    let tuning = tuning::load(&parsed, &heads, &catalogue, &counts, &mut vocabulary, &mut context);
    let known = clients::Known { catalogue: &catalogue, tuning: &tuning };
    let clients = clients::load(&parsed, &heads, known, &mut vocabulary, &mut context);
    let limits = limits::load(&parsed, &heads, &catalogue, &mut vocabulary, &mut context);
    let files = file_rules::load(&parsed, &heads, &catalogue, &mut context);
    let practices = practices::load(&parsed, &heads, &mut vocabulary, &mut context);
    let (alerts, recordings) = alerts::load(&parsed, &heads, &mut vocabulary, &mut context);
    let (conflicts, scope) = conflicts::load(&parsed, &heads, &mut vocabulary, &mut context);
    let (costs, agreements) = portfolio::load(&parsed, &heads, &mut vocabulary, &mut context);
    let known = misconceptions::Known {
        needs: &needs,
        conflicts: &conflicts,
        scope: &scope,
        catalogue: &catalogue,
        options: &options,
        vocabulary: &vocabulary,
    };
    let misconceptions = misconceptions::load(&parsed, &heads, &known, &mut context);
    let known = pitfalls::Known { needs: &needs, misconceptions: &misconceptions, facts: facts.facts.len() };
    let (pitfalls, observed) = pitfalls::load(&parsed, &heads, &known, &mut vocabulary, &mut context);
    let checklist = checklist::load(&parsed, &heads, &counts, &mut vocabulary, &mut context);
    let known = criteria::Known {
        heads: &heads,
        vocabulary: &vocabulary,
        needs: &needs,
        conflicts: &conflicts,
        scope: &scope,
        catalogue: &catalogue,
        tuning: &tuning,
    };
    let criteria = criteria::load(&parsed, &known, &mut context);

    let reading_sources = declared::sources(&parsed, &heads, &mut context);

    let version = context.texts.add(version);
    let domains = vocabulary::domains(&vocabulary, &mut context);
    let knowledge = facts.roles.map(|roles| KnowledgeBase {
        version,
        texts: std::mem::take(&mut context.texts).finish(),
        program: std::mem::take(&mut context.program),
        written: std::mem::take(&mut context.written).finish(),
        fact_index: vocabulary.facts.values().map(|(id, _)| *id).collect(),
        facts: facts.facts,
        order: facts.order,
        domains,
        roles,
        needs,
        brokers,
        options,
        answers,
        conflicts,
        scope,
        costs,
        agreements,
        criteria,
        catalogue,
        tuning,
        clients,
        limits,
        files,
        practices,
        alerts,
        recordings,
        sizings,
        quantities,
        misconceptions,
        observed_items: observed.items,
        observations: observed.observations,
        marks: observed.marks,
        pitfalls,
        checklist,
        sources,
        reading_sources,
        not_considered: std::mem::take(&mut context.not_considered),
    });
    let mut problems = context.problems;
    match knowledge {
        Some(knowledge) if problems.is_empty() => {
            problems = check::check(&knowledge);
            if problems.is_empty() {
                return Ok(knowledge);
            }
        }
        _ => {}
    }
    sort(&mut problems);
    Err(problems)
}

fn parse<'s>(files: &'s [Source], problems: &mut Vec<Diagnostic>) -> Vec<RuleFile<'s>> {
    let mut parsed = Vec::new();
    for (index, source) in files.iter().enumerate() {
        let found = read(source, &Limits::default(), &mut |root| {
            parsed.push(RuleFile { path: &source.name, index, root });
        });
        problems.extend(found.into_iter().map(|problem| {
            let mut diagnostic = Diagnostic::error("rule-syntax", problem.message).at(index, problem.span, "");
            if let Some(help) = problem.help {
                diagnostic = diagnostic.help(help);
            }
            diagnostic
        }));
    }
    parsed
}

/// The tables of one array in the files of one folder (or the one file), with unknown root keys refused.
fn blocks<'t>(
    files: &'t [RuleFile<'t>],
    folder: &str,
    key: &'static str,
    context: &mut Context,
) -> Vec<(&'t RuleFile<'t>, Table<'t>)> {
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.is(folder) || file.path == folder) {
        let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut context.problems) else {
            continue;
        };
        let tables = root.tables(key, "a block", &mut context.problems);
        if matches!(key, "setting" | "practice") || (key == "conflict" && folder.starts_with("brokers/")) {
            // Quantities that several blocks share stand above them and are read with the option's own.
            root.take("quantity");
        }
        root.finish(&mut context.problems);
        found.extend(tables.into_iter().map(|table| (file, table)));
    }
    found
}

/// The entries of a table in a node, with their keys.
fn entries<'t>(node: Option<&'t Node<'t>>) -> &'t [crate::source::Entry<'t>] {
    match node.map(|node| &node.kind) {
        Some(Kind::Map(entries)) => entries,
        _ => &[],
    }
}
