//! Judges a profile at every cell of a grid, as `advise` does at quick depth. Verdicts are remembered by all that a
//! decision reads, so that cells which nothing tells apart are decided once.

use std::collections::BTreeMap;

use super::{Axis, Cell, Grid, Outcome, Region, Step};
use crate::advice::{Found, Question, assessed, conflicts};
use crate::engine::{Assessment, Kind, Rated, Sampler, Verdict, Veto, decide};
use crate::expr::{FactId, Tri};
use crate::facts::{Facts, Origin, View, Without, derive};
use crate::knowledge::{KnowledgeBase, Level};
use crate::profile::{Profile, Statement};

/// Judges the profile in every cell.
pub fn judge_all(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    question: &Question,
    axes: (Axis, Option<Axis>),
    sampler: &mut Sampler,
) -> Grid {
    let (x, y) = axes;
    let mut judge = Judge { knowledge, question, sampler, decided: BTreeMap::new(), found: Vec::new() };
    let (as_written, _) = judge.judge(profile);
    judge.found.clear();
    let mut cells = Vec::with_capacity(x.steps.len() * y.as_ref().map_or(1, |axis| axis.steps.len()));
    let mut at = profile.clone();
    let rows: Vec<Option<&Step>> = y.as_ref().map_or_else(|| vec![None], |axis| axis.steps.iter().map(Some).collect());
    for row in rows {
        if let (Some(axis), Some(step)) = (&y, row) {
            state(&mut at, axis.fact, step);
        }
        for step in &x.steps {
            state(&mut at, x.fact, step);
            let (outcome, contradictions) = judge.judge(&at);
            cells.push(Cell { outcome, contradictions });
        }
    }
    let (contradictions, everywhere) = part(judge.found, &mut cells);
    Grid { x, y, cells, contradictions, everywhere, as_written }
}

/// States a value, in place of what was stated.
fn state(profile: &mut Profile, fact: FactId, step: &Step) {
    let statement = Statement { fact, value: step.stated.clone(), span: None };
    match profile.statements.binary_search_by_key(&fact, |known| known.fact) {
        Ok(place) => {
            if let Some(known) = profile.statements.get_mut(place) {
                *known = statement;
            }
        }
        Err(place) => profile.statements.insert(place, statement),
    }
}

/// Parts the contradictions that hold in every cell from the others; cells name the others by their new places.
fn part(found: Vec<Found>, cells: &mut [Cell]) -> (Vec<Found>, Vec<Found>) {
    let counts: Vec<usize> = (0..found.len())
        .map(|place| cells.iter().filter(|cell| cell.contradictions.contains(&place)).count())
        .collect();
    let (mut some, mut everywhere) = (Vec::new(), Vec::new());
    let mut places = Vec::with_capacity(found.len());
    for (contradiction, count) in found.into_iter().zip(counts) {
        let all = count == cells.len();
        places.push((!all).then_some(some.len()));
        if all { everywhere.push(contradiction) } else { some.push(contradiction) }
    }
    for cell in cells {
        cell.contradictions = cell.contradictions.iter().filter_map(|old| *places.get(*old)?).collect();
    }
    (some, everywhere)
}

/// All that a decision reads beside what is the same in every cell.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Read {
    /// Created needs: which, whether musts, whether by assumption. Their amounts are in the ratings already.
    needs: Vec<(usize, bool, bool)>,
    ratings: Vec<Vec<Rated>>,
    vetoes: Vec<Vec<Veto>>,
    /// Where each fact comes from, and whether it is a guess.
    origins: Vec<(Origin, bool)>,
    /// Which scope rules hold.
    scope: Vec<bool>,
    contradicts: bool,
}

impl Read {
    fn of(knowledge: &KnowledgeBase<'_>, facts: &Facts, assessment: &Assessment, contradicts: bool) -> Self {
        let stated = View::stated(knowledge, facts);
        let holds = |when| knowledge.program.holds(when, &stated) == Tri::True;
        Self {
            needs: assessment.needs.iter().map(|created| (created.need, created.must, created.by_assumption)).collect(),
            ratings: assessment.ratings.clone(),
            vetoes: assessment.vetoes.clone(),
            origins: knowledge.fact_ids().map(|(id, _)| (facts.origin(id), facts.is_guess(id))).collect(),
            scope: knowledge.scope.iter().map(|rule| holds(rule.when)).collect(),
            contradicts,
        }
    }
}

struct Judge<'j> {
    knowledge: &'j KnowledgeBase<'j>,
    question: &'j Question,
    sampler: &'j mut Sampler,
    decided: BTreeMap<Read, Outcome>,
    /// Every contradiction of level error so far, as it read where it was found first.
    found: Vec<Found>,
}

impl Judge<'_> {
    /// What comes out of a profile, and which of the contradictions it has.
    fn judge(&mut self, profile: &Profile) -> (Outcome, Vec<usize>) {
        let knowledge = self.knowledge;
        let facts = derive(knowledge, profile, Without::Nothing);
        let errors: Vec<Found> =
            conflicts(knowledge, profile, &facts).into_iter().filter(|found| found.level == Level::Error).collect();
        let assessment = assessed(knowledge, profile, &facts, self.question);
        let read = Read::of(knowledge, &facts, &assessment, !errors.is_empty());
        let known = self.decided.get(&read).copied();
        let outcome = known.unwrap_or_else(|| {
            let priorities = &profile.priorities;
            let judgement = decide(knowledge, &facts, assessment, priorities, read.contradicts, self.sampler);
            outcome(&judgement.verdict)
        });
        if known.is_none() {
            self.decided.insert(read, outcome);
        }
        (outcome, errors.into_iter().map(|found| self.place(found)).collect())
    }

    /// A contradiction's place among those found so far.
    fn place(&mut self, found: Found) -> usize {
        if let Some(place) = self.found.iter().position(|known| known.id == found.id) {
            return place;
        }
        self.found.push(found);
        self.found.len() - 1
    }
}

fn outcome(verdict: &Verdict) -> Outcome {
    let region = match (verdict.kind, verdict.leader) {
        (Kind::One, Some(leader)) => Region::One(leader),
        (Kind::Both, _) => Region::Both,
        (Kind::One | Kind::Neither, _) => Region::Neither,
    };
    Outcome { region, strength: verdict.strength }
}
