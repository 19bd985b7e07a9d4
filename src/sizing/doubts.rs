//! What is not known of the facts on which a number of nodes rests: each fact moved by itself to the ends of what it may
//! be, then all of them together.

use super::moments::{stating, written_as};
use super::{Sizer, amount};
use crate::expr::FactId;
use crate::facts::{Facts, Opening, Without, derive, opening};
use crate::knowledge::{self, FactKind, KnowledgeBase};
use crate::profile::Profile;
use crate::quantity::{Interval, show_range};

/// A fact that is open, and what it does to the number of nodes by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Doubt {
    /// The fact's name.
    pub fact: String,
    /// Between which amounts it may lie.
    pub range: Interval,
    /// The same as people write it.
    pub shown: String,
    /// Why it is open.
    pub why: Opening,
    /// Between which numbers of nodes it moves the count.
    pub nodes: Span,
}

/// Between which numbers of nodes the truth lies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// The fewest.
    pub low: f64,
    /// The most.
    pub high: f64,
}

impl Span {
    /// Whether it is one number.
    pub fn is_one(self) -> bool {
        self.low >= self.high
    }

    fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }
}

/// An open fact with the ends of what it may be.
struct Open {
    fact: FactId,
    range: Interval,
    why: Opening,
}

/// Facts that move the number by themselves; where it may lie by what the profile leaves open, and by assumptions too.
pub(super) fn doubts(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    rules: &knowledge::Sizing,
    nodes: f64,
) -> (Vec<Doubt>, Span, Span) {
    let counter = Counter { knowledge, rules };
    let one = Span { low: nodes, high: nodes };
    let open = open(knowledge, profile, facts, rules);
    let mut doubts = Vec::new();
    for it in &open {
        let ends = [it.range.lo, it.range.hi].map(|end| counter.nodes(&stating(knowledge, profile, it.fact, end)));
        let ends = ends.map(|end| end.unwrap_or(nodes));
        let [low, high] = ends;
        let span = Span { low: low.min(high).min(nodes), high: low.max(high).max(nodes) };
        if !span.is_one() {
            let kind = written_as(knowledge, profile, it.fact);
            doubts.push(Doubt {
                fact: knowledge.fact_name(it.fact).to_owned(),
                range: it.range,
                shown: kind.map_or_else(String::new, |kind| show_range(it.range, kind)),
                why: it.why,
                nodes: span,
            });
        }
    }
    doubts.sort_by(|one, other| {
        let wide = |doubt: &Doubt| doubt.nodes.high / doubt.nodes.low.max(1.0);
        (one.why == Opening::Assumed).cmp(&(other.why == Opening::Assumed)).then(wide(other).total_cmp(&wide(one)))
    });
    let hull = |all: &[Doubt]| all.iter().fold(one, |span, doubt| span.hull(doubt.nodes));
    let own: Vec<&Open> = open.iter().filter(|it| it.why != Opening::Assumed).collect();
    let stated = counter.together(profile, &own, nodes);
    let all: Vec<&Open> = open.iter().collect();
    let open = counter.together(profile, &all, nodes).hull(hull(&doubts)).hull(stated);
    (doubts, stated, open)
}

/// Open amounts among the facts on which the number of nodes rests in the end.
fn open(knowledge: &KnowledgeBase<'_>, profile: &Profile, facts: &Facts, rules: &knowledge::Sizing) -> Vec<Open> {
    let mut read = Vec::new();
    knowledge.program.reads(rules.nodes, &mut read);
    // A flow that is stated in bytes is moved where it is stated.
    let flow = |id: FactId| {
        let of = |kind: FactKind| matches!(kind, FactKind::Flow { bytes, .. } if bytes == id);
        knowledge.fact_ids().find(|(_, fact)| of(fact.kind)).map_or(id, |(flow, _)| flow)
    };
    let mut found: Vec<Open> = Vec::new();
    for fact in facts.inputs(knowledge, read).into_iter().map(flow) {
        if found.iter().all(|known| known.fact != fact) {
            let open = opening(knowledge, profile, facts, fact);
            found.extend(open.map(|(range, why)| Open { fact, range, why }));
        }
    }
    found
}

/// Counts nodes for profiles.
struct Counter<'c> {
    knowledge: &'c KnowledgeBase<'c>,
    rules: &'c knowledge::Sizing,
}

impl Counter<'_> {
    fn nodes(&self, profile: &Profile) -> Option<f64> {
        let facts = derive(self.knowledge, profile, Without::Nothing);
        let sizer = Sizer::new(self.knowledge, profile, &facts, self.rules)?;
        amount(self.knowledge, self.rules.nodes, &sizer.view)
    }

    /// The fewest and the most nodes that any of the ends asks for together, found end by end: what lowers the number
    /// stays lowered while the next fact is moved, and the same upwards.
    fn together(&self, profile: &Profile, open: &[&Open], nodes: f64) -> Span {
        let reach = |better: &dyn Fn(f64, f64) -> bool| {
            let (mut at, mut best) = (profile.clone(), nodes);
            // Twice: what moves nothing by itself may move something once others have moved.
            for it in open.iter().chain(open) {
                for end in [it.range.lo, it.range.hi] {
                    let moved = stating(self.knowledge, &at, it.fact, end);
                    if let Some(count) = self.nodes(&moved).filter(|count| better(*count, best)) {
                        (at, best) = (moved, count);
                    }
                }
            }
            best
        };
        Span { low: reach(&|count, best| count < best), high: reach(&|count, best| count > best) }
    }
}
