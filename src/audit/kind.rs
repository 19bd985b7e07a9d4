//! The kinds of entries of a knowledge base, as the command line and JSON name them.

/// A kind of entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What a workload may require.
    Needs,
    /// Ways to use a broker.
    Options,
    /// What options answer to needs.
    Answers,
    /// What a profile may state, and what follows.
    Facts,
    /// Keys that brokers and clients declare.
    Settings,
    /// Between which values of which key a workload can live.
    Limits,
    /// Client libraries.
    Clients,
    /// How options grow, and what they cost.
    Practices,
    /// How nodes are counted.
    Sizings,
    /// When somebody must look.
    Alerts,
    /// Causes of trouble.
    Pitfalls,
    /// What can be seen of a running broker.
    Observations,
    /// What a design review asks.
    Checklist,
    /// Facts that cannot both be had.
    Conflicts,
    /// When neither broker is called for, or both are.
    Scope,
    /// What a second broker costs to run.
    Costs,
    /// What is said of brokers and is not so.
    Misconceptions,
    /// Flows that are common.
    Presets,
    /// Situations in which, by published guides, the choice matters.
    Criteria,
    /// The bibliography.
    Sources,
}

impl Kind {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 20] = [
        Self::Needs,
        Self::Options,
        Self::Answers,
        Self::Facts,
        Self::Settings,
        Self::Limits,
        Self::Clients,
        Self::Practices,
        Self::Sizings,
        Self::Alerts,
        Self::Pitfalls,
        Self::Observations,
        Self::Checklist,
        Self::Conflicts,
        Self::Scope,
        Self::Costs,
        Self::Misconceptions,
        Self::Presets,
        Self::Criteria,
        Self::Sources,
    ];

    /// The word of the command line and of JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Needs => "needs",
            Self::Options => "options",
            Self::Answers => "answers",
            Self::Facts => "facts",
            Self::Settings => "settings",
            Self::Limits => "limits",
            Self::Clients => "clients",
            Self::Practices => "practices",
            Self::Sizings => "sizings",
            Self::Alerts => "alerts",
            Self::Pitfalls => "pitfalls",
            Self::Observations => "observations",
            Self::Checklist => "checklist",
            Self::Conflicts => "conflicts",
            Self::Scope => "scope",
            Self::Costs => "costs",
            Self::Misconceptions => "misconceptions",
            Self::Presets => "presets",
            Self::Criteria => "criteria",
            Self::Sources => "sources",
        }
    }

    /// What it is, in a line.
    pub fn about(self) -> &'static str {
        match self {
            Self::Needs => "What a workload may require",
            Self::Options => "Ways to use a broker",
            Self::Answers => "What each option answers to each need, with the line and the day on which it was checked",
            Self::Facts => "What a profile may state, and what follows",
            Self::Settings => "Keys of brokers and clients with their newest defaults",
            Self::Limits => "Between which values of which key a workload can live",
            Self::Clients => "Client libraries, and what they call the keys that they apply",
            Self::Practices => "How options grow, and what they cost",
            Self::Sizings => "What adds up over the nodes of each option, and how many it asks for",
            Self::Alerts => "When somebody must look, and at what first",
            Self::Pitfalls => "Causes of trouble, by what they are found",
            Self::Observations => "What metrics and tools show of a running broker",
            Self::Checklist => "What a design review asks",
            Self::Conflicts => "Facts that cannot both be had",
            Self::Scope => "When neither broker is called for, or both are",
            Self::Costs => "What a second broker costs to run",
            Self::Misconceptions => "What is said of brokers and is not so",
            Self::Presets => "Flows that are common, from which `init` drafts a profile",
            Self::Criteria => "Situations in which, by published guides, the choice matters",
            Self::Sources => "The bibliography",
        }
    }
}
