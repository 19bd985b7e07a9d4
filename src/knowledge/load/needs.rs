//! Reads what workloads may require.

use super::context::Context;
use super::names::{NameScope, Vocabulary};
use super::vocabulary::LoadedFacts;
use super::{CASE, RuleFile, blocks};
use crate::expr::{ExprId, FactId, Type, Wants};
use crate::knowledge::dimension::Dimension;
use crate::knowledge::need::Need;
use crate::knowledge::written::Owner;
use crate::table::Table;

/// The most needs of all dimensions, those of a house among them.
pub(super) const MOST_NEEDS: usize = 1000;

/// Reads `needs/<dimension>.toml`, in the order of the dimensions.
pub(super) fn load(
    files: &[RuleFile<'_>],
    facts: &LoadedFacts,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<Need> {
    let mut all: Vec<Need> = Vec::new();
    for dimension in Dimension::ALL {
        for (_, mut table) in blocks(files, &format!("needs/{}.toml", dimension.id()), "need", context) {
            let id = table.required("id", &mut context.problems);
            if let Some(id) = id
                && all.iter().any(|need| context.texts.get(need.id) == id.text)
            {
                let message = format!("need `{}` is there twice", id.text);
                context.problem("duplicate-id", table.file(), id.span, message, "second entry");
            }
            let place = table.span();
            if all.len() >= MOST_NEEDS {
                let message = format!("there are more than {MOST_NEEDS} needs");
                context.problem("rule-value", table.file(), place, message, "one too many");
                return all;
            }
            if let Some(need) = need(&mut table, id.map_or("", |id| id.text), dimension, facts, vocabulary, context) {
                all.push(need);
                context.need_places.push(place);
            }
            table.finish(&mut context.problems);
        }
    }
    all
}

fn need(
    table: &mut Table<'_>,
    id: &str,
    dimension: Dimension,
    facts: &LoadedFacts,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Option<Need> {
    let file = table.file();
    context.owner = Owner::of(&[id]);
    let mut scope = NameScope::neutral(vocabulary);
    let title = table.required("title", &mut context.problems);
    let root = table.text("root", &mut context.problems);
    let when = table.required("when", &mut context.problems);
    let when = context.condition(file, when, &mut scope);
    let amount = table.text("amount", &mut context.problems);
    let amount = amount.and_then(|text| context.expression(file, text, Wants::Number(None), &mut scope));
    let over = table.text("over", &mut context.problems);
    let over = over.and_then(|name| {
        let found = scope.vocabulary.facts.get(name.text).filter(|(_, kind)| matches!(kind, Type::List(_)));
        if found.is_none() {
            let message = format!("`{}` is not a list fact", name.text);
            context.problem("rule-value", file, name.span, message, "expected a list fact");
        }
        found.map(|(fact, _)| *fact)
    });
    let because = table.required("because", &mut context.problems);
    let because = context.template(file, because, &mut scope);
    let want = table.flag("want", &mut context.problems);
    let whole = table.flag("whole", &mut context.problems);
    let organisation = table.flag("organisation", &mut context.problems);
    table.take(CASE);
    let when = when?;
    let named = named_facts(when, amount.map(|(id, _)| id), context);
    Some(Need {
        id: context.texts.add(id),
        title: context.text(title),
        dimension,
        root: context.texts.add(root.map_or(id, |root| root.text)),
        when,
        amount: amount.and_then(|(id, kind)| match kind {
            Type::Number(unit) => Some((id, unit)),
            _ => None,
        }),
        over,
        because,
        want,
        whole,
        organisation,
        house: false,
        rests_on: facts.leaves(&named, &context.program),
        facts: named,
    })
}

/// The facts that a condition and an amount name, each once.
pub(super) fn named_facts(when: ExprId, amount: Option<ExprId>, context: &Context) -> Vec<FactId> {
    let mut named = Vec::new();
    context.program.reads(when, &mut named);
    if let Some(amount) = amount {
        context.program.reads(amount, &mut named);
    }
    let mut unique = Vec::new();
    for fact in named {
        if !unique.contains(&fact) {
            unique.push(fact);
        }
    }
    unique
}
