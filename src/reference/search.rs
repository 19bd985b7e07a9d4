//! Finds entries by wording. Each text of an entry is compared with the question by its rare words; the best of its
//! texts decides, and how much of the question all of its titles and claims together cover. A word that nobody wrote is
//! taken for the nearest one that somebody did.

use std::collections::BTreeMap;

use super::terms::terms;
use super::{Kind, Name, Reference};
use crate::knowledge::BrokerId;
use crate::suggestion::nearest;

/// Below this nothing was found.
const LEAST: f64 = 0.2;
/// So much of the best is still worth a mention.
const NEAR: f64 = 0.5;
/// From here on the best may stand alone, if it leads by so much.
const ENOUGH: f64 = 0.45;
const LEAD: f64 = 1.25;
/// A text with exactly the words of the question.
const SAME: f64 = 2.0;
/// How much counts that the titles cover the question.
const COVERAGE: f64 = 0.5;
/// A question about one broker is rarely answered by the other.
const OTHER_BROKER: f64 = 0.8;
/// So many words are a sentence, and a sentence is more often a claim than a name.
const SENTENCE: usize = 5;
const CLAIM: f64 = 1.2;
/// A word that is only similar counts less.
const SIMILAR: f64 = 0.8;
/// Shorter words are too alike.
const SHORTEST: usize = 5;

/// How far words may be from those that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    /// As written.
    Exact,
    /// A slip is allowed.
    Similar,
}

/// What was found, best first.
#[derive(Debug)]
pub(super) struct Ranked {
    /// Everything that is near enough, at most five.
    pub(super) best: Vec<Name>,
    /// The first leads so clearly that it alone is meant.
    pub(super) clear: bool,
}

/// An entry as it is compared.
#[derive(Debug)]
struct Document {
    kind: Kind,
    place: usize,
    id: String,
    passages: Vec<(Vec<usize>, f64)>,
    /// The words of its titles and claims.
    telling: Vec<usize>,
    about: Vec<BrokerId>,
}

/// Every entry's words, by number.
#[derive(Debug)]
pub(super) struct Index {
    words: BTreeMap<String, usize>,
    /// In how many entries each word stands.
    spread: Vec<usize>,
    documents: Vec<Document>,
}

impl Index {
    fn new(reference: &Reference<'_>) -> Self {
        let mut index = Self { words: BTreeMap::new(), spread: Vec::new(), documents: Vec::new() };
        for kind in Kind::ALL {
            for (place, id) in kind.chapter().ids(reference.knowledge).into_iter().enumerate() {
                index.add(reference, kind, place, id);
            }
        }
        index
    }

    fn add(&mut self, reference: &Reference<'_>, kind: Kind, place: usize, name: String) {
        let chapter = kind.chapter();
        let texts = chapter.passages(reference.knowledge, place);
        if texts.is_empty() {
            return;
        }
        let id = self.numbers(&name);
        let mut passages = vec![(id.clone(), 1.0)];
        let mut telling = id;
        for passage in texts {
            let words = self.numbers(passage.text);
            if passage.weight >= 1.0 {
                telling.extend(&words);
            }
            passages.push((words, passage.weight));
        }
        telling.sort_unstable();
        telling.dedup();
        let mut all: Vec<usize> = passages.iter().flat_map(|(words, _)| words).copied().collect();
        all.sort_unstable();
        all.dedup();
        for word in all {
            if let Some(count) = self.spread.get_mut(word) {
                *count += 1;
            }
        }
        let about = chapter.about(reference.knowledge, place);
        self.documents.push(Document { kind, place, id: name, passages, telling, about });
    }

    fn numbers(&mut self, text: &str) -> Vec<usize> {
        let mut numbers = Vec::new();
        for term in terms(text) {
            let next = self.spread.len();
            let number = *self.words.entry(term).or_insert(next);
            if number == next {
                self.spread.push(0);
            }
            numbers.push(number);
        }
        numbers.sort_unstable();
        numbers
    }

    /// How much a word says: the rarer, the more.
    #[expect(clippy::cast_precision_loss, reason = "a few thousand entries")]
    fn rarity(&self, word: usize) -> f64 {
        let count = self.spread.get(word).copied().unwrap_or(0).max(1);
        (1.0 + self.documents.len() as f64 / count as f64).ln()
    }

