//! Reads TOML through the `toml` crate: one table, or each table of a root list `flow`.
//! The text is measured before the crate sees it, as the crate builds its whole tree in memory.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};

use super::problem::{Problems, excerpt, grouped};
use super::toml_measure::too_much;
use super::{Entry, Kind, Limits, Manner, Node, Problem, Span};

/// Above this many bytes only the first error is asked for: the crate's list of errors is unbounded.
const ALL_ERRORS: usize = 256 * 1024;

/// The list that holds one document each.
const DOCUMENTS: &str = "flow";

pub(super) fn read<'a>(text: &'a str, limits: &Limits, each: &mut dyn FnMut(Node<'a>)) -> Vec<Problem> {
    if let Some(problem) = too_much(text, limits.depth) {
        return vec![problem];
    }
    let mut problems = Problems::new(limits.problems);
    let (root, errors) = if text.len() <= ALL_ERRORS {
        DeTable::parse_recoverable(text)
    } else {
        match DeTable::parse(text) {
            Ok(root) => (root, Vec::new()),
            Err(error) => (Spanned::new(0..0, DeTable::new()), vec![error]),
        }
    };
    if !errors.is_empty() {
        for error in &errors {
            problems.push(problem(text, error));
        }
        return without_repetition(problems.into_vec());
    }
    documents(text, root, limits, &mut problems, each);
    problems.into_vec()
}

fn documents<'a>(
    text: &'a str,
    root: Spanned<DeTable<'a>>,
    limits: &Limits,
    problems: &mut Problems,
    each: &mut dyn FnMut(Node<'a>),
) {
    let mut root = root.into_inner();
    if root.is_empty() {
        problems.push(Problem::empty_file(text, Manner::Own));
        return;
    }
    let is_list = root.get(DOCUMENTS).is_some_and(|value| matches!(value.get_ref(), DeValue::Array(_)));
    if !is_list {
        let whole = Span::new(0, text.trim_end().len());
        each(Node { span: whole, kind: table(text, root) });
        return;
    }
    let list = root.remove(DOCUMENTS).map(Spanned::into_inner);
    for (key, _) in &root {
        let message = format!("the key `{}` stands outside of the flows", key.get_ref());
        problems
            .push(Problem::new("key-outside-documents", span(key.span()), message).help("move it below a `[[flow]]`"));
    }
    let Some(DeValue::Array(list)) = list else {
        return;
    };
    if list.is_empty() {
        problems.push(Problem::new("empty-file", Span::new(0, 0), "the list `flow` is empty"));
    }
    for (count, item) in list.into_iter().enumerate() {
        let node = node(text, item);
        if count >= limits.documents {
            let message = format!("more than {} documents", grouped(limits.documents));
            problems.push(Problem::new("too-large", node.span, message));
            return;
        }
        if node.as_map().is_some() {
            each(node);
        } else {
            let message = format!("expected a table, found {}", node.describe());
            problems.push(Problem::new("not-a-map", node.span, message));
        }
    }
}

/// INVARIANT: the depth was measured before, so this recursion is bounded.
fn node<'a>(text: &'a str, value: Spanned<DeValue<'a>>) -> Node<'a> {
    let span = span(value.span());
    match value.into_inner() {
        DeValue::String(content) => Node::scalar(span, content, true),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            Node::scalar(span, span.text(text), false)
        }
        DeValue::Array(items) => {
            let items = items.into_iter().map(|item| node(text, item)).collect();
            Node { span, kind: Kind::List(items) }
        }
        DeValue::Table(entries) => Node { span, kind: table(text, entries) },
    }
}

/// The crate sorts by key; people expect the order of the text.
fn table<'a>(text: &'a str, entries: DeTable<'a>) -> Kind<'a> {
    let entry = |(key, value): (Spanned<_>, _)| {
        let key_span = span(key.span());
        Entry { key: key.into_inner(), key_span, value: node(text, value) }
    };
    let mut entries: Vec<_> = entries.into_iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.key_span);
    Kind::Map(entries)
}

fn problem(text: &str, error: &Error) -> Problem {
    let range = error.span().unwrap_or_default();
    let place = if range.is_empty() {
        Span::character(text, range.start.min(text.trim_end().len().saturating_sub(1)))
    } else {
        span(range)
    };
    let (message, written) = (error.message(), place.text(text).trim());
    if message == "duplicate key" {
        return Problem::new("duplicate-key", place, format!("duplicate key `{written}`")).help("keep one of the two");
    }
    let is_bare_text = message.starts_with("string values must be quoted");
    if is_bare_text && !written.is_empty() && !written.contains('"') {
        return Problem::new("syntax", place, "text has to be in quotes")
            .help(format!("write `\"{}\"`", excerpt(written)));
    }
    Problem::new("syntax", place, message)
}

/// The crate reports some errors twice, at the same place.
fn without_repetition(mut problems: Vec<Problem>) -> Vec<Problem> {
    problems.sort_by_key(|problem| problem.span);
    problems.dedup();
    problems
}

fn span(range: Range<usize>) -> Span {
    Span::new(range.start, range.end)
}
