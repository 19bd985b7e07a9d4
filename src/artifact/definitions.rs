//! RabbitMQ's definitions, of a cluster or of one virtual host, as `rabbitmqctl export_definitions` and the management
//! plugin write them and as the broker imports them. Users and permissions are passed over: nothing of them is kept.

use super::layout::{Layout, stray_of};
use super::value::{self, text_at};
use super::{Artifact, Binding, Entry, Item, ItemKind, Selector, Shape, Stray, image};
use crate::source::{Limits, Node, Problem, Source, Span, read_foreign};

/// Of the top of the file. Sources: `rabbit_definitions:apply_defs` and the exports of `rabbit_mgmt_wm_definitions`.
const SECTIONS: [&str; 21] = [
    "rabbit_version",
    "rabbitmq_version",
    "product_name",
    "product_version",
    "rabbitmq_definition_format",
    "original_cluster_name",
    "original_vhost_name",
    "explanation",
    "users",
    "vhosts",
    "permissions",
    "topic_permissions",
    "parameters",
    "global_parameters",
    "policies",
    "queues",
    "exchanges",
    "bindings",
    "metadata",
    "description",
    "limits",
];
/// Those that tell definitions from any other object.
const TELLING: [&str; 11] = [
    "rabbit_version",
    "rabbitmq_version",
    "vhosts",
    "permissions",
    "topic_permissions",
    "parameters",
    "global_parameters",
    "policies",
    "queues",
    "exchanges",
    "bindings",
];
const QUEUE: Layout = Layout {
    own: &["type", "durable", "auto_delete", "exclusive"],
    nested: &["arguments"],
    passed: &["name", "vhost"],
};
const EXCHANGE: Layout =
    Layout { own: &["type", "durable", "auto_delete", "internal"], nested: &["arguments"], passed: &["name", "vhost"] };
const POLICY: Layout =
    Layout { own: &[], nested: &["definition"], passed: &["name", "vhost", "pattern", "apply-to", "priority"] };
/// What the broker reads of a virtual host; `default_queue_type` only in `metadata`.
const VHOST: Layout = Layout {
    own: &["tracing", "description", "tags"],
    nested: &["metadata", "limits"],
    passed: &["name", "cluster_state"],
};

/// Definitions may be large: a queue takes a dozen values.
const LIMITS: Limits = Limits { depth: 64, nodes: 8_000_000, documents: 1, problems: 1_000 };

pub(super) fn read(source: &Source, index: usize) -> Result<Vec<Artifact>, Vec<Problem>> {
    if source.text.trim_start().starts_with('[') {
        return Err(vec![super::unknown(&source.text)]);
    }
    let mut result = None;
    let problems = read_foreign(source, &LIMITS, &mut |node| result = Some(of(&node, source, index)));
    match result {
        Some(result) if problems.is_empty() => result.map(|artifact| vec![artifact]),
        Some(Err(more)) => Err(problems.into_iter().chain(more).collect()),
        _ => Err(problems),
    }
}

fn of(node: &Node<'_>, source: &Source, index: usize) -> Result<Artifact, Vec<Problem>> {
    let entries = node.as_map().unwrap_or_default();
    if !entries.iter().any(|entry| TELLING.contains(&entry.key.as_ref())) {
        return Err(vec![super::unknown(&source.text)]);
    }
    let strays = entries
        .iter()
        .filter(|entry| !SECTIONS.contains(&entry.key.as_ref()))
        .map(|entry| Stray {
            key: entry.key.clone().into_owned(),
            span: entry.key_span,
            near: near_section(&entry.key),
            refused: false,
        })
        .collect();
    let mut reader = Reader {
        vhost: text_at(node, "original_vhost_name"),
        items: Vec::new(),
        bindings: Vec::new(),
        strays,
        problems: Vec::new(),
    };
    reader.own_vhost(node);
    for entry in entries {
        reader.section(&entry.key, &entry.value);
    }
    if !reader.problems.is_empty() {
        return Err(reader.problems);
    }
    Ok(Artifact {
        source: index,
        shape: Shape::Definitions,
        broker: "rabbitmq",
        name: text_at(node, "original_cluster_name").map(str::to_owned),
        version: version(node, &source.text),
        prefix: None,
        items: reader.items,
        bindings: reader.bindings,
        strays: reader.strays,
        more: None,
    })
}

/// Operator policies are runtime parameters of that component.
fn near_section(key: &str) -> Option<&'static str> {
    if key.starts_with("operator") {
        return Some("parameters");
    }
    crate::suggestion::nearest(key, SECTIONS.into_iter())
}

/// The version of the broker that wrote the file.
fn version(node: &Node<'_>, whole: &str) -> Option<(crate::quantity::Version, Span)> {
    let scalar = node.get("rabbitmq_version").or_else(|| node.get("rabbit_version"))?;
    let text = value::text(scalar);
    let (version, length) = image::leading_version(text)?;
    Some((version, value::part(whole, scalar, 0, length)))
}

