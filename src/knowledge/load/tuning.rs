//! Reads when to set which key to what. A rule is compiled once for each option that it speaks of, in that option's
//! scope, so that its formulas can use the option's own quantities.

use super::brokers::Head;
use super::capabilities::{Quantities, own_types};
use super::context::Context;
use super::names::{NameScope, Vocabulary};
use super::sizing::Counts;
use super::{CASE, RuleFile, blocks, keys, sizing};
use crate::expr::{ExprId, FactId, Wants};
use crate::knowledge::broker::{OptionId, Version};
use crate::knowledge::setting::{CatalogueKey, Choice, KeyType, Scope, Tuning};
use crate::knowledge::text::Template;
use crate::knowledge::written::Owner;
use crate::table::{Spanned, Table};

/// Reads `brokers/<broker>/tuning.toml` of every broker; a rule may name the number of nodes.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    catalogue: &[CatalogueKey],
    counts: &Counts,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<Tuning> {
    let mut all = Vec::new();
    for head in heads {
        let scopes = sizing::scopes(files, head, counts, vocabulary, context);
        for (_, mut table) in blocks(files, &format!("brokers/{}/tuning.toml", head.id), "setting", context) {
            if let Some(raw) = raw(&mut table, head, catalogue, context) {
                for (option, quantities) in &scopes {
                    if raw.options.is_empty() || raw.options.contains(option) {
                        all.extend(tuning(&raw, head, *option, quantities, vocabulary, context));
                    }
                }
            }
            table.finish(&mut context.problems);
        }
    }
    all
}

/// A rule as written: texts and places, not yet compiled.
struct Raw<'t> {
    file: usize,
    id: &'t str,
    key: u16,
    kind: KeyType,
    options: Vec<OptionId>,
    since: Option<Version>,
    until: Option<Version>,
    when: Option<Spanned<'t>>,
    choose: Vec<(Option<Spanned<'t>>, Spanned<'t>)>,
    why: Spanned<'t>,
    risk: Option<Spanned<'t>>,
    sources: Vec<crate::knowledge::SourceId>,
}

fn raw<'t>(
    table: &mut Table<'t>,
    head: &Head<'_>,
    catalogue: &[CatalogueKey],
    context: &mut Context,
) -> Option<Raw<'t>> {
    let file = table.file();
    table.take(CASE);
    let keys::Named { id, key, options, .. } = keys::named(table, head, &Scope::ALL, catalogue, context)?;
    let since = context.version(table, "since");
    let until = context.version(table, "until");
    let when = table.text("when", &mut context.problems);
    let choose = choices(table, context);
    let why = table.required("why", &mut context.problems)?;
    let risk = table.text("risk", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    let sources = context.source_ids(file, &sources);
    let kind = catalogue.get(usize::from(key)).map_or(KeyType::Text, |key| key.kind);
    Some(Raw { file, id: id.text, key, kind, options, since, until, when, choose, why, risk, sources })
}

/// Reads `choose` and `value`: what is chosen where, in order.
pub(super) fn choices<'t>(table: &mut Table<'t>, context: &mut Context) -> Vec<(Option<Spanned<'t>>, Spanned<'t>)> {
    let mut choose = Vec::new();
    for mut case in table.tables("choose", "a choice", &mut context.problems) {
        let when = case.text("when", &mut context.problems);
        let value = case.required("value", &mut context.problems);
        case.finish(&mut context.problems);
        choose.extend(value.map(|value| (when, value)));
    }
    if let Some(value) = table.text("value", &mut context.problems) {
        choose.push((None, value));
    }
    if choose.is_empty() {
        let message = "a setting needs `value` or `choose`".to_owned();
        context.problem("rule-field-missing", table.file(), table.span(), message, "no value");
    }
    choose
}

fn tuning(
    raw: &Raw<'_>,
    head: &Head<'_>,
    option: OptionId,
    quantities: &Quantities,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Option<Tuning> {
    context.owner = Owner::of(&[raw.id]);
    let own = own_types(vocabulary, head.id);
    let mut scope = NameScope { vocabulary, quantities: quantities.clone(), own };
    let when = context.condition(raw.file, raw.when, &mut scope);
    let mut choose = Vec::new();
    for (condition, value) in &raw.choose {
        let condition = context.condition(raw.file, *condition, &mut scope);
        let value = choice((raw.file, raw.kind), *value, &mut scope, context)?;
        choose.push((condition, value));
    }
    let why = context.template(raw.file, Some(raw.why), &mut scope);
    let risk = raw.risk.map(|text| context.template(raw.file, Some(text), &mut scope));
    let constant = when.is_none() && reads(&choose, context).is_empty();
    Some(Tuning {
        key: raw.key,
        options: vec![option],
        when,
        since: raw.since,
        until: raw.until,
        choose,
        constant,
        why,
        risk,
        sources: raw.sources.clone(),
    })
}

/// A value: an amount or a condition by the key's type, else a text, which stands in its own quotes.
pub(super) fn choice(
    (file, kind): (usize, KeyType),
    value: Spanned<'_>,
    scope: &mut NameScope<'_>,
    context: &mut Context,
) -> Option<Choice> {
    let literal = value.text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    if let Some(literal) = literal {
        let template = context.template(file, Some(Spanned { text: literal, ..value }), scope);
        return Some(Choice::Text(template));
    }
    match kind {
        KeyType::Integer | KeyType::Number => {
            context.expression(file, value, Wants::Number(None), scope).map(|(id, _)| Choice::Number(id))
        }
        KeyType::Boolean => context.condition(file, Some(value), scope).map(Choice::Boolean),
        KeyType::Text if value.text.contains(['(', '*', '/']) => {
            context.expression(file, value, Wants::Number(None), scope).map(|(id, _)| Choice::Number(id))
        }
        KeyType::Word | KeyType::Text => Some(Choice::Text(context.template(file, Some(value), scope))),
    }
}

fn reads(choose: &[(Option<ExprId>, Choice)], context: &Context) -> Vec<FactId> {
    let mut read = Vec::new();
    for (condition, value) in choose {
        if let Some(condition) = condition {
            context.program.reads(*condition, &mut read);
        }
        match value {
            Choice::Number(id) | Choice::Boolean(id) => context.program.reads(*id, &mut read),
            Choice::Text(template) => template_reads(template, context, &mut read),
        }
    }
    read
}

fn template_reads(template: &Template, context: &Context, read: &mut Vec<FactId>) {
    for id in template.expressions() {
        context.program.reads(id, read);
    }
}
