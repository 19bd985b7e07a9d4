//! The values over which one fact runs, from a flag of the command line: `fact`, `fact=low..high` or
//! `fact=one,another`. Reads them with the grammar and the checks of files; changes no profile.

use super::Stated;
use super::field::{Fields, Member};
use super::place::{Place, excerpt};
use super::reader::Reader;
use super::set::scalar;
use crate::diagnostic::{Diagnostic, Severity};
use crate::expr::FactId;
use crate::knowledge::{Fact, FactKind, Given, KnowledgeBase};
use crate::quantity::{Interval, Kind, Version};
use crate::source::{Format, Span};

/// What may stand behind a fact.
const VALUES: &str = "write a range, as in `LOW..HIGH`, or several values with commas between them, or the fact alone";

/// A fact, and the values over which it runs.
#[derive(Debug, Clone)]
pub struct Extent {
    /// The fact.
    pub fact: FactId,
    /// The values.
    pub over: Over,
}

/// Over which values a fact runs.
#[derive(Debug, Clone)]
pub enum Over {
    /// Nobody said.
    Usual,
    /// From one amount to another, both included, written so.
    Amounts(Interval, Kind),
    /// From one version to another, both included.
    Versions(Version, Version),
    /// Exactly these, as they would be stated.
    These(Vec<Stated>),
}

/// Reads a fact and its values; what is wrong, or worth a note, comes back without a place.
pub fn read_extent(knowledge: &KnowledgeBase<'_>, flag: &'static str, text: &str) -> (Option<Extent>, Vec<Diagnostic>) {
    let fields = Fields::of(knowledge);
    let place = Place { text, format: Format::Yaml, source: None, flag };
    let mut reader = Reader::new(knowledge, &fields, place);
    let extent = reader.extent(text);
    let found = reader.into_found();
    let refused = found.iter().any(|problem| problem.severity == Severity::Error);
    (extent.filter(|_| !refused), found)
}

impl Reader<'_, '_> {
    fn extent(&mut self, text: &str) -> Option<Extent> {
        let (key, values) = text.split_once('=').map_or((text, None), |(key, values)| (key, Some(values)));
        let span = Span::new(0, key.len());
        let Some(Member::Fact(id)) = self.named(key.trim()) else {
            self.unknown_setting(key.trim(), span, &[]);
            return None;
        };
        let fact = self.knowledge.fact(id)?;
        if fact.derived {
            self.derived(id, span);
            return None;
        }
        let over = match values {
            None => Over::Usual,
            Some(values) => self.over(id, fact, values, Span::new(text.len() - values.len(), text.len()))?,
        };
        Some(Extent { fact: id, over })
    }

    fn over(&mut self, id: FactId, fact: &Fact, values: &str, at: Span) -> Option<Over> {
        if values.trim().is_empty() {
            let error = self.error("not-a-range", at, "no values stand behind the `=`", "");
            self.push(error.help(VALUES));
            return None;
        }
        let ends = values.split_once("..").filter(|_| !values.contains(','));
        match (fact.kind, ends) {
            (FactKind::Number(_) | FactKind::Flow { .. }, Some(_)) => self.amounts(id, fact, values, at),
            (FactKind::Version, Some((low, high))) => self.versions(id, fact, (low, high), at),
            (FactKind::Word(domain), Some(_)) => {
                let Stated::Value { value: Given::Words(bits), .. } = self.stated(id, fact, &scalar(values, at))?
                else {
                    return self.unfit(values, at);
                };
                let count = self.knowledge.domain(domain).map_or(0, |domain| domain.words.len());
                let words = (0..count.min(64)).map(|word| 1_u64 << word).filter(|word| bits & word != 0);
                Some(Over::These(words.map(|word| plain(Given::Words(word))).collect()))
            }
            (_, Some(_)) => {
                let message = format!("`{}` is no range of `{}`", excerpt(values), self.knowledge.fact_name(id));
                let error = self.error("not-a-range", at, &message, "");
                self.push(error.help("name the values that are meant, with commas between them"));
                None
            }
            (_, None) => self.these(id, fact, values, at),
        }
    }

    fn amounts(&mut self, id: FactId, fact: &Fact, values: &str, at: Span) -> Option<Over> {
        match self.stated(id, fact, &scalar(values, at))? {
            Stated::Value { value: Given::Number(range), kind: Some(kind), .. } if !range.is_point() => {
                Some(Over::Amounts(range, kind))
            }
            _ => self.unfit(values, at),
        }
    }

    fn versions(&mut self, id: FactId, fact: &Fact, (low, high): (&str, &str), at: Span) -> Option<Over> {
        let from = at.end as usize - high.len();
        let low = self.stated(id, fact, &scalar(low, Span::new(at.start as usize, from - 2)))?;
        let high = self.stated(id, fact, &scalar(high, Span::new(from, at.end as usize)))?;
        match (low, high) {
            (Stated::Version(low), Stated::Version(high)) if low < high => Some(Over::Versions(low, high)),
            (Stated::Version(low), Stated::Version(high)) => {
                let error = self.error("not-a-range", at, &format!("the range `{low}..{high}` runs backwards"), "");
                self.push(error.help("write the older version first"));
                None
            }
            _ => self.unfit(self.place.text, at),
        }
    }

    /// Several values between commas.
    fn these(&mut self, id: FactId, fact: &Fact, values: &str, at: Span) -> Option<Over> {
        let mut all = Vec::new();
        let mut start = at.start as usize;
        for value in values.split(',') {
            let span = Span::new(start, start + value.len());
            start += value.len() + 1;
            match self.stated(id, fact, &scalar(value, span))? {
                Stated::Unknown => return self.unfit(value, span),
                Stated::Value { value: Given::Number(range), .. } if !range.is_point() => {
                    return self.unfit(value, span);
                }
                Stated::Value { value: Given::Words(words), .. } if words.count_ones() > 1 => {
                    return self.unfit(value, span);
                }
                stated => all.push(stated),
            }
        }
        if all.len() < 2 { self.unfit(values, at) } else { Some(Over::These(all)) }
    }

    /// Notes that a value spans no axis.
    fn unfit<T>(&mut self, value: &str, at: Span) -> Option<T> {
        let message = format!("`{}` spans no axis", excerpt(value.trim()));
        let error = self.error("not-a-range", at, &message, "");
        self.push(error.help(VALUES));
        None
    }
}

fn plain(value: Given) -> Stated {
    Stated::Value { value, kind: None, words: Vec::new() }
}
