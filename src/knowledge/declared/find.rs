//! What a broker of a line makes of a key: declared, handed on, gone, not there yet, or unknown.

use std::cmp::Ordering;

use super::near::nearest;
use super::pattern::matches;
use super::{BrokerKeys, Passed, Row};
use crate::quantity::Version;

/// What a broker of a line makes of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup<'k, 'a> {
    /// It declares it.
    Declared(&'k Row<'a>),
    /// It hands it on, or others read it.
    Passed(&'k Passed<'a>),
    /// Earlier lines had it.
    Gone {
        /// The last that had it.
        last: Version,
    },
    /// Later lines have it.
    NotYet {
        /// The first that has it.
        first: Version,
    },
    /// No line has it.
    Unknown {
        /// The key that may be meant.
        near: Option<String>,
        /// Whose key it is, if not of this scope.
        elsewhere: Option<&'a str>,
    },
}

impl<'a> BrokerKeys<'a> {
    /// What a line makes of a key of a scope.
    pub fn lookup(&self, scope: &str, key: &str, version: Version) -> Lookup<'_, 'a> {
        match self.standing(scope, key, version) {
            Lookup::Unknown { .. } => {
                Lookup::Unknown { near: self.near(scope, key, version), elsewhere: self.elsewhere(scope, key, version) }
            }
            found => found,
        }
    }

    /// The same, without a look for what may be meant.
    pub fn standing(&self, scope: &str, key: &str, version: Version) -> Lookup<'_, 'a> {
        let line = version.line();
        let rows: Vec<&Row<'_>> = self.declarations(scope, key);
        if let Some(row) = rows.iter().find(|row| row.covers(line, self.newest)) {
            return Lookup::Declared(row);
        }
        if let Some(passed) = self.passed.iter().find(|passed| passed.scope == scope && passed.is(key)) {
            return Lookup::Passed(passed);
        }
        let last = rows.iter().map(|row| row.last).filter(|last| *last < line).max();
        let first = rows.iter().filter_map(|row| row.first).filter(|first| *first > line).min();
        match (last, first) {
            (Some(last), _) => Lookup::Gone { last },
            (None, Some(first)) => Lookup::NotYet { first },
            (None, None) => Lookup::Unknown { near: None, elsewhere: None },
        }
    }

    /// Every declaration of a key: its own, or else those of the names with gaps that stand for it.
    pub fn declarations(&self, scope: &str, key: &str) -> Vec<&Row<'a>> {
        let own = |row: &Row<'_>| row.scope.cmp(scope).then_with(|| row.key.cmp(key));
        let start = self.rows.partition_point(|row| own(row) == Ordering::Less);
        let exact: Vec<&Row<'a>> = self.rows.iter().skip(start).take_while(|row| own(row) == Ordering::Equal).collect();
        if !exact.is_empty() {
            return exact;
        }
        self.of_scope(scope).filter(|row| row.key.contains('$') && matches(row.key, key)).collect()
    }

    /// Every row of a scope.
    pub fn of_scope(&self, scope: &str) -> impl Iterator<Item = &Row<'a>> + Clone {
        let start = self.rows.partition_point(|row| row.scope < scope);
        let end = self.rows.partition_point(|row| row.scope <= scope);
        self.rows.get(start..end).unwrap_or_default().iter()
    }

    fn near(&self, scope: &str, key: &str, version: Version) -> Option<String> {
        let line = version.line();
        let there = self.of_scope(scope).filter(|row| row.covers(line, self.newest));
        let handed_on = self.passed.iter().filter(|passed| passed.scope == scope).flat_map(Passed::whole_keys);
        nearest(key, there.map(|row| row.key).chain(handed_on))
    }

    fn elsewhere(&self, scope: &str, key: &str, version: Version) -> Option<&'a str> {
        let line = version.line();
        let others = self.rows.iter().filter(|row| row.scope != scope && row.key == key);
        others.filter(|row| row.covers(line, self.newest)).map(|row| row.scope).next()
    }
}
