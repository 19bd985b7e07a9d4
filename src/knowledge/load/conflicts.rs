//! Reads contradictions inside a profile, and rules about whether a broker is called for.

use super::context::Context;
use super::names::{NameScope, Vocabulary};
use super::table::Table;
use super::{RuleFile, blocks};
use crate::knowledge::conflict::{Conflict, Effect, Level, ScopeRule};
use crate::knowledge::written::Owner;

/// Reads `conflicts.toml` and `scope.toml`.
pub(super) fn load(
    files: &[RuleFile<'_>],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> (Vec<Conflict>, Vec<ScopeRule>) {
    let mut conflicts = Vec::new();
    for (_, mut table) in blocks(files, "conflicts.toml", "conflict", context) {
        conflicts.extend(conflict(&mut table, vocabulary, context));
        table.finish(&mut context.problems);
    }
    let mut rules = Vec::new();
    for (_, mut table) in blocks(files, "scope.toml", "scope", context) {
        rules.extend(scope_rule(&mut table, vocabulary, context));
        table.finish(&mut context.problems);
    }
    (conflicts, rules)
}

fn conflict(table: &mut Table<'_>, vocabulary: &mut Vocabulary, context: &mut Context) -> Option<Conflict> {
    let file = table.file();
    let mut scope = NameScope::neutral(vocabulary);
    let id = table.required("id", &mut context.problems);
    context.owner = Owner::of(&[id.map_or("", |id| id.text)]);
    let level = table.required("level", &mut context.problems);
    let level = context.word(file, level, &Level::ALL, Level::word);
    let when = table.required("when", &mut context.problems);
    let when = context.condition(file, when, &mut scope);
    let mut facts = Vec::new();
    for name in table.texts("facts", &mut context.problems) {
        if let Some((fact, _)) = scope.vocabulary.facts.get(name.text) {
            facts.push(*fact);
        } else {
            let message = format!("no fact is called `{}`", name.text);
            context.problem("rule-value", file, name.span, message, "unknown fact");
        }
    }
    let because = table.required("because", &mut context.problems);
    let because = context.template(file, because, &mut scope);
    let remedy = table.required("remedy", &mut context.problems);
    let remedy = context.template(file, remedy, &mut scope);
    let sources = table.texts("source", &mut context.problems);
    let sources = context.source_ids(file, &sources);
    Some(Conflict { id: context.text(id), level: level?, when: when?, facts, because, remedy, sources })
}

fn scope_rule(table: &mut Table<'_>, vocabulary: &mut Vocabulary, context: &mut Context) -> Option<ScopeRule> {
    let file = table.file();
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
    Some(ScopeRule {
        id: context.text(id),
        effect: effect?,
        when: when?,
        because,
        instead: context.text(instead),
        sources,
    })
}
