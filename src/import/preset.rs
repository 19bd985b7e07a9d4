//! A draft of a flow that is common: what is usually so of it, each with its reason.

use super::{Draft, Found, Open};
use crate::knowledge::{KnowledgeBase, Preset};

/// What is usual for a flow of a kind.
pub fn of_preset(knowledge: &KnowledgeBase<'_>, preset: &Preset) -> Draft {
    let (title, about) = (knowledge.text(preset.title), knowledge.text(preset.about));
    let found = preset.facts.iter().map(|usual| Found {
        fact: knowledge.fact_name(usual.fact).to_owned(),
        value: knowledge.text(usual.value).to_owned(),
        from: knowledge.text(usual.because).to_owned(),
    });
    Draft {
        name: knowledge.text(preset.id).to_owned(),
        about: vec![
            format!("{title}: {about}."),
            "Beside each value stands why it is usual for such a flow; change what is otherwise with yours.".to_owned(),
        ],
        found: found.collect(),
        open: vec![Open {
            fact: knowledge.fact_name(preset.ask).to_owned(),
            why: "this differs most from one such flow to the next".to_owned(),
        }],
        option: None,
    }
}
