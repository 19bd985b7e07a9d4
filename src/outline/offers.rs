//! What may be stated besides, a line each that can stand in the profile as it is: first what the origin knows and twelve
//! lines have no room for, then what it cannot know, then what changes the verdict, most of all first, then the rest.

use serde_json::Value;

use super::Extent;
use super::lines::{Line, Root, first, line, place, root};
use crate::advice::Advice;
use crate::diagnostic::Severity;
use crate::expr::FactId;
use crate::facts::detail;
use crate::import::Draft;
use crate::knowledge::KnowledgeBase;
use crate::profile::{Profile, Stated, Statement, answer};
use crate::sensitivity::{Change, Likelihood};

/// What a line with several facts may have at the most, in characters.
const LONGEST: usize = 92;

/// Why lines stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// The origin knows it, and there was no room for it.
    Known,
    /// The origin cannot know it.
    Open,
    /// It can change the verdict.
    Verdict,
    /// It changes settings, sizes and checks.
    Settings,
}

/// Lines that stand together.
#[derive(Debug)]
pub struct Section {
    /// Why.
    pub heading: Heading,
    /// Where they stand.
    pub root: Root,
    /// The lines.
    pub offers: Vec<Offer>,
}

/// A line that may be stated.
#[derive(Debug)]
pub struct Offer {
    /// The facts of which it speaks: those of a group, or one.
    pub facts: Vec<FactId>,
    /// The line, with what is taken for the facts until somebody says otherwise.
    pub line: Line,
    /// The value that is nearest to it and would change the verdict.
    pub change: Option<Change>,
    /// Of all draws, how many its answers move.
    pub moves: Option<f64>,
    /// Why the origin cannot know it.
    pub why: Option<String>,
}

/// What offers rest on.
pub(super) struct Offers<'o, 'k> {
    pub(super) knowledge: &'o KnowledgeBase<'k>,
    pub(super) advice: &'o Advice<'o>,
    /// The profile with what twelve lines have no room for.
    pub(super) whole: &'o Profile,
    pub(super) origins: &'o [(FactId, String)],
    pub(super) draft: &'o Draft,
}

impl Offers<'_, '_> {
    /// Every section that has lines, those of the workload before those of the environment.
    pub(super) fn sections(&self, extent: Extent) -> Vec<Section> {
        let mut taken: Vec<FactId> = self.whole.statements.iter().map(|statement| statement.fact).collect();
        let mut fresh = |facts: Vec<FactId>| {
            let mut kept = Vec::new();
            for fact in facts {
                if !taken.contains(&fact) {
                    taken.push(fact);
                    kept.push(fact);
                }
            }
            kept
        };
        let single = |facts: Vec<FactId>| facts.into_iter().filter_map(|fact| self.offer(&[fact])).collect();
        let mut all: Vec<(Heading, Vec<Offer>)> = vec![(Heading::Known, self.known())];
        all.push((Heading::Open, single(fresh(self.open()))));
        if extent >= Extent::Verdict {
            all.push((Heading::Verdict, single(fresh(self.decisive()))));
        }
        if extent >= Extent::Whole {
            all.push((Heading::Settings, self.packed(&fresh(self.rest()))));
        }
        let mut sections = Vec::new();
        for root in [Root::Workload, Root::Environment] {
            for (heading, offers) in &mut all {
                let here: Vec<Offer> = offers.extract_if(.., |offer| offer.line.root == root).collect();
                if !here.is_empty() {
                    sections.push(Section { heading: *heading, root, offers: here });
                }
            }
        }
        sections
    }

    /// What is known and left out, a line a group.
    fn known(&self) -> Vec<Offer> {
        let mut all: Vec<Offer> = Vec::new();
        for statement in &self.whole.statements {
            let group = first(self.knowledge.fact_name(statement.fact));
            let stands = self.advice.profile.statement(statement.fact).is_some();
            if stands || all.iter().any(|offer| offer.line.key == group) {
                continue;
            }
            let line = line(self.knowledge, self.whole, group, self.origins);
            all.extend(line.map(|line| Offer { facts: Vec::new(), line, change: None, moves: None, why: None }));
        }
        all.sort_by_key(|offer| place(&offer.line.key));
        all
    }

    /// What the origin cannot know.
    fn open(&self) -> Vec<FactId> {
        self.draft.open.iter().filter_map(|open| self.knowledge.find_fact(&open.fact)).collect()
    }

