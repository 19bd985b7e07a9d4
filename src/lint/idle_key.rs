//! Keys of the catalogue that no rule sets, limits, counts by or asks for: known, and without a use in any advice.

use std::collections::BTreeSet;

use super::{Found, Lint, Question};
use crate::knowledge::{Bound, Citing, KnowledgeBase, Level};

pub(super) const LINT: Lint = Lint {
    id: "idle-key",
    level: Level::Note,
    about: "Keys that no setting, limit, sizing, client or review speaks of: they are known, and no advice comes of them.",
    look,
};

fn look(knowledge: &KnowledgeBase<'_>, _: Question) -> Vec<Found> {
    let used = used(knowledge);
    let idle = (0_u16..).zip(&knowledge.catalogue).filter(|(place, key)| {
        // The review names keys as files do.
        let asked = |held: &crate::knowledge::Held| knowledge.text(held.key) == knowledge.text(key.id);
        !used.contains(place) && !knowledge.checklist.iter().flat_map(|item| &item.holds).any(asked)
    });
    idle.map(|(place, _)| {
        let name = knowledge.key_name(usize::from(place));
        let message = format!("no rule speaks of {name}");
        Found::new(name, message)
            .help("say when to set it, or between which values it must lie, or take it out")
            .at(Citing::Key(usize::from(place)))
    })
    .collect()
}

fn used(knowledge: &KnowledgeBase<'_>) -> BTreeSet<u16> {
    let mut used: BTreeSet<u16> = knowledge.tuning.iter().map(|tuning| tuning.key).collect();
    for limit in &knowledge.limits {
        used.insert(limit.key);
        used.extend(limit.instead.iter().chain(&limit.beside).chain(&limit.times));
        if let Bound::Below(other) = &limit.bound {
            used.insert(*other);
        }
    }
    used.extend(knowledge.sizings.iter().map(|sizing| sizing.key));
    used.extend(knowledge.clients.iter().flat_map(|client| &client.names).map(|name| name.key));
    for files in &knowledge.files {
        used.extend(
            files.values.iter().flat_map(|value| std::iter::once(value.key).chain(value.broker.iter().copied())),
        );
        used.extend(
            files.dead_letters.iter().flat_map(|letters| [letters.exchange, letters.routing_key, letters.wait]),
        );
    }
    used
}
