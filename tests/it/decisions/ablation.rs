//! What rests on one need: each is taken away, and the verdicts that then name another broker are counted.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use brokerfit::advice::conflicts;
use brokerfit::engine::{Assessment, Sampler, Verdict, assess, decide};
use brokerfit::facts::{Without, derive};
use brokerfit::knowledge::{Level, OptionId, SourceId};

use super::case::{Asked, CASES, Case, said};
use super::figures::is_decided;
use crate::support::KNOWLEDGE;

/// So many verdicts may rest on a need that rests on one source.
pub(super) const MOST_ON_ONE_SOURCE: usize = 3;

/// What one need does to the decided cases.
#[derive(Debug)]
pub(super) struct Effect {
    /// Its place among the needs.
    pub(super) need: usize,
    /// Decided cases in which it exists, as stated.
    pub(super) exists: usize,
    /// Cases that name another broker without it, as stated and with the pattern withheld.
    pub(super) changes: [Vec<&'static str>; 2],
    /// Changed verdicts that are right only with it, and only without it.
    pub(super) helps: usize,
    pub(super) harms: usize,
    /// The sources of the answers that tell the winner with it from the winner without it.
    pub(super) sources: BTreeSet<SourceId>,
}

impl Effect {
    /// The most verdicts that it changes.
    pub(super) fn size(&self) -> usize {
        self.changes.iter().map(Vec::len).max().unwrap_or(0)
    }

    pub(super) fn id(&self) -> &'static str {
        KNOWLEDGE.text(KNOWLEDGE.needs[self.need].id)
    }

    /// Those whose word the sources are.
    pub(super) fn affiliations(&self) -> BTreeSet<&'static str> {
        let entries = self.sources.iter().filter_map(|id| KNOWLEDGE.source(*id));
        entries.map(|source| KNOWLEDGE.text(source.affiliation)).collect()
    }
}

/// The effect of every need, the greatest first.
pub(super) static EFFECTS: LazyLock<Vec<Effect>> = LazyLock::new(|| {
    let mut effects: Vec<Effect> = (0..KNOWLEDGE.needs.len())
        .map(|need| Effect {
            need,
            exists: 0,
            changes: [Vec::new(), Vec::new()],
            helps: 0,
            harms: 0,
            sources: BTreeSet::new(),
        })
        .collect();
    let mut sampler = Sampler::default();
    for case in CASES.iter().filter(|case| is_decided(case)) {
        for (asked, place) in Asked::ALL.into_iter().zip(0..) {
            ablate(case, asked, place, &mut sampler, &mut effects);
        }
    }
    effects.sort_by_key(|effect| (std::cmp::Reverse(effect.size()), std::cmp::Reverse(effect.exists)));
    effects
});

/// Takes every need of one case away, one by one.
fn ablate(case: &'static Case, asked: Asked, place: usize, sampler: &mut Sampler, effects: &mut [Effect]) {
    let profile = case.profile(asked);
    // What the profile contradicts does not depend on needs; what is judged is the workload alone.
    let stated = derive(&KNOWLEDGE, profile, Without::Nothing);
    let error = conflicts(&KNOWLEDGE, profile, &stated).iter().any(|found| found.level == Level::Error);
    let facts = derive(&KNOWLEDGE, profile, Without::Organisation);
    let whole = assess(&KNOWLEDGE, &facts, &profile.wants);
    let before = case.verdict(asked);
    for (row, created) in whole.needs.iter().enumerate() {
        let rest = whole.without(row);
        let after = decide(&KNOWLEDGE, &facts, rest, &profile.priorities, error, sampler).verdict;
        let effect = &mut effects[created.need];
        effect.exists += usize::from(asked == Asked::AsStated);
        if said(before) == said(&after) {
            continue;
        }
        effect.changes[place].push(case.name());
        effect.helps += usize::from(case.consensus.agrees(before));
        effect.harms += usize::from(case.consensus.agrees(&after));
        for option in [before, &after].into_iter().filter_map(leader) {
            effect.sources.extend(relied_on(&whole, row, option));
        }
    }
}

fn leader(verdict: &Verdict) -> Option<OptionId> {
    verdict.leader.map(|leader| leader.option)
}

/// The sources of the answer that an option gives in this assessment.
fn relied_on(assessment: &Assessment, row: usize, option: OptionId) -> Vec<SourceId> {
    let Some(answer) = KNOWLEDGE.answer(option, assessment.needs[row].need) else { return Vec::new() };
    let variant = assessment.ratings(option)[row].variant;
    let reply = match variant {
        Some(place) => answer.variants.get(usize::from(place)).map(|variant| &variant.reply),
        None => answer.base.as_ref(),
    };
    reply.map_or_else(Vec::new, |reply| reply.sources.clone())
}

#[test]
fn no_need_decides_more_than_three_cases_on_one_source() {
    let wrong: Vec<String> = EFFECTS
        .iter()
        .filter(|effect| effect.size() > MOST_ON_ONE_SOURCE && effect.sources.len() < 2)
        .map(|effect| format!("{} changes {} verdicts: {:?}", effect.id(), effect.size(), effect.changes))
        .collect();
    assert!(wrong.is_empty(), "a second source is needed, or a smaller effect:\n{}", wrong.join("\n"));
}

/// Taking a need away must be the same as never having created it.
#[test]
fn an_assessment_without_a_need_is_that_of_the_others() {
    let case = &CASES[0];
    let facts = derive(&KNOWLEDGE, &case.profile, Without::Organisation);
    let whole = assess(&KNOWLEDGE, &facts, &case.profile.wants);
    for row in 0..whole.needs.len() {
        let rest = whole.without(row);
        assert_eq!(rest.needs.len() + 1, whole.needs.len());
        for (option, _) in KNOWLEDGE.option_ids() {
            assert_eq!(rest.ratings(option).len(), rest.needs.len());
            for (place, created) in rest.needs.iter().enumerate() {
                let before = whole.needs.iter().position(|other| other.need == created.need).unwrap();
                assert_eq!(rest.ratings(option)[place], whole.ratings(option)[before]);
                let out = |assessment: &Assessment, place: usize| {
                    assessment.vetoes(option).contains(&brokerfit::engine::Veto::Need(place))
                };
                assert_eq!(out(&rest, place), out(&whole, before));
            }
        }
    }
    assert_eq!(whole.without(whole.needs.len()).needs, whole.needs, "there is no such need");
}
