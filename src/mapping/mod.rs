//! Where verdicts change over one fact or two: the profile is judged at every place of a grid. Takes a knowledge base,
//! a profile and axes, gives a grid; formats nothing. Each cell is what `advise` says of the profile with the cell's
//! values stated.

mod axis;
mod boundary;
mod judge;
mod lay;
mod range;
mod round;
mod spread;

pub use axis::{Axis, Own, Scale, Stand, Step};
pub use boundary::{Along, Turn, Turns, Way, turns};
pub use judge::judge_all;
pub use lay::{Room, axis};
pub use round::{by_differences, by_factors};

use crate::advice::Found;
use crate::engine::{Leader, Strength};

/// What is recommended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Region {
    /// One option, or a pair of one broker.
    One(Leader),
    /// Two flows on two brokers.
    Both,
    /// None.
    Neither,
}

/// What is recommended, and how firmly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// What.
    pub region: Region,
    /// How firmly; none where not one is recommended.
    pub strength: Option<Strength>,
}

/// One place of the grid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// What comes out there.
    pub outcome: Outcome,
    /// The contradictions of level error that hold there and not everywhere, by their places among the grid's.
    pub contradictions: Vec<usize>,
}

/// What a cell shows: facts that contradict each other describe no workload, whatever comes out of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// A verdict.
    Verdict(Outcome),
    /// Facts of the profile contradict each other there.
    Contradiction,
}

impl Cell {
    /// What it shows.
    pub fn class(&self) -> Class {
        if self.contradictions.is_empty() { Class::Verdict(self.outcome) } else { Class::Contradiction }
    }
}

/// Verdicts over one fact or two.
#[derive(Debug)]
pub struct Grid {
    /// Across.
    pub x: Axis,
    /// Upwards; none where one fact alone is looked at.
    pub y: Option<Axis>,
    /// Row by row, from the lowest; each from left to right.
    pub cells: Vec<Cell>,
    /// Contradictions of level error that hold in some cells, as they read in the first of them.
    pub contradictions: Vec<Found>,
    /// Those that hold in every cell; they are marked in none.
    pub everywhere: Vec<Found>,
    /// What comes out of the profile as it is.
    pub as_written: Outcome,
}

impl Grid {
    /// How many columns there are.
    pub fn columns(&self) -> usize {
        self.x.steps.len()
    }

    /// How many rows there are.
    pub fn rows(&self) -> usize {
        self.y.as_ref().map_or(1, |axis| axis.steps.len())
    }

    /// The cell in a column and a row.
    pub fn cell(&self, column: usize, row: usize) -> Option<&Cell> {
        if column >= self.columns() { None } else { self.cells.get(row * self.columns() + column) }
    }

    /// What occurs and in how many cells: by option and firmness, then both, neither and contradictions.
    pub fn tally(&self) -> Vec<(Class, usize)> {
        let mut all: Vec<(Class, usize)> = Vec::new();
        for class in self.cells.iter().map(Cell::class) {
            match all.iter_mut().find(|(known, _)| *known == class) {
                Some((_, count)) => *count += 1,
                None => all.push((class, 1)),
            }
        }
        all.sort_by_key(|(class, _)| rank(*class));
        all
    }

    /// Whether every cell shows the same.
    pub fn is_uniform(&self) -> bool {
        self.tally().len() < 2
    }

    /// The cell that stands for the profile, by column and row; none where the profile is not on the map.
    pub fn own_cell(&self) -> Option<(usize, usize)> {
        let row = self.y.as_ref().map_or(Some(0), |axis| axis.own.nearest());
        Some((self.x.own.nearest()?, row?))
    }
}

/// The order of a legend.
fn rank(class: Class) -> (u8, Option<crate::knowledge::OptionId>, Option<crate::knowledge::OptionId>, u8) {
    match class {
        Class::Verdict(Outcome { region: Region::One(leader), strength }) => {
            let firm = match strength {
                Some(Strength::Clear) => 0,
                Some(Strength::Leaning) => 1,
                Some(Strength::TossUp) | None => 2,
            };
            (0, Some(leader.option), leader.beside, firm)
        }
        Class::Verdict(Outcome { region: Region::Both, .. }) => (1, None, None, 0),
        Class::Verdict(Outcome { region: Region::Neither, .. }) => (2, None, None, 0),
        Class::Contradiction => (3, None, None, 0),
    }
}
