//! Reads `portfolio.toml`: what a second broker costs, and on what flows must agree that share one. No broker is named:
//! a condition speaks of the second one as `self`.

use super::RuleFile;
use super::brokers::Head;
use super::capabilities::own_types;
use super::context::{Context, RULES};
use super::names::{NameScope, Vocabulary};
use crate::expr::FactId;
use crate::knowledge::capability::SourceId;
use crate::knowledge::portfolio::{Agreement, Cost, CostCase, CostSize, SharedBy};
use crate::knowledge::written::Owner;
use crate::table::Table;

const FILE: &str = "portfolio.toml";

/// Reads what a second broker costs, and the agreements.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> (Vec<Cost>, Vec<Agreement>) {
    let (mut costs, mut agreements): (Vec<Cost>, Vec<Agreement>) = (Vec::new(), Vec::new());
    for file in files.iter().filter(|file| file.path == FILE) {
        let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut context.problems) else {
            continue;
        };
        for mut table in root.tables("cost", "a cost", &mut context.problems) {
            if let Some(found) = cost(&mut table, heads, vocabulary, context) {
                if costs.iter().any(|other| other.id == found.id) {
                    let message = format!("cost `{}` is there twice", context.texts.get(found.id));
                    context.problem("duplicate-id", table.file(), table.span(), message, "second entry");
                }
                costs.push(found);
            }
            table.finish(&mut context.problems);
        }
        for mut table in root.tables("agreement", "an agreement", &mut context.problems) {
            let facts = facts(&mut table, vocabulary, context);
            let shared_by = table.required("shared_by", &mut context.problems);
            let shared_by = context.word(table.file(), shared_by, &SharedBy::ALL, SharedBy::word);
            let because = table.required("because", &mut context.problems);
            let because = context.text(because);
            agreements.extend(shared_by.map(|shared_by| Agreement { facts, shared_by, because }));
            table.finish(&mut context.problems);
        }
        root.finish(&mut context.problems);
    }
    (costs, agreements)
}

fn cost(table: &mut Table<'_>, heads: &[Head<'_>], vocabulary: &mut Vocabulary, context: &mut Context) -> Option<Cost> {
    let file = table.file();
    let id = table.required("id", &mut context.problems);
    context.owner = Owner::of(&[id.map_or("", |id| id.text)]);
    let title = table.required("title", &mut context.problems);
    let how = table.required("how", &mut context.problems);
    let named = table.texts("source", &mut context.problems);
    let sources = context.source_ids(file, &named);
    if let (true, Some(id)) = (named.is_empty(), id) {
        let message = format!("cost `{}` names no source", id.text);
        context.problem("cost-unsourced", file, id.span, message, "add `source`");
    }
    let mut cases = Vec::new();
    for mut raw in table.tables("case", "a case", &mut context.problems) {
        cases.extend(case(&mut raw, &sources, heads, vocabulary, context));
        raw.finish(&mut context.problems);
    }
    Some(Cost { id: context.text(Some(id?)), title: context.text(title), how: context.text(how), sources, cases })
}

/// A case; what names no source of its own rests on those of the cost.
fn case(
    table: &mut Table<'_>,
    inherited: &[SourceId],
    heads: &[Head<'_>],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Option<CostCase> {
    let file = table.file();
    let size = table.required("size", &mut context.problems);
    let size = context.word(file, size, &CostSize::ALL, CostSize::word);
    let when = table.required("when", &mut context.problems);
    // What a broker knows of itself has the same type for each of them.
    let own = heads.first().and_then(|head| own_types(vocabulary, head.id));
    let mut scope = NameScope { own, ..NameScope::neutral(vocabulary) };
    let when = context.condition(file, when, &mut scope);
    let how = table.required("how", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    let sources = context.source_ids(file, &sources);
    let sources = if sources.is_empty() { inherited.to_vec() } else { sources };
    Some(CostCase { when: when?, size: size?, how: context.text(how), sources })
}

/// Facts by name; the name of a fact that each broker has of its own stands for all of them.
fn facts(table: &mut Table<'_>, vocabulary: &Vocabulary, context: &mut Context) -> Vec<FactId> {
    let file = table.file();
    let mut found = Vec::new();
    for name in table.texts("facts", &mut context.problems) {
        let own = format!("{}.", name.text);
        let named = vocabulary.facts.iter().filter(|(fact, _)| *fact == name.text || fact.starts_with(&own));
        let before = found.len();
        found.extend(named.map(|(_, (fact, _))| *fact));
        if found.len() == before {
            let message = format!("no fact is called `{}`", name.text);
            context.problem("rule-value", file, name.span, message, "unknown fact");
        }
    }
    found
}
