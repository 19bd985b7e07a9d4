//! From a key below `x-expect` and its value to an expectation; or why it means nothing.

use super::STRENGTHS;
use super::expectation::Expectation;
use crate::advice::spoken_by;
use crate::engine::{Kind, Strength};
use crate::knowledge::{BrokerId, Fit, KnowledgeBase, OptionId};
use crate::quantity::{Kind as Amounts, Unit, parse};
use crate::suggestion::nearest;

/// Why an expectation means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// Every key below `x-expect`.
const KEYS: [&str; 24] = [
    "absent",
    "amounts.<need>",
    "at-most",
    "broker",
    "by.<need>.<option>",
    "conflicts",
    "created.<need>",
    "decisive",
    "facts.<fact>",
    "holds.<conflict or scope rule>",
    "holds.<conflict>.<option>",
    "in",
    "kind",
    "needs.<need>.<option>",
    "no-conflicts",
    "no-scope",
    "no-settings.<option>",
    "option",
    "out",
    "ruled-out-by.<option>",
    "scope",
    "set.<option>.<key>",
    "settings.<option>.<key>",
    "strength",
];
const KINDS: [Kind; 3] = [Kind::One, Kind::Both, Kind::Neither];

impl Expectation {
    /// Reads an expectation: its key below `x-expect`, and its value.
    pub(super) fn read(knowledge: &KnowledgeBase<'_>, key: &str, value: &str) -> Result<Self, Wrong> {
        let names = Reading { knowledge };
        if let Some((family, rest)) = key.split_once('.')
            && let Some(read) = names.below(family, rest, value)
        {
            return read;
        }
        match key {
            "absent" => names.need(value).map(|need| Self::Created { need, wanted: false }),
            "decisive" => names.need(value).map(Self::Decisive),
            "in" => Ok(Self::Survives { option: names.option(value)?, wanted: true }),
            "out" => Ok(Self::Survives { option: names.option(value)?, wanted: false }),
            "broker" => {
                let ids = || knowledge.brokers.iter().map(|broker| knowledge.text(broker.id));
                let place = place("broker", value, ids)?;
                Ok(Self::Broker(BrokerId(u8::try_from(place).unwrap_or(u8::MAX))))
            }
            "option" => names.option(value).map(Self::Option),
            "strength" => word("strength", value, &STRENGTHS, Strength::word).map(Self::Strength),
            "at-most" => word("strength", value, &STRENGTHS, Strength::word).map(Self::AtMost),
            "kind" => word("kind of verdict", value, &KINDS, Kind::word).map(Self::Kind),
            "conflicts" => names.conflict(value, true),
            "no-conflicts" => names.conflict(value, false),
            "scope" => Ok(Self::Scope { rule: names.rule(value)?, wanted: true }),
            "no-scope" => Ok(Self::Scope { rule: names.rule(value)?, wanted: false }),
            _ => Err(Wrong {
                message: format!("nothing can be expected under `{key}`"),
                help: Some(format!("expect under one of {}", KEYS.join(", "))),
            }),
        }
    }
}

/// Reads names against a knowledge base.
struct Reading<'r, 'k> {
    knowledge: &'r KnowledgeBase<'k>,
}

impl Reading<'_, '_> {
    /// An expectation of a family, by what stands below it; none where there is no such family.
    fn below(&self, family: &str, rest: &str, value: &str) -> Option<Result<Expectation, Wrong>> {
        Some(match family {
            "needs" => self.answer(rest).and_then(|(need, option)| {
                let fit = word("fit", value, &Fit::ALL, Fit::word)?;
                Ok(Expectation::Fits { need, option, fit })
            }),
            "by" => self.answer(rest).and_then(|(need, option)| self.speaker(need, option, value)),
            "created" => self.need(rest).and_then(|need| Ok(Expectation::Created { need, wanted: yes_or_no(value)? })),
            "amounts" => self.need(rest).and_then(|need| self.amount(need, value)),
            "holds" => yes_or_no(value).and_then(|wanted| self.holds(rest, wanted)),
            "ruled-out-by" => {
                self.option(rest).and_then(|option| Ok(Expectation::RuledOutBy { option, need: self.need(value)? }))
            }
            "settings" | "set" => {
                let (name, key) = rest.split_once('.')?;
                self.key(name, key).and_then(|(option, key)| {
                    if family == "set" {
                        return Ok(Expectation::Set { option, key, wanted: yes_or_no(value)? });
                    }
                    Ok(Expectation::Setting { option, key, value: value.to_owned() })
                })
            }
            "no-settings" => self.key(rest, value).map(|(option, key)| Expectation::Set { option, key, wanted: false }),
            "facts" => match self.knowledge.find_fact(rest) {
                Some(fact) => Ok(Expectation::Fact { fact, value: value.to_owned() }),
                None => {
                    Err(unknown("fact", rest, self.knowledge.fact_ids().map(|(id, _)| self.knowledge.fact_name(id))))
                }
            },
            _ => return None,
        })
    }

    fn need(&self, name: &str) -> Result<usize, Wrong> {
        place("need", name, || self.knowledge.needs.iter().map(|need| self.knowledge.text(need.id)))
    }

    /// An option by its full id, or by its short one where no other option has it.
    fn option(&self, name: &str) -> Result<OptionId, Wrong> {
        let knowledge = self.knowledge;
        let mut short = knowledge.option_ids().filter(|(_, option)| knowledge.text(option.short) == name);
        if let (Some((id, _)), None) = (short.next(), short.next()) {
            return Ok(id);
        }
        let place = place("option", name, || knowledge.options.iter().map(|option| knowledge.text(option.id)))?;
        Ok(OptionId(u8::try_from(place).unwrap_or(u8::MAX)))
    }