    /// A question's words, with how surely each is meant; none for a word that nobody wrote.
    fn asked(&self, question: &[String], spelling: Spelling) -> Vec<(Option<usize>, f64)> {
        let word = |term: &String| match self.words.get(term) {
            Some(known) => (Some(*known), 1.0),
            None if spelling == Spelling::Similar && term.len() >= SHORTEST => {
                let known = self.words.keys().map(String::as_str).filter(|word| word.len() >= SHORTEST);
                let near = nearest(term, known).and_then(|near| self.words.get(near).copied());
                (near, SIMILAR)
            }
            None => (None, 1.0),
        };
        question.iter().map(word).collect()
    }
}

/// The entries that a question means, best first; nothing where no word of it says anything.
pub(super) fn search(reference: &Reference<'_>, question: &str, spelling: Spelling) -> Ranked {
    let index = reference.index.get_or_init(|| Index::new(reference));
    let question = terms(question);
    let asked = index.asked(&question, spelling);
    let brokers = brokers(reference, &question);
    let mut scored: Vec<(f64, &Document)> = index
        .documents
        .iter()
        .map(|document| (score(index, document, &asked, &brokers), document))
        .filter(|(score, _)| *score >= LEAST)
        .collect();
    scored.sort_by(|left, right| {
        right.0.total_cmp(&left.0).then((left.1.kind, left.1.place).cmp(&(right.1.kind, right.1.place)))
    });
    let best = scored.first().map_or(0.0, |(score, _)| *score);
    let mut found: Vec<(f64, Name)> = Vec::new();
    for (score, document) in scored.into_iter().filter(|(score, _)| *score >= best.min(ENOUGH + COVERAGE) * NEAR) {
        // One key in several scopes is one answer.
        if found.len() < 5 && found.iter().all(|(_, known)| known.id != document.id) {
            found.push((score, reference.name(document.kind, document.place, document.id.clone())));
        }
    }
    let second = found.get(1).map_or(0.0, |(score, _)| *score);
    let clear = best >= ENOUGH && best >= second * LEAD;
    Ranked { best: found.into_iter().map(|(_, name)| name).collect(), clear }
}

/// The entries of which a question is a title, a claim or another wording, letter by letter.
pub(super) fn saying(reference: &Reference<'_>, question: &str) -> Vec<Name> {
    let mut found = Vec::new();
    for kind in Kind::ALL {
        let chapter = kind.chapter();
        for (place, id) in chapter.ids(reference.knowledge).into_iter().enumerate() {
            let passages = chapter.passages(reference.knowledge, place);
            let mut telling = passages.iter().filter(|passage| passage.weight >= 1.0);
            if telling.any(|passage| passage.text.eq_ignore_ascii_case(question)) {
                found.push(reference.name(kind, place, id));
            }
        }
    }
    found
}

/// The brokers that a question names.
fn brokers(reference: &Reference<'_>, question: &[String]) -> Vec<BrokerId> {
    let named = reference
        .knowledge
        .broker_ids()
        .filter(|(_, broker)| terms(reference.knowledge.text(broker.id)).iter().all(|term| question.contains(term)));
    named.map(|(id, _)| id).collect()
}

fn score(index: &Index, document: &Document, asked: &[(Option<usize>, f64)], brokers: &[BrokerId]) -> f64 {
    // A word that nobody wrote is as rare as can be: what is found without it is found less surely.
    let square = |word: Option<usize>| index.rarity(word.unwrap_or(usize::MAX)).powi(2);
    let whole: f64 = asked.iter().map(|(word, _)| square(*word)).sum();
    if whole <= 0.0 {
        return 0.0;
    }
    let shared = |words: &[usize]| -> f64 {
        let held = asked.iter().filter(|(word, _)| word.is_some_and(|word| words.binary_search(&word).is_ok()));
        held.map(|(word, sure)| square(*word) * sure).sum()
    };
    let mut best = 0.0_f64;
    for (words, weight) in &document.passages {
        let size: f64 = words.iter().map(|word| square(Some(*word))).sum();
        if size > 0.0 {
            let shared = shared(words);
            let same = *weight >= 1.0 && words.len() == asked.len() && (shared - whole).abs() < 1e-9;
            best = best.max(weight * shared / (whole * size).sqrt() + if same { SAME } else { 0.0 });
        }
    }
    let mut score = (best + COVERAGE * shared(&document.telling) / whole) * document.kind.chapter().prior();
    if document.kind == Kind::Misconception && asked.len() >= SENTENCE {
        score *= CLAIM;
    }
    let foreign = !document.about.is_empty() && document.about.iter().all(|broker| !brokers.contains(broker));
    if foreign && !brokers.is_empty() { score * OTHER_BROKER } else { score }
}
