//! Reads how the files of each broker come together.

use super::brokers::Head;
use super::context::{Context, RULES};
use super::{RuleFile, keys};
use crate::knowledge::file_rules::{DeadLetters, FileRules, Holds, Passing, Standing};
use crate::knowledge::setting::{CatalogueKey, Scope};
use crate::knowledge::{OptionId, Text};
use crate::table::{Spanned, Table};

/// Reads `brokers/<broker>/files.toml` of every broker.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    catalogue: &[CatalogueKey],
    context: &mut Context,
) -> Vec<FileRules> {
    let mut all = Vec::new();
    for head in heads {
        let path = format!("brokers/{}/files.toml", head.id);
        let Some(file) = files.iter().find(|file| file.path == path) else { continue };
        let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut context.problems) else {
            continue;
        };
        let reach = reach(files, head, context);
        all.push(rules(&mut root, head, catalogue, reach, context));
        root.finish(&mut context.problems);
    }
    all
}

/// To which options a policy applies, by the word for it: the targets of `reading.toml`, of which some are no queues.
fn reach(files: &[RuleFile<'_>], head: &Head<'_>, context: &mut Context) -> Vec<(Text, Vec<OptionId>)> {
    let path = format!("brokers/{}/reading.toml", head.id);
    // What is wrong with it is said when it is read for what the brokers declare.
    let mut quiet = Vec::new();
    let mut found = Vec::new();
    for file in files.iter().filter(|file| file.path == path) {
        let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut quiet) else { continue };
        for mut target in root.tables("target", "a target", &mut quiet) {
            let word = target.text("word", &mut quiet);
            let takes = target.texts("takes", &mut quiet);
            let options = takes.iter().filter_map(|name| head.option(name.text)).collect();
            found.push((context.text(word), options));
        }
    }
    found
}

fn rules(
    root: &mut Table<'_>,
    head: &Head<'_>,
    catalogue: &[CatalogueKey],
    reach: Vec<(Text, Vec<OptionId>)>,
    context: &mut Context,
) -> FileRules {
    let internal = texts(root, "internal", context);
    let aside = texts(root, "aside", context);
    let mut values = Vec::new();
    for mut table in root.tables("value", "a value", &mut context.problems) {
        values.extend(standing(&mut table, head, catalogue, context));
        table.finish(&mut context.problems);
    }
    let mut passing = Vec::new();
    for mut table in root.tables("passes_over", "what policies pass over", &mut context.problems) {
        let options = table.texts("options", &mut context.problems);
        passing.push(Passing {
            options: head.options(table.file(), &options, context),
            keys: texts(&mut table, "keys", context),
            since: context.version(&mut table, "since"),
            until: context.version(&mut table, "until"),
        });
        table.finish(&mut context.problems);
    }
    let mut dead = root.tables("dead_letters", "dead letters", &mut context.problems);
    let dead_letters = dead.pop().and_then(|mut table| {
        let file = table.file();
        let mut key = |field| {
            let id = table.required(field, &mut context.problems)?;
            keys::find(file, id, (head.broker, Scope::Policy), catalogue, context)
        };
        let (exchange, routing_key, wait) = (key("exchange"), key("routing_key"), key("wait"));
        table.finish(&mut context.problems);
        Some(DeadLetters { exchange: exchange?, routing_key: routing_key?, wait: wait? })
    });
    let mut no_broker = Vec::new();
    for mut table in root.tables("no_broker", "a node that carries no messages", &mut context.problems) {
        let key = table.required("key", &mut context.problems);
        let value = table.required("value", &mut context.problems);
        no_broker.push((context.text(key), context.text(value)));
        table.finish(&mut context.problems);
    }
    let sources = root.texts("source", &mut context.problems);
    if sources.is_empty() {
        let message = format!("what is said of the files of {} names no source", head.id);
        context.problem("file-rules-unsourced", root.file(), root.span(), message, "add `source`");
    }
    let sources = context.source_ids(root.file(), &sources);
    FileRules { broker: head.broker, internal, aside, values, passing, reach, dead_letters, no_broker, sources }
}

fn texts(table: &mut Table<'_>, field: &'static str, context: &mut Context) -> Vec<Text> {
    let found: Vec<Spanned<'_>> = table.texts(field, &mut context.problems);
    found.into_iter().map(|text| context.text(Some(text))).collect()
}

fn standing(
    table: &mut Table<'_>,
    head: &Head<'_>,
    catalogue: &[CatalogueKey],
    context: &mut Context,
) -> Option<Standing> {
    let file = table.file();
    let keys::Named { id, key, options, .. } = keys::named(table, head, &Scope::ALL, catalogue, context)?;
    let also = texts(table, "also", context);
    let policy = table.text("policy", &mut context.problems).map(|text| context.text(Some(text)));
    let holds = table.text("holds", &mut context.problems);
    if let (Some(_), None) = (policy, holds) {
        let message = format!("`{}` may stand in a policy too, and nothing says which of the two holds", id.text);
        context.problem("rule-field-missing", file, id.span, message, "add `holds`");
    }
    let holds = context.word(file, holds, &Holds::ALL, Holds::word).unwrap_or(Holds::Own);
    let vhost = table.text("vhost", &mut context.problems).map(|text| context.text(Some(text)));
    let broker = table.texts("broker", &mut context.problems);
    let broker = broker
        .into_iter()
        .filter_map(|name| keys::find(file, name, (head.broker, Scope::Broker), catalogue, context))
        .collect();
    let names_option = table.flag("names_option", &mut context.problems);
    Some(Standing { key, options, also, policy, holds, vhost, broker, names_option })
}
