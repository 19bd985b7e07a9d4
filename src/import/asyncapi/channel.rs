//! One channel as a flow.

use std::collections::{BTreeMap, BTreeSet};

use super::super::sheet::Sheet;
use super::super::tree::{text, text_at};
use super::super::words::{list, quoted};
use super::bindings;
use super::document::{Channel, Document};
use super::references::Target;
use super::servers;
use crate::effective::{is_called_aside, plain};
use crate::knowledge::KnowledgeBase;
use crate::source::Node;

/// What a document says of a channel.
pub(super) fn sheet<'n>(
    knowledge: &KnowledgeBase<'_>,
    document: &Document<'n>,
    asides: &Asides<'n>,
    channel: &Channel<'n>,
    source: &str,
) -> Sheet {
    let mut sheet = Sheet::new(channel.id);
    let title = text_at(document.root.get("info").unwrap_or(document.root), "title").filter(|title| !title.is_empty());
    let of = title.map_or_else(String::new, |title| format!(" ({})", quoted(title)));
    sheet.about(format!("channel {} of {source}{of}", quoted(channel.id)));
    match channel.target {
        Target::Here(node) => described(&mut sheet, document, channel, node, knowledge),
        Target::Elsewhere(reference) => {
            sheet.about(format!("it is described in {}, which was not read", quoted(reference)));
        }
        Target::Nowhere(reference) => {
            sheet.about(format!("the document has nothing at {}", quoted(reference)));
        }
    }
    asides.state(&mut sheet, channel);
    if channel.operations.iter().any(|operation| operation.reply) {
        let names = list(channel.operations.iter().filter(|operation| operation.reply).map(|operation| operation.id));
        sheet.find("routing.reply", "true", format!("\"reply\" of operation {names}"));
        sheet.find("pattern", "request-reply", format!("\"reply\" of operation {names}"));
    }
    sheet.ask("consumers.groups", "a document does not say how many applications read a channel");
    sheet.ask("retention.period", "the channel does not say how long messages must stay");
    sheet.ask_the_usual("a document");
    sheet
}

fn described<'n>(
    sheet: &mut Sheet,
    document: &Document<'n>,
    channel: &Channel<'n>,
    node: &'n Node<'n>,
    knowledge: &KnowledgeBase<'_>,
) {
    address(sheet, document, channel, node);
    operations(sheet, document, channel);
    messages(sheet, document, channel, node);
    servers::state(sheet, document, node);
    bindings::state(sheet, knowledge, document, channel, node);
}

/// An address with parameters stands for many; how many, only lists of their values say.
fn address<'n>(sheet: &mut Sheet, document: &Document<'n>, channel: &Channel<'n>, node: &'n Node<'n>) {
    let Some(address) = channel.address else {
        sheet.about("its address is only known when applications run");
        sheet.ask("routing.dynamic", "the address is only known when applications run: do destinations come and go?");
        return;
    };
    if address != channel.id {
        sheet.about(format!("address {}", quoted(address)));
    }
    if !address.contains('{') {
        return;
    }
    let parameters: Vec<&str> =
        address.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect();
    let described = document.get(node, "parameters");
    let counts = parameters.iter().map(|name| values(document, described?.get(name)?));
    let product = counts
        .collect::<Option<Vec<usize>>>()
        .and_then(|counts| counts.iter().try_fold(1_usize, |all, one| all.checked_mul(*one)));
    let names = list(parameters.iter().copied());
    if let Some(count) = product.filter(|count| *count > 0) {
        sheet.find("routing.destinations", count.to_string(), format!("the values listed for {names}"));
    } else {
        let each = format!("the address has one destination for each {names}");
        sheet.ask("routing.destinations", format!("{each}: how many are there?"));
        sheet.ask("routing.dynamic", format!("{each}: do they come and go?"));
    }
}

/// How many values are listed for a parameter: by itself in version 3, by its schema in version 2.
fn values<'n>(document: &Document<'n>, parameter: &'n Node<'n>) -> Option<usize> {
    let parameter = document.here(parameter)?;
    let own = parameter.get("enum");
    let listed = own.or_else(|| document.get(parameter, "schema")?.get("enum"))?.as_list()?;
    (!listed.is_empty()).then_some(listed.len())
}

fn operations(sheet: &mut Sheet, document: &Document<'_>, channel: &Channel<'_>) {
    if !channel.operations.is_empty() {
        let told: Vec<String> = channel
            .operations
            .iter()
            .take(6)
            .map(|operation| match operation.action {
                "" => quoted(operation.id),
                action if action == operation.id => action.to_owned(),
                action => format!("{} {}", super::super::words::short(action, 20), quoted(operation.id)),
            })
            .collect();
        let more = if channel.operations.len() > told.len() { ", …" } else { "" };
        sheet.about(format!("operations: {}{more}", told.join(", ")));
    }
    if !channel.answers.is_empty() {
        sheet.about(format!("answers to {} come here", list(channel.answers.iter().copied())));
        sheet.ask("routing.dynamic", "answers come here: has each caller a place of its own, for as long as it waits?");
    }
    let elsewhere = channel.operations.iter().filter_map(|operation| operation.node.get("bindings"));
    for node in elsewhere {
        if let Target::Elsewhere(reference) = super::references::follow(document.root, node) {
            sheet.about(format!("bindings of an operation are in {}, which was not read", quoted(reference)));
        }
    }
}

