//! For people: whether the verdict speaks for the move and how much changes; then what gets better and worse, what must be
//! built, contradictions, settings, and what to unlearn and learn. Readable at 80 columns, without colour, and in a pipe.

use super::super::Report;
use super::super::human::Layout;
use super::super::paragraph::{wrap, wrap_hanging};
use super::super::sentences;
use super::{Flow, phrases, settings};
use crate::knowledge::Dimension;
use crate::transition::{Change, Claim, Course};

/// One flow; all but the first begin with a rule.
pub fn flow(flow: &Flow<'_>, layout: Layout, first: bool) -> String {
    let mut lines = head(flow, layout);
    if !flow.transition.is_empty() {
        lines.extend(answers(flow, layout));
        lines.extend(works(flow, layout));
        lines.extend(contradictions(flow, layout));
        lines.extend(settings::lines(flow, layout));
        lines.extend(claims(flow, layout));
        lines.extend(practices(flow, layout));
    }
    lines.push(String::new());
    let text = lines.join("\n");
    if first { text } else { format!("\n{}\n\n{text}", "═".repeat(layout.width.min(80))) }
}

/// What stands after the flows: on what everything rests.
pub fn end(report: &Report<'_>, layout: Layout) -> String {
    let knowledge = report.knowledge;
    let rest = format!(
        "Knowledge {}. `brokerfit advise` says how the verdict came about, `brokerfit explain ID` what a need, a \
         setting or a source says; `--verbose` also tells what stays the same.",
        knowledge.text(knowledge.version),
    );
    let mut lines = vec![String::new()];
    lines.extend(wrap("", &rest, layout.width).into_iter().map(|line| layout.style().faint(&line)));
    lines.push(String::new());
    lines.join("\n")
}

/// Which move, what the verdict says of it, how both sides stand, and how much changes.
fn head(flow: &Flow<'_>, layout: Layout) -> Vec<String> {
    let transition = flow.transition;
    let style = layout.style();
    let place = flow.report.place(flow.after).map_or_else(String::new, |(file, line)| format!("  ({file}:{line})"));
    let mut lines = vec![format!("{}{}", style.strong(&flow.after.profile.name), style.faint(&place)), String::new()];
    let (before, after) = (phrases::name(flow, &transition.before), phrases::name(flow, &transition.after));
    if transition.is_empty() {
        lines.extend(wrap("", &format!("Nothing changes: both sides are {after}."), layout.width));
        lines.extend(wrap("  ", &phrases::standing(flow, &transition.after, flow.after), layout.width));
        return lines;
    }
    let title = wrap("", &format!("{before} → {after}: {}", phrases::course(flow)), layout.width);
    let strength = match transition.course {
        Course::With => phrases::deciding(flow).judgement.verdict.strength,
        Course::Against | Course::Even => None,
    };
    lines.extend(title.iter().map(|line| style.verdict(strength, line)));
    lines.extend(wrap("  ", &phrases::verdict(flow), layout.width));
    let sides = [("  from ", &transition.before, flow.before), ("  to   ", &transition.after, flow.after)];
    for (head, stand, advice) in sides {
        lines.extend(wrap(head, &phrases::standing(flow, stand, advice), layout.width));
    }
    lines.extend(phrases::counts(flow).iter().flat_map(|count| wrap_hanging("  ", 4, count, layout.width)));
    lines
}

/// What turns, need by need.
fn answers(flow: &Flow<'_>, layout: Layout) -> Vec<String> {
    let mut lines = Vec::new();
    for (title, changes) in phrases::sections(flow) {
        lines.extend([String::new(), layout.style().strong(title)]);
        let mut dimension: Option<Dimension> = None;
        for change in changes {
            let Some(need) = phrases::need(flow, change.need) else { continue };
            if dimension != Some(need.dimension) {
                dimension = Some(need.dimension);
                lines.push(layout.style().strong(need.dimension.id()));
            }
            lines.extend(answer(flow, change, layout));
        }
    }
    let same = phrases::same(flow);
    if layout.verbose && !same.is_empty() {
        lines.extend([String::new(), layout.style().strong("As good as before")]);
        lines.extend(wrap("  ", &same.join(", "), layout.width));
    }
    lines
}

