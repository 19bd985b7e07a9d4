//! What to ask next: the facts that nobody stated, by how far their plausible answers move the shares of the brokers.

use super::trial::{Trial, Tried};
use crate::engine::{Judgement, Sampler};
use crate::expr::FactId;
use crate::facts::between;
use crate::knowledge::{Fact, FactKind, Given};
use crate::profile::Stated;
use crate::quantity::{Interval, Kind};

/// Where in a range of plausible amounts answers are tried.
const PLACES: [f64; 5] = [0.1, 0.3, 0.5, 0.7, 0.9];
/// What moves less is not worth asking.
const LEAST: f64 = 0.005;

/// A question that nobody answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// The fact that would answer it.
    pub fact: FactId,
    /// How far its answers move the shares: from 0, not at all, to 1, each answer turns everything. The mean over plausible
    /// answers of half the sum of what each broker's share changes by; an answer that calls for another number of brokers
    /// counts as 1.
    pub moves: f64,
}

/// Every question whose answers move the verdict, the most decisive first.
pub fn questions(trial: &Trial<'_, '_>, now: &Judgement, sampler: &mut Sampler) -> Vec<Asked> {
    let mut asked = Vec::new();
    for (id, fact) in trial.knowledge.fact_ids().filter(|(_, fact)| fact.question.is_some()) {
        let answered = trial.profile.statement(id).is_some_and(|it| !matches!(it.value, Stated::Unknown));
        let answers = fact.plausible.filter(|_| !answered).map(|plausible| answers(fact, plausible));
        let Some(answers) = answers.filter(|answers| answers.len() > 1) else { continue };
        let count = f64::from(u32::try_from(answers.len()).unwrap_or(u32::MAX));
        let mut tried = trial.of(id);
        if tried.is_idle() {
            continue;
        }
        let sum: f64 = answers.iter().map(|answer| moved(&mut tried, answer, now, sampler)).sum();
        let moves = sum / count;
        if moves >= LEAST {
            asked.push(Asked { fact: id, moves });
        }
    }
    asked.sort_by(|left, right| right.moves.total_cmp(&left.moves));
    asked
}

/// What may be answered.
fn answers(fact: &Fact, plausible: Given) -> Vec<Stated> {
    let stated = |value: Given| Stated::Value { value, kind: fact.kind.quantity(), words: Vec::new() };
    match (fact.kind, plausible) {
        (FactKind::Bool, Given::Bool { may_be_false: true, may_be_true: true }) => {
            [false, true].map(|truth| stated(Given::Bool { may_be_false: !truth, may_be_true: truth })).to_vec()
        }
        (FactKind::Word(_), Given::Words(words)) => (0..64)
            .map(|word| 1_u64 << word)
            .filter(|word| words & word != 0)
            .map(|word| stated(Given::Words(word)))
            .collect(),
        (_, Given::Number(range)) if !range.is_point() && range.hi.is_finite() => {
            let counts = fact.kind.quantity() == Some(Kind::Count);
            let mut all: Vec<f64> = PLACES.iter().map(|place| between(range, *place)).collect();
            if counts {
                all = all.into_iter().map(|amount| (amount + 0.5).floor()).collect();
                all.dedup();
            }
            all.into_iter().map(|amount| stated(Given::Number(Interval::point(amount)))).collect()
        }
        _ => Vec::new(),
    }
}

/// How far one answer moves the shares.
fn moved(tried: &mut Tried<'_, '_, '_>, answer: &Stated, now: &Judgement, sampler: &mut Sampler) -> f64 {
    let Some((kind, shares, neither)) = tried.shares(answer, sampler) else { return 0.0 };
    if kind != now.verdict.kind {
        return 1.0;
    }
    let changed: f64 = shares.iter().zip(&now.standings).map(|(then, now)| (then - now.share).abs()).sum();
    f64::midpoint(changed, (neither - now.neither).abs())
}
