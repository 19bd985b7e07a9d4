//! Reads the bibliography.

use super::context::{Context, RULES};
use super::{RuleFile, entries};
use crate::knowledge::source_entry::{Conditions, Grade, OWN, SourceEntry};
use crate::quantity::Date;
use crate::table::{Spanned, Table};

/// Reads `sources/*.toml`; ids must be unique over all files.
pub(super) fn load(files: &[RuleFile<'_>], context: &mut Context) -> Vec<SourceEntry> {
    let mut all = Vec::new();
    for file in files.iter().filter(|file| file.is("sources")) {
        let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut context.problems) else {
            continue;
        };
        for entry in entries(root.take("source")) {
            if context.sources.iter().any(|known| *known == entry.key) {
                let message = format!("source `{}` is there twice", entry.key);
                context.problem("duplicate-id", file.index, entry.key_span, message, "second entry");
                continue;
            }
            let Some(mut table) = Table::new(RULES, file.index, "a source", &entry.value, &mut context.problems) else {
                continue;
            };
            all.push(source(&mut table, &entry.key, context));
            table.finish(&mut context.problems);
            context.sources.push(entry.key.to_string());
            context.used_sources.push(false);
        }
        root.finish(&mut context.problems);
    }
    all
}

fn source(table: &mut Table<'_>, id: &str, context: &mut Context) -> SourceEntry {
    let affiliation = table.required("affiliation", &mut context.problems);
    let url = if affiliation.is_some_and(|whose| whose.text == OWN) {
        table.text("url", &mut context.problems)
    } else {
        table.required("url", &mut context.problems)
    };
    let grade = table.required("grade", &mut context.problems);
    let place = table.required("where", &mut context.problems);
    let checked_on = table.required("checked_on", &mut context.problems);
    dated(table.file(), checked_on, Date::parse, "write the day, as in 2026-11-23", context);
    let version = table.required("version", &mut context.problems);
    let says = table.required("says", &mut context.problems);
    let conditions = table.take("conditions");
    let conditions = conditions
        .and_then(|node| Table::new(RULES, table.file(), "`conditions`", node, &mut context.problems))
        .map(|table| self::conditions(table, context));
    SourceEntry {
        id: context.texts.add(id),
        url: context.text(url),
        place: context.text(place),
        checked_on: context.text(checked_on),
        version: context.text(version),
        affiliation: context.text(affiliation),
        grade: context.word(table.file(), grade, &Grade::ALL, Grade::word).unwrap_or(Grade::Unsourced),
        says: context.text(says),
        conditions,
    }
}

fn conditions(mut table: Table<'_>, context: &mut Context) -> Conditions {
    let measured_on = table.text("measured_on", &mut context.problems);
    dated(table.file(), measured_on, Date::parse_about, "write a year, a month or a day, as in \"2020-06\"", context);
    let mut text = |key: &'static str| {
        let text = table.text(key, &mut context.problems)?;
        Some(context.texts.add(text.text))
    };
    let conditions = Conditions {
        message: text("message"),
        replication: text("replication"),
        hardware: text("hardware"),
        note: text("note"),
        measured_on: measured_on.map(|text| context.texts.add(text.text)),
    };
    table.finish(&mut context.problems);
    conditions
}

/// Refuses what is no date.
fn dated(
    file: usize,
    text: Option<Spanned<'_>>,
    parse: fn(&str) -> Option<Date>,
    expected: &str,
    context: &mut Context,
) {
    if let Some(text) = text
        && parse(text.text).is_none()
    {
        context.problem("rule-value", file, text.span, format!("`{}` is no date", text.text), expected);
    }
}
