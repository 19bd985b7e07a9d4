//! The settings that follow from a profile for one option.

use super::chosen::{Chosen, chosen};
use super::setting::Setting;
use super::words::Words;
use crate::expr::{Env, ExprId, FactId, Own, Tri, Value};
use crate::facts::{Facts, View};
use crate::knowledge::{CatalogueKey, Choice, KnowledgeBase, OptionId, Tuning, within};
use crate::profile::Profile;

/// Whether settings show their work: tracing sixty formulas costs more than computing them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Formulas {
    /// Each with its numbers.
    Traced,
    /// Left empty.
    LeftOut,
}

/// The settings for an option: what follows from the profile by who applies it, then constants; one for each key and
/// scope.
pub fn settings(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    option: OptionId,
    formulas: Formulas,
) -> Vec<Setting> {
    let Some(tuner) = Tuner::new(knowledge, profile, facts, option, formulas) else { return Vec::new() };
    let mut found: Vec<Setting> = Vec::new();
    for tuning in knowledge.tuning.iter().filter(|tuning| tuning.options.contains(&option)) {
        let Some(key) = knowledge.catalogue.get(usize::from(tuning.key)) else { continue };
        let id = knowledge.text(key.id);
        let known = found.iter().any(|setting| setting.key == id && setting.scope == key.scope);
        if !known && tuner.applies(tuning, key) {
            found.extend(tuner.setting(tuning, key));
        }
    }
    found.sort_by_key(|setting| (setting.constant, setting.scope));
    found
}

/// What one key is set to for one option, and what decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The rule's place.
    pub rule: usize,
    /// Which of its values was chosen.
    pub choice: usize,
    /// The value, as the broker reads it.
    pub value: String,
}

/// What one key (its place in the catalogue) is set to for one option: of its rules the first that gives a value.
pub fn decides(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    facts: &Facts,
    option: OptionId,
    key: u16,
) -> Option<Decided> {
    let tuner = Tuner::new(knowledge, profile, facts, option, Formulas::LeftOut)?;
    let measure = knowledge.catalogue.get(usize::from(key))?;
    let rules = knowledge.tuning.iter().enumerate();
    let mut rules = rules.filter(|(_, tuning)| tuning.key == key && tuning.options.contains(&option));
    rules.find_map(|(rule, tuning)| {
        let value = tuner.applies(tuning, measure).then(|| tuner.value(tuning, measure)).flatten()?.0;
        let holds = |condition: ExprId| knowledge.program.holds(condition, &tuner.view) == Tri::True;
        let choice = tuning.choose.iter().position(|(condition, _)| condition.is_none_or(holds))?;
        Some(Decided { rule, choice, value })
    })
}

/// One option, while its settings are worked out.
struct Tuner<'t> {
    knowledge: &'t KnowledgeBase<'t>,
    view: View<'t>,
    version: f64,
    words: Words<'t>,
    option: OptionId,
    formulas: Formulas,
}

impl<'t> Tuner<'t> {
    fn new(
        knowledge: &'t KnowledgeBase<'t>,
        profile: &'t Profile,
        facts: &'t Facts,
        option: OptionId,
        formulas: Formulas,
    ) -> Option<Self> {
        let view = View::central(knowledge, facts).seen_by(knowledge.broker(knowledge.broker_of(option))?);
        let version = match view.own(Own::Version) {
            Value::Version(version) => version.lo,
            _ => 0.0,
        };
        Some(Self { knowledge, view, version, words: Words::new(knowledge, profile, facts), option, formulas })
    }

    fn applies(&self, tuning: &Tuning, key: &CatalogueKey) -> bool {
        within(self.version, tuning.since, tuning.until)
            && within(self.version, key.since, key.until)
            && tuning.when.is_none_or(|when| self.knowledge.program.holds(when, &self.view) == Tri::True)
    }

    fn setting(&self, tuning: &Tuning, key: &CatalogueKey) -> Option<Setting> {
        let knowledge = self.knowledge;
        let broker = Some(knowledge.broker_of(self.option));
        let (value, shown, formula) = self.value(tuning, key)?;
        Some(Setting {
            key: knowledge.text(key.id).to_owned(),
            scope: key.scope,
            value,
            shown,
            default: knowledge.text(key.default_at(self.version)).to_owned(),
            formula,
            facts: self.reads(tuning),
            why: self.words.fill(&tuning.why, broker),
            risk: tuning.risk.as_ref().map(|risk| self.words.fill(risk, broker)),
            sources: knowledge.source_names(&tuning.sources).into_iter().map(str::to_owned).collect(),
            constant: tuning.constant,
        })
    }

    /// The first value whose condition holds: as the broker reads it, as people do, and how it came about.
    fn value(&self, tuning: &Tuning, key: &CatalogueKey) -> Option<(String, String, String)> {
        let broker = self.knowledge.broker_of(self.option);
        let speaker = (&self.view, &self.words, broker);
        let Chosen { value, shown, by } = chosen(self.knowledge, speaker, &tuning.choose, key.measure())?;
        Some((value, shown, self.trace(by.or(tuning.when))))
    }

    /// The facts on which the value rests: those of the condition under which it is set, and of the first choice that holds.
    fn reads(&self, tuning: &Tuning) -> Vec<FactId> {
        let mut facts = Vec::new();
        if self.formulas == Formulas::LeftOut {
            return facts;
        }
        let program = &self.knowledge.program;
        let holds = |condition: ExprId| program.holds(condition, &self.view) == Tri::True;
        let chosen = tuning.choose.iter().find(|(condition, _)| condition.is_none_or(holds));
        let mut read = |expression: ExprId| program.reads(expression, &mut facts);
        if let Some((condition, choice)) = chosen {
            condition.iter().copied().for_each(&mut read);
            match choice {
                Choice::Number(formula) | Choice::Boolean(formula) => read(*formula),
                Choice::Text(template) => template.expressions().for_each(&mut read),
            }
        }
        tuning.when.iter().copied().for_each(&mut read);
        facts
    }

    fn trace(&self, expression: Option<ExprId>) -> String {
        match (self.formulas, expression) {
            (Formulas::Traced, Some(expression)) => {
                self.knowledge.program.trace(expression, &self.view, self.knowledge)
            }
            _ => String::new(),
        }
    }
}
