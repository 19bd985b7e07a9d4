//! From a tree to operations: names are resolved, units are checked, and every problem has its place.

use std::ops::Range;

use super::ast::{Ast, AstKind, Binary};
use super::error::ExprError;
use super::names::Scope;
use super::parse::parse;
use super::program::{Comparison, Op, Program};
use super::value::{DomainId, ExprId, FactId, Own, Type};
use crate::quantity::{Kind, Unit, Version, parse as amount};
use crate::suggestion::nearest;

/// What an expression must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    /// A condition.
    Bool,
    /// An amount, of a unit if one is given.
    Number(Option<Unit>),
    /// Anything.
    Any,
}

/// A compiled part and its type.
type Typed = (ExprId, Type);

const LITERALS: [Kind; 7] =
    [Kind::Factor, Kind::Duration, Kind::Bytes, Kind::Rate, Kind::ByteRate, Kind::Percentage, Kind::Count];

impl Program {
    /// Compiles an expression.
    ///
    /// # Errors
    /// What is wrong with it, and where in its text.
    pub fn compile(
        &mut self,
        text: &str,
        wants: Wants,
        scope: &mut dyn Scope,
    ) -> Result<(ExprId, Type), Vec<ExprError>> {
        self.compile_one(text, wants, scope).map_err(|error| vec![error])
    }

    fn compile_one(&mut self, text: &str, wants: Wants, scope: &mut dyn Scope) -> Result<(ExprId, Type), ExprError> {
        let ast = parse(text)?;
        let mut compiler = Compiler { program: self, scope };
        let (id, kind) = compiler.part(&ast)?;
        let fits = match wants {
            Wants::Any => true,
            Wants::Bool => kind == Type::Bool,
            Wants::Number(None) => matches!(kind, Type::Number(_)),
            Wants::Number(Some(unit)) => kind == Type::Number(unit),
        };
        if fits {
            return Ok((id, kind));
        }
        let expected = match wants {
            Wants::Bool | Wants::Any => "a condition".to_owned(),
            Wants::Number(None) => "an amount".to_owned(),
            Wants::Number(Some(unit)) => unit.to_string(),
        };
        Err(ExprError::new(&ast.at, format!("expected {expected}, found {}", name_of(kind))))
    }
}

fn name_of(kind: Type) -> String {
    match kind {
        Type::Bool => "a condition".to_owned(),
        Type::Number(unit) => unit.to_string(),
        Type::Word(_) => "a word".to_owned(),
        Type::List(_) => "a list".to_owned(),
        Type::Version => "a version".to_owned(),
    }
}

struct Compiler<'c> {
    program: &'c mut Program,
    scope: &'c mut dyn Scope,
}

