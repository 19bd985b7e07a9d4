//! The options: each with its score or with what rules it out, and then need by need.

use std::fmt::Write as _;

use super::super::markdown::escaped;
use super::super::sentences;
use super::context::marks;
use super::sources::Cited;
use super::{Record, bullets};
use crate::advice::Words;
use crate::engine::{Kind, Leader};
use crate::knowledge::{Fit, OptionId};

impl Record<'_> {
    /// Every option that was looked at, and what is chosen where that is none of them alone.
    pub(super) fn considered(&self) -> String {
        let (knowledge, assessment) = (self.knowledge, &self.advice.judgement.assessment);
        let mut items: Vec<String> = assessment
            .options(knowledge)
            .map(|option| {
                let (title, id) = (sentences::option_title(knowledge, option), knowledge.option_name(option));
                format!("{title} (`{id}`): {}", self.standing(option))
            })
            .collect();
        for standing in &self.advice.judgement.standings {
            if let (Some(beside), Some(score)) = (standing.beside, standing.score) {
                let pair = Leader { broker: standing.broker, option: standing.option, beside: Some(beside) };
                items.push(format!("{}: score {score:.0}", sentences::leader_title(knowledge, pair)));
            }
        }
        if self.verdict().kind != Kind::One {
            items.push(self.chosen());
        }
        let left_out: Vec<String> =
            assessment.left_out.iter().map(|option| format!("`{}`", knowledge.option_name(*option))).collect();
        let left_out = if left_out.is_empty() {
            String::new()
        } else {
            format!("\nLeft out by the call: {}.\n", left_out.join(", "))
        };
        format!("## Considered Options\n\n{}\n{left_out}", bullets(&items))
    }

    /// An option's score, or what rules it out.
    fn standing(&self, option: OptionId) -> String {
        let vetoes = sentences::vetoes(self.knowledge, self.advice, option);
        if let Some(score) = self.advice.judgement.score(option) {
            return format!("score {score:.0}");
        }
        let named: Vec<String> = vetoes.iter().map(|veto| format!("`{veto}`")).collect();
        format!("ruled out by {}", named.join(", "))
    }

    /// Every option with its answers, best first.
    pub(super) fn pros_and_cons(&self, cited: &mut Cited) -> String {
        let assessment = &self.advice.judgement.assessment;
        let mut text = "## Pros and Cons of the Options\n".to_owned();
        for option in assessment.options(self.knowledge) {
            let title = sentences::option_title(self.knowledge, option);
            let mut places: Vec<(Fit, usize)> =
                (0..assessment.needs.len()).filter_map(|place| Some((self.fit(option, place)?, place))).collect();
            places.sort_by_key(|(fit, place)| (std::cmp::Reverse(*fit), *place));
            let out = !assessment.survives(option);
            // Of an option that is out, only that is told at length.
            let brief = |fit: Fit| out && fit > Fit::RuledOut;
            let mut items = Vec::new();
            for (judged, how) in
                [("Good", Fit::Native), ("Good", Fit::Good), ("Neutral", Fit::Workable), ("Bad", Fit::Poor)]
            {
                let same = places.iter().filter(|(fit, _)| brief(*fit) && *fit == how);
                let named: Vec<String> = same.filter_map(|(_, place)| self.need_id(*place)).collect();
                if !named.is_empty() {
                    items.push(format!("{judged}, because it would be {} at {}", how.spoken(), named.join(", ")));
                }
            }
            for (fit, place) in places.into_iter().filter(|(fit, _)| !brief(*fit)) {
                items.push(format!("{}, because {}", judged(fit), self.answer(option, place, cited)));
            }
            if items.is_empty() {
                items.push("Neutral, because nothing that is asked sets it apart".to_owned());
            }
            let standing = self.standing(option);
            let _ = write!(
                text,
                "\n### {title}\n\n`{}`: {standing}.\n\n{}\n",
                self.knowledge.option_name(option),
                bullets(&items)
            );
        }
        text
    }

    /// A need's id, as it is cited.
    fn need_id(&self, place: usize) -> Option<String> {
        let (_, need) = sentences::created(self.knowledge, self.advice, place)?;
        Some(format!("`{}`", self.knowledge.text(need.id)))
    }

    /// How an option answers a need: how well, by what means, what one builds, what a newer line changes, on whose word.
    pub(super) fn answer(&self, option: OptionId, place: usize, cited: &mut Cited) -> String {
        let (knowledge, advice) = (self.knowledge, self.advice);
        let Some((created, need)) = sentences::created(knowledge, advice, place) else { return String::new() };
        let Some(rated) = advice.judgement.assessment.ratings(option).get(place) else { return String::new() };
        let said = Words::new(knowledge, advice.profile, &advice.facts).said(option, created, *rated);
        let build =
            said.compensate.map_or_else(String::new, |build| format!(" To make up for it: {}", escaped(&build)));
        format!(
            "“{}” (`{}`{}) is {}: {}{build}{}{}",
            knowledge.text(need.title),
            knowledge.text(need.id),
            marks(created),
            sentences::fit(knowledge, option, created.need, *rated),
            escaped(&said.how),
            sentences::newer(knowledge, advice, option, place),
            cited.cite(&said.sources)
        )
    }
}

/// MADR's word for an answer.
fn judged(fit: Fit) -> &'static str {
    match fit {
        Fit::Native | Fit::Good => "Good",
        Fit::Workable => "Neutral",
        Fit::Poor | Fit::RuledOut => "Bad",
    }
}
