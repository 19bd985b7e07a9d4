//! The rules of a SARIF log: every situation that the gate can find, in one fixed order, with what a reader needs to act.
//! A rule is a situation and no single key or contradiction, so that their number is bounded and an alert can be filtered
//! by it; which key it was is a property of the result.

use std::collections::BTreeMap;

use serde_json::json;

use super::model::{Configuration, Help, Message, Properties, Rule};
use crate::gate::{SITUATIONS, Several, Situation};
use crate::knowledge::Level;

/// Where the gate is described.
const HELP: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/how-it-decides.md#the-gate");

/// The rules, and the place of each by its id.
pub(super) struct Rules {
    written: Vec<Rule>,
    places: BTreeMap<&'static str, usize>,
}

impl Rules {
    pub(super) fn new() -> Self {
        let written: Vec<Rule> = SITUATIONS.iter().map(rule).collect();
        let places = written.iter().enumerate().map(|(place, rule)| (rule.id, place)).collect();
        Self { written, places }
    }

    /// The place of a rule; one that no situation describes is described by its name.
    pub(super) fn place(&mut self, id: &'static str) -> usize {
        let next = self.written.len();
        let place = *self.places.entry(id).or_insert(next);
        if place == next {
            let levels = &Level::ALL;
            self.written.push(rule(&Situation {
                id,
                title: id,
                found: id,
                remedy: "",
                levels,
                several: Several::Keys,
            }));
        }
        place
    }

    pub(super) fn all(self) -> Vec<Rule> {
        self.written
    }
}

/// The standard's word for a level.
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Note => "note",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

fn rule(situation: &Situation) -> Rule {
    let Situation { id, title, found, remedy, levels, several: _ } = situation;
    let gravest = levels.iter().max().copied().unwrap_or(Level::Warning);
    let severity = if gravest == Level::Note { "recommendation" } else { level(gravest) };
    let more = format!("`brokerfit explain {id}` says more.");
    let properties: Properties = [
        ("precision", json!("high")),
        ("problem.severity", json!(severity)),
        ("tags", json!(["architecture", "configuration", "messaging"])),
    ]
    .into();
    Rule {
        id,
        short_description: text(title),
        full_description: text(found),
        help: Help {
            text: text(&format!("{found} {remedy} {more}")).text,
            markdown: text(&format!("**{title}**\n\n{found}\n\n**Remedy.** {remedy}\n\n{more}")).text,
        },
        help_uri: HELP,
        default_configuration: Configuration { level: level(gravest) },
        properties,
    }
}

/// Our own text as a message: braces would be filled in.
fn text(text: &str) -> Message {
    Message { text: text.replace('{', "{{").replace('}', "}}") }
}