impl Compiler<'_> {
    fn part(&mut self, ast: &Ast<'_>) -> Result<(ExprId, Type), ExprError> {
        match &ast.kind {
            AstKind::Bool(holds) => Ok((self.program.push(Op::Bool(*holds)), Type::Bool)),
            AstKind::Amount(text) => self.amount(text, &ast.at),
            AstKind::Name(name) => self.name(name, &ast.at),
            AstKind::Quoted(text) => Err(ExprError::new(&ast.at, format!("\"{text}\" stands alone"))
                .help("a text is only compared with a fact that takes names")),
            AstKind::List(_) => Err(ExprError::new(&ast.at, "a list stands alone").help("write `x in [a, b]`")),
            AstKind::Not(inner) => {
                let inner = self.condition(inner)?;
                Ok((self.program.push(Op::Not(inner)), Type::Bool))
            }
            AstKind::Negative(inner) => {
                let (id, unit) = self.number(inner)?;
                Ok((self.program.push(Op::Negative(id)), Type::Number(unit)))
            }
            AstKind::Binary(operator, left, right) => self.binary(*operator, left, right, &ast.at),
            AstKind::Call(name, arguments) => self.call(name, arguments, &ast.at),
        }
    }

    fn condition(&mut self, ast: &Ast<'_>) -> Result<ExprId, ExprError> {
        match self.part(ast)? {
            (id, Type::Bool) => Ok(id),
            (_, kind) => Err(ExprError::new(&ast.at, format!("expected a condition, found {}", name_of(kind)))),
        }
    }

    fn number(&mut self, ast: &Ast<'_>) -> Result<(ExprId, Unit), ExprError> {
        match self.part(ast)? {
            (id, Type::Number(unit)) => Ok((id, unit)),
            (_, kind) => Err(ExprError::new(&ast.at, format!("expected an amount, found {}", name_of(kind)))),
        }
    }

    fn amount(&mut self, text: &str, at: &Range<usize>) -> Result<(ExprId, Type), ExprError> {
        match amount(text, &LITERALS) {
            Ok((range, kind)) => Ok((self.program.push(Op::Number(range.lo, kind)), Type::Number(kind.unit()))),
            Err(error) => Err(ExprError { message: error.message, at: at.clone(), help: error.help }),
        }
    }

    fn name(&mut self, name: &str, at: &Range<usize>) -> Result<(ExprId, Type), ExprError> {
        match self.resolve(name) {
            Some(found) => Ok(found),
            None => Err(self.unknown(name, at)),
        }
    }

    /// A fact, a named quantity, or what is the broker's own.
    fn resolve(&mut self, name: &str) -> Option<(ExprId, Type)> {
        if let Some(kind) = self.scope.own(name) {
            let own = match name {
                "self.version" => Own::Version,
                "self.team" => Own::Team,
                _ => Own::Running,
            };
            return Some((self.program.push(Op::Own(own)), kind));
        }
        if let Some(found) = self.scope.quantity(name) {
            return Some(found);
        }
        let (fact, kind) = self.scope.fact(name)?;
        Some((self.program.push(Op::Fact(fact)), kind))
    }

    fn unknown(&self, name: &str, at: &Range<usize>) -> ExprError {
        let error = ExprError::new(at, format!("unknown name `{name}`"));
        if name.starts_with("self.") && self.scope.own(name).is_none() {
            return error.help("`self` is the answering broker; no broker answers here");
        }
        match nearest(name, self.scope.names().into_iter()) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error,
        }
    }

    fn binary(
        &mut self,
        operator: Binary,
        left: &Ast<'_>,
        right: &Ast<'_>,
        at: &Range<usize>,
    ) -> Result<(ExprId, Type), ExprError> {
        match operator {
            Binary::And | Binary::Or => {
                let (left, right) = (self.condition(left)?, self.condition(right)?);
                let op = if operator == Binary::And { Op::And(left, right) } else { Op::Or(left, right) };
                Ok((self.program.push(op), Type::Bool))
            }
            Binary::Plus | Binary::Minus => {
                let (first, unit) = self.number(left)?;
                let (second, other) = self.number(right)?;
                same_unit(unit, other, operator.sign(), at)?;
                let op = if operator == Binary::Plus { Op::Plus(first, second) } else { Op::Minus(first, second) };
                Ok((self.program.push(op), Type::Number(unit)))
            }
            Binary::Times | Binary::Over => {
                let (first, unit) = self.number(left)?;
                let (second, other) = self.number(right)?;
                let (op, unit) = if operator == Binary::Times {
                    (Op::Times(first, second), unit.times(other))
                } else {
                    (Op::Over(first, second), unit.per(other))
                };
                Ok((self.program.push(op), Type::Number(unit)))
            }
            Binary::In => self.membership(left, right, at),
            comparison => self.comparison(comparison, left, right, at),
        }
    }

    fn comparison(
        &mut self,
        operator: Binary,
        left: &Ast<'_>,
        right: &Ast<'_>,
        at: &Range<usize>,
    ) -> Result<(ExprId, Type), ExprError> {
        let (first, second) = self.sides(left, right)?;
        let equality = matches!(operator, Binary::Equal | Binary::Unequal);
        match (first.1, second.1) {
            (Type::Number(unit), Type::Number(other)) => same_unit(unit, other, operator.sign(), at)?,
            (Type::Bool, Type::Bool) if equality => {}
            (Type::Word(domain), Type::Word(other)) if domain == other => {}
            (Type::Version, Type::Version) => {}
            (first, second) => {
                let message = format!("cannot compare {} with {}", name_of(first), name_of(second));
                return Err(ExprError::new(at, message));
            }
        }
        let comparison = match operator {
            Binary::Equal => Comparison::Equal,
            Binary::Unequal => Comparison::Unequal,
            Binary::Less => Comparison::Less,
            Binary::AtMost => Comparison::AtMost,
            Binary::Greater => Comparison::Greater,
            _ => Comparison::AtLeast,
        };
        Ok((self.program.push(Op::Compare(comparison, first.0, second.0)), Type::Bool))
    }

    /// Both sides of a comparison: a word, a text or a version is read by the type of the other side.
    fn sides(&mut self, left: &Ast<'_>, right: &Ast<'_>) -> Result<(Typed, Typed), ExprError> {
        if self.is_literal(left) && !self.is_literal(right) {
            let second = self.part(right)?;
            return Ok((self.literal(left, second)?, second));
        }
        let first = self.part(left)?;
        Ok((first, self.literal(right, first)?))
    }

    /// Whether a part gets its meaning from the other side.
    fn is_literal(&mut self, ast: &Ast<'_>) -> bool {
        match &ast.kind {
            AstKind::Quoted(_) | AstKind::Amount(_) => true,
            AstKind::Name(name) => {
                self.scope.own(name).is_none() && self.scope.quantity(name).is_none() && self.scope.fact(name).is_none()
            }
            _ => false,
        }
    }

    fn literal(&mut self, ast: &Ast<'_>, beside: (ExprId, Type)) -> Result<(ExprId, Type), ExprError> {
        match (&ast.kind, beside.1) {
            (AstKind::Amount(text), Type::Version) => match Version::parse(text) {
                Ok(version) => Ok((self.program.push(Op::Version(version.as_number())), Type::Version)),
                Err(error) => Err(ExprError { message: error.message, at: ast.at.clone(), help: error.help }),
            },
            (AstKind::Name(_) | AstKind::Quoted(_), Type::Word(domain)) if self.is_literal(ast) => {
                let word = self.word(ast, domain)?;
                Ok((self.program.push(Op::Words(1 << word)), Type::Word(domain)))
            }
            (AstKind::Name(name), Type::Number(unit)) if self.is_literal(ast) => {
                let fact: Option<FactId> = self.program.as_fact(beside.0);
                match fact.and_then(|fact| self.scope.word_amount(fact, name)) {
                    Some(amount) => {
                        let kind = unit.kind().unwrap_or(Kind::Factor);
                        Ok((self.program.push(Op::Number(amount, kind)), beside.1))
                    }
                    None => Err(self.unknown(name, &ast.at)),
                }
            }
            _ => self.part(ast),
        }
    }

    /// A word of a domain; a new one where the domain is open and the word stands in quotes.
    fn word(&mut self, ast: &Ast<'_>, domain: DomainId) -> Result<u8, ExprError> {
        let (text, quoted) = match &ast.kind {
            AstKind::Name(text) => (*text, false),
            AstKind::Quoted(text) => (*text, true),
            _ => return Err(ExprError::new(&ast.at, "expected a word")),
        };
        if let Some(word) = self.scope.word(domain, text) {
            return Ok(word);
        }
        if quoted && self.scope.domain_is_open(domain) {
            return self
                .scope
                .intern(domain, text)
                .ok_or_else(|| ExprError::new(&ast.at, "this fact's names are more than 64"));
        }
        Err(ExprError::new(&ast.at, format!("`{text}` is not a word of this fact")))
    }

    fn membership(&mut self, left: &Ast<'_>, right: &Ast<'_>, at: &Range<usize>) -> Result<(ExprId, Type), ExprError> {
        if let AstKind::List(items) = &right.kind {
            let (word, kind) = self.part(left)?;
            let Type::Word(domain) = kind else {
                return Err(ExprError::new(&left.at, format!("expected a word, found {}", name_of(kind))));
            };
            let mut words = 0;
            for item in items {
                words |= 1_u64 << self.word(item, domain)?;
            }
            let words = self.program.push(Op::Words(words));
            return Ok((self.program.push(Op::Among(word, words)), Type::Bool));
        }
        let (list, kind) = self.part(right)?;
        let Type::List(domain) = kind else {
            return Err(ExprError::new(at, format!("expected a list, found {}", name_of(kind))));
        };
        let word = self.word(left, domain)?;
        Ok((self.program.push(Op::Holds(list, word)), Type::Bool))
    }

    fn call(&mut self, name: &str, arguments: &[Ast<'_>], at: &Range<usize>) -> Result<(ExprId, Type), ExprError> {
        match (name, arguments) {
            ("min" | "max", [first, rest @ ..]) if !rest.is_empty() => self.extreme(name == "min", first, rest, at),
            ("ceil" | "floor", [inner]) => {
                let (inner, unit) = self.number(inner)?;
                let op = if name == "ceil" { Op::Ceil(inner) } else { Op::Floor(inner) };
                Ok((self.program.push(op), Type::Number(unit)))
            }
            ("clamp", [inner, low, high]) => {
                let (inner, unit) = self.number(inner)?;
                let (low, low_unit) = self.number(low)?;
                let (high, high_unit) = self.number(high)?;
                same_unit(unit, low_unit, "clamp", at)?;
                same_unit(unit, high_unit, "clamp", at)?;
                let raised = self.program.push(Op::Max(inner, low));
                Ok((self.program.push(Op::Min(raised, high)), Type::Number(unit)))
            }
            ("if", [condition, yes, no]) => {
                let condition = self.condition(condition)?;
                let (yes, kind) = self.part(yes)?;
                let (no, other) = self.part(no)?;
                if kind != other {
                    let message = format!("the branches differ: {} and {}", name_of(kind), name_of(other));
                    return Err(ExprError::new(at, message));
                }
                Ok((self.program.push(Op::If(condition, yes, no)), kind))
            }
            ("known", [inner]) => {
                let (inner, _) = self.part(inner)?;
                Ok((self.program.push(Op::Known(inner)), Type::Bool))
            }
            ("size", [inner]) => {
                let list = self.list(inner)?;
                Ok((self.program.push(Op::Size(list)), Type::Number(Unit::COUNT)))
            }
            ("any" | "all", [first, rest @ ..]) => self.any_or_all(name == "any", first, rest),
            ("min" | "max" | "ceil" | "floor" | "clamp" | "if" | "known" | "size" | "any" | "all", _) => {
                Err(ExprError::new(at, format!("`{name}` does not take {} arguments", arguments.len())))
            }
            _ => Err(ExprError::new(at, format!("unknown function `{name}`"))
                .help("functions are min, max, ceil, floor, clamp, if, any, all, size and known")),
        }
    }

    fn list(&mut self, ast: &Ast<'_>) -> Result<ExprId, ExprError> {
        match self.part(ast)? {
            (id, Type::List(_)) => Ok(id),
            (_, kind) => Err(ExprError::new(&ast.at, format!("expected a list, found {}", name_of(kind)))),
        }
    }

    fn extreme(
        &mut self,
        least: bool,
        first: &Ast<'_>,
        rest: &[Ast<'_>],
        at: &Range<usize>,
    ) -> Result<(ExprId, Type), ExprError> {
        let (mut id, unit) = self.number(first)?;
        for next in rest {
            let (next, other) = self.number(next)?;
            same_unit(unit, other, if least { "min" } else { "max" }, at)?;
            id = self.program.push(if least { Op::Min(id, next) } else { Op::Max(id, next) });
        }
        Ok((id, Type::Number(unit)))
    }

    /// `any(list)` asks whether a list holds something; over conditions, `any` is `or` and `all` is `and`.
    fn any_or_all(&mut self, any: bool, first: &Ast<'_>, rest: &[Ast<'_>]) -> Result<(ExprId, Type), ExprError> {
        let (mut id, kind) = self.part(first)?;
        if let (true, true, Type::List(_)) = (any, rest.is_empty(), kind) {
            return Ok((self.program.push(Op::Any(id)), Type::Bool));
        }
        if kind != Type::Bool {
            return Err(ExprError::new(&first.at, format!("expected a condition, found {}", name_of(kind))));
        }
        for next in rest {
            let next = self.condition(next)?;
            id = self.program.push(if any { Op::Or(id, next) } else { Op::And(id, next) });
        }
        Ok((id, Type::Bool))
    }
}

fn same_unit(unit: Unit, other: Unit, sign: &str, at: &Range<usize>) -> Result<(), ExprError> {
    if unit == other {
        return Ok(());
    }
    Err(ExprError::new(at, format!("`{sign}` between {unit} and {other}")))
}
