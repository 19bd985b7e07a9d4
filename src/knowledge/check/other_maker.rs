//! No strong effect, poor or ruled out, rests only on the word of those who make or sell another broker: somebody else
//! must say so too. And nobody speaks for two brokers: an affiliation stands in one camp at most.

use super::{Wrong, of_answer, replies};
use crate::diagnostic::Diagnostic;
use crate::knowledge::{Fit, KnowledgeBase, Spot, Subject, Voice};

pub(super) fn check(knowledge: &KnowledgeBase<'_>) -> Vec<Wrong> {
    let mut problems = two_camps(knowledge);
    for (option, details) in knowledge.option_ids() {
        for need in 0..knowledge.needs.len() {
            let Some(answer) = knowledge.answer(option, need) else { continue };
            for (part, reply) in replies(option, need, answer).filter(|(_, reply)| reply.fit.worst() <= Fit::Poor) {
                let other = |id: &_| knowledge.voice(details.broker, *id) == Voice::OtherMaker;
                if !reply.sources.is_empty() && reply.sources.iter().all(other) {
                    let message = format!(
                        "{} is at worst {}, and only the other side says so: {}",
                        of_answer(knowledge, option, need),
                        reply.fit.worst().spoken(),
                        knowledge.source_names(&reply.sources).join(", ")
                    );
                    let problem = Diagnostic::error("other-makers-word", message)
                        .help("name a source of its own maker, of neither, or a measurement");
                    problems.push(Wrong::at(problem, Spot::from(part).field("source")));
                }
            }
        }
    }
    problems
}

fn two_camps(knowledge: &KnowledgeBase<'_>) -> Vec<Wrong> {
    let members = knowledge.broker_ids().flat_map(|(id, broker)| {
        let members = std::iter::once(broker.id).chain(broker.camp.iter().copied());
        members.map(move |member| (id, knowledge.text(member)))
    });
    let mut seen = Vec::new();
    let mut problems = Vec::new();
    for (broker, member) in members {
        if seen.contains(&member) {
            let message = format!("`{member}` stands in two camps");
            let problem = Diagnostic::error("two-camps", message).help("who sells both stands in none");
            problems.push(Wrong::at(problem, Spot::from(Subject::Camp(broker)).field("camp")));
        }
        seen.push(member);
    }
    problems
}
