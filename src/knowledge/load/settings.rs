//! Reads the catalogue of keys that brokers and their clients declare.

use super::brokers::Head;
use super::context::Context;
use super::{RuleFile, blocks};
use crate::knowledge::broker::Version;
use crate::knowledge::setting::{CatalogueKey, KeyType, KeyUnit, Scope};
use crate::table::Table;

/// Reads `brokers/<broker>/settings.toml` of every broker.
pub(super) fn load(files: &[RuleFile<'_>], heads: &[Head<'_>], context: &mut Context) -> Vec<CatalogueKey> {
    let mut all: Vec<CatalogueKey> = Vec::new();
    for head in heads {
        for (_, mut table) in blocks(files, &format!("brokers/{}/settings.toml", head.id), "key", context) {
            let Some(key) = key(&mut table, head, context) else { continue };
            if all.iter().any(|known| known.broker == key.broker && known.id == key.id && known.scope == key.scope) {
                let message = format!("key `{}` is there twice in this scope", context.texts.get(key.id));
                context.problem("duplicate-id", table.file(), table.span(), message, "second entry");
            }
            all.push(key);
            table.finish(&mut context.problems);
        }
    }
    all
}

fn key(table: &mut Table<'_>, head: &Head<'_>, context: &mut Context) -> Option<CatalogueKey> {
    let file = table.file();
    let id = table.required("id", &mut context.problems)?;
    let scope = table.required("scope", &mut context.problems);
    let scope = context.word(file, scope, &Scope::ALL, Scope::word)?;
    let kind = table.required("type", &mut context.problems);
    let kind = context.word(file, kind, &KeyType::ALL, KeyType::word)?;
    let unit = table.text("unit", &mut context.problems);
    let unit = context.word(file, unit, &KeyUnit::ALL, KeyUnit::word).unwrap_or(KeyUnit::Count);
    let default = table.required("default", &mut context.problems);
    let about = table.required("about", &mut context.problems);
    let words = table.texts("words", &mut context.problems);
    let options = table.texts("options", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    let defaults = defaults(table, context);
    Some(CatalogueKey {
        broker: head.broker,
        id: context.text(Some(id)),
        scope,
        kind,
        unit,
        min: table.number("min", &mut context.problems),
        max: table.number("max", &mut context.problems),
        default: context.text(default),
        defaults,
        since: context.version(table, "since"),
        until: context.version(table, "until"),
        words: words.into_iter().map(|word| context.text(Some(word))).collect(),
        options: head.options(file, &options, context),
        about: context.text(about),
        sources: context.source_ids(file, &sources),
    })
}

fn defaults(table: &mut Table<'_>, context: &mut Context) -> Vec<(Version, crate::knowledge::Text)> {
    let mut all = Vec::new();
    for mut line in table.tables("defaults", "a default", &mut context.problems) {
        let since = context.version(&mut line, "since");
        let default = line.required("default", &mut context.problems);
        let default = context.text(default);
        all.extend(since.map(|since| (since, default)));
        line.finish(&mut context.problems);
    }
    all
}
