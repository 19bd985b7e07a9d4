//! What reads a fact: needs, answers, conflicts, scope rules, settings, other facts.

use super::answers;
use crate::expr::{ExprId, FactId};
use crate::knowledge::{Answer, Choice, Fact, FitRule, Inferred, KnowledgeBase, Tuning};

/// What reads one fact.
pub(super) struct Readers<'r> {
    pub(super) knowledge: &'r KnowledgeBase<'r>,
    pub(super) fact: FactId,
}

impl Readers<'_> {
    fn among(&self, expressions: impl IntoIterator<Item = ExprId>) -> bool {
        let mut read = Vec::new();
        for expression in expressions {
            self.knowledge.program.reads(expression, &mut read);
        }
        read.contains(&self.fact)
    }

    pub(super) fn needs(&self) -> Vec<String> {
        let reading = self.knowledge.needs.iter().filter(|need| {
            need.facts.contains(&self.fact) || need.over == Some(self.fact) || self.among(need.because.expressions())
        });
        reading.map(|need| self.knowledge.text(need.id).to_owned()).collect()
    }

    /// Needs whose condition rests on it through formulas.
    pub(super) fn resting(&self) -> Vec<String> {
        let direct = self.needs();
        let resting = self.knowledge.needs.iter().filter(|need| need.rests_on.contains(&self.fact));
        let ids = resting.map(|need| self.knowledge.text(need.id).to_owned());
        ids.filter(|id| !direct.contains(id)).collect()
    }

    /// Answers whose conditions or edges read it.
    pub(super) fn answers(&self) -> Vec<String> {
        let knowledge = self.knowledge;
        let mut reading = Vec::new();
        for (option, _) in knowledge.option_ids() {
            for need in 0..knowledge.needs.len() {
                if knowledge.answer(option, need).is_some_and(|answer| self.among(expressions(answer))) {
                    reading.push(answers::id(knowledge, option, need));
                }
            }
        }
        reading
    }

    pub(super) fn conflicts(&self) -> Vec<String> {
        let reading = self.knowledge.conflicts.iter();
        let reading = reading.filter(|it| it.facts.contains(&self.fact) || self.among([it.when]));
        reading.map(|it| self.knowledge.text(it.id).to_owned()).collect()
    }

    pub(super) fn scope(&self) -> Vec<String> {
        let reading = self.knowledge.scope.iter().filter(|rule| self.among([rule.when]));
        reading.map(|rule| self.knowledge.text(rule.id).to_owned()).collect()
    }

    /// What a second broker costs, where the fact makes it cost more or less.
    pub(super) fn costs(&self) -> Vec<String> {
        let reading = self.knowledge.costs.iter().filter(|it| self.among(it.cases.iter().map(|case| case.when)));
        reading.map(|it| self.knowledge.text(it.id).to_owned()).collect()
    }

    pub(super) fn settings(&self) -> Vec<String> {
        let reading = self.knowledge.tuning.iter().filter(|tuning| self.among(values(tuning)));
        let keys = reading.filter_map(|tuning| self.knowledge.catalogue.get(usize::from(tuning.key)));
        keys.map(|key| self.knowledge.text(key.id).to_owned()).collect()
    }

    /// Keys with a limit that reads it.
    pub(super) fn limits(&self) -> Vec<String> {
        let reading = self.knowledge.limits.iter();
        let reading = reading.filter(|limit| self.among(limit.when.into_iter().chain(limit.bound.formula())));
        let keys = reading.filter_map(|limit| self.knowledge.catalogue.get(usize::from(limit.key)));
        keys.map(|key| self.knowledge.text(key.id).to_owned()).collect()
    }

    pub(super) fn facts(&self) -> Vec<String> {
        let reading = self.knowledge.facts.iter().filter(|fact| self.among(formulas(fact)));
        reading.map(|fact| self.knowledge.text(fact.name).to_owned()).collect()
    }
}

fn expressions(answer: &Answer) -> Vec<ExprId> {
    let mut all: Vec<ExprId> = answer.variants.iter().filter_map(|variant| variant.when).collect();
    for reply in answers::every(answer) {
        if let FitRule::Bands { bands, .. } = &reply.fit {
            all.extend(bands.iter().filter_map(|band| band.edge).flat_map(|(low, high)| [Some(low), high]).flatten());
        }
    }
    all
}

fn values(tuning: &Tuning) -> Vec<ExprId> {
    let mut all: Vec<ExprId> = tuning.when.into_iter().collect();
    for (when, choice) in &tuning.choose {
        all.extend(*when);
        match choice {
            Choice::Number(id) | Choice::Boolean(id) => all.push(*id),
            Choice::Text(template) => all.extend(template.expressions()),
        }
    }
    all
}

fn formulas(fact: &Fact) -> Vec<ExprId> {
    let own = [fact.formula, fact.at_least, fact.at_most].into_iter().flatten();
    let inferred = fact.infer.iter().flat_map(|case| {
        let value = match case.value {
            Inferred::Formula(id) => Some(id),
            Inferred::Given(_) => None,
        };
        [case.when, value].into_iter().flatten()
    });
    own.chain(inferred).collect()
}
