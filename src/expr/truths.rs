//! How a condition may come out while some facts move within ranges and all others stay as they are: true, false, or
//! open because of what nobody knows anyway. Takes the facts that move, gives every outcome that is possible, and perhaps
//! one that is not; never leaves one out.

use super::program::{Op, Program};
use super::value::{Env, ExprId, FactId, Own, Tri, Value};
use crate::quantity::Interval;

/// Outcomes that are possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truths {
    /// It may hold.
    pub may_hold: bool,
    /// It may not hold.
    pub may_fail: bool,
    /// It may stay open.
    pub may_be_open: bool,
}

impl Truths {
    pub(super) const NONE: Self = Self { may_hold: false, may_fail: false, may_be_open: false };
    /// It holds nowhere.
    pub const NEVER: Self = Self { may_fail: true, ..Self::NONE };
    /// Anything may come of it.
    pub const ANY: Self = Self { may_hold: true, may_fail: true, may_be_open: true };

    fn only(tri: Tri) -> Self {
        match tri {
            Tri::True => Self { may_hold: true, ..Self::NONE },
            Tri::False => Self { may_fail: true, ..Self::NONE },
            Tri::Unknown => Self { may_be_open: true, ..Self::NONE },
        }
    }

    /// It holds wherever the facts move.
    pub fn always(self) -> bool {
        self == Self::only(Tri::True)
    }

    /// It holds nowhere.
    pub fn never(self) -> bool {
        !self.may_hold
    }

    fn each(self) -> impl Iterator<Item = Tri> {
        [(self.may_hold, Tri::True), (self.may_fail, Tri::False), (self.may_be_open, Tri::Unknown)]
            .into_iter()
            .filter_map(|(may, tri)| may.then_some(tri))
    }

    fn or(self, other: Self) -> Self {
        Self {
            may_hold: self.may_hold || other.may_hold,
            may_fail: self.may_fail || other.may_fail,
            may_be_open: self.may_be_open || other.may_be_open,
        }
    }

    pub(super) fn with(self, other: Self, join: impl Fn(Tri, Tri) -> Tri) -> Self {
        let pairs = self.each().flat_map(|left| other.each().map(move |right| (left, right)));
        pairs.fold(Self::NONE, |all, (left, right)| all.or(Self::only(join(left, right))))
    }
}

/// The same values, with every unknown amount that stands still at one end.
struct At<'e, E> {
    env: &'e E,
    still: &'e dyn Fn(FactId) -> bool,
    amount: f64,
}

impl<E: Env> Env for At<'_, E> {
    fn fact(&self, id: FactId) -> Value {
        match self.env.fact(id) {
            Value::Number(range) if !range.is_point() && (self.still)(id) => {
                Value::Number(Interval::point(self.amount.clamp(range.lo, range.hi)))
            }
            other => other,
        }
    }

    fn own(&self, own: Own) -> Value {
        self.env.own(own)
    }
}

impl Program {
    /// Every outcome that a condition may have while some facts take any of their values.
    pub fn truths<E: Env>(&self, id: ExprId, env: &E, moves: &dyn Fn(FactId) -> bool) -> Truths {
        self.truths_beside(id, env, moves, &|_| false)
    }

    /// The same, beside facts that move as well and that nobody knows.
    pub fn truths_beside<E: Env>(
        &self,
        id: ExprId,
        env: &E,
        moves: &dyn Fn(FactId) -> bool,
        beside: &dyn Fn(FactId) -> bool,
    ) -> Truths {
        self.connected(id, &|id| match self.op(id) {
            Some(Op::Known(inner)) if self.any_read(inner, beside) => Truths::NEVER,
            // A fact is as much known at one of its values as at any other.
            Some(Op::Known(inner)) if self.any_read(inner, moves) => Truths::only(Tri::True),
            _ => match self.holds(id, env) {
                Tri::Unknown if self.any_read(id, &|fact| moves(fact) || beside(fact)) => {
                    let open = self.any_read(id, &|fact| beside(fact) || (!moves(fact) && !env.fact(fact).is_known()));
                    // What holds whatever an unknown amount is holds at its ends as well.
                    let still = |fact: FactId| !moves(fact) && !beside(fact);
                    let end = |amount: f64| {
                        if open { self.holds(id, &At { env, still: &still, amount }) } else { Tri::Unknown }
                    };
                    let (least, most) = (end(0.0), end(f64::INFINITY));
                    Truths {
                        may_hold: least != Tri::False && most != Tri::False,
                        may_fail: least != Tri::True && most != Tri::True,
                        may_be_open: open || self.reads_own(id),
                    }
                }
                settled => Truths::only(settled),
            },
        })
    }

    /// What comes of `not`, `and` and `or` where something else says what their parts may be.
    pub(super) fn connected(&self, id: ExprId, part: &impl Fn(ExprId) -> Truths) -> Truths {
        let of = |id: ExprId| self.connected(id, part);
        match self.op(id) {
            Some(Op::Not(inner)) => {
                let inner = of(inner);
                Truths { may_hold: inner.may_fail, may_fail: inner.may_hold, ..inner }
            }
            Some(Op::And(left, right)) => match of(left) {
                settled if settled == Truths::NEVER => settled,
                left => left.with(of(right), Tri::and),
            },
            Some(Op::Or(left, right)) => match of(left) {
                settled if settled.always() => settled,
                left => left.with(of(right), Tri::or),
            },
            _ => part(id),
        }
    }

    /// Whether an expression reads any of some facts.
    pub fn any_read(&self, id: ExprId, which: &dyn Fn(FactId) -> bool) -> bool {
        if let Some(Op::Fact(fact)) = self.op(id) {
            return which(fact);
        }
        self.operands(id).into_iter().flatten().any(|operand| self.any_read(operand, which))
    }
}
