//! Shows the work: an expression with every fact's value in it. A decided `if` shows the branch that was taken, and where
//! no fact is left in what is shown, the conditions that led there.

use super::names::Names;
use super::program::{Comparison, Op, Program};
use super::value::{DomainId, Env, ExprId, FactId, Own, Tri, Value};
use crate::quantity::{Kind, Unit, Version, number, show, show_range};

impl Program {
    /// An amount with the formula that gave it, or a condition with its facts' values.
    pub fn trace<E: Env>(&self, id: ExprId, env: &E, names: &dyn Names) -> String {
        let tracer = Tracer { program: self, env, names, bare: false };
        let mut formula = String::with_capacity(128);
        tracer.part(id, 0, &mut formula);
        match self.eval(id, env) {
            value @ Value::Number(_) => {
                let value = tracer.shown(id, value);
                let conditions = if tracer.names_a_fact(id) { String::new() } else { tracer.conditions(id) };
                if !conditions.is_empty() {
                    value + " where " + &conditions
                } else if value == formula {
                    value
                } else {
                    value + " = " + &formula
                }
            }
            _ => formula,
        }
    }

    /// A value as people read it.
    pub fn shown<E: Env>(&self, id: ExprId, env: &E, names: &dyn Names) -> String {
        Tracer { program: self, env, names, bare: false }.value(id)
    }

    /// The formula alone, with the names of its facts and no values.
    pub(super) fn traced<E: Env>(&self, id: ExprId, env: &E, names: &dyn Names) -> String {
        let mut formula = String::new();
        Tracer { program: self, env, names, bare: true }.part(id, 0, &mut formula);
        formula
    }
}

struct Tracer<'t, E> {
    program: &'t Program,
    env: &'t E,
    names: &'t dyn Names,
    /// As rules write it: facts stand without their values, named formulas by their names.
    bare: bool,
}

