//! Reads the tables of declared keys: cells between tabs, a head that names the columns, `-` for nothing.

use super::super::context::Context;
use crate::diagnostic::Diagnostic;
use crate::knowledge::declared::{KINDS, Row};
use crate::quantity::Version;
use crate::source::{Source, Span};

/// The columns that there may be; the last are those that a table may leave out.
const COLUMNS: [&str; 10] = ["scope", "key", "first", "last", "type", "min", "max", "words", "queues", "default"];

/// One table, while it is read.
struct Reader<'s, 'c> {
    index: usize,
    columns: Vec<Option<usize>>,
    versions: &'c [Version],
    context: &'c mut Context,
    rows: Vec<Row<'s>>,
}

/// Reads every table of a broker, sorted as it is searched.
pub(super) fn read<'s>(files: &'s [Source], broker: &str, versions: &[Version], context: &mut Context) -> Vec<Row<'s>> {
    let mut all = Vec::new();
    let folder = format!("brokers/{broker}/declared");
    for (index, source) in files.iter().enumerate() {
        // Metrics are declared too, but no file sets them.
        let metrics = source.name.ends_with("/declared-metrics.tsv");
        if !super::is_table(source) || metrics || !source.name.starts_with(&folder) {
            continue;
        }
        let head = source.text.lines().next().unwrap_or_default();
        let place = |column: &&str| head.split('\t').position(|known| known == *column);
        let columns = COLUMNS.iter().map(place).collect();
        let mut reader = Reader { index, columns, versions, context, rows: Vec::new() };
        let mut start = head.len() + 1;
        for line in source.text.lines().skip(1) {
            reader.row(line, Span::new(start, start + line.len()));
            start += line.len() + 1;
        }
        all.append(&mut reader.rows);
    }
    all.sort_by(|left, right| {
        (left.scope, left.key, left.first, left.last).cmp(&(right.scope, right.key, right.first, right.last))
    });
    overlaps(&all, context);
    all
}

impl<'s> Reader<'s, '_> {
    fn row(&mut self, line: &'s str, span: Span) {
        let cells: Vec<&str> = line.split('\t').collect();
        if cells.len() != self.columns.iter().flatten().count() {
            self.problem(span, format!("{} cells, and {} columns", cells.len(), self.columns.iter().flatten().count()));
            return;
        }
        let cell = |column: usize| {
            let place = self.columns.get(column).copied().flatten();
            place.and_then(|place| cells.get(place).copied()).filter(|cell| *cell != "-").unwrap_or_default()
        };
        let [scope, key, first, last, kind, min, max, words, queues, default] = std::array::from_fn(cell);
        let oldest = self.versions.first().copied();
        let (first, last) = (self.version(first, span), self.version(last, span));
        let Some(last) = last else { return self.problem(span, "the row has no last line".to_owned()) };
        for word in kind.split('|').filter(|word| !KINDS.contains(word)) {
            self.problem(span, format!("`{word}` is no type"));
        }
        for number in [min, max].into_iter().filter(|number| !number.is_empty() && number.parse::<f64>().is_err()) {
            self.problem(span, format!("`{number}` is no number"));
        }
        if first.is_some_and(|first| first > last) {
            self.problem(span, "the first line comes after the last".to_owned());
        }
        // Nobody knows since when a key is there that the oldest line has.
        let first = first.filter(|first| Some(*first) != oldest);
        self.rows.push(Row { scope, key, first, last, kind, min, max, words, queues, default });
    }

    fn version(&mut self, text: &str, span: Span) -> Option<Version> {
        if text.is_empty() {
            return None;
        }
        let version = Version::parse(text).ok();
        if version.is_none() {
            self.problem(span, format!("`{text}` is not a version"));
        }
        version
    }

    fn problem(&mut self, span: Span, message: String) {
        self.context.problems.push(Diagnostic::error("declared-row", message).at(self.index, span, "this row"));
    }
}

/// Two declarations of a key must not speak of one line.
fn overlaps(rows: &[Row<'_>], context: &mut Context) {
    for (earlier, later) in rows.iter().zip(rows.iter().skip(1)) {
        let same = (earlier.scope, earlier.key) == (later.scope, later.key);
        if same && later.first.is_none_or(|first| first <= earlier.last) {
            let message = format!("two rows of {} `{}` speak of {}", later.scope, later.key, earlier.last);
            context.problems.push(Diagnostic::error("declared-row", message));
        }
    }
}
