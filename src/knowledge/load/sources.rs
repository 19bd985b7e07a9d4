//! Reads the bibliography.

use super::context::Context;
use super::table::Table;
use super::{RuleFile, entries};
use crate::knowledge::source_entry::{Grade, SourceEntry};

/// Reads `sources/*.toml`; ids must be unique over all files.
pub(super) fn load(files: &[RuleFile<'_>], context: &mut Context) -> Vec<SourceEntry> {
    let mut all = Vec::new();
    for file in files.iter().filter(|file| file.is("sources")) {
        let Some(mut root) = Table::new(file.index, "a rule file", &file.root, &mut context.problems) else { continue };
        for entry in entries(root.take("source")) {
            if context.sources.iter().any(|known| *known == entry.key) {
                let message = format!("source `{}` is there twice", entry.key);
                context.problem("duplicate-id", file.index, entry.key_span, message, "second entry");
                continue;
            }
            let Some(mut table) = Table::new(file.index, "a source", &entry.value, &mut context.problems) else {
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
    let url = if affiliation.is_some_and(|whose| whose.text == "brokerfit") {
        table.text("url", &mut context.problems)
    } else {
        table.required("url", &mut context.problems)
    };
    let grade = table.required("grade", &mut context.problems);
    let place = table.required("where", &mut context.problems);
    let checked_on = table.required("checked_on", &mut context.problems);
    let version = table.required("version", &mut context.problems);
    let says = table.required("says", &mut context.problems);
    SourceEntry {
        id: context.texts.add(id),
        url: context.text(url),
        place: context.text(place),
        checked_on: context.text(checked_on),
        version: context.text(version),
        affiliation: context.text(affiliation),
        grade: context.word(table.file(), grade, &Grade::ALL, Grade::word).unwrap_or(Grade::Unsourced),
        says: context.text(says),
    }
}
