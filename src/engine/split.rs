//! When one option is not enough: musts split over two brokers, and the smallest sets of musts to relax.

use super::assess::{Assessment, Veto};
use super::outcome::Part;
use crate::knowledge::{Dimension, Fit, KnowledgeBase, OptionId};

/// Splits the musts into two sets that an option of each of two brokers serves without *poor*; the best such split.
pub(super) fn split(knowledge: &KnowledgeBase<'_>, assessment: &Assessment) -> Vec<Part> {
    let had: Vec<OptionId> = assessment
        .options(knowledge)
        .filter(|option| assessment.vetoes(*option).iter().all(|veto| matches!(veto, Veto::Need(_))))
        .collect();
    let mut best: Option<(u32, Vec<Part>)> = None;
    for (place, first) in had.iter().enumerate() {
        for second in had.iter().skip(place + 1) {
            if knowledge.broker_of(*first) == knowledge.broker_of(*second) {
                continue;
            }
            if let Some((worth, parts)) = parts(knowledge, assessment, *first, *second)
                && best.as_ref().is_none_or(|(known, _)| worth > *known)
            {
                best = Some((worth, parts));
            }
        }
    }
    best.map_or_else(Vec::new, |(_, parts)| parts)
}

fn parts(
    knowledge: &KnowledgeBase<'_>,
    assessment: &Assessment,
    first: OptionId,
    second: OptionId,
) -> Option<(u32, Vec<Part>)> {
    let part = |option: OptionId| Part { broker: knowledge.broker_of(option), option, needs: Vec::new() };
    let (mut left, mut right) = (part(first), part(second));
    let mut worth = 0;
    let ratings = assessment.ratings(first).iter().zip(assessment.ratings(second));
    for (place, (need, (one, other))) in assessment.needs.iter().zip(ratings).enumerate() {
        if !need.must {
            continue;
        }
        let house = knowledge.needs.get(need.need).is_some_and(|need| need.house);
        if house && one.fit.min(other.fit) == Fit::RuledOut {
            // What an organisation forbids itself it forbids for either flow.
            return None;
        }
        let better = one.fit.max(other.fit);
        if better < Fit::Workable {
            return None;
        }
        // What may be lost, and where it must work, concerns either flow; the rest is served by the better of the two.
        let dimension = knowledge.needs.get(need.need).map(|need| need.dimension);
        worth += match dimension {
            Some(Dimension::Delivery | Dimension::Operations) => {
                u32::from(one.fit.steps()) + u32::from(other.fit.steps())
            }
            _ => 2 * u32::from(better.steps()),
        };
        if one.fit >= other.fit { left.needs.push(place) } else { right.needs.push(place) }
    }
    (!left.needs.is_empty() && !right.needs.is_empty()).then(|| (worth, vec![left, right]))
}

/// The smallest sets of musts which, as wishes, would let an option survive.
pub(super) fn relax(knowledge: &KnowledgeBase<'_>, assessment: &Assessment) -> Vec<Vec<usize>> {
    let mut sets: Vec<Vec<usize>> = Vec::new();
    for option in assessment.options(knowledge) {
        let needs: Option<Vec<usize>> = assessment
            .vetoes(option)
            .iter()
            .map(|veto| match veto {
                Veto::Need(place) => {
                    let created = assessment.needs.get(*place).and_then(|created| knowledge.needs.get(created.need));
                    // A rule of the house is no wish: its makers grant exceptions.
                    created.filter(|need| !need.house).map(|_| *place)
                }
                Veto::Version { .. } | Veto::Provider | Veto::Allowed => None,
            })
            .collect();
        sets.extend(needs.filter(|needs| !needs.is_empty()));
    }
    let smallest = sets.iter().map(Vec::len).min().unwrap_or(0);
    let mut unique: Vec<Vec<usize>> = Vec::new();
    for set in sets.into_iter().filter(|set| set.len() == smallest) {
        if !unique.contains(&set) {
            unique.push(set);
        }
    }
    unique
}
