//! What is known of one flow before anybody was asked.

/// One flow, as a file, a preset or answers tell of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The flow's name: lower case letters, digits and hyphens; unique among the drafts of a run.
    pub name: String,
    /// What it is and where it comes from, a line each: `queue "orders" in the virtual host "/" of definitions.json`.
    pub about: Vec<String>,
    /// What is known, at most one of each fact.
    pub found: Vec<Found>,
    /// What the origin leaves open and a person may know, most telling first.
    pub open: Vec<Open>,
    /// The option that is in use by the file, as `rabbitmq/quorum`, where it says so.
    pub option: Option<String>,
}

/// One fact that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The fact's name: `retention.period`.
    pub fact: String,
    /// Its value as a profile writes it: `7d`, `[java, go]`, `true`.
    pub value: String,
    /// By what it is known, for a comment: ``"retention.ms" of topic "orders"``.
    pub from: String,
}

/// One thing that cannot be known from the origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The fact's name.
    pub fact: String,
    /// Why the origin does not say it: `topics do not say how much is published`.
    pub why: String,
}
