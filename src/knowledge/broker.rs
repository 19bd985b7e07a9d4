//! Brokers, their options, and the versions that are known.

use serde::{Deserialize, Serialize};

use super::capability::SourceId;
use super::text::Text;
use crate::expr::{DomainId, FactId};
pub use crate::quantity::Version;

/// A broker's place in canonical order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BrokerId(pub u8);

/// An option's place in canonical order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct OptionId(pub u8);

/// A system that can be run.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Broker {
    /// Its id, as in profiles.
    pub id: Text,
    /// Its name, for people.
    pub name: Text,
    /// What it is, in a sentence.
    pub about: Text,
    /// The known lines, oldest first.
    pub versions: Vec<Version>,
    /// The newest line that a provider offers, where it is not the newest known: the provider's word, and the line.
    pub newest_at: Vec<(u8, Version)>,
    /// Its options.
    pub options: Vec<OptionId>,
    /// Options that may serve one flow together.
    pub pairs: Vec<(OptionId, OptionId)>,
    /// What nobody should expect from this model.
    pub not_considered: Vec<Text>,
    /// Whose word is its maker's word: affiliations of those who sell it and not its rival, beside its own id.
    pub camp: Vec<Text>,
    /// On whose word.
    pub sources: Vec<SourceId>,
    /// `environment.versions` of this broker.
    pub version_fact: FactId,
    /// `environment.team` of this broker.
    pub team_fact: FactId,
    /// Its bit in lists of brokers.
    pub word: u8,
    /// It comes with rules of one's own.
    pub of_pack: bool,
}

impl Broker {
    /// The known line that answers for a version: its own, else the nearest below it, else the oldest.
    pub fn answering(&self, version: Version) -> Version {
        let below = self.versions.iter().rev().find(|line| line.line() <= version.line());
        below.or(self.versions.first()).copied().unwrap_or(version)
    }

    /// The line that answers for a version that is of no known line, and why.
    pub fn answered_as(&self, version: Version) -> Option<(Version, &'static str)> {
        let line = self.answering(version);
        if line.line() == version.line() {
            None
        } else if line > version {
            Some((line, "is older than any known line"))
        } else if self.versions.last() == Some(&line) {
            Some((line, "is newer than any known line"))
        } else {
            Some((line, "is of no known line"))
        }
    }
}

/// One way to use a broker.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct BrokerOption {
    /// Its full id, as in `rabbitmq/quorum`.
    pub id: Text,
    /// Its id within the broker.
    pub short: Text,
    /// What one of it is called, as in `quorum queue`.
    pub name: Text,
    /// Its name, for people.
    pub title: Text,
    /// What it is, in a sentence.
    pub about: Text,
    /// Whose it is.
    pub broker: BrokerId,
    /// When and where it can be had.
    pub available: Available,
    /// On whose word.
    pub sources: Vec<SourceId>,
}

/// Whether a version is of a line from `since` up to and with `until`; a patch is of its line.
pub fn within(version: f64, since: Option<Version>, until: Option<Version>) -> bool {
    let line = (version / 1e3).floor() * 1e3;
    since.is_none_or(|since| version >= since.as_number()) && until.is_none_or(|until| line <= until.as_number())
}

/// When and where an option can be had.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Available {
    /// For production from this line on; always, where there is none.
    pub since: Option<Version>,
    /// As a preview from this line on.
    pub preview: Option<Version>,
    /// In early access from this line on.
    pub early_access: Option<Version>,
    /// Providers that offer it, as bits over the names of providers; all, where there is none.
    pub providers: Option<(DomainId, u64)>,
}
