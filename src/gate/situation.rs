//! Every situation that the gate can find, for those who ask what a finding means.

use crate::knowledge::Level;

/// A situation with a stable name.
#[derive(Debug, Clone, Copy)]
pub struct Situation {
    /// The stable name, as findings carry it.
    pub id: &'static str,
    /// What it is, in a few words.
    pub title: &'static str,
    /// When it is found, and at which level.
    pub found: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// The levels that it may have, least to most.
    pub levels: &'static [Level],
}

/// All of them, as `check` may print them.
pub const SITUATIONS: [Situation; 11] = [
    Situation {
        id: "mismatch",
        title: "Another choice is advised",
        found: "The decision names one broker, and another is advised: an error where the verdict is clear, a warning \
                where it is leaning, a note where it is a toss-up. Where both, none or another system are decided and \
                one broker is advised, a warning where the verdict is clear, else a note.",
        remedy: "Record what is advised, or state the facts that speak for what was decided. On a toss-up keep the \
                 decision if what is run and known speaks for it.",
        levels: &[Level::Note, Level::Warning, Level::Error],
    },
    Situation {
        id: "other-option",
        title: "Another option of the same broker is advised",
        found: "A warning where the decided option is two or more steps of fit worse on a must, else a note. Nothing \
                is said where it is the second of an advised pair.",
        remedy: "Record the option that is advised, or state the facts that speak for the decided one.",
        levels: &[Level::Note, Level::Warning],
    },
    Situation {
        id: "ruled-out",
        title: "What is decided cannot serve",
        found: "Stated facts rule out the decided option, or every option of the decided broker: an error.",
        remedy: "Record what is advised, correct the facts, or put what may go unfulfilled under `wants`.",
        levels: &[Level::Error],
    },
    Situation {
        id: "ruled-out-by-assumption",
        title: "What is decided may not serve",
        found: "Only facts that are assumed or unknown rule out the decided option, or every option of the decided \
                broker: a warning that names them.",
        remedy: "State the facts that it names.",
        levels: &[Level::Warning],
    },
    Situation {
        id: "option-unavailable",
        title: "What is decided cannot be had",
        found: "The decided option is not in the version, or not at the provider, that is stated: an error.",
        remedy: "Choose another option, a later version, or a provider that offers it.",
        levels: &[Level::Error],
    },
    Situation {
        id: "advised-neither",
        title: "Neither broker is advised",
        found: "A broker or both are decided, and neither is called for, or no option meets every must: a warning.",
        remedy: "Take what the finding names instead, or make one of the musts that it names a wish.",
        levels: &[Level::Warning],
    },
    Situation {
        id: "advised-both",
        title: "Both brokers are advised",
        found: "One broker, none or another system is decided, and the flow is two flows, each with a broker of its \
                own: a warning.",
        remedy: "Describe the two flows in profiles of their own, or record `decision: { broker: both }`.",
        levels: &[Level::Warning],
    },
    Situation {
        id: "assumption-broken",
        title: "What was assumed no longer holds",
        found: "A fact lies outside the values for which the decision says, under `assumes`, that it was taken: an error \
                where the profile states the fact, a warning where it does not and another value is taken. A stated \
                range counts by its middle.",
        remedy: "Decide anew, and record the new values: `brokerfit advise` with `--format adr` writes them.",
        levels: &[Level::Warning, Level::Error],
    },
    Situation {
        id: "too-thin",
        title: "Too little is stated",
        found: "A decision is recorded, and stated facts create needs in fewer than three dimensions and rule nothing \
                out: a warning.",
        remedy: "State more of the workload; `brokerfit advise` with this profile shows what it assumes.",
        levels: &[Level::Warning],
    },
    Situation {
        id: "undecided",
        title: "No decision is recorded",
        found: "The profile has no `decision`: a warning that says what is advised.",
        remedy: "Record what was decided, as in the line that the finding proposes.",
        levels: &[Level::Warning],
    },
    Situation {
        id: "conflict",
        title: "Facts contradict each other",
        found: "Two facts of the profile cannot both be had, or two of its numbers contradict each other; each \
                contradiction has an id and a level of its own.",
        remedy: "Follow the remedy of the contradiction: `brokerfit explain` with its id says more.",
        levels: &[Level::Note, Level::Warning, Level::Error],
    },
];
