//! Reads `misconceptions.toml`: what is said of brokers and is not so. Every id that an entry names must exist.

use super::brokers::Head;
use super::context::Context;
use super::names::Vocabulary;
use super::{RuleFile, blocks, entries};
use crate::diagnostic::Diagnostic;
use crate::knowledge::broker::{BrokerId, BrokerOption, Version};
use crate::knowledge::conflict::{Conflict, ScopeRule};
use crate::knowledge::misconception::{ClaimVerdict, Misconception};
use crate::knowledge::need::Need;
use crate::knowledge::setting::CatalogueKey;
use crate::source::Kind;
use crate::suggestion::nearest;
use crate::table::{Spanned, Table};

/// What an entry may point to.
pub(super) struct Known<'k> {
    pub(super) needs: &'k [Need],
    pub(super) conflicts: &'k [Conflict],
    pub(super) scope: &'k [ScopeRule],
    pub(super) catalogue: &'k [CatalogueKey],
    pub(super) options: &'k [BrokerOption],
    pub(super) vocabulary: &'k Vocabulary,
}

impl Known<'_> {
    fn ids<'c>(&'c self, context: &'c Context) -> impl Iterator<Item = &'c str> {
        let texts = self.needs.iter().map(|it| it.id);
        let texts = texts.chain(self.conflicts.iter().map(|it| it.id)).chain(self.scope.iter().map(|it| it.id));
        let texts = texts.chain(self.catalogue.iter().map(|it| it.id)).chain(self.options.iter().map(|it| it.id));
        texts.map(|id| context.texts.get(id)).chain(self.vocabulary.facts.keys().map(String::as_str))
    }
}

/// Reads what is said and is not so.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    known: &Known<'_>,
    context: &mut Context,
) -> Vec<Misconception> {
    let mut all: Vec<Misconception> = Vec::new();
    let mut pointers: Vec<(usize, Spanned<'_>)> = Vec::new();
    for (_, mut table) in blocks(files, "misconceptions.toml", "misconception", context) {
        let file = table.file();
        if let Some((found, see)) = misconception(&mut table, heads, context) {
            if all.iter().any(|other| other.id == found.id) {
                let message = format!("misconception `{}` is there twice", context.texts.get(found.id));
                context.problem("duplicate-id", file, table.span(), message, "second entry");
            }
            pointers.extend(see.into_iter().map(|see| (file, see)));
            all.push(found);
        }
        table.finish(&mut context.problems);
    }
    // Entries may point to later ones, so pointers are followed once all are read.
    let mut problems = Vec::new();
    for (file, see) in pointers {
        let ids = || known.ids(context).chain(all.iter().map(|other| context.texts.get(other.id)));
        if ids().any(|id| id == see.text) {
            continue;
        }
        let message = format!("nothing that can be seen is called `{}`", see.text);
        let problem = Diagnostic::error("unknown-id", message).at(file, see.span, "points to nothing");
        let longer = || ids().find(|id| id.starts_with(see.text));
        problems.push(match nearest(see.text, ids()).or_else(longer) {
            Some(near) => problem.help(format!("did you mean `{near}`?")),
            None => problem,
        });
    }
    context.problems.extend(problems);
    all
}

fn misconception<'t>(
    table: &mut Table<'t>,
    heads: &[Head<'_>],
    context: &mut Context,
) -> Option<(Misconception, Vec<Spanned<'t>>)> {
    let file = table.file();
    let id = table.required("id", &mut context.problems)?;
    if !is_kebab(id.text) {
        context.problem("rule-value", file, id.span, format!("`{}` is not kebab-case", id.text), "as in `long-queues`");
    }
    let claim = table.required("claim", &mut context.problems);
    let wordings = table.texts("wording", &mut context.problems);
    let verdict = table.required("verdict", &mut context.problems);
    let verdict = context.word(file, verdict, &ClaimVerdict::ALL, ClaimVerdict::word);
    let about = table.texts("about", &mut context.problems);
    let truth = table.required("truth", &mut context.problems);
    let until = until(table, heads, context);
    let see = table.texts("see", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    for (field, missing) in
        [("wording", wordings.is_empty()), ("about", about.is_empty()), ("source", sources.is_empty())]
    {
        if missing {
            let message = format!("misconception `{}` has no `{field}`", id.text);
            context.problem("rule-field-missing", file, table.span(), message, "at least one is required");
        }
    }
    let found = Misconception {
        id: context.text(Some(id)),
        claim: context.text(claim),
        wordings: wordings.into_iter().map(|text| context.text(Some(text))).collect(),
        verdict: verdict?,
        about: about.into_iter().filter_map(|name| broker(file, name, heads, context)).collect(),
        until,
        truth: context.text(truth),
        see: see.iter().map(|id| context.text(Some(*id))).collect(),
        sources: context.source_ids(file, &sources),
    };
    Some((found, see))
}

/// Up to which line of which broker it was true.
fn until(table: &mut Table<'_>, heads: &[Head<'_>], context: &mut Context) -> Vec<(BrokerId, Version)> {
    let file = table.file();
    let mut all = Vec::new();
    for entry in entries(table.take("until")) {
        let name = Spanned { text: &entry.key, span: entry.key_span, quoted: false };
        let broker = broker(file, name, heads, context);
        let version = match &entry.value.kind {
            Kind::Scalar(scalar) => Version::parse(&scalar.text).ok(),
            _ => None,
        };
        if version.is_none() {
            let message = format!("`until` of `{}` is not a version", entry.key);
            context.problem("rule-value", file, entry.value.span, message, "write a line, as in \"4.3\"");
        }
        all.extend(broker.zip(version));
    }
    all
}

fn broker(file: usize, name: Spanned<'_>, heads: &[Head<'_>], context: &mut Context) -> Option<BrokerId> {
    let found = heads.iter().find(|head| head.id == name.text).map(|head| head.broker);
    if found.is_none() {
        let message = format!("no broker is called `{}`", name.text);
        let known: Vec<&str> = heads.iter().map(|head| head.id).collect();
        let label = format!("known: {}", known.join(", "));
        context.problem("rule-value", file, name.span, message, &label);
    }
    found
}

fn is_kebab(id: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit());
    id.split('-').all(part)
}
