//! Signs: conditions over what was seen of an item, with the profile's own thresholds where there is a profile.

use super::seen::{Amounts, Seen};
use crate::expr::{Env, FactId, Own, Tri, Value};
use crate::facts::{Facts, View, shown, unknown};
use crate::knowledge::{KnowledgeBase, Observation, Pitfall, Sign, Strength};
use crate::profile::Profile;
use crate::quantity::{Interval, show};

/// So many items are named for one sign.
const NAMED: usize = 3;

/// A sign that holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// How much it says.
    pub strength: Strength,
    /// Of which kind of item.
    pub item: String,
    /// A few of the items for which it holds, those first that stand out most.
    pub items: Vec<ItemShown>,
    /// For how many more.
    pub more: usize,
    /// The facts of the profile that it was held against, with their values.
    pub facts: Vec<(String, String)>,
}

/// An item, and what was seen of it.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemShown {
    /// What tells it from others: parts with their names.
    pub identity: Vec<(String, String)>,
    /// What was seen.
    pub amounts: Vec<(String, String)>,
}

/// The workload against which signs are held.
#[derive(Debug, Clone, Copy)]
pub(super) struct Workload<'w> {
    pub(super) profile: &'w Profile,
    pub(super) facts: &'w Facts,
    /// Whether anything but versions is known of it.
    pub(super) is_known: bool,
}

/// What expressions see: amounts of an item, and facts.
struct Scene<'s> {
    knowledge: &'s KnowledgeBase<'s>,
    workload: Workload<'s>,
    view: View<'s>,
    amounts: &'s Amounts,
}

impl Env for Scene<'_> {
    fn fact(&self, id: FactId) -> Value {
        let place = usize::from(id.0);
        if let Some(fact) = self.knowledge.facts.get(place) {
            return if self.workload.is_known { self.view.fact(id) } else { unknown(fact.kind) };
        }
        let place = place - self.knowledge.facts.len();
        let amount = self.amounts.get(&place).copied();
        match self.knowledge.observations.get(place).map(|it| it.kind) {
            Some(None) => Value::Bool(amount.map_or(Tri::Unknown, |amount| (amount != 0.0).into())),
            Some(Some(_)) => Value::Number(amount.map_or(Interval::EVERYTHING, Interval::point)),
            None => Value::UNKNOWN,
        }
    }

    fn own(&self, own: Own) -> Value {
        self.view.own(own)
    }
}

/// The signs of a pitfall that hold.
pub(super) fn signs(
    knowledge: &KnowledgeBase<'_>,
    pitfall: &Pitfall,
    seen: &Seen,
    workload: Workload<'_>,
) -> Vec<Shown> {
    pitfall.signs.iter().filter_map(|sign| holds(knowledge, pitfall, sign, seen, workload)).collect()
}

fn holds(
    knowledge: &KnowledgeBase<'_>,
    pitfall: &Pitfall,
    sign: &Sign,
    seen: &Seen,
    workload: Workload<'_>,
) -> Option<Shown> {
    let view = View::central(knowledge, workload.facts);
    let view = knowledge.broker(pitfall.broker).map_or(view, |broker| view.seen_by(broker));
    let mut found: Vec<(&Vec<String>, &Amounts)> = Vec::new();
    for ((item, identity), rounds) in &seen.items {
        let round = rounds.iter().rev().find(|amounts| {
            let scene = Scene { knowledge, workload, view, amounts };
            *item == sign.item && knowledge.program.holds(sign.when, &scene) == Tri::True
        });
        found.extend(round.map(|amounts| (identity, amounts)));
    }
    if found.is_empty() {
        return None;
    }
    let mut read = Vec::new();
    knowledge.program.reads(sign.when, &mut read);
    let first = knowledge.facts.len();
    let (facts, observed): (Vec<FactId>, Vec<FactId>) = read.into_iter().partition(|it| usize::from(it.0) < first);
    let observed: Vec<usize> = observed.into_iter().map(|it| usize::from(it.0) - first).collect();
    // The first amount that the sign names tells which items stand out.
    let leading = |amounts: &Amounts| observed.first().and_then(|place| amounts.get(place)).copied().unwrap_or(0.0);
    found.sort_by(|left, right| leading(right.1).total_cmp(&leading(left.1)).then(left.0.cmp(right.0)));
    let kind = knowledge.observed_items.get(usize::from(sign.item));
    let named = |(identity, amounts): &(&Vec<String>, &Amounts)| ItemShown {
        identity: kind.map_or_else(Vec::new, |item| {
            let parts = item.labels.iter().map(|(name, _)| knowledge.text(*name).to_owned());
            parts.zip(identity.iter().cloned()).filter(|(_, value)| !value.is_empty()).collect()
        }),
        amounts: observed.iter().filter_map(|place| amount(knowledge, *place, amounts)).collect(),
    };
    let facts = facts.into_iter().map(|fact| {
        let value = shown(knowledge, workload.profile, workload.facts, fact);
        (knowledge.fact_name(fact).to_owned(), value)
    });
    Some(Shown {
        strength: sign.strength,
        item: kind.map_or("", |item| knowledge.text(item.title)).to_owned(),
        items: found.iter().take(NAMED).map(named).collect(),
        more: found.len().saturating_sub(NAMED),
        facts: facts.collect(),
    })
}

fn amount(knowledge: &KnowledgeBase<'_>, place: usize, amounts: &Amounts) -> Option<(String, String)> {
    let observation: &Observation = knowledge.observations.get(place)?;
    let amount = *amounts.get(&place)?;
    let value = match observation.kind {
        Some(kind) => show(amount, kind),
        None => if amount == 0.0 { "no" } else { "yes" }.to_owned(),
    };
    Some((knowledge.text(observation.title).to_owned(), value))
}
