//! Reads how a client calls a setting and writes its values; what is left out is as the catalogue has it.

use super::super::context::Context;
use super::super::entries;
use crate::knowledge::client::Naming;
use crate::knowledge::setting::{CatalogueKey, KeyType, KeyUnit, Measure};
use crate::knowledge::text::Text;
use crate::source::Kind;
use crate::table::{Spanned, Table};

/// The hole in a call where the value goes.
const HOLE: &str = "{value}";

/// A key that is called and written as the catalogue has it.
pub(super) fn same(key: Spanned<'_>, entry: &CatalogueKey, context: &mut Context) -> Naming {
    Naming {
        name: context.text(Some(key)),
        code: None,
        measure: entry.measure(),
        default: None,
        defaults: Vec::new(),
        words: Vec::new(),
        only: None,
        at_most: None,
        note: None,
        since: None,
    }
}

/// Reads the fields of a naming; with an entry of the catalogue behind it, or on its own.
pub(super) fn read(table: &mut Table<'_>, entry: Option<&CatalogueKey>, context: &mut Context) -> Option<Naming> {
    let file = table.file();
    let name = table.required("as", &mut context.problems)?;
    let code = table.text("code", &mut context.problems);
    let measure = measure(table, entry, context)?;
    let default = table.text("default", &mut context.problems);
    let only = table.text("only", &mut context.problems);
    if entry.is_none() && default.is_none() {
        let message = format!("`{}` has no `default`", name.text);
        context.problem("rule-field-missing", file, table.span(), message, "`default` is required");
    }
    if let Some(code) = code.filter(|code| only.is_none() && !code.text.contains(HOLE)) {
        let message = format!("`{}` does not say where the value goes", code.text);
        context.problem("rule-value", file, code.span, message, "write {value}, or `only`");
    }
    let defaults = defaults(table, context);
    let words = words(table, context);
    let at_most = table.text("at_most", &mut context.problems);
    let note = table.text("note", &mut context.problems);
    let mut kept = |text: Option<Spanned<'_>>| text.map(|text| context.text(Some(text)));
    let (code, default, only, at_most, note) = (kept(code), kept(default), kept(only), kept(at_most), kept(note));
    let since = context.version(table, "since");
    let name = context.text(Some(name));
    Some(Naming { name, code, measure, default, defaults, words, only, at_most, note, since })
}

/// Type, unit and range. A range that is not named is the catalogue's, as long as the unit is.
fn measure(table: &mut Table<'_>, entry: Option<&CatalogueKey>, context: &mut Context) -> Option<Measure> {
    let file = table.file();
    let kind = match entry {
        Some(_) => table.text("type", &mut context.problems),
        None => table.required("type", &mut context.problems),
    };
    let kind = context.word(file, kind, &KeyType::ALL, KeyType::word).or(entry.map(|entry| entry.kind))?;
    let unit = table.text("unit", &mut context.problems);
    let unit = context.word(file, unit, &KeyUnit::ALL, KeyUnit::word);
    let whole = entry.filter(|entry| unit.is_none_or(|unit| unit == entry.unit));
    let min = table.number("min", &mut context.problems).or(whole.and_then(|entry| entry.min));
    let max = table.number("max", &mut context.problems).or(whole.and_then(|entry| entry.max));
    let unit = unit.or(entry.map(|entry| entry.unit)).unwrap_or(KeyUnit::Count);
    if let Some(entry) = entry.filter(|entry| entry.unit.dimension() != unit.dimension()) {
        let message = format!("`{}` is no unit for what is in `{}`", unit.word(), entry.unit.word());
        context.problem("rule-value", file, table.span(), message, "another dimension");
    }
    Some(Measure { kind, unit, min, max })
}

fn defaults(table: &mut Table<'_>, context: &mut Context) -> Vec<(crate::knowledge::Version, Text)> {
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

fn words(table: &mut Table<'_>, context: &mut Context) -> Vec<(Text, Text)> {
    let mut all = Vec::new();
    for entry in entries(table.take("words")) {
        let Kind::Scalar(scalar) = &entry.value.kind else { continue };
        all.push((context.texts.add(&entry.key), context.texts.add(&scalar.text)));
    }
    all
}
