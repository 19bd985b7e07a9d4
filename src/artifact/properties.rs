//! `server.properties`: the grammar of `java.util.Properties`, as `load` reads it: separators, continued lines, escapes.
//! A key that is repeated is kept each time, in order: the last one holds.

use super::value::entry;
use super::{Artifact, Declared, Item, ItemKind, Literal, Shape, Typed};
use crate::source::{Problem, Source, Span};

/// A key and its value as Java reads them, with their places in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) key: String,
    pub(super) key_span: Span,
    pub(super) value: String,
    pub(super) value_span: Span,
}

/// Keys by which other files of this grammar give themselves away, and what those files are.
const OTHERS: [(&str, &str); 6] = [
    ("bootstrap.servers", "the settings of a client"),
    ("log4j.rootLogger", "the settings of a logger"),
    ("rootLogger.level", "the settings of a logger"),
    ("dataDir", "the settings of ZooKeeper"),
    ("spring.kafka.bootstrap-servers", "the settings of an application"),
    ("spring.rabbitmq.host", "the settings of an application"),
];
/// Keys that only a broker has.
const OWN: [&str; 6] = ["broker.id", "listeners", "log.dirs", "node.id", "process.roles", "zookeeper.connect"];

pub(super) fn read(source: &Source, index: usize) -> Result<Vec<Artifact>, Vec<Problem>> {
    let pairs = pairs(&source.text)?;
    if pairs.is_empty() {
        let problem = Problem::new("empty-file", Span::new(0, 0), "the file sets nothing");
        return Err(vec![problem]);
    }
    refuse_others(&pairs)?;
    let entries = pairs.into_iter().map(|pair| {
        let span = trimmed(pair.value_span, &source.text);
        let text = pair.value.trim_end().to_owned();
        // NOTE: `${…}` is filled in by a configuration provider, or by whatever writes the file.
        let value = if text.contains("${") {
            Declared::Elsewhere
        } else {
            Declared::Literal(Literal { text, typed: Typed::Untyped })
        };
        entry(pair.key, pair.key_span, value, span)
    });
    let item = Item {
        kind: ItemKind::Broker,
        name: String::new(),
        vhost: None,
        span: Span::new(0, 0),
        entries: entries.collect(),
        selector: None,
    };
    Ok(vec![Artifact {
        source: index,
        shape: Shape::ServerProperties,
        broker: "kafka",
        name: None,
        version: None,
        prefix: None,
        items: vec![item],
        bindings: Vec::new(),
        strays: Vec::new(),
        more: None,
    }])
}

fn refuse_others(pairs: &[Pair]) -> Result<(), Vec<Problem>> {
    if pairs.iter().any(|pair| OWN.contains(&pair.key.as_str())) {
        return Ok(());
    }
    let found = pairs.iter().find_map(|pair| OTHERS.iter().find(|(key, _)| pair.key == *key).map(|it| (pair, it.1)));
    let Some((pair, what)) = found else { return Ok(()) };
    let message = format!("`{}` belongs to {what}, not to those of a broker", pair.key);
    Err(vec![Problem::new(super::UNKNOWN, pair.key_span, message).help(super::known())])
}

/// Kafka takes no notice of white space around a value.
fn trimmed(span: Span, whole: &str) -> Span {
    let start = span.start as usize;
    Span::new(start, start + span.text(whole).trim_end().len())
}

