//! Compose files: each service that runs an image of a broker is a broker, and its environment says what is set.
//! Several services of one image are several brokers here; whether they form a cluster, the file does not say.

use std::collections::{HashMap, HashSet};

use super::environment::Meaning;
use super::image::{self, Image};
use super::value::{entry, part, text, text_at};
use super::variable::{Filled, fill};
use super::{Artifact, Declared, Entry, Item, ItemKind, Literal, Shape, Stray, Typed};
use crate::source::{Kind, Node, Span};

/// Services that extend one another in a row.
const LONGEST_CHAIN: usize = 16;
/// Variables that services of one file may take from those they extend.
const INHERITED: usize = 100_000;
/// Where images look for files of settings.
const CONFIGURATION: [&str; 8] = [
    "/etc/kafka",
    "/opt/kafka/config",
    "/mnt/shared/config",
    "/bitnami/kafka/config",
    "/opt/bitnami/kafka/config",
    "/etc/rabbitmq",
    "/bitnami/rabbitmq/conf",
    "/opt/bitnami/rabbitmq/etc",
];
/// What lies there and is no file of settings.
const NO_SETTINGS: [&str; 6] = ["secrets", "enabled_plugins", "cert", "ssl", "definitions", "cookie"];

/// Whether a document is a compose file.
pub(super) fn is(node: &Node<'_>) -> bool {
    node.get("services").is_some_and(|services| services.as_map().is_some())
}

pub(super) fn read(node: &Node<'_>, whole: &str, index: usize) -> Vec<Artifact> {
    let services = node.get("services").and_then(Node::as_map).unwrap_or_default();
    let by_name: HashMap<&str, &Node<'_>> = services.iter().map(|it| (it.key.as_ref(), &it.value)).collect();
    let mut inherited = INHERITED;
    let mut artifacts = Vec::new();
    for service in services {
        let chain = Chain::of(&service.value, &by_name);
        let image = chain.nodes.iter().find_map(|node| node.get("image"));
        let reference = image.map_or_else(Filled::default, |node| fill(text(node)));
        let named = image::find(&reference.text);
        // NOTE: an image that is built here, or that a variable names, is told by what its variables are.
        let guessed = || if reference.complete { None } else { image::of_variables(&chain.names(whole)) };
        let Some(found) = named.map(|(found, _)| found).or_else(guessed) else { continue };
        let mut reader = Reader { whole, image: found, entries: Vec::new(), topics: Vec::new(), strays: Vec::new() };
        let mut more = chain.outside.or_else(|| chain.nodes.iter().find_map(|node| elsewhere(node)));
        let mut seen = HashSet::new();
        for (depth, node) in chain.nodes.iter().enumerate() {
            let variables = variables(node, whole);
            if depth > 0 {
                let Some(left) = inherited.checked_sub(variables.len()) else {
                    more = more.or(Some(service.key_span));
                    break;
                };
                inherited = left;
            }
            for variable in variables {
                if seen.insert(variable.name.clone()) {
                    reader.variable(variable);
                }
            }
        }
        if reader.entries.is_empty() && found.is_set_by_variables() && chain.runs_something_else() {
            continue;
        }
        artifacts.push(Artifact {
            source: index,
            shape: Shape::Compose,
            broker: found.broker,
            name: Some(service.key.clone().into_owned()),
            version: named.zip(image).and_then(|((found, tag), node)| version(found, tag, node, whole)),
            prefix: found.rules.prefix(),
            items: reader.items(service.key_span),
            bindings: Vec::new(),
            strays: reader.strays,
            more,
        });
    }
    artifacts
}

fn version(image: Image, tag: &str, node: &Node<'_>, whole: &str) -> Option<(crate::quantity::Version, Span)> {
    let (version, at) = image.version(tag)?;
    let word = tag.get(at)?;
    let raw = node.span.text(whole);
    let start = node.span.start as usize;
    let span = raw.rfind(word).map_or(node.span, |found| Span::new(start + found, start + found + word.len()));
    Some((version, span))
}

/// A service and those that it extends, itself first.
struct Chain<'n, 'a> {
    nodes: Vec<&'n Node<'a>>,
    /// Where it extends a service of another file.
    outside: Option<Span>,
}

impl<'n, 'a> Chain<'n, 'a> {
    fn of(service: &'n Node<'a>, by_name: &HashMap<&str, &'n Node<'a>>) -> Self {
        let mut chain = Self { nodes: vec![service], outside: None };
        let mut last = service;
        while chain.nodes.len() < LONGEST_CHAIN {
            let Some(extends) = last.get("extends") else { break };
            if extends.get("file").is_some() {
                chain.outside = Some(extends.span);
                break;
            }
            let name = text_at(extends, "service").unwrap_or_else(|| text(extends));
            let Some(base) = by_name.get(name) else { break };
            chain.nodes.push(base);
            last = base;
        }
        chain
    }

    /// The names of all variables.
    fn names(&self, whole: &str) -> Vec<String> {
        self.nodes.iter().flat_map(|node| variables(node, whole)).map(|variable| variable.name).collect()
    }

    /// Whether the image is used for one of its tools, as services do that create topics and end.
    fn runs_something_else(&self) -> bool {
        self.nodes.iter().any(|node| node.get("command").is_some() || node.get("entrypoint").is_some())
    }
}

/// Where a service says that variables or settings come from a file.
fn elsewhere(service: &Node<'_>) -> Option<Span> {
    let file = service.as_map()?.iter().find(|entry| entry.key == "env_file" && entry.value.kind != Kind::Empty);
    if let Some(file) = file {
        return Some(file.key_span);
    }
    let mounts = ["volumes", "configs"].into_iter().filter_map(|key| service.get(key)?.as_list()).flatten();
    mounts.filter(|mount| is_configuration(mount)).map(|mount| mount.span).next()
}

