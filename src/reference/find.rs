//! The way to an entry: its id, an id with its kind before it, an option and a need, a part of an id, or words.

use super::search::{Ranked, Spelling, saying, search};
use super::{Kind, Name, Reference, answers};
use crate::knowledge::OptionId;

/// What a question leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// What is meant; several where kinds share an id.
    Entries(Vec<Name>),
    /// What the words surely mean, and what else they may speak of, best first.
    Leads(Vec<Name>, Vec<Name>),
    /// What may be meant, best first.
    Similar(Vec<Name>),
    /// Everything of one kind.
    Kind(Kind),
    /// Nothing; ids that are spelt alike.
    Nothing(Vec<String>),
}

/// So many suggestions are enough.
const SUGGESTIONS: usize = 3;

impl Reference<'_> {
    /// Finds what a question means.
    pub fn find(&self, question: &str) -> Found {
        let words: Vec<&str> = unquoted(question).split_whitespace().collect();
        let question = words.join(" ");
        if let Some(found) = self.by_id(&question, &words) {
            return found;
        }
        let saying = saying(self, &question);
        if !saying.is_empty() {
            return Found::Entries(saying);
        }
        match words[..] {
            [] => Found::Nothing(Vec::new()),
            [word] => self.by_word(word),
            _ => self.by_words(&question, &words),
        }
    }

    /// By id: exact before all else, then with its kind, then as an option and a need, then a part of it.
    fn by_id(&self, question: &str, words: &[&str]) -> Option<Found> {
        let some = |names: Vec<Name>| (!names.is_empty()).then_some(Found::Entries(names));
        some(self.every(|id| id == question))
            .or_else(|| self.of_kind(question, words))
            .or_else(|| some(self.finding(question)))
            .or_else(|| some(self.capabilities(question)))
            .or_else(|| Kind::ALL.into_iter().find(|kind| kind.plural() == question).map(Found::Kind))
            .or_else(|| {
                let [word] = words else { return None };
                let loose = comparable(word);
                some(self.every(|id| comparable(id) == loose)).or_else(|| self.by_part(&loose))
            })
    }

    fn every(&self, sought: impl Fn(&str) -> bool) -> Vec<Name> {
        Kind::ALL.into_iter().flat_map(|kind| self.named(kind, &sought)).collect()
    }

    /// `fact throughput.peak`, `conflict/average-above-peak`.
    fn of_kind(&self, question: &str, words: &[&str]) -> Option<Found> {
        let (first, rest) = match words {
            [first, ..] if words.len() > 1 => (*first, question.get(first.len() + 1..)?),
            _ => question.split_once('/')?,
        };
        let kind = Kind::ALL.into_iter().find(|kind| kind.word() == first)?;
        let names = self.named(kind, |id| id == rest);
        (!names.is_empty()).then_some(Found::Entries(names))
    }

    /// `unfit-value/retention.ms`: a finding's whole id, as `check` prints it; with what is known of what follows the slash.
    /// Policies write keys of queues without their `x-`.
    fn finding(&self, question: &str) -> Vec<Name> {
        let Some((family, which)) = question.split_once('/') else { return Vec::new() };
        let mut names = self.named(Kind::Finding, |id| id == family);
        if !names.is_empty() {
            names.extend(self.every(|id| id == which || id.strip_prefix("x-") == Some(which)));
        }
        names
    }

    /// `rabbitmq/quorum replay`, `replay rabbitmq/quorum`, `rabbitmq/quorum:replay`, `replay quorum`; every option of a
    /// broker where only the broker is named.
    fn capabilities(&self, question: &str) -> Vec<Name> {
        let Some((left, right)) = question.split_once([' ', ':']) else { return Vec::new() };
        let (left, right) = (left.trim(), right.trim());
        let both = [(left, right), (right, left)];
        let found = both.into_iter().find_map(|(option, need)| Some((self.options(option)?, self.need(need)?)));
        let Some((options, need)) = found else { return Vec::new() };
        let name = |option| {
            let (place, id) = (answers::place(self.knowledge, option, need), answers::id(self.knowledge, option, need));
            self.name(Kind::Capability, place, id)
        };
        options.into_iter().map(name).collect()
    }

    fn need(&self, id: &str) -> Option<usize> {
        self.knowledge.needs.iter().position(|need| self.knowledge.text(need.id) == id)
    }

    /// The option, or all options of the broker, that a word means.
    fn options(&self, word: &str) -> Option<Vec<OptionId>> {
        let knowledge = self.knowledge;
        if let Some(broker) = knowledge.find_broker(word).and_then(|id| knowledge.broker(id)) {
            return Some(broker.options.clone());
        }
        let own = |(_, option): &(OptionId, &crate::knowledge::BrokerOption)| {
            knowledge.text(option.id) == word || knowledge.text(option.short) == word
        };
        let found: Vec<OptionId> = knowledge.option_ids().filter(own).map(|(id, _)| id).collect();
        (found.len() == 1).then_some(found)
    }

    /// The last part of an id, as in `quorum` or `p99`; where several ids end so, all of them are proposed.
    fn by_part(&self, part: &str) -> Option<Found> {
        let ends = |id: &str| comparable(id).strip_suffix(part).is_some_and(|before| before.ends_with(['/', '.']));
        let mut names = self.every(ends);
        let first = names.first()?.id.clone();
        if names.iter().all(|name| name.id == first) {
            return Some(Found::Entries(names));
        }
        names.truncate(5);
        Some(Found::Similar(names))
    }

    /// One word that is no id: a word that entries use, else a misspelt id.
    fn by_word(&self, word: &str) -> Found {
        let plain = word.chars().all(char::is_alphanumeric);
        let ranked = search(self, word, Spelling::Exact);
        if plain && !ranked.best.is_empty() {
            return self.found(ranked);
        }
        // `acks=all` asks about the key.
        if let Some(found) = word.split_once('=').and_then(|(id, _)| self.by_id(id, &[id])) {
            return found;
        }
        let near = self.near(word);
        if near.is_empty() && !plain {
            let ids = ranked.best.into_iter().map(|name| name.id);
            return Found::Nothing(ids.take(SUGGESTIONS).collect());
        }
        Found::Nothing(near)
    }

    fn by_words(&self, question: &str, words: &[&str]) -> Found {
        // An option and something like a need, or the other way round, is a slip in one of the two.
        if let [first, second] = words {
            for (left, right) in [(first, second), (second, first)] {
                let near = |kind: Kind, word: &str| self.near_of(kind, word).into_iter().next();
                let meant = match (self.options(left), self.need(left)) {
                    (Some(_), _) if right.contains('-') => near(Kind::Need, right).map(|need| format!("{left} {need}")),
                    (_, Some(_)) if right.contains('/') => near(Kind::Option, right).map(|it| format!("{it} {left}")),
                    _ => None,
                };
                if let Some(meant) = meant {
                    return Found::Nothing(vec![meant]);
                }
            }
        }
        self.found(search(self, question, Spelling::Similar))
    }

    fn found(&self, ranked: Ranked) -> Found {
        let Ranked { best, clear } = ranked;
        match best.split_first() {
            None => Found::Nothing(Vec::new()),
            Some((first, rest)) if clear || rest.is_empty() => {
                Found::Leads(self.every(|id| id == first.id), rest.to_vec())
            }
            Some(_) => Found::Similar(best),
        }
    }

    /// Ids that are spelt alike, nearest first.
    fn near(&self, word: &str) -> Vec<String> {
        let kinds = Kind::ALL.into_iter().filter(|kind| *kind != Kind::Capability || word.contains(':'));
        nearest(kinds.flat_map(|kind| self.distances(kind, word)).collect())
    }

    fn near_of(&self, kind: Kind, word: &str) -> Vec<String> {
        nearest(self.distances(kind, word).collect())
    }

    /// Ids of a kind within reach of a slip, with how far they are.
    fn distances(&self, kind: Kind, word: &str) -> impl Iterator<Item = (usize, String)> {
        let word = comparable(word);
        let most = (word.chars().count() / 3).min(6);
        // An id is also known by its last part.
        let apart = move |id: &str| {
            let part = id.rsplit(['/', '.']).next().unwrap_or(id);
            strsim::osa_distance(&word, id).min(strsim::osa_distance(&word, part) + 1)
        };
        let near = kind.chapter().ids(self.knowledge).into_iter().map(move |id| (apart(&comparable(&id)), id));
        near.filter(move |(distance, id)| *distance <= most && !id.is_empty())
    }
}

/// An id as it is copied out of a sentence or a diagnostic: `` `replay` ``, `error[mismatch]:`.
fn unquoted(question: &str) -> &str {
    let marks = |it: char| it.is_whitespace() || "`'\"“”:,;".contains(it);
    let bare = question.trim_matches(marks);
    let labelled = bare.strip_suffix(']').and_then(|rest| rest.split_once('['));
    match labelled {
        Some((level, id)) if !level.is_empty() && level.chars().all(|it| it.is_ascii_alphabetic()) => id,
        _ => bare,
    }
}

/// The nearest ids, each once.
fn nearest(mut all: Vec<(usize, String)>) -> Vec<String> {
    all.sort();
    let mut near: Vec<String> = Vec::new();
    for (_, id) in all {
        if near.len() < SUGGESTIONS && !near.contains(&id) {
            near.push(id);
        }
    }
    near
}

fn comparable(word: &str) -> String {
    word.trim().replace('_', "-").to_lowercase()
}
