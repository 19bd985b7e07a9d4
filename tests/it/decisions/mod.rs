//! Documented decisions: how often the verdict on a workload is what two labellers say of it, and how firm it is where
//! they differ. `cargo test --test it decisions -- --nocapture` prints the figures; `docs/accuracy.md` shows them all.

#![expect(clippy::panic, reason = "a case that states nothing fails its test")]

mod ablation;
mod case;
mod curve;
mod disagreement;
mod discussed;
mod figures;
mod page;
mod tables;

use case::{Asked, CASES, Case};
use figures::{is_decided, is_either, tally};
pub(crate) use page::{page, summary};

/// What must stay true of the figures: as measured on 2026-11-25, less a case or two. Knowledge that gets worse fails
/// here; where it got better, measure again and raise them. Each is for the facts as stated, then with the pattern
/// withheld.
mod floors {
    /// Cases that are there at least.
    pub(super) const CASES: usize = 129;
    /// How often the verdict is what both labellers say; measured 0.979 and 0.979.
    pub(super) const AGREEMENT: [f64; 2] = [0.96, 0.96];
    /// How many decided cases are clear; measured 0.708 and 0.656. None of them may be wrong.
    pub(super) const CLEAR: [f64; 2] = [0.67, 0.62];
    /// How many cases that labellers leave open may be called clear; measured 8 and 7 of 25.
    pub(super) const EITHER_CLEAR: [usize; 2] = [8, 8];
}

#[test]
#[expect(clippy::print_stdout, reason = "who asks with `--nocapture` sees the figures")]
fn the_verdicts_agree_with_documented_decisions() {
    println!("{}", page::headline());
    assert!(CASES.len() >= floors::CASES, "{} cases are left", CASES.len());
    for (place, asked) in Asked::ALL.into_iter().enumerate() {
        let agreed = tally(asked, Case::is_agreed);
        let decided = tally(asked, is_decided);
        let either = tally(asked, is_either);
        let how = asked.word();
        assert_eq!(decided.clear_wrong.count, 0, "{how}: no clear verdict is wrong");
        assert!(agreed.right.share() >= floors::AGREEMENT[place], "{how}: {} agree", agreed.right.plain());
        assert!(decided.clear.share() >= floors::CLEAR[place], "{how}: {} are clear", decided.clear.plain());
        assert!(either.clear.count <= floors::EITHER_CLEAR[place], "{how}: {} `either` clear", either.clear.plain());
    }
}

#[test]
fn labels_and_their_consensus_fit_together() {
    use case::Label;
    for case in CASES.iter() {
        let expected = match (case.informed, case.blind) {
            (Label::Either, _) | (_, Label::Either) => Label::Either,
            (informed, blind) if informed == blind => blind,
            // One flow of several that were cut out of one decision: only the blind label speaks of it alone.
            (_, blind) if case.consensus == blind => blind,
            _ => Label::Disputed,
        };
        assert_eq!(case.consensus, expected, "{}: {}", case.file, case.name());
    }
}

#[test]
fn every_case_speaks_in_the_words_of_its_page() {
    const DRIVERS: [&str; 5] = ["technical", "existing-infrastructure", "team-skill", "cost", "mixed"];
    for case in CASES.iter() {
        let place = format!("{}: {}", case.file, case.name());
        assert!(["A", "B", "C"].contains(&&*case.grade), "{place}: grade {}", case.grade);
        assert!(["high", "medium", "low"].contains(&&*case.confidence), "{place}: confidence {}", case.confidence);
        assert!(DRIVERS.contains(&&*case.driver), "{place}: driver {}", case.driver);
        let chosen = case.chosen_broker().is_some() || case.chosen == "both" || case.chosen.starts_with("other/");
        assert!(chosen, "{place}: chosen {}", case.chosen);
        assert!(case.sources.iter().all(|source| source.starts_with("http")), "{place}: {:?}", case.sources);
    }
}
