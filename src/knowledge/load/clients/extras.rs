//! Reads what a client needs beyond the keys of the catalogue. An extra is compiled once for each option that it speaks
//! of, in that option's scope, as settings are.

use super::super::brokers::Head;
use super::super::capabilities::{Quantities, own_types, quantities_of_options};
use super::super::context::Context;
use super::super::names::{NameScope, Vocabulary};
use super::super::{RuleFile, tuning};
use super::{SCOPES, naming, whose};
use crate::knowledge::broker::OptionId;
use crate::knowledge::capability::SourceId;
use crate::knowledge::client::{Client, ClientExtra, Naming};
use crate::knowledge::setting::Scope;
use crate::knowledge::written::Owner;
use crate::table::{Spanned, Table};

/// Reads every `[[extra]]` of a broker.
pub(super) fn read(
    tables: Vec<Table<'_>>,
    files: &[RuleFile<'_>],
    head: &Head<'_>,
    own: &mut [Client],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) {
    if tables.is_empty() {
        return;
    }
    let scopes = quantities_of_options(files, head, vocabulary, context);
    for mut table in tables {
        let raw = raw(&mut table, head, context);
        let client = whose(&mut table, own, context);
        if let (Some(raw), Some(client)) = (raw, client) {
            let speaks = |option| client.serves(option) && (raw.options.is_empty() || raw.options.contains(&option));
            let mut found = Vec::new();
            for (option, quantities) in scopes.iter().filter(|(option, _)| speaks(*option)) {
                found.extend(extra(&raw, head, (*option, quantities), vocabulary, context));
            }
            client.extras.extend(found);
            table.finish(&mut context.problems);
        }
    }
}

/// An extra as written: texts and places, not yet compiled.
struct Raw<'t> {
    file: usize,
    scope: Scope,
    options: Vec<OptionId>,
    naming: Naming,
    name: String,
    when: Option<Spanned<'t>>,
    choose: Vec<(Option<Spanned<'t>>, Spanned<'t>)>,
    why: Spanned<'t>,
    risk: Option<Spanned<'t>>,
    sources: Vec<SourceId>,
}

fn raw<'t>(table: &mut Table<'t>, head: &Head<'_>, context: &mut Context) -> Option<Raw<'t>> {
    let file = table.file();
    let scope = table.required("scope", &mut context.problems);
    let scope = context.word(file, scope, &SCOPES, Scope::word)?;
    let options = table.texts("options", &mut context.problems);
    let options = head.options(file, &options, context);
    let naming = naming::read(table, None, context)?;
    let name = context.texts.get(naming.name).to_owned();
    let when = table.text("when", &mut context.problems);
    let choose = tuning::choices(table, context);
    let why = table.required("why", &mut context.problems)?;
    let risk = table.text("risk", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    if sources.is_empty() {
        let message = format!("extra `{name}` names no source");
        context.problem("client-unsourced", file, table.span(), message, "add `source`");
    }
    let sources = context.source_ids(file, &sources);
    Some(Raw { file, scope, options, naming, name, when, choose, why, risk, sources })
}

fn extra(
    raw: &Raw<'_>,
    head: &Head<'_>,
    (option, quantities): (OptionId, &Quantities),
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Option<ClientExtra> {
    context.owner = Owner::of(&[&raw.name]);
    let own = own_types(vocabulary, head.id);
    let mut scope = NameScope { vocabulary, quantities: quantities.clone(), own };
    let when = context.condition(raw.file, raw.when, &mut scope);
    let mut choose = Vec::new();
    for (condition, value) in &raw.choose {
        let condition = context.condition(raw.file, *condition, &mut scope);
        let value = tuning::choice((raw.file, raw.naming.measure.kind), *value, &mut scope, context)?;
        choose.push((condition, value));
    }
    Some(ClientExtra {
        option,
        scope: raw.scope,
        naming: raw.naming.clone(),
        when,
        choose,
        why: context.template(raw.file, Some(raw.why), &mut scope),
        risk: raw.risk.map(|text| context.template(raw.file, Some(text), &mut scope)),
        sources: raw.sources.clone(),
    })
}
