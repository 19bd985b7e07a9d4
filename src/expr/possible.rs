//! Whether a condition can hold at all: a search that narrows what each fact may be, branch by branch. It never says
//! *no* of a condition that some facts fulfil; it may say *perhaps* of one that none does.

use std::collections::BTreeMap;

use super::program::{Comparison, Op, Program};
use super::value::{Env, ExprId, FactId, Own, Tri, Value};
use crate::quantity::Interval;

/// More branches than these are not followed; the answer is then *perhaps*.
const BRANCHES: u32 = 4096;

impl Program {
    /// Whether a condition may hold, where `anything` says what each fact may be on its own.
    pub fn may_hold(&self, condition: ExprId, anything: &dyn Fn(FactId) -> Value) -> bool {
        let state = State { anything, facts: BTreeMap::new(), settled: Vec::new() };
        Search { program: self, left: BRANCHES }.solve(vec![(condition, true)], state)
    }

    fn asks_what_is_known(&self, id: ExprId) -> bool {
        matches!(self.op(id), Some(Op::Known(_)))
            || self.operands(id).into_iter().flatten().any(|operand| self.asks_what_is_known(operand))
    }
}

/// What is still possible on one branch.
#[derive(Clone)]
struct State<'s> {
    anything: &'s dyn Fn(FactId) -> Value,
    facts: BTreeMap<FactId, Value>,
    /// Conditions of one operation, and how they must come out.
    settled: Vec<(ExprId, bool)>,
}

impl Env for State<'_> {
    fn fact(&self, id: FactId) -> Value {
        self.facts.get(&id).copied().unwrap_or_else(|| (self.anything)(id))
    }

    fn own(&self, _: Own) -> Value {
        Value::UNKNOWN
    }
}

struct Search<'p> {
    program: &'p Program,
    left: u32,
}

impl Search<'_> {
    fn solve(&mut self, mut goals: Vec<(ExprId, bool)>, mut state: State<'_>) -> bool {
        while let Some((goal, wanted)) = goals.pop() {
            match (self.program.op(goal), wanted) {
                (Some(Op::Not(inner)), _) => goals.push((inner, !wanted)),
                (Some(Op::And(left, right)), true) | (Some(Op::Or(left, right)), false) => {
                    goals.extend([(left, wanted), (right, wanted)]);
                }
                (Some(Op::And(left, right)), false) | (Some(Op::Or(left, right)), true) => {
                    if self.left == 0 {
                        return true;
                    }
                    self.left -= 1;
                    return [left, right].into_iter().any(|branch| {
                        let mut goals = goals.clone();
                        goals.push((branch, wanted));
                        self.solve(goals, state.clone())
                    });
                }
                // Whether something is known is a matter of the profile, not of values.
                (Some(_), _) if self.program.asks_what_is_known(goal) => {}
                (Some(op), _) => {
                    if state.settled.contains(&(goal, !wanted)) || !self.narrow(op, wanted, &mut state) {
                        return false;
                    }
                    state.settled.push((goal, wanted));
                }
                (None, _) => {}
            }
        }
        // What was narrowed later may contradict what was settled before.
        let opposite = |wanted: bool| Tri::from(!wanted);
        state.settled.iter().all(|(goal, wanted)| self.program.holds(*goal, &state) != opposite(*wanted))
    }

    /// Narrows the fact of which one operation speaks; says whether anything is left.
    fn narrow(&self, op: Op, wanted: bool, state: &mut State<'_>) -> bool {
        let (fact, value) = match op {
            Op::Fact(fact) => (fact, Value::Bool(wanted.into())),
            Op::Among(word, words) => {
                let (Some(Op::Fact(fact)), Some(Op::Words(words))) = (self.program.op(word), self.program.op(words))
                else {
                    return true;
                };
                (fact, Value::Words(if wanted { words } else { !words }))
            }
            Op::Compare(comparison, left, right) => {
                let comparison = if wanted { comparison } else { negated(comparison) };
                let fact_of = |id| self.program.as_fact(id);
                let (fact, comparison, other) = match (fact_of(left), fact_of(right)) {
                    (Some(fact), _) => (fact, comparison, right),
                    (None, Some(fact)) => (fact, mirrored(comparison), left),
                    (None, None) => return true,
                };
                let Some(value) = side(comparison, self.program.eval(other, state)) else { return true };
                (fact, value)
            }
            _ => return true,
        };
        let Some(met) = meet(state.fact(fact), value) else { return false };
        state.facts.insert(fact, met);
        true
    }
}

/// What a fact may be that compares so with a value.
fn side(comparison: Comparison, other: Value) -> Option<Value> {
    let range = |range: Interval| match comparison {
        Comparison::Equal => Some(range),
        Comparison::Unequal => None,
        Comparison::Less | Comparison::AtMost => Some(Interval { lo: f64::NEG_INFINITY, hi: range.hi }),
        Comparison::Greater | Comparison::AtLeast => Some(Interval { lo: range.lo, hi: f64::INFINITY }),
    };
    match (comparison, other) {
        (_, Value::Number(amounts)) => range(amounts).map(Value::Number),
        (_, Value::Version(versions)) => range(versions).map(Value::Version),
        (Comparison::Equal, Value::Words(_) | Value::Bool(_)) => Some(other),
        (Comparison::Unequal, Value::Words(words)) if words.is_power_of_two() => Some(Value::Words(!words)),
        (Comparison::Unequal, Value::Bool(holds)) => Some(Value::Bool(holds.negated())),
        _ => None,
    }
}

/// What two values have in common; none where that is nothing.
fn meet(left: Value, right: Value) -> Option<Value> {
    let ranges = |left: Interval, right: Interval| {
        let both = Interval { lo: left.lo.max(right.lo), hi: left.hi.min(right.hi) };
        (both.lo <= both.hi).then_some(both)
    };
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => ranges(left, right).map(Value::Number),
        (Value::Version(left), Value::Version(right)) => ranges(left, right).map(Value::Version),
        (Value::Words(left), Value::Words(right)) => (left & right != 0).then_some(Value::Words(left & right)),
        (Value::Bool(left), Value::Bool(right)) => match (left, right) {
            (Tri::Unknown, other) | (other, Tri::Unknown) => Some(Value::Bool(other)),
            (left, right) => (left == right).then_some(Value::Bool(left)),
        },
        _ => Some(left),
    }
}

fn negated(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::Unequal,
        Comparison::Unequal => Comparison::Equal,
        Comparison::Less => Comparison::AtLeast,
        Comparison::AtMost => Comparison::Greater,
        Comparison::Greater => Comparison::AtMost,
        Comparison::AtLeast => Comparison::Less,
    }
}

/// The same comparison, read from right to left.
fn mirrored(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Less => Comparison::Greater,
        Comparison::AtMost => Comparison::AtLeast,
        Comparison::Greater => Comparison::Less,
        Comparison::AtLeast => Comparison::AtMost,
        same => same,
    }
}