fn is_configuration(mount: &Node<'_>) -> bool {
    let target = text_at(mount, "target").unwrap_or_else(|| text(mount).split(':').nth(1).unwrap_or_default());
    CONFIGURATION.iter().any(|path| target.starts_with(path)) && !NO_SETTINGS.iter().any(|it| target.contains(it))
}

/// A variable as the file gives it.
struct Variable<'n, 'a> {
    name: String,
    name_span: Span,
    /// `None` where the file names it only: then it comes from the shell.
    value: Option<&'n str>,
    value_span: Span,
    node: &'n Node<'a>,
    /// Of the value in the text of its node.
    offset: usize,
}

/// A map of variables, or a list of `NAME=value`.
fn variables<'n, 'a>(service: &'n Node<'a>, whole: &str) -> Vec<Variable<'n, 'a>> {
    let Some(environment) = service.get("environment") else { return Vec::new() };
    match &environment.kind {
        Kind::Map(entries) => entries
            .iter()
            .filter(|it| it.value.as_map().is_none() && it.value.as_list().is_none())
            .map(|it| Variable {
                name: it.key.clone().into_owned(),
                name_span: it.key_span,
                value: it.value.as_scalar().map(|scalar| scalar.text.as_ref()),
                value_span: if it.value.as_scalar().is_some() { it.value.span } else { it.key_span },
                node: &it.value,
                offset: 0,
            })
            .collect(),
        // Of two of one name the later one counts.
        Kind::List(items) => {
            let all: Vec<Variable<'_, '_>> = items.iter().filter_map(|item| listed(item, whole)).collect();
            let last: HashMap<String, usize> =
                all.iter().enumerate().map(|(place, variable)| (variable.name.clone(), place)).collect();
            let counts = |(place, variable): &(usize, Variable<'_, '_>)| last.get(&variable.name) == Some(place);
            all.into_iter().enumerate().filter(counts).map(|(_, variable)| variable).collect()
        }
        Kind::Empty | Kind::Scalar(_) => Vec::new(),
    }
}

fn listed<'n, 'a>(item: &'n Node<'a>, whole: &str) -> Option<Variable<'n, 'a>> {
    let pair = item.as_scalar()?.text.as_ref();
    let name = pair.split('=').next().unwrap_or_default();
    let name_span = part(whole, item, 0, name.len());
    let value = pair.get(name.len() + 1..);
    let value_span = value.map_or(name_span, |_| part(whole, item, name.len() + 1, pair.len()));
    Some(Variable { name: name.to_owned(), name_span, value, value_span, node: item, offset: name.len() + 1 })
}

struct Reader<'w> {
    whole: &'w str,
    image: Image,
    entries: Vec<Entry>,
    topics: Vec<Item>,
    strays: Vec<Stray>,
}

impl Reader<'_> {
    fn variable(&mut self, variable: Variable<'_, '_>) {
        let filled = variable.value.map(fill);
        let told = filled.as_ref().map_or("", |filled| filled.text.as_str());
        match self.image.rules.meaning(&variable.name, told) {
            Meaning::Other => {}
            Meaning::Refused(near) => {
                self.strays.push(Stray { key: variable.name, span: variable.name_span, near, refused: true });
            }
            Meaning::Topics => {
                if let Some(filled) = filled.filter(|filled| filled.complete) {
                    self.topics(&filled.text, &variable);
                }
            }
            Meaning::Key(key) => {
                let value = match filled {
                    Some(filled) if filled.complete => {
                        Declared::Literal(Literal { text: filled.text, typed: Typed::Untyped })
                    }
                    _ => Declared::Elsewhere,
                };
                self.entries.push(entry(key, variable.name_span, value, variable.value_span));
            }
        }
    }

    /// `name:partitions:replicas` or `name:partitions:replicas:cleanup.policy`, with commas or line breaks between.
    fn topics(&mut self, list: &str, variable: &Variable<'_, '_>) {
        // Variables that were filled in move what comes after them.
        let exact = variable.value == Some(list);
        let mut start = 0;
        for written in list.split_inclusive([',', '\n']) {
            let offset = start + written.len() - written.trim_start().len();
            start += written.len();
            let topic = written.trim_end_matches([',', '\n']).trim();
            let mut at = offset;
            let mut fields = Vec::new();
            for field in topic.split(':') {
                let from = variable.offset + at;
                let span =
                    if exact { part(self.whole, variable.node, from, from + field.len()) } else { variable.value_span };
                fields.push((field, span));
                at += field.len() + 1;
            }
            let mut fields = fields.into_iter();
            let Some((name, span)) = fields.next().filter(|(name, _)| !name.is_empty()) else { continue };
            let keys = ["partitions", "replication.factor", "cleanup.policy"];
            let entries = keys.into_iter().zip(fields).filter(|(_, (text, _))| !text.is_empty()).map(|(key, field)| {
                let value = Declared::Literal(Literal { text: field.0.to_owned(), typed: Typed::Untyped });
                entry(key.to_owned(), field.1, value, field.1)
            });
            self.topics.push(Item {
                kind: ItemKind::Topic,
                name: name.to_owned(),
                vhost: None,
                span,
                entries: entries.collect(),
                selector: None,
            });
        }
    }

    fn items(&mut self, span: Span) -> Vec<Item> {
        let mut items = vec![Item {
            kind: ItemKind::Broker,
            name: String::new(),
            vhost: None,
            span,
            entries: std::mem::take(&mut self.entries),
            selector: None,
        }];
        items.append(&mut self.topics);
        items
    }
}
