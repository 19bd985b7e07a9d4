//! All patterns of the pitfalls, compiled once: a line is read once, whatever their number. Of each pattern the longest
//! part is looked for in all lines at once; where it stands, the whole pattern is compared.

use std::sync::Arc;

use aho_corasick::AhoCorasick;

use super::plain::plain;
use crate::knowledge::{BrokerId, KnowledgeBase, Pitfall, Strength};

/// What stands for any stretch in a pattern.
const ANY: char = '…';

/// A pattern as it is compared.
#[derive(Debug)]
struct Pattern {
    /// What must stand in the line, in this order.
    parts: Vec<Vec<u8>>,
    /// How many bytes all parts have: how much it says.
    length: usize,
    /// Whose it is, and what follows where it stands.
    says: Says,
}

/// What a pattern says where it stands.
#[derive(Debug, Clone, Copy)]
enum Says {
    /// A cause, by its place among all.
    Cause(usize, Strength),
    /// The line does not count for a cause.
    Not(usize),
    /// The line is of one broker.
    Of(BrokerId),
    /// The line looks like trouble.
    Bad,
}

/// What lines hold that look like trouble: their level, or their own words.
const BAD: [&str; 14] = [
    "[error]",
    " error ",
    "error:",
    "error]",
    " fatal ",
    "fatal:",
    "[critical]",
    "exception",
    " crash",
    "panic",
    "level=error",
    "'level':'error'",
    "'level':'fatal'",
    "err:",
];

/// A cause of which a line speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    /// The pitfall's place among all.
    pub(super) pitfall: usize,
    /// How much the line says.
    pub(super) strength: Strength,
    /// How long the pattern is.
    pub(super) length: usize,
    /// Which pattern it is.
    pub(super) pattern: usize,
}

/// The patterns of some pitfalls.
#[derive(Debug)]
pub(super) struct Patterns {
    patterns: Vec<Pattern>,
    /// Finds the longest part of each pattern; none where nothing can be looked for.
    needles: Option<AhoCorasick>,
}

/// Patterns, while lines are held against them.
#[derive(Debug)]
pub(super) struct Matching {
    patterns: Arc<Patterns>,
    /// The last line in which each pattern was compared.
    compared: Vec<u64>,
    lines: u64,
    line: Vec<u8>,
    not: Vec<usize>,
    /// Whether the line that was held against them last looks like trouble.
    pub(super) bad: bool,
    /// The brokers whose marks were seen.
    pub(super) brokers: Vec<BrokerId>,
}

impl Patterns {
    /// The patterns of the pitfalls that are asked for.
    pub(super) fn new(knowledge: &KnowledgeBase<'_>, asked: impl Fn(&Pitfall) -> bool) -> Self {
        let mut patterns = Vec::new();
        for (place, pitfall) in knowledge.pitfalls.iter().enumerate().filter(|(_, pitfall)| asked(pitfall)) {
            let lines = pitfall.lines.iter().map(|(text, strength)| (*text, Says::Cause(place, *strength)));
            let unless = pitfall.unless.iter().map(|text| (*text, Says::Not(place)));
            for (text, says) in lines.chain(unless) {
                let parts = parts(knowledge.text(text));
                let length = parts.iter().map(Vec::len).sum();
                patterns.push(Pattern { parts, length, says });
            }
        }
        for (broker, text) in &knowledge.marks {
            let parts = parts(knowledge.text(*text));
            patterns.push(Pattern { parts, length: 0, says: Says::Of(*broker) });
        }
        patterns.retain(|pattern| !pattern.parts.is_empty());
        for word in BAD {
            patterns.push(Pattern { parts: vec![word.as_bytes().to_vec()], length: 0, says: Says::Bad });
        }
        let longest =
            |pattern: &Pattern| pattern.parts.iter().max_by_key(|part| part.len()).cloned().unwrap_or_default();
        let needles = AhoCorasick::new(patterns.iter().map(longest)).ok();
        Self { patterns, needles }
    }
}

impl Matching {
    /// Nothing was held against them yet.
    pub(super) fn new(patterns: &Arc<Patterns>) -> Self {
        let compared = vec![0; patterns.patterns.len()];
        Self {
            patterns: Arc::clone(patterns),
            compared,
            lines: 0,
            line: Vec::new(),
            not: Vec::new(),
            bad: false,
            brokers: Vec::new(),
        }
    }

    /// The plain form of the line that was held against them last.
    pub(super) fn plain(&self) -> &[u8] {
        &self.line
    }

