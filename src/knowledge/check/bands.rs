//! Bands never improve as the amount gets harder, only the last has no edge, and edges that can be computed without a
//! profile stand in order.

use super::of_answer;
use crate::diagnostic::Diagnostic;
use crate::expr::{Env, ExprId, FactId, Own, Value};
use crate::knowledge::{Band, FitRule, KnowledgeBase};
use crate::quantity::Interval;

pub(super) fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (option, _) in knowledge.option_ids() {
        for need in 0..knowledge.needs.len() {
            let Some(answer) = knowledge.answer(option, need) else { continue };
            let replies = answer.base.iter().chain(answer.variants.iter().map(|variant| &variant.reply));
            for reply in replies {
                if let FitRule::Bands { descending, bands } = &reply.fit {
                    let found = wrong(knowledge, *descending, bands);
                    problems.extend(found.map(|what| {
                        let who = of_answer(knowledge, option, need);
                        Diagnostic::error("bands-out-of-order", format!("{who}: {what}"))
                    }));
                }
            }
        }
    }
    problems
}

fn wrong(knowledge: &KnowledgeBase<'_>, descending: bool, bands: &[Band]) -> Option<&'static str> {
    if bands.windows(2).any(|pair| matches!(pair, [easier, harder] if harder.fit > easier.fit)) {
        return Some("a harder band has a better fit");
    }
    if bands.split_last().is_some_and(|(last, rest)| last.edge.is_some() || rest.iter().any(|band| band.edge.is_none()))
    {
        return Some("the last band, and no other, must be without an edge");
    }
    let edges: Vec<Interval> = bands
        .iter()
        .filter_map(|band| band.edge)
        .map(|(low, high)| {
            let low = knowledge.program.number(low, &Nothing);
            high.map_or(low, |high: ExprId| low.hull(knowledge.program.number(high, &Nothing)))
        })
        .filter(|edge| edge.lo.is_finite() && edge.hi.is_finite())
        .collect();
    let ordered = edges.windows(2).all(|pair| match pair {
        [first, second] if descending => first.middle() >= second.middle(),
        [first, second] => first.middle() <= second.middle(),
        _ => true,
    });
    (!ordered).then_some("edges are out of order")
}

/// No profile at all: only what no fact can change is known.
struct Nothing;

impl Env for Nothing {
    fn fact(&self, _: FactId) -> Value {
        Value::Number(Interval::EVERYTHING)
    }

    fn own(&self, _: Own) -> Value {
        Value::UNKNOWN
    }
}
