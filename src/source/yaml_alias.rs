//! Anchors of one YAML document and the budget of what they repeat in a whole text, so that a few
//! lines cannot grow into a tree that fills memory.

use std::borrow::Cow;

use super::problem::{Problem, excerpt, grouped};
use super::{Kind, Limits, Node, Span};

pub(super) struct Anchors<'a> {
    text: &'a str,
    /// In ascending order of the parser's numbers.
    defined: Vec<Anchor<'a>>,
    nodes_left: usize,
    bytes_left: usize,
}

struct Anchor<'a> {
    number: usize,
    node: Node<'a>,
    cost: Cost,
}

/// What a copy of a tree takes.
#[derive(Clone, Copy)]
struct Cost {
    nodes: usize,
    bytes: usize,
    depth: usize,
}

impl<'a> Anchors<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            defined: Vec::new(),
            nodes_left: Limits::repeated_nodes_of(text),
            bytes_left: Limits::repeated_bytes_of(text),
        }
    }

    /// Anchors hold in their document only; the budget holds for the text.
    pub(super) fn clear(&mut self) {
        self.defined.clear();
    }

    pub(super) fn define(&mut self, number: usize, node: &Node<'a>) -> Result<(), Problem> {
        let cost = Cost::of(node);
        let Some(left) = self.after(cost) else {
            let place = self.anchor_before(node.span);
            let name = excerpt(place.text(self.text));
            return Err(too_much(place, &format!("the anchor `{name}` repeats"), self.text));
        };
        (self.nodes_left, self.bytes_left) = left;
        // An anchor inside another is complete before it, and has the higher number.
        let place = self.defined.partition_point(|anchor| anchor.number < number);
        self.defined.insert(place, Anchor { number, node: node.clone(), cost });
        Ok(())
    }

    /// The `&name` in front of a node.
    fn anchor_before(&self, node: Span) -> Span {
        let before = self.text.get(..node.start as usize).unwrap_or_default();
        let start = before.rfind('&').unwrap_or(before.len());
        let name = before.get(start..).unwrap_or_default();
        let length = name.find(char::is_whitespace).unwrap_or(name.len());
        Span::new(start, start + length)
    }

    /// A copy of the anchored node, with the places where it was written; `levels` is how many
    /// lists and maps may still lie inside one another here.
    pub(super) fn resolve(&mut self, number: usize, span: Span, levels: usize) -> Result<Node<'a>, Problem> {
        let found = self.defined.binary_search_by_key(&number, |anchor| anchor.number);
        let Some(anchor) = found.ok().and_then(|at| self.defined.get(at)) else {
            let message = format!("the anchor `&{}` contains itself", name(span, self.text));
            return Err(Problem::new("endless-alias", span, message));
        };
        if anchor.cost.depth > levels {
            let message = format!("the alias `{}` nests too deep here", span.text(self.text));
            return Err(Problem::new("too-deep", span, message));
        }
        let Some(left) = self.after(anchor.cost) else {
            let what = format!("aliases of `&{}` repeat", name(span, self.text));
            return Err(too_much(span, &what, self.text));
        };
        (self.nodes_left, self.bytes_left) = left;
        Ok(anchor.node.clone())
    }

    /// What is left of the budget after a copy.
    fn after(&self, cost: Cost) -> Option<(usize, usize)> {
        let nodes = self.nodes_left.checked_sub(cost.nodes)?;
        Some((nodes, self.bytes_left.checked_sub(cost.bytes)?))
    }
}

impl Cost {
    /// INVARIANT: the tree is no deeper than the limit, aliases in it included, so this ends.
    fn of(node: &Node<'_>) -> Self {
        let own = |text: &Cow<'_, str>| {
            if let Cow::Owned(text) = text { text.len() } else { 0 }
        };
        let mut sum = Self { nodes: 1, bytes: 0, depth: 0 };
        match &node.kind {
            Kind::Empty => {}
            Kind::Scalar(scalar) => sum.bytes = own(&scalar.text),
            Kind::List(items) => {
                sum.depth = 1;
                for item in items {
                    sum.add(Self::of(item));
                }
            }
            Kind::Map(entries) => {
                sum.depth = 1;
                for entry in entries {
                    sum.bytes += own(&entry.key);
                    sum.add(Self::of(&entry.value));
                }
            }
        }
        sum
    }

    fn add(&mut self, child: Self) {
        self.nodes += child.nodes;
        self.bytes += child.bytes;
        self.depth = self.depth.max(child.depth + 1);
    }
}

fn name(alias: Span, text: &str) -> String {
    excerpt(alias.text(text).trim_start_matches('*'))
}

fn too_much(span: Span, what: &str, text: &str) -> Problem {
    let limit = grouped(Limits::repeated_nodes_of(text));
    let message = format!("{what} more than this text may repeat ({limit} values)");
    Problem::new("too-many-aliases", span, message).help("write the values out")
}
