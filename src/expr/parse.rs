//! From tokens to a tree, by precedence: `or`, `and`, `not`, comparisons, sums, products, signs.

use std::ops::Range;

use super::ast::{Ast, AstKind, Binary};
use super::error::ExprError;
use super::token::{Token, tokens};

/// The longest text that is read.
const LONGEST: usize = 4096;
/// The most tokens that are read: a chain of operators is as deep a tree as it is long.
const MOST: usize = 400;
/// The deepest nesting that is read.
const DEEPEST: usize = 64;
/// How tightly `not` binds: less than a comparison.
const NOT: u8 = 3;
/// How tightly a sign binds.
const SIGN: u8 = 7;

/// Reads a whole expression.
pub(super) fn parse(text: &str) -> Result<Ast<'_>, ExprError> {
    if text.len() > LONGEST {
        return Err(ExprError::new(&(0..text.len()), "the expression is too long"));
    }
    let tokens = tokens(text)?;
    if let Some((_, at)) = tokens.get(MOST) {
        return Err(ExprError::new(&(at.start..text.len()), "the expression has too many parts"));
    }
    let mut parser = Parser { tokens: &tokens, next: 0, depth: 0, end: text.len() };
    let ast = parser.expression(0)?;
    match parser.peek() {
        None => Ok(ast),
        Some((token, at)) => {
            let error = ExprError::new(at, format!("unexpected {}", describe(token)));
            Err(match (&ast.kind, token) {
                (AstKind::Binary(first, _, _), Token::Sign(_)) if first.power() == 4 => {
                    error.help("comparisons do not chain: join them with `and`")
                }
                _ => error.help("the expression ends before this"),
            })
        }
    }
}

fn describe(token: &Token<'_>) -> String {
    match token {
        Token::Amount(text) | Token::Name(text) => format!("`{text}`"),
        Token::Quoted(text) => format!("\"{text}\""),
        Token::Sign(sign) => format!("`{sign}`"),
    }
}

struct Parser<'p, 't> {
    tokens: &'p [(Token<'t>, Range<usize>)],
    next: usize,
    depth: usize,
    end: usize,
}

impl<'p, 't> Parser<'p, 't> {
    fn peek(&self) -> Option<&'p (Token<'t>, Range<usize>)> {
        self.tokens.get(self.next)
    }

    fn advance(&mut self) -> Option<&'p (Token<'t>, Range<usize>)> {
        let token = self.tokens.get(self.next);
        self.next += 1;
        token
    }

    fn is_sign(&self, wanted: &str) -> bool {
        matches!(self.peek(), Some((Token::Sign(sign), _)) if *sign == wanted)
    }

    fn expect(&mut self, wanted: &'static str) -> Result<usize, ExprError> {
        match self.advance() {
            Some((Token::Sign(sign), at)) if *sign == wanted => Ok(at.end),
            Some((token, at)) => Err(ExprError::new(at, format!("expected `{wanted}`, found {}", describe(token)))),
            None => Err(ExprError::new(&(self.end..self.end), format!("expected `{wanted}` at the end"))),
        }
    }

    fn expression(&mut self, least: u8) -> Result<Ast<'t>, ExprError> {
        self.depth += 1;
        let result = if self.depth > DEEPEST {
            let at = self.peek().map_or(self.end..self.end, |(_, at)| at.clone());
            Err(ExprError::new(&at, "the expression is nested too deeply"))
        } else {
            self.chain(least)
        };
        self.depth -= 1;
        result
    }

    fn chain(&mut self, least: u8) -> Result<Ast<'t>, ExprError> {
        let mut left = self.operand()?;
        let mut compared = false;
        while let Some(operator) = self.operator() {
            let power = operator.power();
            // Comparisons do not chain: after one, the next ends the expression here and is reported outside.
            if power < least || (power == 4 && compared) {
                break;
            }
            compared = power == 4;
            self.next += 1;
            let right = self.expression(power + 1)?;
            let at = left.at.start..right.at.end;
            left = Ast { at, kind: AstKind::Binary(operator, Box::new(left), Box::new(right)) };
        }
        Ok(left)
    }

    fn operator(&self) -> Option<Binary> {
        let (Token::Sign(sign) | Token::Name(sign), _) = self.peek()? else { return None };
        Binary::ALL.into_iter().find(|operator| operator.sign() == *sign)
    }

    fn operand(&mut self) -> Result<Ast<'t>, ExprError> {
        let Some((token, at)) = self.advance() else {
            return Err(ExprError::new(&(self.end..self.end), "the expression ends too soon"));
        };
        let leaf = |kind| Ok(Ast { at: at.clone(), kind });
        match token {
            Token::Amount(text) => leaf(AstKind::Amount(text)),
            Token::Quoted(text) => leaf(AstKind::Quoted(text)),
            Token::Name("true") => leaf(AstKind::Bool(true)),
            Token::Name("false") => leaf(AstKind::Bool(false)),
            Token::Name("not") => {
                let inner = self.expression(NOT)?;
                Ok(Ast { at: at.start..inner.at.end, kind: AstKind::Not(Box::new(inner)) })
            }
            Token::Name(name) if self.is_sign("(") => {
                self.next += 1;
                let (arguments, end) = self.list(")")?;
                Ok(Ast { at: at.start..end, kind: AstKind::Call(name, arguments) })
            }
            Token::Name(name) => leaf(AstKind::Name(name)),
            Token::Sign("-") => {
                let inner = self.expression(SIGN)?;
                Ok(Ast { at: at.start..inner.at.end, kind: AstKind::Negative(Box::new(inner)) })
            }
            Token::Sign("(") => {
                let inner = self.expression(0)?;
                let end = self.expect(")")?;
                Ok(Ast { at: at.start..end, kind: inner.kind })
            }
            Token::Sign("[") => {
                let (items, end) = self.list("]")?;
                Ok(Ast { at: at.start..end, kind: AstKind::List(items) })
            }
            Token::Sign(_) => Err(ExprError::new(at, format!("unexpected {}", describe(token)))),
        }
    }

    fn list(&mut self, close: &'static str) -> Result<(Vec<Ast<'t>>, usize), ExprError> {
        let mut items = Vec::new();
        while !self.is_sign(close) {
            items.push(self.expression(0)?);
            if !self.is_sign(",") {
                break;
            }
            self.next += 1;
        }
        let end = self.expect(close)?;
        Ok((items, end))
    }
}
