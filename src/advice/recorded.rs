//! Whether what a profile records is what is advised. Takes an advice; how grave a difference is, the gate says.

use super::Advice;
use crate::engine::Kind;
use crate::profile::{Chosen, Decision};

/// What a profile records, beside what is advised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Recorded<'p> {
    /// No decision.
    Nothing,
    /// What is advised.
    Agrees(&'p Decision),
    /// Something else.
    Departs(&'p Decision),
}

/// Holds the recorded decision against the advice.
pub fn recorded<'p>(advice: &Advice<'p>) -> Recorded<'p> {
    let verdict = &advice.judgement.verdict;
    let Some(decision) = &advice.profile.decision else { return Recorded::Nothing };
    let agrees = match (&decision.chosen, verdict.kind, verdict.leader) {
        (Chosen::Broker { broker, option }, Kind::One, Some(leader)) => {
            let one_of = |option| option == leader.option || Some(option) == leader.beside;
            *broker == leader.broker && option.is_none_or(one_of)
        }
        (Chosen::Both, Kind::Both, _) | (Chosen::None | Chosen::Other(_), Kind::Neither, _) => true,
        _ => false,
    };
    if agrees { Recorded::Agrees(decision) } else { Recorded::Departs(decision) }
}
