//! Which keys stand where: the groups of the vocabulary as a tree, built once a run. Takes the knowledge base, gives
//! for a key of a group the fact or the group that it names.

use crate::expr::FactId;
use crate::knowledge::{Dimension, KnowledgeBase};

/// The keys of a profile itself, and of a decision.
pub(crate) const TOP: [&str; 12] = [
    "brokerfit",
    "name",
    "description",
    "owner",
    "links",
    "notes",
    "decision",
    "workload",
    "environment",
    "priorities",
    "artifacts",
    "wants",
];

/// Kept and printed, never interpreted.
pub(crate) const KEPT: [&str; 4] = ["description", "owner", "links", "notes"];

/// The keys of a decision.
pub(crate) const DECISION: [&str; 7] = ["broker", "option", "date", "adr", "knowledge", "assumes", "waiver"];

/// A group, by its place in the tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct GroupId(usize);

/// What a key of a group names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Member {
    /// One fact.
    Fact(FactId),
    /// A group of facts.
    Group(GroupId),
}

/// Facts that stand under one key.
#[derive(Debug)]
pub(crate) struct Group<'k> {
    /// Its dotted name, as facts begin; empty for what stands under `workload:`.
    pub(crate) path: &'k str,
    /// The fact for which the group may be written.
    pub(crate) main: Option<FactId>,
    /// Its keys are brokers.
    pub(crate) by_broker: bool,
    members: Vec<(&'k str, Member)>,
}

impl<'k> Group<'k> {
    /// What a key names.
    pub(crate) fn member(&self, key: &str) -> Option<Member> {
        let place = self.members.binary_search_by(|(known, _)| (*known).cmp(key)).ok()?;
        self.members.get(place).map(|(_, member)| *member)
    }

    /// Its keys.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&'k str, Member)> {
        self.members.iter().copied()
    }

    /// The group's key, for messages.
    pub(crate) fn title(&self) -> &'k str {
        if self.path.is_empty() { "workload" } else { self.path }
    }
}

/// Every group of the vocabulary.
#[derive(Debug)]
pub(crate) struct Fields<'k> {
    groups: Vec<Group<'k>>,
}

impl<'k> Fields<'k> {
    /// What stands under `workload:`.
    pub(crate) const WORKLOAD: GroupId = GroupId(0);
    /// What stands under `environment:`.
    pub(crate) const ENVIRONMENT: GroupId = GroupId(1);

    /// Builds the tree.
    pub(crate) fn of(knowledge: &'k KnowledgeBase<'_>) -> Self {
        let root = |path| Group { path, main: None, by_broker: false, members: Vec::new() };
        let mut fields = Self { groups: vec![root(""), root("environment")] };
        for (id, fact) in knowledge.fact_ids() {
            let name = knowledge.fact_name(id);
            let place = fields.place(name);
            if let Some(group) = fields.groups.get_mut(place.0) {
                let key = name.rsplit('.').next().unwrap_or(name);
                // The name of a family of facts, one for each broker, is the group's own.
                if !group.members.iter().any(|(known, _)| *known == key) {
                    group.members.push((key, Member::Fact(id)));
                }
                group.by_broker |= fact.broker.is_some();
                if fact.main {
                    group.main = Some(id);
                }
            }
        }
        for group in &mut fields.groups {
            group.members.sort_unstable_by_key(|(key, _)| *key);
        }
        fields
    }

    /// The group in which a fact stands, made where it is new.
    fn place(&mut self, name: &'k str) -> GroupId {
        let environment = name.strip_prefix("environment.").is_some();
        let mut place = if environment { Self::ENVIRONMENT } else { Self::WORKLOAD };
        let skip = if environment { "environment.".len() } else { 0 };
        for (dot, _) in name.match_indices('.').filter(|(dot, _)| *dot >= skip) {
            let path = name.get(..dot).unwrap_or(name);
            place = self.child(place, path);
        }
        place
    }

    fn child(&mut self, parent: GroupId, path: &'k str) -> GroupId {
        let key = path.rsplit('.').next().unwrap_or(path);
        let new = GroupId(self.groups.len());
        let Some(group) = self.groups.get_mut(parent.0) else { return parent };
        match group.members.iter_mut().find(|(known, _)| *known == key) {
            Some((_, Member::Group(known))) => return *known,
            Some((_, member)) => *member = Member::Group(new),
            None => group.members.push((key, Member::Group(new))),
        }
        self.groups.push(Group { path, main: None, by_broker: false, members: Vec::new() });
        new
    }

    /// A group.
    pub(crate) fn group(&self, id: GroupId) -> Option<&Group<'k>> {
        self.groups.get(id.0)
    }

    /// A group by its dotted name.
    pub(crate) fn find(&self, path: &str) -> Option<&Group<'k>> {
        self.groups.iter().find(|group| !group.path.is_empty() && group.path == path)
    }

    /// Every group below the two roots.
    pub(crate) fn below_roots(&self) -> impl Iterator<Item = &Group<'k>> {
        self.groups.iter().skip(2)
    }
}

/// Names of dimensions.
pub(crate) fn dimensions() -> impl Iterator<Item = &'static str> + Clone {
    Dimension::ALL.into_iter().map(Dimension::id)
}
