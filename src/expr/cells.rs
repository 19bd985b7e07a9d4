//! Cells: the values of each fact, cut where conditions compare it with a written-out value. Within a cell every such
//! comparison comes out alike.

use std::collections::BTreeMap;

use super::program::{Op, Program};
use super::value::{Env, ExprId, FactId, ListValue, Own, Tri, Value};
use crate::quantity::Interval;

/// Of lists with more words that conditions name, not every combination is tried.
const LISTED: usize = 6;

/// What a fact may be, whatever a profile says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Possible {
    /// True or false.
    Bool,
    /// One of these words, or one that nobody lists.
    Word {
        /// The words, as bits.
        words: u64,
        /// Others are allowed.
        other: bool,
    },
    /// Any of these words, and perhaps others.
    List {
        /// The words, as bits.
        words: u64,
        /// Others are allowed.
        other: bool,
    },
    /// An amount.
    Amount {
        /// Between the two, both included.
        within: Interval,
        /// Only whole numbers.
        whole: bool,
    },
    /// A version.
    Version(Interval),
    /// What a formula makes of the rest.
    Formula(ExprId),
}

/// What a question about conditions is asked over.
pub trait Values {
    /// What something may be where it is known.
    fn possible(&self, read: Read) -> Possible;

    /// Whether a profile may leave it unknown.
    fn may_be_unknown(&self, read: Read) -> bool;
}

/// What an expression reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Read {
    /// What is the answering broker's own.
    Own(Own),
    /// A fact.
    Fact(FactId),
}

/// Some values of a fact; a value that is not known is one as well.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// The values.
    pub value: Value,
    /// Whether somebody knows which.
    pub known: bool,
}

/// Where conditions cut what they read.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    amounts: BTreeMap<Read, Vec<f64>>,
    words: BTreeMap<Read, u64>,
    /// Of what it is asked whether it is known.
    pub(super) asked: Vec<Read>,
    /// Something asks that inside of a formula.
    pub(super) asks_within: bool,
}

impl Program {
    /// The cells into which conditions cut what they read; none where there are too many.
    pub fn cells(&self, conditions: &[ExprId], values: &dyn Values) -> Option<Vec<(Read, Vec<Cell>)>> {
        let mut cuts = self.cuts(conditions.iter().copied(), values);
        let mut read = Vec::new();
        for condition in conditions {
            self.all_read(*condition, values, &mut read);
        }
        cuts.asked.extend(read.iter().copied().filter(|it| values.may_be_unknown(*it)));
        read.sort();
        read.into_iter().map(|it| Some((it, cuts.cells(it, values.possible(it))?))).collect()
    }

    /// Whether an expression is nothing but facts, compared with written-out values: then a point of a cell stands for all
    /// of it.
    pub fn compares_only(&self, id: ExprId) -> bool {
        let side = |id: ExprId| {
            let inner = match self.op(id) {
                Some(Op::Size(list)) => list,
                _ => id,
            };
            self.as_read(inner).is_some() || self.is_written_out(id)
        };
        match self.op(id) {
            Some(Op::Not(_) | Op::And(..) | Op::Or(..)) => {
                self.operands(id).into_iter().flatten().all(|operand| self.compares_only(operand))
            }
            Some(Op::Compare(_, left, right)) => {
                side(left) && side(right) && (self.is_written_out(left) || self.is_written_out(right))
            }
            Some(Op::Among(it, _) | Op::Holds(it, _) | Op::Any(it)) => self.as_read(it).is_some(),
            Some(Op::Fact(_) | Op::Own(_)) => true,
            _ => false,
        }
    }

    pub(super) fn cuts(&self, conditions: impl Iterator<Item = ExprId>, values: &dyn Values) -> Cuts {
        let mut cuts = Cuts::default();
        let mut seen = Vec::new();
        for condition in conditions {
            self.cut(condition, true, values, &mut cuts, &mut seen);
        }
        cuts
    }

    fn cut(&self, id: ExprId, is_condition: bool, values: &dyn Values, cuts: &mut Cuts, seen: &mut Vec<ExprId>) {
        let Some(op) = self.op(id) else { return };
        let mut within = false;
        match op {
            Op::Not(_) | Op::And(..) | Op::Or(..) => within = is_condition,
            Op::Known(inner) if is_condition => {
                let mut read = Vec::new();
                self.all_read(inner, values, &mut read);
                match self.as_read(inner).map(|read| values.possible(read)) {
                    None | Some(Possible::Formula(_)) => cuts.asks_within = true,
                    Some(_) => cuts.asked.extend(read),
                }
            }
            Op::Known(_) => cuts.asks_within = true,
            Op::Compare(_, left, right) => {
                self.cut_at(left, right, cuts);
                self.cut_at(right, left, cuts);
            }
            Op::Holds(list, word) => {
                if let Some(read) = self.as_read(list) {
                    *cuts.words.entry(read).or_default() |= 1 << word;
                }
            }
            Op::Fact(fact) => {
                if let Possible::Formula(formula) = values.possible(Read::Fact(fact))
                    && !seen.contains(&formula)
                {
                    seen.push(formula);
                    self.cut(formula, false, values, cuts, seen);
                }
            }
            _ => {}
        }
        for operand in self.operands(id).into_iter().flatten() {
            self.cut(operand, within, values, cuts, seen);
        }
    }

