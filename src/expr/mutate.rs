//! Conditions a little changed: one part left out, or one number moved. What a test of rules must notice.

use super::names::Names;
use super::program::{Op, Program};
use super::value::{DomainId, ExprId, Value};
use crate::quantity::Kind;

/// How far a number is moved, each way.
const STEP: f64 = 2.0;

/// One changed condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// What was changed, in words.
    pub change: String,
    /// The changed condition.
    pub condition: ExprId,
}

impl Program {
    /// The condition that always holds.
    pub fn always(&mut self) -> ExprId {
        self.push(Op::Bool(true))
    }

    /// Twice an amount, and half of it; none where that changes nothing.
    pub fn moved(&mut self, amount: ExprId) -> Option<[ExprId; 2]> {
        if matches!(self.op(amount), Some(Op::Number(amount, _)) if amount == 0.0 || amount.is_infinite()) {
            return None;
        }
        Some([STEP, 1.0 / STEP].map(|factor| {
            let factor = self.push(Op::Number(factor, Kind::Factor));
            self.push(Op::Times(amount, factor))
        }))
    }

    /// A condition with one part of an `and` or an `or` left out, one word of a choice left out, or one compared number
    /// doubled or halved: each change by itself.
    pub fn changed(&mut self, condition: ExprId, names: &dyn Names) -> Vec<Changed> {
        match self.op(condition) {
            Some(Op::And(left, right)) => {
                let same = |op: Option<Op>| matches!(op, Some(Op::And(..)));
                self.joined((left, right), same, Op::And, names)
            }
            Some(Op::Or(left, right)) => {
                let same = |op: Option<Op>| matches!(op, Some(Op::Or(..)));
                self.joined((left, right), same, Op::Or, names)
            }
            Some(Op::Not(inner)) => self.within(inner, names, Op::Not),
            Some(Op::Among(word, words)) => self.fewer_words(word, words, names),
            Some(Op::Compare(comparison, left, right)) => {
                let text = self.plain(condition, names);
                let mut found = self.other_numbers(right, &text, |right| Op::Compare(comparison, left, right));
                found.extend(self.other_numbers(left, &text, |left| Op::Compare(comparison, left, right)));
                found
            }
            _ => Vec::new(),
        }
    }

    /// Changes of the parts of a pair, and each part left out; a part of the same kind is left out part by part.
    fn joined(
        &mut self,
        (left, right): (ExprId, ExprId),
        same: fn(Option<Op>) -> bool,
        join: fn(ExprId, ExprId) -> Op,
        names: &dyn Names,
    ) -> Vec<Changed> {
        let mut found = Vec::new();
        for (part, other) in [(left, right), (right, left)] {
            if !same(self.op(part)) {
                found.push(Changed { change: format!("without `{}`", self.plain(part, names)), condition: other });
            }
        }
        found.extend(self.within(left, names, |left| join(left, right)));
        found.extend(self.within(right, names, |right| join(left, right)));
        found
    }

    fn within(&mut self, part: ExprId, names: &dyn Names, around: impl Fn(ExprId) -> Op) -> Vec<Changed> {
        let mut found = self.changed(part, names);
        for changed in &mut found {
            changed.condition = self.push(around(changed.condition));
        }
        found
    }

    fn fewer_words(&mut self, word: ExprId, words: ExprId, names: &dyn Names) -> Vec<Changed> {
        let Some(Op::Words(all)) = self.op(words) else { return Vec::new() };
        let domain = self.as_fact(word).and_then(|fact| names.domain(fact));
        let single = (0_u8..64).filter(|place| all & (1 << place) != 0);
        single
            .map(|place| {
                let name = domain.map_or_else(String::new, |domain: DomainId| names.word(domain, place).to_owned());
                let rest = self.push(Op::Words(all & !(1 << place)));
                let change = format!("without `{name}` in `{}`", self.plain(word, names));
                Changed { change, condition: self.push(Op::Among(word, rest)) }
            })
            .collect()
    }

    fn other_numbers(&mut self, amount: ExprId, text: &str, around: impl Fn(ExprId) -> Op) -> Vec<Changed> {
        if !matches!(self.op(amount), Some(Op::Number(..))) {
            return Vec::new();
        }
        let moved = self.moved(amount).into_iter().flatten().zip(["doubled", "halved"]);
        moved
            .map(|(amount, how)| Changed {
                change: format!("number {how} in `{text}`"),
                condition: self.push(around(amount)),
            })
            .collect()
    }

    /// An expression in the words of the rules, as they would be written.
    pub fn plain(&self, id: ExprId, names: &dyn Names) -> String {
        self.traced(id, &Nothing, names)
    }
}

/// No values at all.
struct Nothing;

impl super::value::Env for Nothing {
    fn fact(&self, _: super::value::FactId) -> Value {
        Value::UNKNOWN
    }

    fn own(&self, _: super::value::Own) -> Value {
        Value::UNKNOWN
    }
}
