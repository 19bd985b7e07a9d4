//! Broker files made by hand: what a grammar would give, without the grammar.

use brokerfit::artifact::{Artifact, Binding, Declared, Entry, Item, ItemKind, Literal, Selector, Shape, Typed};
use brokerfit::source::Span;

/// A place that tells entries of one file apart.
fn next(at: &mut u32) -> Span {
    *at += 10;
    Span { start: *at, end: *at + 5 }
}

fn literal(text: &str, at: &mut u32, key: &str) -> Entry {
    let value = if text == "?" {
        Declared::Elsewhere
    } else {
        Declared::Literal(Literal { text: text.to_owned(), typed: Typed::Untyped })
    };
    Entry { key: key.to_owned(), key_span: next(at), value, value_span: next(at), secret: false }
}

/// An item of a kind: a name, then `key=value`; of a policy `pattern`, `apply-to` and `priority` say whom it reaches.
/// `KIND NAME key=value …`, as in `queue orders x-queue-type=quorum`; a value `?` is not in the file.
fn item(text: &str, at: &mut u32) -> Item {
    let mut words = text.split_whitespace();
    let kind = match words.next() {
        Some("broker") => ItemKind::Broker,
        Some("topic") => ItemKind::Topic,
        Some("queue") => ItemKind::Queue,
        Some("policy") => ItemKind::Policy,
        Some("operator-policy") => ItemKind::OperatorPolicy,
        Some("vhost") => ItemKind::Vhost,
        other => panic!("no kind {other:?} in `{text}`"),
    };
    let name = if kind == ItemKind::Broker { "" } else { words.next().unwrap() };
    let hosted = matches!(kind, ItemKind::Queue | ItemKind::Policy | ItemKind::OperatorPolicy);
    let mut selector = matches!(kind, ItemKind::Policy | ItemKind::OperatorPolicy).then(|| Selector {
        pattern: ".*".to_owned(),
        pattern_span: next(at),
        apply_to: "queues".to_owned(),
        priority: 0,
    });
    let span = next(at);
    let mut entries = Vec::new();
    for word in words {
        let (key, value) = word.split_once('=').unwrap_or_else(|| panic!("`{word}` of `{text}` has no value"));
        match (&mut selector, key) {
            (Some(selector), "pattern") => value.clone_into(&mut selector.pattern),
            (Some(selector), "apply-to") => value.clone_into(&mut selector.apply_to),
            (Some(selector), "priority") => selector.priority = value.parse().unwrap(),
            _ => entries.push(literal(value, at, key)),
        }
    }
    let vhost = hosted.then(|| "/".to_owned());
    Item { kind, name: name.to_owned(), vhost, span, entries, selector }
}

/// An artifact of items between semicolons; `bind EXCHANGE QUEUE KEY` binds.
pub(super) fn artifact(broker: &'static str, shape: Shape, source: usize, text: &str) -> Artifact {
    let mut at = 0;
    let parts: Vec<&str> = text.split(';').map(str::trim).filter(|part| !part.is_empty()).collect();
    let bindings = parts.iter().filter_map(|part| part.strip_prefix("bind ")).map(|part| {
        let words: Vec<&str> = part.split_whitespace().collect();
        Binding {
            vhost: "/".to_owned(),
            source: words[0].to_owned(),
            destination: words[1].to_owned(),
            to_queue: true,
            routing_key: words.get(2).copied().unwrap_or_default().to_owned(),
            span: Span::default(),
        }
    });
    let bindings = bindings.collect();
    let items = parts.iter().filter(|part| !part.starts_with("bind ")).map(|part| item(part, &mut at)).collect();
    Artifact {
        source,
        shape,
        broker,
        name: None,
        version: None,
        prefix: None,
        items,
        bindings,
        strays: Vec::new(),
        more: None,
    }
}

/// The artifacts of a text: the broker's own items in a file of their own, as they are.
pub(super) fn artifacts(broker: &'static str, text: &str) -> Vec<Artifact> {
    let (own, others): (Vec<&str>, Vec<&str>) = text.split(';').partition(|part| part.trim().starts_with("broker"));
    let kafka = broker == "kafka";
    let shapes =
        if kafka { [Shape::ServerProperties, Shape::KafkaTopic] } else { [Shape::RabbitmqConf, Shape::Definitions] };
    let mut all = Vec::new();
    for (source, (shape, parts)) in (1..).zip(shapes.into_iter().zip([own, others])) {
        if parts.iter().any(|part| !part.trim().is_empty()) {
            all.push(artifact(broker, shape, source, &parts.join(";")));
        }
    }
    all
}
