//! On which facts a verdict rests, and within which values it holds: what a decision for it should say that it assumes.
//! Takes an advice, gives assumptions; formats nothing.

use super::Advice;
use super::argument::Argument;
use crate::expr::FactId;
use crate::facts::Origin;
use crate::knowledge::KnowledgeBase;
use crate::profile::{Assumption, Within};
use crate::sensitivity::{Outcome, Stays, Trial, Turns, holding};

/// So many assumptions are named: more would not be read.
const MOST: usize = 10;

/// The facts that turn the broker, the most plausible first, then those that create the needs that decide: each with the
/// values within which the verdict holds. A fact that turns nothing and creates no such need is left out.
pub fn assumes(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, argument: &Argument) -> Vec<Assumption> {
    let judgement = &advice.judgement;
    let trial = Trial::new(knowledge, advice.profile, &advice.facts, &judgement.assessment, judgement.weights);
    let now = Outcome::of(judgement.verdict.kind, judgement.verdict.leader);
    let decisive = deciding(knowledge, advice, argument);
    let turning = advice.changes.iter().filter(|change| change.turns == Turns::Broker).map(|change| change.fact);
    let mut found: Vec<Assumption> = Vec::new();
    let mut add = |fact: FactId, within: Option<Within>| {
        let new = found.len() < MOST && found.iter().all(|known| known.fact != fact);
        if let Some(within) = within.filter(|_| new) {
            found.push(Assumption { fact, within, span: None });
        }
    };
    for fact in turning {
        add(fact, holding(&trial, fact, Stays::Broker(now)));
    }
    for (fact, needs) in &decisive {
        let turned = holding(&trial, *fact, Stays::Broker(now));
        add(*fact, turned.or_else(|| holding(&trial, *fact, Stays::Needs(now, needs))));
    }
    found
}

/// The stated facts that create the needs that decide, each with those needs.
fn deciding(knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>, argument: &Argument) -> Vec<(FactId, Vec<usize>)> {
    let mut found: Vec<(FactId, Vec<usize>)> = Vec::new();
    for place in &argument.decisive {
        let Some(created) = advice.judgement.assessment.needs.get(*place) else { continue };
        let Some(need) = knowledge.needs.get(created.need) else { continue };
        let behind = need.facts.iter().chain(&need.rests_on).copied().collect();
        let stated = advice
            .facts
            .inputs(knowledge, behind)
            .into_iter()
            .filter(|fact| advice.facts.origin(*fact) == Origin::Stated);
        for fact in stated {
            match found.iter_mut().find(|(known, _)| *known == fact) {
                Some((_, needs)) => needs.push(created.need),
                None => found.push((fact, vec![created.need])),
            }
        }
    }
    found
}
