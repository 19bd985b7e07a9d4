//! Which kind of file a text is, by its content, and from there to what is gathered of it.

use super::sheet::Gathered;
use super::words::quoted;
use super::{asyncapi, benchmark, queues, topics};
use crate::artifact::{self, Artifact, Shape};
use crate::knowledge::KnowledgeBase;
use crate::source::{self, Format, Limits, Node, Problem, Source, Span};

/// The code of what tells of no flow.
const UNKNOWN: &str = "not-importable";

/// What can be read, as a help says it.
const KNOWN: &str = "known are RabbitMQ's exported definitions, Strimzi's `KafkaTopic` resources, what `kafka-topics.sh --describe`, \
    `kafka-configs.sh --describe` and `kafka-consumer-groups.sh --describe` print, AsyncAPI documents of version 2 or 3, and \
    workloads of the OpenMessaging Benchmark";

/// Documents of a text that are looked at: nobody describes more topics than a cluster can have.
const LIMITS: Limits = Limits { depth: 128, nodes: 4_000_000, documents: 100_000, problems: 1_000 };

/// Everything that a file tells.
pub(super) fn gather(knowledge: &KnowledgeBase<'_>, index: usize, text: &Source) -> Result<Gathered, Vec<Problem>> {
    if let Some(problem) = source::unreadable(&text.text) {
        return Err(vec![problem]);
    }
    let name = called(text);
    if topics::is_described(&text.text) {
        return Ok(topics::gather(knowledge, &topics::read(&text.text), name));
    }
    if text.format == Format::Toml {
        return Err(vec![unknown(&text.text, "this file tells of no flow in a way that is known")]);
    }
    let readable = as_tree(text);
    if readable.format == Format::Json
        && let Some(artifacts) = definitions(&readable, index)?
    {
        return Ok(queues::gather(knowledge, &artifacts, name));
    }
    let mut documents = Vec::new();
    let problems = source::read_foreign(&readable, &LIMITS, &mut |node| documents.push(node));
    if !problems.is_empty() {
        return Err(told_better(&readable, index, problems));
    }
    of_documents(knowledge, index, &readable, &documents, name)
}

fn of_documents(
    knowledge: &KnowledgeBase<'_>,
    index: usize,
    text: &Source,
    documents: &[Node<'_>],
    name: &str,
) -> Result<Gathered, Vec<Problem>> {
    if let Some(document) = documents.iter().find(|node| asyncapi::is_asyncapi(node)) {
        let (version, is_read) = asyncapi::version(document);
        if is_read {
            return Ok(asyncapi::gather(knowledge, document, name));
        }
        let place = document.get("asyncapi").map_or(document.span, |node| node.span);
        let message = format!("AsyncAPI documents of version {} are not read", quoted(version));
        let problem =
            Problem::new(UNKNOWN, place, message).help("convert it: `asyncapi convert FILE --target-version 3.0.0`");
        return Err(vec![problem]);
    }
    if documents.iter().any(has_topics) {
        // Also as JSON, which is YAML as well.
        let yaml = Source { name: text.name.clone(), text: text.text.clone(), format: Format::Yaml };
        let artifacts = artifact::read(&yaml, index)?;
        return Ok(topics::gather(knowledge, &topics::of_resources(&artifacts), name));
    }
    if documents.iter().any(benchmark::is_workload) {
        return Ok(benchmark::gather(documents, name));
    }
    Err(vec![
        documents
            .iter()
            .find_map(foreign)
            .unwrap_or_else(|| unknown(&text.text, "this file tells of no flow in a way that is known")),
    ])
}

/// Whether a document is a topic of Strimzi, or a list with one.
fn has_topics(node: &Node<'_>) -> bool {
    let is_topic = |node: &Node<'_>| super::tree::text_at(node, "kind") == Some("KafkaTopic");
    let listed = node.get("items").and_then(Node::as_list).unwrap_or_default();
    is_topic(node) || listed.iter().any(is_topic)
}

/// Definitions of RabbitMQ, if a text is some.
fn definitions(text: &Source, index: usize) -> Result<Option<Vec<Artifact>>, Vec<Problem>> {
    match artifact::read(text, index) {
        Ok(artifacts) if artifacts.iter().all(|artifact| artifact.shape == Shape::Definitions) => Ok(Some(artifacts)),
        Ok(_) => Ok(None),
        // What is broken as JSON is broken whatever it is of, and said once.
        Err(problems) if problems.iter().all(|problem| problem.code == "not-a-broker-file") => Ok(None),
        Err(problems) => Err(problems),
    }
}

/// A text as what it looks like: a name may say otherwise.
fn as_tree(text: &Source) -> std::borrow::Cow<'_, Source> {
    let looks_like_json = text.text.trim_start().starts_with(['{', '[']);
    let format = match (text.format, looks_like_json) {
        (Format::Yaml, true)
            if source::read_foreign(&as_format(text, Format::Json), &LIMITS, &mut |_| {}).is_empty() =>
        {
            Format::Json
        }
        (Format::Yaml, _) | (_, false) => Format::Yaml,
        (_, true) => Format::Json,
    };
    if format == text.format {
        std::borrow::Cow::Borrowed(text)
    } else {
        std::borrow::Cow::Owned(as_format(text, format))
    }
}

