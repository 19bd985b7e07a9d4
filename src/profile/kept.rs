//! What is kept as written and never interpreted: descriptions, links, notes, `x-…`, and what a decision says of
//! itself. Takes any tree, gives its texts with their keys and places.

use crate::source::{Kind, Node, Span};

/// One text that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Its dotted key; the items of a list share their list's, and maps in a list are numbered from 1.
    pub key: String,
    /// The text.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// The most texts that one document may have kept.
pub(super) const MOST: usize = 1_000;

/// Longer keys are cut.
const LONGEST_KEY: usize = 120;

/// Keeps every text of a tree under a key, up to [`MOST`]; the tree's depth is limited by its reader.
pub(super) fn keep(key: &str, node: &Node<'_>, into: &mut Vec<Remark>) {
    let mut one = |text: &str| {
        if into.len() > MOST {
            return;
        }
        into.push(Remark { key: key.to_owned(), text: text.to_owned(), span: node.span });
    };
    match &node.kind {
        Kind::Empty => one(""),
        Kind::Scalar(scalar) => one(&scalar.text),
        Kind::List(items) => {
            for (number, item) in (1_usize..).zip(items) {
                match item.kind {
                    Kind::Empty | Kind::Scalar(_) => keep(key, item, into),
                    Kind::List(_) | Kind::Map(_) => keep(&below(key, &number.to_string()), item, into),
                }
            }
        }
        Kind::Map(entries) => {
            for entry in entries {
                keep(&below(key, &entry.key), &entry.value, into);
            }
        }
    }
}

/// A key below another.
pub(super) fn below(path: &str, key: &str) -> String {
    let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    if path.len() > LONGEST_KEY { path.chars().take(LONGEST_KEY).collect() } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Format, Limits, Source, read};

    #[test]
    fn every_text_is_kept_with_its_key() {
        let text = "links: { adr: x }\nnotes: [a, { b: c }, ~]\n";
        let source = Source::new("p.yaml", text, Format::Yaml);
        let mut kept = Vec::new();
        let problems = read(&source, &Limits::default(), &mut |root| keep("", &root, &mut kept));
        assert!(problems.is_empty());
        let pairs: Vec<_> = kept.iter().map(|it| (it.key.as_str(), it.text.as_str())).collect();
        assert_eq!(pairs, [("links.adr", "x"), ("notes", "a"), ("notes.2.b", "c"), ("notes", "")]);
    }
}