fn answer(flow: &Flow<'_>, change: &Change, layout: Layout) -> Vec<String> {
    let Some(need) = phrases::need(flow, change.need) else { return Vec::new() };
    let title = flow.knowledge().text(need.title);
    let text = format!("{title} [{}]: {}", phrases::marked(flow, change, need), change.because);
    let mut lines = wrap("  ", &text, layout.width);
    for (stand, reply) in [(&flow.transition.before, &change.before), (&flow.transition.after, &change.after)] {
        let fit = reply.fit.spoken();
        let text = format!("{fit}. {} [{}]", reply.said.how, reply.said.sources.join(", "));
        let mut wrapped = wrap_hanging(&format!("    {}: ", phrases::label(flow, stand)), 6, &text, layout.width);
        if let Some(first) = wrapped.first_mut() {
            *first = first.replacen(fit, &layout.style().fit(reply.fit, fit), 1);
        }
        lines.extend(wrapped);
    }
    lines
}

fn works(flow: &Flow<'_>, layout: Layout) -> Vec<String> {
    let mut lines = Vec::new();
    for (title, works) in phrases::works(flow).into_iter().filter(|(_, works)| !works.is_empty()) {
        lines.extend([String::new(), layout.style().strong(title)]);
        for work in works {
            let text = format!("{}: {} [{}]", phrases::built_for(flow, work), work.text, work.sources.join(", "));
            lines.extend(wrap("  - ", &text, layout.width));
        }
    }
    lines
}

fn contradictions(flow: &Flow<'_>, layout: Layout) -> Vec<String> {
    let mut lines = Vec::new();
    for (title, all) in phrases::contradictions(flow).into_iter().filter(|(_, all)| !all.is_empty()) {
        lines.extend([String::new(), layout.style().strong(title)]);
        for found in all {
            let because = sentences::conflict(flow.knowledge(), found);
            let sources = found.sources.join(", ");
            let text = format!("{because} [{}]. Way out: {} [{sources}]", found.id, found.remedy);
            lines.extend(wrap_hanging(&format!("  {}: ", found.level.word()), 4, &text, layout.width));
        }
    }
    lines
}

/// What is said of the new side and is not so; what is said of the old one alone is only counted.
fn claims(flow: &Flow<'_>, layout: Layout) -> Vec<String> {
    let claims = &flow.transition.claims;
    let most = if layout.verbose { usize::MAX } else { phrases::CLAIMS };
    let mut lines = Vec::new();
    if !claims.is_empty() {
        lines.extend([String::new(), layout.style().strong("To unlearn")]);
    }
    lines.extend(claims.new.iter().take(most).flat_map(|claim| claim_lines(flow, claim, layout)));
    let more = claims.new.len().saturating_sub(most);
    if more > 0 {
        let text = format!("{more} more: `--verbose` tells them");
        lines.extend(wrap_hanging("  ", 4, &text, layout.width));
    }
    if !claims.gone.is_empty() {
        let before = phrases::label(flow, &flow.transition.before);
        let text = match claims.gone.len() {
            1 => format!("1 misconception about {before} no longer matters"),
            some => format!("{some} misconceptions about {before} no longer matter"),
        };
        lines.extend(wrap_hanging("  ", 4, &text, layout.width));
    }
    lines
}

fn claim_lines(flow: &Flow<'_>, claim: &Claim, layout: Layout) -> Vec<String> {
    let wrong = phrases::claimed(flow, claim, &flow.transition.after);
    let mut lines = wrap_hanging("  - ", 4, &format!("“{}” [{}; {wrong}]", claim.claim, claim.id), layout.width);
    lines.extend(wrap("    ", &format!("{} [{}]", claim.truth, claim.sources.join(", ")), layout.width));
    lines
}

/// How the new side grows and what it costs, where the old one does not; what no longer counts by name.
fn practices(flow: &Flow<'_>, layout: Layout) -> Vec<String> {
    let practices = &flow.transition.practices;
    let mut lines = Vec::new();
    if !practices.is_empty() {
        lines.extend([String::new(), layout.style().strong("To learn: how it grows and what it costs")]);
    }
    for practice in &practices.new {
        let text = format!("{}: {} [{}]", practice.title, practice.how, practice.sources.join(", "));
        lines.extend(wrap_hanging("  - ", 4, &text, layout.width));
        if let Some(risk) = practice.risk.as_ref().filter(|_| layout.verbose) {
            lines.extend(wrap_hanging("    mind: ", 6, risk, layout.width));
        }
    }
    let gone: Vec<&str> = practices.gone.iter().map(|practice| practice.title.as_str()).collect();
    if !gone.is_empty() {
        lines.extend(wrap_hanging("  no longer as before: ", 4, &gone.join("; "), layout.width));
    }
    lines
}
