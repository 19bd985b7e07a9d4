//! What the gate says of a flow's design review: items at stake that nobody settled, those of which a broker file says
//! the contrary, and answers that nothing asks for.

use super::case::Case;
use super::files::options;
use super::finding::Finding;
use crate::artifact::Artifact;
use crate::knowledge::{Level, Risk};
use crate::pattern::Pattern;
use crate::review::{Answers, Proof, Review, Reviewed, State, review};

/// What is demanded of reviews.
#[derive(Debug, Clone, Copy)]
pub struct Demanded<'d> {
    /// From which risk on no item may be open.
    pub require: Risk,
    /// What was answered so far.
    pub answers: Option<&'d Answers>,
}

/// Items that are not settled, with the option that is decided, else with the one that is advised.
pub(super) fn unsettled(
    case: &Case<'_>,
    demanded: &Demanded<'_>,
    artifacts: &[&Artifact],
    only: &[Pattern],
) -> Vec<Finding> {
    let Some(option) = options(case.advice).first().copied() else { return Vec::new() };
    let (knowledge, advice) = (case.knowledge, case.advice);
    let mut made = review(knowledge, advice.profile, &advice.facts, option, demanded.answers);
    super::files::prove(knowledge, advice, &mut made, artifacts, only);
    let open = made.items.iter().filter(|item| item.risk >= demanded.require && item.state().is_open());
    let mut found: Vec<Finding> = open.map(|item| finding(case, &made, item)).collect();
    found.extend(idle(case, &made, demanded));
    found
}

fn finding(case: &Case<'_>, review: &Review, item: &Reviewed) -> Finding {
    let option = case.knowledge.option_name(review.option);
    let why = match item.state() {
        State::Contradicted => "a broker file says that it is not so",
        _ => "nobody says that it is done",
    };
    let message =
        format!("the review for {option} is open: {} ({} risk), and {why}", lower(&item.title), item.risk.word());
    let mut found = Finding::new("review-open", Level::Error, message).on(&item.id).about(option);
    if let Proof::Contradicted(evidence) = &item.proof {
        for said in evidence {
            found = match said.place {
                Some((source, span)) => found.within(source, span, said.text.clone()),
                None => found.help(said.text.clone()),
            };
        }
    }
    if let Some(answer) = &item.answer {
        found = found.within(answer.source, answer.span, "answered here");
    }
    let decision = case.advice.profile.decision.as_ref().and_then(|decision| decision.span);
    let verify = item.verify.first().map_or_else(String::new, |check| format!("verify it: `{}`", check.run));
    found
        .at(decision.or(Some(case.advice.profile.span)), "of this flow")
        .help(item.why.clone())
        .help(verify)
        .help(format!("then answer `{}: done`, or `not applicable` with a reason", item.id))
}

/// Answers to items that do not apply.
fn idle(case: &Case<'_>, review: &Review, demanded: &Demanded<'_>) -> Vec<Finding> {
    let flow = &case.advice.profile.name;
    let left = review.left.iter().filter_map(|left| {
        let answer = demanded.answers?.of(flow, &left.id)?;
        let message = format!("the answer to `{}` is not asked for: {}", left.id, left.why);
        let found = Finding::new("review-answer-idle", Level::Note, message).on(&left.id);
        Some(found.within(answer.source, answer.span, "answered here").help("take it out"))
    });
    left.collect()
}

/// The first letter small, as within a sentence; words that are written large as a whole stay.
fn lower(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => first.to_lowercase().chain(letters).collect(),
        _ => title.to_owned(),
    }
}