impl<E: Env> Tracer<'_, E> {
    /// Writes a part of the formula; `around` is how tightly its surroundings bind.
    fn part(&self, id: ExprId, around: u8, out: &mut String) {
        let Some(op) = self.program.op(id) else { return };
        if self.bare
            && !self.program.is_written_out(id)
            && let Some(name) = self.names.quantity(id)
        {
            return out.push_str(name);
        }
        if let Some((_, taken)) = self.taken(op) {
            return self.part(taken, around, out);
        }
        let bracket = power(op) < around;
        if bracket {
            out.push('(');
        }
        self.operation(id, op, out);
        if bracket {
            out.push(')');
        }
    }

    /// Whether the condition of a decided `if` holds, and the branch that it leads to.
    fn taken(&self, op: Op) -> Option<(bool, ExprId)> {
        let Op::If(condition, yes, no) = op else { return None };
        match self.program.holds(condition, self.env) {
            Tri::True => Some((true, yes)),
            Tri::False => Some((false, no)),
            Tri::Unknown => None,
        }
    }

    /// Whether a fact stands in what is shown.
    fn names_a_fact(&self, id: ExprId) -> bool {
        let Some(op) = self.program.op(id) else { return false };
        match self.taken(op) {
            Some((_, taken)) => self.names_a_fact(taken),
            None if matches!(op, Op::Fact(_) | Op::Own(_)) => true,
            None => self.program.operands(id).into_iter().flatten().any(|operand| self.names_a_fact(operand)),
        }
    }

    /// The conditions that led to what is shown.
    fn conditions(&self, id: ExprId) -> String {
        let mut decided = Vec::new();
        self.decided(id, &mut decided);
        let mut out = String::new();
        let around = if decided.len() > 1 { 2 } else { 0 };
        for (place, (condition, holds)) in decided.into_iter().enumerate() {
            if place > 0 {
                out.push_str(" and ");
            }
            if holds {
                self.part(condition, around, &mut out);
            } else {
                self.prefixed("not ", condition, 3, &mut out);
            }
        }
        out
    }

    fn decided(&self, id: ExprId, into: &mut Vec<(ExprId, bool)>) {
        let Some(op) = self.program.op(id) else { return };
        if let (Op::If(condition, ..), Some((holds, taken))) = (op, self.taken(op)) {
            if !into.contains(&(condition, holds)) {
                into.push((condition, holds));
            }
            return self.decided(taken, into);
        }
        for operand in self.program.operands(id).into_iter().flatten() {
            self.decided(operand, into);
        }
    }

    fn operation(&self, id: ExprId, op: Op, out: &mut String) {
        match op {
            Op::Bool(holds) => out.push_str(if holds { "true" } else { "false" }),
            Op::Number(amount, kind) => out.push_str(&show(amount, kind)),
            Op::Version(version) => out.push_str(&Version::from_number(version).to_string()),
            Op::Words(_) => {}
            Op::Fact(fact) => self.named(self.names.fact(fact), id, out),
            Op::Own(own) => self.named(own_name(own), id, out),
            Op::Not(inner) => self.prefixed("not ", inner, 3, out),
            Op::Negative(inner) => self.prefixed("-", inner, 7, out),
            Op::And(left, right) => self.joined((left, 2), " and ", (right, 2), out),
            Op::Or(left, right) => self.joined((left, 1), " or ", (right, 1), out),
            Op::Plus(left, right) => self.joined((left, 5), " + ", (right, 5), out),
            Op::Minus(left, right) => self.joined((left, 5), " - ", (right, 6), out),
            Op::Times(left, right) => self.joined((left, 6), if self.bare { " * " } else { " × " }, (right, 6), out),
            Op::Over(left, right) => self.joined((left, 6), if self.bare { " / " } else { " ÷ " }, (right, 7), out),
            Op::Compare(comparison, left, right) => {
                self.side(left, right, out);
                out.push_str(sign(comparison));
                self.side(right, left, out);
            }
            Op::Among(word, words) => {
                self.part(word, 4, out);
                out.push_str(" in [");
                out.push_str(&self.words(words, word));
                out.push(']');
            }
            Op::Holds(list, word) => {
                out.push_str(self.domain(list).map_or("", |domain| self.names.word(domain, word)));
                out.push_str(" in ");
                self.part(list, 4, out);
            }
            Op::Any(inner) => self.call("any(", &[inner], out),
            Op::Size(inner) => self.call("size(", &[inner], out),
            Op::Known(inner) => self.call("known(", &[inner], out),
            Op::Ceil(inner) => self.call("ceil(", &[inner], out),
            Op::Floor(inner) => self.call("floor(", &[inner], out),
            Op::Min(..) => self.call("min(", &self.chain(id, |op| matches!(op, Op::Min(..))), out),
            Op::Max(..) => self.call("max(", &self.chain(id, |op| matches!(op, Op::Max(..))), out),
            Op::If(condition, yes, no) => self.call("if(", &[condition, yes, no], out),
        }
    }

    fn named(&self, name: &str, id: ExprId, out: &mut String) {
        out.push_str(name);
        if !self.bare {
            out.push(' ');
            out.push_str(&self.value(id));
        }
    }

    fn prefixed(&self, prefix: &str, inner: ExprId, power: u8, out: &mut String) {
        out.push_str(prefix);
        self.part(inner, power, out);
    }

    fn joined(&self, left: (ExprId, u8), sign: &str, right: (ExprId, u8), out: &mut String) {
        self.part(left.0, left.1, out);
        out.push_str(sign);
        self.part(right.0, right.1, out);
    }

    fn call(&self, name: &str, arguments: &[ExprId], out: &mut String) {
        out.push_str(name);
        for (place, argument) in arguments.iter().enumerate() {
            if place > 0 {
                out.push_str(", ");
            }
            self.part(*argument, 0, out);
        }
        out.push(')');
    }

    /// The operands of a chain of one operation, as in `max(a, b, c)`.
    fn chain(&self, id: ExprId, same: fn(&Op) -> bool) -> Vec<ExprId> {
        if !self.program.op(id).as_ref().is_some_and(same) {
            return vec![id];
        }
        self.program.operands(id).into_iter().flatten().flat_map(|operand| self.chain(operand, same)).collect()
    }

    /// One side of a comparison: words need the other side's domain.
    fn side(&self, id: ExprId, other: ExprId, out: &mut String) {
        match (self.program.op(id), self.program.op(other)) {
            (Some(Op::Words(_)), _) => out.push_str(&self.words(id, other)),
            (Some(Op::Number(amount, _)), Some(Op::Fact(fact))) => match self.names.amount_word(fact, amount) {
                Some(word) => out.push_str(word),
                None => self.part(id, 5, out),
            },
            _ => self.part(id, 5, out),
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
        self.shown(id, self.program.eval(id, self.env))
    }

    fn shown(&self, id: ExprId, value: Value) -> String {
        match value {
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
        Comparison::Equal => " == ",
        Comparison::Unequal => " != ",
        Comparison::Less => " < ",
        Comparison::AtMost => " <= ",
        Comparison::Greater => " > ",
        Comparison::AtLeast => " >= ",
    }
}

/// How tightly an operation binds.
fn power(op: Op) -> u8 {
    match op {
        Op::Or(..) => 1,
        Op::And(..) => 2,
        Op::Not(_) => 3,
        Op::Compare(..) | Op::Among(..) | Op::Holds(..) => 4,
        Op::Plus(..) | Op::Minus(..) => 5,
        Op::Times(..) | Op::Over(..) => 6,
        Op::Negative(_) => 7,
        _ => 9,
    }
}

fn own_name(own: Own) -> &'static str {
    match own {
        Own::Version => "version",
        Own::Team => "team",
        Own::Running => "running",
    }
}
