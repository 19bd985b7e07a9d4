//! Evaluates: no allocation, no panic, and never a value that leaves out what could be.

use super::program::{Comparison, Op, Program};
use super::value::{Env, ExprId, ListValue, Tri, Value};
use crate::quantity::Interval;

impl Program {
    /// What an expression may be.
    pub fn eval<E: Env>(&self, id: ExprId, env: &E) -> Value {
        let Some(op) = self.op(id) else { return Value::UNKNOWN };
        match op {
            Op::Bool(holds) => Value::Bool(holds.into()),
            Op::Number(amount, _) => Value::Number(Interval::point(amount)),
            Op::Version(version) => Value::Version(Interval::point(version)),
            Op::Words(words) => Value::Words(words),
            Op::Fact(fact) => env.fact(fact),
            Op::Own(own) => env.own(own),
            Op::Not(_)
            | Op::And(..)
            | Op::Or(..)
            | Op::Compare(..)
            | Op::Among(..)
            | Op::Holds(..)
            | Op::Any(_)
            | Op::Known(_) => Value::Bool(self.condition(op, env)),
            Op::If(condition, yes, no) => match self.holds(condition, env) {
                Tri::True => self.eval(yes, env),
                Tri::False => self.eval(no, env),
                Tri::Unknown => self.eval(yes, env).hull(self.eval(no, env)),
            },
            _ => Value::Number(self.amount(op, env)),
        }
    }

    /// Whether a condition holds.
    pub fn holds<E: Env>(&self, id: ExprId, env: &E) -> Tri {
        match self.eval(id, env) {
            Value::Bool(tri) => tri,
            _ => Tri::Unknown,
        }
    }

    /// The amounts that an expression may be.
    pub fn number<E: Env>(&self, id: ExprId, env: &E) -> Interval {
        match self.eval(id, env) {
            Value::Number(amount) => amount,
            _ => Interval::EVERYTHING,
        }
    }

    fn condition<E: Env>(&self, op: Op, env: &E) -> Tri {
        match op {
            Op::Not(inner) => self.holds(inner, env).negated(),
            Op::And(left, right) => match self.holds(left, env) {
                Tri::False => Tri::False,
                left => left.and(self.holds(right, env)),
            },
            Op::Or(left, right) => match self.holds(left, env) {
                Tri::True => Tri::True,
                left => left.or(self.holds(right, env)),
            },
            Op::Compare(comparison, left, right) => compare(comparison, self.eval(left, env), self.eval(right, env)),
            Op::Among(word, words) => match (self.eval(word, env), self.eval(words, env)) {
                (Value::Words(word), Value::Words(words)) => among(word, words),
                _ => Tri::Unknown,
            },
            Op::Holds(list, word) => match self.eval(list, env) {
                Value::List(ListValue { has, .. }) if has & (1 << word) != 0 => Tri::True,
                Value::List(ListValue { known: true, .. }) => Tri::False,
                _ => Tri::Unknown,
            },
            Op::Any(list) => match self.eval(list, env) {
                Value::List(ListValue { size, .. }) if size > 0 => Tri::True,
                Value::List(ListValue { known: true, .. }) => Tri::False,
                _ => Tri::Unknown,
            },
            Op::Known(inner) => self.eval(inner, env).is_known().into(),
            _ => Tri::Unknown,
        }
    }

    fn amount<E: Env>(&self, op: Op, env: &E) -> Interval {
        let of = |id| self.number(id, env);
        match op {
            Op::Size(list) => match self.eval(list, env) {
                Value::List(ListValue { size, known: true, .. }) => Interval::point(f64::from(size)),
                Value::List(ListValue { size, .. }) => Interval { lo: f64::from(size), hi: f64::INFINITY },
                _ => Interval::UNKNOWN_AMOUNT,
            },
            Op::Negative(inner) => Interval::point(0.0).minus(of(inner)),
            Op::Plus(left, right) => of(left).plus(of(right)),
            Op::Minus(left, right) => of(left).minus(of(right)),
            Op::Times(left, right) => of(left).times(of(right)),
            Op::Over(left, right) => of(left).over(of(right)),
            Op::Min(left, right) => of(left).min(of(right)),
            Op::Max(left, right) => of(left).max(of(right)),
            // A product such as 0.1 × 30 may come out a hair above the whole number that is meant.
            Op::Ceil(inner) => of(inner).through(|amount| (amount - hair(amount)).ceil()),
            Op::Floor(inner) => of(inner).through(|amount| (amount + hair(amount)).floor()),
            _ => Interval::EVERYTHING,
        }
    }
}

/// What computing may have added to a whole number, or taken from it; nothing of what has no end.
pub(super) fn hair(amount: f64) -> f64 {
    if amount.is_finite() { amount.abs() * 1e-12 } else { 0.0 }
}

fn compare(comparison: Comparison, left: Value, right: Value) -> Tri {
    match (left, right) {
        (Value::Number(left), Value::Number(right)) | (Value::Version(left), Value::Version(right)) => {
            compare_ranges(comparison, left, right)
        }
        (Value::Bool(left), Value::Bool(right)) => {
            let known = left != Tri::Unknown && right != Tri::Unknown;
            match comparison {
                Comparison::Equal if known => (left == right).into(),
                Comparison::Unequal if known => (left != right).into(),
                _ => Tri::Unknown,
            }
        }
        (Value::Words(left), Value::Words(right)) => compare_words(comparison, left, right),
        _ => Tri::Unknown,
    }
}

/// True where it holds for all pairs, false where it holds for none.
#[expect(clippy::float_cmp, reason = "equal amounts are the very same amounts")]
fn compare_ranges(comparison: Comparison, left: Interval, right: Interval) -> Tri {
    let settled = |always: bool, never: bool| match (always, never) {
        (true, _) => Tri::True,
        (_, true) => Tri::False,
        _ => Tri::Unknown,
    };
    let same = left.is_point() && right.is_point() && left.lo == right.lo;
    let apart = left.hi < right.lo || right.hi < left.lo;
    match comparison {
        Comparison::Equal => settled(same, apart),
        Comparison::Unequal => settled(apart, same),
        Comparison::Less => settled(left.hi < right.lo, left.lo >= right.hi),
        Comparison::AtMost => settled(left.hi <= right.lo, left.lo > right.hi),
        Comparison::Greater => settled(left.lo > right.hi, left.hi <= right.lo),
        Comparison::AtLeast => settled(left.lo >= right.hi, left.hi < right.lo),
    }
}

/// Words compare by their place in their domain.
fn compare_words(comparison: Comparison, left: u64, right: u64) -> Tri {
    let range = |words: u64| Interval {
        lo: f64::from(words.trailing_zeros()),
        hi: f64::from(63_u32.saturating_sub(words.leading_zeros())),
    };
    match comparison {
        Comparison::Equal => among(left, right).and(Tri::from(right.is_power_of_two()).or(Tri::Unknown)),
        Comparison::Unequal => compare_words(Comparison::Equal, left, right).negated(),
        _ if left == 0 || right == 0 => Tri::Unknown,
        _ => compare_ranges(comparison, range(left), range(right)),
    }
}

/// Whether a word that may be any of `word` is one of `words`.
fn among(word: u64, words: u64) -> Tri {
    if word == 0 {
        Tri::False
    } else if word & !words == 0 {
        Tri::True
    } else if word & words == 0 {
        Tri::False
    } else {
        Tri::Unknown
    }
}
