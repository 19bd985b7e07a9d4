//! Reads how a broker grows and what it costs. A practice is compiled once for each option that it speaks of, in that
//! option's scope, so that it can use the option's own quantities.

use super::brokers::Head;
use super::capabilities::{own_types, quantities_of_options};
use super::context::Context;
use super::names::{NameScope, Vocabulary};
use super::{RuleFile, blocks};
use crate::knowledge::broker::{OptionId, Version};
use crate::knowledge::capability::SourceId;
use crate::knowledge::practice::{Practice, PracticeKind};
use crate::knowledge::written::Owner;
use crate::table::{Spanned, Table};

/// Reads `brokers/<broker>/practices.toml` of every broker, in the order of advice.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<Practice> {
    let mut all = Vec::new();
    for head in heads {
        let scopes = quantities_of_options(files, head, vocabulary, context);
        for (_, mut table) in blocks(files, &format!("brokers/{}/practices.toml", head.id), "practice", context) {
            if let Some(raw) = raw(&mut table, head, context) {
                for (option, quantities) in &scopes {
                    if raw.options.is_empty() || raw.options.contains(option) {
                        let own = own_types(vocabulary, head.id);
                        let mut scope = NameScope { vocabulary, quantities: quantities.clone(), own };
                        all.extend(practice(&raw, *option, &mut scope, context));
                    }
                }
            }
            table.finish(&mut context.problems);
        }
    }
    all
}

/// A practice as written: texts and places, not yet compiled.
struct Raw<'t> {
    file: usize,
    id: Spanned<'t>,
    kind: PracticeKind,
    options: Vec<OptionId>,
    since: Option<Version>,
    until: Option<Version>,
    when: Option<Spanned<'t>>,
    title: Spanned<'t>,
    how: Spanned<'t>,
    risk: Option<Spanned<'t>>,
    sources: Vec<SourceId>,
}

fn raw<'t>(table: &mut Table<'t>, head: &Head<'_>, context: &mut Context) -> Option<Raw<'t>> {
    let file = table.file();
    let id = table.required("id", &mut context.problems);
    let kind = table.required("kind", &mut context.problems);
    let kind = context.word(file, kind, &PracticeKind::ALL, PracticeKind::word);
    let options = table.texts("options", &mut context.problems);
    let options = head.options(file, &options, context);
    let since = context.version(table, "since");
    let until = context.version(table, "until");
    let when = table.text("when", &mut context.problems);
    let title = table.required("title", &mut context.problems);
    let how = table.required("how", &mut context.problems);
    let risk = table.text("risk", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    if let (true, Some(id)) = (sources.is_empty(), id) {
        let message = format!("practice `{}` names no source", id.text);
        context.problem("practice-unsourced", file, id.span, message, "add `source`");
    }
    let sources = context.source_ids(file, &sources);
    Some(Raw { file, id: id?, kind: kind?, options, since, until, when, title: title?, how: how?, risk, sources })
}

fn practice(raw: &Raw<'_>, option: OptionId, scope: &mut NameScope<'_>, context: &mut Context) -> Option<Practice> {
    context.owner = Owner::of(&[raw.id.text]);
    let when = match raw.when {
        Some(when) => Some(context.condition(raw.file, Some(when), scope)?),
        None => None,
    };
    let how = context.template(raw.file, Some(raw.how), scope);
    let risk = raw.risk.map(|text| context.template(raw.file, Some(text), scope));
    Some(Practice {
        id: context.text(Some(raw.id)),
        kind: raw.kind,
        option,
        since: raw.since,
        until: raw.until,
        when,
        title: context.text(Some(raw.title)),
        how,
        risk,
        sources: raw.sources.clone(),
    })
}
