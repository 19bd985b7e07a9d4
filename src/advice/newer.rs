//! What newer lines of the brokers would change: options that come to be had, answers that improve, and the verdict.
//! Takes a flow that runs, or would run, older lines than the newest known; says nothing of any other.

use super::{Question, judge};
use crate::engine::{Assessment, Judgement, Sampler, Verdict, Veto, assess};
use crate::expr::Value;
use crate::facts::Facts;
use crate::knowledge::{Broker, BrokerId, Fit, KnowledgeBase, OptionId, Version};
use crate::profile::Profile;
use crate::quantity::Interval;

/// What newer lines would change.
#[derive(Debug, Default)]
pub struct Newer {
    /// Options that are not for production in the line that is run, and the line from which they are.
    pub available: Vec<(OptionId, Version)>,
    /// Answers that a newer line would improve.
    pub answers: Vec<Better>,
    /// The verdict with every broker at its newest line, where it is another.
    pub verdict: Option<Verdict>,
}

/// An answer that a newer line would improve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Better {
    /// Whose answer.
    pub option: OptionId,
    /// To which created need.
    pub place: usize,
    /// The first line that answers so.
    pub version: Version,
    /// How well it would answer.
    pub fit: Fit,
}

impl Newer {
    /// What a newer line would make of an answer.
    pub fn answer(&self, option: OptionId, place: usize) -> Option<&Better> {
        self.answers.iter().find(|better| better.option == option && better.place == place)
    }
}

/// The line of a broker that is meant: stated, or the newest.
pub fn line(facts: &Facts, broker: &Broker) -> Option<Version> {
    let Value::Version(version) = facts.central(broker.version_fact) else { return None };
    broker.versions.iter().rev().find(|line| line.as_number() <= version.lo).copied()
}

/// Looks at every line above those that are meant.
pub(super) fn newer(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    question: &Question,
    judgement: &Judgement,
    error_conflict: bool,
    sampler: &mut Sampler,
) -> Newer {
    let mut found = Newer::default();
    let mut newest = None;
    for (id, broker) in knowledge.broker_ids() {
        let Some(meant) = line(facts, broker) else { continue };
        for later in broker.versions.iter().filter(|later| **later > meant) {
            let facts = at(facts, broker, *later);
            let assessment = assess(knowledge, &facts, &profile.wants);
            improve(&mut found.answers, knowledge, id, *later, &judgement.assessment, &assessment);
        }
        if let Some(last) = broker.versions.last().filter(|last| **last > meant) {
            newest = Some(at(newest.as_ref().unwrap_or(facts), broker, *last));
            found.available.extend(
                broker
                    .options
                    .iter()
                    .filter_map(|option| Some((*option, knowledge.option(*option)?.available.since?)))
                    .filter(|(option, since)| {
                        *since > meant && since <= last && !judgement.assessment.left_out.contains(option)
                    }),
            );
        }
    }
    // Where every answer stays as it is, so does the verdict.
    found.verdict = newest
        .filter(|facts| {
            let then = assess(knowledge, facts, &profile.wants);
            (&then.ratings, &then.vetoes) != (&judgement.assessment.ratings, &judgement.assessment.vetoes)
        })
        .map(|facts| judge(knowledge, profile, &facts, question, error_conflict, sampler).verdict)
        .filter(|verdict| !same(verdict, &judgement.verdict));
    found
}

/// The same facts with another line of one broker.
fn at(facts: &Facts, broker: &Broker, line: Version) -> Facts {
    let mut facts = facts.clone();
    let value = Value::Version(Interval::point(line.as_number()));
    let place = usize::from(broker.version_fact.0);
    for values in [&mut facts.central, &mut facts.stated] {
        if let Some(slot) = values.get_mut(place) {
            *slot = value;
        }
    }
    facts
}

/// Notes the answers of one broker that are better than what is known so far.
fn improve(
    known: &mut Vec<Better>,
    knowledge: &KnowledgeBase<'_>,
    broker: BrokerId,
    version: Version,
    now: &Assessment,
    later: &Assessment,
) {
    let options = now.options(knowledge).filter(|option| knowledge.broker_of(*option) == broker);
    for option in
        options.filter(|option| !later.vetoes(*option).iter().any(|veto| matches!(veto, Veto::Version { .. })))
    {
        for (place, (rated, better)) in now.ratings(option).iter().zip(later.ratings(option)).enumerate() {
            let found = known.iter_mut().find(|known| known.option == option && known.place == place);
            let best = found.as_ref().map_or(rated.fit, |known| known.fit);
            if better.fit <= best {
                continue;
            }
            let improved = Better { option, place, version, fit: better.fit };
            match found {
                Some(known) => *known = improved,
                None => known.push(improved),
            }
        }
    }
}

fn same(one: &Verdict, other: &Verdict) -> bool {
    let option = |verdict: &Verdict| verdict.leader.map(|leader| (leader.option, leader.beside));
    one.kind == other.kind && option(one) == option(other) && one.strength == other.strength
}