    /// The causes of which a line speaks, into a list.
    pub(super) fn hits(&mut self, line: &[u8], hits: &mut Vec<Hit>) {
        hits.clear();
        self.not.clear();
        self.bad = false;
        self.lines += 1;
        plain(line, &mut self.line);
        let Some(needles) = &self.patterns.needles else { return };
        for found in needles.find_overlapping_iter(&self.line) {
            let place = found.pattern().as_usize();
            let (Some(pattern), Some(compared)) = (self.patterns.patterns.get(place), self.compared.get_mut(place))
            else {
                continue;
            };
            if std::mem::replace(compared, self.lines) == self.lines {
                continue;
            }
            match pattern.says {
                Says::Bad => {
                    self.bad = true;
                    continue;
                }
                Says::Of(broker) if self.brokers.contains(&broker) => continue,
                _ if !stands(&pattern.parts, &self.line) => continue,
                _ => {}
            }
            match pattern.says {
                Says::Cause(pitfall, strength) => {
                    hits.push(Hit { pitfall, strength, length: pattern.length, pattern: place });
                }
                Says::Not(pitfall) => self.not.push(pitfall),
                Says::Of(broker) => self.brokers.push(broker),
                Says::Bad => {}
            }
        }
        let not = &self.not;
        hits.retain(|hit| !not.contains(&hit.pitfall));
    }
}

/// The parts of a pattern between its gaps.
fn parts(pattern: &str) -> Vec<Vec<u8>> {
    let mut all = Vec::new();
    for part in pattern.split(ANY) {
        let mut bytes = Vec::new();
        plain(part.as_bytes(), &mut bytes);
        if !bytes.is_empty() {
            all.push(bytes);
        }
    }
    all
}

/// Whether the parts stand in a line in this order, the first and the last at the edges of words.
fn stands(parts: &[Vec<u8>], line: &[u8]) -> bool {
    let Some((first, rest)) = parts.split_first() else { return false };
    let mut from = 0;
    while let Some(start) = find(line, first, from) {
        let end = start + first.len();
        if is_edge(line, start, first.first()) {
            let behind = match rest.split_last() {
                None => ends(line, end, first),
                Some((last, between)) => between_and_last(line, end, between, last),
            };
            if behind {
                return true;
            }
            // Where the rest does not stand behind the first place, it may behind no later one either, but for the edge.
            if !rest.is_empty() {
                return false;
            }
        }
        from = start + 1;
    }
    false
}

fn between_and_last(line: &[u8], mut from: usize, between: &[Vec<u8>], last: &[u8]) -> bool {
    for part in between {
        let Some(start) = find(line, part, from) else { return false };
        from = start + part.len();
    }
    while let Some(start) = find(line, last, from) {
        if ends(line, start + last.len(), last) {
            return true;
        }
        from = start + 1;
    }
    false
}

fn find(line: &[u8], part: &[u8], from: usize) -> Option<usize> {
    memchr::memmem::find(line.get(from..)?, part).map(|place| place + from)
}

/// Whether a word begins at a place, where the part begins with one.
fn is_edge(line: &[u8], start: usize, begins: Option<&u8>) -> bool {
    let before = start.checked_sub(1).and_then(|place| line.get(place));
    !(begins.is_some_and(u8::is_ascii_alphanumeric) && before.is_some_and(u8::is_ascii_alphanumeric))
}

/// Whether a word ends at a place, where the part ends with one.
fn ends(line: &[u8], end: usize, part: &[u8]) -> bool {
    let after = line.get(end);
    !(part.last().is_some_and(u8::is_ascii_alphanumeric) && after.is_some_and(u8::is_ascii_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::{parts, stands};
    use crate::diagnosis::plain::plain;

    fn is_in(pattern: &str, line: &str) -> bool {
        let mut bytes = Vec::new();
        plain(line.as_bytes(), &mut bytes);
        stands(&parts(pattern), &bytes)
    }

    #[test]
    fn a_pattern_stands_at_the_edges_of_words() {
        assert!(is_in("OOM", "killed by oom"));
        assert!(!is_in("OOM", "the room"));
        assert!(is_in("timed out after …ms", "request timed out after 300ms."));
        assert!(!is_in("timed out after …ms", "request timed out after 300msx"));
        assert!(is_in("RebalanceInProgressException", "o.a.k.RebalanceInProgressException: no"));
    }

    #[test]
    fn parts_stand_in_their_order() {
        assert!(is_in("queue … in vhost … not found", "no queue 'a' in vhost '/' was not found"));
        assert!(!is_in("queue … in vhost", "in vhost '/': queue 'a'"));
        assert!(is_in("a … b", "xa ya a then b"), "the first edge counts");
        assert!(!is_in("…", "anything"));
    }
}
