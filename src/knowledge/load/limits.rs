//! Reads between which values of a key workloads can live. A limit is compiled once for each option that it speaks of,
//! in that option's scope, so that its formulas can use the option's own quantities.

use super::brokers::Head;
use super::capabilities::{Quantities, own_types, quantities_of_options};
use super::context::Context;
use super::names::{NameScope, Vocabulary};
use super::{RuleFile, blocks, keys};
use crate::expr::Wants;
use crate::knowledge::broker::{OptionId, Version};
use crate::knowledge::capability::SourceId;
use crate::knowledge::conflict::Level;
use crate::knowledge::limit::{Bound, Limit};
use crate::knowledge::setting::{CatalogueKey, KeyType, Scope};
use crate::knowledge::written::Owner;
use crate::table::{Spanned, Table};

/// What is declared in files: only of these a value can be found there.
const SCOPES: [Scope; 4] = [Scope::Broker, Scope::Topic, Scope::Queue, Scope::Policy];

/// Reads `brokers/<broker>/limits.toml` of every broker.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    catalogue: &[CatalogueKey],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<Limit> {
    let mut all = Vec::new();
    for head in heads {
        let blocks = blocks(files, &format!("brokers/{}/limits.toml", head.id), "limit", context);
        if blocks.is_empty() {
            continue;
        }
        let scopes = quantities_of_options(files, head, vocabulary, context);
        for (_, mut table) in blocks {
            if let Some(raw) = raw(&mut table, head, catalogue, context) {
                let speaks = |option| raw.options.is_empty() || raw.options.contains(option);
                for (option, quantities) in scopes.iter().filter(|(option, _)| speaks(option)) {
                    let key = catalogue.get(usize::from(raw.key));
                    all.extend(key.and_then(|key| limit(&raw, head, key, (*option, quantities), vocabulary, context)));
                }
            }
            table.finish(&mut context.problems);
        }
    }
    all
}

/// A limit as written: texts and places, not yet compiled.
struct Raw<'t> {
    file: usize,
    id: Spanned<'t>,
    key: u16,
    options: Vec<OptionId>,
    since: Option<Version>,
    until: Option<Version>,
    when: Option<Spanned<'t>>,
    bound: RawBound<'t>,
    required: bool,
    instead: Vec<u16>,
    beside: Vec<u16>,
    times: Option<u16>,
    shared: bool,
    level: Level,
    why: Spanned<'t>,
    remedy: Option<Spanned<'t>>,
    sources: Vec<SourceId>,
}

enum RawBound<'t> {
    AtLeast(Spanned<'t>),
    AtMost(Spanned<'t>),
    OneOf(Vec<Spanned<'t>>),
    NoneOf(Vec<Spanned<'t>>),
    Below(u16),
    Set,
}

fn raw<'t>(
    table: &mut Table<'t>,
    head: &Head<'_>,
    catalogue: &[CatalogueKey],
    context: &mut Context,
) -> Option<Raw<'t>> {
    let file = table.file();
    let keys::Named { id, scope, key, options } = keys::named(table, head, &SCOPES, catalogue, context)?;
    let find = |id: Spanned<'_>, context: &mut Context| keys::find(file, id, (head.broker, scope), catalogue, context);
    let since = context.version(table, "since");
    let until = context.version(table, "until");
    let when = table.text("when", &mut context.problems);
    let required = table.flag("required", &mut context.problems);
    let shared = table.flag("shared", &mut context.problems);
    let others = |field: &'static str, table: &mut Table<'t>, context: &mut Context| -> Vec<u16> {
        let names = table.texts(field, &mut context.problems);
        names.into_iter().filter_map(|name| find(name, context)).collect()
    };
    let instead = others("instead", table, context);
    let beside = others("beside", table, context);
    let times = others("times", table, context).first().copied();
    let below = others("below", table, context).first().copied();
    let bound = bound(table, id, required, below, context)?;
    let level = table.required("level", &mut context.problems);
    let level = context.word(file, level, &Level::ALL, Level::word);
    let why = table.required("why", &mut context.problems);
    let remedy = table.text("remedy", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    if sources.is_empty() {
        let message = format!("limit of `{}` names no source", id.text);
        context.problem("limit-unsourced", file, id.span, message, "add `source`");
    }
    let sources = context.source_ids(file, &sources);
    let (level, why) = (level?, why?);
    Some(Raw {
        file,
        id,
        key,
        options,
        since,
        until,
        when,
        bound,
        required,
        instead,
        beside,
        times,
        shared,
        level,
        why,
        remedy,
        sources,
    })
}

/// The one thing that holds of the value.
fn bound<'t>(
    table: &mut Table<'t>,
    id: Spanned<'t>,
    required: bool,
    below: Option<u16>,
    context: &mut Context,
) -> Option<RawBound<'t>> {
    let at_least = table.text("at_least", &mut context.problems).map(RawBound::AtLeast);
    let at_most = table.text("at_most", &mut context.problems).map(RawBound::AtMost);
    let is = table.text("is", &mut context.problems).map(|word| RawBound::OneOf(vec![word]));
    let mut words = |field| Some(table.texts(field, &mut context.problems)).filter(|words| !words.is_empty());
    let one_of = words("one_of").map(RawBound::OneOf);
    let none_of = words("not").map(RawBound::NoneOf);
    let below = below.map(RawBound::Below);
    let mut all: Vec<RawBound<'_>> = [at_least, at_most, is, one_of, none_of, below].into_iter().flatten().collect();
    match all.pop() {
        Some(only) if all.is_empty() => Some(only),
        None if required => Some(RawBound::Set),
        _ => {
            let message = format!(
                "the limit of `{}` needs one of `at_least`, `at_most`, `is`, `one_of`, `not`, `below`, or `required` alone",
                id.text
            );
            context.problem("rule-field-missing", table.file(), id.span, message, "what must hold?");
            None
        }
    }
}

