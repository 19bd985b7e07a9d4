//! Bands that change nothing: twins of their neighbour, bands between whose edges nothing lies, and bands that no amount
//! of the need reaches. Bands have no gaps: an edge belongs to the easier band, the last one has none, and bands out of
//! order do not load.

use super::conditions::Lines;
use super::possible::Possibilities;
use super::{Found, Lint, Question, conditions, decide};
use crate::expr::{Env, ExprId, FactId, Own, Value};
use crate::knowledge::{Band, Citing, FitRule, KnowledgeBase, Level, Spot, Subject, Template};
use crate::quantity::Interval;

pub(super) const LINT: Lint = Lint {
    id: "idle-band",
    level: Level::Warning,
    about: "Every band of an answer says something of its own to some amount: neighbours differ, edges that are ranges do \
            not overlap, and each stretch is reached.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let mut found = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for ((option, details), answers) in knowledge.option_ids().zip(&knowledge.answers) {
        for (need, answer) in answers.iter().enumerate() {
            let base = answer.base.iter().map(|reply| (None, reply, None, Lines::of(details.broker, None, None)));
            let variants = answer.variants.iter().enumerate().map(|(place, variant)| {
                let lines = Lines::of(details.broker, variant.since, variant.until);
                (Some(place), &variant.reply, variant.when, lines)
            });
            for (variant, reply, when, lines) in base.chain(variants) {
                let FitRule::Bands { descending, bands } = &reply.fit else { continue };
                let part = Citing::Answer { option, need, variant };
                let written = conditions::written(knowledge, Subject::Part(part));
                for (place, what, help) in wrong(knowledge, (need, when, lines), *descending, bands) {
                    if seen.insert((written.clone(), place)) {
                        let name = knowledge.citing_name(part);
                        let message = format!("band {} of {name} {what}", place + 1);
                        found.push(Found::new(name, message).help(help).at(Spot::from(part).item("bands", place)));
                    }
                }
            }
        }
    }
    found
}

/// What is wrong with bands, each with the place of the band and what to do.
fn wrong(
    knowledge: &KnowledgeBase<'_>,
    (need, when, lines): (usize, Option<ExprId>, Lines),
    descending: bool,
    bands: &[Band],
) -> Vec<(usize, String, &'static str)> {
    let edges: Vec<Option<Interval>> = bands.iter().map(|band| edge(knowledge, band)).collect();
    let mut found = Vec::new();
    for (place, pair) in bands.windows(2).enumerate() {
        let [easier, harder] = pair else { continue };
        if same(knowledge, easier, harder) {
            let what = format!("says the same as band {}", place + 1);
            found.push((place + 1, what, "make one of them"));
        }
        if let (Some(Some(first)), Some(Some(second))) = (edges.get(place), edges.get(place + 1)) {
            let (near, far) = if descending { (second.hi, first.lo) } else { (first.hi, second.lo) };
            if first == second {
                found.push((place + 1, "is empty: its edge is that of the band before it".to_owned(), "take it out"));
            } else if near > far {
                let what = format!("overlaps band {}: its edge may lie on either side of the other", place + 1);
                found.push((place + 1, what, "let each edge lie behind the whole of the one before it"));
            }
        }
    }
    let amount = knowledge.needs.get(need).and_then(|need| knowledge.program.as_fact(need.amount?.0));
    let Some((amount, created)) = amount.zip(knowledge.needs.get(need).map(|need| need.when)) else { return found };
    let goals: Vec<_> = [(created, true)].into_iter().chain(when.map(|when| (when, true))).collect();
    if lines.can(knowledge, &goals) != decide::Verdict::Can {
        return found;
    }
    for place in 0..bands.len() {
        let before = place.checked_sub(1).map(|before| edges.get(before).copied().flatten());
        // Where an edge is a formula, nothing is known of the stretch.
        let from = match before {
            None => Some(None),
            Some(Some(edge)) => Some(Some(edge)),
            Some(None) => None,
        };
        let Some(from) = from else { continue };
        let to = edges.get(place).copied().flatten();
        if to.is_none() && place + 1 != bands.len() {
            continue;
        }
        let within = stretch(descending, from, to);
        let broker = lines.broker.map(|broker| Possibilities::of(knowledge, broker, lines.since, lines.until));
        let possible = broker.unwrap_or_else(|| Possibilities::neutral(knowledge)).with(amount, within);
        if decide::can(knowledge, &goals, &possible) == decide::Verdict::Never {
            let what = "is reached by no amount for which there is the need".to_owned();
            found.push((place, what, "take it out, or correct its edge or the condition"));
        }
    }
    found
}

/// The amounts that may lie in a band.
fn stretch(descending: bool, from: Option<Interval>, to: Option<Interval>) -> Interval {
    if descending {
        Interval { lo: to.map_or(0.0, |to| to.lo), hi: from.map_or(f64::INFINITY, |from| from.hi.next_down()) }
    } else {
        Interval { lo: from.map_or(0.0, |from| from.lo.next_up()), hi: to.map_or(f64::INFINITY, |to| to.hi) }
    }
}

fn same(knowledge: &KnowledgeBase<'_>, one: &Band, other: &Band) -> bool {
    let text =
        |template: &Option<Template>| template.as_ref().map(|template| knowledge.text(template.source).to_owned());
    one.fit == other.fit && text(&one.how) == text(&other.how) && text(&one.compensate) == text(&other.compensate)
}

/// An edge that depends on nothing.
fn edge(knowledge: &KnowledgeBase<'_>, band: &Band) -> Option<Interval> {
    let (low, high) = band.edge?;
    let number = |it: ExprId| knowledge.program.is_written_out(it).then(|| knowledge.program.number(it, &Nothing));
    let low = number(low)?;
    match high {
        Some(high) => Some(low.hull(number(high)?)),
        None => Some(low),
    }
}

/// No profile at all.
struct Nothing;

impl Env for Nothing {
    fn fact(&self, _: FactId) -> Value {
        Value::UNKNOWN
    }

    fn own(&self, _: Own) -> Value {
        Value::UNKNOWN
    }
}