    /// `<need>.<option>`.
    fn answer(&self, rest: &str) -> Result<(usize, OptionId), Wrong> {
        let (need, option) = rest.split_once('.').unwrap_or((rest, ""));
        Ok((self.need(need)?, self.option(option)?))
    }

    fn speaker(&self, need: usize, option: OptionId, value: &str) -> Result<Expectation, Wrong> {
        let answer = self.knowledge.answer(option, need);
        let variants = answer.map_or(0, |answer| answer.variants.len());
        let known: Vec<Option<u8>> =
            std::iter::once(None).chain((0..variants).map(|place| u8::try_from(place).ok())).collect();
        let name = |variant: &Option<u8>| spoken_by(self.knowledge, option, need, *variant);
        let found = known.iter().find(|variant| name(variant) == value);
        found.map(|variant| Expectation::By { need, option, variant: *variant }).ok_or_else(|| Wrong {
            message: format!("no part of this answer is called `{value}`"),
            help: Some(format!(
                "one of {}",
                known.iter().map(|it| format!("`{}`", name(it))).collect::<Vec<_>>().join(", ")
            )),
        })
    }

    fn amount(&self, need: usize, value: &str) -> Result<Expectation, Wrong> {
        let unit = self.knowledge.needs.get(need).and_then(|need| need.amount).map(|(_, unit)| unit);
        let kinds: &[Amounts] = match unit {
            None => return Err(Wrong { message: "this need has no amount".to_owned(), help: None }),
            Some(Unit::COUNT) => &[Amounts::Count, Amounts::Percentage],
            Some(unit) => &[unit.kind().unwrap_or(Amounts::Factor)],
        };
        match parse(value, kinds) {
            Ok((amount, _)) => Ok(Expectation::Amount { need, amount: amount.middle() }),
            Err(error) => Err(Wrong { message: error.message, help: error.help }),
        }
    }

    fn conflict(&self, value: &str, wanted: bool) -> Result<Expectation, Wrong> {
        let (id, with) = match value.split_once(" with ") {
            Some((id, name)) => (id, Some(self.option(name)?)),
            None => (value, None),
        };
        let ids = || self.knowledge.conflicts.iter().map(|conflict| self.knowledge.text(conflict.id));
        Ok(Expectation::Conflict { conflict: place("conflict", id, ids)?, with, wanted })
    }

    fn rule(&self, name: &str) -> Result<usize, Wrong> {
        place("scope rule", name, || self.knowledge.scope.iter().map(|rule| self.knowledge.text(rule.id)))
    }

    fn holds(&self, id: &str, wanted: bool) -> Result<Expectation, Wrong> {
        if let Ok(rule) = self.rule(id) {
            return Ok(Expectation::Applies { rule, wanted });
        }
        let ids = || self.knowledge.conflicts.iter().map(|conflict| self.knowledge.text(conflict.id));
        let (id, with) = match id.split_once('.') {
            Some((id, option)) => (id, Some(self.option(option)?)),
            None => (id, None),
        };
        Ok(Expectation::Holds { conflict: place("conflict or scope rule", id, ids)?, with, wanted })
    }

    /// A key, with `@scope` where two scopes have it.
    fn key(&self, option: &str, key: &str) -> Result<(OptionId, u16), Wrong> {
        let option = self.option(option)?;
        let (id, scope) = key.split_once('@').map_or((key, None), |(id, scope)| (id, Some(scope)));
        let knowledge = self.knowledge;
        let broker = knowledge.broker_of(option);
        let own = || knowledge.catalogue.iter().enumerate().filter(|(_, key)| key.broker == broker);
        let set = |place: usize| {
            let mut rules = knowledge.tuning.iter().filter(|rule| rule.options.contains(&option));
            rules.any(|rule| usize::from(rule.key) == place)
        };
        let mut found = own().filter(|(place, key)| {
            knowledge.text(key.id) == id && scope.is_none_or(|scope| key.scope.word() == scope) && set(*place)
        });
        match (found.next(), found.next()) {
            (Some((place, _)), None) => Ok((option, u16::try_from(place).unwrap_or(u16::MAX))),
            (Some(_), Some(_)) => Err(Wrong {
                message: format!("several scopes have a key `{id}`"),
                help: Some(format!("write `{id}@<scope>`")),
            }),
            (None, _) => {
                Err(unknown("rule of this option sets a key that", key, own().map(|(_, key)| knowledge.text(key.id))))
            }
        }
    }
}

fn yes_or_no(value: &str) -> Result<bool, Wrong> {
    value.parse().map_err(|_| Wrong { message: format!("`{value}` is neither true nor false"), help: None })
}

fn unknown<'n>(what: &str, name: &str, known: impl Iterator<Item = &'n str>) -> Wrong {
    Wrong {
        message: format!("no {what} is called `{name}`"),
        help: nearest(name, known).map(|near| format!("did you mean `{near}`?")),
    }
}

/// The place of a name in a list of names.
fn place<'n, I: Iterator<Item = &'n str>>(what: &str, name: &str, ids: impl Fn() -> I) -> Result<usize, Wrong> {
    ids().position(|id| id == name).ok_or_else(|| unknown(what, name, ids()))
}

/// A word of a closed set.
fn word<T: Copy>(what: &str, text: &str, all: &[T], word: impl Fn(T) -> &'static str) -> Result<T, Wrong> {
    all.iter().copied().find(|known| word(*known) == text).ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|known| word(*known)).collect();
        Wrong { message: format!("`{text}` is no {what}"), help: Some(format!("one of {}", words.join(", "))) }
    })
}