fn limit(
    raw: &Raw<'_>,
    head: &Head<'_>,
    key: &CatalogueKey,
    (option, quantities): (OptionId, &Quantities),
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Option<Limit> {
    context.owner = Owner::of(&[raw.id.text, "limit"]);
    let own = own_types(vocabulary, head.id);
    let mut scope = NameScope { vocabulary, quantities: quantities.clone(), own };
    let when = match raw.when {
        Some(when) => Some(context.condition(raw.file, Some(when), &mut scope)?),
        None => None,
    };
    let bound = match &raw.bound {
        RawBound::AtLeast(formula) => Bound::AtLeast(amount(raw, key, *formula, &mut scope, context)?),
        RawBound::AtMost(formula) => Bound::AtMost(amount(raw, key, *formula, &mut scope, context)?),
        RawBound::OneOf(words) => Bound::OneOf(known(raw, key, words, context)),
        RawBound::NoneOf(words) => Bound::NoneOf(known(raw, key, words, context)),
        RawBound::Below(other) => Bound::Below(*other),
        RawBound::Set => Bound::Set,
    };
    let why = context.template(raw.file, Some(raw.why), &mut scope);
    let remedy = raw.remedy.map(|text| context.template(raw.file, Some(text), &mut scope));
    Some(Limit {
        key: raw.key,
        option,
        when,
        since: raw.since,
        until: raw.until,
        bound,
        required: raw.required,
        instead: raw.instead.clone(),
        beside: raw.beside.clone(),
        times: raw.times,
        shared: raw.shared,
        level: raw.level,
        why,
        remedy,
        sources: raw.sources.clone(),
    })
}

/// An amount of the key's own unit.
fn amount(
    raw: &Raw<'_>,
    key: &CatalogueKey,
    formula: Spanned<'_>,
    scope: &mut NameScope<'_>,
    context: &mut Context,
) -> Option<crate::expr::ExprId> {
    if !key.is_amount() {
        let message = format!("`{}` is of type {} and has no amount", raw.id.text, key.kind.word());
        context.problem("rule-value", raw.file, formula.span, message, "name words: `is`, `one_of`, `not`");
        return None;
    }
    context.expression(raw.file, formula, Wants::Number(Some(key.unit.dimension())), scope).map(|(id, _)| id)
}

/// Words that the key may have.
fn known(
    raw: &Raw<'_>,
    key: &CatalogueKey,
    words: &[Spanned<'_>],
    context: &mut Context,
) -> Vec<crate::knowledge::Text> {
    for word in words {
        let allowed = match key.kind {
            KeyType::Boolean => ["true", "false"].contains(&word.text),
            KeyType::Word => key.words.iter().any(|known| context.texts.get(*known) == word.text),
            KeyType::Integer | KeyType::Number | KeyType::Text => true,
        };
        if !allowed {
            let message = format!("`{}` does not take `{}`", raw.id.text, word.text);
            context.problem("rule-value", raw.file, word.span, message, "not in settings.toml");
        }
    }
    words.iter().map(|word| context.text(Some(*word))).collect()
}
