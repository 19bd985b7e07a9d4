//! Builds the tree of one YAML document from events: keys, anchors, aliases and budgets.
//! Knows neither the parser's errors nor where documents begin and end.

use std::borrow::Cow;

use granit_parser::{ScalarStyle, StructureStyle};

use super::keys::keep_unique;
use super::problem::{Problem, Problems, grouped};
use super::yaml_alias::Anchors;
use super::yaml_error;
use super::{Entry, Kind, Limits, Manner, Node, Scalar, Span, yaml_merge};

/// What the reader does after an event.
pub(super) enum Step<'a> {
    Continue,
    Document(Node<'a>),
    /// Skip the rest of the document; the reason is among the problems.
    Abandon,
    /// Skip the rest of the text: a document beyond its limit has no end worth looking for.
    Stop,
}

/// Nodes and entries of all open collections lie in two stacks; a collection takes its share when
/// it closes, so that each is allocated once, at its size.
pub(super) struct Tree<'a> {
    pub(super) problems: Problems,
    /// Where the document starts.
    pub(super) start: Span,
    text: &'a str,
    manner: Manner,
    limits: Limits,
    nodes_left: usize,
    frames: Vec<Frame<'a>>,
    nodes: Vec<Node<'a>>,
    entries: Vec<Entry<'a>>,
    /// What merge keys bring in.
    merged: Vec<Node<'a>>,
    root: Option<Node<'a>>,
    anchors: Anchors<'a>,
    /// The end of the last scalar or closing bracket.
    last_end: u32,
}

struct Frame<'a> {
    start: Span,
    style: StructureStyle,
    anchor: usize,
    /// Of its nodes or entries in the common stack.
    first: usize,
    /// Of what its merge keys bring in.
    first_merged: usize,
    part: Part<'a>,
}

/// What a collection expects next.
enum Part<'a> {
    Item,
    Key,
    Value(Cow<'a, str>, Span),
    /// The value of a merge key.
    Merged,
    /// The value of a key that was refused.
    Nothing,
}

impl<'a> Tree<'a> {
    pub(super) fn new(text: &'a str, manner: Manner, limits: &Limits) -> Self {
        Self {
            problems: Problems::new(limits.problems),
            start: Span::default(),
            text,
            manner,
            limits: *limits,
            nodes_left: limits.nodes_of(text),
            frames: Vec::new(),
            nodes: Vec::new(),
            entries: Vec::new(),
            merged: Vec::new(),
            root: None,
            anchors: Anchors::new(text),
            last_end: 0,
        }
    }

    /// Begins a document.
    pub(super) fn start(&mut self, span: Span) {
        self.reset();
        self.start = span;
        self.last_end = span.end;
    }

    /// Forgets an unfinished document.
    pub(super) fn reset(&mut self) {
        self.frames.clear();
        self.nodes.clear();
        self.entries.clear();
        self.merged.clear();
        self.root = None;
        self.anchors.clear();
        self.nodes_left = self.limits.nodes_of(self.text);
    }

