//! `--format markdown`: for a step summary and for a comment on a pull request. A verdict, a table by flow and file, what
//! was found in each, what is waived; cut where a comment ends, which is said.

mod inert;

use std::fmt::Write as _;

use super::counts::{Counts, Graded};
use super::located::{Columns, Found, Located, Of};
use super::{GateReport, phrases};
use crate::gate::Shown;
use crate::knowledge::Level;
use crate::source::grouped;

/// A comment holds 65,536 characters; a step summary more. What says that something was cut still has to fit.
const LONGEST: usize = 64_000;
/// What of this the table may take, so that findings remain.
const TABLE: usize = LONGEST / 2;
/// What is kept for what is waived.
const WAIVED: usize = LONGEST / 8;
/// Characters of a single text that are kept.
const TEXT: usize = 1_000;

/// For a summary or a comment.
pub(super) fn render(report: &GateReport<'_>) -> String {
    let located = Located::new(report, Columns::Characters);
    let counts = Counts::of(report);
    let mut text = format!("## brokerfit: {}\n\n", headline(report, &counts));
    text.push_str(&inert::text(&phrases::summary(report, &counts)));
    text.push_str(".\n");
    let mut subjects: Vec<Of<'_>> = located.subjects().filter(|of| worst(*of).is_some()).collect();
    subjects.sort_by_key(|of| std::cmp::Reverse(worst(*of)));
    table(&mut text, &located, &subjects);
    let waived = waived(&located, &counts);
    details(&mut text, &located, &subjects, LONGEST - waived.len());
    text.push_str(&waived);
    text
}

fn headline(report: &GateReport<'_>, counts: &Counts) -> String {
    let found = phrases::levels(counts.findings);
    let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
    format!("{}, {found}", if report.refused() { "refused" } else { "passed" })
}

fn worst(of: Of<'_>) -> Option<Level> {
    match of {
        Of::Flow(flow) => flow.worst(),
        Of::File(file) => file.worst(),
    }
}

fn counting(of: Of<'_>) -> impl Iterator<Item = Found<'_>> {
    of.findings().iter().filter(|finding| finding.counts()).map(move |finding| Found { of, finding })
}

/// The file in which a flow stands, with its line, or the file itself.
fn place(located: &Located<'_>, of: Of<'_>) -> String {
    let file = of.source().and_then(|source| located.shown(source)).map_or("", Shown::text);
    match (of.flow(), located.start(of)) {
        (Some(_), Some(start)) => format!("{file}:{}", start.start.line),
        _ => file.to_owned(),
    }
}

fn name(of: Of<'_>) -> String {
    let name = match of {
        Of::Flow(flow) => &flow.profile.name,
        Of::File(file) => file.kind,
    };
    inert::text(&phrases::clipped(name.to_owned(), TEXT))
}

/// A row for each flow and file with findings, the gravest first.
fn table(text: &mut String, located: &Located<'_>, subjects: &[Of<'_>]) {
    if subjects.is_empty() {
        return;
    }
    text.push_str("\n| flow or file | where | found | advised |\n| --- | --- | --- | --- |\n");
    for (row, of) in subjects.iter().enumerate() {
        let levels = phrases::levels(Graded::of_findings(counting(*of).map(|found| found.finding.level))).join(", ");
        let advised = advised(located, *of);
        let place = inert::code(&place(located, *of));
        let line = format!("| {} | {place} | {levels} | {advised} |\n", name(*of));
        if text.len() + line.len() > TABLE {
            let more = phrases::plural(subjects.len() - row, "row");
            let _ = write!(text, "\n… and {more} more with findings; `--format json` has all of them.\n");
            return;
        }
        text.push_str(&line);
    }
}

/// What is advised for a flow.
fn advised(located: &Located<'_>, of: Of<'_>) -> String {
    let Of::Flow(flow) = of else { return String::new() };
    let verdict = &flow.verdict;
    let one = verdict.leader.filter(|_| verdict.kind == crate::engine::Kind::One);
    one.map_or_else(
        || verdict.kind.word().to_owned(),
        |leader| inert::code(located.report.knowledge.option_name(leader.option)),
    )
}

/// What was found, to be unfolded, until the text is full.
fn details(text: &mut String, located: &Located<'_>, subjects: &[Of<'_>], longest: usize) {
    let all: usize = subjects.iter().map(|of| counting(*of).count()).sum();
    let mut shown = 0;
    for of in subjects {
        let open = format!("\n<details><summary>{}</summary>\n\n", name(*of));
        let close = "\n</details>\n";
        let mut items = String::new();
        for found in counting(*of) {
            let item = item(located, found);
            if text.len() + open.len() + items.len() + item.len() + close.len() > longest {
                break;
            }
            items.push_str(&item);
            shown += 1;
        }
        if !items.is_empty() {
            let _ = write!(text, "{open}{items}{close}");
        }
        if text.len() > longest - longest / 20 {
            break;
        }
    }
    if shown < all {
        let more = phrases::plural(all - shown, "finding");
        let _ = write!(text, "\n… and {more} more; `--format json` has all of them.\n");
    }
}

fn item(located: &Located<'_>, found: Found<'_>) -> String {
    let id = inert::code(&phrases::clipped(found.finding.full_id(), TEXT));
    let place = located.first(found).map_or_else(String::new, |region| {
        let file = located.shown(region.source).map_or("", Shown::text);
        format!(", {}", inert::code(&format!("{file}:{}:{}", region.start.line, region.start.column)))
    });
    let message = inert::message(&phrases::clipped(found.finding.message.clone(), TEXT));
    // An item must not begin with the text of others: a lone `-` there would make a heading of the line above.
    let help = found
        .finding
        .help
        .iter()
        .map(|help| format!("  - help: {}\n", inert::message(&phrases::clipped(help.clone(), TEXT))));
    let help: String = help.collect();
    format!("- **{}** {id}{place}: {message}\n{help}", found.finding.level.word())
}

fn waived(located: &Located<'_>, counts: &Counts) -> String {
    if counts.waived == 0 {
        return String::new();
    }
    let mut text = format!("\n<details><summary>{} waived</summary>\n\n", grouped(counts.waived));
    let lines = located.found().filter_map(|found| {
        let file = found.of.source().and_then(|source| located.shown(source)).map_or("", Shown::text);
        phrases::waiver(found, file)
    });
    for (listed, line) in lines.enumerate() {
        let item = format!("- waived: {}\n", inert::message(&phrases::clipped(line, TEXT)));
        if text.len() + item.len() > WAIVED {
            let _ = writeln!(text, "- … and {} more", grouped(counts.waived - listed));
            break;
        }
        text.push_str(&item);
    }
    text.push_str("\n</details>\n");
    text
}
