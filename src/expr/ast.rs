//! An expression as written, before names are resolved and types are checked.

use std::ops::Range;

/// A part of an expression and its place.
#[derive(Debug, Clone)]
pub(super) struct Ast<'t> {
    pub(super) at: Range<usize>,
    pub(super) kind: AstKind<'t>,
}

/// What a part is.
#[derive(Debug, Clone)]
pub(super) enum AstKind<'t> {
    Bool(bool),
    Amount(&'t str),
    Name(&'t str),
    Quoted(&'t str),
    List(Vec<Ast<'t>>),
    Not(Box<Ast<'t>>),
    Negative(Box<Ast<'t>>),
    Binary(Binary, Box<Ast<'t>>, Box<Ast<'t>>),
    Call(&'t str, Vec<Ast<'t>>),
}

/// An operator between two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Binary {
    Or,
    And,
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    In,
    Plus,
    Minus,
    Times,
    Over,
}

impl Binary {
    /// How tightly it binds.
    pub(super) fn power(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::Unequal | Self::Less | Self::AtMost | Self::Greater | Self::AtLeast | Self::In => 4,
            Self::Plus | Self::Minus => 5,
            Self::Times | Self::Over => 6,
        }
    }

    /// As written.
    pub(super) fn sign(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Equal => "==",
            Self::Unequal => "!=",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
            Self::In => "in",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Times => "*",
            Self::Over => "/",
        }
    }

    /// All operators.
    pub(super) const ALL: [Self; 13] = [
        Self::Or,
        Self::And,
        Self::Equal,
        Self::Unequal,
        Self::Less,
        Self::AtMost,
        Self::Greater,
        Self::AtLeast,
        Self::In,
        Self::Plus,
        Self::Minus,
        Self::Times,
        Self::Over,
    ];
}
