//! Hunts every mutant: first over the cases, which should kill it, then over a population, which says whether it matters.

use std::cell::RefCell;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::ground::{Ground, Outcome};
use super::mutants::{Mutant, Patch};
use crate::engine::Sampler;
use crate::knowledge::KnowledgeBase;
use crate::knowledge::check::check;
use crate::profile::Profile;

/// What a hunt needs.
#[derive(Debug)]
pub struct Hunt<'h, 'k> {
    /// The rules, with every changed expression in their program.
    pub knowledge: &'h KnowledgeBase<'k>,
    /// Flows of which something is expected.
    pub cases: &'h [Ground],
    /// Further flows, over which a survivor may matter.
    pub population: &'h [Ground],
}

/// What became of a mutant.
#[derive(Debug, Clone)]
pub enum Fate {
    /// A case fails.
    Killed {
        /// The case's name.
        by: String,
    },
    /// Such rules do not load.
    Refused,
    /// No case fails, and nothing that counts changes for any flow of the population.
    Harmless,
    /// No case fails, and this flow gets something else.
    Matters(Box<Witness>),
}

/// A flow that a mutant changes, without what does not take part in it.
#[derive(Debug, Clone)]
pub struct Witness {
    /// The flow.
    pub profile: Profile,
    /// What it gets.
    pub difference: Difference,
}

/// What a flow gets that it did not get before.
#[derive(Debug, Clone, Copy)]
pub enum Difference {
    /// Another setting, or another contradiction: what is told beside the verdict.
    Told,
    /// Another verdict.
    Verdict {
        /// Under the rules as they are.
        before: Outcome,
        /// Under the changed rules.
        after: Outcome,
    },
}

/// A mutant with its fate.
#[derive(Debug)]
pub struct Hunted {
    /// The mutant's name.
    pub id: String,
    /// What became of it.
    pub fate: Fate,
}

/// Hunts mutants on several threads; in the order of the mutants.
pub fn hunt(hunt: &Hunt<'_, '_>, mutants: &[Mutant], threads: usize) -> Vec<Hunted> {
    let next = AtomicUsize::new(0);
    let mut found: Vec<(usize, Hunted)> = std::thread::scope(|scope| {
        let work = || {
            let mut hunter =
                Hunter { hunt, changed: hunt.knowledge.clone(), sampler: RefCell::new(Sampler::default()) };
            let mut found = Vec::new();
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(mutant) = mutants.get(place) else { return found };
                found.push((place, Hunted { id: mutant.id.clone(), fate: hunter.fate(mutant.clone()) }));
            }
        };
        let workers: Vec<_> = (0..threads.max(1)).map(|_| scope.spawn(work)).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).flatten().collect()
    });
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, hunted)| hunted).collect()
}

/// One thread's own copy of the rules.
struct Hunter<'h, 'k> {
    hunt: &'h Hunt<'h, 'k>,
    changed: KnowledgeBase<'k>,
    sampler: RefCell<Sampler>,
}

impl Hunter<'_, '_> {
    fn fate(&mut self, mut mutant: Mutant) -> Fate {
        mutant.swap(&mut self.changed);
        let fate = self.judged(&mutant.patches);
        mutant.swap(&mut self.changed);
        fate
    }

    fn judged(&self, patches: &[Patch]) -> Fate {
        for case in self.hunt.cases {
            let affected = patches.iter().any(|patch| case.expects(patch) && self.touches(case, patch));
            if affected && case.fails(&self.changed, &self.sampler) {
                return Fate::Killed { by: case.profile.name.clone() };
            }
        }
        if !check(&self.changed).is_empty() {
            return Fate::Refused;
        }
        let all = self.hunt.cases.iter().chain(self.hunt.population);
        let witness = all.into_iter().find_map(|ground| self.differs(ground, patches));
        witness.map_or(Fate::Harmless, |witness| Fate::Matters(Box::new(witness)))
    }

    fn touches(&self, ground: &Ground, patch: &Patch) -> bool {
        ground.touched(self.hunt.knowledge, &self.changed, patch)
    }

    fn differs(&self, ground: &Ground, patches: &[Patch]) -> Option<Witness> {
        self.shows(ground, patches).map(|difference| self.least(ground, patches, difference))
    }

    /// The same flow with as little stated as shows the change.
    fn least(&self, ground: &Ground, patches: &[Patch], difference: Difference) -> Witness {
        let mut least = Witness { profile: ground.profile.clone(), difference };
        let mut place = 0;
        while place < least.profile.statements.len() {
            let mut fewer = least.profile.clone();
            fewer.statements.remove(place);
            let ground = Ground::new(self.hunt.knowledge, fewer, &self.sampler);
            match self.shows(&ground, patches) {
                Some(difference) => least = Witness { profile: ground.profile, difference },
                None => place += 1,
            }
        }
        least
    }

    /// What a flow gets that it did not get before: another verdict, or of a contradiction or a setting any change at all,
    /// for these are told beside the verdict.
    fn shows(&self, ground: &Ground, patches: &[Patch]) -> Option<Difference> {
        let touched: Vec<&Patch> = patches.iter().filter(|patch| self.touches(ground, patch)).collect();
        if touched.is_empty() {
            return None;
        }
        if touched.iter().any(|patch| matches!(patch, Patch::Conflict { .. } | Patch::Tuning { .. })) {
            return Some(Difference::Told);
        }
        let (before, after) = (ground.before(), ground.outcome(&self.changed, &self.sampler));
        (before != after).then_some(Difference::Verdict { before, after })
    }
}
