//! Whether conditions can come out as wanted, all at once, for some values of what they read: a search over cells, which
//! decides exactly where conditions compare facts with written-out values. What compares formulas is evaluated over the
//! ranges of cells, which are halved for a while; what stays undecided then is said to be open, never guessed.

use std::collections::BTreeMap;

use super::cells::{Cell, Possible, Read, Values};
use super::program::Program;
use super::truths::Truths;
use super::value::{Env, ExprId, FactId, Own, Value};
use crate::quantity::Interval;

/// More steps than these are not taken.
const STEPS: u32 = 100_000;
/// More cells than these are not halved.
const HALVINGS: u32 = 2000;
/// How often the cell of one amount is halved.
const HALVED: u8 = 6;

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

impl Program {
    /// Whether conditions hold, or do not hold, as wanted, all at once, for some values.
    pub fn settle(&self, goals: &[(ExprId, bool)], values: &dyn Values) -> Settled {
        let mut cuts = self.cuts(goals.iter().map(|(goal, _)| *goal), values);
        if cuts.asks_within {
            return Settled::Open;
        }
        let mut read = Vec::new();
        for (goal, _) in goals {
            self.all_read(*goal, values, &mut read);
        }
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
        let mut search = Search {
            program: self,
            goals,
            cells: &cells,
            asked: &cuts.asked,
            values,
            left: STEPS,
            halvings: HALVINGS,
            open: false,
        };
        let mut state = Chosen { program: self, values, cells: BTreeMap::new() };
        match search.solve(0, &mut state, &mut vec![0; cells.len()]) {
            true => Settled::Somewhere,
            false if search.open => Settled::Open,
            false => Settled::Never,
        }
    }
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
        let parts = [Interval { lo: range.lo, hi: middle }, Interval { lo: after, hi: range.hi }];
        if let Some(times) = halved.get_mut(place) {
            *times += 1;
        }
        let mut found = false;
        for half in parts.into_iter().filter(|half| half.lo <= half.hi) {
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
        let moves = |fact: FactId| state.cells.get(&Read::Fact(fact)).is_none_or(|cell| cell.known);
        self.program.connected(id, &|id| {
            if self.waits(id, state) { Truths::ANY } else { self.program.truths(id, state, &moves) }
        })
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
