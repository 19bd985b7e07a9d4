//! What names mean while the rules are compiled: facts, words, named quantities, and what is the broker's own.

use std::collections::BTreeMap;

use crate::expr::{DomainId, ExprId, FactId, Scope, Type};

/// The most words that a domain can hold: one bit each.
const WORDS: usize = 64;

/// The words of one domain, while they are collected.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The words, in order.
    pub known: Vec<String>,
    /// Others are allowed.
    pub open: bool,
    /// Words that stand for amounts.
    pub amounts: Vec<(String, f64)>,
}

impl Words {
    /// The place of a word.
    pub(super) fn find(&self, word: &str) -> Option<u8> {
        self.known.iter().position(|known| known == word).and_then(|place| u8::try_from(place).ok())
    }

    /// The place of a word, which is added if it is new and others are allowed.
    pub(super) fn intern(&mut self, word: &str) -> Option<u8> {
        if let Some(known) = self.find(word) {
            return Some(known);
        }
        if !self.open || self.known.len() >= WORDS {
            return None;
        }
        self.known.push(word.to_owned());
        self.find(word)
    }
}

/// Every name that the vocabulary defines.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// Facts by name.
    pub facts: BTreeMap<String, (FactId, Type)>,
    /// Words of facts.
    pub domains: Vec<Words>,
    /// The domain of a numeric fact's words.
    pub amounts: BTreeMap<FactId, DomainId>,
}

/// What names mean in one place of the rules.
#[derive(Debug)]
pub(super) struct NameScope<'v> {
    /// What the vocabulary defines.
    pub vocabulary: &'v mut Vocabulary,
    /// Named quantities.
    pub quantities: BTreeMap<String, (ExprId, Type)>,
    /// The types of `self.version`, `self.team` and `self.running`, where one broker speaks.
    pub own: Option<OwnTypes>,
}

/// The types of what is the broker's own.
#[derive(Debug, Clone, Copy)]
pub(super) struct OwnTypes {
    /// The type of `self.team`.
    pub team: Type,
}

impl<'v> NameScope<'v> {
    /// A scope in which no broker speaks.
    pub(super) fn neutral(vocabulary: &'v mut Vocabulary) -> Self {
        Self { vocabulary, quantities: BTreeMap::new(), own: None }
    }
}

impl Scope for NameScope<'_> {
    fn fact(&self, name: &str) -> Option<(FactId, Type)> {
        self.vocabulary.facts.get(name).copied()
    }

    fn word(&self, domain: DomainId, word: &str) -> Option<u8> {
        self.vocabulary.domains.get(usize::from(domain.0))?.find(word)
    }

    fn domain_is_open(&self, domain: DomainId) -> bool {
        self.vocabulary.domains.get(usize::from(domain.0)).is_some_and(|words| words.open)
    }

    fn intern(&mut self, domain: DomainId, word: &str) -> Option<u8> {
        self.vocabulary.domains.get_mut(usize::from(domain.0))?.intern(word)
    }

    fn word_amount(&self, fact: FactId, word: &str) -> Option<f64> {
        let domain = self.vocabulary.amounts.get(&fact)?;
        let words = self.vocabulary.domains.get(usize::from(domain.0))?;
        words.amounts.iter().find(|(known, _)| known == word).map(|(_, amount)| *amount)
    }

    fn quantity(&self, name: &str) -> Option<(ExprId, Type)> {
        self.quantities.get(name).copied()
    }

    fn own(&self, name: &str) -> Option<Type> {
        let own = self.own?;
        match name {
            "self.version" => Some(Type::Version),
            "self.team" => Some(own.team),
            "self.running" => Some(Type::Bool),
            _ => None,
        }
    }

    fn names(&self) -> Vec<&str> {
        let own: &[&str] = if self.own.is_some() { &["self.version", "self.team", "self.running"] } else { &[] };
        self.vocabulary
            .facts
            .keys()
            .chain(self.quantities.keys())
            .map(String::as_str)
            .chain(own.iter().copied())
            .collect()
    }
}
