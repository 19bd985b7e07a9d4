//! Refuses a key that a map has twice: which of the two was meant is not ours to guess.

use std::collections::{HashMap, HashSet};

use super::problem::{Problem, Problems, excerpt};
use super::{Entry, Span};

/// Up to this many keys, comparing all pairs is faster than hashing.
const PAIRWISE: usize = 16;

/// Reports each repetition, and keeps the first of each key.
pub(super) fn keep_unique(entries: &mut Vec<Entry<'_>>, problems: &mut Problems) {
    if !has_repetition(entries) {
        return;
    }
    let mut first: HashMap<String, Span> = HashMap::new();
    entries.retain(|entry| {
        if let Some(earlier) = first.get(entry.key.as_ref()) {
            problems.push(repetition(&entry.key, entry.key_span, *earlier));
            return false;
        }
        first.insert(entry.key.clone().into_owned(), entry.key_span);
        true
    });
}

fn has_repetition(entries: &[Entry<'_>]) -> bool {
    if entries.len() > PAIRWISE {
        let mut seen = HashSet::with_capacity(entries.len());
        return entries.iter().any(|entry| !seen.insert(entry.key.as_ref()));
    }
    entries.iter().enumerate().any(|(at, entry)| entries.iter().take(at).any(|earlier| earlier.key == entry.key))
}

fn repetition(key: &str, place: Span, earlier: Span) -> Problem {
    Problem::new("duplicate-key", place, format!("duplicate key `{}`", excerpt(key)))
        .related(earlier, "first written here")
        .help("keep one of the two")
}
