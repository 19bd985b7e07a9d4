//! Conditions that every profile fulfils: what depends on them does not depend on anything.

use super::decide::Verdict;
use super::{Found, Lint, Question, conditions};
use crate::knowledge::{KnowledgeBase, Level};

pub(super) const LINT: Lint = Lint {
    id: "always-holds",
    level: Level::Warning,
    about: "Every condition on which something depends fails for some profile: a need of every workload tells none apart, \
            and what always applies needs no condition.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let deciding = conditions::once(knowledge).into_iter().filter(|condition| condition.decides);
    deciding
        .filter_map(|condition| {
            let verdict = condition.lines.can(knowledge, &[(condition.when, false)]);
            let message = format!("the condition of {} always holds", condition.name);
            let always = Found::new(condition.name, message)
                .help("correct it, or say it without a condition")
                .at(condition.spot);
            match verdict {
                Verdict::Never => Some(always),
                Verdict::NotSeen => Some(always.by_samples()),
                Verdict::Can => None,
            }
        })
        .collect()
}
