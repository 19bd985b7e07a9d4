//! Sentences that several formats share.

use super::GateReport;
use super::counts::{Counts, Graded};
use super::located::{Found, Of};
use crate::gate::Standing;
use crate::knowledge::Level;
use crate::source::grouped;

/// What was found, in one line, without what it belongs to; which one it is stands before it, where it does not say so.
pub(super) fn message(found: Found<'_>) -> String {
    let message = &found.finding.message;
    one_line(&match &found.finding.which {
        Some(which) if !message.contains(which.as_str()) => format!("{which}: {message}"),
        _ => message.clone(),
    })
}

/// The same behind the name of the flow.
pub(super) fn named(found: Found<'_>) -> String {
    behind(found, message(found))
}

/// A text behind the name of the flow.
pub(super) fn behind(found: Found<'_>, text: String) -> String {
    match found.of.flow() {
        Some(flow) => format!("{}: {text}", one_line(flow)),
        None => text,
    }
}

/// `mismatch on `orders` until 2026-12-31 (payments): why`; none where it is not waived.
pub(super) fn waiver(found: Found<'_>, file: &str) -> Option<String> {
    let Standing::Waived { reason, owner, expires } = &found.finding.standing else { return None };
    let until = expires.map_or_else(|| " for good".to_owned(), |day| format!(" until {day}"));
    let owner = owner.as_ref().map_or_else(String::new, |owner| format!(" ({owner})"));
    Some(one_line(&format!("{}{until}{owner}: {reason}", subject(found, file))))
}

/// `mismatch on `orders``, or `unknown-key/x in `server.properties``.
pub(super) fn subject(found: Found<'_>, file: &str) -> String {
    let id = found.finding.full_id();
    match found.of {
        Of::Flow(flow) => format!("{id} on `{}`", flow.profile.name),
        Of::File(_) => format!("{id} in `{file}`"),
    }
}

/// `3 profiles: 1 error, 2 fine; 1 file: 1 warning; 2 waived; refused (fail-on: warning)`.
pub(super) fn summary(report: &GateReport<'_>, counts: &Counts) -> String {
    let profiles = match counts.flows.all() {
        0 => "no profiles".to_owned(),
        _ => graded("profile", counts.flows),
    };
    let files = (counts.files.all() > 0).then(|| graded("file", counts.files));
    let waived = (counts.waived > 0).then(|| format!("{} waived", grouped(counts.waived)));
    let known = (counts.known > 0).then(|| format!("{} known by the baseline", grouped(counts.known)));
    let gone = report.baseline.map_or(0, |baseline| baseline.gone);
    let gone = (gone > 0).then(|| format!("{} of the baseline gone", grouped(gone)));
    let parts = [files, waived, known, gone, verdict(report, counts)];
    std::iter::once(profiles).chain(parts.into_iter().flatten()).collect::<Vec<_>>().join("; ")
}

/// What `--fail-on` made of it, where that is not what anybody would expect.
fn verdict(report: &GateReport<'_>, counts: &Counts) -> Option<String> {
    let refused = report.refused();
    let unexpected = refused != (counts.findings.errors > 0);
    let word = if refused { "refused" } else { "passes" };
    unexpected.then(|| format!("{word} (fail-on: {})", report.fail_on.word()))
}

/// `12 profiles: 1 error, 2 warnings, 9 fine`: each counts once, by its gravest finding.
fn graded(noun: &str, graded: Graded) -> String {
    let fine = (graded.fine > 0).then(|| format!("{} fine", grouped(graded.fine)));
    let parts: Vec<String> = levels(graded).into_iter().chain(fine).collect();
    format!("{}: {}", plural(graded.all(), noun), parts.join(", "))
}

/// `1 error`, `2 warnings`: the gravest first, and none of which there are none.
pub(super) fn levels(graded: Graded) -> Vec<String> {
    let counted = Level::ALL.into_iter().rev().map(|level| (graded.at(level), level.word()));
    counted.filter(|(count, _)| *count > 0).map(|(count, word)| plural(count, word)).collect()
}

pub(in crate::render) fn plural(count: usize, noun: &str) -> String {
    format!("{} {noun}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// No more of a text than that many characters.
pub(super) fn clipped(text: String, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// A text without breaks and other control characters: names of files and keys may hold any.
pub(super) fn one_line(text: &str) -> String {
    if !text.contains(is_unprintable) {
        return text.to_owned();
    }
    text.replace("\r\n", " ").chars().map(|it| if is_unprintable(it) { ' ' } else { it }).collect()
}

/// Control characters, line separators, marks that turn the direction of writing, and what XML cannot hold.
fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(character, '\u{fffe}' | '\u{ffff}')
}
