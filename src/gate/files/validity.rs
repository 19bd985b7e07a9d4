//! A broker file by itself, in the version that is meant: keys that are unknown or gone, values that are refused, what
//! has no effect. Reads no workload.

use std::collections::HashMap;

use super::Meant;
use super::entry::{Judge, cut};
use super::siblings::{Names, Siblings};
use crate::artifact::{Artifact, Entry, Item, ItemKind};
use crate::gate::Finding;
use crate::knowledge::declared::{BrokerKeys, DeclaredKeys};
use crate::knowledge::{KnowledgeBase, Level};

/// Unknown keys of one file for which the meant one is looked for; a file with more is no slip.
const LOOKED_FOR: usize = 100;

/// Everything that is wrong with a broker's file whatever the workload is, the gravest first.
pub fn validity(
    knowledge: &KnowledgeBase<'_>,
    declared: &DeclaredKeys<'_>,
    artifact: &Artifact,
    meant: Meant,
) -> Vec<Finding> {
    let Some(keys) = declared.of(artifact.broker) else { return Vec::new() };
    // Where nobody says which version is run, it is one of which every key is known.
    let version = if meant.is_taken { meant.version.min(keys.newest) } else { meant.version };
    let broker = knowledge.find_broker(artifact.broker).map_or(artifact.broker, |id| knowledge.broker_title(id));
    let mut judge = Judge {
        keys,
        broker,
        version,
        shape: artifact.shape.word(),
        source: artifact.source,
        left_to_look_for: LOOKED_FOR,
        findings: Vec::new(),
    };
    let names = Names::of(artifact);
    for item in &artifact.items {
        let Some(reading) = keys.reading(item.kind.word()) else { continue };
        let about = about(artifact, item);
        let queues = queues(keys, artifact, item, &reading.type_keys);
        target(&mut judge, item, &about);
        pattern(&mut judge, item, &about);
        let siblings = Siblings::of(artifact, item, &names);
        // One value twice is no slip: exports of virtual hosts say what their metadata says once more.
        let last: HashMap<&str, &Entry> = item.entries.iter().map(|entry| (entry.key.as_str(), entry)).collect();
        for entry in &item.entries {
            if last.get(entry.key.as_str()).is_some_and(|last| last.value != entry.value) {
                judge.overridden(entry, &about);
            } else {
                judge.entry(reading, entry, &queues, &siblings, &about);
            }
        }
    }
    sections(&mut judge, artifact);
    let mut findings = judge.findings;
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    findings
}

/// An item's kind and name.
fn about(artifact: &Artifact, item: &Item) -> String {
    let kind = item.kind.called();
    let name = if item.kind == ItemKind::Broker { artifact.name.as_deref().unwrap_or_default() } else { &item.name };
    match item.vhost.as_deref() {
        Some(vhost) => format!("{kind} {name} in {vhost}"),
        None if name.is_empty() => kind.to_owned(),
        None => format!("{kind} {name}"),
    }
}

/// Of which queue types an item is, or to which it applies; nothing where nobody knows.
#[derive(Debug, Default)]
pub(super) struct Queues {
    /// The types.
    pub(super) types: Vec<String>,
    /// The same in words: `quorum queues`.
    pub(super) called: String,
    /// Whether it is a policy, which others may outdo.
    pub(super) applies: bool,
}

fn queues(keys: &BrokerKeys<'_>, artifact: &Artifact, item: &Item, type_keys: &[String]) -> Queues {
    if let Some(selector) = &item.selector {
        let word = if selector.apply_to.is_empty() { "all" } else { &selector.apply_to };
        let Some(target) = keys.target(word) else { return Queues::default() };
        return Queues { types: target.takes.clone(), called: target.called.to_string(), applies: true };
    }
    let Some(stated) = stated(item, type_keys).or_else(|| default_type(keys, artifact, item)) else {
        return Queues::default();
    };
    // Old exports name the module that implements the type.
    let short = stated.split_once('_').map_or(stated, |(_, rest)| rest.strip_suffix("_queue").unwrap_or(stated));
    let known = keys.targets.iter().find(|target| target.takes.len() == 1 && target.takes.iter().any(|it| it == short));
    known.map_or_else(Queues::default, |target| Queues {
        types: target.takes.clone(),
        called: target.called.to_string(),
        applies: false,
    })
}