/// All pairs of a text in order, or every place that Java would not read.
pub(super) fn pairs(text: &str) -> Result<Vec<Pair>, Vec<Problem>> {
    let mut reader = Reader { text, at: 0 };
    let mut pairs = Vec::new();
    let mut problems = Vec::new();
    while reader.find_pair() {
        match reader.pair() {
            Ok(pair) if pair.key.is_empty() => {
                let place = Span::character(text, pair.key_span.start as usize);
                problems.push(Problem::new("missing-key", place, "a key is missing before this"));
            }
            Ok(pair) => pairs.push(pair),
            Err(problem) => {
                problems.push(problem);
                reader.skip_line();
            }
        }
    }
    if problems.is_empty() { Ok(pairs) } else { Err(problems) }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

/// What stands next in a logical line: continued lines are one.
enum Next {
    Char(char),
    /// A character that a backslash stands before, as it is meant.
    Escaped(char),
    End,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    /// Moves to the next line that is neither blank nor a comment.
    fn find_pair(&mut self) -> bool {
        loop {
            match self.peek() {
                None => return false,
                Some(' ' | '\t' | '\u{c}' | '\n' | '\r') => self.at += 1,
                Some('#' | '!') => self.skip_line(),
                Some(_) => return true,
            }
        }
    }

    /// To the end of the natural line.
    fn skip_line(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        self.at += rest.find(['\n', '\r']).unwrap_or(rest.len());
    }

    fn pair(&mut self) -> Result<Pair, Problem> {
        let start = self.at;
        let mut key = String::new();
        let mut end = start;
        let separator = loop {
            match self.next()? {
                Next::Char(character @ ('=' | ':' | ' ' | '\t' | '\u{c}')) => break Some(character),
                Next::Char(character) | Next::Escaped(character) => key.push(character),
                Next::End => break None,
            }
            end = self.at;
        };
        let key_span = Span::new(start, end);
        if let Some(separator) = separator {
            self.find_value(!matches!(separator, '=' | ':'));
        }
        let (value_start, mut value_end) = (self.at, self.at);
        let mut value = String::new();
        while let Next::Char(character) | Next::Escaped(character) = self.next()? {
            value.push(character);
            value_end = self.at;
        }
        Ok(Pair { key, key_span, value, value_span: Span::new(value_start, value_end) })
    }

    /// White space before the value, and one separator if there was none yet.
    fn find_value(&mut self, mut open: bool) {
        loop {
            self.skip_continuation();
            match self.peek() {
                Some(' ' | '\t' | '\u{c}') => self.at += 1,
                Some('=' | ':') if open => {
                    open = false;
                    self.at += 1;
                }
                _ => return,
            }
        }
    }

    /// A backslash before a line break, the break, and the white space that begins the next line.
    fn skip_continuation(&mut self) {
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(after) = rest.strip_prefix('\\') else { return };
            let width = match after.as_bytes() {
                [b'\r', b'\n', ..] => 2,
                [b'\r' | b'\n', ..] => 1,
                _ => return,
            };
            self.at += 1 + width;
            while matches!(self.peek(), Some(' ' | '\t' | '\u{c}')) {
                self.at += 1;
            }
        }
    }

    fn next(&mut self) -> Result<Next, Problem> {
        self.skip_continuation();
        let Some(character) = self.peek() else { return Ok(Next::End) };
        match character {
            '\n' | '\r' => Ok(Next::End),
            '\\' => self.escape(),
            _ => {
                self.at += character.len_utf8();
                Ok(Next::Char(character))
            }
        }
    }

    fn escape(&mut self) -> Result<Next, Problem> {
        let start = self.at;
        self.at += 1;
        let Some(character) = self.peek() else { return Ok(Next::End) };
        self.at += character.len_utf8();
        Ok(Next::Escaped(match character {
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\u{c}',
            'u' => self.unicode(start)?,
            _ => character,
        }))
    }

    /// After `\u`: four digits, or eight with another `\u` between for a pair of surrogates.
    fn unicode(&mut self, start: usize) -> Result<char, Problem> {
        let wrong = |end| {
            Problem::new("syntax", Span::new(start, end), "expected four hexadecimal digits after `\\u`")
                .help("write `\\\\u` for a backslash before a `u`")
        };
        let high = self.digits(self.at).ok_or_else(|| wrong(self.at))?;
        self.at += 4;
        if let Some(character) = char::from_u32(high) {
            return Ok(character);
        }
        let follows = self.text.get(self.at..).is_some_and(|rest| rest.starts_with("\\u"));
        let low = if follows { self.digits(self.at + 2) } else { None };
        if let (0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) = (high, low) {
            self.at += 6;
            let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
            return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        // Java keeps half a pair; a text here can not.
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn digits(&self, at: usize) -> Option<u32> {
        let digits = self.text.get(at..at + 4)?;
        digits.bytes().all(|digit| digit.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
    }
}
