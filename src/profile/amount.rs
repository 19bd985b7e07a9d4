//! Amounts of facts: quantities with their units, ranges, and words that stand for amounts. Takes a fact and a tree,
//! gives an amount in base units or says what is wrong with it, and how it is written right.

use super::Stated;
use super::place::{alternatives, excerpt};
use super::reader::Reader;
use super::value::UNKNOWN;
use crate::diagnostic::Diagnostic;
use crate::expr::FactId;
use crate::knowledge::amount::parse_amount;
use crate::knowledge::{Domain, Fact, Given};
use crate::quantity::{Interval, Kind, QuantityError, parse};
use crate::source::{Node, Span};
use crate::suggestion::nearest;

/// Longer texts are no amounts, and are not repeated in messages.
const LONGEST: usize = 60;

impl<'r> Reader<'r, '_> {
    /// Reads an amount or a range of amounts.
    pub(super) fn amount(&mut self, id: FactId, fact: &Fact, accepts: &[Kind], node: &Node<'_>) -> Option<Stated> {
        let knowledge = self.knowledge;
        let words = fact.words.and_then(|domain| knowledge.domain(domain));
        let Some(scalar) = node.as_scalar() else {
            let expected = expected(accepts);
            self.wrong_shape(knowledge.fact_name(id), node, &expected);
            return None;
        };
        let text: &str = &scalar.text;
        match parse_amount(text, accepts, |word| self.amount_of(words, word)) {
            Ok((range, kind)) => {
                self.sensible(id, fact, range, kind, node.span, text)?;
                Some(Stated::Value { value: Given::Number(range), kind: Some(kind), words: Vec::new() })
            }
            Err(error) => {
                let error = self.not_an_amount(&error, accepts, words, node.span, text);
                self.push(error);
                None
            }
        }
    }

    fn amount_of(&self, words: Option<&Domain>, word: &str) -> Option<f64> {
        let all = words.map(|words| words.amounts.as_slice()).unwrap_or_default();
        all.iter().find(|(known, _)| self.knowledge.text(*known) == word).map(|(_, amount)| *amount)
    }

    /// An amount that can be written, and makes no sense.
    fn sensible(&mut self, id: FactId, fact: &Fact, range: Interval, kind: Kind, span: Span, text: &str) -> Option<()> {
        let name = self.knowledge.fact_name(id);
        let error = if fact.positive && range.lo <= 0.0 {
            let (message, label) = if range.hi > 0.0 {
                (format!("`{name}` cannot begin at zero, as `{}` does", excerpt(text)), "begins at zero")
            } else {
                (format!("`{name}` cannot be zero"), "expected more than zero")
            };
            self.error("zero", span, &message, label)
                .help(format!("leave `{name}` out, or write `{UNKNOWN}`, where nobody knows"))
        } else if kind == Kind::Percentage && range.hi > 1.0 {
            let message = format!("`{name}` is a share of the whole, and `{}` is more", excerpt(text));
            self.error("out-of-range", span, &message, "expected at most `100%`")
        } else {
            return Some(());
        };
        self.push(error);
        None
    }

    fn not_an_amount(
        &self,
        problem: &QuantityError,
        accepts: &[Kind],
        words: Option<&'r Domain>,
        span: Span,
        text: &str,
    ) -> Diagnostic {
        let known = |word: &str| self.amount_of(words, word).is_some();
        let beside_word = text.split_once("..").is_some_and(|(low, high)| known(low.trim()) || known(high.trim()));
        let place = if beside_word { span } else { self.place.inside(span, text, &problem.at) };
        let names = words.map(|words| words.amounts.as_slice()).unwrap_or_default();
        let names: Vec<&str> = names.iter().map(|(word, _)| self.knowledge.text(*word)).collect();
        let mut label = format!("expected {}", expected(accepts));
        if !names.is_empty() {
            label = format!("{label}, {}", alternatives(names.iter().copied()));
        }
        let long = text.len() > LONGEST || text.chars().any(char::is_control);
        let short = || format!("`{}` is not an amount", excerpt(text));
        let message = if long { short() } else { problem.message.clone() };
        let error = self.error("not-an-amount", place, &message, &label);
        if let Some(near) = nearest(text, names.iter().copied()) {
            return self.suggest(error, span, near);
        }
        let known = error.help.len();
        let error = self.shrug(error, span, text);
        match &problem.help {
            Some(help) if !long && error.help.len() == known => {
                error.help(self.fixed_amount(help, problem, accepts, span, text))
            }
            _ => error,
        }
    }

    /// The remedy, with the whole line where it names the text to write.
    fn fixed_amount(&self, help: &str, problem: &QuantityError, accepts: &[Kind], span: Span, text: &str) -> String {
        let whole = help
            .strip_prefix("write `")
            .and_then(|rest| rest.strip_suffix('`'))
            .filter(|fix| !fix.contains('`'))
            .and_then(|fix| {
                let (before, after) = beside(text, problem.at.start);
                let end = format!("{before}{fix}{after}");
                let reads = |text: &str| parse(text, accepts).is_ok();
                let loses_range = text.contains("..") && !fix.contains("..");
                if reads(&end) { Some(end) } else { (!loses_range && reads(fix)).then(|| fix.to_owned()) }
            });
        whole.map_or_else(|| help.to_owned(), |fix| self.place.fixed(span, &fix))
    }
}

/// What stands before and after the end of a range in which `at` lies; nothing where the text is one amount. A remedy
/// names that end whole, though the problem may be its unit alone.
fn beside(text: &str, at: usize) -> (&str, &str) {
    match text.find("..") {
        None => ("", ""),
        Some(dots) if at <= dots => ("", text.get(dots..).unwrap_or_default()),
        Some(dots) => (text.get(..dots + 2).unwrap_or_default(), ""),
    }
}

/// What is expected of a text that is none of these kinds.
fn expected(accepts: &[Kind]) -> String {
    let each = accepts.iter().map(|kind| format!("{}, as in {}", kind.name(), kind.example()));
    each.collect::<Vec<_>>().join(", or ")
}
