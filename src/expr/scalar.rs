//! The fast way through an expression where everything that it reads is one value: plain numbers and truth values. Gives
//! what evaluation over ranges gives, or nothing where anything is open, and then that way must be taken.

use super::eval::hair;
use super::program::{Comparison, Op, Program};
use super::value::{Env, ExprId, Tri, Value};
use crate::quantity::Interval;

impl Program {
    /// The amount of an expression, over ranges only where it must be.
    pub fn amount_at<E: Env>(&self, id: ExprId, env: &E) -> Interval {
        self.scalar(id, env).map_or_else(|| self.number(id, env), Interval::point)
    }

    /// Whether a condition holds, over ranges only where it must be looked at so.
    pub fn holds_at<E: Env>(&self, id: ExprId, env: &E) -> Tri {
        self.truth(id, env).map_or_else(|| self.holds(id, env), Tri::from)
    }

    fn scalar<E: Env>(&self, id: ExprId, env: &E) -> Option<f64> {
        let of = |id: ExprId| self.scalar(id, env);
        let both = |left: ExprId, right: ExprId| Some((of(left)?, of(right)?));
        // Over ranges, finite amounts that give none are unknown.
        let closed = |(left, right): (f64, f64), result: f64| {
            let lost = result.is_nan() || (result.is_infinite() && left.is_finite() && right.is_finite());
            (!lost).then_some(result)
        };
        match self.op(id)? {
            Op::Number(amount, _) => Some(amount),
            Op::Fact(fact) => match env.fact(fact) {
                Value::Number(amount) if amount.is_point() => Some(amount.lo),
                _ => None,
            },
            Op::Plus(left, right) => both(left, right).and_then(|pair| closed(pair, pair.0 + pair.1)),
            Op::Minus(left, right) => both(left, right).and_then(|pair| closed(pair, pair.0 - pair.1)),
            Op::Times(left, right) => both(left, right).and_then(|pair| closed(pair, pair.0 * pair.1)),
            Op::Over(left, right) => {
                both(left, right).filter(|pair| pair.1 != 0.0).and_then(|pair| closed(pair, pair.0 / pair.1))
            }
            Op::Min(left, right) => both(left, right).map(|(left, right)| left.min(right)),
            Op::Max(left, right) => both(left, right).map(|(left, right)| left.max(right)),
            Op::Ceil(inner) => of(inner).map(|amount| (amount - hair(amount)).ceil()),
            Op::Floor(inner) => of(inner).map(|amount| (amount + hair(amount)).floor()),
            Op::If(condition, yes, no) => {
                if self.truth(condition, env)? {
                    of(yes)
                } else {
                    of(no)
                }
            }
            _ => None,
        }
    }

    fn truth<E: Env>(&self, id: ExprId, env: &E) -> Option<bool> {
        match self.op(id)? {
            Op::Bool(holds) => Some(holds),
            Op::Not(inner) => self.truth(inner, env).map(|holds| !holds),
            Op::And(left, right) => match self.truth(left, env) {
                Some(true) => self.truth(right, env),
                Some(false) => Some(false),
                None => self.truth(right, env).filter(|holds| !holds),
            },
            Op::Or(left, right) => match self.truth(left, env) {
                Some(false) => self.truth(right, env),
                Some(true) => Some(true),
                None => self.truth(right, env).filter(|holds| *holds),
            },
            Op::Fact(fact) => match env.fact(fact) {
                Value::Bool(Tri::True) => Some(true),
                Value::Bool(Tri::False) => Some(false),
                _ => None,
            },
            Op::Compare(comparison, left, right) => {
                let (left, right) = (self.scalar(left, env)?, self.scalar(right, env)?);
                compared(comparison, left, right)
            }
            _ => match self.holds(id, env) {
                Tri::Unknown => None,
                settled => Some(settled == Tri::True),
            },
        }
    }
}

#[expect(clippy::float_cmp, reason = "equal amounts are the very same amounts")]
fn compared(comparison: Comparison, left: f64, right: f64) -> Option<bool> {
    if left.is_nan() || right.is_nan() {
        return None;
    }
    Some(match comparison {
        Comparison::Equal => left == right,
        Comparison::Unequal => left != right,
        Comparison::Less => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Greater => left > right,
        Comparison::AtLeast => left >= right,
    })
}
