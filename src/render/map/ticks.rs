//! Marks along an axis: which values are written beside it, and where, counted in steps.

use crate::mapping::{Axis, Scale, Step, by_differences, by_factors};
use crate::quantity::show;

/// A mark.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// Where, counted in steps from the first one's middle.
    pub(super) at: f64,
    /// What is written there.
    pub(super) label: String,
    /// It stands for one step, not for a place on a scale.
    pub(super) word: bool,
}

/// The marks of an axis: every word, and so many amounts at the most.
pub(super) fn ticks(axis: &Axis, most: usize) -> Vec<Tick> {
    let mut all: Vec<Tick> = Vec::new();
    for (place, step) in (0_u16..).zip(&axis.steps) {
        if axis.scale == Scale::Listed || step.amount.is_none() {
            all.push(Tick { at: f64::from(place), label: step.shown.clone(), word: true });
        }
    }
    let mut amounts = axis.steps.iter().filter_map(|step| step.amount);
    let low = amounts.next();
    let (Some(low), Some(high), Some(kind)) = (low, amounts.next_back().or(low), axis.kind) else { return all };
    let round = match axis.scale {
        Scale::Listed => Vec::new(),
        Scale::Logarithmic => by_factors(low, high, kind, most),
        Scale::Linear => by_differences(low, high, kind, most),
    };
    let marks = round
        .into_iter()
        .filter_map(|amount| Some(Tick { at: position(axis, amount)?, label: show(amount, kind), word: false }));
    all.extend(marks);
    all.sort_by(|left, right| left.at.total_cmp(&right.at));
    all
}

/// Where an amount lies, counted in steps.
pub(super) fn position(axis: &Axis, amount: f64) -> Option<f64> {
    let known =
        (0_u16..).zip(&axis.steps).filter_map(|(place, step): (u16, &Step)| Some((f64::from(place), step.amount?)));
    let mut before: Option<(f64, f64)> = None;
    for (place, step) in known {
        match before {
            _ if step.total_cmp(&amount).is_eq() => return Some(place),
            Some((earlier, low)) if step > amount => {
                return Some(earlier + axis.scale.part(low, step, amount) * (place - earlier));
            }
            None if step > amount => return None,
            _ => before = Some((place, step)),
        }
    }
    None
}
