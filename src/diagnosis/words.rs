//! From words to the causes whose symptom they speak of. Rare words weigh more, what people say weighs more than what is
//! explained, and of whole sayings the one that is nearest counts on its own.

use std::collections::{BTreeMap, BTreeSet};

use crate::knowledge::{BrokerId, KnowledgeBase, Pitfall};
use crate::reference::terms;

/// How much each part of a pitfall says of its symptom: sayings and title, the mechanism, lines, remedies.
const WEIGHTS: [f64; 4] = [3.0, 1.5, 0.5, 1.0];
/// How fast a word that is repeated says no more, and how much a long text dilutes it (as in Okapi BM25).
const SATURATION: f64 = 3.0;
const DILUTION: f64 = 0.2;
/// What a saying with the same words adds.
const SAME: f64 = 0.5;
/// What a cause of the other broker loses at most, where the words are more often said of one.
const OTHER_BROKER: f64 = 0.6;
/// How fast it loses that.
const FOREIGN: f64 = 0.15;
/// Below this words speak of no symptom that is known.
const LEAST: f64 = 0.14;
/// So much of the question's words must stand somewhere in a pitfall.
const COVERED: f64 = 0.25;
/// So near to the best others are worth a mention.
const NEAR: f64 = 0.5;
/// So many causes of one symptom are enough.
const MOST: usize = 5;

/// The words of every pitfall.
#[derive(Debug)]
pub(super) struct Sayings {
    documents: Vec<Document>,
    /// How rare each word is.
    rarity: BTreeMap<String, f64>,
    /// How rare a word is that nobody wrote.
    rarest: f64,
    /// By broker, in how large a part of its pitfalls each word stands.
    shares: Vec<(BrokerId, BTreeMap<String, f64>)>,
}

#[derive(Debug)]
struct Document {
    broker: BrokerId,
    /// How much each word says here.
    words: BTreeMap<String, f64>,
    /// How long it is, against the mean.
    length: f64,
    /// Its title and sayings, one by one.
    said: Vec<BTreeSet<String>>,
}

impl Sayings {
    /// The words of every pitfall.
    pub(super) fn new(knowledge: &KnowledgeBase<'_>) -> Self {
        let mut documents: Vec<Document> = knowledge.pitfalls.iter().map(|it| document(knowledge, it)).collect();
        let length = |document: &Document| document.words.values().sum::<f64>();
        let count = counted(documents.len());
        let mean = documents.iter().map(length).sum::<f64>() / count.max(1.0);
        let mut spread: BTreeMap<String, f64> = BTreeMap::new();
        for document in &mut documents {
            document.length = length(document) / mean;
            for word in document.words.keys() {
                *spread.entry(word.clone()).or_insert(0.0) += 1.0;
            }
        }
        let rare = |seen: f64| libm::log(1.0 + (count - seen + 0.5) / (seen + 0.5));
        let rarity = spread.into_iter().map(|(word, seen)| (word, rare(seen))).collect();
        let shares = knowledge.broker_ids().map(|(id, _)| (id, shares(&documents, id))).collect();
        Self { documents, rarity, rarest: rare(1.0), shares }
    }

    /// How much more often words are said of one broker than of the one of which they are said most: nothing or less.
    fn belonging(&self, broker: BrokerId, asked: &[String]) -> f64 {
        let said = |words: &BTreeMap<String, f64>| -> f64 {
            let share =
                |word: &String| words.get(word).copied().unwrap_or_else(|| words.get("").copied().unwrap_or(1.0));
            asked.iter().map(|word| libm::log(share(word))).sum()
        };
        let all: Vec<(BrokerId, f64)> = self.shares.iter().map(|(id, words)| (*id, said(words))).collect();
        let most = all.iter().map(|(_, said)| *said).fold(f64::NEG_INFINITY, f64::max);
        all.iter().find(|(id, _)| *id == broker).map_or(0.0, |(_, said)| said - most)
    }

