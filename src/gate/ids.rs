//! Which ids findings may have: what a waiver or a level of one's own may name.

use super::situation::{SITUATIONS, Several, Situation};
use crate::configuration::required_fact;
use crate::knowledge::KnowledgeBase;
use crate::suggestion::nearest;

/// The situation of an id, and what follows its slash.
///
/// # Errors
/// What may be meant, in a sentence.
pub fn situation<'i>(
    knowledge: &KnowledgeBase<'_>,
    id: &'i str,
) -> Result<(&'static Situation, Option<&'i str>), String> {
    let (family, which) = id.split_once('/').map_or((id, None), |(family, which)| (family, Some(which)));
    let Some(situation) = SITUATIONS.iter().find(|situation| situation.id == family) else {
        let conflict = knowledge.conflicts.iter().any(|conflict| knowledge.text(conflict.id) == id);
        if conflict {
            return Err(format!("did you mean `conflict/{id}`?"));
        }
        return Err(match nearest(family, SITUATIONS.iter().map(|situation| situation.id)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`brokerfit rules list finding` lists them".to_owned(),
        });
    };
    match (situation.several, which) {
        (Several::No, Some(_)) => Err(format!("nothing follows `{family}`: write it alone")),
        (Several::Conflicts, Some(which)) => {
            let known = || knowledge.conflicts.iter().map(|conflict| knowledge.text(conflict.id));
            if known().any(|known| known == which) {
                return Ok((situation, Some(which)));
            }
            Err(match nearest(which, known()) {
                Some(near) => format!("did you mean `{family}/{near}`?"),
                None => "`brokerfit rules list conflict` lists them".to_owned(),
            })
        }
        (Several::Facts, Some(which)) => match required_fact(knowledge, which) {
            Ok(_) => Ok((situation, Some(which))),
            Err(help) => Err(help),
        },
        (Several::Items, Some(which)) => {
            let known = || knowledge.checklist.iter().map(|item| knowledge.text(item.id));
            if known().any(|known| known == which) {
                return Ok((situation, Some(which)));
            }
            Err(match nearest(which, known()) {
                Some(near) => format!("did you mean `{family}/{near}`?"),
                None => "`brokerfit explain checklist-items` lists them".to_owned(),
            })
        }
        (Several::Keys, Some("")) => Err(format!("a key follows `{family}/`")),
        (Several::No | Several::Conflicts | Several::Facts | Several::Keys | Several::Items, which) => {
            Ok((situation, which))
        }
    }
}
