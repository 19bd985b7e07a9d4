//! Keys that do not stand where they are written: misspelt, misplaced, or written with dots. Takes such a key, gives
//! the diagnostic that says where it belongs; reads no values.

use super::field::{DECISION, Fields, Group, GroupId, Member, TOP};
use super::group::last;
use super::place::{alternatives, excerpt};
use super::reader::Reader;
use crate::diagnostic::Diagnostic;
use crate::expr::FactId;
use crate::knowledge::FactKind;
use crate::source::{Entry, Node};
use crate::suggestion::nearest;

/// Where a key stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Level {
    /// In the profile itself.
    Top,
    /// In its decision.
    Decision,
    /// In a group of facts.
    Group(GroupId),
}

impl<'r> Reader<'r, '_> {
    /// Notes that a key is not known where it stands; gives the key that seems to be meant.
    pub(super) fn unknown_field(&mut self, level: Level, entry: &Entry<'_>) -> Option<&'r str> {
        let key = excerpt(&entry.key);
        if let Some(error) = self.dotted(level, entry).or_else(|| self.misplaced(level, entry)) {
            self.push(error);
            return None;
        }
        let fields = self.fields;
        let group = match level {
            Level::Group(id) => fields.group(id),
            Level::Top | Level::Decision => None,
        };
        let (code, message) = match group {
            Some(group) if group.by_broker => ("unknown-broker", format!("no broker is called `{key}`")),
            Some(group) => ("unknown-field", format!("`{}` has no field `{key}`", group.title())),
            None => ("unknown-field", format!("unknown field `{key}`")),
        };
        let near = match level {
            Level::Top => nearest(&entry.key, TOP.into_iter()),
            Level::Decision => nearest(&entry.key, DECISION.into_iter()),
            Level::Group(_) => {
                let here = group.into_iter().flat_map(Group::keys);
                let here = here.filter(|(_, member)| self.is_stated(*member));
                nearest(&entry.key, here.map(|(key, _)| key))
            }
        };
        let mut error = self.error(code, entry.key_span, &message, "unknown field");
        if let Some(near) = near {
            error = self.suggest(error, entry.key_span, near);
        } else if let Some(far) = self.near_elsewhere(&entry.key) {
            error = error.help(far);
        } else if let Some(group) = group {
            let known = group.keys().filter(|(_, member)| self.is_stated(*member));
            let keys: Vec<&str> = known.map(|(key, _)| key).collect();
            error = error.help(format!("known here: {}", alternatives(keys)));
        }
        self.push(error);
        near
    }

    /// A fact's dotted name as one key: it is written as nested groups.
    fn dotted(&self, level: Level, entry: &Entry<'_>) -> Option<Diagnostic> {
        let (first, rest) = entry.key.split_once('.')?;
        let (path, rest) = match level {
            Level::Group(id) => {
                let path = self.fields.group(id).map_or("", |group| group.path);
                (path, &*entry.key)
            }
            Level::Top if first == "workload" => ("", rest),
            Level::Top | Level::Decision => ("", &*entry.key),
        };
        let name = if path.is_empty() { rest.to_owned() } else { format!("{path}.{rest}") };
        let fact = self.knowledge.find_fact(&name).or_else(|| self.knowledge.find_fact(rest))?;
        let key = excerpt(&entry.key);
        let message = format!("`{key}` is written as groups, not with dots");
        let error = self.error("dotted-field", entry.key_span, &message, "expected nested groups");
        Some(error.help(self.nested(fact, &entry.value)))
    }

    /// How a fact is written in its groups.
    fn nested(&self, fact: FactId, value: &Node<'_>) -> String {
        let name = self.knowledge.fact_name(fact);
        let value = match value.as_scalar() {
            Some(scalar) if scalar.text.len() <= 30 => excerpt(&scalar.text),
            _ => "…".to_owned(),
        };
        let mut parts = name.rsplit('.');
        let inner = format!("{}: {value}", parts.next().unwrap_or_default());
        let written = parts.fold(inner, |inner, group| format!("{group}: {{ {inner} }}"));
        if name.starts_with("environment.") {
            format!("write `{written}`")
        } else {
            format!("write `{written}` under `workload:`")
        }
    }

    /// A key that is right in another place.
    fn misplaced(&self, level: Level, entry: &Entry<'_>) -> Option<Diagnostic> {
        let key = &*entry.key;
        let mut belongs = Vec::new();
        let top = TOP.contains(&key) && !matches!(level, Level::Top);
        if top {
            belongs.push(format!("`{key}:` belongs at the top level of the profile"));
        }
        if matches!(level, Level::Top) && DECISION.contains(&key) {
            belongs.push(format!("`{key}:` belongs under `decision:`"));
        }
        for (root, title) in [(Fields::WORKLOAD, "workload"), (Fields::ENVIRONMENT, "environment")] {
            let here = matches!(level, Level::Group(id) if id == root);
            let known = self.fields.group(root).and_then(|group| group.member(key));
            if !here && !top && known.is_some_and(|member| self.is_stated(member)) {
                belongs.push(format!("`{key}:` belongs under `{title}:`"));
            }
        }
        if belongs.is_empty() {
            let names: Vec<&str> = self.facts_named(key).take(3).collect();
            if !names.is_empty() {
                belongs.push(format!("did you mean {}?", alternatives(names)));
            }
        }
        if belongs.is_empty() {
            return None;
        }
        let place = match level {
            Level::Top => "at the top level".to_owned(),
            Level::Decision => "under `decision`".to_owned(),
            Level::Group(id) => {
                format!("under `{}`", self.fields.group(id).map_or("workload", |group| group.title()))
            }
        };
        let message = format!("`{}` does not belong {place}", excerpt(key));
        let mut error = self.error("misplaced-field", entry.key_span, &message, "in the wrong place");
        error.help.extend(belongs);
        Some(error)
    }

    /// Facts of any group that end in a key.
    fn facts_named(&self, key: &str) -> impl Iterator<Item = &'r str> {
        let knowledge = self.knowledge;
        let in_family = |broker: Option<u8>| broker.is_some();
        let stated = knowledge.fact_ids().filter(move |(_, fact)| !fact.derived && !in_family(fact.broker));
        let key = key.to_owned();
        stated.map(|(id, _)| knowledge.fact_name(id)).filter(move |name| last(name) == key)
    }

    /// The nearest key of any group.
    fn near_elsewhere(&self, key: &str) -> Option<String> {
        let knowledge = self.knowledge;
        let stated = knowledge.fact_ids().filter(|(_, fact)| !fact.derived && fact.broker.is_none());
        let names = stated.map(|(id, _)| last(knowledge.fact_name(id)));
        let groups = self.fields.below_roots().map(|group| group.path);
        let near = nearest(key, groups.chain(names).chain(["workload", "environment"]))?;
        if let Some(group) = self.fields.find(near) {
            let root = if near.starts_with("environment.") { "environment" } else { "workload" };
            return Some(format!("did you mean `{}:` under `{root}:`?", group.path));
        }
        let names: Vec<&str> = self.facts_named(near).take(3).collect();
        let near = if names.is_empty() { vec![near] } else { names };
        Some(format!("did you mean {}?", alternatives(near)))
    }

    /// The flow whose byte rate a fact is.
    pub(super) fn flow_in_bytes(&self, id: FactId) -> Option<&'r str> {
        let knowledge = self.knowledge;
        let flow = |kind: FactKind| matches!(kind, FactKind::Flow { bytes, .. } if bytes == id);
        knowledge.fact_ids().find(|(_, fact)| flow(fact.kind)).map(|(id, _)| knowledge.fact_name(id))
    }

    /// A fact or a group of facts by its dotted name, as on the command line.
    pub(super) fn named(&self, name: &str) -> Option<Member> {
        match self.fields.find(name).map(|group| group.main) {
            Some(main) => main.map(Member::Fact),
            None => self.knowledge.find_fact(name).map(Member::Fact),
        }
    }
}
