//! Reads what a design review asks. An item is compiled once for each option that it speaks of, in that option's scope,
//! so that it can use the option's own quantities.

use super::brokers::Head;
use super::capabilities::own_types;
use super::context::Context;
use super::names::{NameScope, Vocabulary};
use super::sizing::Counts;
use super::{RuleFile, blocks, sizing};
use crate::expr::Wants;
use crate::knowledge::broker::{OptionId, Version};
use crate::knowledge::capability::SourceId;
use crate::knowledge::checklist::{Area, Asked, ChecklistItem, Held, Risk, Verify};
use crate::knowledge::setting::Scope;
use crate::knowledge::written::Owner;
use crate::table::{Spanned, Table};

/// Reads `brokers/<broker>/checklist/` of every broker, in the order of the rules.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    counts: &Counts,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<ChecklistItem> {
    let mut all = Vec::new();
    for head in heads {
        let scopes = sizing::scopes(files, head, counts, vocabulary, context);
        for (_, mut table) in blocks(files, &format!("brokers/{}/checklist", head.id), "item", context) {
            if let Some(raw) = raw(&mut table, head, context) {
                for (option, quantities) in &scopes {
                    if raw.options.is_empty() || raw.options.contains(option) {
                        let own = own_types(vocabulary, head.id);
                        let mut scope = NameScope { vocabulary, quantities: quantities.clone(), own };
                        all.extend(item(&raw, *option, &mut scope, context));
                    }
                }
            }
            table.finish(&mut context.problems);
        }
    }
    all
}

/// An item as written: texts and places, not yet compiled.
struct Raw<'t> {
    file: usize,
    id: Spanned<'t>,
    area: Area,
    risk: Risk,
    options: Vec<OptionId>,
    since: Option<Version>,
    until: Option<Version>,
    when: Option<Spanned<'t>>,
    otherwise: Option<Spanned<'t>>,
    title: Spanned<'t>,
    why: Spanned<'t>,
    verify: Vec<RawVerify<'t>>,
    holds: Vec<RawHeld<'t>>,
    see: Vec<Spanned<'t>>,
    sources: Vec<SourceId>,
}

struct RawVerify<'t> {
    run: Spanned<'t>,
    expect: Spanned<'t>,
    since: Option<Version>,
    until: Option<Version>,
}

struct RawHeld<'t> {
    key: Spanned<'t>,
    scope: Scope,
    asked: RawAsked<'t>,
}