    pub(super) fn finish(&mut self) -> Option<Node<'a>> {
        self.root.take()
    }

    pub(super) fn read_to(&self) -> usize {
        self.last_end as usize
    }

    pub(super) fn depth_limit(&self) -> usize {
        self.limits.depth
    }

    /// The innermost open bracket.
    pub(super) fn open_flow(&self) -> Option<Span> {
        let frame = self.frames.last()?;
        (frame.style == StructureStyle::Flow && frame.start.start < frame.start.end).then_some(frame.start)
    }

    pub(super) fn scalar(
        &mut self,
        text: Cow<'a, str>,
        style: ScalarStyle,
        span: Span,
        is_text: bool,
        anchor: usize,
    ) -> Step<'a> {
        let plain = style == ScalarStyle::Plain && !is_text;
        let kind = if plain && is_null(&text) && !self.expects_written_key(span) {
            Kind::Empty
        } else {
            Kind::Scalar(Scalar { text, quoted: !plain })
        };
        self.last_end = span.end;
        self.anchored(Node { span, kind }, anchor)
    }

    /// `null: x` has the key `null`, but `: x` has none.
    fn expects_written_key(&self, span: Span) -> bool {
        span.start < span.end && self.frames.last().is_some_and(|frame| matches!(frame.part, Part::Key))
    }

    pub(super) fn open_map(&mut self, style: StructureStyle, start: Span, anchor: usize) -> Step<'a> {
        let (first, first_merged) = (self.entries.len(), self.merged.len());
        self.open(Frame { start, style, anchor, first, first_merged, part: Part::Key })
    }

    pub(super) fn open_list(&mut self, style: StructureStyle, start: Span, anchor: usize) -> Step<'a> {
        let (first, first_merged) = (self.nodes.len(), self.merged.len());
        self.open(Frame { start, style, anchor, first, first_merged, part: Part::Item })
    }

    fn open(&mut self, frame: Frame<'a>) -> Step<'a> {
        if self.frames.len() >= self.limits.depth {
            let place = Span::character(self.text, frame.start.start as usize);
            self.problems.push(Problem::too_deep(place, self.limits.depth));
            return Step::Abandon;
        }
        if frame.style == StructureStyle::Block {
            self.refuse_tab(frame.start.start as usize);
        }
        self.frames.push(frame);
        Step::Continue
    }

    /// The parser takes a tab after spaces for a separator; people take it for indentation.
    fn refuse_tab(&mut self, at: usize) {
        let before = self.text.get(..at).unwrap_or_default();
        if before.ends_with('\t') {
            let line = before.rsplit('\n').next().unwrap_or_default();
            if line.trim_matches([' ', '\t']).is_empty() {
                self.problems.push(yaml_error::tab(self.text, at));
            }
        }
    }

    pub(super) fn close(&mut self, end: Span) -> Step<'a> {
        let Some(frame) = self.frames.pop() else {
            return Step::Continue;
        };
        // NOTE: a block collection ends where the parser sees the next token, lines later.
        if frame.style == StructureStyle::Flow && end.start < end.end {
            self.last_end = end.end;
        }
        let kind = if matches!(frame.part, Part::Item) {
            Kind::List(self.nodes.drain(frame.first..).collect())
        } else {
            let mut entries: Vec<_> = self.entries.drain(frame.first..).collect();
            keep_unique(&mut entries, &mut self.problems);
            yaml_merge::expand(&mut entries, self.merged.drain(frame.first_merged..));
            Kind::Map(entries)
        };
        let span = Span { start: frame.start.start, end: self.last_end.max(frame.start.start) };
        self.anchored(Node { span, kind }, frame.anchor)
    }

    /// Adds a node, and keeps a copy if it has an anchor (0 is none).
    fn anchored(&mut self, node: Node<'a>, anchor: usize) -> Step<'a> {
        if anchor != 0
            && let Err(problem) = self.anchors.define(anchor, &node)
        {
            self.problems.push(problem);
            return Step::Abandon;
        }
        self.add(node)
    }

    pub(super) fn alias(&mut self, anchor: usize, span: Span) -> Step<'a> {
        self.last_end = span.end;
        let levels = self.limits.depth.saturating_sub(self.frames.len());
        match self.anchors.resolve(anchor, span, levels) {
            Ok(node) => self.add(node),
            Err(problem) => {
                self.problems.push(problem);
                Step::Abandon
            }
        }
    }

    pub(super) fn unknown_alias(&mut self, name: &str, span: Span) -> Step<'a> {
        let message = format!("no anchor `&{name}` before this alias");
        self.problems
            .push(Problem::new("unknown-alias", span, message).help("put a text that begins with `*` in quotes"));
        self.last_end = span.end;
        self.add(Node::empty(span))
    }

    fn add(&mut self, node: Node<'a>) -> Step<'a> {
        let Some(left) = self.nodes_left.checked_sub(1) else {
            let limit = grouped(self.limits.nodes_of(self.text));
            let message = format!("more than {limit} values in one document");
            let place = Span::character(self.text, node.span.start as usize);
            self.problems.push(Problem::new("too-large", place, message));
            return Step::Stop;
        };
        self.nodes_left = left;
        let Some(frame) = self.frames.last_mut() else {
            self.root = Some(node);
            return Step::Continue;
        };
        match std::mem::replace(&mut frame.part, Part::Key) {
            Part::Item => {
                frame.part = Part::Item;
                self.nodes.push(node);
            }
            Part::Value(key, key_span) => {
                self.entries.push(Entry { key, key_span, value: node });
            }
            Part::Merged => self.merged.push(node),
            Part::Nothing => {}
            Part::Key if self.manner == Manner::Foreign && yaml_merge::is_key(&node) => frame.part = Part::Merged,
            Part::Key => {
                frame.part = match key(node) {
                    Ok((key, span)) => Part::Value(key, span),
                    Err(problem) => {
                        self.problems.push(problem);
                        Part::Nothing
                    }
                };
            }
        }
        Step::Continue
    }
}

fn key(node: Node<'_>) -> Result<(Cow<'_, str>, Span), Problem> {
    let (span, found) = (node.span, node.describe());
    match node.kind {
        _ if yaml_merge::is_key(&node) => {
            Err(Problem::new("merge-key", span, "merge keys (`<<`) are not supported").help("write the fields out"))
        }
        Kind::Scalar(Scalar { text, .. }) => Ok((text, span)),
        Kind::Empty => Err(Problem::new("missing-key", span, "a key is missing before `:`")),
        Kind::List(_) | Kind::Map(_) => {
            let message = format!("expected a text as key, found {found}");
            Err(Problem::new("key-not-a-text", span, message).help("put text with `{` or `[` in quotes"))
        }
    }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}
