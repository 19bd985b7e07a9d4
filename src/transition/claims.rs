//! What is said of one side and is not so: misconceptions of the knowledge base that touch what this workload needs,
//! sets or runs into there, and those that a change of version makes untrue.

use std::collections::BTreeSet;

use super::moved::Moved;
use super::stand::Stand;
use crate::advice::{Advice, Formulas, conflicts_with, settings};
use crate::knowledge::{ClaimVerdict, KnowledgeBase, Misconception, Version};

/// A misconception that concerns one side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its stable id.
    pub id: String,
    /// The claim, as it is usually made.
    pub claim: String,
    /// What is wrong with it.
    pub verdict: ClaimVerdict,
    /// Up to and with which line of this side's broker it was so.
    pub until: Option<Version>,
    /// What is so.
    pub truth: String,
    /// It is so in the version of the other side.
    pub turns: bool,
    /// What of this side it touches: needs, keys, contradictions, the option; empty where the version alone decides.
    pub touches: Vec<String>,
    /// On whose word.
    pub sources: Vec<String>,
}

/// What is said of each side alone and is not so, what touches most first.
pub(super) fn moved(knowledge: &KnowledgeBase<'_>, sides: [(&Stand, &Advice<'_>); 2]) -> Moved<Claim> {
    let readers = sides.map(|(stand, advice)| Reader::new(knowledge, stand, advice));
    let [before, after] = &readers;
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for claim in &knowledge.misconceptions {
        let turns = before.stand.broker == after.stand.broker && before.is_so(claim) != after.is_so(claim);
        old.extend(before.read(claim, turns));
        new.extend(after.read(claim, turns));
    }
    let mut moved = Moved::between(old, new, |one: &Claim, other| one.id == other.id);
    for (claims, reader) in [(&mut moved.gone, before), (&mut moved.new, after)] {
        claims.sort_by_key(|claim| std::cmp::Reverse(reader.weight(claim)));
    }
    moved
}

/// What one side has that a claim may touch.
struct Reader<'r> {
    knowledge: &'r KnowledgeBase<'r>,
    stand: &'r Stand,
    own: BTreeSet<String>,
}

impl<'r> Reader<'r> {
    fn new(knowledge: &'r KnowledgeBase<'r>, stand: &'r Stand, advice: &Advice<'_>) -> Self {
        let needs = advice.judgement.assessment.needs.iter().filter_map(|created| knowledge.needs.get(created.need));
        let needs = needs.map(|need| knowledge.text(need.id).to_owned());
        let keys = settings(knowledge, advice.profile, &advice.facts, stand.option, Formulas::LeftOut);
        let found = conflicts_with(knowledge, advice.profile, &advice.facts, &[stand.option]);
        let keys = keys.into_iter().map(|setting| setting.key);
        let own = needs.chain(keys).chain(found.into_iter().map(|found| found.id)).collect();
        Self { knowledge, stand, own }
    }

    /// What a claim should be told before others: that a version makes it untrue, that it speaks of the option itself, and
    /// how much it touches.
    fn weight(&self, claim: &Claim) -> (bool, bool, usize) {
        let own_name = self.knowledge.option_name(self.stand.option);
        let of_option = claim.touches.iter().any(|id| id == own_name);
        (claim.turns, of_option, claim.touches.len())
    }

    /// The last line of this side's broker in which a claim was so.
    fn until(&self, claim: &Misconception) -> Option<Version> {
        claim.until.iter().find(|(broker, _)| *broker == self.stand.broker).map(|(_, until)| *until)
    }

    /// Whether a claim is so in this side's version.
    fn is_so(&self, claim: &Misconception) -> bool {
        self.until(claim).is_some_and(|until| self.stand.version.line() <= until.line())
    }

    /// A claim, where it concerns this side; `turns` says that it is so on one side and not on the other.
    fn read(&self, claim: &Misconception, turns: bool) -> Option<Claim> {
        let knowledge = self.knowledge;
        if !claim.about.contains(&self.stand.broker) || self.is_so(claim) {
            return None;
        }
        let seen = || claim.see.iter().map(|id| knowledge.text(*id));
        // What names options of this broker speaks of these and of no other.
        let options = || seen().filter_map(|id| knowledge.find_option(None, id));
        let mut of_broker = options().filter(|option| knowledge.broker_of(*option) == self.stand.broker);
        let of_others = of_broker.next().is_some() && options().all(|option| option != self.stand.option);
        let own_name = knowledge.option_name(self.stand.option);
        let touches: Vec<String> = if of_others {
            Vec::new()
        } else {
            seen().filter(|id| *id == own_name || self.own.contains(*id)).map(str::to_owned).collect()
        };
        (turns || !touches.is_empty()).then(|| Claim {
            id: knowledge.text(claim.id).to_owned(),
            claim: knowledge.text(claim.claim).to_owned(),
            verdict: claim.verdict,
            until: self.until(claim),
            truth: knowledge.text(claim.truth).to_owned(),
            turns,
            touches,
            sources: knowledge.source_names(&claim.sources).into_iter().map(str::to_owned).collect(),
        })
    }
}