fn as_format(text: &Source, format: Format) -> Source {
    Source { name: text.name.clone(), text: text.text.clone(), format }
}

/// A template is told from broken YAML, and a text that is no YAML at all from both.
fn told_better(text: &Source, index: usize, problems: Vec<Problem>) -> Vec<Problem> {
    if text.format != Format::Yaml {
        return problems;
    }
    let of_brokers = artifact::read(text, index).err().unwrap_or_default();
    if of_brokers.iter().any(|problem| problem.code == "template") {
        return of_brokers;
    }
    // Of a text that nobody calls YAML, what YAML has against it is beside the point.
    let is_called_so = Format::from_extension(text.name.rsplit('.').next().unwrap_or_default()).is_some();
    let looks_so = text.text.lines().any(|line| line.starts_with("asyncapi:") || line.starts_with("apiVersion:"));
    if is_called_so || looks_so || text.text.trim().is_empty() {
        return problems;
    }
    vec![unknown(&text.text, "this file tells of no flow in a way that is known")]
}

/// What a document is that is none of those, where that can be said.
fn foreign(node: &Node<'_>) -> Option<Problem> {
    let place = |key: &str| node.as_map()?.iter().find(|entry| entry.key == key).map(|entry| entry.key_span);
    let kind = super::tree::text_at(node, "kind").unwrap_or_default();
    let (span, message) = if benchmark::is_driver(node) {
        let message = "these are the settings of a driver of the OpenMessaging Benchmark, which tell how a broker is used, not what for";
        (place("driverClass")?, message.to_owned())
    } else if let Some(span) = place("openapi").or_else(|| place("swagger")) {
        (span, "this is an OpenAPI document, which describes requests and no channels".to_owned())
    } else if node.get("apiVersion").is_some() && !kind.is_empty() {
        (place("kind")?, format!("a resource of the kind {} declares no topics", quoted(kind)))
    } else if let Some(span) = place("services") {
        (span, "this is a compose file, which tells how a broker is run, not what for".to_owned())
    } else {
        return None;
    };
    let help = if benchmark::is_driver(node) {
        "give the workload's file: one with `topics`, `messageSize` and `producerRate`"
    } else {
        KNOWN
    };
    Some(Problem::new(UNKNOWN, span, message).help(help))
}

fn unknown(text: &str, message: &str) -> Problem {
    let first = text.len() - text.trim_start().len();
    Problem::new(UNKNOWN, Span::character(text, first), message).help(KNOWN)
}

/// What comments call the file: its name without folders.
fn called(text: &Source) -> &str {
    let name = text.name.rsplit(['/', '\\']).next().unwrap_or_default();
    if name.is_empty() { "the file" } else { name }
}
