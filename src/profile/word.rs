//! Words and names of facts: one, a range of ordered ones, or several. Takes a fact and a tree, gives bits over the
//! fact's domain. Names that nobody listed are kept where the domain is open, and counted.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Stated;
use super::place::{alternatives, excerpt};
use super::reader::Reader;
use super::value::UNKNOWN;
use crate::expr::{DomainId, FactId};
use crate::knowledge::{Fact, Given};
use crate::source::{Kind, Node, Scalar, Span};
use crate::suggestion::nearest;

impl<'r> Reader<'r, '_> {
    /// Reads one word of a closed set, or a range of them.
    pub(super) fn word(&mut self, id: FactId, fact: &Fact, domain: DomainId, node: &Node<'_>) -> Option<Stated> {
        let name = self.knowledge.fact_name(id);
        let Some(scalar) = node.as_scalar() else {
            let help = node.as_list().and_then(|_| {
                let mut words = self.words(domain);
                let (first, last) = (words.next()?, words.last()?);
                Some(format!("several possible words are a range, as in `{first}..{last}`"))
            });
            self.wrong_shape_but(name, node, "one word", help);
            return None;
        };
        let Some((low, high)) = scalar.text.split_once("..") else {
            let bit = self.known_word(id, fact, domain, node.span, scalar)?;
            return Some(words_of(1 << bit, Vec::new()));
        };
        let offset = scalar.text.len() - high.len();
        let ends = [(low, 0..low.len()), (high, offset..scalar.text.len())].map(|(end, at)| {
            let span = self.place.inside(node.span, &scalar.text, &at);
            let scalar = Scalar { text: Cow::Borrowed(end.trim()), quoted: scalar.quoted };
            self.known_word(id, fact, domain, span, &scalar)
        });
        let [Some(low_bit), Some(high_bit)] = ends else { return None };
        if low_bit > high_bit {
            let message = format!("the range `{}` runs backwards", excerpt(&scalar.text));
            let order: Vec<&str> = self.words(domain).collect();
            let label = format!("the order is {}", order.join(", "));
            let error = self.error("reversed-range", node.span, &message, &label);
            let fixed = format!("{}..{}", high.trim(), low.trim());
            self.push(error.help(self.place.fixed(node.span, &fixed)));
            return None;
        }
        let bits = (low_bit..=high_bit).fold(0_u64, |bits, bit| bits | 1 << bit);
        Some(words_of(bits, Vec::new()))
    }

    /// Reads one name of an open set.
    pub(super) fn name_of(&mut self, id: FactId, fact: &Fact, domain: DomainId, node: &Node<'_>) -> Option<Stated> {
        let scalar = self.scalar(self.knowledge.fact_name(id), node, "one name")?;
        let folded = folded(&scalar.text);
        match self.find(fact, domain, &folded) {
            Some(bit) => Some(words_of(1 << bit, Vec::new())),
            None => Some(words_of(0, vec![scalar.text.trim().to_owned()])),
        }
    }

    /// Reads several words or names, or one.
    pub(super) fn list(&mut self, id: FactId, fact: &Fact, domain: DomainId, node: &Node<'_>) -> Option<Stated> {
        let single = std::slice::from_ref(node);
        let items = match &node.kind {
            Kind::List(items) => items.as_slice(),
            Kind::Map(_) | Kind::Empty | Kind::Scalar(_) => single,
        };
        let mut list = List::default();
        let mut whole = true;
        for item in items {
            if self.is_full() {
                return None;
            }
            whole &= self.item(id, fact, domain, item, &mut list).is_some();
        }
        let size = list.has.count_ones() + u32::try_from(list.unknown.len()).unwrap_or(u32::MAX);
        let value = Given::List { has: list.has, size, first: list.first };
        whole.then_some(Stated::Value { value, kind: None, words: list.unknown })
    }

    /// Reads one item of a list.
    fn item<'n>(
        &mut self,
        id: FactId,
        fact: &Fact,
        domain: DomainId,
        item: &'n Node<'_>,
        list: &mut List<'n>,
    ) -> Option<()> {
        let name = self.knowledge.fact_name(id);
        let scalar = self.scalar(name, item, "a word or a list of words")?;
        let text = folded(&scalar.text);
        if text.is_empty() || text == UNKNOWN {
            let message = match &*text {
                "" => format!("`{name}` has an empty item"),
                _ => format!("`{UNKNOWN}` stands alone, not in a list"),
            };
            let error = self.error("unknown-word", item.span, &message, "expected a word");
            self.push(error.help(format!("where nobody knows, write `{}: {UNKNOWN}`", super::group::last(name))));
            return None;
        }
        if let Some(first) = list.seen.insert(text.clone(), item.span) {
            let message = format!("`{}` is listed twice in `{name}`", excerpt(&scalar.text));
            let mut error = self.error("duplicate-word", item.span, &message, "listed again");
            if let Some(source) = self.place.source {
                error = error.also(source, first, "listed first");
            }
            self.push(error.help("remove one of them"));
            return None;
        }
        if self.knowledge.domain(domain).is_some_and(|domain| domain.open) {
            if let Some(bit) = self.find(fact, domain, &text) {
                list.add(bit);
                return Some(());
            }
            self.near_broker(id, item.span, &text);
            list.unknown.push(scalar.text.trim().to_owned());
        } else {
            list.add(self.known_word(id, fact, domain, item.span, scalar)?);
        }
        Some(())
    }

    /// A broker that is not known is kept; one that looks misspelt is worth a warning.
    fn near_broker(&mut self, id: FactId, span: Span, text: &str) {
        let roles = self.knowledge.roles;
        if id != roles.running && id != roles.allowed {
            return;
        }
        let knowledge = self.knowledge;
        let brokers = knowledge.broker_ids().map(|(id, _)| knowledge.broker_name(id));
        if let Some(near) = nearest(text, brokers) {
            let message = format!("`{}` is none of the brokers that are assessed", excerpt(text));
            let severity = crate::diagnostic::Severity::Warning;
            let warning = self.place.say(severity, "unknown-broker", span, &message, "taken as another system");
            self.push(self.suggest(warning, span, near));
        }
    }

    /// The place of a word of a closed set; another word is noted.
    fn known_word(&mut self, id: FactId, fact: &Fact, domain: DomainId, span: Span, scalar: &Scalar<'_>) -> Option<u8> {
        let text = &*scalar.text;
        if let Some(bit) = self.find(fact, domain, text) {
            return Some(bit);
        }
        let name = self.knowledge.fact_name(id);
        let message = format!("`{}` is not a value of `{name}`", excerpt(text));
        let expected = format!("expected {}", alternatives(self.words(domain)));
        let error = self.error("unknown-word", span, &message, &expected);
        let error = match nearest(text, self.words(domain)) {
            Some(_) => self.did_you_mean(error, span, text, self.words(domain)),
            None => self.shrug(error, span, text),
        };
        self.push(error);
        None
    }

    /// The place of a word, or of what it stands for.
    fn find(&self, fact: &Fact, domain: DomainId, word: &str) -> Option<u8> {
        let direct = |word: &str| {
            let place = self.words(domain).position(|known| known == word)?;
            u8::try_from(place).ok().filter(|place| *place < 64)
        };
        // Another spelling stands for its word even where a rule spells it so, too.
        let knowledge = self.knowledge;
        let alias = fact.aliases.iter().find(|(alias, _)| knowledge.text(*alias) == word);
        direct(alias.map_or(word, |(_, meant)| knowledge.text(*meant)))
    }

    /// The words of a domain, in order.
    fn words(&self, domain: DomainId) -> impl Iterator<Item = &'r str> + use<'r> {
        let knowledge: &'r _ = self.knowledge;
        let words = knowledge.domain(domain).map(|domain| domain.words.as_slice());
        words.unwrap_or_default().iter().map(|word| knowledge.text(*word))
    }
}

/// A list while it is read.
#[derive(Debug, Default)]
struct List<'n> {
    has: u64,
    first: Option<u8>,
    /// Names that nobody listed, as written.
    unknown: Vec<String>,
    seen: BTreeMap<Cow<'n, str>, Span>,
}

impl List<'_> {
    fn add(&mut self, word: u8) {
        self.has |= 1 << word;
        self.first.get_or_insert(word);
    }
}

fn words_of(bits: u64, words: Vec<String>) -> Stated {
    Stated::Value { value: Given::Words(bits), kind: None, words }
}

/// Names count the same in any letters.
fn folded(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.chars().any(char::is_uppercase) { Cow::Owned(text.to_lowercase()) } else { Cow::Borrowed(text) }
}
