//! A review as people hold it: boxes to tick, the gravest first.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{Flow, NOTHING};
use crate::knowledge::{Area, Risk};
use crate::render::Report;
use crate::render::markdown::{capital, escaped, sources};
use crate::review::{Proof, Review, Reviewed, Said, State};

/// One flow; what it cites is added to what was cited before.
pub fn flow(flow: &Flow<'_>, cited: &mut BTreeSet<String>) -> String {
    let mut text = format!("# Design review: {}\n\n", escaped(&flow.advice.profile.name));
    let Some((review, chosen)) = flow.review else {
        let _ = writeln!(text, "{NOTHING}\n");
        return text;
    };
    let _ = writeln!(text, "**{}.** {}\n", escaped(&flow.title(review)), escaped(&flow.standing(chosen)));
    let _ = writeln!(text, "{}\n", summary(review));
    for risk in Risk::ALL {
        let items: Vec<&Reviewed> = review.items.iter().filter(|item| item.risk == risk).collect();
        if items.is_empty() {
            continue;
        }
        let _ = writeln!(text, "## {} risk: where left open, {}\n", capital(risk.word()), risk.means());
        for area in Area::ALL {
            let own: Vec<&&Reviewed> = items.iter().filter(|item| item.area == area).collect();
            if own.is_empty() {
                continue;
            }
            let _ = writeln!(text, "### {}\n", area.title());
            for item in own {
                cited.extend(item.sources.iter().cloned());
                self::item(flow, item, &mut text);
            }
        }
    }
    if flow.all {
        left(review, &mut text);
    } else if !review.left.is_empty() {
        let _ = writeln!(
            text,
            "{} more items do not apply to this workload with this option; `--all` says why.\n",
            review.left.len()
        );
    }
    text
}

/// What stands after the flows: the sources that they cite, and on what everything rests.
pub fn end(report: &Report<'_>, cited: &BTreeSet<String>) -> String {
    sources(report, cited)
}

/// How much is settled.
fn summary(review: &Review) -> String {
    if review.items.is_empty() && review.left.is_empty() {
        return "Nothing is known that a review of this option should ask: a pack of rules can say it.".to_owned();
    }
    let open = |risk| review.items.iter().filter(|item| item.risk == risk && item.state().is_open()).count();
    let open: Vec<String> = Risk::ALL.iter().map(|risk| format!("{} of {} risk", open(*risk), risk.word())).collect();
    let of = |state| review.items.iter().filter(|item| item.state() == state).count();
    let mut text = format!("{} items apply. Open: {}.", review.items.len(), open.join(", "));
    let verified = of(State::Verified);
    if verified > 0 {
        let _ = write!(text, " brokerfit verified {verified} in the files given.");
    }
    let contradicted = of(State::Contradicted);
    if contradicted > 0 {
        let _ = write!(text, " Files given contradict {contradicted}.");
    }
    text
}

fn item(flow: &Flow<'_>, item: &Reviewed, text: &mut String) {
    let ticked = if item.state().is_open() { ' ' } else { 'x' };
    let _ = writeln!(text, "- [{ticked}] **{}** (`{}`)", escaped(&item.title), item.id);
    let mut line = |told: &str| {
        let _ = writeln!(text, "  {told}");
    };
    line(&escaped(&item.why));
    if !item.facts.is_empty() {
        line(&format!("*{}*", escaped(&item.facts.join("; "))));
    }
    if !item.open.is_empty() {
        line(&format!("It applies unless {} says otherwise, of which nothing is known.", listed(&item.open)));
    }
    for check in &item.verify {
        let _ = writeln!(text, "\n  ```sh\n{}\n  ```\n", indented(&check.run));
        let _ = writeln!(text, "  Expect: {}", escaped(&check.expect));
    }
    for told in settled(flow, item) {
        let _ = writeln!(text, "\n  {told}");
    }
    let links: Vec<String> = item.sources.iter().map(|id| format!("[{id}]")).collect();
    let see = if item.see.is_empty() { String::new() } else { format!("; see {}", listed(&item.see)) };
    let _ = writeln!(text, "\n  Sources: {}{see}\n", links.join(", "));
}

/// What files and people say of an item.
fn settled(flow: &Flow<'_>, item: &Reviewed) -> Vec<String> {
    let said = |all: &[crate::review::Evidence]| {
        escaped(&all.iter().map(|evidence| flow.evidence(evidence)).collect::<Vec<_>>().join("; "))
    };
    let mut told = Vec::new();
    match &item.proof {
        Proof::ByHand => {}
        Proof::Unsaid(keys) => told.push(format!("brokerfit verifies this where a broker file says {}.", listed(keys))),
        Proof::Verified(evidence) => told.push(format!("**Verified by brokerfit:** {}.", said(evidence))),
        Proof::Contradicted(evidence) => told.push(format!("**Not so, by the files given:** {}.", said(evidence))),
    }
    if let Some(answer) = &item.answer {
        let remark = answer.said.remark().map_or_else(String::new, |remark| format!(": {}", escaped(remark)));
        told.push(match answer.said {
            Said::Done(_) => format!("**Done**{remark}"),
            Said::NotApplicable(_) => format!("**Not applicable**{remark}"),
            Said::Open(_) => format!("**Open**{remark}"),
        });
    }
    told
}

fn left(review: &Review, text: &mut String) {
    if review.left.is_empty() {
        return;
    }
    let _ = writeln!(text, "## What does not apply here\n");
    for left in &review.left {
        let (title, why) = (escaped(&left.title), escaped(&left.why));
        let _ = writeln!(text, "- {title} (`{}`, {} risk): {why}", left.id, left.risk.word());
    }
    text.push('\n');
}

fn listed(ids: &[String]) -> String {
    ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ")
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
