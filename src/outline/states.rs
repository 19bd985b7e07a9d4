//! What a draft states, as far as a profile can say it, and what of it stays within twelve lines.

use super::{LINES, lines};
use crate::advice::{Question, advise};
use crate::diagnostic::Severity;
use crate::engine::{Judgement, Sampler};
use crate::expr::FactId;
use crate::import::{Draft, Found};
use crate::knowledge::KnowledgeBase;
use crate::profile::{Profile, answer};

/// What a flow is called of which nobody says.
pub const UNNAMED: &str = "my-flow";

/// What a draft says and no profile can.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What the draft says.
    pub found: Found,
    /// Why it cannot be stated.
    pub why: String,
}

/// What a draft states.
pub(super) struct Stated {
    pub(super) profile: Profile,
    /// Of each fact, by what it is known.
    pub(super) origins: Vec<(FactId, String)>,
    pub(super) refused: Vec<Refused>,
}

/// States what a profile can say of a draft. A value that the vocabulary does not take is not stated, whoever gave it.
pub(super) fn stated(knowledge: &KnowledgeBase<'_>, draft: &Draft) -> Stated {
    let mut all = Stated { profile: Profile::named(name(&draft.name)), origins: Vec::new(), refused: Vec::new() };
    for found in &draft.found {
        let fact = knowledge.find_fact(&found.fact);
        let fact = fact.filter(|id| knowledge.fact(*id).is_some_and(|fact| fact.question.is_some()));
        let Some(fact) = fact else {
            all.refused.push(Refused { found: found.clone(), why: "no fact has this name".to_owned() });
            continue;
        };
        let mut profile = all.profile.clone();
        let problems = answer(knowledge, &mut profile, fact, &found.value, 0);
        let wrong = problems.into_iter().find(|problem| problem.severity == Severity::Error);
        if let Some(problem) = wrong {
            all.refused.push(Refused { found: found.clone(), why: problem.message });
            continue;
        }
        all.profile = profile;
        all.origins.retain(|(known, _)| *known != fact);
        all.origins.push((fact, found.from.clone()));
    }
    all
}

/// A name that a profile can have: one line that is not empty.
fn name(text: &str) -> String {
    let plain: String = text.trim().chars().map(|it| if it.is_control() { '-' } else { it }).collect();
    if plain.is_empty() { UNNAMED.to_owned() } else { plain }
}

/// Leaves out what changes the verdict least, until the rest fits into twelve lines.
pub(super) fn shorten(knowledge: &KnowledgeBase<'_>, profile: &mut Profile, sampler: &mut Sampler) {
    let mut groups = groups(knowledge, profile);
    // The name, and the key above the facts of the workload.
    let others = 2 + usize::from(profile.decision.is_some());
    let Some(too_many) = (others + groups.len()).checked_sub(LINES).filter(|more| *more > 0) else { return };
    let now = judged(knowledge, profile, sampler);
    let mut by_effect: Vec<(f64, String)> = groups
        .drain(..)
        .map(|group| {
            let mut without = profile.clone();
            leave_out(knowledge, &mut without, &group);
            (apart(&now, &judged(knowledge, &without, sampler)), group)
        })
        .collect();
    // Of two that change it alike the later one goes.
    by_effect.reverse();
    by_effect.sort_by(|left, right| left.0.total_cmp(&right.0));
    for (_, group) in by_effect.iter().take(too_many) {
        leave_out(knowledge, profile, group);
    }
}

/// The groups that are stated, in the order of the lines.
fn groups(knowledge: &KnowledgeBase<'_>, profile: &Profile) -> Vec<String> {
    let mut groups: Vec<String> = Vec::new();
    for statement in &profile.statements {
        let group = lines::first(knowledge.fact_name(statement.fact));
        if !groups.iter().any(|known| known == group) {
            groups.push(group.to_owned());
        }
    }
    groups.sort_by_key(|group| lines::place(group));
    groups
}

fn leave_out(knowledge: &KnowledgeBase<'_>, profile: &mut Profile, group: &str) {
    profile.statements.retain(|statement| lines::first(knowledge.fact_name(statement.fact)) != group);
}

fn judged(knowledge: &KnowledgeBase<'_>, profile: &Profile, sampler: &mut Sampler) -> Judgement {
    advise(knowledge, profile, &Question::default(), sampler).judgement
}

/// How far two verdicts are apart: another one is further than any shift of shares.
fn apart(one: &Judgement, other: &Judgement) -> f64 {
    let same = one.verdict.kind == other.verdict.kind && one.verdict.leader == other.verdict.leader;
    let shifts = one.standings.iter().zip(&other.standings).map(|(one, other)| (one.share - other.share).abs());
    shifts.sum::<f64>() + if same { 0.0 } else { 2.0 }
}
