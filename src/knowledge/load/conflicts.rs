//! Reads contradictions inside a profile, those that hold whatever is used and those of one broker's mechanism, and
//! rules about whether a broker is called for. A broker's contradiction is compiled once for each option that it speaks
//! of, in that option's scope, so that it can use the option's own quantities.

use super::brokers::Head;
use super::capabilities::{own_types, quantities_of_options};
use super::context::Context;
use super::names::{NameScope, Vocabulary};
use super::{CASE, RuleFile, blocks};
use crate::expr::FactId;
use crate::knowledge::broker::{OptionId, Version};
use crate::knowledge::capability::SourceId;
use crate::knowledge::conflict::{Conflict, Effect, Level, ScopeRule};
use crate::knowledge::written::Owner;
use crate::table::{Spanned, Table};

/// Reads `conflicts.toml`, `brokers/<broker>/conflicts.toml` of every broker, and `scope.toml`.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> (Vec<Conflict>, Vec<ScopeRule>) {
    let mut conflicts = Vec::new();
    for (_, mut table) in blocks(files, "conflicts.toml", "conflict", context) {
        if let Some(raw) = raw(&mut table, context) {
            conflicts.extend(conflict(&raw, None, &mut NameScope::neutral(vocabulary), context));
        }
        table.finish(&mut context.problems);
    }
    for head in heads {
        conflicts.extend(of_broker(files, head, vocabulary, context));
    }
    let mut rules = Vec::new();
    for (_, mut table) in blocks(files, "scope.toml", "scope", context) {
        rules.extend(scope_rule(&mut table, vocabulary, context));
        table.finish(&mut context.problems);
    }
    (conflicts, rules)
}

/// The contradictions of one broker's mechanism, for each option that they speak of.
fn of_broker(
    files: &[RuleFile<'_>],
    head: &Head<'_>,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<Conflict> {
    let mut all = Vec::new();
    let blocks = blocks(files, &format!("brokers/{}/conflicts.toml", head.id), "conflict", context);
    if blocks.is_empty() {
        return all;
    }
    let scopes = quantities_of_options(files, head, vocabulary, context);
    for (_, mut table) in blocks {
        let options = table.texts("options", &mut context.problems);
        let options = head.options(table.file(), &options, context);
        let since = context.version(&mut table, "since");
        let until = context.version(&mut table, "until");
        if let Some(raw) = raw(&mut table, context) {
            refuse_weight(&raw, context);
            for (option, quantities) in &scopes {
                if options.is_empty() || options.contains(option) {
                    let own = own_types(vocabulary, head.id);
                    let mut scope = NameScope { vocabulary, quantities: quantities.clone(), own };
                    all.extend(conflict(&raw, Some((*option, since, until)), &mut scope, context));
                }
            }
        }
        table.finish(&mut context.problems);
    }
    all
}

/// An error caps the verdict: one broker's defaults would weigh in it. And a number of a broker's own needs a source.
fn refuse_weight(raw: &Raw<'_>, context: &mut Context) {
    if let (Some(Level::Error), Some(level)) = (raw.level, raw.level_text) {
        let message = "a contradiction with one broker is a warning or a note, never an error".to_owned();
        context.problem("conflict-weighs", raw.file, level.span, message, "would cap the verdict's strength");
    }
    if raw.sources.is_empty() {
        let message = format!("conflict `{}` names no source", raw.id.text);
        context.problem("conflict-unsourced", raw.file, raw.id.span, message, "add `source`");
    }
}

/// A contradiction as written: texts and places, not yet compiled.
struct Raw<'t> {
    file: usize,
    id: Spanned<'t>,
    level: Option<Level>,
    level_text: Option<Spanned<'t>>,
    when: Option<Spanned<'t>>,
    facts: Vec<Spanned<'t>>,
    written: Vec<Spanned<'t>>,
    because: Option<Spanned<'t>>,
    remedy: Option<Spanned<'t>>,
    sources: Vec<SourceId>,
}

fn raw<'t>(table: &mut Table<'t>, context: &mut Context) -> Option<Raw<'t>> {
    let file = table.file();
    table.take(CASE);
    let id = table.required("id", &mut context.problems);
    let level_text = table.required("level", &mut context.problems);
    let level = context.word(file, level_text, &Level::ALL, Level::word);
    let when = table.required("when", &mut context.problems);
    let facts = table.texts("facts", &mut context.problems);
    let written = table.texts("written", &mut context.problems);
    let because = table.required("because", &mut context.problems);
    let remedy = table.required("remedy", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    let sources = context.source_ids(file, &sources);
    Some(Raw { file, id: id?, level, level_text, when, facts, written, because, remedy, sources })
}

fn conflict(
    raw: &Raw<'_>,
    with: Option<(OptionId, Option<Version>, Option<Version>)>,
    scope: &mut NameScope<'_>,
    context: &mut Context,
) -> Option<Conflict> {
    let file = raw.file;
    context.owner = Owner::of(&[raw.id.text]);
    let when = context.condition(file, raw.when, scope);
    let written = facts(file, &raw.written, scope, context);
    let facts = facts(file, &raw.facts, scope, context);
    let because = context.template(file, raw.because, scope);
    let remedy = context.template(file, raw.remedy, scope);
    Some(Conflict {
        id: context.text(Some(raw.id)),
        level: raw.level?,
        option: with.map(|(option, _, _)| option),
        since: with.and_then(|(_, since, _)| since),
        until: with.and_then(|(_, _, until)| until),
        when: when?,
        facts,
        written,
        because,
        remedy,
        sources: raw.sources.clone(),
    })
}

fn facts(file: usize, names: &[Spanned<'_>], scope: &NameScope<'_>, context: &mut Context) -> Vec<FactId> {
    let mut found = Vec::new();
    for name in names {
        if let Some((fact, _)) = scope.vocabulary.facts.get(name.text) {
            found.push(*fact);
        } else {
            let message = format!("no fact is called `{}`", name.text);
            context.problem("rule-value", file, name.span, message, "unknown fact");
        }
    }
    found
}

fn scope_rule(table: &mut Table<'_>, vocabulary: &mut Vocabulary, context: &mut Context) -> Option<ScopeRule> {
    let file = table.file();
    table.take(CASE);
    let mut scope = NameScope::neutral(vocabulary);
    let id = table.required("id", &mut context.problems);
    context.owner = Owner::of(&[id.map_or("", |id| id.text)]);
    let effect = table.required("effect", &mut context.problems);
    let effect = context.word(file, effect, &[Effect::Neither, Effect::Both], |effect| match effect {
        Effect::Neither => "neither",
        Effect::Both => "both",
    });
    let when = table.required("when", &mut context.problems);
    let when = context.condition(file, when, &mut scope);
    let because = table.required("because", &mut context.problems);
    let because = context.template(file, because, &mut scope);
    let instead = table.required("instead", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    let sources = context.source_ids(file, &sources);
    if let (true, Some(id)) = (sources.is_empty(), id) {
        let message = format!("scope rule `{}` names no source", id.text);
        context.problem("scope-unsourced", file, id.span, message, "add `source`");
    }
    Some(ScopeRule {
        id: context.text(id),
        effect: effect?,
        when: when?,
        because,
        instead: context.text(instead),
        sources,
    })
}
