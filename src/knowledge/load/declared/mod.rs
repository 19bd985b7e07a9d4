//! From the tables and rules beside `broker.toml` to what the brokers declare, or to everything that is wrong with them.
//! It is read after the knowledge base, whose brokers and sources it names.

mod reading;
mod table;

use std::path::Path;

use super::brokers::Head;
use super::context::{Context, RULES};
use super::parse::{Offsets, parse};
use super::{RuleFile, layout, packs};
use crate::diagnostic::{Diagnostic, sort};
use crate::knowledge::declared::{BrokerKeys, DeclaredKeys};
use crate::knowledge::{KnowledgeBase, Level, SourceId};
use crate::source::Source;
use crate::table::{Table, shapes};

/// The arrays of blocks that name sources, by file.
const BLOCKS: [(&str, [&str; 5]); 2] = [
    ("reading.toml", ["lists", "reads", "passed", "target", "section"]),
    ("idle.toml", ["idle", "refused", "", "", ""]),
];

/// Reads what the brokers of a knowledge base declare. `files` are the rules of which the knowledge base was made, those of
/// each pack from a place on, and behind them the tables, named by their paths.
///
/// # Errors
/// Everything that is wrong, sorted by place.
pub fn load<'s>(
    knowledge: &'s KnowledgeBase<'_>,
    files: &'s [Source],
    begins: &[usize],
) -> Result<DeclaredKeys<'s>, Vec<Diagnostic>> {
    let mut context = Context::default();
    let tables = files.iter().position(is_table).unwrap_or(files.len());
    let offsets = Offsets::of(files.get(..tables).unwrap_or_default());
    let parsed = parse(files.get(..tables).unwrap_or_default(), &offsets, &mut context.problems);
    let (parsed, _) = packs::lay_all(parsed, begins, &offsets, &mut context);
    for file in parsed.iter().filter(|file| layout::is_read(file.path)) {
        shapes::register(|| file.kind(), &file.root);
    }
    context.sources = knowledge.sources.iter().map(|source| knowledge.text(source.id).to_owned()).collect();
    context.used_sources = vec![false; context.sources.len()];
    let mut brokers = Vec::new();
    for (_, broker) in knowledge.broker_ids() {
        let id = knowledge.text(broker.id);
        let rows = table::read(files, id, &broker.versions, &mut context);
        brokers.extend(reading::read(&parsed, id, rows, &mut context));
    }
    check(&brokers, &mut context);
    let mut problems = context.problems;
    if problems.is_empty() {
        return Ok(DeclaredKeys { brokers });
    }
    offsets.resolve(&mut problems);
    sort(&mut problems);
    Err(problems)
}

/// Whether a file is a table and no rules.
pub fn is_table(source: &Source) -> bool {
    Path::new(&source.name).extension().is_some_and(|extension| extension == "tsv")
}

/// The sources on which the reading of each broker's files rests, for the knowledge base that keeps them.
pub(super) fn sources(files: &[RuleFile<'_>], heads: &[Head<'_>], context: &mut Context) -> Vec<Vec<SourceId>> {
    let mut all = Vec::new();
    for head in heads {
        let mut own = Vec::new();
        for (file, keys) in BLOCKS {
            let path = format!("brokers/{}/{file}", head.id);
            for file in files.iter().filter(|file| file.path == path) {
                let mut quiet = Vec::new();
                let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut quiet) else {
                    continue;
                };
                for key in keys.into_iter().filter(|key| !key.is_empty()) {
                    for mut table in root.tables(key, "a block", &mut quiet) {
                        let names = table.texts("source", &mut quiet);
                        own.extend(context.source_ids(file.index, &names));
                    }
                }
            }
        }
        own.sort_unstable();
        own.dedup();
        all.push(own);
    }
    all
}

/// What must hold across tables and rules: rules speak of scopes and keys that there are.
fn check(brokers: &[BrokerKeys<'_>], context: &mut Context) {
    for keys in brokers {
        for rule in &keys.idle {
            for scope in &rule.scopes {
                let known = keys.of_scope(scope).next().is_some();
                if !known {
                    let message = format!("{} has no scope `{scope}`", keys.broker);
                    context.problems.push(Diagnostic::error("rule-value", message));
                }
            }
            for key in rule.keys.iter().filter(|key| !key.ends_with('*')) {
                let known = |scope: &String| {
                    !keys.declarations(scope, key).is_empty()
                        || keys.passed.iter().any(|passed| passed.scope == *scope && passed.is(key))
                };
                if !rule.scopes.iter().any(known) {
                    let message = format!("{} declares no `{key}`, of which a rule speaks", keys.broker);
                    context.problems.push(Diagnostic::error("rule-value", message));
                }
            }
        }
    }
}

/// Reads a level.
fn level(table: &mut Table<'_>, key: &'static str, context: &mut Context) -> Option<Level> {
    let text = table.text(key, &mut context.problems);
    context.word(table.file(), text, &[Level::Note, Level::Warning, Level::Error], Level::word)
}
