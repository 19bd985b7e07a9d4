//! From the rules of an answer to its cases in one version: which variants speak there, by which rule, and what never
//! can is left out.

use super::answer_words::{Case, Edge, Ruling, Step};
use super::availability::Availability;
use super::line::Line;
use crate::expr::{ExprId, Tri};
use crate::knowledge::{Band, Fit, FitRule, KnowledgeBase, Need, OptionId, Owner, Reply};

/// How an option answers a need in one version. What cannot speak there is left out.
pub fn cases<'k>(
    knowledge: &'k KnowledgeBase<'_>,
    option: OptionId,
    need: usize,
    line: &Line,
    availability: Availability,
) -> Vec<Case<'k>> {
    let Some((answer, asked)) = knowledge.answer(option, need).zip(knowledge.needs.get(need)) else {
        return Vec::new();
    };
    let owner = Owner::of(&[knowledge.option_name(option), knowledge.text(asked.id)]);
    let reader = Reader { knowledge, need: asked, owner, line, most: availability.most() };
    let mut always: Vec<Case<'k>> = Vec::new();
    let mut sometimes: Vec<Case<'k>> = Vec::new();
    for (place, variant) in (0_u8..).zip(&answer.variants) {
        if !line.is_within(variant.since, variant.until) {
            continue;
        }
        match line.holds(knowledge, variant.when) {
            Tri::False => {}
            Tri::True => always.push(reader.case(Some(place), None, &variant.reply)),
            Tri::Unknown => sometimes.push(reader.case(Some(place), variant.when, &variant.reply)),
        }
    }
    // A variant that always speaks silences the base, and of several variants the worst counts.
    let never_better = always.iter().map(|case| case.ruling.best()).min();
    if let Some(never_better) = never_better {
        let first = always.iter().filter_map(|case| case.variant).min();
        // Of variants that are equally bad the first speaks.
        sometimes.retain(|case| {
            let worst = case.ruling.worst();
            worst < never_better || (worst == never_better && case.variant < first)
        });
        for case in &mut sometimes {
            case.only_worse = true;
        }
    } else {
        always.extend(answer.base.iter().map(|base| reader.case(None, None, base)));
    }
    always.extend(sometimes);
    always
}

struct Reader<'k, 'r, 'l> {
    knowledge: &'k KnowledgeBase<'r>,
    need: &'k Need,
    owner: Owner,
    line: &'l Line,
    most: Fit,
}

impl<'k> Reader<'k, '_, '_> {
    fn case(&self, variant: Option<u8>, when: Option<ExprId>, reply: &'k Reply) -> Case<'k> {
        let condition = when.map(|when| self.written(when));
        Case { variant, when, condition, only_worse: false, ruling: self.ruling(&reply.fit), reply }
    }

    /// An expression as it is written, on one line.
    fn written(&self, expression: ExprId) -> String {
        let words: Vec<&str> = self.knowledge.as_written(expression, self.owner).split_ascii_whitespace().collect();
        words.join(" ")
    }

    fn ruling(&self, rule: &FitRule) -> Ruling {
        match rule {
            FitRule::Fixed(fit) => Ruling::Always(self.capped(*fit)),
            FitRule::Bands { descending, bands } => self.by_amount(*descending, bands),
            FitRule::Words { words, other } => self.by_word(words, *other),
            FitRule::Unknown { .. } => Ruling::Always(self.capped(FitRule::unanswered())),
        }
    }

    fn capped(&self, fit: Fit) -> Fit {
        fit.min(self.most)
    }

    /// Neighbours of one fit become one step.
    fn by_amount(&self, descending: bool, bands: &[Band]) -> Ruling {
        let mut steps: Vec<Step> = Vec::new();
        for band in bands {
            let step = Step {
                fit: self.capped(band.fit),
                edge: band.edge.map(|(low, high)| (self.edge(low), high.map(|high| self.edge(high)))),
            };
            match steps.last_mut() {
                Some(last) if last.fit == step.fit => *last = step,
                _ => steps.push(step),
            }
        }
        match steps.as_slice() {
            [only] => Ruling::Always(only.fit),
            _ => Ruling::ByAmount { descending, steps },
        }
    }

    fn edge(&self, formula: ExprId) -> Edge {
        match self.line.amount(self.knowledge, formula) {
            Some((amount, text)) => Edge { formula, amount: Some(amount), text },
            None => Edge { formula, amount: None, text: self.written(formula) },
        }
    }

    fn by_word(&self, words: &[(u8, Fit)], other: Fit) -> Ruling {
        let domain = self.need.over.and_then(|over| self.knowledge.fact(over)).and_then(|fact| fact.kind.domain());
        let domain = domain.and_then(|domain| self.knowledge.domain(domain));
        let complete = domain.is_some_and(|domain| !domain.open && words.len() >= domain.words.len());
        let other = (!complete).then_some(self.capped(other));
        let mut named: Vec<(Fit, Vec<u8>)> = Vec::new();
        for fit in Fit::ALL.into_iter().rev() {
            let alike = words.iter().filter(|(_, known)| self.capped(*known) == fit && Some(fit) != other);
            let alike: Vec<u8> = alike.map(|(word, _)| *word).collect();
            if !alike.is_empty() {
                named.push((fit, alike));
            }
        }
        match (named.as_slice(), other) {
            ([], Some(only)) => Ruling::Always(only),
            ([(only, _)], None) => Ruling::Always(*only),
            _ => Ruling::ByWord { named, other },
        }
    }
}
