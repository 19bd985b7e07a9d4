//! Grades that do not go with whose word it is.

use super::{Found, Lint, Question};
use crate::knowledge::source_entry::OWN;
use crate::knowledge::{Grade, KnowledgeBase, Level, SourceEntry, Spot, Subject};

pub(super) const LINT: Lint = Lint {
    id: "grade-and-affiliation",
    level: Level::Warning,
    about: "What this project measured is `measured`, and nothing else is; who stands in a broker's camp is never \
            `independent`.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let wrong = |source: &SourceEntry| {
        let own = knowledge.text(source.affiliation) == OWN;
        match source.grade {
            Grade::Measured if !own => Some("is graded as measured by this project, and is somebody else's"),
            Grade::Independent if own || knowledge.camp(source).is_some() => {
                Some("is graded as independent, and stands in a camp")
            }
            Grade::Documented if own => Some("is graded as a maker's, and is this project's own"),
            _ => None,
        }
    };
    knowledge
        .sources
        .iter()
        .enumerate()
        .filter_map(|(place, source)| {
            let id = knowledge.text(source.id);
            let whose = knowledge.text(source.affiliation);
            let message = format!("the source `{id}` ({whose}) {}", wrong(source)?);
            let spot = Spot::from(Subject::Source(place));
            let found = Found::new(id, message).help("correct its `grade` or its `affiliation`");
            Some(found.at(spot.field("grade")).at(spot.field("affiliation")))
        })
        .collect()
}
