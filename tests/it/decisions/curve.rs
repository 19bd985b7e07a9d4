//! Firmness against correctness: what another threshold would call clear, and how often that would be wrong.

use brokerfit::engine::{CLEAR_LEAD, CLEAR_SHARE, Holdback, Kind, Verdict};

use super::case::{Asked, CASES, Case, is_clear};
use super::figures::{is_decided, is_either};

const SHARES: [f64; 4] = [0.80, 0.85, 0.90, 0.95];
const LEADS: [f64; 8] = [0.0, 0.02, 0.05, 0.08, 0.10, 0.12, 0.15, 0.20];

/// One point of the curve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    /// Decided cases that would be clear, and those of them that would be wrong.
    pub(super) clear: usize,
    pub(super) wrong: usize,
    /// Cases whose facts do not decide that would be clear all the same.
    pub(super) either: usize,
}

/// The thresholds looked at, with those that hold today among them.
fn with(grid: &[f64], today: f64) -> Vec<f64> {
    let mut all: Vec<f64> = grid.iter().copied().chain([today]).collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    all
}

pub(super) fn shares() -> Vec<f64> {
    with(&SHARES, CLEAR_SHARE)
}

pub(super) fn leads() -> Vec<f64> {
    with(&LEADS, CLEAR_LEAD)
}

/// Whether these are the thresholds that hold today.
pub(super) fn is_today(share: f64, lead: f64) -> bool {
    share.total_cmp(&CLEAR_SHARE).is_eq() && lead.total_cmp(&CLEAR_LEAD).is_eq()
}

/// Whether a verdict would be clear at other thresholds, all other conditions as they are.
fn clear_at(verdict: &Verdict, share: f64, lead: f64) -> bool {
    verdict.kind == Kind::One
        && verdict.share.is_some_and(|reached| reached >= share)
        && verdict.lead.is_none_or(|reached| reached >= lead)
        && verdict.held_back.iter().all(|what| matches!(what, Holdback::Share | Holdback::Lead))
}

/// The point of the curve at these thresholds.
pub(super) fn point(asked: Asked, share: f64, lead: f64) -> Point {
    let clear = |case: &&Case| clear_at(case.verdict(asked), share, lead);
    let decided = || CASES.iter().filter(|case| is_decided(case)).filter(clear);
    Point {
        clear: decided().count(),
        wrong: decided().filter(|case| !case.consensus.agrees(case.verdict(asked))).count(),
        either: CASES.iter().filter(|case| is_either(case)).filter(clear).count(),
    }
}

/// A condition of *clear* in words, as the page names it.
pub(super) fn condition(what: Holdback) -> &'static str {
    match what {
        Holdback::Share => "the share",
        Holdback::Worlds => "what is assumed, unknown or a range",
        Holdback::Lead => "the lead",
        Holdback::PoorMust => "a must met poorly",
        Holdback::Conflict => "facts that contradict each other",
        Holdback::AssumedVeto => "a veto by assumption",
        Holdback::AssumedNeeds => "needs by assumption that decide",
        Holdback::Thin => "too little stated",
        Holdback::Pair => "two options together",
        Holdback::Tie => "an exact tie",
        Holdback::Evidence => "answers of low confidence that decide",
        Holdback::RivalServes => "the other broker answers every need well, too",
    }
}

/// All conditions of *clear*.
pub(super) const CONDITIONS: [Holdback; 9] = [
    Holdback::Share,
    Holdback::Lead,
    Holdback::PoorMust,
    Holdback::Conflict,
    Holdback::AssumedVeto,
    Holdback::AssumedNeeds,
    Holdback::Thin,
    Holdback::Pair,
    Holdback::Tie,
];

#[test]
fn at_the_thresholds_of_today_the_curve_is_what_the_engine_says() {
    for case in CASES.iter() {
        for asked in Asked::ALL {
            let verdict = case.verdict(asked);
            assert_eq!(clear_at(verdict, CLEAR_SHARE, CLEAR_LEAD), is_clear(verdict), "{}", case.name());
        }
    }
}

#[test]
fn a_stricter_threshold_calls_nothing_more_clear() {
    for asked in Asked::ALL {
        for share in shares() {
            let counts: Vec<usize> = leads().into_iter().map(|lead| point(asked, share, lead).clear).collect();
            assert!(counts.is_sorted_by(|looser, stricter| looser >= stricter), "{counts:?}");
        }
        for lead in leads() {
            let counts: Vec<usize> = shares().into_iter().map(|share| point(asked, share, lead).clear).collect();
            assert!(counts.is_sorted_by(|looser, stricter| looser >= stricter), "{counts:?}");
        }
    }
}