    /// Cuts one side of a comparison where the other one is written out.
    fn cut_at(&self, side: ExprId, other: ExprId, cuts: &mut Cuts) {
        let side = match self.op(side) {
            Some(Op::Size(list)) => list,
            _ => side,
        };
        let Some(read) = self.as_read(side) else { return };
        if !self.is_written_out(other) {
            return;
        }
        if let Value::Number(at) | Value::Version(at) = self.eval(other, &Nobody) {
            cuts.amounts.entry(read).or_default().push(at.lo);
        }
    }

    pub(super) fn as_read(&self, id: ExprId) -> Option<Read> {
        match self.op(id) {
            Some(Op::Fact(fact)) => Some(Read::Fact(fact)),
            Some(Op::Own(own)) => Some(Read::Own(own)),
            _ => None,
        }
    }

    /// Adds what an expression reads in the end: what a formula gives is read through it.
    pub(super) fn all_read(&self, id: ExprId, values: &dyn Values, into: &mut Vec<Read>) {
        if let Some(read) = self.as_read(id) {
            match values.possible(read) {
                Possible::Formula(formula) => self.all_read(formula, values, into),
                _ if !into.contains(&read) => into.push(read),
                _ => {}
            }
        }
        for operand in self.operands(id).into_iter().flatten() {
            self.all_read(operand, values, into);
        }
    }
}

/// What is written out reads nothing.
struct Nobody;

impl Env for Nobody {
    fn fact(&self, _: FactId) -> Value {
        Value::UNKNOWN
    }

    fn own(&self, _: Own) -> Value {
        Value::UNKNOWN
    }
}

impl Cuts {
    pub(super) fn cells(&self, read: Read, possible: Possible) -> Option<Vec<Cell>> {
        let cuts = self.amounts.get(&read).map_or(&[][..], |cuts| cuts);
        let mut values: Vec<Value> = match possible {
            Possible::Bool => vec![Value::Bool(Tri::False), Value::Bool(Tri::True)],
            Possible::Word { words, other } => {
                let listed = each_bit(words).map(Value::Words);
                listed.chain(other.then_some(Value::Words(0))).collect()
            }
            Possible::List { words, other } => self.lists(read, words, other, cuts)?,
            Possible::Amount { within, whole } => stretches(within, whole, cuts).map(Value::Number).collect(),
            Possible::Version(within) => stretches(within, true, cuts).map(Value::Version).collect(),
            Possible::Formula(_) => return None,
        };
        let mut cells: Vec<Cell> = values.drain(..).map(|value| Cell { value, known: true }).collect();
        if self.asked.contains(&read) {
            cells.push(Cell { value: possible.unknown(), known: false });
        }
        Some(cells)
    }

    /// Every combination of the words that conditions name, with as many others as conditions count.
    fn lists(&self, read: Read, words: u64, other: bool, cuts: &[f64]) -> Option<Vec<Value>> {
        let named: Vec<u64> = each_bit(self.words.get(&read).copied().unwrap_or_default()).collect();
        if named.len() > LISTED {
            return None;
        }
        let counted = cuts.iter().copied().fold(0.0, f64::max).clamp(0.0, 64.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a small number")]
        let counted = counted.ceil() as u32 + 1;
        let free = words.count_ones().saturating_sub(u32::try_from(named.len()).ok()?);
        let others = if other { counted } else { counted.min(free) };
        let mut all = Vec::new();
        for combination in 0..1_u32 << named.len() {
            let chosen = named.iter().enumerate().filter(|(place, _)| combination & (1 << place) != 0);
            let has = chosen.fold(0, |has, (_, word)| has | word);
            let size = |others: u32| has.count_ones() + others;
            all.extend((0..=others).map(|others| Value::List(ListValue { has, size: size(others), known: true })));
        }
        Some(all)
    }
}

impl Possible {
    /// All of it at once.
    pub fn anything(self) -> Value {
        match self {
            Self::Bool => Value::Bool(Tri::Unknown),
            Self::Word { words, .. } => Value::Words(words),
            Self::List { .. } => Value::List(ListValue { has: 0, size: 0, known: false }),
            Self::Amount { within, .. } => Value::Number(within),
            Self::Version(within) => Value::Version(within),
            Self::Formula(_) => Value::UNKNOWN,
        }
    }
}

impl Possible {
    /// What it is taken for where nobody knows: as when a profile is judged, also what no profile may state.
    fn unknown(self) -> Value {
        match self {
            Self::Amount { .. } => Value::Number(Interval::UNKNOWN_AMOUNT),
            Self::Version(_) => Value::Version(Interval::EVERYTHING),
            Self::Word { other: true, .. } => Value::Words(u64::MAX),
            other => other.anything(),
        }
    }
}

fn each_bit(words: u64) -> impl Iterator<Item = u64> {
    (0..64).map(|place| 1_u64 << place).filter(move |word| words & word != 0)
}

/// A range, cut into its edges and what lies between them.
fn stretches(within: Interval, whole: bool, cuts: &[f64]) -> impl Iterator<Item = Interval> + use<> {
    let mut edges: Vec<f64> = cuts.iter().copied().filter(|cut| (within.lo..=within.hi).contains(cut)).collect();
    edges.sort_by(f64::total_cmp);
    edges.dedup();
    let mut all = Vec::new();
    let mut from = within.lo;
    let mut push = |lo: f64, hi: f64| {
        let (lo, hi) = if whole { (lo.ceil(), hi.floor()) } else { (lo, hi) };
        all.extend((lo <= hi).then_some(Interval { lo, hi }));
    };
    for edge in edges {
        push(from, edge.next_down());
        push(edge, edge);
        from = edge.next_up();
    }
    push(from, within.hi);
    all.into_iter()
}
