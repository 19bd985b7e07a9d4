//! Every change of the rules that a test of them should notice, each under a name that says what it is.

use std::collections::BTreeMap;

use super::answers;
use crate::expr::{Changed, ExprId};
use crate::knowledge::{Answer, Conflict, KnowledgeBase, Need, OptionId, ScopeRule, Tuning};
use crate::scenario::{conflict_name, key_name};

/// One change of the rules. What was compiled for several options from one text is changed for all of them.
#[derive(Debug, Clone)]
pub struct Mutant {
    /// Where it is, and what is changed: stable as long as that part of the rules is.
    pub id: String,
    /// What is put in the place of what.
    pub(super) patches: Vec<Patch>,
}

/// A part of the rules and what is put in its place; applied a second time, it puts the first back.
#[derive(Debug, Clone)]
pub(super) enum Patch {
    Answer { option: OptionId, need: usize, value: Answer },
    Need { need: usize, value: Need },
    Conflict { conflict: usize, value: Conflict },
    Scope { rule: usize, value: ScopeRule },
    Tuning { rule: usize, value: Tuning },
}

impl Patch {
    /// Two patches of one place exclude each other.
    fn place(&self) -> (u8, usize, usize) {
        match self {
            Self::Answer { option, need, .. } => (0, usize::from(option.0), *need),
            Self::Need { need, .. } => (1, *need, 0),
            Self::Conflict { conflict, .. } => (2, *conflict, 0),
            Self::Scope { rule, .. } => (3, *rule, 0),
            Self::Tuning { rule, .. } => (4, *rule, 0),
        }
    }

    fn swap(&mut self, knowledge: &mut KnowledgeBase<'_>) {
        match self {
            Self::Answer { option, need, value } => {
                let answers = knowledge.answers.get_mut(usize::from(option.0));
                exchange(answers.and_then(|answers| answers.get_mut(*need)), value);
            }
            Self::Need { need, value } => exchange(knowledge.needs.get_mut(*need), value),
            Self::Conflict { conflict, value } => exchange(knowledge.conflicts.get_mut(*conflict), value),
            Self::Scope { rule, value } => exchange(knowledge.scope.get_mut(*rule), value),
            Self::Tuning { rule, value } => exchange(knowledge.tuning.get_mut(*rule), value),
        }
    }
}

fn exchange<T>(place: Option<&mut T>, value: &mut T) {
    if let Some(place) = place {
        std::mem::swap(place, value);
    }
}

impl Mutant {
    /// Puts the change into the rules, and the second time takes it out again.
    pub(super) fn swap(&mut self, knowledge: &mut KnowledgeBase<'_>) {
        self.patches.iter_mut().for_each(|patch| patch.swap(knowledge));
    }
}

/// Collects changes under their names.
#[derive(Debug, Default)]
pub(super) struct Collected {
    all: Vec<Mutant>,
    known: BTreeMap<String, usize>,
}

impl Collected {
    /// Takes one change. Of the same name, it is the same change for another option; twice in one place it is another.
    pub(super) fn add(&mut self, id: &str, patch: Patch) {
        let mut number = 1;
        loop {
            let name = if number == 1 { id.to_owned() } else { format!("{id} ({number})") };
            match self.known.get(&name).and_then(|place| self.all.get_mut(*place)) {
                None => {
                    self.known.insert(name.clone(), self.all.len());
                    return self.all.push(Mutant { id: name, patches: vec![patch] });
                }
                Some(same) if same.patches.iter().all(|known| known.place() != patch.place()) => {
                    return same.patches.push(patch);
                }
                Some(_) => number += 1,
            }
        }
    }
}

/// Every mutant of a knowledge base. Changed expressions are added to its program, where nothing else reads them.
pub fn mutants(knowledge: &mut KnowledgeBase<'_>) -> Vec<Mutant> {
    let mut found = Collected::default();
    answers::collect(knowledge, &mut found);
    needs(knowledge, &mut found);
    conflicts(knowledge, &mut found);
    scope(knowledge, &mut found);
    tuning(knowledge, &mut found);
    found.all
}

/// A condition changed in each way; `free` says whether it may be left out altogether.
pub(super) fn conditions(knowledge: &mut KnowledgeBase<'_>, condition: ExprId, free: bool) -> Vec<Changed> {
    let mut program = std::mem::take(&mut knowledge.program);
    let mut changed = program.changed(condition, knowledge);
    if free {
        let change = "without its condition".to_owned();
        changed.insert(0, Changed { change, condition: program.always() });
    }
    knowledge.program = program;
    changed
}

fn needs(knowledge: &mut KnowledgeBase<'_>, found: &mut Collected) {
    for (place, need) in knowledge.needs.clone().into_iter().enumerate() {
        let id = knowledge.text(need.id).to_owned();
        for Changed { change, condition } in conditions(knowledge, need.when, true) {
            let value = Need { when: condition, ..need.clone() };
            found.add(&format!("need {id}: {change}"), Patch::Need { need: place, value });
        }
    }
}

fn conflicts(knowledge: &mut KnowledgeBase<'_>, found: &mut Collected) {
    for (place, conflict) in knowledge.conflicts.clone().into_iter().enumerate() {
        let name = format!("conflict {}", conflict_name(knowledge, &conflict));
        for Changed { change, condition } in conditions(knowledge, conflict.when, true) {
            let value = Conflict { when: condition, ..conflict.clone() };
            found.add(&format!("{name}: {change}"), Patch::Conflict { conflict: place, value });
        }
        if conflict.since.is_some() || conflict.until.is_some() {
            let value = Conflict { since: None, until: None, ..conflict.clone() };
            found.add(&format!("{name}: in every version"), Patch::Conflict { conflict: place, value });
        }
    }
}

fn scope(knowledge: &mut KnowledgeBase<'_>, found: &mut Collected) {
    for (place, rule) in knowledge.scope.clone().into_iter().enumerate() {
        let id = knowledge.text(rule.id).to_owned();
        for Changed { change, condition } in conditions(knowledge, rule.when, true) {
            let value = ScopeRule { when: condition, ..rule.clone() };
            found.add(&format!("scope {id}: {change}"), Patch::Scope { rule: place, value });
        }
    }
}

fn tuning(knowledge: &mut KnowledgeBase<'_>, found: &mut Collected) {
    for (place, rule) in knowledge.tuning.clone().into_iter().enumerate() {
        let name = format!("setting {}", key_name(knowledge, &rule));
        for Changed { change, condition } in rule.when.map_or_else(Vec::new, |when| conditions(knowledge, when, true)) {
            let value = Tuning { when: Some(condition), ..rule.clone() };
            found.add(&format!("{name}: {change}"), Patch::Tuning { rule: place, value });
        }
        for (choice, (when, _)) in rule.choose.iter().enumerate() {
            for Changed { change, condition } in when.map_or_else(Vec::new, |when| conditions(knowledge, when, true)) {
                let mut value = rule.clone();
                if let Some((when, _)) = value.choose.get_mut(choice) {
                    *when = Some(condition);
                }
                found.add(&format!("{name}, value {}: {change}", choice + 1), Patch::Tuning { rule: place, value });
            }
        }
        if rule.since.is_some() || rule.until.is_some() {
            let value = Tuning { since: None, until: None, ..rule.clone() };
            found.add(&format!("{name}: in every version"), Patch::Tuning { rule: place, value });
        }
    }
}
