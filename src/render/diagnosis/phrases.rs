//! Words that the formats share.

use super::DiagnosisReport;
use crate::diagnosis::{Cause, Likelihood, Misfit, Shown};
use crate::knowledge::{Pitfall, Strength};
use crate::render::sentences::headline;

/// How many of something, in words.
fn counted(count: u64, one: &str) -> String {
    if count == 1 { format!("one {one}") } else { format!("{count} {one}s") }
}

/// Why a cause is likely, in a few words.
pub(super) fn because(cause: &Cause) -> String {
    let (names, fits) = cause.lines;
    let lines = |count: u64| counted(count, "line");
    let seen = |strength| cause.signs.iter().any(|sign| sign.strength == strength);
    let mut parts = Vec::new();
    match cause.likelihood {
        Likelihood::Named => {
            if names > 0 {
                parts.push(lines(names));
            }
            if seen(Strength::Names) {
                parts.push("what was measured".to_owned());
            }
            format!("named by {}", parts.join(" and "))
        }
        Likelihood::Fits => {
            if fits > 0 {
                parts.push(lines(fits));
            }
            if seen(Strength::Fits) {
                parts.push("what was measured".to_owned());
            }
            format!("fits {}, as other causes may", parts.join(" and "))
        }
        Likelihood::Sounds => "sounds like its symptom".to_owned(),
    }
}

/// The broker and the id, with the line for which commands are shown.
pub(super) fn whose(report: &DiagnosisReport<'_>, pitfall: &Pitfall) -> String {
    let knowledge = report.knowledge;
    let title = knowledge.broker_title(pitfall.broker);
    format!("{title} {}, {}", report.patient.line(pitfall.broker), knowledge.text(pitfall.id))
}

/// A command with the names of what was seen in place of `QUEUE`, `GROUP` and their like.
pub(super) fn command(cause: &Cause, run: &str) -> String {
    let Some(item) = cause.signs.iter().find_map(|sign| sign.items.first()) else { return run.to_owned() };
    let safe = |value: &str| value.chars().all(|it| it.is_ascii_alphanumeric() || "._-/:@".contains(it));
    let mut command = String::with_capacity(run.len());
    let mut word = String::new();
    let put = |word: &mut String, command: &mut String| {
        let named = item.identity.iter().find(|(name, value)| name.to_ascii_uppercase() == *word && safe(value));
        command.push_str(named.map_or(word.as_str(), |(_, value)| value.as_str()));
        word.clear();
    };
    for letter in run.chars() {
        if letter.is_ascii_alphanumeric() || letter == '_' {
            word.push(letter);
        } else {
            put(&mut word, &mut command);
            command.push(letter);
        }
    }
    put(&mut word, &mut command);
    command
}

/// What was seen of one sign, item by item.
pub(super) fn seen(sign: &Shown) -> Vec<String> {
    let mut told: Vec<String> = sign
        .items
        .iter()
        .map(|item| {
            let which: Vec<String> = item.identity.iter().map(|(name, value)| format!("{name} `{value}`")).collect();
            let amounts: Vec<String> = item.amounts.iter().map(|(title, value)| format!("{title}: {value}")).collect();
            let which = if which.is_empty() { sign.item.clone() } else { which.join(", ") };
            format!("{which}: {}", amounts.join("; "))
        })
        .collect();
    if sign.more > 0 {
        told.push(format!("and {} more", sign.more));
    }
    if !sign.facts.is_empty() {
        let facts: Vec<String> = sign.facts.iter().map(|(name, value)| format!("{name} {value}")).collect();
        told.push(format!("held against the profile: {}", facts.join(", ")));
    }
    told
}

/// Of which causes this one is a consequence.
pub(super) fn follows(report: &DiagnosisReport<'_>, cause: &Cause) -> Option<String> {
    let roots = cause.follows.iter().filter_map(|root| report.pitfall(*root));
    let roots: Vec<String> = roots.map(|root| format!("`{}`", report.knowledge.text(root.id))).collect();
    (!roots.is_empty()).then(|| format!("This may follow from {} above.", roots.join(" and ")))
}

/// What is often said here and is not so: the claim, and what is.
pub(super) fn wrong(report: &DiagnosisReport<'_>, pitfall: &Pitfall) -> Vec<String> {
    let knowledge = report.knowledge;
    let claims = pitfall.wrong.iter().filter_map(|place| knowledge.misconceptions.get(usize::from(*place)));
    let claims = claims.map(|it| {
        let (claim, truth) = (knowledge.text(it.claim), knowledge.text(it.truth));
        format!("“{claim}” {truth} [{}]", knowledge.text(it.id))
    });
    claims.chain(pitfall.advice.iter().map(|text| knowledge.text(*text).to_owned())).collect()
}

/// What a symptom says of the choice itself.
pub(super) fn misfit(report: &DiagnosisReport<'_>, misfit: &Misfit) -> String {
    let knowledge = report.knowledge;
    let need = knowledge.needs.get(misfit.need);
    let (id, title) = need.map_or(("", ""), |need| (knowledge.text(need.id), knowledge.text(need.title)));
    let state: Vec<String> = misfit.state.iter().map(|fact| format!("`{fact}`")).collect();
    let after = headline(knowledge, &misfit.after);
    let advised = match &misfit.before {
        Some(before) if headline(knowledge, before) == after => {
            format!("brokerfit advises the same with it as without: {after}")
        }
        Some(before) => format!("brokerfit advises {after}; as the profile stands: {}", headline(knowledge, before)),
        None => format!("on that alone, brokerfit advises {after}"),
    };
    format!(
        "It reveals the need `{id}` ({title}). If the workload is so, state it with your own numbers, as in {}: {advised}.",
        state.join(", ")
    )
}

/// What looks like trouble and is not known.
pub(super) fn strange(report: &DiagnosisReport<'_>) -> Option<String> {
    let diagnosis = report.diagnosis;
    match diagnosis.unknown {
        0 => None,
        1 => Some("One line looks like trouble, and nothing that brokerfit knows speaks of it:".to_owned()),
        unknown => Some(format!(
            "{unknown} of {} lines look like trouble, and nothing that brokerfit knows speaks of them, such as:",
            diagnosis.lines
        )),
    }
}

/// What to do where nothing was found.
pub(super) fn nothing(report: &DiagnosisReport<'_>) -> String {
    let diagnosis = report.diagnosis;
    let read = if diagnosis.lines + diagnosis.amounts == 0 {
        "brokerfit does not know this symptom.".to_owned()
    } else {
        format!(
            "Nothing that brokerfit knows speaks of this: {} and {} were read.",
            counted(diagnosis.lines, "line"),
            counted(diagnosis.amounts, "amount")
        )
    };
    let more = if report.words.is_empty() {
        "The lines around the first error, of the broker and of the client, say the most."
    } else {
        "Paste the message itself, or give the log: its own words say more."
    };
    format!("{read} {more}")
}

/// What was left out.
pub(super) fn left(left: usize) -> Option<String> {
    match left {
        0 => None,
        1 => Some("One more cause fits less well: `--all` shows it.".to_owned()),
        left => Some(format!("{left} more causes fit less well: `--all` shows them.")),
    }
}
