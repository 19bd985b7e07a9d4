//! Reads `reading.toml` and `idle.toml` of a broker: how it reads files, and what it takes without effect.

use std::borrow::Cow;

use super::super::RuleFile;
use super::super::context::{Context, RULES};
use super::level;
use crate::knowledge::declared::{BrokerKeys, Idle, Passed, Reading, Row, Section, Sibling, Target};
use crate::knowledge::{Level, SourceId};
use crate::table::{Spanned, Table};

/// Reads the rules of a broker and joins them with its rows; nothing where it has none.
pub(super) fn read<'s>(
    files: &[RuleFile<'_>],
    broker: &'s str,
    rows: Vec<Row<'s>>,
    context: &mut Context,
) -> Option<BrokerKeys<'s>> {
    let path = format!("brokers/{broker}/reading.toml");
    let file = files.iter().find(|file| file.path == path)?;
    let mut root = Table::new(RULES, file.index, "a rule file", &file.root, &mut context.problems)?;
    let mut lists = root.tables("lists", "the lists", &mut context.problems);
    let mut line = |key| lists.first_mut().and_then(|lists| context.version(lists, key));
    let (oldest, newest) = (line("oldest"), line("newest"));
    let mut tables = |key| root.tables(key, "a block", &mut context.problems);
    let (reads, passed, targets, sections) = (tables("reads"), tables("passed"), tables("target"), tables("section"));
    root.finish(&mut context.problems);
    let mut idle = Vec::new();
    let path = format!("brokers/{broker}/idle.toml");
    for file in files.iter().filter(|file| file.path == path) {
        let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut context.problems) else {
            continue;
        };
        for (key, refused) in [("refused", true), ("idle", false)] {
            for table in root.tables(key, "a block", &mut context.problems) {
                idle.extend(rule(table, refused, context));
            }
        }
        root.finish(&mut context.problems);
    }
    Some(BrokerKeys {
        broker,
        oldest: oldest?,
        newest: newest?,
        rows,
        reads: reads.into_iter().filter_map(|table| reading(table, context)).collect(),
        passed: passed.into_iter().filter_map(|table| handed_on(table, context)).collect(),
        targets: targets.into_iter().filter_map(|table| target(table, context)).collect(),
        sections: sections.into_iter().filter_map(|table| section(table, context)).collect(),
        idle,
    })
}

fn owned(text: Spanned<'_>) -> Cow<'static, str> {
    Cow::Owned(text.text.to_owned())
}

fn texts(table: &mut Table<'_>, key: &'static str, context: &mut Context) -> Vec<String> {
    table.texts(key, &mut context.problems).into_iter().map(|text| text.text.to_owned()).collect()
}

fn sources(table: &mut Table<'_>, context: &mut Context) -> Vec<SourceId> {
    let names = table.texts("source", &mut context.problems);
    if names.is_empty() {
        context.problem(
            "declared-unsourced",
            table.file(),
            table.span(),
            "a rule names no source".to_owned(),
            "add `source`",
        );
    }
    context.source_ids(table.file(), &names)
}

fn reading(mut table: Table<'_>, context: &mut Context) -> Option<Reading<'static>> {
    let item = table.required("item", &mut context.problems);
    let scope = table.required("scope", &mut context.problems);
    let of = table.required("of", &mut context.problems);
    let typed = table.flag("typed", &mut context.problems);
    let type_keys = texts(&mut table, "type_keys", context);
    let unknown = level(&mut table, "unknown", context);
    let strange = level(&mut table, "strange", context);
    let then_unknown = table.required("then_unknown", &mut context.problems);
    let then_refused = table.required("then_refused", &mut context.problems);
    let then_idle = table.text("then_idle", &mut context.problems);
    let sources = sources(&mut table, context);
    table.finish(&mut context.problems);
    Some(Reading {
        item: owned(item?),
        scope: owned(scope?),
        of: owned(of?),
        typed,
        type_keys,
        unknown: unknown?,
        strange: strange.or(unknown)?,
        then_unknown: owned(then_unknown?),
        then_refused: owned(then_refused?),
        then_idle: then_idle.map_or(Cow::Borrowed(""), owned),
        sources,
    })
}

fn handed_on(mut table: Table<'_>, context: &mut Context) -> Option<Passed<'static>> {
    let scope = table.required("scope", &mut context.problems);
    let keys = texts(&mut table, "keys", context);
    let why = table.required("why", &mut context.problems);
    let sources = sources(&mut table, context);
    table.finish(&mut context.problems);
    Some(Passed { scope: owned(scope?), keys, why: owned(why?), sources })
}

fn target(mut table: Table<'_>, context: &mut Context) -> Option<Target<'static>> {
    let word = table.required("word", &mut context.problems);
    let takes = texts(&mut table, "takes", context);
    let called = table.required("called", &mut context.problems);
    table.finish(&mut context.problems);
    Some(Target { word: owned(word?), takes, called: owned(called?) })
}

fn section(mut table: Table<'_>, context: &mut Context) -> Option<Section<'static>> {
    let shape = table.required("shape", &mut context.problems);
    let of = table.required("of", &mut context.problems);
    let level = level(&mut table, "level", context);
    let then = table.required("then", &mut context.problems);
    let sources = sources(&mut table, context);
    table.finish(&mut context.problems);
    Some(Section { shape: owned(shape?), of: owned(of?), level: level?, then: owned(then?), sources })
}

fn sibling(table: &mut Table<'_>, keys: &'static str, values: &'static str, context: &mut Context) -> Option<Sibling> {
    let (keys, values) = (texts(table, keys, context), texts(table, values, context));
    (!keys.is_empty()).then_some(Sibling { keys, values })
}

fn rule(mut table: Table<'_>, refused: bool, context: &mut Context) -> Option<Idle<'static>> {
    let scopes = texts(&mut table, "scope", context);
    let keys = texts(&mut table, "keys", context);
    let except = texts(&mut table, "except", context);
    let since = context.version(&mut table, "since");
    let until = context.version(&mut table, "until");
    let shapes = texts(&mut table, "shapes", context);
    let queues = texts(&mut table, "queues", context);
    let values = texts(&mut table, "values", context);
    let unless_values = texts(&mut table, "unless_values", context);
    let with = sibling(&mut table, "with", "with_values", context);
    let without = sibling(&mut table, "without", "without_values", context);
    let undeclared = table.text("undeclared", &mut context.problems).map(|text| text.text.to_owned());
    let level = level(&mut table, "level", context);
    let why = table.required("why", &mut context.problems);
    let instead = table.text("instead", &mut context.problems);
    let sources = sources(&mut table, context);
    table.finish(&mut context.problems);
    let usual = if refused { Level::Error } else { Level::Warning };
    Some(Idle {
        scopes,
        keys,
        except,
        since,
        until,
        shapes,
        queues,
        values,
        unless_values,
        with,
        without,
        undeclared,
        refused,
        level: level.unwrap_or(usual),
        why: owned(why?),
        instead: instead.map_or(Cow::Borrowed(""), owned),
        sources,
    })
}
