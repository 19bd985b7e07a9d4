//! Reads a log line by line, however long it is: of each cause a few lines and how many there were, and of what looks like
//! trouble and is not known a few shapes.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::patterns::{Hit, Matching};
use crate::knowledge::Strength;

/// So many lines are kept of a cause.
const KEPT: usize = 3;
/// So many shapes of lines that nobody knows are told apart.
const SHAPES: usize = 4096;
/// So many lines that nobody knows are kept.
const SHOWN: usize = 5;
/// So many lines before and after one that is known may belong to the same event.
const EVENT: u64 = 3;
/// Longer lines are cut where they are shown.
const LONGEST: usize = 400;

/// A line of some input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which of the inputs.
    pub input: usize,
    /// Its number, from 1.
    pub number: u64,
    /// Its text, cut where it is very long.
    pub text: String,
}

/// What lines say of one cause.
#[derive(Debug, Clone, Default)]
pub(super) struct Lines {
    /// How many name it.
    pub(super) names: u64,
    /// How many fit it.
    pub(super) fits: u64,
    /// A few of them, those that name it first.
    pub(super) kept: Vec<(Strength, Line)>,
    /// The length of the longest pattern, of the greatest strength.
    pub(super) length: usize,
    /// The patterns that were found, of the greatest strength.
    pub(super) patterns: Vec<usize>,
}

/// What was read of all logs.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// By pitfall.
    pub(super) causes: BTreeMap<usize, Lines>,
    /// How many lines were read.
    pub(super) lines: u64,
    /// How many of them look like trouble and speak of no cause that is known.
    pub(super) unknown: u64,
    /// A few of those, each of another shape.
    pub(super) strange: Vec<Line>,
    shapes: HashSet<u64>,
    hits: Vec<Hit>,
    /// The last line that is known: its input and its number.
    known: (usize, u64),
    /// Lines of which the next ones may say that they belong to something known.
    pending: Vec<(u64, Line)>,
}

impl Log {
    /// Reads one line.
    pub(super) fn line(&mut self, matching: &mut Matching, input: usize, number: u64, line: &[u8]) {
        self.lines += 1;
        let mut hits = std::mem::take(&mut self.hits);
        matching.hits(line, &mut hits);
        if !hits.is_empty() {
            // One event has several lines: what stands beside a line that is known belongs to it.
            self.known = (input, number);
            self.pending.retain(|(_, line)| line.input != input || number - line.number > EVENT);
        } else if matching.bad
            && !is_frame(matching.plain())
            && !(self.known.0 == input && self.known.1 > 0 && number - self.known.1 <= EVENT)
        {
            let shape = shape(matching.plain());
            self.pending.push((shape, Line { input, number, text: shown(line) }));
        }
        self.settle(Some((input, number)));
        let strongest = |pitfall| hits.iter().filter(|hit: &&Hit| hit.pitfall == pitfall).map(|hit| hit.strength).max();
        let mut counted: Vec<usize> = Vec::new();
        for hit in &hits {
            let known = self.causes.entry(hit.pitfall).or_default();
            known.weigh(hit);
            if counted.contains(&hit.pitfall) {
                continue;
            }
            counted.push(hit.pitfall);
            let strength = strongest(hit.pitfall).unwrap_or(hit.strength);
            known.count(strength);
            if known.wants(strength) {
                known.keep(strength, Line { input, number, text: shown(line) });
            }
        }
        self.hits = hits;
    }
}

impl Log {
    /// Counts the pending lines that belong to nothing: those that lie far enough back, or all of them.
    pub(super) fn settle(&mut self, now: Option<(usize, u64)>) {
        let far = |line: &Line| now.is_none_or(|(input, number)| input != line.input || number - line.number > EVENT);
        while self.pending.first().is_some_and(|(_, line)| far(line)) {
            let (shape, line) = self.pending.remove(0);
            self.unknown += 1;
            if self.strange.len() < SHOWN && self.shapes.len() < SHAPES && self.shapes.insert(shape) {
                self.strange.push(line);
            }
        }
    }
}

impl Lines {
    fn count(&mut self, strength: Strength) {
        match strength {
            Strength::Names => self.names += 1,
            Strength::Fits => self.fits += 1,
        }
    }

    /// Keeps the patterns of the greatest strength.
    fn weigh(&mut self, hit: &Hit) {
        let before = if self.names > 0 { Some(Strength::Names) } else { (self.fits > 0).then_some(Strength::Fits) };
        if before.is_none_or(|before| before < hit.strength) && !self.patterns.is_empty() && before.is_some() {
            self.patterns.clear();
            self.length = 0;
        }
        if before.is_none_or(|before| before <= hit.strength) {
            self.length = self.length.max(hit.length);
            if !self.patterns.contains(&hit.pattern) {
                self.patterns.push(hit.pattern);
            }
        }
    }

    fn wants(&self, strength: Strength) -> bool {
        self.kept.len() < KEPT || self.kept.iter().any(|(known, _)| *known < strength)
    }

    fn keep(&mut self, strength: Strength, line: Line) {
        if self.kept.len() >= KEPT {
            let Some(place) = self.kept.iter().rposition(|(known, _)| *known < strength) else { return };
            self.kept.remove(place);
        }
        let place = self.kept.iter().position(|(known, _)| *known < strength).unwrap_or(self.kept.len());
        self.kept.insert(place, (strength, line));
    }
}

/// Whether a line is a frame of a stack, which belongs to the line above it.
fn is_frame(plain: &[u8]) -> bool {
    plain.starts_with(b"at ") || plain.starts_with(b"... ") || plain.starts_with(b"file '")
}

/// What lines that differ only in numbers have in common.
fn shape(plain: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    let letters = plain.iter().filter(|byte| byte.is_ascii_alphabetic());
    letters.take(120).for_each(|byte| byte.hash(&mut hasher));
    hasher.finish()
}

/// A line as it is shown: no control characters, and not for ever.
fn shown(line: &[u8]) -> String {
    let text = String::from_utf8_lossy(line.get(..line.len().min(4 * LONGEST)).unwrap_or_default());
    let mut shown: String =
        text.chars().filter(|letter| !letter.is_control() || *letter == '\t').take(LONGEST).collect();
    if shown.chars().count() == LONGEST {
        shown.push('…');
    }
    shown.trim_end().to_owned()
}
