//! Reads `presets.toml`: flows that are common. Every fact that a preset states must exist, and its value be one of it.

use super::context::Context;
use super::given::given;
use super::names::Vocabulary;
use super::vocabulary::{LoadedFacts, words_of};
use super::{RuleFile, blocks};
use crate::diagnostic::Diagnostic;
use crate::expr::FactId;
use crate::knowledge::fact::{Fact, Given};
use crate::knowledge::preset::{Preset, Usual};
use crate::source::{Kind, Node};
use crate::suggestion::nearest;
use crate::table::{Spanned, Table};

/// Reads flows that are common.
pub(super) fn load(
    files: &[RuleFile<'_>],
    facts: &LoadedFacts,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<Preset> {
    let mut all = Vec::new();
    let mut names: Vec<String> = Vec::new();
    for (_, mut table) in blocks(files, "presets.toml", "preset", context) {
        all.extend(preset(&mut table, facts, &mut names, vocabulary, context));
        table.finish(&mut context.problems);
    }
    all
}

fn preset(
    table: &mut Table<'_>,
    facts: &LoadedFacts,
    names: &mut Vec<String>,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Option<Preset> {
    let file = table.file();
    let id = table.required("id", &mut context.problems)?;
    let title = table.required("title", &mut context.problems);
    let aliases = table.texts("aliases", &mut context.problems);
    let about = table.required("about", &mut context.problems);
    for name in [id].iter().chain(&aliases) {
        if names.iter().any(|known| known.eq_ignore_ascii_case(name.text)) {
            let message = format!("`{}` already stands for a preset", name.text);
            context.problem("duplicate-id", file, name.span, message, "a word for one preset alone");
        }
        names.push(name.text.to_owned());
    }
    let mut stated: Vec<Usual> = Vec::new();
    for mut row in table.tables("usual", "what is usual", &mut context.problems) {
        if let Some(found) = usual(&mut row, facts, vocabulary, context) {
            if stated.iter().any(|other| other.fact == found.fact) {
                let message = format!("preset `{}` states a fact twice", id.text);
                context.problem("duplicate-id", file, row.span(), message, "stated again");
            }
            stated.push(found);
        }
        row.finish(&mut context.problems);
    }
    let ask = table.required("ask", &mut context.problems);
    let ask = ask.and_then(|name| fact(file, name, facts, vocabulary, context)).map(|(id, _)| id);
    Some(Preset {
        id: context.text(Some(id)),
        title: context.text(title),
        aliases: aliases.into_iter().map(|name| context.text(Some(name))).collect(),
        about: context.text(about),
        facts: stated,
        ask: ask?,
    })
}

/// One row: a fact, its value, and why that is usual.
fn usual(
    table: &mut Table<'_>,
    facts: &LoadedFacts,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Option<Usual> {
    let file = table.file();
    let name = table.required("fact", &mut context.problems);
    let value = table.take("is");
    let because = table.required("because", &mut context.problems);
    let Some(value) = value else {
        let message = "what is usual has no `is`".to_owned();
        context.problem("rule-field-missing", file, table.span(), message, "`is` is required");
        return None;
    };
    let (id, fact) = fact(file, name?, facts, vocabulary, context)?;
    let given = given(file, value, fact.kind, words_of(fact.kind, id, vocabulary), context)?;
    if matches!(given, Given::Number(range) if fact.positive && range.lo <= 0.0) {
        let message = format!("`{}` cannot be zero", name?.text);
        context.problem("rule-value", file, value.span, message, "expected more than zero");
    }
    Some(Usual { fact: id, value: context.texts.add(&written(value)), because: context.text(because) })
}

/// A fact that a profile may state.
fn fact<'f>(
    file: usize,
    name: Spanned<'_>,
    facts: &'f LoadedFacts,
    vocabulary: &Vocabulary,
    context: &mut Context,
) -> Option<(FactId, &'f Fact)> {
    let found = vocabulary.facts.get(name.text).map(|(id, _)| *id);
    let found = found.and_then(|id| Some((id, facts.facts.get(usize::from(id.0))?)));
    let found = found.filter(|(_, fact)| !fact.derived && fact.question.is_some());
    if found.is_none() {
        let message = format!("no fact that a profile states is called `{}`", name.text);
        let problem = Diagnostic::error("rule-value", message).at(file, name.span, "unknown fact");
        context.problems.push(match nearest(name.text, vocabulary.facts.keys().map(String::as_str)) {
            Some(near) if near != name.text => problem.help(format!("did you mean `{near}`?")),
            _ => problem,
        });
    }
    found
}

/// A value as a profile writes it: `7d`, `[java, go]`.
fn written(node: &Node<'_>) -> String {
    match &node.kind {
        Kind::Scalar(scalar) => scalar.text.trim().to_owned(),
        Kind::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        Kind::Map(_) | Kind::Empty => String::new(),
    }
}
