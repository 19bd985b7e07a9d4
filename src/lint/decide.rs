//! Whether conditions can come out as wanted for some profile: exactly where values are compared with written-out ones,
//! by drawing profiles elsewhere. Facts are taken for independent of one another, except those that only follow from others:
//! what cannot be under that freedom cannot be at all.

use std::collections::BTreeMap;

use super::possible::{Following, Freely, Possibilities};
use crate::expr::{Cell, Env, ExprId, FactId, Own, Possible, Read, Settled, Tri, Value};
use crate::facts::between;
use crate::knowledge::KnowledgeBase;
use crate::quantity::Interval;
use crate::random::SplitMix64;

/// How many profiles are drawn where nothing else decides.
pub(super) const SAMPLES: u32 = 2000;
/// Where drawing begins: the same profiles in every run.
const SEED: u64 = 0x6c69_6e74;

/// Amounts beyond these, in base units, are not drawn.
const USUAL: Interval = Interval { lo: 1e-4, hi: 1e12 };

/// Whether something can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It cannot.
    Never,
    /// In none of the profiles that were drawn.
    NotSeen,
    /// It can, or nothing speaks against it.
    Can,
}

/// Conditions, each with how it is to come out, all at once.
pub(super) type Goals<'g> = &'g [(ExprId, bool)];

/// Whether conditions can come out as wanted.
pub(super) fn can(knowledge: &KnowledgeBase<'_>, goals: Goals<'_>, possible: &Possibilities<'_, '_>) -> Verdict {
    let program = &knowledge.program;
    let alone = goals.iter().filter(|(_, wanted)| *wanted);
    if alone.into_iter().any(|(goal, _)| !program.may_hold(*goal, &|fact| possible.freely(Read::Fact(fact)).anything()))
    {
        return Verdict::Never;
    }
    match program.settle(goals, &Freely(possible)) {
        Settled::Never => Verdict::Never,
        Settled::Somewhere if possible.follows(goals) => match program.settle(goals, &Following(possible)) {
            Settled::Never => Verdict::Never,
            Settled::Somewhere | Settled::Open => Verdict::Can,
        },
        Settled::Somewhere => Verdict::Can,
        Settled::Open if seen(knowledge, goals, possible) => Verdict::Can,
        Settled::Open => Verdict::NotSeen,
    }
}

/// Whether some drawn profile has it.
fn seen(knowledge: &KnowledgeBase<'_>, goals: Goals<'_>, possible: &Possibilities<'_, '_>) -> bool {
    let conditions: Vec<ExprId> = goals.iter().map(|(goal, _)| *goal).collect();
    let Some(cells) = knowledge.program.cells(&conditions, &Following(possible)) else { return true };
    let mut random = SplitMix64::new(SEED);
    (0..SAMPLES).any(|_| {
        let drawn = Drawn::new(knowledge, possible, &cells, &mut random);
        goals.iter().all(|(goal, wanted)| (knowledge.program.holds(*goal, &drawn) == Tri::True) == *wanted)
    })
}

/// One profile.
struct Drawn<'d, 'p, 'k> {
    knowledge: &'d KnowledgeBase<'k>,
    possible: &'d Possibilities<'p, 'k>,
    values: BTreeMap<Read, Value>,
}

impl<'d, 'p, 'k> Drawn<'d, 'p, 'k> {
    fn new(
        knowledge: &'d KnowledgeBase<'k>,
        possible: &'d Possibilities<'p, 'k>,
        cells: &[(Read, Vec<Cell>)],
        random: &mut SplitMix64,
    ) -> Self {
        let mut values = BTreeMap::new();
        for (read, cells) in cells {
            let place = random.below(cells.len());
            let whole = matches!(possible.freely(*read), Possible::Amount { whole: true, .. } | Possible::Version(_));
            let value = cells.get(place).map(|cell| match cell.value {
                Value::Number(range) if cell.known => Value::Number(within(range, whole, random.uniform())),
                Value::Version(range) if cell.known => Value::Version(within(range, whole, random.uniform())),
                other => other,
            });
            values.extend(value.map(|value| (*read, value)));
        }
        Self { knowledge, possible, values }
    }

    fn value(&self, read: Read) -> Value {
        self.values.get(&read).copied().unwrap_or_else(|| match self.possible.following(read) {
            Possible::Formula(formula) => self.knowledge.program.eval(formula, self),
            other => other.anything(),
        })
    }
}

impl Env for Drawn<'_, '_, '_> {
    fn fact(&self, id: FactId) -> Value {
        self.value(Read::Fact(id))
    }

    fn own(&self, own: Own) -> Value {
        self.value(Read::Own(own))
    }
}

/// A point of a range, by orders of magnitude; what has no end ends beyond all that is usual.
fn within(range: Interval, whole: bool, share: f64) -> Interval {
    let hi = range.hi.min(USUAL.hi).max(range.lo);
    let lo = range.lo.max(USUAL.lo).min(hi);
    let point = between(Interval { lo, hi }, share);
    let point = if whole { point.round() } else { point };
    Interval::point(point.clamp(range.lo, range.hi))
}
