//! Reads `brokers/<broker>/broker.toml` and the option files beside it: who they are, their versions, where they
//! can be had. Their answers are read elsewhere.

use super::context::{Context, RULES};
use super::names::Vocabulary;
use super::{RuleFile, entries};
use crate::expr::{FactId, Type};
use crate::knowledge::broker::{Available, Broker, BrokerId, BrokerOption, OptionId, Version};
use crate::source::{Entry, Kind, Node, Span};
use crate::table::{Spanned, Table};

/// A broker's file, as found: enough to know its name and its options before facts are read.
#[derive(Debug)]
pub(super) struct Head<'t> {
    /// Its id: the name of its folder.
    pub(super) id: &'t str,
    /// Its place.
    pub(super) broker: BrokerId,
    /// The broker's file.
    pub(super) file: &'t RuleFile<'t>,
    /// Its options, in order: id, place, file.
    pub(super) options: Vec<(&'t str, OptionId, &'t RuleFile<'t>)>,
}

impl Head<'_> {
    /// Finds an option by its short id.
    pub(super) fn option(&self, name: &str) -> Option<OptionId> {
        self.options.iter().find(|(id, _, _)| *id == name).map(|(_, place, _)| *place)
    }

    /// Resolves short ids of options.
    pub(super) fn options(&self, file: usize, names: &[Spanned<'_>], context: &mut Context) -> Vec<OptionId> {
        let mut found = Vec::new();
        for name in names {
            if let Some(option) = self.option(name.text) {
                found.push(option);
            } else {
                let message = format!("{} has no option `{}`", self.id, name.text);
                context.problem("rule-value", file, name.span, message, "unknown option");
            }
        }
        found
    }
}

/// The most options of all brokers together, and so the most brokers: sets of them are bits of a number.
const MOST: u8 = 60;

