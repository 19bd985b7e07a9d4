//! Where the nearest change is, from the profile's own place along an axis. Says between which two steps of the grid
//! it lies, and nothing finer.

use super::{Cell, Class, Grid, Region};

/// Along which axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Along {
    /// Across.
    X,
    /// Upwards.
    Y,
}

/// A change between two neighbouring steps, seen from the profile's own place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The last step before it.
    pub from: usize,
    /// The first step behind it.
    pub to: usize,
    /// What it shows.
    pub class: Class,
}

/// What changes in one direction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Way {
    /// Where it is first less or more firm, while the same is recommended.
    pub firmness: Option<Turn>,
    /// Where something else is recommended, or facts contradict each other.
    pub region: Option<Turn>,
}

/// What an axis shows from the profile's own place.
#[derive(Debug, Clone, Copy)]
pub struct Turns {
    /// The step that stands for the profile.
    pub at: usize,
    /// What it shows.
    pub own: Class,
    /// Towards lower steps.
    pub down: Way,
    /// Towards higher steps.
    pub up: Way,
}

/// The nearest changes along an axis; none where the profile is not on the map, or there is no such axis.
pub fn turns(grid: &Grid, along: Along) -> Option<Turns> {
    let (column, row) = grid.own_cell()?;
    let (at, count) = match along {
        Along::X => (column, grid.columns()),
        Along::Y => (row, grid.y.as_ref().map(|axis| axis.steps.len())?),
    };
    let class = |step: usize| match along {
        Along::X => grid.cell(step, row),
        Along::Y => grid.cell(column, step),
    };
    let class = |step: usize| class(step).map(Cell::class);
    let own = class(at)?;
    let way = |steps: &mut dyn Iterator<Item = usize>| {
        let mut way = Way::default();
        let mut from = at;
        for to in steps {
            let Some(seen) = class(to) else { break };
            let turn = Some(Turn { from, to, class: seen });
            if !same_region(own, seen) {
                way.region = turn;
                break;
            }
            if seen != own && way.firmness.is_none() {
                way.firmness = turn;
            }
            from = to;
        }
        way
    };
    Some(Turns { at, own, down: way(&mut (0..at).rev()), up: way(&mut (at + 1..count)) })
}

/// Whether the same is recommended.
fn same_region(one: Class, other: Class) -> bool {
    let region = |class: Class| -> Option<Region> {
        match class {
            Class::Verdict(outcome) => Some(outcome.region),
            Class::Contradiction => None,
        }
    };
    region(one) == region(other)
}