struct Reader<'a> {
    /// The virtual host of a file that is of one only.
    vhost: Option<&'a str>,
    items: Vec<Item>,
    bindings: Vec<Binding>,
    strays: Vec<Stray>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn section(&mut self, name: &str, value: &Node<'_>) {
        let add: fn(&mut Self, &Node<'_>) = match name {
            "queues" => |reader, node| reader.add(ItemKind::Queue, &QUEUE, node),
            "exchanges" => |reader, node| reader.add(ItemKind::Exchange, &EXCHANGE, node),
            "vhosts" => |reader, node| reader.add(ItemKind::Vhost, &VHOST, node),
            "policies" => Self::policy,
            "parameters" | "global_parameters" => Self::parameter,
            "bindings" => Self::binding,
            "users" | "permissions" | "topic_permissions" => |_, _| {},
            _ => return,
        };
        let Some(list) = value.as_list() else {
            let message = format!("expected a list of {}, found {}", name.replace('_', " "), value.describe());
            self.problems.push(Problem::new("not-a-list", value.span, message));
            return;
        };
        // NOTE: the broker passes over what is no object.
        for node in list.iter().filter(|node| node.as_map().is_some()) {
            add(self, node);
        }
    }

    /// A file of one virtual host describes it at its top.
    fn own_vhost(&mut self, node: &Node<'_>) {
        let parts: Vec<_> =
            node.as_map().unwrap_or_default().iter().filter(|it| it.key == "metadata" || it.key == "limits").collect();
        let Some(first) = parts.first() else { return };
        let mut entries = Vec::new();
        for part in &parts {
            nested(&part.value, &mut entries);
        }
        let span = node.get("original_vhost_name").map_or(first.key_span, |name| name.span);
        let name = self.vhost.unwrap_or_default().to_owned();
        self.items.push(Item { kind: ItemKind::Vhost, name, vhost: None, span, entries, selector: None });
    }

    fn add(&mut self, kind: ItemKind, layout: &Layout, node: &Node<'_>) {
        let entries = self.entries(layout, node);
        let item = self.item(kind, node, entries);
        self.items.push(item);
    }

    fn entries(&mut self, layout: &Layout, node: &Node<'_>) -> Vec<Entry> {
        let mut entries = Vec::new();
        for entry in node.as_map().unwrap_or_default() {
            let key = entry.key.as_ref();
            if layout.own.contains(&key) {
                entries.push(value::of(key, entry, true));
            } else if layout.nested.contains(&key) {
                nested(&entry.value, &mut entries);
            } else if key == "default_queue_type" {
                // NOTE: exports of 4.0 and 4.1 have it here too, and no import reads it here.
                if node.get("metadata").is_none_or(|metadata| metadata.get(key).is_none()) {
                    let (key, span) = (key.to_owned(), entry.key_span);
                    self.strays.push(Stray { key, span, near: Some("metadata.default_queue_type"), refused: false });
                }
            } else if !layout.passed.contains(&key) {
                self.strays.extend(stray_of(layout, entry));
            }
        }
        entries
    }

    fn item(&self, kind: ItemKind, node: &Node<'_>, entries: Vec<Entry>) -> Item {
        let start = node.span.start as usize;
        Item {
            kind,
            name: text_at(node, "name").unwrap_or_default().to_owned(),
            vhost: if kind == ItemKind::Vhost { None } else { self.vhost_of(node) },
            span: node.get("name").map_or(Span::new(start, start + 1), |name| name.span),
            entries,
            selector: None,
        }
    }

    fn vhost_of(&self, node: &Node<'_>) -> Option<String> {
        text_at(node, "vhost").or(self.vhost).map(str::to_owned)
    }

    fn policy(&mut self, node: &Node<'_>) {
        let entries = self.entries(&POLICY, node);
        let mut item = self.item(ItemKind::Policy, node, entries);
        item.selector = Some(selector(node, item.span));
        self.items.push(item);
    }

    fn parameter(&mut self, node: &Node<'_>) {
        let component = node.as_map().unwrap_or_default().iter().find(|entry| entry.key == "component");
        let value = node.get("value");
        let is_operator_policy = component.is_some_and(|entry| value::text(&entry.value) == "operator_policy");
        if let (true, Some(value)) = (is_operator_policy, value) {
            let entries = self.entries(&POLICY, value);
            let mut item = self.item(ItemKind::OperatorPolicy, node, entries);
            item.selector = Some(selector(value, item.span));
            self.items.push(item);
            return;
        }
        let mut entries: Vec<Entry> = component.map(|entry| value::of("component", entry, true)).into_iter().collect();
        let whole = node.as_map().unwrap_or_default().iter().find(|entry| entry.key == "value");
        match whole {
            Some(entry) if entry.value.as_map().is_none() => entries.push(value::of("value", entry, true)),
            Some(entry) => nested(&entry.value, &mut entries),
            None => {}
        }
        let item = self.item(ItemKind::Parameter, node, entries);
        self.items.push(item);
    }

    fn binding(&mut self, node: &Node<'_>) {
        let at = |key| text_at(node, key).unwrap_or_default().to_owned();
        let place = node.get("destination").or_else(|| node.get("source"));
        let start = node.span.start as usize;
        self.bindings.push(Binding {
            vhost: self.vhost_of(node).unwrap_or_default(),
            source: at("source"),
            destination: at("destination"),
            to_queue: text_at(node, "destination_type") != Some("exchange"),
            routing_key: at("routing_key"),
            span: place.map_or(Span::new(start, start + 1), |place| place.span),
        });
    }
}

fn nested(node: &Node<'_>, entries: &mut Vec<Entry>) {
    entries.extend(node.as_map().unwrap_or_default().iter().map(|entry| value::of(&entry.key, entry, true)));
}

fn selector(node: &Node<'_>, otherwise: Span) -> Selector {
    Selector {
        pattern: text_at(node, "pattern").unwrap_or_default().to_owned(),
        pattern_span: node.get("pattern").map_or(otherwise, |pattern| pattern.span),
        apply_to: text_at(node, "apply-to").unwrap_or_default().to_owned(),
        priority: text_at(node, "priority").and_then(|text| text.parse().ok()).unwrap_or_default(),
    }
}