/// The value of the first of some keys that an item sets.
fn stated<'i>(item: &'i Item, keys: &[String]) -> Option<&'i str> {
    let entry = keys.iter().find_map(|key| item.entries.iter().find(|entry| entry.key == *key));
    entry.and_then(|entry| Siblings::value(&entry.value))
}

/// The type that the item's virtual host gives to queues that name none.
fn default_type<'i>(keys: &BrokerKeys<'_>, artifact: &'i Artifact, item: &Item) -> Option<&'i str> {
    if item.kind != ItemKind::Queue {
        return None;
    }
    let reading = keys.reading(ItemKind::Vhost.word())?;
    let of_item = |other: &&Item| other.kind == ItemKind::Vhost && Some(&other.name) == item.vhost.as_ref();
    stated(artifact.items.iter().find(of_item)?, &reading.type_keys)
}

/// A policy that applies to nothing that there is.
fn target(judge: &mut Judge<'_, '_>, item: &Item, about: &str) {
    let Some(selector) = &item.selector else { return };
    let known = judge.keys.targets.is_empty() || judge.keys.target(&selector.apply_to).is_some();
    if selector.apply_to.is_empty() || known {
        return;
    }
    let Some(reading) = judge.keys.reading(item.kind.word()) else { return };
    let words = judge.keys.targets.iter().map(|target| target.word.as_ref());
    let near = crate::suggestion::nearest(&selector.apply_to, words);
    let message = format!("`{}` is nothing to which a policy applies; {}", selector.apply_to, reading.then_refused);
    let mut finding = Finding::new("refused-value", judge.as_known(Level::Error), message);
    finding.which = Some("apply-to".to_owned());
    if let Some(near) = near {
        finding = finding.help(format!("did you mean `{near}`?"));
    }
    judge.push(finding, item.span, "here", about);
}

/// A policy with a pattern that cannot be one.
fn pattern(judge: &mut Judge<'_, '_>, item: &Item, about: &str) {
    let Some(selector) = item.selector.as_ref().filter(|selector| is_no_pattern(&selector.pattern)) else { return };
    let Some(reading) = judge.keys.reading(item.kind.word()) else { return };
    let then = &reading.then_refused;
    let message = format!("`{}` is no regular expression; {then}", cut(&selector.pattern));
    let mut finding = Finding::new("refused-value", judge.as_known(Level::Error), message);
    finding.which = Some("pattern".to_owned());
    if selector.pattern == "*" {
        finding = finding.help("write `.*` for all names");
    }
    judge.push(finding, selector.pattern_span, "refused", about);
}

/// Whether no engine takes a pattern: it repeats nothing, or its parentheses do not match. In doubt one does.
fn is_no_pattern(pattern: &str) -> bool {
    let repeats_nothing = pattern.starts_with(['*', '+', '?']);
    let is_plain = !pattern.contains(['\\', '[', '{']) && !pattern.contains("(?") && !pattern.contains("(*");
    repeats_nothing || (is_plain && pattern.matches('(').count() != pattern.matches(')').count())
}

/// Sections of the file that its grammar does not know.
fn sections(judge: &mut Judge<'_, '_>, artifact: &Artifact) {
    let rule = judge.keys.sections.iter().find(|section| section.shape == artifact.shape.word());
    for stray in &artifact.strays {
        let (of, level) = rule.map_or(("the file", Level::Warning), |rule| (rule.of.as_ref(), rule.level));
        let then = rule.map_or_else(String::new, |rule| format!("; {}", rule.then));
        let (level, then) = if stray.refused {
            (Level::Error, "; the container does not start with it".to_owned())
        } else {
            (level, then)
        };
        let message = format!("`{}` is not a part of {of}{then}", stray.key);
        let mut finding = Finding::new("unknown-section", level, message);
        finding.which = Some(stray.key.clone());
        if let Some(near) = stray.near {
            finding = finding.help(format!("did you mean `{near}`?"));
        }
        judge.push(finding, stray.span, "not known", "");
    }
}
