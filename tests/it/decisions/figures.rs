//! Counts of cases, and what so few cases say about a rate.

use super::case::{Asked, CASES, Case, Label, is_clear};

/// 95 of 100 such intervals hold the true rate.
const Z: f64 = 1.959_964;

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rate {
    pub(super) count: usize,
    pub(super) of: usize,
}

#[expect(clippy::cast_precision_loss, reason = "a count of cases is far below 2⁵³")]
impl Rate {
    pub(super) fn share(self) -> f64 {
        self.count as f64 / self.of.max(1) as f64
    }

    /// Wilson's interval for the true rate behind it.
    pub(super) fn interval(self) -> (f64, f64) {
        if self.of == 0 {
            return (0.0, 1.0);
        }
        let (rate, of) = (self.share(), self.of as f64);
        let spread = Z * (rate * (1.0 - rate) / of + Z * Z / (4.0 * of * of)).sqrt();
        let below = 1.0 + Z * Z / of;
        let middle = rate + Z * Z / (2.0 * of);
        (((middle - spread) / below).max(0.0), ((middle + spread) / below).min(1.0))
    }

    /// `92 of 96`.
    pub(super) fn plain(self) -> String {
        format!("{} of {}", self.count, self.of)
    }

    /// `95.8 %`, or a dash where there is nothing to divide by.
    pub(super) fn percent(self) -> String {
        if self.of == 0 { "–".to_owned() } else { format!("{:.1} %", 100.0 * self.share()) }
    }

    /// `89.8–98.4 %`.
    pub(super) fn spread(self) -> String {
        let (low, high) = self.interval();
        format!("{:.1}–{:.1} %", 100.0 * low, 100.0 * high)
    }
}

/// How the verdicts on some cases stand to what labellers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tally {
    /// The verdict says what the labellers say.
    pub(super) right: Rate,
    /// It is clear.
    pub(super) clear: Rate,
    /// Of the clear ones, those that say something else.
    pub(super) clear_wrong: Rate,
}

/// Counts some cases.
pub(super) fn tally(asked: Asked, among: impl Fn(&Case) -> bool) -> Tally {
    let cases = || CASES.iter().filter(|case| among(case));
    let count = |which: &dyn Fn(&Case) -> bool| cases().filter(|case| which(case)).count();
    let right = |case: &Case| case.consensus.agrees(case.verdict(asked));
    let clear = |case: &Case| is_clear(case.verdict(asked));
    let of = cases().count();
    let clears = count(&clear);
    Tally {
        right: Rate { count: count(&right), of },
        clear: Rate { count: clears, of },
        clear_wrong: Rate { count: count(&|case| clear(case) && !right(case)), of: clears },
    }
}

/// How many of some cases are clear at full depth, and how many of these say something else.
pub(super) fn deep(asked: Asked, among: impl Fn(&Case) -> bool) -> (Rate, usize) {
    let cases: Vec<&Case> = CASES.iter().filter(|case| among(case)).collect();
    let clear: Vec<&&Case> = cases.iter().filter(|case| is_clear(&case.deep(asked))).collect();
    let wrong = clear.iter().filter(|case| !case.consensus.agrees(case.verdict(asked))).count();
    (Rate { count: clear.len(), of: cases.len() }, wrong)
}

pub(super) fn is_decided(case: &Case) -> bool {
    case.consensus.decides()
}

pub(super) fn is_either(case: &Case) -> bool {
    case.consensus == Label::Either
}

pub(super) fn is_disputed(case: &Case) -> bool {
    case.consensus == Label::Disputed
}

#[test]
fn an_interval_holds_its_rate_and_narrows_with_numbers() {
    let (low, high) = Rate { count: 92, of: 96 }.interval();
    assert!((low - 0.898).abs() < 0.001 && (high - 0.984).abs() < 0.001, "{low} {high}");
    let (low, high) = Rate { count: 0, of: 60 }.interval();
    assert!(low.abs() < 1e-9 && (high - 0.060).abs() < 0.001, "{low} {high}");
    let width = |count, of| {
        let (low, high) = Rate { count, of }.interval();
        high - low
    };
    assert!(width(900, 1000) < width(90, 100));
}
