//! Lines of a profile: a group of facts each, as trees that read back as what is stated.

use serde_json::Value;

use crate::expr::FactId;
use crate::knowledge::KnowledgeBase;
use crate::profile::{GROUPS, Profile, written};

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Root {
    /// In the profile itself.
    Top,
    /// Under `workload:`.
    Workload,
    /// In the profile itself, after the workload.
    Environment,
}

/// By what a fact is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The fact.
    pub fact: FactId,
    /// By what.
    pub from: String,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Where it stands.
    pub root: Root,
    /// Its key.
    pub key: String,
    /// What stands under it.
    pub value: Value,
    /// By what each of its facts is known.
    pub origins: Vec<Origin>,
}

/// The groups whose facts stand beside the workload.
const ENVIRONMENT: &str = "environment";

/// The first part of a dotted name.
pub(super) fn first(name: &str) -> &str {
    name.split_once('.').map_or(name, |(first, _)| first)
}

/// The place of a group among all: as they are usually written, the environment last.
pub(super) fn place(group: &str) -> usize {
    GROUPS.iter().position(|known| *known == group).unwrap_or(GROUPS.len())
}

/// Where a group stands.
pub(super) fn root(group: &str) -> Root {
    if group == ENVIRONMENT { Root::Environment } else { Root::Workload }
}

/// Every line of a profile below its name.
pub(super) fn lines(knowledge: &KnowledgeBase<'_>, profile: &Profile, origins: &[(FactId, String)]) -> Vec<Line> {
    let tree = written(knowledge, profile);
    let mut all = Vec::new();
    for (key, value) in tree.as_object().into_iter().flatten() {
        match (key.as_str(), value) {
            ("decision", _) => {
                all.push(Line { root: Root::Top, key: key.clone(), value: value.clone(), origins: Vec::new() });
            }
            ("workload", Value::Object(groups)) => {
                all.extend(groups.iter().map(|(key, value)| of_group(knowledge, key, value, origins)));
            }
            (ENVIRONMENT, _) => all.push(of_group(knowledge, key, value, origins)),
            _ => {}
        }
    }
    all
}

/// The line of one group of a profile.
pub(super) fn line(
    knowledge: &KnowledgeBase<'_>,
    profile: &Profile,
    group: &str,
    origins: &[(FactId, String)],
) -> Option<Line> {
    let alone = Profile {
        statements: profile
            .statements
            .iter()
            .filter(|statement| first(knowledge.fact_name(statement.fact)) == group)
            .cloned()
            .collect(),
        ..Profile::named("")
    };
    lines(knowledge, &alone, origins).pop()
}

fn of_group(knowledge: &KnowledgeBase<'_>, key: &str, value: &Value, origins: &[(FactId, String)]) -> Line {
    let own = origins.iter().filter(|(fact, _)| first(knowledge.fact_name(*fact)) == key);
    let mut origins: Vec<Origin> = own.map(|(fact, from)| Origin { fact: *fact, from: from.clone() }).collect();
    // In the order of the line.
    origins.sort_by_key(|origin| origin.fact);
    Line { root: root(key), key: key.to_owned(), value: value.clone(), origins }
}
