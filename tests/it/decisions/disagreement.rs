//! Where a verdict and people differ, and what is said about it.

use super::case::{Asked, CASES, Case, Label, is_clear, said};

/// How a case can disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Disagreement {
    /// The labellers decide, and the verdict says something else.
    Wrong,
    /// The labellers do not decide, or not alike, and the verdict is clear.
    TooClear,
    /// Another of the brokers was chosen.
    ChosenOtherwise,
    /// The broker agrees, and the option does not.
    OtherOption,
}

impl Disagreement {
    pub(super) const ALL: [Self; 4] = [Self::Wrong, Self::TooClear, Self::ChosenOtherwise, Self::OtherOption];

    /// Whether a case disagrees like this, as stated or with its pattern withheld.
    fn holds(self, case: &Case) -> bool {
        let any = |which: &dyn Fn(Asked) -> bool| Asked::ALL.into_iter().any(which);
        match self {
            Self::Wrong => case.consensus.decides() && any(&|asked| !case.consensus.agrees(case.verdict(asked))),
            Self::TooClear => !case.consensus.decides() && any(&|asked| is_clear(case.verdict(asked))),
            Self::ChosenOtherwise => is_chosen_otherwise(case),
            Self::OtherOption => is_other_option(case),
        }
    }

    /// Whether it must be discussed: options are one labeller's word alone, and may be.
    fn must_be_discussed(self) -> bool {
        self != Self::OtherOption
    }
}

/// Whether one of the brokers was chosen, and the verdict on what is stated does not say that one.
pub(super) fn is_chosen_otherwise(case: &Case) -> bool {
    case.chosen_broker().is_some_and(|broker| said(case.verdict(Asked::AsStated)) != Label::One(broker))
}

/// Whether the verdict names the right broker with another option than the labeller does.
pub(super) fn is_other_option(case: &Case) -> bool {
    let verdict = case.verdict(Asked::AsStated);
    let named = verdict.leader.filter(|leader| leader.beside.is_none()).map(|leader| leader.option);
    case.consensus.decides() && case.consensus.agrees(verdict) && case.option.is_some() && case.option != named
}

/// The first way in which a case disagrees; under it the page discusses the case.
pub(super) fn disagreement(case: &Case) -> Option<Disagreement> {
    Disagreement::ALL.into_iter().find(|disagreement| disagreement.holds(case))
}

#[test]
fn every_disagreement_is_discussed_and_nothing_else() {
    let mut wrong = Vec::new();
    for case in CASES.iter() {
        let complaint = match (disagreement(case), &case.discussion) {
            (Some(how), None) if how.must_be_discussed() => {
                format!("disagrees ({how:?}) and has no `x-decision.discussion`")
            }
            (None, Some(_)) => "agrees, and its `x-decision.discussion` is stale".to_owned(),
            _ => continue,
        };
        let now = Asked::ALL.map(|asked| {
            let verdict = case.verdict(asked);
            format!("{} {:?}", said(verdict).word(), verdict.strength)
        });
        wrong.push(format!("{}: {} {complaint}; it is now {}", case.file, case.name(), now.join(" and ")));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
