//! Takes inputs line by line and finds out what each line is: a series of an exposition, the head or a row of a tool's
//! table, or a line of a log. Memory does not grow with the input.

use std::sync::Arc;

use super::exposition::{Exposed, exposed};
use super::log::Log;
use super::patterns::{Matching, Patterns};
use super::seen::Seen;
use super::table::{Columns, Head, Row, is_rule};
use crate::knowledge::{BrokerId, KnowledgeBase};

/// Longer lines are no rows of tables, and no series.
const LONGEST_ROW: usize = 16 * 1024;

/// Everything that is read, while it is read.
#[derive(Debug)]
pub struct Intake<'k> {
    pub(super) knowledge: &'k KnowledgeBase<'k>,
    pub(super) matching: Matching,
    pub(super) log: Log,
    pub(super) seen: Seen,
    columns: Columns,
    head: Option<Head>,
    input: Option<usize>,
    number: u64,
}

impl<'k> Intake<'k> {
    /// Nothing yet.
    pub(super) fn new(knowledge: &'k KnowledgeBase<'k>, patterns: &Arc<Patterns>, broker: Option<BrokerId>) -> Self {
        let seen = Seen::new(knowledge, |observation| broker.is_none_or(|broker| observation.broker == broker));
        let columns = Columns::new(seen.column_names(knowledge));
        let matching = Matching::new(patterns);
        Self { knowledge, matching, log: Log::default(), seen, columns, head: None, input: None, number: 0 }
    }

    /// Takes the next line of an input, without its end.
    pub fn line(&mut self, input: usize, line: &[u8]) {
        if self.input != Some(input) {
            self.input = Some(input);
            self.number = 0;
            self.head = None;
        }
        self.number += 1;
        if line.len() > LONGEST_ROW || !self.measured(line) {
            self.log.line(&mut self.matching, input, self.number, line);
        }
    }

    /// Takes words, which may quote lines of a log.
    pub fn words(&mut self, input: usize, words: &str) {
        let lines = self.log.lines;
        words.lines().for_each(|line| self.line(input, line.as_bytes()));
        self.log.lines = lines;
    }

    /// Takes a row that names its values, as a tool's JSON gives it.
    pub fn row(&mut self, row: &Row) {
        self.seen.row(self.knowledge, row);
    }

    /// Takes a line that shows amounts; says whether it is one.
    fn measured(&mut self, line: &[u8]) -> bool {
        // Most lines are those of logs, and most of these say so at once.
        let Some(first) = line.iter().find(|byte| !byte.is_ascii_whitespace()) else {
            self.head = None;
            return true;
        };
        if first.is_ascii_digit() && self.head.is_none() || *first == b'[' {
            return false;
        }
        let Ok(text) = std::str::from_utf8(line) else { return false };
        match exposed(text) {
            Some(Exposed::Comment) => return true,
            Some(Exposed::Sample(sample)) => {
                self.seen.sample(self.knowledge, &sample);
                return true;
            }
            None => {}
        }
        if let Some(row) = self.columns.named_row(text) {
            self.seen.row(self.knowledge, &row);
            // What a row does not give as an amount it may say in words.
            return false;
        }
        if let Some(head) = self.columns.head(text) {
            self.head = Some(head);
            return true;
        }
        let Some(head) = &self.head else { return false };
        if is_rule(text) {
            return true;
        }
        if let Some(row) = head.row(text) {
            self.seen.row(self.knowledge, &row);
        } else {
            self.head = None;
        }
        // A row may also say something in words.
        false
    }
}
