//! Changes of answers: a fit a step better or worse, an edge at twice or half of it, a condition or a range of versions
//! left out.

use super::mutants::{Collected, Patch, conditions};
use crate::advice::variant_name;
use crate::expr::{Changed, ExprId};
use crate::knowledge::{Answer, Fit, FitRule, KnowledgeBase, OptionId, Reply};

/// Changes every answer.
pub(super) fn collect(knowledge: &mut KnowledgeBase<'_>, found: &mut Collected) {
    for option in 0..knowledge.options.len() {
        let Ok(option) = u8::try_from(option).map(OptionId) else { return };
        for need in 0..knowledge.needs.len() {
            let Some(answer) = knowledge.answer(option, need).cloned() else { continue };
            let broker = knowledge.broker_name(knowledge.broker_of(option));
            let who = if answer.inherited { broker } else { knowledge.option_name(option) };
            let need_name = knowledge.needs.get(need).map_or("", |need| knowledge.text(need.id));
            let name = format!("answer {who} at {need_name}");
            let mut answers = Changing { knowledge, found, option, need, answer: &answer, name };
            answers.all();
        }
    }
}

/// One answer, while it is changed.
struct Changing<'c, 'k> {
    knowledge: &'c mut KnowledgeBase<'k>,
    found: &'c mut Collected,
    option: OptionId,
    need: usize,
    answer: &'c Answer,
    name: String,
}

impl Changing<'_, '_> {
    fn all(&mut self) {
        if let Some(base) = &self.answer.base {
            self.reply("base", base, |answer| answer.base.as_mut());
        }
        for (place, variant) in self.answer.variants.iter().enumerate() {
            let name = variant_name(self.knowledge, variant);
            self.reply(&name, &variant.reply, |answer| {
                answer.variants.get_mut(place).map(|variant| &mut variant.reply)
            });
            let changed = variant.when.map_or_else(Vec::new, |when| conditions(self.knowledge, when, true));
            for Changed { change, condition } in changed {
                self.add(&format!("{name}: {change}"), |answer| {
                    if let Some(variant) = answer.variants.get_mut(place) {
                        variant.when = Some(condition);
                    }
                });
            }
            if variant.since.is_some() || variant.until.is_some() {
                self.add(&format!("{name}: in every version"), |answer| {
                    if let Some(variant) = answer.variants.get_mut(place) {
                        (variant.since, variant.until) = (None, None);
                    }
                });
            }
        }
    }

    fn add(&mut self, change: &str, apply: impl FnOnce(&mut Answer)) {
        let mut value = self.answer.clone();
        apply(&mut value);
        let patch = Patch::Answer { option: self.option, need: self.need, value };
        self.found.add(&format!("{}, {change}", self.name), patch);
    }

    fn reply(&mut self, name: &str, reply: &Reply, find: impl Fn(&mut Answer) -> Option<&mut Reply> + Copy) {
        let names = self.words(&reply.fit);
        let mut set = |what: &str, fit: Fit, put: &dyn Fn(&mut FitRule, Fit)| {
            for other in [better(fit), worse(fit)].into_iter().flatten() {
                let change = format!("{name}: {what}{} instead of {}", other.word(), fit.word());
                self.add(&change, |answer| {
                    if let Some(reply) = find(answer) {
                        put(&mut reply.fit, other);
                    }
                });
            }
        };
        match &reply.fit {
            // What nobody has answered cannot be answered wrongly.
            FitRule::Unknown { .. } => {}
            FitRule::Fixed(fit) => set("", *fit, &|rule, fit| *rule = FitRule::Fixed(fit)),
            FitRule::Words { words, other } => {
                for (place, (_, fit)) in words.iter().enumerate() {
                    let what = format!("word {}: ", names.get(place).map_or("", String::as_str));
                    set(&what, *fit, &|rule, fit| {
                        if let FitRule::Words { words, .. } = rule
                            && let Some(word) = words.get_mut(place)
                        {
                            word.1 = fit;
                        }
                    });
                }
                set("other words: ", *other, &|rule, fit| {
                    if let FitRule::Words { other, .. } = rule {
                        *other = fit;
                    }
                });
            }
            FitRule::Bands { bands, .. } => {
                for (place, band) in bands.iter().enumerate() {
                    set(&format!("band {}: ", place + 1), band.fit, &|rule, fit| {
                        if let FitRule::Bands { bands, .. } = rule
                            && let Some(band) = bands.get_mut(place)
                        {
                            band.fit = fit;
                        }
                    });
                }
                for (place, band) in bands.iter().enumerate() {
                    let Some(edge) = band.edge else { continue };
                    for (how, edge) in self.moved(edge) {
                        self.add(&format!("{name}: edge of band {} {how}", place + 1), |answer| {
                            if let Some(FitRule::Bands { bands, .. }) = find(answer).map(|reply| &mut reply.fit)
                                && let Some(band) = bands.get_mut(place)
                            {
                                band.edge = Some(edge);
                            }
                        });
                    }
                }
            }
        }
    }

    /// The words that a rule answers one by one.
    fn words(&self, rule: &FitRule) -> Vec<String> {
        let FitRule::Words { words, .. } = rule else { return Vec::new() };
        let over = self.knowledge.needs.get(self.need).and_then(|need| need.over);
        let domain = over.and_then(|over| self.knowledge.fact(over)).and_then(|fact| fact.kind.domain());
        let name = |word: u8| domain.map_or_else(String::new, |domain| self.knowledge.word(domain, word).to_owned());
        words.iter().map(|(word, _)| name(*word)).collect()
    }

    /// An edge at twice and at half of it.
    fn moved(&mut self, (low, high): Edge) -> Vec<(&'static str, Edge)> {
        let program = &mut self.knowledge.program;
        let Some(lows) = program.moved(low) else { return Vec::new() };
        let highs = high.and_then(|high| program.moved(high));
        let edges =
            lows.into_iter().enumerate().map(|(way, low)| (low, highs.and_then(|highs| highs.get(way).copied())));
        ["doubled", "halved"].into_iter().zip(edges).collect()
    }
}

type Edge = (ExprId, Option<ExprId>);

fn better(fit: Fit) -> Option<Fit> {
    Fit::ALL.into_iter().find(|other| *other > fit)
}

fn worse(fit: Fit) -> Option<Fit> {
    Fit::ALL.into_iter().rev().find(|other| *other < fit)
}
