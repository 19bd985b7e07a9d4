//! The sizing for people: what binds first, the resources side by side, then growth, what adds up, and what is not known.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, presets};

use super::phrases;
use crate::knowledge::AmountOf;
use crate::render::human::Layout;
use crate::render::markdown::capital;
use crate::render::paragraph::wrap_hanging;
use crate::sizing::Sizing;

/// Below this width a table of five columns would break its words.
const NARROW: usize = 72;

pub(super) fn lines(sizing: &Sizing, layout: Layout) -> Vec<String> {
    let style = layout.style();
    let mut lines = vec![String::new(), style.strong(&format!("Sizing: {}", phrases::nodes(sizing, sizing.nodes)))];
    lines.extend(wrap_hanging("  ", 4, &format!("{}.", capital(&phrases::binding(sizing))), layout.width));
    for text in phrases::room(sizing).into_iter().chain(phrases::spans(sizing)) {
        lines.extend(wrap_hanging("  ", 4, &format!("{}.", capital(&text)), layout.width));
    }
    let sources = format!("[{}]", sizing.sources.join(", "));
    lines.extend(wrap_hanging("  ", 4, &format!("{} {sources}", sizing.why), layout.width));
    for remark in &sizing.remarks {
        let sources =
            if remark.sources.is_empty() { String::new() } else { format!(" [{}]", remark.sources.join(", ")) };
        lines.extend(wrap_hanging("  mind: ", 4, &format!("{}{sources}", remark.text), layout.width));
    }
    lines.push(String::new());
    lines.extend(table(&phrases::resource_rows(sizing), layout));
    lines.extend(reasons(sizing, layout));
    lines.extend(growth(sizing, layout));
    for of in AmountOf::ALL {
        lines.extend(amounts(sizing, of, layout));
    }
    lines.extend(doubts(sizing, layout));
    lines
}

/// How each resource and each floor came to its number.
fn reasons(sizing: &Sizing, layout: Layout) -> Vec<String> {
    let mut lines = vec![String::new(), format!("  {}", layout.style().strong("How these came about"))];
    let mut reason = |title: &str, why: &str, assumed: Option<&String>, sources: &[String], formulas: &[String]| {
        let assumed = assumed.map_or_else(String::new, |text| format!(" Assumed: {text}"));
        let sources = if sources.is_empty() { String::new() } else { format!(" [{}]", sources.join(", ")) };
        lines.extend(wrap_hanging(&format!("    {title}: "), 6, &format!("{why}{assumed}{sources}"), layout.width));
        for formula in formulas {
            let told = wrap_hanging("      ", 8, formula, layout.width);
            lines.extend(told.iter().map(|line| layout.style().faint(line)));
        }
    };
    for it in &sizing.resources {
        let mut formulas = vec![
            format!("takes {}", phrases::equation(&it.demand)),
            format!("gives {}", phrases::equation(&it.supply)),
        ];
        if let Some(most) = it.most.as_ref().filter(|most| most.formula != it.supply.formula) {
            formulas.push(format!("at the utmost {}", phrases::equation(most)));
        }
        reason(&it.title, &it.why, it.assumed.as_ref(), &it.sources, &formulas);
    }
    for it in &sizing.floors {
        reason(&it.title, &it.why, it.assumed.as_ref(), &it.sources, std::slice::from_ref(&it.formula));
    }
    lines
}

fn growth(sizing: &Sizing, layout: Layout) -> Vec<String> {
    let mut lines = vec![String::new(), format!("  {}", layout.style().strong("Growth"))];
    lines.extend(wrap_hanging("    ", 6, &format!("{}.", capital(&phrases::growth(sizing))), layout.width));
    let rows = phrases::growth_rows(sizing);
    if !rows.is_empty() {
        lines.extend(table(&rows, layout));
    }
    lines
}

fn amounts(sizing: &Sizing, of: AmountOf, layout: Layout) -> Vec<String> {
    let mut lines = Vec::new();
    for (place, it) in sizing.amounts.iter().filter(|it| it.of == of).enumerate() {
        if place == 0 {
            lines.extend([String::new(), format!("  {}", layout.style().strong(phrases::amounts(of)))]);
        }
        let assumed = it.assumed.as_ref().map_or_else(String::new, |text| format!(" Assumed: {text}"));
        let sources = if it.sources.is_empty() { String::new() } else { format!(" [{}]", it.sources.join(", ")) };
        let text = format!("{}. {}{assumed}{sources}", it.value.shown, it.why);
        lines.extend(wrap_hanging(&format!("    {}: ", it.title), 6, &text, layout.width));
    }
    lines
}

fn doubts(sizing: &Sizing, layout: Layout) -> Vec<String> {
    if sizing.doubts.is_empty() {
        return Vec::new();
    }
    let title = "Not known, and it moves the number";
    let mut lines = vec![String::new(), format!("  {}", layout.style().strong(title))];
    for it in &sizing.doubts {
        lines.extend(wrap_hanging("    - ", 6, &phrases::doubt(sizing, it), layout.width));
    }
    lines
}

/// Rows side by side; on a narrow screen a line or two for each row.
fn table(rows: &[Vec<String>], layout: Layout) -> Vec<String> {
    if layout.width < NARROW { narrow(rows, layout) } else { wide(rows, layout.width) }
}

fn narrow(rows: &[Vec<String>], layout: Layout) -> Vec<String> {
    let Some((head, rows)) = rows.split_first() else { return Vec::new() };
    let mut lines = Vec::new();
    for row in rows {
        let Some((title, cells)) = row.split_first() else { continue };
        let named = head.iter().skip(1).zip(cells).filter(|(_, cell)| !cell.is_empty());
        let cells: Vec<String> = named.map(|(head, cell)| format!("{head} {cell}")).collect();
        lines.extend(wrap_hanging(&format!("    {title}: "), 6, &cells.join("; "), layout.width));
    }
    lines
}

fn wide(rows: &[Vec<String>], width: usize) -> Vec<String> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width.saturating_sub(3)).unwrap_or(77));
    for row in rows {
        let cells = row.iter().enumerate().map(|(column, text)| {
            let alignment = if column == 0 { CellAlignment::Left } else { CellAlignment::Right };
            Cell::new(text).set_alignment(alignment)
        });
        table.add_row(cells);
    }
    table.to_string().lines().map(|line| format!("   {}", line.trim_end())).collect()
}
