//! Shows the work: an expression with every fact's value in it. A decided `if` shows the branch that was taken.

use super::names::Names;
use super::program::{Comparison, Op, Program};
use super::value::{DomainId, Env, ExprId, FactId, Own, Tri, Value};
use crate::quantity::{Kind, Unit, Version, number, show, show_range};

impl Program {
    /// An amount with the formula that gave it, or a condition with its facts' values.
    pub fn trace<E: Env>(&self, id: ExprId, env: &E, names: &dyn Names) -> String {
        let tracer = Tracer { program: self, env, names };
        let formula = tracer.part(id, 0);
        match self.eval(id, env) {
            Value::Number(_) => {
                let value = tracer.value(id);
                if value == formula { value } else { format!("{value} = {formula}") }
            }
            _ => formula,
        }
    }

    /// A value as people read it.
    pub fn shown<E: Env>(&self, id: ExprId, env: &E, names: &dyn Names) -> String {
        Tracer { program: self, env, names }.value(id)
    }
}

struct Tracer<'t, E> {
    program: &'t Program,
    env: &'t E,
    names: &'t dyn Names,
}

impl<E: Env> Tracer<'_, E> {
    /// A part of the formula; `around` is how tightly its surroundings bind.
    fn part(&self, id: ExprId, around: u8) -> String {
        let Some(op) = self.program.op(id) else { return String::new() };
        let (text, power) = match op {
            Op::Bool(holds) => (holds.to_string(), 9),
            Op::Number(amount, kind) => (show(amount, kind), 9),
            Op::Version(version) => (Version::from_number(version).to_string(), 9),
            Op::Words(_) => (String::new(), 9),
            Op::Fact(fact) => (format!("{} {}", self.names.fact(fact), self.value(id)), 9),
            Op::Own(own) => (format!("{} {}", own_name(own), self.value(id)), 9),
            Op::Not(inner) => (format!("not {}", self.part(inner, 3)), 3),
            Op::And(left, right) => (format!("{} and {}", self.part(left, 2), self.part(right, 2)), 2),
            Op::Or(left, right) => (format!("{} or {}", self.part(left, 1), self.part(right, 1)), 1),
            Op::Compare(comparison, left, right) => {
                (format!("{} {} {}", self.side(left, right), sign(comparison), self.side(right, left)), 4)
            }
            Op::Among(word, words) => (format!("{} in [{}]", self.part(word, 4), self.words(words, word)), 4),
            Op::Holds(list, word) => {
                let domain = self.domain(list);
                let word = domain.map_or("", |domain| self.names.word(domain, word));
                (format!("{word} in {}", self.part(list, 4)), 4)
            }
            Op::Any(inner) => (format!("any({})", self.part(inner, 0)), 9),
            Op::Size(inner) => (format!("size({})", self.part(inner, 0)), 9),
            Op::Known(inner) => (format!("known({})", self.part(inner, 0)), 9),
            Op::Negative(inner) => (format!("-{}", self.part(inner, 7)), 7),
            Op::Plus(left, right) => (format!("{} + {}", self.part(left, 5), self.part(right, 5)), 5),
            Op::Minus(left, right) => (format!("{} - {}", self.part(left, 5), self.part(right, 6)), 5),
            Op::Times(left, right) => (format!("{} × {}", self.part(left, 6), self.part(right, 6)), 6),
            Op::Over(left, right) => (format!("{} ÷ {}", self.part(left, 6), self.part(right, 7)), 6),
            Op::Min(..) => (self.call("min", &self.chain(id, |op| matches!(op, Op::Min(..)))), 9),
            Op::Max(..) => (self.call("max", &self.chain(id, |op| matches!(op, Op::Max(..)))), 9),
            Op::Ceil(inner) => (self.call("ceil", &[inner]), 9),
            Op::Floor(inner) => (self.call("floor", &[inner]), 9),
            Op::If(condition, yes, no) => match self.program.holds(condition, self.env) {
                Tri::True => return self.part(yes, around),
                Tri::False => return self.part(no, around),
                Tri::Unknown => (self.call("if", &[condition, yes, no]), 9),
            },
        };
        if power < around { format!("({text})") } else { text }
    }

    fn call(&self, name: &str, arguments: &[ExprId]) -> String {
        let parts: Vec<String> = arguments.iter().map(|argument| self.part(*argument, 0)).collect();
        format!("{name}({})", parts.join(", "))
    }

    /// The operands of a chain of one operation, as in `max(a, b, c)`.
    fn chain(&self, id: ExprId, same: fn(&Op) -> bool) -> Vec<ExprId> {
        if !self.program.op(id).as_ref().is_some_and(same) {
            return vec![id];
        }
        self.program.operands(id).into_iter().flatten().flat_map(|operand| self.chain(operand, same)).collect()
    }

    /// One side of a comparison: words need the other side's domain.
    fn side(&self, id: ExprId, other: ExprId) -> String {
        match self.program.op(id) {
            Some(Op::Words(_)) => self.words(id, other),
            Some(Op::Number(amount, _)) if amount.is_infinite() => "forever".to_owned(),
            _ => self.part(id, 4),
        }
    }

    fn words(&self, words: ExprId, beside: ExprId) -> String {
        match (self.program.op(words), self.domain(beside)) {
            (Some(Op::Words(words)), Some(domain)) => self.list(words, domain),
            (Some(Op::Words(words)), None) => self.own_word(beside, words),
            _ => String::new(),
        }
    }

    fn list(&self, words: u64, domain: DomainId) -> String {
        let all: Vec<&str> =
            (0..64).filter(|word| words & (1 << word) != 0).map(|word| self.names.word(domain, word)).collect();
        all.join(", ")
    }

    fn domain(&self, id: ExprId) -> Option<DomainId> {
        match self.program.op(id)? {
            Op::Fact(fact) => self.names.domain(fact),
            _ => None,
        }
    }

    /// A value as people read it.
    fn value(&self, id: ExprId) -> String {
        match self.program.eval(id, self.env) {
            Value::Bool(Tri::True) => "true".to_owned(),
            Value::Bool(Tri::False) => "false".to_owned(),
            Value::Bool(Tri::Unknown) => "unknown".to_owned(),
            Value::Number(range) => {
                let shown = match self.kind(id) {
                    Some(kind) => show_range(range, kind),
                    None => number(range.middle()),
                };
                match self.program.op(id) {
                    Some(Op::Fact(fact)) => self.amount_word(fact, range.lo, range.is_point()).unwrap_or(shown),
                    _ => shown,
                }
            }
            Value::Version(version) => Version::from_number(version.lo).to_string(),
            Value::Words(words) => match self.domain(id) {
                Some(domain) if words.count_ones() < 64 => self.list(words, domain),
                _ => self.own_word(id, words),
            },
            Value::List(list) if !list.known => "unknown".to_owned(),
            Value::List(list) => match self.domain(id) {
                Some(domain) if list.size > 0 => self.list(list.has, domain),
                _ => "none".to_owned(),
            },
        }
    }

    /// A word that stands for the amount, as in `until-consumed`.
    fn amount_word(&self, fact: FactId, amount: f64, point: bool) -> Option<String> {
        if point { self.names.amount_word(fact, amount).map(str::to_owned) } else { None }
    }

    fn own_word(&self, id: ExprId, words: u64) -> String {
        match self.program.op(id) {
            Some(Op::Own(Own::Team)) if words.count_ones() < 64 => {
                let all = (0..64).filter(|word| words & (1 << word) != 0).map(|word| self.names.own_team(word));
                all.collect::<Vec<_>>().join(", ")
            }
            _ => "unknown".to_owned(),
        }
    }

    /// How an amount is written: as its facts are, else by its unit.
    fn kind(&self, id: ExprId) -> Option<Kind> {
        match self.program.op(id)? {
            Op::Fact(fact) => self.names.kind(fact),
            Op::Number(_, kind) => Some(kind),
            _ => match self.unit(id)? {
                Unit::COUNT => Some(Kind::Factor),
                unit => unit.kind(),
            },
        }
    }

    fn unit(&self, id: ExprId) -> Option<Unit> {
        Some(match self.program.op(id)? {
            Op::Number(_, kind) => kind.unit(),
            Op::Fact(fact) => self.names.kind(fact)?.unit(),
            Op::Size(_) => Unit::COUNT,
            Op::Times(left, right) => self.unit(left)?.times(self.unit(right)?),
            Op::Over(left, right) => self.unit(left)?.per(self.unit(right)?),
            Op::Plus(inner, _)
            | Op::Minus(inner, _)
            | Op::Min(inner, _)
            | Op::Max(inner, _)
            | Op::Negative(inner)
            | Op::Ceil(inner)
            | Op::Floor(inner)
            | Op::If(_, inner, _) => self.unit(inner)?,
            _ => return None,
        })
    }
}

fn sign(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "==",
        Comparison::Unequal => "!=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
    }
}

fn own_name(own: Own) -> &'static str {
    match own {
        Own::Version => "version",
        Own::Team => "team",
        Own::Running => "running",
    }
}
