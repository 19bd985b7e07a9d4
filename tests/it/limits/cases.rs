//! Every limit with a profile and files that break it, and some that do not.

use std::collections::BTreeSet;

use super::files::artifacts;
use super::{decided, found, shown};
use crate::support::{KNOWLEDGE, option, stating};

const CASES: &str = include_str!("cases.txt");

/// A line of the cases.
pub(super) struct Case {
    pub(super) option: &'static str,
    pub(super) key: &'static str,
    pub(super) facts: Vec<&'static str>,
    pub(super) files: &'static str,
    expected: &'static str,
}

pub(super) fn cases() -> Vec<Case> {
    let lines = CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let read = |line: &'static str| {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [whose, facts, files, expected] = parts[..] else { panic!("`{line}` has not four parts") };
        let (option, key) = whose.split_once(' ').unwrap();
        Case { option, key, facts: facts.split(" & ").collect(), files, expected }
    };
    lines.map(read).collect()
}

/// The end of the longest part of a text between its holes; beside a hole a word may be in the singular.
fn telling(text: &'static str) -> &'static str {
    let parts = text.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    let longest = parts.max_by_key(|part| part.len()).unwrap_or_default();
    &longest[longest.len().saturating_sub(40)..]
}

#[test]
fn each_limit_is_broken_by_a_case_and_kept_by_another() {
    let (mut wrong, mut broken, mut kept) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    for case in cases() {
        let whose = if case.option.starts_with("kafka/") { "kafka" } else { "rabbitmq" };
        let all = found(&decided(&stating(&case.facts), option(case.option)), &artifacts(whose, case.files));
        let own: Vec<_> = all.iter().filter(|it| it.which.as_deref() == Some(case.key)).collect();
        let said: Vec<String> = own.iter().map(|it| format!("{} {}", it.level.word(), it.id)).collect();
        let said = if said.is_empty() { "fine".to_owned() } else { said.join(", ") };
        if said != case.expected {
            let all = shown(&own.into_iter().cloned().collect::<Vec<_>>());
            wrong.push(format!("{} {} | {}: {said} {all:?}", case.option, case.key, case.files));
            continue;
        }
        if case.expected == "fine" {
            kept.insert(case.key);
        }
        for limit in &KNOWLEDGE.limits {
            let why = KNOWLEDGE.text(limit.why.source);
            if own.iter().any(|it| it.message.contains(telling(why))) {
                broken.insert((KNOWLEDGE.text(KNOWLEDGE.catalogue[usize::from(limit.key)].id), why));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    let name = |limit: &brokerfit::knowledge::Limit| KNOWLEDGE.text(KNOWLEDGE.catalogue[usize::from(limit.key)].id);
    let missing: BTreeSet<&str> = KNOWLEDGE
        .limits
        .iter()
        .filter(|limit| {
            let key = name(limit);
            !broken.contains(&(key, KNOWLEDGE.text(limit.why.source))) || !kept.contains(key)
        })
        .map(|limit| KNOWLEDGE.text(limit.why.source))
        .collect();
    assert_eq!(missing, BTreeSet::new(), "limits without both cases");
}
