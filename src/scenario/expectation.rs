//! One expectation of a scenario: what it means, and whether what comes out meets it.

use super::seen::Seen;
use crate::advice::{Found, arguments, contradicts, decides, spoken_by};
use crate::engine::{Created, Kind, Rated, Strength, Veto};
use crate::expr::{FactId, Tri};
use crate::facts::{View, shown};
use crate::knowledge::{BrokerId, Fit, KnowledgeBase, OptionId};
use crate::quantity::Interval;

/// What is expected.
#[derive(Debug, Clone, PartialEq)]
pub enum Expectation {
    /// A need exists, and an option answers it so.
    Fits { need: usize, option: OptionId, fit: Fit },
    /// This part of an option's answer speaks: a variant, or the base.
    By { need: usize, option: OptionId, variant: Option<u8> },
    /// A need exists, or does not.
    Created { need: usize, wanted: bool },
    /// So much is needed, in base units.
    Amount { need: usize, amount: f64 },
    /// An option survives, or is ruled out.
    Survives { option: OptionId, wanted: bool },
    /// An option is ruled out by this need.
    RuledOutBy { option: OptionId, need: usize },
    /// The broker that is recommended.
    Broker(BrokerId),
    /// The option that is recommended.
    Option(OptionId),
    /// At least so firm.
    Strength(Strength),
    /// At most so firm.
    AtMost(Strength),
    /// What kind of verdict it is.
    Kind(Kind),
    /// This need is named among those that decide.
    Decisive(usize),
    /// A contradiction is found, or is not; with an option where it is one with that option's own numbers.
    Conflict { conflict: usize, with: Option<OptionId>, wanted: bool },
    /// A contradiction holds, or does not: with this option, else with any, or whatever is used.
    Holds { conflict: usize, with: Option<OptionId>, wanted: bool },
    /// A scope rule decides, or does not.
    Scope { rule: usize, wanted: bool },
    /// The condition of a scope rule holds, or does not.
    Applies { rule: usize, wanted: bool },
    /// A key (its place in the catalogue) is set to this for an option.
    Setting { option: OptionId, key: u16, value: String },
    /// A key is set for an option, to whatever, or is not.
    Set { option: OptionId, key: u16, wanted: bool },
    /// A fact has this value.
    Fact { fact: FactId, value: String },
}

impl Expectation {
    /// What came out instead, where it is not met.
    pub fn unmet(&self, seen: &Seen<'_>) -> Option<String> {
        match self {
            Self::Fits { .. } | Self::By { .. } | Self::Created { .. } | Self::Amount { .. } => self.need_unmet(seen),
            Self::Survives { .. } | Self::RuledOutBy { .. } => self.option_unmet(seen),
            Self::Setting { .. } | Self::Set { .. } | Self::Fact { .. } => self.value_unmet(seen),
            Self::Conflict { .. } | Self::Holds { .. } | Self::Scope { .. } | Self::Applies { .. } => {
                self.rule_unmet(seen)
            }
            _ => self.verdict_unmet(seen),
        }
    }

    fn need_unmet(&self, seen: &Seen<'_>) -> Option<String> {
        let knowledge = seen.knowledge;
        match self {
            Self::Created { need, wanted } => {
                let there = created(seen, *need).is_some();
                let said = if there { "is created" } else { "is not created" };
                (there != *wanted).then(|| format!("the need `{}` {said}", need_name(knowledge, *need)))
            }
            Self::Fits { need, option, fit } => {
                let name = knowledge.option_name(*option);
                match rated(seen, *need, *option) {
                    Ok(said) if said.fit == *fit => None,
                    Ok(said) => Some(format!("{name} is {} at `{}`", said.fit.spoken(), need_name(knowledge, *need))),
                    Err(missing) => Some(missing),
                }
            }
            Self::By { need, option, variant } => match rated(seen, *need, *option) {
                Ok(said) if said.variant == *variant => None,
                Ok(said) => Some(format!("what speaks is `{}`", spoken_by(knowledge, *option, *need, said.variant))),
                Err(missing) => Some(missing),
            },
            Self::Amount { need, amount } => {
                let Some((_, created)) = created(seen, *need) else { return Some(not_created(knowledge, *need)) };
                let said = created.amount.map_or(f64::NAN, Interval::middle);
                let off = (said - amount).abs() > 1e-9 * amount.abs();
                (off || said.is_nan()).then(|| format!("the amount is {said} in base units"))
            }
            _ => None,
        }
    }

    fn option_unmet(&self, seen: &Seen<'_>) -> Option<String> {
        let (knowledge, assessment) = (seen.knowledge, seen.assessment());
        match self {
            Self::Survives { option, wanted } => {
                let survives = assessment.survives(*option);
                let said = if survives { "is not ruled out" } else { "is ruled out" };
                (survives != *wanted).then(|| format!("{} {said}", knowledge.option_name(*option)))
            }
            Self::RuledOutBy { option, need } => {
                let by = |veto: &Veto| {
                    matches!(veto, Veto::Need(row)
                        if assessment.needs.get(*row).is_some_and(|created| created.need == *need))
                };
                let vetoed = assessment.vetoes(*option).iter().any(by);
                let (name, need) = (knowledge.option_name(*option), need_name(knowledge, *need));
                (!vetoed).then(|| format!("`{need}` does not rule out {name}"))
            }
            _ => None,
        }
    }

