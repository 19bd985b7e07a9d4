//! A value that follows from no fact is one that its key takes: elsewhere amounts are held within a key's range, and what a
//! person wrote out must not be changed in silence.

use super::Wrong;
use super::bands::Nothing;
use crate::diagnostic::Diagnostic;
use crate::knowledge::{CatalogueKey, Choice, Citing, KeyType, KnowledgeBase, Spot};

pub(super) fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Wrong> {
    let mut problems = Vec::new();
    for (place, tuning) in knowledge.tuning.iter().enumerate() {
        let Some(key) = knowledge.catalogue.get(usize::from(tuning.key)) else { continue };
        for (_, value) in &tuning.choose {
            let Choice::Number(formula) = value else { continue };
            let mut read = Vec::new();
            knowledge.program.reads(*formula, &mut read);
            let amount = knowledge.program.number(*formula, &Nothing);
            if !read.is_empty() || knowledge.program.reads_own(*formula) || !amount.is_point() {
                continue;
            }
            if let Some(why) = refused(key, amount.lo) {
                let message = format!("`{}` is set to what it does not take: {why}", knowledge.text(key.id));
                let problem = Diagnostic::error("value-out-of-range", message).help("write a value that the key takes");
                problems.push(Wrong::at(problem, Spot::from(Citing::Setting(place)).field("value")));
            }
        }
    }
    problems
}

/// Why a key does not take an amount in base units.
fn refused(key: &CatalogueKey, amount: f64) -> Option<String> {
    let raw = amount / key.unit.measure().0;
    if let Some(least) = key.min.filter(|least| raw < least - least.abs() * 1e-9) {
        return Some(format!("{least} is the least"));
    }
    if let Some(most) = key.max.filter(|most| raw > most + most.abs() * 1e-9) {
        return Some(format!("{most} is the most"));
    }
    let whole = (raw - raw.round()).abs() <= raw.abs() * 1e-9;
    (key.kind == KeyType::Integer && !whole).then(|| "it is a whole number".to_owned())
}
