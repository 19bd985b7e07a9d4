//! What may be stated besides, a line each that can stand in the profile as it is: first what the origin knows and twelve
//! lines have no room for, then what it cannot know, then what changes the verdict, most of all first, then the rest.

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
    /// The fact of which it speaks; of several that are known, the first.
    pub fact: FactId,
    /// The line, with what is taken for the fact until somebody says otherwise.
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
        let mut all = vec![(Heading::Known, self.known())];
        let mut taken: Vec<FactId> = self.whole.statements.iter().map(|statement| statement.fact).collect();
        let mut fresh = |offers: Vec<Offer>| {
            let mut kept = Vec::new();
            for offer in offers {
                if !taken.contains(&offer.fact) {
                    taken.push(offer.fact);
                    kept.push(offer);
                }
            }
            kept
        };
        all.push((Heading::Open, fresh(self.open())));
        if extent >= Extent::Verdict {
            all.push((Heading::Verdict, fresh(self.decisive())));
        }
        if extent >= Extent::Whole {
            all.push((Heading::Settings, fresh(self.rest())));
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
            all.extend(line.map(|line| Offer { fact: statement.fact, line, change: None, moves: None, why: None }));
        }
        all.sort_by_key(|offer| place(&offer.line.key));
        all
    }

    /// What the origin cannot know.
    fn open(&self) -> Vec<Offer> {
        let named = self.draft.open.iter().filter_map(|open| Some((self.knowledge.find_fact(&open.fact)?, &open.why)));
        named
            .filter_map(|(fact, why)| Some(Offer { why: Some(why.clone()), ..self.offer(fact)? }))
            .collect()
    }

    /// What can change the verdict: questions by how far their answers move it, then values that are within reach.
    fn decisive(&self) -> Vec<Offer> {
        let asked = self.advice.questions.iter().map(|asked| asked.fact);
        let within_reach = self.advice.changes.iter().filter(|change| change.likelihood < Likelihood::Remote);
        asked.chain(within_reach.map(|change| change.fact)).filter_map(|fact| self.offer(fact)).collect()
    }

    /// Everything else that a profile may state, as it is usually written.
    fn rest(&self) -> Vec<Offer> {
        let mut all: Vec<Offer> = self.knowledge.shown_facts().filter_map(|fact| self.offer(fact)).collect();
        all.sort_by_key(|offer| place(&offer.line.key));
        all
    }

    /// One fact, with what is taken for it until somebody says otherwise.
    fn offer(&self, id: FactId) -> Option<Offer> {
        let knowledge = self.knowledge;
        let fact = knowledge.fact(id).filter(|fact| !fact.derived && fact.question.is_some())?;
        let profile = self.advice.profile.stating(id, self.taken(id));
        let group = first(knowledge.text(fact.name));
        let line = line(knowledge, &profile, group, &[]).filter(|line| line.root == root(group))?;
        let moves = self.advice.questions.iter().find(|asked| asked.fact == id).map(|asked| asked.moves);
        let change = self.advice.changes.iter().find(|change| change.fact == id);
        let change = change.filter(|change| change.likelihood < Likelihood::Remote).cloned();
        Some(Offer { fact: id, line, change, moves, why: None })
    }

    /// What is taken for a fact: as people write it, where that can be read.
    fn taken(&self, id: FactId) -> Stated {
        let shown = detail(self.knowledge, self.advice.profile, &self.advice.facts, id);
        for text in [shown.shown, shown.value] {
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
