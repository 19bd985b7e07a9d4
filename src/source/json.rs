//! Reads strict JSON (RFC 8259): one object, or a list of objects of which each is a document.
//! No comments, trailing commas or single quotes: each is refused by its name.

use std::borrow::Cow;

use super::json_text;
use super::keys::keep_unique;
use super::problem::{Problems, grouped};
use super::{Entry, Kind, Limits, Manner, Node, Problem, Span};

pub(super) fn read<'a>(text: &'a str, manner: Manner, limits: &Limits, each: &mut dyn FnMut(Node<'a>)) -> Vec<Problem> {
    let nodes_left = limits.nodes_of(text);
    let mut reader = Reader { text, at: 0, manner, limits, nodes_left, problems: Problems::new(limits.problems) };
    if let Err(problem) = reader.documents(each) {
        reader.problems.push(problem);
    }
    reader.problems.into_vec()
}

pub(super) struct Reader<'a, 'l> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    manner: Manner,
    limits: &'l Limits,
    nodes_left: usize,
    problems: Problems,
}

/// The first syntax error ends the reading: what follows it could only be guessed.
pub(super) type Read<T> = Result<T, Problem>;

impl<'a> Reader<'a, '_> {
    fn documents(&mut self, each: &mut dyn FnMut(Node<'a>)) -> Read<()> {
        match self.peek() {
            None => return Err(Problem::empty_file(self.text, self.manner)),
            Some(b'[') => self.list_of_documents(each)?,
            Some(_) => {
                let node = self.value(0)?;
                self.document(node, each);
            }
        }
        match self.peek() {
            None => Ok(()),
            Some(b'{') => Err(self
                .unexpected("expected the end of the file, found another object")
                .help("put several objects into a list: `[{…}, {…}]`")),
            Some(_) => Err(self.unexpected("expected the end of the file")),
        }
    }

    fn list_of_documents(&mut self, each: &mut dyn FnMut(Node<'a>)) -> Read<()> {
        let start = self.at;
        self.at += 1;
        if self.peek() == Some(b']') {
            self.at += 1;
            let place = Span::new(start, self.at);
            self.problems.push(Problem::new("empty-file", place, "the list has no document"));
            return Ok(());
        }
        let mut count = 0;
        loop {
            self.nodes_left = self.limits.nodes_of(self.text);
            let node = self.value(1)?;
            count += 1;
            if count > self.limits.documents {
                let message = format!("more than {} documents", grouped(self.limits.documents));
                return Err(Problem::new("too-large", node.span, message));
            }
            self.document(node, each);
            if self.problems.is_full() || !self.another(b']', start)? {
                return Ok(());
            }
        }
    }

    fn document(&mut self, node: Node<'a>, each: &mut dyn FnMut(Node<'a>)) {
        if node.as_map().is_some() {
            each(node);
        } else {
            let message = format!("expected an object, found {}", node.describe());
            self.problems.push(Problem::new("not-a-map", node.span, message));
        }
    }

    fn value(&mut self, depth: usize) -> Read<Node<'a>> {
        let next = self.peek();
        let start = self.at;
        self.nodes_left = self.nodes_left.checked_sub(1).ok_or_else(|| {
            let limit = grouped(self.limits.nodes_of(self.text));
            let place = Span::character(self.text, start);
            Problem::new("too-large", place, format!("more than {limit} values in one document"))
        })?;
        if matches!(next, Some(b'[' | b'{')) && depth >= self.limits.depth {
            let place = Span::character(self.text, start);
            return Err(Problem::too_deep(place, self.limits.depth));
        }
        match next {
            Some(b'{') => self.map(depth),
            Some(b'[') => self.list(depth),
            Some(b'"') => {
                let text = json_text::string(self)?;
                Ok(Node::scalar(Span::new(start, self.at), text, true))
            }
            _ => self.plain(),
        }
    }

    fn list(&mut self, depth: usize) -> Read<Node<'a>> {
        let start = self.at;
        let mut items = Vec::new();
        self.at += 1;
        if self.peek() == Some(b']') {
            self.at += 1;
        } else {
            loop {
                items.push(self.value(depth + 1)?);
                if !self.another(b']', start)? {
                    break;
                }
            }
        }
        Ok(Node { span: Span::new(start, self.at), kind: Kind::List(items) })
    }

    fn map(&mut self, depth: usize) -> Read<Node<'a>> {
        let start = self.at;
        let mut entries = Vec::new();
        self.at += 1;
        if self.peek() == Some(b'}') {
            self.at += 1;
        } else {
            loop {
                entries.push(self.entry(depth, start)?);
                if !self.another(b'}', start)? {
                    break;
                }
            }
        }
        keep_unique(&mut entries, &mut self.problems);
        Ok(Node { span: Span::new(start, self.at), kind: Kind::Map(entries) })
    }

    fn entry(&mut self, depth: usize, opened: usize) -> Read<Entry<'a>> {
        match self.peek() {
            Some(b'"') => {}
            None => return Err(self.unclosed(opened)),
            Some(_) => {
                return Err(self.unexpected("expected a key in double quotes").help("write keys as `\"name\"`"));
            }
        }
        let key_start = self.at;
        let key: Cow<'a, str> = json_text::string(self)?;
        let key_span = Span::new(key_start, self.at);
        match self.peek() {
            Some(b':') => self.at += 1,
            None => return Err(self.unclosed(opened)),
            Some(_) => return Err(self.unexpected("expected `:` after the key")),
        }
        Ok(Entry { key, key_span, value: self.value(depth + 1)? })
    }

    /// After a value: whether another follows the comma, or the bracket closes.
    fn another(&mut self, close: u8, opened: usize) -> Read<bool> {
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') => {
                let comma = self.at;
                self.at += 1;
                if self.peek() == Some(close) {
                    let place = Span::new(comma, comma + 1);
                    return Err(Problem::new("syntax", place, "JSON has no trailing commas").help("remove this comma"));
                }
                Ok(true)
            }
            None => Err(self.unclosed(opened)),
            Some(_) => Err(self.unexpected(&format!("expected `,` or `{}`", char::from(close)))),
        }
    }

    /// A number, `true`, `false` or `null`.
    fn plain(&mut self) -> Read<Node<'a>> {
        let start = self.at;
        let rest = self.text.get(start..).unwrap_or_default();
        let length = rest
            .bytes()
            .position(|byte| !(byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-')))
            .unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or_default();
        let span = Span::new(start, start + length);
        if word.is_empty() {
            return Err(self.unexpected("expected a value"));
        }
        self.at += length;
        match word {
            "null" => Ok(Node::empty(span)),
            "true" | "false" => Ok(Node::scalar(span, word, false)),
            _ if json_text::is_number(word) => Ok(Node::scalar(span, word, false)),
            _ => Err(json_text::not_a_value(word, span)),
        }
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\t' | b'\r') {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    fn unclosed(&self, opened: usize) -> Problem {
        let place = Span::character(self.text, opened);
        let bracket = place.text(self.text);
        Problem::new("syntax", place, format!("this `{bracket}` is never closed"))
    }

    /// The character here is wrong; some mistakes have a name of their own.
    fn unexpected(&self, message: &str) -> Problem {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            let end = self.text.trim_end().len();
            let place = Span::character(self.text, end.saturating_sub(1));
            return Problem::new("syntax", place, format!("{message}, found the end of the file"));
        }
        let problem = Problem::new("syntax", Span::character(self.text, self.at), message);
        if rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#') {
            problem.help(match self.manner {
                Manner::Own => "JSON has no comments: remove it, or write the file as YAML",
                Manner::Foreign => "JSON has no comments: remove it",
            })
        } else if rest.starts_with('\'') {
            problem.help("use double quotes")
        } else {
            problem
        }
    }
}
