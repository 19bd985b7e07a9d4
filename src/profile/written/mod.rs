//! The inverse of reading: a profile as a tree that reads back as the same profile, with its keys in the order in which
//! profiles are usually written. Takes a profile, gives a tree; how a format spells it is for `render`.

mod kept;
mod value;

use serde_json::{Map, Value, json};

use super::field::KEPT;
use super::{BrokerFile, Chosen, Decision, Profile, Remark, Want};
use crate::knowledge::{Dimension, KnowledgeBase, Priority};
use crate::pattern::Pattern;
use kept::{grouped, tree};
use value::stated;

/// The order in which groups of facts are usually written; the environment comes after all of them.
pub const GROUPS: [&str; 15] = [
    "pattern",
    "throughput",
    "message",
    "latency",
    "retention",
    "backlog",
    "ordering",
    "delivery",
    "consumers",
    "clients",
    "routing",
    "handling",
    "availability",
    "integration",
    "tenancy",
];

/// A profile as a tree.
pub fn written(knowledge: &KnowledgeBase<'_>, profile: &Profile) -> Value {
    let mut all = Map::new();
    all.insert("brokerfit".to_owned(), Value::from(1));
    all.insert("name".to_owned(), Value::from(profile.name.as_str()));
    let (own, other): (Vec<&Remark>, Vec<&Remark>) =
        profile.kept.iter().partition(|it| KEPT.contains(&first(&it.key)) || it.key.starts_with("x-"));
    let (own, extra): (Vec<&Remark>, Vec<&Remark>) = own.into_iter().partition(|it| !it.key.starts_with("x-"));
    all.extend(grouped(&own, ""));
    if let Some(decision) = &profile.decision {
        all.insert("decision".to_owned(), decided(knowledge, decision));
    }
    facts(knowledge, profile, &mut all);
    for dimension in Dimension::ALL {
        let priority = profile.priorities.of(dimension);
        if priority != Priority::default() {
            insert(&mut all, &["priorities", dimension.id()], Value::from(priority.word()));
        }
    }
    for (path, extra) in kept::placed(&other) {
        let under = match path.as_slice() {
            ["workload" | "priorities" | "environment", ..] => path,
            _ => [vec!["workload"], path].concat(),
        };
        for (key, value) in extra {
            insert(&mut all, &[under.as_slice(), &[&key]].concat(), value);
        }
    }
    let wants: Vec<Value> = profile.wants.iter().map(|want| Value::from(wish(knowledge, want))).collect();
    let files: Vec<Value> = profile.artifacts.iter().map(file).collect();
    for (key, values) in [("wants", wants), ("artifacts", files)] {
        if !values.is_empty() {
            all.insert(key.to_owned(), Value::from(values));
        }
    }
    all.extend(grouped(&extra, ""));
    Value::Object(all)
}

/// Puts every fact that is stated under its group; a group of which only the main fact is stated is that fact.
fn facts(knowledge: &KnowledgeBase<'_>, profile: &Profile, all: &mut Map<String, Value>) {
    let place = |name: &str| GROUPS.iter().position(|group| *group == first(name)).unwrap_or(GROUPS.len());
    let mut statements: Vec<_> = profile
        .statements
        .iter()
        .filter(|statement| !profile.shared.contains(&statement.fact))
        .filter_map(|statement| {
            let fact = knowledge.fact(statement.fact)?;
            Some((knowledge.text(fact.name), stated(knowledge, fact, &statement.value), fact.main))
        })
        .collect();
    statements.sort_by_key(|(name, ..)| place(name));
    let alone = |name: &str| {
        let same = statements.iter().filter(|(other, ..)| first(other) == first(name)).count();
        let noted = profile.kept.iter().any(|remark| first(&remark.key) == first(name));
        same == 1 && !noted
    };
    for (name, value, main) in &statements {
        let path: Vec<&str> = match name.split_once('.') {
            Some((group, _)) if *main && !value.is_array() && alone(name) => vec!["workload", group],
            Some(("environment", _)) => name.split('.').collect(),
            _ => ["workload"].into_iter().chain(name.split('.')).collect(),
        };
        insert(all, &path, value.clone());
    }
}

/// A decision with everything that its team says of it.
fn decided(knowledge: &KnowledgeBase<'_>, decision: &Decision) -> Value {
    let mut all = Map::new();
    let broker = match &decision.chosen {
        Chosen::Broker { broker, .. } => knowledge.broker_name(*broker),
        Chosen::Both => "both",
        Chosen::None => "none",
        Chosen::Other(_) => "other",
    };
    all.insert("broker".to_owned(), Value::from(broker));
    let texts = [
        ("option", &decision.option_written),
        ("date", &decision.date),
        ("adr", &decision.adr),
        ("knowledge", &decision.knowledge),
    ];
    for (key, text) in texts {
        all.extend(text.as_deref().map(|text| (key.to_owned(), Value::from(text))));
    }
    for (key, remarks) in [("assumes", &decision.assumes_written), ("waiver", &decision.waivers_written)] {
        if !remarks.is_empty() {
            let texts: Vec<_> = remarks.iter().map(|it| (rest(&it.key, ""), it.text.as_str())).collect();
            all.insert(key.to_owned(), tree(&texts));
        }
    }
    let kept: Vec<&Remark> = decision.kept.iter().collect();
    all.extend(grouped(&kept, "decision"));
    Value::Object(all)
}

/// A broker file: its path alone, where nothing more is said of it.
fn file(file: &BrokerFile) -> Value {
    if file.only.is_empty() {
        return Value::from(file.path.as_str());
    }
    let only: Vec<&str> = file.only.iter().map(Pattern::written).collect();
    json!({ "file": file.path, "only": only })
}

fn wish<'k>(knowledge: &'k KnowledgeBase<'_>, want: &Want) -> &'k str {
    match want {
        Want::Fact(fact) => knowledge.fact_name(*fact),
        Want::Need(need) => knowledge.needs.get(*need).map_or("", |need| knowledge.text(need.id)),
    }
}

/// Puts a value where a path of keys leads.
fn insert(into: &mut Map<String, Value>, path: &[&str], value: Value) {
    let Some((key, path)) = path.split_first() else { return };
    if path.is_empty() {
        into.insert((*key).to_owned(), value);
        return;
    }
    let inner = into.entry(*key).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(inner) = inner {
        insert(inner, path, value);
    }
}

/// The first part of a dotted name.
fn first(name: &str) -> &str {
    name.split_once('.').map_or(name, |(first, _)| first)
}

/// What a key says below a path; none where it is the path itself.
fn rest<'r>(key: &'r str, path: &str) -> Option<&'r str> {
    if path.is_empty() {
        return (!key.is_empty()).then_some(key);
    }
    key.strip_prefix(path)?.strip_prefix('.')
}
