//! The parts of a sizing file as they are written: texts and places, not yet compiled.

use super::super::brokers::Head;
use super::super::context::Context;
use super::super::keys;
use crate::knowledge::broker::OptionId;
use crate::knowledge::capability::SourceId;
use crate::knowledge::setting::{CatalogueKey, Scope};
use crate::knowledge::sizing::AmountOf;
use crate::table::{Spanned, Table};

/// All parts of one broker's file.
pub(super) struct Parts<'t> {
    pub(super) nodes: Vec<Raw<'t>>,
    pub(super) resources: Vec<Raw<'t>>,
    pub(super) floors: Vec<Raw<'t>>,
    pub(super) amounts: Vec<Raw<'t>>,
    pub(super) remarks: Vec<Raw<'t>>,
}

/// One part: what all parts have, and the formulas of its kind by their names.
pub(super) struct Raw<'t> {
    pub(super) file: usize,
    pub(super) id: Spanned<'t>,
    pub(super) key: u16,
    pub(super) of: AmountOf,
    pub(super) options: Vec<OptionId>,
    pub(super) title: Option<Spanned<'t>>,
    pub(super) when: Option<Spanned<'t>>,
    pub(super) formulas: Vec<(&'static str, Spanned<'t>)>,
    pub(super) why: Spanned<'t>,
    pub(super) texts: Vec<(&'static str, Spanned<'t>)>,
    pub(super) assumed: Option<Spanned<'t>>,
    pub(super) sources: Vec<SourceId>,
}

impl<'t> Raw<'t> {
    /// A formula by its name.
    pub(super) fn formula(&self, name: &str) -> Option<Spanned<'t>> {
        self.formulas.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }

    /// A further text by its name.
    pub(super) fn text(&self, name: &str) -> Option<Spanned<'t>> {
        self.texts.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
    }
}

/// What a kind of part has beside what all have.
struct Shape {
    key: &'static str,
    titled: bool,
    required: &'static [&'static str],
    optional: &'static [&'static str],
    texts: &'static [&'static str],
}

const NODES: Shape = Shape {
    key: "nodes",
    titled: true,
    required: &["spare", "round", "most", "spread"],
    optional: &[],
    texts: &["beyond", "unspread"],
};
const RESOURCE: Shape =
    Shape { key: "resource", titled: true, required: &["demand", "supply"], optional: &["most"], texts: &[] };
const FLOOR: Shape = Shape { key: "floor", titled: true, required: &["count"], optional: &[], texts: &[] };
const AMOUNT: Shape = Shape { key: "amount", titled: true, required: &["value"], optional: &[], texts: &[] };
const REMARK: Shape = Shape { key: "remark", titled: false, required: &[], optional: &[], texts: &[] };

impl<'t> Parts<'t> {
    /// Reads all parts of a file.
    pub(super) fn read(
        root: &mut Table<'t>,
        head: &Head<'_>,
        catalogue: &[CatalogueKey],
        context: &mut Context,
    ) -> Self {
        let mut all = |shape: &Shape| {
            let mut found = Vec::new();
            for mut table in root.tables(shape.key, "a part of the sizing", &mut context.problems) {
                found.extend(part(&mut table, shape, head, catalogue, context));
                table.finish(&mut context.problems);
            }
            found
        };
        Self {
            nodes: all(&NODES),
            resources: all(&RESOURCE),
            floors: all(&FLOOR),
            amounts: all(&AMOUNT),
            remarks: all(&REMARK),
        }
    }
}

fn part<'t>(
    table: &mut Table<'t>,
    shape: &Shape,
    head: &Head<'_>,
    catalogue: &[CatalogueKey],
    context: &mut Context,
) -> Option<Raw<'t>> {
    let file = table.file();
    let (id, key, options) = if shape.key == NODES.key {
        let keys::Named { id, key, options, .. } = keys::named(table, head, &Scope::ALL, catalogue, context)?;
        (Some(id), key, options)
    } else {
        let id = table.required("id", &mut context.problems);
        let options = table.texts("options", &mut context.problems);
        (id, 0, head.options(file, &options, context))
    };
    let title = if shape.titled { table.required("title", &mut context.problems) } else { None };
    let of = if shape.key == AMOUNT.key {
        let of = table.required("of", &mut context.problems);
        context.word(file, of, &AmountOf::ALL, AmountOf::word)
    } else {
        Some(AmountOf::Load)
    };
    let when = table.text("when", &mut context.problems);
    let mut formulas = Vec::new();
    for name in shape.required {
        formulas.extend(table.required(name, &mut context.problems).map(|text| (*name, text)));
    }
    for name in shape.optional {
        formulas.extend(table.text(name, &mut context.problems).map(|text| (*name, text)));
    }
    let mut texts = Vec::new();
    for name in shape.texts {
        texts.extend(table.required(name, &mut context.problems).map(|text| (*name, text)));
    }
    let why = table.required("why", &mut context.problems);
    let assumed = table.text("assumed", &mut context.problems);
    let named = table.texts("source", &mut context.problems);
    if let (true, None, Some(id)) = (named.is_empty(), assumed, id) {
        let message = format!("`{}` names no source, and is not said to be assumed", id.text);
        context.problem("sizing-unsourced", file, id.span, message, "add `source` or `assumed`");
    }
    let sources = context.source_ids(file, &named);
    Some(Raw { file, id: id?, key, of: of?, options, title, when, formulas, why: why?, texts, assumed, sources })
}
