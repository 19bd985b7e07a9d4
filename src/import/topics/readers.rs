//! Who reads which topic, as `kafka-consumer-groups.sh --describe` tells: groups, and the members that hold partitions.

use std::collections::{BTreeMap, BTreeSet};

use super::super::sheet::Sheet;
use super::super::words::list;

/// For each topic its groups, and for each of them its members.
#[derive(Debug, Default)]
pub(in crate::import) struct Readers(BTreeMap<String, BTreeMap<String, BTreeSet<String>>>);

impl Readers {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn topics(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(super) fn add(&mut self, topic: &str, group: &str, member: Option<&str>) {
        let members = self.0.entry(topic.to_owned()).or_default().entry(group.to_owned()).or_default();
        members.extend(member.map(str::to_owned));
    }

    /// States how many groups read a topic, and how many members the largest has: a group without members is one whose
    /// instances are away just now.
    pub(super) fn state(&self, sheet: &mut Sheet, topic: &str) {
        let Some(groups) = self.0.get(topic) else {
            if !self.is_empty() {
                sheet.ask("consumers.groups", "no group that was described reads it");
            }
            return;
        };
        let names = list(groups.keys().map(String::as_str));
        sheet.about(format!("read by {names}"));
        sheet.find("consumers.groups", groups.len().to_string(), format!("groups that have a position in it: {names}"));
        sheet.option = Some("kafka/log".to_owned());
        let largest = groups.iter().max_by_key(|(_, members)| members.len()).filter(|(_, members)| !members.is_empty());
        match largest {
            Some((group, members)) => {
                let from = format!("members of group {} that hold partitions of it", list([group.as_str()]));
                sheet.find("consumers.per_group", members.len().to_string(), from);
            }
            None => sheet.ask("consumers.per_group", "no group had members when this was printed"),
        }
    }
}
