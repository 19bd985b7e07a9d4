//! Whether conditions can come out as wanted, all at once, for some values of what they read. The values of each fact are cut
//! where conditions compare it with a written-out value: within a cell every such comparison comes out alike, so a search
//! over cells decides exactly. What compares formulas is evaluated over the ranges of cells, which are halved for a while;
//! what stays undecided then is said to be open, never guessed.

use std::collections::BTreeMap;

use super::program::{Op, Program};
use super::truths::Truths;
use super::value::{Env, ExprId, FactId, ListValue, Own, Tri, Value};
use crate::quantity::Interval;

/// More steps than these are not taken.
const STEPS: u32 = 100_000;
/// More cells than these are not halved.
const HALVINGS: u32 = 2000;
/// How often the cell of one amount is halved.
const HALVED: u8 = 6;
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

/// How a question about conditions comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    /// For no values at all.
    Never,
    /// For some values.
    Somewhere,
    /// It was not decided.
    Open,
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
struct Cuts {
    amounts: BTreeMap<Read, Vec<f64>>,
    words: BTreeMap<Read, u64>,
    /// Of what it is asked whether it is known.
    asked: Vec<Read>,
    /// Something asks that inside of a formula.
    asks_within: bool,
}

impl Program {
    /// Whether conditions hold, or do not hold, as wanted, all at once, for some values.
    pub fn settle(&self, goals: &[(ExprId, bool)], values: &dyn Values) -> Settled {
        let mut cuts = self.cuts(goals.iter().map(|(goal, _)| *goal), values);
        if cuts.asks_within {
            return Settled::Open;
        }
        let mut read = Vec::new();
        goals.iter().for_each(|(goal, _)| self.all_read(*goal, values, &mut read));
        // What nobody knows can only keep a condition from holding, unless it is asked for.
        if goals.iter().any(|(_, wanted)| !wanted) {
            cuts.asked.extend(read.iter().copied().filter(|it| values.may_be_unknown(*it)));
        }
        let mut cells = Vec::new();
        for it in read {
            match cuts.cells(it, values.possible(it)) {
                Some(of_it) => cells.push((it, of_it)),
                None => return Settled::Open,
            }
        }
        let mut search = Search { program: self, goals, cells: &cells, asked: &cuts.asked, values, left: STEPS, halvings: HALVINGS, open: false };
        let mut state = Chosen { program: self, values, cells: BTreeMap::new() };
        match search.solve(0, &mut state, &mut vec![0; cells.len()]) {
            true => Settled::Somewhere,
            false if search.open => Settled::Open,
            false => Settled::Never,
        }
    }

    /// The cells into which conditions cut what they read; none where there are too many.
    pub fn cells(
        &self,
        conditions: &[ExprId],
        values: &dyn Values,
    ) -> Option<Vec<(Read, Vec<Cell>)>> {
        let mut cuts = self.cuts(conditions.iter().copied(), values);
        let mut read = Vec::new();
        conditions.iter().for_each(|it| self.all_read(*it, values, &mut read));
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

    fn cuts(&self, conditions: impl Iterator<Item = ExprId>, values: &dyn Values) -> Cuts {
        let mut cuts = Cuts::default();
        let mut seen = Vec::new();
        for condition in conditions {
            self.cut(condition, true, values, &mut cuts, &mut seen);
        }
        cuts
    }

    fn cut(
        &self,
        id: ExprId,
        is_condition: bool,
        values: &dyn Values,
        cuts: &mut Cuts,
        seen: &mut Vec<ExprId>,
    ) {
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

    fn as_read(&self, id: ExprId) -> Option<Read> {
        match self.op(id) {
            Some(Op::Fact(fact)) => Some(Read::Fact(fact)),
            Some(Op::Own(own)) => Some(Read::Own(own)),
            _ => None,
        }
    }

    /// Adds what an expression reads in the end: what a formula gives is read through it.
    fn all_read(&self, id: ExprId, values: &dyn Values, into: &mut Vec<Read>) {
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
    fn cells(&self, read: Read, possible: Possible) -> Option<Vec<Cell>> {
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

/// What was chosen so far; everything else may be anything.
struct Chosen<'c> {
    program: &'c Program,
    values: &'c dyn Values,
    cells: BTreeMap<Read, Cell>,
}

impl Chosen<'_> {
    fn value(&self, read: Read) -> Value {
        match self.cells.get(&read) {
            Some(cell) => cell.value,
            None => match self.values.possible(read) {
                Possible::Formula(formula) => self.program.eval(formula, self),
                // A name that nobody lists is none of the words, so all of them together would leave it out.
                Possible::Word { other: true, .. } => Value::UNKNOWN,
                possible => possible.anything(),
            },
        }
    }
}

impl Env for Chosen<'_> {
    fn fact(&self, id: FactId) -> Value {
        self.value(Read::Fact(id))
    }

    fn own(&self, own: Own) -> Value {
        self.value(Read::Own(own))
    }
}

struct Search<'s> {
    program: &'s Program,
    goals: &'s [(ExprId, bool)],
    cells: &'s [(Read, Vec<Cell>)],
    /// What may be unknown.
    asked: &'s [Read],
    values: &'s dyn Values,
    left: u32,
    halvings: u32,
    /// Somewhere it was not decided.
    open: bool,
}

impl Search<'_> {
    fn solve(&mut self, place: usize, state: &mut Chosen<'_>, halved: &mut Vec<u8>) -> bool {
        if self.left == 0 {
            self.open = true;
            return false;
        }
        self.left -= 1;
        match self.told(state) {
            Settled::Never => return false,
            Settled::Somewhere => return true,
            Settled::Open => {}
        }
        let Some((read, cells)) = self.cells.get(place) else { return self.halve(state, halved) };
        for cell in cells {
            state.cells.insert(*read, *cell);
            if self.solve(place + 1, state, halved) {
                return true;
            }
        }
        state.cells.remove(read);
        false
    }

