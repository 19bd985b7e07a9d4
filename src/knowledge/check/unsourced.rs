//! What nobody can trace to a source is never a veto and never takes more than one step. Precisely: a reply all of
//! whose sources are `unsourced` may not be ruled out, and may not lie more than one step below the best fit that the
//! same answer reaches on better sources; where it has no better source at all, below `native`.

use super::{Wrong, of_answer, replies};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{Answer, Fit, Grade, KnowledgeBase, Reply, Spot};

pub(super) fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Wrong> {
    let mut problems = Vec::new();
    for (option, _) in knowledge.option_ids() {
        for need in 0..knowledge.needs.len() {
            let Some(answer) = knowledge.answer(option, need) else { continue };
            let best = best(knowledge, answer);
            for (part, reply) in replies(option, need, answer).filter(|(_, reply)| is_hearsay(knowledge, reply)) {
                let worst = reply.fit.worst();
                let who = of_answer(knowledge, option, need);
                let problem = |message: String| {
                    let problem = Diagnostic::error("hearsay-decides", message)
                        .help("name a source that can be traced, or judge milder");
                    Wrong::at(problem, Spot::from(part).field("source"))
                };
                if worst == Fit::RuledOut {
                    problems.push(problem(format!("{who} is ruled out on unsourced claims alone")));
                } else if worst.steps() + 1 < best.steps() {
                    problems.push(problem(format!(
                        "{who} falls from {} to {} on unsourced claims alone, by more than one step",
                        best.word(),
                        worst.word()
                    )));
                }
            }
        }
    }
    problems
}

fn is_hearsay(knowledge: &KnowledgeBase<'_>, reply: &Reply) -> bool {
    let mut grades = reply.sources.iter().filter_map(|id| knowledge.source(*id)).map(|source| source.grade);
    !reply.sources.is_empty() && grades.all(|grade| grade == Grade::Unsourced)
}

/// The best fit that an answer reaches on sources that can be traced.
fn best(knowledge: &KnowledgeBase<'_>, answer: &Answer) -> Fit {
    let traced = answer.replies().filter(|reply| !is_hearsay(knowledge, reply));
    traced.map(|reply| reply.fit.best()).max().unwrap_or(Fit::Native)
}
