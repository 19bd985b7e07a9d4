//! Bands never improve as the amount gets harder, only the last has no edge, and edges that can be computed without a
//! profile stand in order.

use super::{Wrong, of_answer, replies};
use crate::diagnostic::Diagnostic;
use crate::expr::{Env, ExprId, FactId, Own, Value};
use crate::knowledge::{Band, FitRule, KnowledgeBase, Spot};
use crate::quantity::Interval;

pub(super) fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Wrong> {
    let mut problems = Vec::new();
    for (option, _) in knowledge.option_ids() {
        for need in 0..knowledge.needs.len() {
            let Some(answer) = knowledge.answer(option, need) else { continue };
            for (part, reply) in replies(option, need, answer) {
                if let FitRule::Bands { descending, bands } = &reply.fit {
                    let found = wrong(knowledge, *descending, bands);
                    problems.extend(found.map(|(band, what)| {
                        let who = of_answer(knowledge, option, need);
                        let problem = Diagnostic::error("bands-out-of-order", format!("{who}: {what}"))
                            .help("write bands from the easiest amount to the hardest; the last takes all the rest");
                        Wrong::at(problem, Spot::from(part).item("bands", band))
                    }));
                }
            }
        }
    }
    problems
}

/// What is wrong with bands, and with which of them first.
fn wrong(knowledge: &KnowledgeBase<'_>, descending: bool, bands: &[Band]) -> Option<(usize, &'static str)> {
    let improves = |pair: &[Band]| matches!(pair, [easier, harder] if harder.fit > easier.fit);
    if let Some(place) = bands.windows(2).position(improves) {
        return Some((place + 1, "a harder band has a better fit"));
    }
    let misplaced = |(place, band): (usize, &Band)| band.edge.is_none() != (place + 1 == bands.len());
    if let Some(place) = bands.iter().enumerate().position(misplaced) {
        return Some((place, "the last band, and no other, must be without an edge"));
    }
    let edges: Vec<(usize, Interval)> = bands
        .iter()
        .enumerate()
        .filter_map(|(place, band)| Some((place, band.edge?)))
        .map(|(place, (low, high))| {
            let low = knowledge.program.number(low, &Nothing);
            (place, high.map_or(low, |high: ExprId| low.hull(knowledge.program.number(high, &Nothing))))
        })
        .filter(|(_, edge)| edge.lo.is_finite() && edge.hi.is_finite())
        .collect();
    let turned = edges.windows(2).find_map(|pair| match pair {
        [(_, first), (place, second)] if descending => (first.middle() < second.middle()).then_some(*place),
        [(_, first), (place, second)] => (first.middle() > second.middle()).then_some(*place),
        _ => None,
    });
    turned.map(|place| (place, "edges are out of order"))
}

/// No profile at all: only what no fact can change is known.
pub(super) struct Nothing;

impl Env for Nothing {
    fn fact(&self, _: FactId) -> Value {
        Value::Number(Interval::EVERYTHING)
    }

    fn own(&self, _: Own) -> Value {
        Value::UNKNOWN
    }
}