/// Finds the brokers and their options; those listed first in `brokers.toml` come first.
pub(super) fn heads<'t>(files: &'t [RuleFile<'t>], context: &mut Context) -> Vec<Head<'t>> {
    let mut ids: Vec<&str> = files
        .iter()
        .filter_map(|file| file.path.strip_prefix("brokers/")?.strip_suffix("/broker.toml"))
        .filter(|id| !id.contains('/'))
        .collect();
    let order = canonical_order(files, context);
    ids.sort_by_key(|id| (order.iter().position(|known| known == id).unwrap_or(usize::MAX), *id));
    let mut heads = Vec::new();
    let mut next = 0_u8;
    for (place, id) in (0_u8..).zip(ids) {
        let Some(file) = files.iter().find(|file| file.path == format!("brokers/{id}/broker.toml")) else { continue };
        let broker = field(&file.root, "broker");
        let names = list(broker.and_then(|node| field(node, "options")));
        let mut options = Vec::new();
        for (name, span) in names {
            let path = format!("brokers/{id}/{name}.toml");
            let Some(option) = files.iter().find(|file| file.path == path) else {
                let message = format!("option `{name}` has no file `{path}`");
                context.problem("rule-file-missing", file.index, span, message, "listed here");
                continue;
            };
            if next >= MOST {
                let message = format!("there are more than {MOST} options");
                context.problem("rule-value", file.index, span, message, "one too many");
                return heads;
            }
            options.push((name, OptionId(next), option));
            next += 1;
        }
        heads.push(Head { id, broker: BrokerId(place), file, options });
    }
    heads
}

fn canonical_order<'t>(files: &'t [RuleFile<'t>], context: &mut Context) -> Vec<&'t str> {
    let Some(file) = files.iter().find(|file| file.path == "brokers.toml") else { return Vec::new() };
    let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut context.problems) else {
        return Vec::new();
    };
    let order = root.texts("order", &mut context.problems);
    for text in root.texts("not_considered", &mut context.problems) {
        let text = context.texts.add(text.text);
        context.not_considered.push(text);
    }
    root.finish(&mut context.problems);
    order.into_iter().map(|name| name.text).collect()
}

/// Reads brokers and options in full.
pub(super) fn load(
    heads: &[Head<'_>],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> (Vec<Broker>, Vec<BrokerOption>) {
    let mut brokers = Vec::new();
    let mut options = Vec::new();
    for head in heads {
        brokers.extend(broker(head, vocabulary, context));
        for (id, _, file) in &head.options {
            options.extend(option(head, id, file, vocabulary, context));
        }
    }
    (brokers, options)
}

fn broker(head: &Head<'_>, vocabulary: &mut Vocabulary, context: &mut Context) -> Option<Broker> {
    let file = head.file.index;
    let mut table = Table::new(RULES, file, "a broker", field(&head.file.root, "broker")?, &mut context.problems)?;
    let id = table.required("id", &mut context.problems)?;
    if id.text != head.id {
        context.problem("rule-value", file, id.span, format!("`{}` is not its folder's name", id.text), "differs");
    }
    table.take("options");
    table.take("released");
    let versions = table.texts("versions", &mut context.problems);
    let versions: Vec<Version> = versions.iter().filter_map(|version| Version::parse(version.text).ok()).collect();
    if versions.is_empty() {
        context.problem("rule-field-missing", file, table.span(), "no known versions".to_owned(), "`versions`");
    }
    if !versions.is_sorted() {
        context.problem("rule-value", file, table.span(), "versions are out of order".to_owned(), "oldest first");
    }
    let newest_at = newest_at(&mut table, &versions, vocabulary, context);
    let mut pairs = Vec::new();
    if let Some(Node { kind: Kind::List(all), .. }) = table.take("pairs") {
        for pair in all {
            let names: Vec<Spanned<'_>> =
                list(Some(pair)).into_iter().map(|(text, span)| Spanned { text, span, quoted: true }).collect();
            if let [first, second] = head.options(file, &names, context)[..] {
                pairs.push((first, second));
            }
        }
    }
    let of = |fact: &str| vocabulary.facts.get(&format!("{fact}.{}", head.id)).map_or(FactId(0), |(id, _)| *id);
    let name = table.required("name", &mut context.problems);
    let about = table.required("about", &mut context.problems);
    let not_considered = table.texts("not_considered", &mut context.problems);
    let camp = table.texts("camp", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    let broker = Broker {
        id: context.text(Some(id)),
        name: context.text(name),
        about: context.text(about),
        versions,
        newest_at,
        options: head.options.iter().map(|(_, place, _)| *place).collect(),
        pairs,
        not_considered: not_considered.into_iter().map(|text| context.text(Some(text))).collect(),
        camp: camp.into_iter().map(|text| context.text(Some(text))).collect(),
        sources: context.source_ids(file, &sources),
        version_fact: of("environment.versions"),
        team_fact: of("environment.team"),
        word: head.broker.0,
        of_pack: context.is_of_pack(head.file.root.span),
    };
    table.finish(&mut context.problems);
    Some(broker)
}

/// The newest line at each provider that is behind.
fn newest_at(
    table: &mut Table<'_>,
    versions: &[Version],
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<(u8, Version)> {
    let mut found = Vec::new();
    for entry in entries(table.take("newest_at")) {
        let Kind::Scalar(scalar) = &entry.value.kind else { continue };
        let line = Version::parse(&scalar.text).ok().filter(|line| versions.contains(line));
        if let (Some(word), Some(line)) = (provider(vocabulary, &entry.key), line) {
            found.push((word, line));
        } else {
            let message = format!("`{}` is not one of the known versions", scalar.text);
            context.problem("rule-value", table.file(), entry.value.span, message, "unknown version");
        }
    }
    found
}

/// A provider's word; a new one where none is known.
fn provider(vocabulary: &mut Vocabulary, name: &str) -> Option<u8> {
    let Some((_, Type::Word(domain))) = vocabulary.facts.get("environment.provider").copied() else { return None };
    vocabulary.domains.get_mut(usize::from(domain.0))?.intern(name)
}

fn option(
    head: &Head<'_>,
    id: &str,
    file: &RuleFile<'_>,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Option<BrokerOption> {
    let mut table = Table::new(RULES, file.index, "an option", field(&file.root, "option")?, &mut context.problems)?;
    let own = table.required("id", &mut context.problems)?;
    if own.text != id {
        context.problem(
            "rule-value",
            file.index,
            own.span,
            format!("`{}` is not its file's name", own.text),
            "differs",
        );
    }
    let name = table.required("name", &mut context.problems);
    let title = table.required("title", &mut context.problems);
    let about = table.required("about", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    let available = table
        .take("available")
        .and_then(|node| Table::new(RULES, file.index, "`available`", node, &mut context.problems))
        .map_or_else(Available::default, |table| available(table, vocabulary, context));
    let option = BrokerOption {
        id: context.texts.add(&format!("{}/{id}", head.id)),
        short: context.texts.add(id),
        name: context.text(name),
        title: context.text(title),
        about: context.text(about),
        broker: head.broker,
        available,
        sources: context.source_ids(file.index, &sources),
    };
    table.finish(&mut context.problems);
    Some(option)
}

fn available(mut table: Table<'_>, vocabulary: &mut Vocabulary, context: &mut Context) -> Available {
    let since = context.version(&mut table, "since");
    let preview = context.version(&mut table, "preview");
    let early_access = context.version(&mut table, "early_access");
    let names = table.texts("providers", &mut context.problems);
    let domain = vocabulary.facts.get("environment.provider").and_then(|(_, kind)| match kind {
        Type::Word(domain) => Some(*domain),
        _ => None,
    });
    let providers = domain.filter(|_| !names.is_empty()).map(|domain| {
        let words = vocabulary.domains.get_mut(usize::from(domain.0));
        let bits = words.map_or(0, |words| {
            names.iter().filter_map(|name| words.intern(name.text)).fold(0, |bits, place| bits | 1_u64 << place)
        });
        (domain, bits)
    });
    table.finish(&mut context.problems);
    Available { since, preview, early_access, providers }
}

/// A field of a table, if the node is one.
pub(super) fn field<'t>(node: &'t Node<'t>, key: &str) -> Option<&'t Node<'t>> {
    entries(Some(node)).iter().find(|entry: &&Entry<'_>| entry.key == key).map(|entry| &entry.value)
}

fn list<'t>(node: Option<&'t Node<'t>>) -> Vec<(&'t str, Span)> {
    match node.map(|node| &node.kind) {
        Some(Kind::List(items)) => items
            .iter()
            .filter_map(|item| match &item.kind {
                Kind::Scalar(scalar) => Some((&*scalar.text, item.span)),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
