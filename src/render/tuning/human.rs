//! For people: which option and why, how large, then every setting by who applies it. Readable at 40 columns, without
//! colour, and in a pipe.

use super::{Flow, Tuned, clients, phrases, sizing};
use crate::advice::Setting;
use crate::knowledge::{Applier, Scope};
use crate::render::Report;
use crate::render::human::{Layout, practices};
use crate::render::markdown::capital;
use crate::render::packs;
use crate::render::paragraph::{wrap, wrap_hanging};

/// One flow; all but the first begin with a rule.
pub fn flow(flow: &Flow<'_>, layout: Layout, first: bool) -> String {
    let mut lines = head(flow, layout);
    if let Some(tuned) = flow.tuned {
        if let Some(found) = &tuned.sizing {
            lines.extend(sizing::lines(found, layout));
        }
        let verbose = Layout { verbose: true, ..layout };
        let told = practices::lines(&tuned.practices, verbose);
        if !told.is_empty() {
            lines.push(String::new());
        }
        lines.extend(told);
        for applier in Applier::ALL {
            lines.extend(settings(flow, tuned, applier, layout));
        }
        lines.extend(clients::lines(&tuned.clients, layout));
    }
    lines.push(String::new());
    let text = lines.join("\n");
    if first { text } else { format!("\n{}\n\n{text}", "═".repeat(layout.width.min(80))) }
}

/// What stands after the flows: on what everything rests.
pub fn end(report: &Report<'_>, layout: Layout) -> String {
    let knowledge = report.knowledge;
    let rest = format!(
        "Knowledge {}. `brokerfit explain ID` says what a key or a source says, `brokerfit advise` how the option came \
         to be advised.",
        packs::phrase(knowledge),
    );
    let mut lines = vec![String::new()];
    lines.extend(wrap("", &rest, layout.width).into_iter().map(|line| layout.style().faint(&line)));
    lines.push(String::new());
    lines.join("\n")
}

fn head(flow: &Flow<'_>, layout: Layout) -> Vec<String> {
    let style = layout.style();
    let place = flow.report.place(flow.advice).map_or_else(String::new, |(file, line)| format!("  ({file}:{line})"));
    let mut lines = vec![format!("{}{}", style.strong(&flow.advice.profile.name), style.faint(&place)), String::new()];
    let Some(tuned) = flow.tuned else {
        lines.extend(wrap("", &format!("{}.", capital(phrases::NOTHING)), layout.width));
        return lines;
    };
    let title = wrap("", &phrases::title(flow, tuned), layout.width);
    lines.extend(title.iter().map(|line| style.strong(line)));
    for text in phrases::standing(flow, tuned) {
        lines.extend(wrap_hanging("  ", 4, &format!("{}.", capital(&text)), layout.width));
    }
    lines
}

/// What one applier sets: what follows from the profile by scope, then constants.
fn settings(flow: &Flow<'_>, tuned: &Tuned, applier: Applier, layout: Layout) -> Vec<String> {
    let style = layout.style();
    let mut lines = Vec::new();
    let mut above: Option<(bool, Scope)> = None;
    for setting in tuned.of(applier) {
        if above.is_none() {
            lines.extend([String::new(), style.strong(applier.title())]);
        }
        if above != Some((setting.constant, setting.scope)) {
            let alone = Scope::ALL.into_iter().filter(|scope| scope.applied_by() == applier).count() == 1;
            let head = match (setting.constant, alone) {
                (true, true) => Some("the same for every workload".to_owned()),
                (true, false) => Some(format!("{}, the same for every workload", setting.scope.word())),
                (false, true) => None,
                (false, false) => Some(setting.scope.word().to_owned()),
            };
            lines.extend(head.map(|head| format!("  {}", style.strong(&head))));
            above = Some((setting.constant, setting.scope));
        }
        lines.extend(one(flow, tuned, setting, layout));
    }
    lines
}

fn one(flow: &Flow<'_>, tuned: &Tuned, setting: &Setting, layout: Layout) -> Vec<String> {
    let known = flow.known(tuned, setting);
    let mut lines = wrap_hanging("    ", 6, &format!("{} = {}", setting.key, phrases::value(setting)), layout.width);
    let defaults = phrases::defaults(setting, known.as_ref());
    let faint = |text: &str, hanging: usize| {
        let told = wrap_hanging("      ", hanging, text, layout.width);
        told.iter().map(|line| layout.style().faint(line)).collect::<Vec<_>>()
    };
    lines.extend(faint(&defaults, 6));
    lines.extend(wrap("      ", &format!("{} [{}]", setting.why, setting.sources.join(", ")), layout.width));
    if !setting.formula.is_empty() && !setting.constant {
        lines.extend(faint(&phrases::formula(setting), 8));
    }
    if let Some(risk) = &setting.risk {
        lines.extend(wrap_hanging("      otherwise: ", 8, risk, layout.width));
    }
    lines
}