    /// The pitfalls that words speak of: their places with how well they fit, best first. Words that name brokers ask for
    /// these alone.
    pub(super) fn find(&self, knowledge: &KnowledgeBase<'_>, text: &str) -> Vec<(usize, f64)> {
        let asked = terms(text);
        let named = |broker: &str| terms(broker).iter().all(|word| asked.contains(word));
        let brokers: Vec<BrokerId> =
            knowledge.broker_ids().filter(|(_, broker)| named(knowledge.text(broker.id))).map(|(id, _)| id).collect();
        // A single word says what something is about, and no symptom.
        if asked.len() < 2 {
            return Vec::new();
        }
        let mut found: Vec<(usize, f64)> = self
            .documents
            .iter()
            .enumerate()
            .filter(|(_, document)| brokers.is_empty() || brokers.contains(&document.broker))
            .filter_map(|(place, document)| Some((place, self.score(document, &asked)?)))
            .collect();
        if brokers.is_empty() {
            for (place, score) in &mut found {
                let broker = self.documents.get(*place).map(|document| document.broker);
                let belonging = broker.map_or(0.0, |broker| self.belonging(broker, &asked));
                *score *= libm::exp(belonging * FOREIGN).max(OTHER_BROKER);
            }
        }
        found.sort_by(|left, right| right.1.total_cmp(&left.1).then(left.0.cmp(&right.0)));
        let best = found.first().map_or(0.0, |(_, score)| *score);
        found.retain(|(_, score)| *score >= LEAST && *score >= best * NEAR);
        found.truncate(MOST);
        found
    }

    fn rarity(&self, word: &str) -> f64 {
        self.rarity.get(word).copied().unwrap_or(self.rarest)
    }

    /// How well a pitfall fits; none where too little of what is asked stands in it.
    fn score(&self, document: &Document, asked: &[String]) -> Option<f64> {
        let whole: f64 = asked.iter().map(|word| self.rarity(word)).sum();
        let (mut held, mut said, mut hit) = (0.0, 0.0, 0_usize);
        for word in asked {
            let Some(weight) = document.words.get(word) else { continue };
            let rarity = self.rarity(word);
            held += rarity;
            hit += 1;
            let diluted = SATURATION * (1.0 - DILUTION + DILUTION * document.length);
            said += rarity * weight / (weight + diluted);
        }
        let near = self.nearest(document, asked);
        (hit >= 2 && held >= whole * COVERED).then(|| said / whole + SAME * near * near * near)
    }

    /// How near the nearest of its sayings is: 1 for the same words.
    fn nearest(&self, document: &Document, asked: &[String]) -> f64 {
        let square = |word: &str| self.rarity(word) * self.rarity(word);
        let own: f64 = asked.iter().map(|word| square(word)).sum();
        let near = document.said.iter().map(|said| {
            let shared: f64 = asked.iter().filter(|word| said.contains(*word)).map(|word| square(word)).sum();
            let other: f64 = said.iter().map(|word| square(word)).sum();
            let size = libm::sqrt(own * other);
            if size > 0.0 { shared / size } else { 0.0 }
        });
        near.fold(0.0, f64::max)
    }
}

fn document(knowledge: &KnowledgeBase<'_>, pitfall: &Pitfall) -> Document {
    let said: Vec<&str> = [pitfall.title].iter().chain(&pitfall.wordings).map(|text| knowledge.text(*text)).collect();
    let lines = pitfall.lines.iter().map(|(text, _)| *text).chain(pitfall.examples.iter().copied());
    let lines: Vec<&str> = lines.map(|text| knowledge.text(text)).collect();
    let id = knowledge.text(pitfall.id);
    let first: Vec<&str> = said.iter().copied().chain([id]).collect();
    let parts = [
        first,
        vec![knowledge.text(pitfall.cause)],
        lines,
        vec![knowledge.text(pitfall.fix), knowledge.text(pitfall.prevent)],
    ];
    let mut words: BTreeMap<String, f64> = BTreeMap::new();
    for (texts, weight) in parts.iter().zip(WEIGHTS) {
        let mut times: BTreeMap<String, f64> = BTreeMap::new();
        for word in texts.iter().flat_map(|text| terms(text)) {
            *times.entry(word).or_insert(0.0) += 1.0;
        }
        for (word, times) in times {
            *words.entry(word).or_insert(0.0) += weight * libm::sqrt(times.min(2.0));
        }
    }
    let said = said.into_iter().map(|text| terms(text).into_iter().collect()).collect();
    Document { broker: pitfall.broker, words, length: 1.0, said }
}

/// In how large a part of a broker's pitfalls each word stands; under no word, for those that stand in none.
fn shares(documents: &[Document], broker: BrokerId) -> BTreeMap<String, f64> {
    let own: Vec<&Document> = documents.iter().filter(|document| document.broker == broker).collect();
    let part = |count: f64| (count + 0.5) / (counted(own.len()) + 1.0);
    let mut counts: BTreeMap<String, f64> = BTreeMap::new();
    for word in own.iter().flat_map(|document| document.words.keys()) {
        *counts.entry(word.clone()).or_insert(0.0) += 1.0;
    }
    let mut shares: BTreeMap<String, f64> = counts.into_iter().map(|(word, count)| (word, part(count))).collect();
    shares.insert(String::new(), part(0.0));
    shares
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred pitfalls")]
fn counted(count: usize) -> f64 {
    count as f64
}
