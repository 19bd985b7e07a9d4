//! What makes a finding the same finding in another run: what it is found on, its id and what it is about; never its line.

use super::finding::Finding;
use super::fingerprint::Subject;

/// A finding's identity; of several findings that share one, each is one more of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// On what it is found.
    pub owner: Owner,
    /// The finding's full id.
    pub id: String,
    /// What it is about beside that.
    pub about: String,
}

/// On what a finding is found, by its name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// A flow.
    Flow(String),
    /// A file, by its path below the root.
    File(String),
}

impl Identity {
    /// That of a finding.
    pub fn of(subject: Subject<'_>, finding: &Finding) -> Self {
        let owner = match subject {
            Subject::Flow(name) => Owner::Flow(name.to_owned()),
            Subject::File(path) => Owner::File(path.to_owned()),
        };
        Self { owner, id: finding.full_id(), about: finding.about.clone() }
    }
}