    /// What can change the verdict: questions by how far their answers move it, then values that are within reach.
    fn decisive(&self) -> Vec<FactId> {
        let asked = self.advice.questions.iter().map(|asked| asked.fact);
        let within_reach = self.advice.changes.iter().filter(|change| change.likelihood < Likelihood::Remote);
        asked.chain(within_reach.map(|change| change.fact)).collect()
    }

    /// Every fact, as profiles are usually written.
    fn rest(&self) -> Vec<FactId> {
        let stated =
            |fact: &FactId| self.knowledge.fact(*fact).is_some_and(|fact| !fact.derived && fact.question.is_some());
        let mut all: Vec<FactId> = self.knowledge.shown_facts().filter(stated).collect();
        all.sort_by_key(|fact| place(first(self.knowledge.fact_name(*fact))));
        all
    }

    /// The facts of a group on one line, or on several where one would be too long.
    fn packed(&self, facts: &[FactId]) -> Vec<Offer> {
        let mut all: Vec<Offer> = Vec::new();
        for fact in facts {
            let group = first(self.knowledge.fact_name(*fact));
            if let Some(last) = all.last_mut().filter(|last| last.line.key == group) {
                let together = self.offer(&[&last.facts[..], &[*fact]].concat());
                if let Some(together) = together.filter(|offer| group.len() + length(&offer.line.value) <= LONGEST) {
                    *last = together;
                    continue;
                }
            }
            all.extend(self.offer(&[*fact]));
        }
        all
    }

    /// Some facts of a group, with what is taken for them until somebody says otherwise.
    fn offer(&self, facts: &[FactId]) -> Option<Offer> {
        let knowledge = self.knowledge;
        let first_fact = *facts.first()?;
        knowledge.fact(first_fact).filter(|fact| !fact.derived && fact.question.is_some())?;
        let group = first(knowledge.fact_name(first_fact));
        let mut profile = self.advice.profile.clone();
        for fact in facts {
            profile = profile.stating(*fact, self.taken(*fact));
        }
        let mut line = line(knowledge, &profile, group, &[]).filter(|line| line.root == root(group))?;
        for fact in facts {
            let parts: Vec<&str> = knowledge.fact_name(*fact).split('.').skip(1).collect();
            put_last(&mut line.value, &parts);
        }
        let change = self.advice.changes.iter().find(|change| change.fact == first_fact);
        let change = change.filter(|change| change.likelihood < Likelihood::Remote).cloned();
        let moves = self.advice.questions.iter().find(|asked| asked.fact == first_fact).map(|asked| asked.moves);
        let open = self.draft.open.iter().find(|open| open.fact == knowledge.fact_name(first_fact));
        Some(Offer { facts: facts.to_vec(), line, change, moves, why: open.map(|open| open.why.clone()) })
    }

    /// What is taken for a fact: as people write it, where that can be read.
    fn taken(&self, id: FactId) -> Stated {
        let shown = detail(self.knowledge, self.advice.profile, &self.advice.facts, id);
        // No name is `none`, and an empty list is no name.
        let list = self.knowledge.fact(id).is_some_and(|fact| fact.kind.is_list());
        let texts = if list { vec![shown.value] } else { vec![shown.shown, shown.value] };
        for text in texts {
            let mut profile = Profile::named("");
            let problems = answer(self.knowledge, &mut profile, id, &text, 0);
            let read = problems.iter().all(|problem| problem.severity != Severity::Error);
            if let Some(Statement { value, .. }) = profile.statements.pop().filter(|_| read) {
                return value;
            }
        }
        Stated::Unknown
    }
}

/// How long a line is, about.
fn length(value: &Value) -> usize {
    match value {
        Value::Object(map) => map.iter().map(|(key, value)| key.len() + 4 + length(value)).sum::<usize>() + 2,
        Value::Array(items) => items.iter().map(|item| length(item) + 2).sum::<usize>(),
        Value::String(text) => text.chars().count(),
        other => other.to_string().len(),
    }
}

/// Puts what a path of keys leads to behind everything else: what is new in a line stands at its end.
fn put_last(value: &mut Value, path: &[&str]) {
    let (Value::Object(map), Some((key, path))) = (value, path.split_first()) else { return };
    if let Some(mut inner) = map.shift_remove(*key) {
        put_last(&mut inner, path);
        map.insert((*key).to_owned(), inner);
    }
}
