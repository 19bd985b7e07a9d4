//! For people: the map in characters, a legend, and where the nearest changes are. Readable without colour and in a pipe.

use super::drawing::{Drawing, painted};
use super::symbols::Symbols;
use super::{MapReport, phrases};
use crate::render::human::Layout;
use crate::render::paragraph::wrap_hanging;

/// For people.
pub fn human(report: &MapReport<'_>, layout: Layout) -> String {
    let style = layout.style();
    let place = report.place().map_or_else(String::new, |(name, line)| format!("  ({name}:{line})"));
    let mut lines = vec![format!("{}{}", style.strong(&report.profile.name), style.faint(&place))];
    lines.extend(wrap_hanging("", 0, &phrases::title(report), layout.width));
    lines.push(String::new());
    lines.extend(Drawing::of(report, layout).lines());
    lines.push(String::new());
    lines.extend(legend(report, layout));
    lines.push(String::new());
    for sentence in phrases::sentences(report) {
        lines.extend(wrap_hanging("", 2, &sentence, layout.width));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn legend(report: &MapReport<'_>, layout: Layout) -> Vec<String> {
    let symbols = Symbols::of(report.knowledge, report.grid);
    let tally = report.grid.tally();
    let names: Vec<String> = tally.iter().map(|(class, _)| phrases::class(report.knowledge, *class)).collect();
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let mut lines = Vec::new();
    for ((class, count), name) in tally.iter().zip(&names) {
        let sample = painted(&format!("{:<2}", symbols.sample(*class)), *class, report, layout);
        let share = phrases::share(*count, report.grid.cells.len());
        lines.push(format!("  {sample}  {name:<widest$}  {share:>4}"));
    }
    lines
}