enum RawAsked<'t> {
    OneOf(Vec<Spanned<'t>>),
    NoneOf(Vec<Spanned<'t>>),
    AtLeast(Spanned<'t>),
    AtMost(Spanned<'t>),
    Set,
    Unset,
}

fn raw<'t>(table: &mut Table<'t>, head: &Head<'_>, context: &mut Context) -> Option<Raw<'t>> {
    let file = table.file();
    let id = table.required("id", &mut context.problems);
    let area = table.required("area", &mut context.problems);
    let area = context.word(file, area, &Area::ALL, Area::word);
    let risk = table.required("risk", &mut context.problems);
    let risk = context.word(file, risk, &Risk::ALL, Risk::word);
    let options = table.texts("options", &mut context.problems);
    let options = head.options(file, &options, context);
    let since = context.version(table, "since");
    let until = context.version(table, "until");
    let when = table.text("when", &mut context.problems);
    let otherwise = table.text("otherwise", &mut context.problems);
    let title = table.required("title", &mut context.problems);
    let why = table.required("why", &mut context.problems);
    let verify = verify(table, context);
    let holds = held(table, context);
    let see = table.texts("see", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    let id = id?;
    if sources.is_empty() {
        let message = format!("item `{}` names no source", id.text);
        context.problem("checklist-unsourced", file, id.span, message, "add `source`");
    }
    if when.is_some() != otherwise.is_some() {
        let message = format!("item `{}` needs `when` and `otherwise` together, or neither", id.text);
        context.problem("rule-field-missing", file, id.span, message, "to whom does it not apply, and why?");
    }
    let sources = context.source_ids(file, &sources);
    Some(Raw {
        file,
        id,
        area: area?,
        risk: risk?,
        options,
        since,
        until,
        when,
        otherwise,
        title: title?,
        why: why?,
        verify,
        holds,
        see,
        sources,
    })
}

/// How it is verified: by one command, or by one for each range of lines.
fn verify<'t>(table: &mut Table<'t>, context: &mut Context) -> Vec<RawVerify<'t>> {
    let several = table.tables("verify", "a verification", &mut context.problems);
    if several.is_empty() {
        let run = table.required("run", &mut context.problems);
        let expect = table.required("expect", &mut context.problems);
        let only = run.zip(expect).map(|(run, expect)| RawVerify { run, expect, since: None, until: None });
        return only.into_iter().collect();
    }
    let mut found = Vec::new();
    for mut one in several {
        let run = one.required("run", &mut context.problems);
        let expect = one.required("expect", &mut context.problems);
        let (since, until) = (context.version(&mut one, "since"), context.version(&mut one, "until"));
        one.finish(&mut context.problems);
        found.extend(run.zip(expect).map(|(run, expect)| RawVerify { run, expect, since, until }));
    }
    found
}

fn held<'t>(table: &mut Table<'t>, context: &mut Context) -> Vec<RawHeld<'t>> {
    let mut found = Vec::new();
    for mut one in table.tables("holds", "what a file must say", &mut context.problems) {
        let file = one.file();
        let key = one.required("key", &mut context.problems);
        let scope = one.required("scope", &mut context.problems);
        let scope = context.word(file, scope, &Scope::ALL, Scope::word);
        let is = one.text("is", &mut context.problems).map(|word| RawAsked::OneOf(vec![word]));
        let mut words = |field| Some(one.texts(field, &mut context.problems)).filter(|words| !words.is_empty());
        let one_of = words("one_of").map(RawAsked::OneOf);
        let none_of = words("not").map(RawAsked::NoneOf);
        let at_least = one.text("at_least", &mut context.problems).map(RawAsked::AtLeast);
        let at_most = one.text("at_most", &mut context.problems).map(RawAsked::AtMost);
        let set = one.flag("set", &mut context.problems).then_some(RawAsked::Set);
        let unset = one.flag("unset", &mut context.problems).then_some(RawAsked::Unset);
        let mut all: Vec<_> = [is, one_of, none_of, at_least, at_most, set, unset].into_iter().flatten().collect();
        let asked = all.pop().filter(|_| all.is_empty());
        if asked.is_none() {
            let message = "one of `is`, `one_of`, `not`, `at_least`, `at_most`, `set`, `unset` is needed".to_owned();
            context.problem("rule-field-missing", file, one.span(), message, "what must hold?");
        }
        one.finish(&mut context.problems);
        if let (Some(key), Some(scope), Some(asked)) = (key, scope, asked) {
            found.push(RawHeld { key, scope, asked });
        }
    }
    found
}

fn item(raw: &Raw<'_>, option: OptionId, scope: &mut NameScope<'_>, context: &mut Context) -> Option<ChecklistItem> {
    context.owner = Owner::of(&[raw.id.text]);
    let when = match raw.when {
        Some(when) => Some(context.condition(raw.file, Some(when), scope)?),
        None => None,
    };
    let mut holds = Vec::new();
    for held in &raw.holds {
        let words = |words: &[Spanned<'_>], context: &mut Context| {
            words.iter().map(|word| context.text(Some(*word))).collect::<Vec<_>>()
        };
        let mut amount = |text: Spanned<'_>, context: &mut Context| {
            context.expression(raw.file, text, Wants::Number(None), scope).map(|(id, _)| id)
        };
        let asked = match &held.asked {
            RawAsked::OneOf(all) => Asked::OneOf(words(all, context)),
            RawAsked::NoneOf(all) => Asked::NoneOf(words(all, context)),
            RawAsked::AtLeast(text) => Asked::AtLeast(amount(*text, context)?),
            RawAsked::AtMost(text) => Asked::AtMost(amount(*text, context)?),
            RawAsked::Set => Asked::Set,
            RawAsked::Unset => Asked::Unset,
        };
        holds.push(Held { key: context.text(Some(held.key)), scope: held.scope, asked });
    }
    let mut verify = Vec::new();
    for one in &raw.verify {
        let run = context.template(raw.file, Some(one.run), scope);
        let expect = context.template(raw.file, Some(one.expect), scope);
        verify.push(Verify { run, expect, since: one.since, until: one.until });
    }
    let otherwise = raw.otherwise.map(|text| context.template(raw.file, Some(text), scope));
    let title = context.template(raw.file, Some(raw.title), scope);
    let why = context.template(raw.file, Some(raw.why), scope);
    Some(ChecklistItem {
        id: context.text(Some(raw.id)),
        area: raw.area,
        risk: raw.risk,
        option,
        since: raw.since,
        until: raw.until,
        when,
        otherwise,
        title,
        why,
        verify,
        holds,
        see: raw.see.iter().map(|id| context.text(Some(*id))).collect(),
        sources: raw.sources.clone(),
    })
}
