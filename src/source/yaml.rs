//! Reads YAML 1.2 from the events of `granit-parser`: one tree per document, within the limits.
//! Refused, because they make a profile mean something else than it seems to: merge keys, tags
//! beyond the core schema, keys that are lists or maps. Of foreign texts, only the last are.

use granit_parser::{Event, Options, Parser, Span as Place, Tag};

use super::problem::Problem;
use super::yaml_error;
use super::yaml_tree::{Step, Tree};
use super::{Limits, Manner, Node, Span};

pub(super) fn read<'a>(text: &'a str, manner: Manner, limits: &Limits, each: &mut dyn FnMut(Node<'a>)) -> Vec<Problem> {
    let mut parser = Parser::new_from_str_with_options(text, options(limits));
    let mut reader = Reader { text, manner, tree: Tree::new(text, manner, limits), documents: 0, empty: None };
    while let Some(next) = parser.next_event() {
        let step = match next {
            Ok((event, place)) => reader.take(event, place),
            Err(error) => {
                reader.fail(&error);
                Step::Abandon
            }
        };
        match step {
            Step::Continue => {}
            Step::Document(node) => each(node),
            Step::Stop => break,
            Step::Abandon => {
                reader.tree.reset();
                if parser.proceed_next_document().is_err() {
                    break;
                }
            }
        }
        if reader.tree.problems.is_full() {
            break;
        }
        if reader.documents > limits.documents {
            reader.tree.problems.push(too_many_documents(text, limits));
            break;
        }
    }
    reader.tree.problems.into_vec()
}

fn options(limits: &Limits) -> Options {
    let mut options = Options::default();
    options.set_emit_comments(false);
    options.emit_unresolved_aliases = true;
    // NOTE: one above ours, so that the tree reports depth with its own words and place.
    options.flow_nesting_limit = limits.depth + 1;
    options.block_nesting_limit = limits.depth + 1;
    options
}

struct Reader<'a> {
    text: &'a str,
    manner: Manner,
    tree: Tree<'a>,
    documents: usize,
    /// A document without content whose fate depends on what follows: fine at the very end.
    empty: Option<Span>,
}

impl<'a> Reader<'a> {
    fn take(&mut self, event: Event<'a>, place: Place) -> Step<'a> {
        let span = span(place);
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = self.tag(tag.as_deref(), place, span);
                self.tree.scalar(text, style, span, is_text, anchor)
            }
            Event::MappingStart(style, anchor, tag) => {
                self.tag(tag.as_deref(), place, span);
                self.tree.open_map(style, span, anchor)
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.tag(tag.as_deref(), place, span);
                self.tree.open_list(style, span, anchor)
            }
            Event::MappingEnd | Event::SequenceEnd => self.tree.close(span),
            Event::Alias(anchor) => self.tree.alias(anchor, span),
            Event::UnresolvedAlias(name) => self.tree.unknown_alias(&name, span),
            Event::DocumentStart(..) => {
                self.refuse_empty();
                self.documents += 1;
                self.tree.start(span);
                Step::Continue
            }
            Event::DocumentEnd => self.end_document(),
            Event::StreamEnd => {
                self.end_text();
                Step::Continue
            }
            _ => Step::Continue,
        }
    }

    /// Whether the tag says that a plain scalar is a text. Other core tags say nothing new, as
    /// the field decides what its value means.
    fn tag(&mut self, tag: Option<&Tag>, place: Place, node: Span) -> bool {
        let Some(tag) = tag else { return false };
        if let Some(core) = tag.core_suffix() {
            return core == "str";
        }
        if self.manner == Manner::Foreign {
            return false;
        }
        let span = place.tag_span().map_or(node, span);
        let message = format!("the tag `{}` is not supported", span.text(self.text));
        self.tree.problems.push(Problem::new("unsupported-tag", span, message).help("remove the tag"));
        false
    }

    fn end_document(&mut self) -> Step<'a> {
        match self.tree.finish() {
            Some(node) if node.as_map().is_some() => Step::Document(node),
            Some(_) if self.manner == Manner::Foreign => Step::Continue,
            Some(node) if node.as_list().is_none() && node.as_scalar().is_none() => {
                self.empty = Some(self.tree.start);
                Step::Continue
            }
            Some(node) => {
                self.tree.problems.push(not_a_map(&node, self.text));
                Step::Continue
            }
            None => Step::Continue,
        }
    }

    fn refuse_empty(&mut self) {
        if let Some(span) = self.empty.take() {
            let problem = Problem::new("empty-document", span, "this document is empty")
                .help("remove one `---`, or write the fields of a flow below it");
            self.tree.problems.push(problem);
        }
    }

    fn end_text(&mut self) {
        let Some(empty) = self.empty else {
            if self.documents == 0 && self.tree.problems.is_empty() {
                self.tree.problems.push(Problem::empty_file(self.text, self.manner));
            }
            return;
        };
        let rest = self.text.get(empty.end as usize..).unwrap_or_default();
        let is_blank = rest.lines().all(|line| matches!(line.trim(), "" | "..."));
        match (is_blank, self.documents) {
            (true, 0 | 1) => self.tree.problems.push(Problem::empty_file(self.text, self.manner)),
            (true, _) => {}
            (false, _) => self.refuse_empty(),
        }
    }

    fn fail(&mut self, error: &granit_parser::ScanError) {
        self.refuse_empty();
        // NOTE: a syntax error may come before the start of its document is reported.
        self.documents = self.documents.max(1);
        let at = error.marker().byte_offset().unwrap_or_default();
        let seen = yaml_error::Seen {
            read_to: self.tree.read_to(),
            open: self.tree.open_flow(),
            depth: self.tree.depth_limit(),
        };
        let problem = yaml_error::problem(self.text, error.kind(), at, seen);
        self.tree.problems.push(problem);
    }
}

fn not_a_map(node: &Node<'_>, text: &str) -> Problem {
    let message = format!("expected a map of fields, found {}", node.describe());
    let problem = Problem::new("not-a-map", node.span, message);
    if node.as_list().is_some() {
        problem.help("write each flow as a document of its own, separated by `---`")
    } else if node.span.text(text).contains(':') {
        problem.help("put a space after the colon: `name: orders`")
    } else {
        problem.help("write fields as `name: orders`")
    }
}

fn too_many_documents(text: &str, limits: &Limits) -> Problem {
    let limit = super::problem::grouped(limits.documents);
    let end = text.trim_end().len();
    Problem::new("too-large", Span::new(end, end), format!("more than {limit} documents"))
}

fn span(place: Place) -> Span {
    let range = place.byte_range().unwrap_or_default();
    Span::new(range.start, range.end)
}
