//! Need by need: why it exists, how options answer it, what must be built, and on whose word. Verbose: every option,
//! every fact, every contradiction.

use super::super::Report;
use super::super::paragraph::{wrap, wrap_hanging};
use super::super::sentences;
use super::Layout;
use crate::advice::{Advice, Argument, Words, disagreements};
use crate::facts::detail;
use crate::knowledge::{Dimension, Level, OptionId};

pub(super) fn lines(report: &Report<'_>, advice: &Advice<'_>, argument: &Argument, layout: Layout) -> Vec<String> {
    let mut lines = Vec::new();
    let cut = advice.conflicts.iter().any(|conflict| conflict.level == Level::Note || conflict.option.is_some());
    if advice.conflicts.len() > 2 || cut || (layout.verbose && !advice.conflicts.is_empty()) {
        lines.extend(conflicts(report, advice, layout));
    }
    lines.push(String::new());
    lines.push(layout.style().strong("Why, need by need"));
    let shown: Vec<OptionId> = if layout.verbose {
        advice.judgement.assessment.options(report.knowledge).collect()
    } else {
        let standings = advice.judgement.standings.iter().map(|standing| standing.option);
        argument.winner.into_iter().chain(argument.rival).chain(standings).fold(Vec::new(), |mut all, option| {
            if !all.contains(&option) {
                all.push(option);
            }
            all
        })
    };
    for dimension in Dimension::ALL {
        lines.extend(needs_of(report, advice, dimension, &shown, layout));
    }
    if layout.verbose {
        lines.extend(facts(report, advice, layout));
    }
    lines
}

fn needs_of(
    report: &Report<'_>,
    advice: &Advice<'_>,
    dimension: Dimension,
    shown: &[OptionId],
    layout: Layout,
) -> Vec<String> {
    let knowledge = report.knowledge;
    let assessment = &advice.judgement.assessment;
    let words = Words::new(knowledge, advice.profile, &advice.facts);
    let mut lines = Vec::new();
    for (place, created) in assessment.needs.iter().enumerate() {
        let Some(need) = knowledge.needs.get(created.need).filter(|need| need.dimension == dimension) else { continue };
        if lines.is_empty() {
            let priority = advice.profile.priorities.of(dimension).word();
            let weight = if priority == "normal" { String::new() } else { format!(" (priority {priority})") };
            lines.push(format!("{}{weight}", layout.style().strong(dimension.id())));
        }
        let marks = match (created.must, created.by_assumption) {
            (true, false) => "",
            (true, true) => ", assumed",
            (false, false) => ", a wish",
            (false, true) => ", a wish, assumed",
        };
        let id = knowledge.text(need.id);
        let text = format!("{} [{id}{marks}]: {}", knowledge.text(need.title), words.because(need));
        lines.extend(wrap("  ", &text, layout.width));
        for option in shown {
            let Some(rated) = assessment.ratings(*option).get(place) else { continue };
            let said = words.said(*option, created, *rated);
            let fit = &*sentences::fit(knowledge, *option, created.need, *rated);
            let build = said.compensate.map_or_else(String::new, |build| format!(" To make up for it: {build}"));
            let newer = sentences::newer(knowledge, advice, *option, place);
            let text = format!("{fit}. {}{build}{newer} [{}]", said.how, said.sources.join(", "));
            let head = format!("    {}: ", knowledge.option_name(*option));
            let mut wrapped = wrap_hanging(&head, 6, &text, layout.width);
            if let Some(first) = wrapped.first_mut() {
                *first = first.replacen(fit, &layout.style().fit(rated.fit, fit), 1);
            }
            lines.extend(wrapped);
        }
        let told = if layout.verbose { disagreements(knowledge, assessment, place) } else { Vec::new() };
        for told in told {
            lines.extend(wrap_hanging("    guides disagree: ", 6, told, layout.width));
        }
    }
    lines
}

fn conflicts(report: &Report<'_>, advice: &Advice<'_>, layout: Layout) -> Vec<String> {
    let mut lines = vec![String::new(), layout.style().strong("Contradictions")];
    for conflict in &advice.conflicts {
        let head = format!("  {}: ", conflict.level.word());
        let because = sentences::conflict(report.knowledge, conflict);
        let text = format!("{because} [{}]. Way out: {}", conflict.id, conflict.remedy);
        lines.extend(wrap(&head, &text, layout.width));
    }
    lines
}

/// Every fact that has a value, with where it comes from.
fn facts(report: &Report<'_>, advice: &Advice<'_>, layout: Layout) -> Vec<String> {
    let mut lines = vec![String::new(), layout.style().strong("Facts")];
    for id in report.knowledge.shown_facts() {
        let shown = detail(report.knowledge, advice.profile, &advice.facts, id);
        let origin = advice.facts.origin(id).word();
        let why = if shown.detail.is_empty() { String::new() } else { format!(": {}", shown.detail) };
        let text = format!("{} {} [{origin}{why}]", report.knowledge.fact_name(id), shown.shown);
        lines.extend(wrap("  ", &text, layout.width));
    }
    lines
}
