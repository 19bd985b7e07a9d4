//! `rabbitmq.conf`: the grammar that RabbitMQ's reader (cuttlefish) has: `key = value` a line, with comments, quoted and
//! several-line values, and includes. A key that is repeated is kept each time, in order: the last one holds.
//! After a mistake the reading goes on with the next line, so that all are reported.

use super::value::entry;
use super::{Artifact, Declared, Item, ItemKind, Literal, Shape, Typed};
use crate::source::{Problem, Source, Span};

pub(super) fn read(source: &Source, index: usize) -> Result<Vec<Artifact>, Vec<Problem>> {
    let mut reader = Reader { text: &source.text, at: 0, entries: Vec::new(), include: None };
    if let Some(problem) = classic(&source.text) {
        return Err(vec![problem]);
    }
    let mut problems = Vec::new();
    while reader.at < reader.text.len() {
        if let Err(problem) = reader.line() {
            problems.push(problem);
            reader.skip_line();
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let item = Item {
        kind: ItemKind::Broker,
        name: String::new(),
        vhost: None,
        span: Span::new(0, 0),
        entries: reader.entries,
        selector: None,
    };
    Ok(vec![Artifact {
        source: index,
        shape: Shape::RabbitmqConf,
        broker: "rabbitmq",
        name: None,
        version: None,
        prefix: None,
        items: vec![item],
        bindings: Vec::new(),
        strays: Vec::new(),
        more: reader.include,
    }])
}

/// The format before `rabbitmq.conf`: one Erlang term.
fn classic(text: &str) -> Option<Problem> {
    let first = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with(['%', '#']))?;
    if !first.starts_with('[') {
        return None;
    }
    let at = text.find(first).unwrap_or_default();
    let message = "this is an Erlang term, as `rabbitmq.config` and `advanced.config` hold it";
    let problem = Problem::new(super::UNKNOWN, Span::new(at, at + 1), message);
    Some(problem.help("write settings as `key = value`; what only such a term can say is not read"))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    entries: Vec<super::Entry>,
    /// The first include.
    include: Option<Span>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn line(&mut self) -> Result<(), Problem> {
        self.skip_space();
        if self.at_end_of_line() {
            self.skip_line();
            return Ok(());
        }
        let start = self.at;
        if let Some(setting) = self.setting() {
            setting?;
        } else {
            self.at = start;
            self.include()?;
        }
        if self.at_end_of_line() {
            self.skip_line();
            return Ok(());
        }
        Err(self.unexpected())
    }

    /// `None` where the line is no setting at all.
    fn setting(&mut self) -> Option<Result<(), Problem>> {
        let start = self.at;
        let length = key_length(self.rest());
        if length == 0 {
            return None;
        }
        self.at += length;
        let key_span = Span::new(start, self.at);
        self.skip_space();
        if !self.rest().starts_with('=') {
            return None;
        }
        self.at += 1;
        self.skip_space();
        let Some((text, value_span)) = self.value() else {
            let problem = Problem::new("syntax", key_span, format!("`{}` has no value", key_span.text(self.text)));
            return Some(Err(problem.help("write one, or remove the line")));
        };
        let value = if text.contains("$(") {
            // Another key, a variable of the environment, or `$(<file)`.
            Declared::Elsewhere
        } else {
            Declared::Literal(Literal { text, typed: Typed::Untyped })
        };
        self.entries.push(entry(key_span.text(self.text).to_owned(), key_span, value, value_span));
        self.skip_space();
        Some(Ok(()))
    }

    /// A value in three quotes, in one, or in none. A quote that is never closed belongs to the value.
    fn value(&mut self) -> Option<(String, Span)> {
        let rest = self.rest();
        for quote in ["'''", "'"] {
            if let Some(inner) = rest.strip_prefix(quote)
                && let Some(length) = inner.find(quote)
            {
                let span = Span::new(self.at, self.at + length + 2 * quote.len());
                self.at = span.end as usize;
                let inner = inner.get(..length).unwrap_or_default();
                let text = if quote.len() > 1 { inner.trim_matches(['\'', '\r', '\n']) } else { inner };
                return Some((text.to_owned(), span));
            }
        }
        let line = rest.split('\n').next().unwrap_or_default();
        let text = line.split('#').next().unwrap_or_default().trim_end_matches([' ', '\t', '\r']);
        let span = Span::new(self.at, self.at + text.len());
        self.at = span.end as usize;
        (!text.is_empty()).then(|| (text.to_owned(), span))
    }

    fn include(&mut self) -> Result<(), Problem> {
        let start = self.at;
        let Some(after) = self.rest().strip_prefix("include").filter(|after| after.starts_with([' ', '\t'])) else {
            return Err(self.no_setting());
        };
        self.at += self.rest().len() - after.trim_start_matches([' ', '\t']).len();
        let of_path = |it: char| it.is_ascii_alphanumeric() || "-_.*/\\".contains(it);
        self.at += self.rest().find(|it| !of_path(it)).unwrap_or(self.rest().len());
        let span = Span::new(start, self.at);
        self.include.get_or_insert(span);
        self.skip_space();
        Ok(())
    }

    fn no_setting(&self) -> Problem {
        let line = self.rest().lines().next().unwrap_or_default();
        let length = key_length(line);
        let after = line.get(length..).unwrap_or_default().trim_start();
        let at = self.at + line.len() - after.len();
        if length == 0 {
            let problem = Problem::new("syntax", Span::character(self.text, self.at), "expected a key");
            return problem.help("write `key = value`, with keys of letters, digits, `_`, `-` and `.`");
        }
        let problem = Problem::new("syntax", Span::character(self.text, at), "expected `=` after the key");
        if after.starts_with(':') {
            return problem.help("write `=` for `:`");
        }
        problem.help("write `key = value`")
    }

    fn unexpected(&self) -> Problem {
        let place = Span::character(self.text, self.at);
        let before = self.text.get(..self.at).unwrap_or_default();
        if before.trim_end().ends_with('\'') {
            return Problem::new("syntax", place, "unexpected text after the closing quote")
                .help("put the whole value in one pair of quotes");
        }
        Problem::new("syntax", place, "unexpected text at the end of the line")
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t']).len();
    }

    /// Whether only a comment is left of the line.
    fn at_end_of_line(&self) -> bool {
        let rest = self.rest();
        rest.is_empty() || rest.starts_with(['\n', '#']) || rest.starts_with("\r\n")
    }

    fn skip_line(&mut self) {
        let rest = self.rest();
        self.at += rest.find('\n').map_or(rest.len(), |end| end + 1);
    }
}

/// Words of letters, digits, `_`, `-` and escaped dots, with dots between.
fn key_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut complete = 0;
    loop {
        let start = at;
        loop {
            match bytes.get(at) {
                Some(byte) if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-') => at += 1,
                Some(b'\\') if bytes.get(at + 1) == Some(&b'.') => at += 2,
                _ => break,
            }
        }
        if at == start {
            return complete;
        }
        complete = at;
        if bytes.get(at) != Some(&b'.') {
            return complete;
        }
        at += 1;
    }
}
