//! The settings for every broker: what follows from the profile first, by who applies it; constants apart. After those
//! of what is advised, how it grows and what it costs.

use super::super::Report;
use super::super::paragraph::{wrap, wrap_hanging};
use super::super::sentences;
use super::{Layout, practices};
use crate::advice::{Advice, Formulas, Setting};
use crate::knowledge::Scope;

pub(super) fn lines(report: &Report<'_>, advice: &Advice<'_>, layout: Layout) -> Vec<String> {
    let mut lines = Vec::new();
    let formulas = if layout.verbose { Formulas::Traced } else { Formulas::LeftOut };
    for standing in &advice.judgement.standings {
        let settings = advice.settings(report.knowledge, standing.broker, formulas);
        let title = sentences::option_title(report.knowledge, standing.option);
        let out = if standing.ruled_out { " (ruled out; the least bad)" } else { "" };
        lines.push(String::new());
        lines.push(layout.style().strong(&format!("Settings for {title}{out}")));
        for scope in Scope::ALL {
            let of_scope = settings.iter().filter(|setting| setting.scope == scope && !setting.constant);
            for (place, setting) in of_scope.enumerate() {
                if place == 0 {
                    lines.push(format!("  {}", layout.style().strong(scope.word())));
                }
                lines.extend(one(setting, layout));
            }
        }
        let constants: Vec<String> = settings
            .iter()
            .filter(|setting| setting.constant)
            .map(|setting| format!("{}={}", setting.key, setting.value))
            .collect();
        if !constants.is_empty() && !layout.verbose {
            lines.extend(wrap_hanging("  the same for every workload: ", 4, &constants.join(", "), layout.width));
        }
        if layout.verbose && settings.iter().any(|setting| setting.constant) {
            lines.push(format!("  {}", layout.style().strong("the same for every workload")));
        }
        for setting in settings.iter().filter(|setting| setting.constant && layout.verbose) {
            lines.extend(one(setting, layout));
        }
        if layout.verbose || advice.advises(standing.broker) {
            lines.extend(practices::lines(&advice.practices(report.knowledge, standing.broker), layout));
        }
    }
    lines
}

fn one(setting: &Setting, layout: Layout) -> Vec<String> {
    let shown = if setting.shown == setting.value { String::new() } else { format!(" ({})", setting.shown) };
    let default = match setting.default.as_str() {
        "" => String::new(),
        default if default == setting.value => "  the default".to_owned(),
        default => format!("  default {default}"),
    };
    let mut lines = vec![format!("    {} = {}{shown}{}", setting.key, setting.value, layout.style().faint(&default))];
    let sources = format!("[{}]", setting.sources.join(", "));
    lines.extend(wrap("      ", &format!("{} {sources}", setting.why), layout.width));
    if !setting.formula.is_empty() && !setting.constant {
        lines.extend(wrap_hanging("      ", 8, &setting.formula, layout.width));
    }
    if let Some(risk) = setting.risk.as_ref().filter(|_| layout.verbose) {
        lines.extend(wrap("      otherwise: ", risk, layout.width));
    }
    lines
}
