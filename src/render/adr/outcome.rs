//! The outcome: what is chosen and why, how firmly, what speaks against it, what follows from it, how it is held true,
//! and a place for those who disagree.

use super::super::markdown::{capital, escaped};
use super::super::sentences;
use super::sources::Cited;
use super::{Record, bullets, yaml};
use crate::advice::{Next, Recorded, accepts, assumes};
use crate::engine::{Kind, Strength, together};
use crate::knowledge::{Fit, OptionId};
use crate::profile::Chosen;

impl Record<'_> {
    /// The section of what is decided.
    pub(super) fn outcome(&self, cited: &mut Cited) -> serde_yaml::Result<String> {
        let mut parts =
            vec![format!("## Decision Outcome\n\nChosen option: \"{}\", {}.\n", self.chosen(), self.because())];
        parts.extend(self.firmness());
        parts.extend(self.against(cited));
        if let Recorded::Departs(decision) = self.recorded() {
            let recorded = match &decision.chosen {
                Chosen::Broker { broker, option: None } => self.knowledge.broker_name(*broker),
                Chosen::Broker { option: Some(option), .. } => self.knowledge.option_name(*option),
                Chosen::Both => "both",
                Chosen::None => "none",
                Chosen::Other(_) => "other",
            };
            parts.push(format!("The profile records `{recorded}`. This record proposes otherwise.\n"));
        }
        parts.push(format!("### Consequences\n\n{}\n", self.consequences(cited)));
        parts.push(self.confirmation()?);
        parts.push("### Dissent\n\n* {who disagrees, with what, and why; or: nobody}\n".to_owned());
        Ok(parts.join("\n"))
    }

    /// Why it is chosen, as the end of a sentence.
    fn because(&self) -> String {
        let (knowledge, advice, verdict) = (self.knowledge, self.advice, self.verdict());
        if let Some(scope) = sentences::scope(knowledge, advice) {
            return format!("because {}", escaped(&scope));
        }
        let titles: Vec<String> = self
            .argument
            .decisive
            .iter()
            .filter_map(|place| self.need_title(*place))
            .map(|it| format!("“{it}”"))
            .collect();
        match (verdict.kind, self.argument.rival) {
            (Kind::One, Some(rival)) if !titles.is_empty() => {
                let rival = sentences::option_title(knowledge, rival);
                let titles = titles.join(", ");
                match verdict.strength {
                    _ if verdict.tied => format!(
                        "although it ties with the best of another broker: it does better than {rival} at {titles}, and no \
                         better over all"
                    ),
                    Some(Strength::TossUp) => {
                        format!("by a hair: it does better than {rival} at {titles}, and hardly better over all")
                    }
                    _ => format!("because it does better than {rival} at what decides most: {titles}"),
                }
            }
            (Kind::One, Some(_)) => "because it loses least over all dimensions".to_owned(),
            (Kind::One, None) => "because of what was considered it serves best".to_owned(),
            (Kind::Both, _) => {
                "because no option meets every must, and two of different brokers together do".to_owned()
            }
            (Kind::Neither, _) => "because no option meets every must".to_owned(),
        }
    }

    fn need_title(&self, place: usize) -> Option<&str> {
        let (_, need) = sentences::created(self.knowledge, self.advice, place)?;
        Some(self.knowledge.text(need.title))
    }

    /// How firmly, on what numbers, and what keeps it from being firmer.
    fn firmness(&self) -> Vec<String> {
        let (knowledge, advice, verdict) = (self.knowledge, self.advice, self.verdict());
        let mut lines = vec![format!("The verdict is **{}**.", sentences::headline(knowledge, verdict))];
        lines.extend(
            sentences::firmness(knowledge, advice, self.report.samples).map(|text| format!("{}.", capital(&text))),
        );
        let reasons = sentences::held_back(knowledge, verdict);
        if !reasons.is_empty() && verdict.strength.is_some_and(|strength| strength < Strength::Clear) {
            lines.push(format!("What keeps it from being clear: {}.", reasons.join("; ")));
        }
        if let Some(workload) = &advice.workload {
            let alone = sentences::headline(knowledge, &workload.verdict);
            lines.push(if alone == sentences::headline(knowledge, verdict) {
                "The workload alone says the same.".to_owned()
            } else {
                format!("What is run, known and permitted tips it: the workload alone says {alone}.")
            });
        }
        let mut parts = vec![lines.join(" ") + "\n"];
        let split: Vec<String> =
            sentences::split(knowledge, advice).iter().map(|(who, needs)| format!("{who}: {}", ids(needs))).collect();
        if !split.is_empty() {
            parts.push(bullets(&split) + "\n");
        }
        if verdict.strength != Some(Strength::Clear) && self.argument.next != Next::Record {
            parts.push(format!(
                "What to do next: {}.\n",
                escaped(sentences::next(knowledge, advice, &self.argument).trim_end_matches('.'))
            ));
        }
        parts
    }

    /// The strongest argument against what is chosen.
    fn against(&self, cited: &mut Cited) -> Option<String> {
        let winner = self.argument.winner?;
        let Some(place) = self.argument.against else {
            return Some("Against it speaks nothing that is asked.\n".to_owned());
        };
        let own = self.answer(winner, place, cited);
        Some(match self.argument.rival.filter(|_| self.argument.rival_better) {
            Some(rival) => {
                let fit = self.fit(rival, place).map_or("", Fit::spoken);
                let rival = sentences::option_title(self.knowledge, rival);
                format!("The strongest argument against it: {rival} would do better ({fit}) where {own}\n")
            }
            None => format!("The strongest argument against it: {own}\n"),
        })
    }

    /// What follows: good from what decides, neutral where it makes no difference, bad from what one accepts.
    fn consequences(&self, cited: &mut Cited) -> String {
        let Some(winner) = self.argument.winner else { return self.consequences_of_none(cited) };
        let judgement = &self.advice.judgement;
        let mut items: Vec<String> = self
            .argument
            .decisive
            .iter()
            .map(|place| format!("Good, because {}", self.answer(winner, *place, cited)))
            .collect();
        if let Some(rival) = self.argument.rival {
            let alike: Vec<String> = (0..judgement.assessment.needs.len())
                .filter(|place| self.fit(winner, *place) == self.fit(rival, *place))
                .filter(|place| self.fit(winner, *place) >= Some(Fit::Good))
                .filter_map(|place| self.need_title(place))
                .map(|title| format!("“{title}”"))
                .collect();
            if !alike.is_empty() {
                let rival = sentences::option_title(self.knowledge, rival);
                items.push(format!("Neutral, because {rival} would do as well at {}", alike.join(", ")));
            }
        }
        let beside = judgement.verdict.leader.and_then(|leader| leader.beside);
        let pair = beside.map(|beside| together(self.knowledge, &judgement.assessment, winner, beside));
        for place in accepts(self.knowledge, judgement, winner) {
            let best = pair.as_ref().and_then(|fits| fits.get(place).copied());
            let served = beside.filter(|beside| self.fit(*beside, place) > self.fit(winner, place)).unwrap_or(winner);
            if best.is_none_or(|best| best <= Fit::Workable) {
                items.push(format!("Bad, because {}", self.answer(served, place, cited)));
            }
        }
        if items.is_empty() {
            "* Neutral, because nothing that is asked sets it apart".to_owned()
        } else {
            bullets(&items)
        }
    }

    fn consequences_of_none(&self, cited: &mut Cited) -> String {
        if self.verdict().kind != Kind::Both {
            return "* Neutral, because what is taken instead was not assessed here".to_owned();
        }
        let mut items = vec![
            "Good, because each flow gets an option for its own needs, as listed above".to_owned(),
            "Bad, because two brokers are run".to_owned(),
        ];
        for part in &self.verdict().split {
            let weak = part.needs.iter().filter(|place| self.fit(part.option, **place) <= Some(Fit::Workable));
            items.extend(weak.map(|place| format!("Bad, because {}", self.answer(part.option, *place, cited))));
        }
        bullets(&items)
    }

    /// How the decision is held true: the gate, and what to paste for it.
    fn confirmation(&self) -> serde_yaml::Result<String> {
        let assumed = assumes(self.knowledge, self.advice, &self.argument);
        let block = yaml::decision(self.knowledge, self.advice, self.recorded(), &assumed)?;
        let rests = if assumed.is_empty() {
            "No single fact was found on which it hangs, so nothing is assumed there."
        } else {
            "Under `assumes` stand the facts on which it hangs, each with the values within which the same answer is \
             advised while nothing else moves; where a fact turns nothing by itself, those within which a reason given \
             above exists. Amounts were tried down to a thousandth and up to a thousand times of what is taken here."
        };
        Ok(format!(
            "### Confirmation\n\nWith the following in the profile, `brokerfit check` fails as soon as the profile \
             states a fact outside what is assumed, what is decided is ruled out, or another broker is clearly advised. {rests}\n\n```yaml\n{block}```\n"
        ))
    }

    pub(super) fn fit(&self, option: OptionId, place: usize) -> Option<Fit> {
        self.advice.judgement.assessment.ratings(option).get(place).map(|rated| rated.fit)
    }
}

/// Ids of needs as they are cited.
fn ids(needs: &str) -> String {
    needs.split(", ").map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}
