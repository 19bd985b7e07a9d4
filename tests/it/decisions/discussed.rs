//! Every disagreement with its discussion, as `docs/accuracy.md` shows it.

use std::fmt::Write as _;

use super::case::{Asked, CASES, Case};
use super::disagreement::{Disagreement, disagreement};
use super::page::paragraph;
use super::tables::shown;

/// All of them, by how they disagree.
pub(super) fn all() -> String {
    let mut text = paragraph(
        "What each says about the knowledge, the case, or the label. The paragraphs stand beside the cases, under \
         `x-decision.discussion`; a test fails where one is missing or no longer needed. An option is one labeller's word, and \
         need not be discussed.",
    );
    for how in Disagreement::ALL {
        let cases: Vec<&Case> =
            CASES.iter().filter(|case| disagreement(case) == Some(how) && case.discussion.is_some()).collect();
        if cases.is_empty() {
            continue;
        }
        let title = match how {
            Disagreement::Wrong => "The labellers decide otherwise",
            Disagreement::TooClear => "Clear where the labellers are not",
            Disagreement::ChosenOtherwise => "Another broker was chosen",
            Disagreement::OtherOption => "Another option of the same broker",
        };
        let _ = write!(text, "\n### {title}\n");
        for case in cases {
            let _ = write!(text, "\n{}", discussed(case));
        }
    }
    text
}

fn discussed(case: &Case) -> String {
    let [stated, withheld] = Asked::ALL.map(|asked| full(case, asked));
    let sources: Vec<String> = case.sources.iter().map(|url| format!("<{url}>")).collect();
    let verdicts = if stated == withheld {
        format!("Verdict {stated}, with or without the pattern.")
    } else {
        format!("Verdict {stated}; pattern withheld: {withheld}.")
    };
    let labels = if case.informed == case.blind {
        format!("both labellers {}", case.informed.word())
    } else {
        format!("labellers {} (knowing the outcome) and {}", case.informed.word(), case.blind.word())
    };
    format!(
        "**`{}`**: {}\n\n{}\n{}\n{}",
        case.name(),
        case.title,
        paragraph(&format!("Chosen {}; {labels}: {}. {verdicts}", case.chosen, case.why)),
        paragraph(case.discussion.as_deref().unwrap_or_default()),
        paragraph(&format!("Read: {}", sources.join(", "))),
    )
}

/// A verdict with the numbers behind its strength.
fn full(case: &Case, asked: Asked) -> String {
    let verdict = case.verdict(asked);
    let share = verdict.share.map(|share| format!(" (share {share:.2}")).unwrap_or_default();
    let lead = verdict.lead.map(|lead| format!(", lead {lead:.2}")).unwrap_or_default();
    let end = if share.is_empty() { "" } else { ")" };
    format!("{}{share}{lead}{end}", shown(verdict))
}
