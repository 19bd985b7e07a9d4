//! Reads which client libraries a broker has and what they make of the keys that clients apply. Every key that may be
//! advised to a producer, a consumer or a connection must be named by every client, or said to be absent.

mod complete;
mod extras;
mod naming;

use super::brokers::Head;
use super::capabilities::own_types;
use super::context::{Context, RULES};
use super::names::{NameScope, Vocabulary};
use super::{RuleFile, keys};
use crate::expr::Type;
use crate::knowledge::client::{Client, ClientForm, ClientName, Way};
use crate::knowledge::setting::{CatalogueKey, Scope, Tuning};
use crate::knowledge::written::Owner;
use crate::table::{Spanned, Table};

/// What clients apply.
const SCOPES: [Scope; 3] = [Scope::Producer, Scope::Consumer, Scope::Connection];

/// What is loaded before.
#[derive(Clone, Copy)]
pub(super) struct Known<'k> {
    pub catalogue: &'k [CatalogueKey],
    pub tuning: &'k [Tuning],
}

/// Reads `brokers/<broker>/clients.toml` of every broker.
pub(super) fn load(
    files: &[RuleFile<'_>],
    heads: &[Head<'_>],
    known: Known<'_>,
    vocabulary: &mut Vocabulary,
    context: &mut Context,
) -> Vec<Client> {
    let mut all = Vec::new();
    for head in heads {
        let path = format!("brokers/{}/clients.toml", head.id);
        let Some(file) = files.iter().find(|file| file.path == path) else { continue };
        let Some(mut root) = Table::new(RULES, file.index, "a rule file", &file.root, &mut context.problems) else {
            continue;
        };
        let mut blocks = |key| root.tables(key, "a block", &mut context.problems);
        let [clients, same, names, absent, extra] = ["client", "same", "name", "absent", "extra"].map(&mut blocks);
        root.finish(&mut context.problems);
        let mut own: Vec<Client> = Vec::new();
        for table in clients {
            if let Some(client) = client(table, head, vocabulary, context) {
                unlike(&own, &client, file.index, context);
                own.push(client);
            }
        }
        for table in same {
            same_names(table, head, known, &mut own, context);
        }
        for table in names {
            named(table, head, known, &mut own, context);
        }
        for table in absent {
            absences(table, head, known, &mut own, context);
        }
        extras::read(extra, files, head, &mut own, vocabulary, context);
        complete::check(&own, known, file, context);
        all.extend(own);
    }
    all
}

fn client(mut table: Table<'_>, head: &Head<'_>, vocabulary: &mut Vocabulary, context: &mut Context) -> Option<Client> {
    let file = table.file();
    let id = table.required("id", &mut context.problems)?;
    let title = table.required("title", &mut context.problems);
    let about = table.required("about", &mut context.problems);
    let package = table.required("package", &mut context.problems);
    let version = context.version(&mut table, "version");
    let since = context.version(&mut table, "since");
    let form = table.required("form", &mut context.problems);
    let form = context.word(file, form, &ClientForm::ALL, ClientForm::word)?;
    let over = table.required("over", &mut context.problems)?;
    let languages = table.texts("languages", &mut context.problems);
    let options = table.texts("options", &mut context.problems);
    let when = table.text("when", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    table.finish(&mut context.problems);
    if sources.is_empty() {
        let message = format!("client `{}` names no source", id.text);
        context.problem("client-unsourced", file, id.span, message, "add `source`");
    }
    let Some((fact, Type::List(domain))) = vocabulary.facts.get(over.text).copied() else {
        let message = format!("`{}` is no fact that lists words", over.text);
        context.problem("rule-value", file, over.span, message, "name the fact that lists languages");
        return None;
    };
    let mut bits = 0;
    for language in &languages {
        let words = vocabulary.domains.get_mut(usize::from(domain.0));
        match words.and_then(|words| words.intern(language.text)) {
            Some(place) => bits |= 1_u64 << place,
            None => {
                let message = format!("unknown word `{}`", language.text);
                context.problem("rule-value", file, language.span, message, "not a word of the list");
            }
        }
    }
    context.owner = Owner::of(&[id.text]);
    let own = own_types(vocabulary, head.id);
    let mut scope = NameScope { vocabulary, quantities: std::collections::BTreeMap::new(), own };
    let when = context.condition(file, when, &mut scope);
    Some(Client {
        broker: head.broker,
        id: context.text(Some(id)),
        title: context.text(title),
        about: context.text(about),
        package: context.text(package),
        version,
        since,
        form,
        over: fact,
        bits,
        languages: languages.into_iter().map(|language| context.text(Some(language))).collect(),
        options: head.options(file, &options, context),
        when,
        names: Vec::new(),
        extras: Vec::new(),
        sources: context.source_ids(file, &sources),
    })
}

fn unlike(own: &[Client], client: &Client, file: usize, context: &mut Context) {
    if own.iter().any(|known| known.id == client.id) {
        let message = format!("client `{}` is there twice", context.texts.get(client.id));
        context.problem("duplicate-id", file, crate::source::Span::new(0, 0), message, "second entry");
    }
}

/// Finds the client of which a block speaks.
fn whose<'c>(table: &mut Table<'_>, own: &'c mut [Client], context: &mut Context) -> Option<&'c mut Client> {
    let name = table.required("client", &mut context.problems)?;
    let place = own.iter().position(|client| context.texts.get(client.id) == name.text);
    if place.is_none() {
        let message = format!("no client is called `{}`", name.text);
        context.problem("rule-value", table.file(), name.span, message, "unknown client");
    }
    own.get_mut(place?)
}

/// Keys of one scope, each with its place in the catalogue.
fn keys_of<'t>(
    table: &mut Table<'t>,
    head: &Head<'_>,
    known: Known<'_>,
    context: &mut Context,
) -> Vec<(Spanned<'t>, u16)> {
    let file = table.file();
    let scope = table.required("scope", &mut context.problems);
    let Some(scope) = context.word(file, scope, &SCOPES, Scope::word) else { return Vec::new() };
    let keys = table.texts("keys", &mut context.problems);
    let mut found = Vec::new();
    for key in keys {
        let place = keys::find(file, key, (head.broker, scope), known.catalogue, context);
        found.extend(place.map(|place| (key, place)));
    }
    found
}

/// Keys that a client calls, writes and bounds as the catalogue does.
fn same_names(mut table: Table<'_>, head: &Head<'_>, known: Known<'_>, own: &mut [Client], context: &mut Context) {
    let file = table.file();
    let keys = keys_of(&mut table, head, known, context);
    let options = table.texts("options", &mut context.problems);
    let options = head.options(file, &options, context);
    let client = whose(&mut table, own, context);
    if let Some(client) = client {
        for (key, place) in keys {
            let Some(entry) = known.catalogue.get(usize::from(place)) else { continue };
            let naming = naming::same(key, entry, context);
            let way = Way::Named(Box::new(naming));
            client.names.push(ClientName { key: place, options: options.clone(), way, sources: Vec::new() });
        }
    }
    table.finish(&mut context.problems);
}

/// A key that a client calls or writes in its own way.
fn named(mut table: Table<'_>, head: &Head<'_>, known: Known<'_>, own: &mut [Client], context: &mut Context) {
    let file = table.file();
    let found = keys::named(&mut table, head, &SCOPES, known.catalogue, context);
    let client = whose(&mut table, own, context);
    if let (Some(found), Some(client)) = (found, client)
        && let Some(entry) = known.catalogue.get(usize::from(found.key))
        && let Some(naming) = naming::read(&mut table, Some(entry), context)
    {
        let sources = table.texts("source", &mut context.problems);
        let sources = context.source_ids(file, &sources);
        let way = Way::Named(Box::new(naming));
        client.names.push(ClientName { key: found.key, options: found.options, way, sources });
        table.finish(&mut context.problems);
    }
}

/// Keys that a client does not have.
fn absences(mut table: Table<'_>, head: &Head<'_>, known: Known<'_>, own: &mut [Client], context: &mut Context) {
    let file = table.file();
    let keys = keys_of(&mut table, head, known, context);
    let options = table.texts("options", &mut context.problems);
    let options = head.options(file, &options, context);
    let instead = table.required("instead", &mut context.problems);
    let sources = table.texts("source", &mut context.problems);
    let sources = context.source_ids(file, &sources);
    let client = whose(&mut table, own, context);
    if let Some(client) = client {
        for (_, key) in keys {
            let way = Way::Absent(context.text(instead));
            client.names.push(ClientName { key, options: options.clone(), way, sources: sources.clone() });
        }
    }
    table.finish(&mut context.problems);
}
