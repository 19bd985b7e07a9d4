//! Every option answers every need in every known version, on somebody's word, and names the work that makes up for
//! what it lacks.

use super::{Wrong, of_answer, replies};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{Answer, Citing, Fit, FitRule, KnowledgeBase, Reply, Spot, Template, Version};

pub(super) fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Wrong> {
    let mut problems = Vec::new();
    for (option, details) in knowledge.option_ids() {
        let versions = knowledge.broker(details.broker).map_or(&[][..], |broker| &broker.versions);
        for need in 0..knowledge.needs.len() {
            let Some(answer) = knowledge.answer(option, need) else { continue };
            let who = of_answer(knowledge, option, need);
            for version in versions.iter().filter(|version| !speaks(answer, **version)) {
                let message = format!("{who} has no answer in version {version}");
                let problem = Diagnostic::error("need-unanswered", message)
                    .help("add an answer without a condition, or a variant without one for that line");
                problems.push(Wrong::at(problem, Citing::Answer { option, need, variant: None }));
            }
            let wrong =
                replies(option, need, answer).filter_map(|(part, reply)| incomplete(knowledge, part, reply, &who));
            problems.extend(wrong);
        }
    }
    problems
}

/// Whether some answer surely holds in a version.
fn speaks(answer: &Answer, version: Version) -> bool {
    answer.base.is_some()
        || answer.variants.iter().any(|variant| {
            variant.when.is_none()
                && variant.since.is_none_or(|since| since <= version)
                && variant.until.is_none_or(|until| version <= until)
        })
}

fn incomplete(knowledge: &KnowledgeBase<'_>, part: Citing, reply: &Reply, who: &str) -> Option<Wrong> {
    if reply.sources.is_empty() {
        let problem = Diagnostic::error("answer-unsourced", format!("{who} names no source")).help("add `source`");
        return Some(Wrong::at(problem, part));
    }
    let told = |how: &Option<Template>| how.as_ref().is_some_and(|how| !knowledge.text(how.source).is_empty());
    let each = matches!(&reply.fit, FitRule::Bands { bands, .. } if bands.iter().all(|band| told(&band.how)));
    if knowledge.text(reply.how.source).is_empty() && !each {
        let problem = Diagnostic::error("answer-unexplained", format!("{who} does not say how"));
        return Some(Wrong::at(problem.help("add `how`: by what means, in a sentence that stands alone"), part));
    }
    let worst = reply.fit.fits().into_iter().min()?;
    let compensated = reply.compensate.is_some()
        || matches!(&reply.fit, FitRule::Bands { bands, .. }
            if bands.iter().all(|band| band.fit > Fit::Workable || band.compensate.is_some()));
    if worst <= Fit::Workable && !compensated {
        let message = format!("{who} is at worst {} and does not say what makes up for it", worst.word());
        let problem = Diagnostic::error("compensation-missing", message).help("add `compensate`");
        return Some(Wrong::at(problem, Spot::from(part).field("fit")));
    }
    None
}