    /// Cuts the cell of the amount that was cut least, and looks at both halves.
    fn halve(&mut self, state: &mut Chosen<'_>, halved: &mut Vec<u8>) -> bool {
        let wide = |read: &Read| match state.cells.get(read) {
            Some(Cell { value: Value::Number(range), known: true }) if !range.is_point() => Some(*range),
            _ => None,
        };
        let all = self.cells.iter().zip(halved.iter().copied()).enumerate();
        let next = all
            .filter_map(|(place, ((read, _), times))| Some((times, place, *read, wide(read)?)))
            .filter(|(times, ..)| *times < HALVED)
            .min_by_key(|(times, place, ..)| (*times, *place));
        let Some((_, place, read, range)) = next.filter(|_| self.halvings > 0) else {
            self.open = true;
            return false;
        };
        self.halvings -= 1;
        let whole = matches!(self.values.possible(read), Possible::Amount { whole: true, .. });
        let middle = middle(range);
        let middle = if whole { middle.floor() } else { middle };
        let after = if whole { middle + 1.0 } else { middle.next_up() };
        let halves = [Interval { lo: range.lo, hi: middle }, Interval { lo: after, hi: range.hi }];
        if let Some(times) = halved.get_mut(place) {
            *times += 1;
        }
        let mut found = false;
        for half in halves.into_iter().filter(|half| half.lo <= half.hi) {
            state.cells.insert(read, Cell { value: Value::Number(half), known: true });
            if self.solve(self.cells.len(), state, halved) {
                found = true;
                break;
            }
        }
        state.cells.insert(read, Cell { value: Value::Number(range), known: true });
        if let Some(times) = halved.get_mut(place) {
            *times -= 1;
        }
        found
    }

    /// What is known of the goals by what was chosen.
    fn told(&self, state: &Chosen<'_>) -> Settled {
        let mut all = Settled::Somewhere;
        for (goal, wanted) in self.goals {
            let truths = self.truths(*goal, state);
            let (may, must) = match wanted {
                true => (truths.may_hold, truths.always()),
                // What stays open does not hold either.
                false => (truths.may_fail || truths.may_be_open, !truths.may_hold),
            };
            if !may {
                return Settled::Never;
            }
            if !must {
                all = Settled::Open;
            }
        }
        all
    }
}

impl Search<'_> {
    /// How a condition may come out by what was chosen: anything where it reads what may be unknown and was not chosen.
    fn truths(&self, id: ExprId, state: &Chosen<'_>) -> Truths {
        let of = |id| self.truths(id, state);
        match self.program.op(id) {
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
            _ if self.waits(id, state) => Truths::ANY,
            _ => {
                let moves = |fact: FactId| state.cells.get(&Read::Fact(fact)).is_none_or(|cell| cell.known);
                self.program.truths(id, state, &moves)
            }
        }
    }

    /// Whether an expression reads what is still to be chosen and may be unknown, or is the broker's own.
    fn waits(&self, id: ExprId, state: &Chosen<'_>) -> bool {
        let waiting = |read: &Read| !state.cells.contains_key(read);
        if let Some(read) = self.program.as_read(id) {
            return match self.values.possible(read) {
                Possible::Formula(formula) => self.waits(formula, state),
                _ => waiting(&read) && (matches!(read, Read::Own(_)) || self.asked.contains(&read)),
            };
        }
        self.program.operands(id).into_iter().flatten().any(|operand| self.waits(operand, state))
    }
}

/// Between the two ends, by orders of magnitude; what has no end ends somewhere beyond all that is usual.
fn middle(range: Interval) -> f64 {
    let (least, most) = (range.lo.max(1e-3), range.hi.min(1e15));
    let middle = if least < most { least.sqrt() * most.sqrt() } else { range.lo.midpoint(range.hi) };
    middle.clamp(range.lo, range.hi.min(f64::MAX))
}
