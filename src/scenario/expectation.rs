//! One expectation of a scenario: what it means, and whether advice meets it.

use super::STRENGTHS;
use crate::advice::{Advice, Found};
use crate::engine::{Kind, Strength};
use crate::knowledge::{BrokerId, Fit, KnowledgeBase, OptionId};
use crate::suggestion::nearest;

/// What is expected of advice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expectation {
    /// A need exists, and an option answers it so.
    Fits { need: usize, option: OptionId, fit: Fit },
    /// A need does not exist.
    Absent(usize),
    /// An option survives, or is ruled out.
    Survives { option: OptionId, wanted: bool },
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
    /// A contradiction is found, or is not; with an option where it is one with that option's own numbers.
    Conflict { conflict: usize, with: Option<OptionId>, wanted: bool },
    /// A scope rule decides, or does not.
    Scope { rule: usize, wanted: bool },
}

/// Why an expectation means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Every key below `x-expect`.
const KEYS: [&str; 13] = [
    "absent",
    "at-most",
    "broker",
    "conflicts",
    "in",
    "kind",
    "needs.<need>.<option>",
    "no-conflicts",
    "no-scope",
    "option",
    "out",
    "scope",
    "strength",
];
const KINDS: [Kind; 3] = [Kind::One, Kind::Both, Kind::Neither];

impl Expectation {
    /// Reads an expectation: its key below `x-expect`, and its value.
    pub(super) fn read(knowledge: &KnowledgeBase<'_>, key: &str, value: &str) -> Result<Self, Wrong> {
        let need = |name: &str| {
            let ids = || knowledge.needs.iter().map(|need| knowledge.text(need.id));
            place("need", name, ids)
        };
        let option = |name: &str| {
            let ids = || knowledge.options.iter().map(|option| knowledge.text(option.id));
            let place = place("option", name, ids)?;
            Ok(OptionId(u8::try_from(place).unwrap_or(u8::MAX)))
        };
        let conflict = |wanted: bool| {
            let ids = || knowledge.conflicts.iter().map(|conflict| knowledge.text(conflict.id));
            let (id, with) = match value.split_once(" with ") {
                Some((id, name)) => (id, Some(option(name)?)),
                None => (value, None),
            };
            Ok(Self::Conflict { conflict: place("conflict", id, ids)?, with, wanted })
        };
        let rule = |wanted: bool| {
            let ids = || knowledge.scope.iter().map(|rule| knowledge.text(rule.id));
            Ok(Self::Scope { rule: place("scope rule", value, ids)?, wanted })
        };
        if let Some((id, name)) = key.strip_prefix("needs.").and_then(|rest| rest.split_once('.')) {
            let fit = word("fit", value, &Fit::ALL, Fit::word)?;
            return Ok(Self::Fits { need: need(id)?, option: option(name)?, fit });
        }
        match key {
            "absent" => need(value).map(Self::Absent),
            "in" => Ok(Self::Survives { option: option(value)?, wanted: true }),
            "out" => Ok(Self::Survives { option: option(value)?, wanted: false }),
            "broker" => {
                let ids = || knowledge.brokers.iter().map(|broker| knowledge.text(broker.id));
                let place = place("broker", value, ids)?;
                Ok(Self::Broker(BrokerId(u8::try_from(place).unwrap_or(u8::MAX))))
            }
            "option" => option(value).map(Self::Option),
            "strength" => word("strength", value, &STRENGTHS, Strength::word).map(Self::Strength),
            "at-most" => word("strength", value, &STRENGTHS, Strength::word).map(Self::AtMost),
            "kind" => word("kind of verdict", value, &KINDS, Kind::word).map(Self::Kind),
            "conflicts" => conflict(true),
            "no-conflicts" => conflict(false),
            "scope" => rule(true),
            "no-scope" => rule(false),
            _ => Err(Wrong {
                message: format!("nothing can be expected under `{key}`"),
                help: Some(format!("expect under one of {}", KEYS.join(", "))),
            }),
        }
    }

