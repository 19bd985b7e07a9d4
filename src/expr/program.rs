//! Compiled expressions: one flat list of small operations, so that a knowledge base holds all of its expressions in a
//! single block.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::value::{ExprId, FactId, Own};
use crate::quantity::Kind;

/// How two values are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// One operation; its operands stand before it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(super) enum Op {
    Bool(bool),
    /// An amount in base units, and how it was written.
    Number(f64, Kind),
    /// A version as a number.
    Version(f64),
    /// Words of a domain, as bits.
    Words(u64),
    Fact(FactId),
    Own(Own),
    Not(ExprId),
    And(ExprId, ExprId),
    Or(ExprId, ExprId),
    Compare(Comparison, ExprId, ExprId),
    /// A word is one of several.
    Among(ExprId, ExprId),
    /// A list holds a word.
    Holds(ExprId, u8),
    Any(ExprId),
    Size(ExprId),
    Known(ExprId),
    Negative(ExprId),
    Plus(ExprId, ExprId),
    Minus(ExprId, ExprId),
    Times(ExprId, ExprId),
    Over(ExprId, ExprId),
    Min(ExprId, ExprId),
    Max(ExprId, ExprId),
    Ceil(ExprId),
    Floor(ExprId),
    If(ExprId, ExprId, ExprId),
}

/// Compiled expressions. Equal parts stand there once, whoever uses them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Program {
    pub(super) ops: Vec<Op>,
    /// Where each operation stands, while expressions are compiled.
    #[serde(skip)]
    known: BTreeMap<String, ExprId>,
}

impl Program {
    pub(super) fn op(&self, id: ExprId) -> Option<Op> {
        self.ops.get(id.0 as usize).copied()
    }

    pub(super) fn push(&mut self, op: Op) -> ExprId {
        // Rust's debug form of an operation shows all of it, an amount to its last bit.
        let key = format!("{op:?}");
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let id = ExprId(u32::try_from(self.ops.len()).unwrap_or(u32::MAX));
        self.ops.push(op);
        self.known.insert(key, id);
        id
    }

    /// The fact that an expression is, if it is nothing else.
    pub fn as_fact(&self, id: ExprId) -> Option<FactId> {
        match self.op(id) {
            Some(Op::Fact(fact)) => Some(fact),
            _ => None,
        }
    }

    /// Adds the facts that an expression reads, each once. What is the broker's own is not among them.
    pub fn reads(&self, id: ExprId, into: &mut Vec<FactId>) {
        if let Some(Op::Fact(fact)) = self.op(id)
            && !into.contains(&fact)
        {
            into.push(fact);
        }
        for operand in self.operands(id).into_iter().flatten() {
            self.reads(operand, into);
        }
    }

    /// Whether an expression reads what is the answering broker's own.
    pub fn reads_own(&self, id: ExprId) -> bool {
        matches!(self.op(id), Some(Op::Own(_)))
            || self.operands(id).into_iter().flatten().any(|operand| self.reads_own(operand))
    }

    /// Whether an expression is a value that depends on nothing.
    pub fn is_written_out(&self, id: ExprId) -> bool {
        !matches!(self.op(id), Some(Op::Fact(_) | Op::Own(_)))
            && self.operands(id).into_iter().flatten().all(|operand| self.is_written_out(operand))
    }

    /// The operands of an operation.
    pub(super) fn operands(&self, id: ExprId) -> [Option<ExprId>; 3] {
        match self.op(id) {
            None | Some(Op::Bool(_) | Op::Number(..) | Op::Version(_) | Op::Words(_) | Op::Fact(_) | Op::Own(_)) => {
                [None; 3]
            }
            Some(
                Op::Not(a)
                | Op::Holds(a, _)
                | Op::Any(a)
                | Op::Size(a)
                | Op::Known(a)
                | Op::Negative(a)
                | Op::Ceil(a)
                | Op::Floor(a),
            ) => [Some(a), None, None],
            Some(
                Op::And(a, b)
                | Op::Or(a, b)
                | Op::Compare(_, a, b)
                | Op::Among(a, b)
                | Op::Plus(a, b)
                | Op::Minus(a, b)
                | Op::Times(a, b)
                | Op::Over(a, b)
                | Op::Min(a, b)
                | Op::Max(a, b),
            ) => [Some(a), Some(b), None],
            Some(Op::If(a, b, c)) => [Some(a), Some(b), Some(c)],
        }
    }
}