    fn value_unmet(&self, seen: &Seen<'_>) -> Option<String> {
        let knowledge = seen.knowledge;
        match self {
            Self::Setting { option, key, value } => {
                let said = decides(knowledge, seen.profile, seen.facts, *option, *key).map(|decided| decided.value);
                (said.as_ref() != Some(value)).then(|| set_to(knowledge, *key, said.as_deref()))
            }
            Self::Set { option, key, wanted } => {
                let said = decides(knowledge, seen.profile, seen.facts, *option, *key).map(|decided| decided.value);
                (said.is_some() != *wanted).then(|| set_to(knowledge, *key, said.as_deref()))
            }
            Self::Fact { fact, value } => {
                let said = shown(knowledge, seen.profile, seen.facts, *fact);
                (said != *value).then(|| format!("`{}` is {said}", knowledge.fact_name(*fact)))
            }
            _ => None,
        }
    }

    fn rule_unmet(&self, seen: &Seen<'_>) -> Option<String> {
        let knowledge = seen.knowledge;
        let conflict_name =
            |place: &usize| knowledge.conflicts.get(*place).map_or("", |conflict| knowledge.text(conflict.id));
        let rule_name = |place: &usize| knowledge.scope.get(*place).map_or("", |rule| knowledge.text(rule.id));
        match self {
            Self::Conflict { conflict, with, wanted } => {
                let name = conflict_name(conflict);
                let said = |found: &Found| found.id == name && (with.is_none() || found.option == *with);
                let found = seen.advice().conflicts.iter().any(said);
                let said = if found { "is found" } else { "is not found" };
                (found != *wanted).then(|| format!("the conflict `{name}` {said}"))
            }
            Self::Holds { conflict, with, wanted } => {
                let name = conflict_name(conflict);
                let mut same = knowledge.conflicts.iter().filter(|conflict| {
                    knowledge.text(conflict.id) == name && (with.is_none() || conflict.option == *with)
                });
                let holds = same.any(|conflict| contradicts(knowledge, seen.grounds(), conflict));
                let said = if holds { "holds" } else { "does not hold" };
                (holds != *wanted).then(|| format!("the conflict `{name}` {said}"))
            }
            Self::Scope { rule, wanted } => {
                let decides = seen.advice().judgement.verdict.scope == Some(*rule);
                let said = if decides { "decides" } else { "does not decide" };
                (decides != *wanted).then(|| format!("the scope rule `{}` {said}", rule_name(rule)))
            }
            Self::Applies { rule, wanted } => {
                let when = knowledge.scope.get(*rule).map(|rule| rule.when)?;
                let holds = knowledge.program.holds(when, &View::stated(knowledge, seen.facts)) == Tri::True;
                let said = if holds { "holds" } else { "does not hold" };
                (holds != *wanted).then(|| format!("the scope rule `{}` {said}", rule_name(rule)))
            }
            _ => None,
        }
    }

    fn verdict_unmet(&self, seen: &Seen<'_>) -> Option<String> {
        let (knowledge, advice) = (seen.knowledge, seen.advice());
        let verdict = &advice.judgement.verdict;
        let firm = || format!("the verdict is {}", verdict.strength.map_or("without a strength", Strength::word));
        match self {
            Self::Broker(broker) => match verdict.leader.map(|leader| leader.broker) {
                Some(said) if said == *broker => None,
                said => Some(said.map_or_else(nobody, |said| format!("{} leads", knowledge.broker_name(said)))),
            },
            Self::Option(option) => match verdict.leader.map(|leader| leader.option) {
                Some(said) if said == *option => None,
                said => Some(said.map_or_else(nobody, |said| format!("{} leads", knowledge.option_name(said)))),
            },
            Self::Strength(least) => (verdict.strength < Some(*least)).then(firm),
            Self::AtMost(most) => (verdict.strength > Some(*most)).then(firm),
            Self::Kind(kind) => (verdict.kind != *kind).then(|| format!("the verdict is {}", verdict.kind.word())),
            Self::Decisive(need) => {
                let decisive = arguments(knowledge, advice).decisive;
                let needs: Vec<usize> = decisive
                    .iter()
                    .filter_map(|row| advice.judgement.assessment.needs.get(*row))
                    .map(|it| it.need)
                    .collect();
                let named: Vec<String> =
                    needs.iter().map(|need| format!("`{}`", need_name(knowledge, *need))).collect();
                (!needs.contains(need)).then(|| match named.as_slice() {
                    [] => "no need decides".to_owned(),
                    named => format!("what decides is {}", named.join(", ")),
                })
            }
            _ => None,
        }
    }
}

/// A need's row and how it was created.
fn created<'a>(seen: &'a Seen<'_>, wanted: usize) -> Option<(usize, &'a Created)> {
    seen.assessment().needs.iter().enumerate().find(|(_, created)| created.need == wanted)
}

fn rated(seen: &Seen<'_>, need: usize, option: OptionId) -> Result<Rated, String> {
    let (row, _) = created(seen, need).ok_or_else(|| not_created(seen.knowledge, need))?;
    let rated = seen.assessment().ratings(option).get(row).copied();
    rated.ok_or_else(|| format!("{} is not assessed", seen.knowledge.option_name(option)))
}

fn not_created(knowledge: &KnowledgeBase<'_>, need: usize) -> String {
    format!("the need `{}` is not created", need_name(knowledge, need))
}

fn need_name<'k>(knowledge: &'k KnowledgeBase<'_>, need: usize) -> &'k str {
    knowledge.needs.get(need).map_or("", |need| knowledge.text(need.id))
}

fn set_to(knowledge: &KnowledgeBase<'_>, key: u16, value: Option<&str>) -> String {
    let name = knowledge.catalogue.get(usize::from(key)).map_or("", |key| knowledge.text(key.id));
    value.map_or_else(|| format!("`{name}` is not set"), |value| format!("`{name}` is set to `{value}`"))
}

fn nobody() -> String {
    "no option is left".to_owned()
}
