//! The first screen, at most 24 lines: contradictions, the verdict and its firmness, what decides, the strongest
//! counter-argument and what contradicts the winner alone, what was assumed that matters, and the next step.

use super::super::paragraph::{wrap, wrap_short};
use super::super::sentences;
use super::super::{Report, firm};
use super::Layout;
use crate::advice::{Advice, Argument, Found};
use crate::engine::Strength;
use crate::knowledge::Level;
use crate::sensitivity::{Change, Likelihood, Turns};

/// The most lines of the first screen.
const MOST: usize = 24;
/// Lines that the next step takes at most, with its heading.
const NEXT: usize = 4;
/// Lines that are kept for reasons, with their heading.
const REASONS: usize = 5;
/// How many contradictions are shown there.
const CONFLICTS: usize = 2;

pub(super) fn lines(report: &Report<'_>, advice: &Advice<'_>, argument: &Argument, layout: Layout) -> Vec<String> {
    let mut lines = vec![name(report, advice, layout)];
    lines.extend(conflicts(advice, argument, layout));
    lines.push(String::new());
    lines.extend(verdict(report, advice, layout));
    let mut rest = against(report, advice, argument, layout);
    rest.extend(assumed(report, advice, argument, layout));
    let used = lines.len() + rest.len() + NEXT + REASONS;
    rest.extend(moved(report, advice, layout, MOST.saturating_sub(used)));
    rest.push(layout.style().strong("Next"));
    rest.extend(wrap_short("  ", &sentences::next(report.knowledge, advice, argument), layout.width, 3));
    // The end of the screen is as important as its beginning: the reasons share what is left between the two.
    let room = MOST.saturating_sub(lines.len() + rest.len() + 1);
    let why = decisive(report, advice, argument, layout, room);
    if !why.is_empty() {
        lines.push(layout.style().strong("Why"));
        lines.extend(why);
    }
    lines.extend(rest);
    lines
}

fn name(report: &Report<'_>, advice: &Advice<'_>, layout: Layout) -> String {
    let place = report.place(advice).map_or_else(String::new, |(file, line)| format!("  ({file}:{line})"));
    format!("{}{}", layout.style().strong(&advice.profile.name), layout.style().faint(&place))
}

/// The gravest contradictions that hold whatever is used; notes, and what is too much for one screen, are only counted.
fn conflicts(advice: &Advice<'_>, argument: &Argument, layout: Layout) -> Vec<String> {
    let shown: Vec<&Found> = grave(advice).filter(|found| found.option.is_none()).take(CONFLICTS).collect();
    let mut lines: Vec<String> = shown
        .iter()
        .flat_map(|found| {
            let text = format!("{} [{}]; {}", found.because, found.id, found.remedy);
            wrap_short(&format!("{}: ", found.level.word()), &text, layout.width, 3)
        })
        .collect();
    let below: Vec<&Found> = grave(advice)
        .filter(|found| !shown.contains(found) && !with_winner(advice, argument).contains(found))
        .collect();
    let errors = below.iter().filter(|found| found.level == Level::Error).count();
    if !below.is_empty() {
        lines.push(format!("contradictions below: {} more, of which errors: {errors}", below.len()));
    }
    lines
}

/// Contradictions that ask for more than to be known.
fn grave<'a>(advice: &'a Advice<'_>) -> impl Iterator<Item = &'a Found> {
    advice.conflicts.iter().filter(|found| found.level > Level::Note)
}

/// The gravest contradictions with the option that is argued for.
fn with_winner<'a>(advice: &'a Advice<'_>, argument: &Argument) -> Vec<&'a Found> {
    grave(advice).filter(|found| found.option.is_some() && found.option == argument.winner).take(CONFLICTS).collect()
}

fn verdict(report: &Report<'_>, advice: &Advice<'_>, layout: Layout) -> Vec<String> {
    let knowledge = report.knowledge;
    let verdict = &advice.judgement.verdict;
    let mut lines = vec![layout.style().verdict(verdict.strength, &sentences::headline(knowledge, verdict))];
    if let Some(firmness) = sentences::firmness(knowledge, advice, report.samples) {
        lines.extend(wrap("  ", &firmness, layout.width));
    }
    for (text, most) in firm::others(knowledge, advice, report.samples).iter().zip([2, 1]) {
        lines.extend(wrap_short("  ", text, layout.width, most));
    }
    if verdict.strength.is_some_and(|strength| strength < Strength::Clear) {
        let reasons = sentences::held_back(knowledge, verdict).join("; ");
        lines.extend(wrap_short("  not clear: ", &reasons, layout.width, 2));
    }
    if let Some(because) = sentences::scope(knowledge, advice) {
        lines.extend(wrap("  ", &because, layout.width));
    }
    for (who, needs) in sentences::split(knowledge, advice) {
        lines.extend(wrap_short(&format!("  {who}: "), &needs, layout.width, 2));
    }
    lines.extend(by_workload(report, advice, layout));
    lines.extend(wrap("  ", &sentences::versions(knowledge, advice), layout.width));
    lines
}