    /// What came out instead, where it is not met.
    pub(super) fn unmet(self, knowledge: &KnowledgeBase<'_>, advice: &Advice<'_>) -> Option<String> {
        let assessment = &advice.judgement.assessment;
        let verdict = &advice.judgement.verdict;
        let created = |wanted: usize| assessment.needs.iter().position(|created| created.need == wanted);
        let id = |need: usize| knowledge.needs.get(need).map_or("", |need| knowledge.text(need.id));
        match self {
            Self::Fits { need, option, fit } => {
                let Some(row) = created(need) else { return Some(format!("the need `{}` is not created", id(need))) };
                let said = assessment.ratings(option).get(row).map(|rating| rating.fit);
                let name = knowledge.option_name(option);
                match said {
                    Some(said) if said == fit => None,
                    Some(said) => Some(format!("{name} is {} at `{}`", said.spoken(), id(need))),
                    None => Some(format!("{name} is not assessed")),
                }
            }
            Self::Absent(need) => created(need).map(|_| format!("the need `{}` is created", id(need))),
            Self::Survives { option, wanted } => {
                let survives = assessment.survives(option);
                let said = if survives { "is not ruled out" } else { "is ruled out" };
                (survives != wanted).then(|| format!("{} {said}", knowledge.option_name(option)))
            }
            Self::Broker(broker) => match verdict.leader.map(|leader| leader.broker) {
                Some(said) if said == broker => None,
                said => Some(said.map_or_else(nobody, |said| format!("{} leads", knowledge.broker_name(said)))),
            },
            Self::Option(option) => match verdict.leader.map(|leader| leader.option) {
                Some(said) if said == option => None,
                said => Some(said.map_or_else(nobody, |said| format!("{} leads", knowledge.option_name(said)))),
            },
            Self::Strength(least) => (verdict.strength < Some(least)).then(|| {
                let said = verdict.strength.map_or("without a strength", Strength::word);
                format!("the verdict is {said}")
            }),
            Self::AtMost(most) => (verdict.strength > Some(most)).then(|| {
                let said = verdict.strength.map_or("without a strength", Strength::word);
                format!("the verdict is {said}")
            }),
            Self::Kind(kind) => (verdict.kind != kind).then(|| format!("the verdict is {}", verdict.kind.word())),
            Self::Conflict { conflict, with, wanted } => {
                let name = knowledge.conflicts.get(conflict).map_or("", |conflict| knowledge.text(conflict.id));
                let said = |found: &Found| found.id == name && (with.is_none() || found.option == with);
                let found = advice.conflicts.iter().any(said);
                let said = if found { "is found" } else { "is not found" };
                (found != wanted).then(|| format!("the conflict `{name}` {said}"))
            }
            Self::Scope { rule, wanted } => {
                let decides = verdict.scope == Some(rule);
                let name = knowledge.scope.get(rule).map_or("", |rule| knowledge.text(rule.id));
                let said = if decides { "decides" } else { "does not decide" };
                (decides != wanted).then(|| format!("the scope rule `{name}` {said}"))
            }
        }
    }
}

fn nobody() -> String {
    "no option is left".to_owned()
}

/// The place of a name in a list of names.
fn place<'n, I: Iterator<Item = &'n str>>(what: &str, name: &str, ids: impl Fn() -> I) -> Result<usize, Wrong> {
    ids().position(|id| id == name).ok_or_else(|| Wrong {
        message: format!("no {what} is called `{name}`"),
        help: nearest(name, ids()).map(|near| format!("did you mean `{near}`?")),
    })
}

/// A word of a closed set.
fn word<T: Copy>(what: &str, text: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Result<T, Wrong> {
    all.iter().copied().find(|known| word(*known) == text).ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|known| word(*known)).collect();
        Wrong { message: format!("`{text}` is no {what}"), help: Some(format!("one of {}", words.join(", "))) }
    })
}
