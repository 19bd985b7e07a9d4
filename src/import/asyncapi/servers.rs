//! By what protocols a channel is served, and what else its servers say.

use super::super::sheet::Sheet;
use super::super::tree::{text, text_at};
use super::super::words::{list, quoted};
use super::document::Document;
use crate::source::Node;

/// What a protocol of a document is in the words of profiles.
enum Spoken {
    /// A protocol that several brokers can speak: who publishes a document with it has clients that do.
    Shared(&'static str),
    /// The own protocol of one broker, by the word for it.
    Own(&'static str),
    /// No word for it.
    Foreign,
}

fn spoken(protocol: &str, version: &str) -> Spoken {
    match protocol.to_ascii_lowercase().as_str() {
        "amqp" | "amqps" if version.trim_start_matches(['v', 'V']).starts_with('1') => Spoken::Shared("amqp-1-0"),
        "amqp" | "amqps" => Spoken::Own("amqp-0-9-1"),
        "amqp1" | "amqp1s" => Spoken::Shared("amqp-1-0"),
        "kafka" | "kafka-secure" => Spoken::Own("kafka"),
        "mqtt" | "mqtts" | "mqtt5" | "secure-mqtt" => Spoken::Shared("mqtt"),
        "stomp" | "stomps" => Spoken::Shared("stomp"),
        "jms" | "ibmmq" => Spoken::Shared("jms"),
        "ws" | "wss" => Spoken::Shared("websocket"),
        "http" | "https" => Spoken::Shared("http"),
        _ => Spoken::Foreign,
    }
}

/// States what the servers of a channel say: those that it names, or all.
///
/// That a channel is served by Kafka or over AMQP 0-9-1 says which broker is there, and not that clients could not speak to
/// another: it is a question. Other protocols are a wish on any broker.
pub(super) fn state<'n>(sheet: &mut Sheet, document: &Document<'n>, channel: &'n Node<'n>) {
    let servers = servers(document, channel);
    let mut shared: Vec<(&str, &str)> = Vec::new();
    for (name, server) in &servers {
        let protocol = text_at(server, "protocol").unwrap_or_default();
        let version = text_at(server, "protocolVersion").unwrap_or_default();
        if protocol.is_empty() {
            continue;
        }
        match spoken(protocol, version) {
            Spoken::Shared(word) => {
                if shared.iter().all(|(known, _)| *known != word) {
                    shared.push((word, name));
                }
            }
            Spoken::Own(word) => {
                let why = format!("server {} speaks {word}: can clients speak another protocol?", quoted(name));
                sheet.ask("clients.protocols", why);
            }
            Spoken::Foreign => {
                let line =
                    format!("server {} speaks {}, for which profiles have no word", quoted(name), quoted(protocol));
                if !sheet.about.contains(&line) {
                    sheet.about(line);
                }
                sheet.ask(
                    "clients.protocols",
                    format!("server {} speaks {}: which protocols must stay?", quoted(name), quoted(protocol)),
                );
            }
        }
        registry(sheet, document, name, server);
    }
    // Where a channel is served by other protocols as well, none of them must stay.
    if !shared.is_empty() && sheet.open.iter().all(|open| open.fact != "clients.protocols") {
        let words: Vec<&str> = shared.iter().map(|(word, _)| *word).collect();
        let names = list(shared.iter().map(|(_, name)| *name));
        let what = if shared.len() == 1 { "server" } else { "servers" };
        sheet.find("clients.protocols", format!("[{}]", words.join(", ")), format!("\"protocol\" of {what} {names}"));
    }
}

/// A server of Kafka may name where its schemas are kept.
fn registry<'n>(sheet: &mut Sheet, document: &Document<'n>, name: &str, server: &'n Node<'n>) {
    let kafka = document.get(server, "bindings").and_then(|bindings| document.get(bindings, "kafka"));
    if kafka
        .is_some_and(|kafka| kafka.get("schemaRegistryUrl").is_some() || kafka.get("schemaRegistryVendor").is_some())
    {
        sheet.find("integration.schema_registry", "true", format!("\"schemaRegistryUrl\" of server {}", quoted(name)));
    }
}

fn servers<'n>(document: &Document<'n>, channel: &'n Node<'n>) -> Vec<(&'n str, &'n Node<'n>)> {
    let all: Vec<(&str, &Node<'_>)> = Document::entries(document.root.get("servers"))
        .filter_map(|(name, node)| Some((name, document.here(node)?)))
        .collect();
    let named = channel.get("servers").and_then(Node::as_list).unwrap_or_default();
    if named.is_empty() {
        return all;
    }
    // By name in version 2, by reference in version 3.
    let is_meant = |name: &str, server: &Node<'_>| {
        named.iter().any(|one| {
            text(one) == Some(name)
                || document.here(one).is_some_and(|meant| std::ptr::eq(meant, server) && one.as_map().is_some())
        })
    };
    all.into_iter().filter(|(name, server)| is_meant(name, server)).collect()
}
