//! `--format github`: workflow commands, of which GitHub makes annotations on the changed lines. A step shows ten of each
//! level and drops the rest, so the gravest come first and one more says how many are left.

use std::fmt::Write as _;

use super::counts::Counts;
use super::located::{Columns, Found, Located};
use super::{GateReport, phrases};
use crate::gate::Shown;
use crate::knowledge::Level;

/// Annotations of one level that a step shows.
const SHOWN: usize = 10;
/// The longest title of an annotation, in characters.
const TITLE: usize = 250;
/// The longest message, in characters; an annotation holds 64 kilobytes.
const MESSAGE: usize = 8_000;

/// For the log of a workflow.
pub(super) fn render(report: &GateReport<'_>) -> String {
    let located = Located::new(report, Columns::Characters);
    let counts = Counts::of(report);
    let cut = Level::ALL.into_iter().any(|level| counts.findings.at(level) > SHOWN);
    let mut text = String::new();
    let mut left = Vec::new();
    for level in Level::ALL.into_iter().rev() {
        // The last notice says what is left out.
        let room = if cut && level == Level::Note { SHOWN - 1 } else { SHOWN };
        let of_level = located.found().filter(|found| found.finding.counts() && found.finding.level == level);
        for found in of_level.take(room) {
            command(&mut text, &located, found);
        }
        let more = counts.findings.at(level).saturating_sub(room);
        left.extend((more > 0).then(|| phrases::plural(more, level.word())));
    }
    if !left.is_empty() {
        let message = format!("and {} more: a step shows ten annotations of each level", left.join(", "));
        let _ = writeln!(text, "::notice title=brokerfit::{}", data(&message));
    }
    text
}

fn command(text: &mut String, located: &Located<'_>, found: Found<'_>) {
    let word = match found.finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let mut properties = Vec::new();
    let region = located.first(found).or_else(|| located.start(found.of));
    let file = region.and_then(|region| located.shown(region.source));
    if let (Some(region), Some(Shown::Below(file) | Shown::Elsewhere(file))) = (region, file) {
        properties.push(format!("file={}", property(file)));
        properties.push(format!("line={}", region.start.line));
        properties.push(format!("endLine={}", region.end.line));
        // Columns are taken only within one line; the last one belongs to the place.
        if region.start.line == region.end.line {
            properties.push(format!("col={}", region.start.column));
            properties.push(format!("endColumn={}", (region.end.column - 1).max(region.start.column)));
        }
    }
    let title = phrases::clipped(format!("brokerfit: {}", found.finding.full_id()), TITLE);
    properties.push(format!("title={}", property(&title)));
    let help = found.finding.help.iter().map(|help| format!("\nhelp: {}", phrases::one_line(help)));
    let message = std::iter::once(phrases::named(found)).chain(help).collect::<String>();
    let message = data(&phrases::clipped(message, MESSAGE));
    let _ = writeln!(text, "::{word} {}::{message}", properties.join(","));
}

/// Text after the command: a line break would end it.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which a comma or a colon would end as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