/// The messages of a channel, by what they are called, and what they are.
fn messages<'n>(sheet: &mut Sheet, document: &Document<'n>, channel: &Channel<'n>, node: &'n Node<'n>) {
    let all = of_channel(document, channel, node);
    if all.is_empty() {
        return;
    }
    let names: Vec<&str> = all.iter().map(|message| message.name).collect();
    let kinds: BTreeSet<&str> = all
        .iter()
        .filter_map(|message| text_at(message.node?, "contentType"))
        .chain(text(document.root.get("defaultContentType").unwrap_or(document.root)))
        .collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(", {}", list(kinds)) };
    let what = if names.len() == 1 { "message" } else { "messages" };
    sheet.about(format!("{what} {}{kinds}", list(names)));
    for message in &all {
        let Some(node) = message.node else { continue };
        bindings::of_message(sheet, document, message.name, node);
    }
}

/// A message, and what describes it if that is in the document.
pub(super) struct Message<'n> {
    pub(super) name: &'n str,
    pub(super) node: Option<&'n Node<'n>>,
}

/// So many messages are looked at.
const MESSAGES: usize = 200;

/// The messages of a channel: a map in version 3; in version 2 one of each operation, or one of several.
fn of_channel<'n>(document: &Document<'n>, channel: &Channel<'n>, node: &'n Node<'n>) -> Vec<Message<'n>> {
    let mut all: Vec<Message<'n>> = Vec::new();
    let mut add = |name: Option<&'n str>, node: &'n Node<'n>| {
        let here = document.here(node);
        let last = text_at(node, "$ref").and_then(|reference| reference.rsplit('/').next());
        let own = here.and_then(|node| text_at(node, "name").or_else(|| text_at(node, "messageId")));
        let name = name.or(own).or(last).unwrap_or("without a name");
        if all.iter().all(|message| message.name != name) && all.len() < MESSAGES {
            all.push(Message { name, node: here });
        }
    };
    for (name, message) in Document::entries(document.get(node, "messages")) {
        add(Some(name), message);
    }
    for operation in &channel.operations {
        let Some(message) = operation.node.get("message") else { continue };
        match document.here(message).and_then(|message| message.get("oneOf")).and_then(Node::as_list) {
            Some(several) => several.iter().for_each(|message| add(None, message)),
            None => add(None, message),
        }
    }
    all
}

/// Channels that by their names take failed or waiting messages, and of which others they do.
#[derive(Debug, Default)]
pub(super) struct Asides<'n> {
    all: BTreeSet<&'n str>,
    /// By the name of the main channel, without signs.
    of: BTreeMap<String, Vec<&'n str>>,
}

fn called(channel: &Channel<'_>) -> String {
    plain(channel.address.unwrap_or(channel.id))
}

impl<'n> Asides<'n> {
    pub(super) fn of(knowledge: &KnowledgeBase<'_>, document: &Document<'n>) -> Self {
        let is_aside = |name: &str| knowledge.files.iter().any(|rules| is_called_aside(knowledge, rules, name));
        let (asides, mains): (Vec<_>, Vec<_>) =
            document.channels.iter().map(|channel| (channel.id, called(channel))).partition(|(_, name)| is_aside(name));
        let mains: BTreeSet<String> = mains.into_iter().map(|(_, name)| name).collect();
        let mut found = Self::default();
        for (id, name) in asides {
            found.all.insert(id);
            let signs: Vec<usize> = name.match_indices('-').map(|(at, _)| at).collect();
            let heads = signs.iter().rev().filter_map(|at| name.get(..*at));
            let tails = signs.iter().filter_map(|at| name.get(at + 1..));
            if let Some(main) = heads.chain(tails).find(|part| mains.contains(*part)) {
                found.of.entry(main.to_owned()).or_default().push(id);
            }
        }
        found
    }

    /// States what channels beside one say of it.
    fn state(&self, sheet: &mut Sheet, channel: &Channel<'_>) {
        if self.all.contains(channel.id) {
            sheet.about("by its name it takes failed or waiting messages of another flow");
            return;
        }
        for other in self.of.get(&called(channel)).into_iter().flatten() {
            let beside = quoted(other);
            if plain(other).contains("retr") {
                sheet.ask("handling.retries", format!("channel {beside} is for another try: how often?"));
            } else {
                sheet.find("handling.dead_letter", "true", format!("channel {beside} beside it"));
            }
        }
    }
}