/// What the workload alone says, where the organisation tips it.
fn by_workload(report: &Report<'_>, advice: &Advice<'_>, layout: Layout) -> Vec<String> {
    let Some(workload) = &advice.workload else { return Vec::new() };
    let own = &advice.judgement.verdict;
    let other = &workload.verdict;
    let same = own.kind == other.kind
        && own.leader.map(|leader| leader.option) == other.leader.map(|leader| leader.option)
        && own.strength == other.strength;
    if same {
        return wrap("  ", "the workload alone says the same", layout.width);
    }
    let text = format!(
        "what is run, known and permitted tips it: the workload alone says {}",
        sentences::headline(report.knowledge, other)
    );
    wrap("  ", &text, layout.width)
}

/// The reasons, each cut to its share of the room; where there is little, the weaker ones are left out.
fn decisive(report: &Report<'_>, advice: &Advice<'_>, argument: &Argument, layout: Layout, room: usize) -> Vec<String> {
    let Some(winner) = argument.winner else { return vetoed(report, advice, layout) };
    let text = |place: &usize| sentences::compared(report.knowledge, advice, *place, winner, argument.rival);
    let count = argument.decisive.len().min(room / 2).max(1);
    let each = (room / count).clamp(1, 3);
    let shown = argument.decisive.iter().take(count.min(room));
    shown.flat_map(|place| wrap_short("  + ", &text(place), layout.width, each)).collect()
}

/// Why nothing survives; a scope rule has its own reason.
fn vetoed(report: &Report<'_>, advice: &Advice<'_>, layout: Layout) -> Vec<String> {
    let knowledge = report.knowledge;
    if advice.judgement.verdict.scope.is_some() {
        return Vec::new();
    }
    advice
        .judgement
        .assessment
        .options(knowledge)
        .filter(|option| !advice.judgement.assessment.survives(*option))
        .filter(|option| advice.judgement.verdict.split.iter().all(|part| part.option != *option))
        .flat_map(|option| {
            let out = sentences::vetoes(knowledge, advice, option).join(", ");
            wrap_short(
                "  - ",
                &format!("{}: out by {out}", sentences::option_title(knowledge, option)),
                layout.width,
                1,
            )
        })
        .collect()
}

fn against(report: &Report<'_>, advice: &Advice<'_>, argument: &Argument, layout: Layout) -> Vec<String> {
    let Some(winner) = argument.winner else { return Vec::new() };
    let mut lines = vec![layout.style().strong("Against it")];
    if let Some(place) = argument.against {
        let rival = if argument.rival_better { argument.rival } else { None };
        let text = sentences::compared(report.knowledge, advice, place, winner, rival);
        lines.extend(wrap_short("  - ", &text, layout.width, 3));
    } else {
        lines.extend(wrap_short("  - ", &firm::nothing_against(report.knowledge, advice), layout.width, 2));
    }
    // Where the screen begins with other contradictions, a line must do; all of them stand in full below.
    let crowded = grave(advice).any(|found| found.option.is_none());
    for found in with_winner(advice, argument) {
        let text = format!("{} [{}]", sentences::conflict(report.knowledge, found), found.id);
        lines.extend(wrap_short("  ! ", &text, layout.width, if crowded { 1 } else { 2 }));
    }
    lines
}

/// The change of one fact, and the question, that would move it most: as much of it as there is room for.
fn moved(report: &Report<'_>, advice: &Advice<'_>, layout: Layout, room: usize) -> Vec<String> {
    let knowledge = report.knowledge;
    let likely = |change: &&Change| change.turns == Turns::Broker && change.likelihood < Likelihood::Remote;
    let change = advice.changes.iter().find(likely).map(|change| firm::change(knowledge, advice, change));
    let asked = advice.questions.first().map(|asked| firm::question(knowledge, asked));
    let mut lines: Vec<String> = Vec::new();
    for (title, sign, text) in [("It would change", "  > ", change), ("Ask next", "  ? ", asked)] {
        let Some(text) = text else { continue };
        let left = room.saturating_sub(lines.len());
        if left >= 2 {
            lines.push(layout.style().strong(title));
            lines.extend(wrap_short(sign, &text, layout.width, (left - 1).min(2)));
        }
    }
    lines
}

fn assumed(report: &Report<'_>, advice: &Advice<'_>, argument: &Argument, layout: Layout) -> Vec<String> {
    if argument.assumed.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![layout.style().strong("Assumed, and it matters")];
    for fact in argument.assumed.iter().take(3) {
        lines.extend(wrap_short("  ? ", &sentences::assumption(report.knowledge, advice, *fact), layout.width, 1));
    }
    lines
}
