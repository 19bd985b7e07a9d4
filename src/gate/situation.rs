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
    /// Whether it comes in several, each with an id of its own behind a slash.
    pub several: Several,
}

/// What stands behind the slash of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Several {
    /// Nothing: there is one of it.
    No,
    /// The id of a contradiction.
    Conflicts,
    /// The name of a fact.
    Facts,
    /// The key of a broker file.
    Keys,
    /// An item of the checklist.
    Items,
}

/// All of them, as `check` may print them.
pub const SITUATIONS: [Situation; 27] = [
    Situation {
        id: "mismatch",
        title: "Another choice is advised",
        found: "The decision names one broker, and another is advised: an error where the verdict is clear, a warning \
                where it is leaning, a note where it is a toss-up. Where both, none or another system are decided and \
                one broker is advised, a warning where the verdict is clear, else a note.",
        remedy: "Record what is advised, or state the facts that speak for what was decided. On a toss-up keep the \
                 decision if what is run and known speaks for it.",
        levels: &[Level::Note, Level::Warning, Level::Error],
        several: Several::No,
    },
    Situation {
        id: "other-option",
        title: "Another option of the same broker is advised",
        found: "A warning where the decided option is two or more steps of fit worse on a must, else a note. Nothing \
                is said where it is the second of an advised pair.",
        remedy: "Record the option that is advised, or state the facts that speak for the decided one.",
        levels: &[Level::Note, Level::Warning],
        several: Several::No,
    },
    Situation {
        id: "ruled-out",
        title: "What is decided cannot serve",
        found: "Stated facts rule out the decided option, or every option of the decided broker: an error.",
        remedy: "Record what is advised, correct the facts, or put what may go unfulfilled under `wants`.",
        levels: &[Level::Error],
        several: Several::No,
    },
    Situation {
        id: "ruled-out-by-assumption",
        title: "What is decided may not serve",
        found: "Only facts that are assumed or unknown rule out the decided option, or every option of the decided \
                broker: a warning that names them.",
        remedy: "State the facts that it names.",
        levels: &[Level::Warning],
        several: Several::No,
    },
    Situation {
        id: "option-unavailable",
        title: "What is decided cannot be had",
        found: "The decided option is not in the version, or not at the provider, that is stated: an error.",
        remedy: "Choose another option, a later version, or a provider that offers it.",
        levels: &[Level::Error],
        several: Several::No,
    },
    Situation {
        id: "advised-neither",
        title: "No broker is advised",
        found: "A broker or both are decided, and neither is called for, or no option meets every must: a warning.",
        remedy: "Take what the finding names instead, or make one of the musts that it names a wish.",
        levels: &[Level::Warning],
        several: Several::No,
    },
    Situation {
        id: "advised-both",
        title: "Two brokers are advised",
        found: "One broker, none or another system is decided, and the flow is two flows, each with a broker of its \
                own: a warning.",
        remedy: "Describe the two flows in profiles of their own, or record `decision: { broker: both }`.",
        levels: &[Level::Warning],
        several: Several::No,
    },
    Situation {
        id: "assumption-broken",
        title: "What was assumed no longer holds",
        found: "A fact lies outside the values for which the decision says, under `assumes` or in the record that its \
                `adr` names, that it was taken: an error where the profile states the fact, a warning where it does not \
                and another value is taken. A stated range counts by its middle.",
        remedy: "Decide anew, and record the new values: `brokerfit advise` with `--format adr` writes them.",
        levels: &[Level::Warning, Level::Error],
        several: Several::Facts,
    },
    Situation {
        id: "too-thin",
        title: "Too little is stated",
        found: "A decision is recorded, and stated facts create needs in fewer than three dimensions and rule nothing \
                out: a warning.",
        remedy: "State more of the workload; `brokerfit advise` with this profile shows what it assumes.",
        levels: &[Level::Warning],
        several: Several::No,
    },
    Situation {
        id: "undecided",
        title: "No decision is recorded",
        found: "The profile has no `decision`: a warning that says what is advised.",
        remedy: "Record what was decided, as in the line that the finding proposes.",
        levels: &[Level::Warning],
        several: Several::No,
    },
    Situation {
        id: "conflict",
        title: "Facts contradict each other",
        found: "Two facts of the profile cannot both be had, or two of its numbers contradict each other; each \
                contradiction has an id and a level of its own.",
        remedy: "Follow the remedy of the contradiction: `brokerfit explain` with its id says more.",
        levels: &[Level::Note, Level::Warning, Level::Error],
        several: Several::Conflicts,
    },
    Situation {
        id: "required-missing",
        title: "A required fact is not stated",
        found: "The call or the configuration requires a fact, and the profile does not state it, says that nobody knows \
                it, and states nothing from which it follows: an error.",
        remedy: "State the fact; `brokerfit explain` with its name says what it means.",
        levels: &[Level::Error],
        several: Several::Facts,
    },
    Situation {
        id: "assumption-decides",
        title: "The advice rests on an assumption",
        found: "What is decided is also advised, and only because of facts that are assumed or unknown: without what \
                they rule out or ask for, another choice would come too close. A warning that names them.",
        remedy: "State the facts that it names.",
        levels: &[Level::Warning],
        several: Several::No,
    },
    Situation {
        id: "waiver-expired",
        title: "A waiver has expired",
        found: "The last day of a waiver is over: a warning, and what it waived counts again.",
        remedy: "Repair what was found, or accept it anew with a later day and a reason that holds; remove a waiver of \
                 which the finding is gone.",
        levels: &[Level::Warning],
        several: Several::No,
    },
    Situation {
        id: "waiver-unused",
        title: "A waiver waives nothing",
        found: "A waiver speaks of a finding that there is not, or of flows that there are not: a warning.",
        remedy: "Remove the waiver.",
        levels: &[Level::Warning],
        several: Several::No,
    },
    Situation {
        id: "unknown-key",
        title: "A broker file sets a key that its broker does not know",
        found: "No line of the broker has the key. As grave as what the broker makes of it: an error where it refuses to \
                start or to declare what the file asks for, else a warning, or a note where the key resembles none.",
        remedy: "Write the key that is proposed, or take it out.",
        levels: &[Level::Note, Level::Warning, Level::Error],
        several: Several::Keys,
    },
    Situation {
        id: "gone-key",
        title: "A broker file sets a key of another version",
        found: "Earlier or later lines of the broker have the key, and the version that is meant has not: an error where \
                it then refuses, else a warning.",
        remedy: "Take it out, or name the version that is meant.",
        levels: &[Level::Warning, Level::Error],
        several: Several::Keys,
    },
    Situation {
        id: "refused-value",
        title: "A broker file sets a value that its broker refuses",
        found: "The value is of another type, out of range or no word of the key, belongs to another type of queue, or \
                stands without what it needs: an error. A warning where a feature can be permitted again, or where the \
                version is one whose keys are not all known.",
        remedy: "Write a value that the finding names.",
        levels: &[Level::Warning, Level::Error],
        several: Several::Keys,
    },
    Situation {
        id: "idle-key",
        title: "A broker file sets what has no effect",
        found: "The broker takes the key and does not go by it: its feature is gone, this type of queue ignores it, or \
                another key overrules it. A warning, or a note where it does no harm.",
        remedy: "Take it out, or set what the finding names.",
        levels: &[Level::Note, Level::Warning],
        several: Several::Keys,
    },
    Situation {
        id: "unknown-section",
        title: "A broker file has a part that nobody reads",
        found: "The file's own layout does not know it: a warning, or an error where the program refuses the file.",
        remedy: "Correct its name, or take it out.",
        levels: &[Level::Warning, Level::Error],
        several: Several::Keys,
    },
    Situation {
        id: "unfit-value",
        title: "A broker file sets what the workload cannot live with",
        found: "What holds for an item of the flow, or for the broker, is beyond a limit of the workload: at the limit's \
                level where that follows from stated facts, else one level less. What only the broker gives to items that \
                no file declares is one level less too.",
        remedy: "Write what the finding proposes, or correct the facts: `brokerfit explain` with the key says from where \
                 the limit is.",
        levels: &[Level::Note, Level::Warning, Level::Error],
        several: Several::Keys,
    },
    Situation {
        id: "unfit-default",
        title: "Nothing sets what the workload needs, and the default will not do",
        found: "As with a value that is set, for the default of the version that is meant; one level less where a broker \
                that no file describes may give something else.",
        remedy: "Set it, as the finding proposes, or name the broker's own file under `artifacts`.",
        levels: &[Level::Note, Level::Warning, Level::Error],
        several: Several::Keys,
    },
    Situation {
        id: "other-option-declared",
        title: "A broker file declares another option",
        found: "An item of the flow is another option than the one that is decided, or advised: an error where stated \
                facts rule it out, a warning where the decision names the option, else a note.",
        remedy: "Declare what was decided, or record what is declared.",
        levels: &[Level::Note, Level::Warning, Level::Error],
        several: Several::No,
    },
    Situation {
        id: "other-broker-declared",
        title: "A broker file is of another broker",
        found: "A file that the profile names declares nothing of the decided, or advised, broker: a warning.",
        remedy: "Record what is run, or name the files of the decided broker under `artifacts`.",
        levels: &[Level::Warning],
        several: Several::No,
    },
    Situation {
        id: "other-version-declared",
        title: "A broker file runs another version",
        found: "A file names a version of another line than the profile states: a warning.",
        remedy: "State the version that is run under `environment.versions`.",
        levels: &[Level::Warning],
        several: Several::No,
    },
    Situation {
        id: "review-open",
        title: "An item of the design review is open",
        found: "The call or the configuration demands that no item of some risk is open, and nobody answered this one, or a \
                broker file says that it is not so: an error.",
        remedy: "Verify it and answer `done`, or `not applicable` with a reason: `brokerfit checklist` says how.",
        levels: &[Level::Error],
        several: Several::Items,
    },
    Situation {
        id: "review-answer-idle",
        title: "An answer to the design review is not asked for",
        found: "The answers settle an item that does not apply to this workload with this option: a note.",
        remedy: "Take the answer out, or correct the fact for which the item does not apply.",
        levels: &[Level::Note],
        several: Several::Items,
    },
];
