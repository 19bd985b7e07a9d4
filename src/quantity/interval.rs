//! Ranges of amounts, and arithmetic that never leaves out a value that could be.

use serde::{Deserialize, Serialize};

/// All amounts from `lo` to `hi`, both included, in base units.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The least.
    pub lo: f64,
    /// The greatest.
    pub hi: f64,
}

impl Interval {
    /// Nothing is known.
    pub const EVERYTHING: Self = Self { lo: f64::NEG_INFINITY, hi: f64::INFINITY };
    /// Nothing is known but that it is not negative.
    pub const UNKNOWN_AMOUNT: Self = Self { lo: 0.0, hi: f64::INFINITY };

    /// One amount.
    pub const fn point(amount: f64) -> Self {
        Self { lo: amount, hi: amount }
    }

    /// Whether it is one amount.
    #[expect(clippy::float_cmp, reason = "a point has the very same ends")]
    pub fn is_point(self) -> bool {
        self.lo == self.hi
    }

    /// The middle for a score: geometric, arithmetic where the low end is not above zero.
    pub fn middle(self) -> f64 {
        if self.is_point() {
            self.lo
        } else if self.lo > 0.0 {
            (self.lo.sqrt() * self.hi.sqrt()).clamp(self.lo, self.hi)
        } else {
            self.lo.midpoint(self.hi)
        }
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    /// Everything, where an end is not a number.
    fn checked(self) -> Self {
        if self.lo.is_nan() || self.hi.is_nan() { Self::EVERYTHING } else { self }
    }

    /// Unknown, where finite amounts gave an infinite one.
    fn guarded(self, inputs: [Self; 2]) -> Self {
        let finite = inputs.iter().all(|input| input.lo.is_finite() && input.hi.is_finite());
        if finite && (self.lo.is_infinite() || self.hi.is_infinite()) { Self::EVERYTHING } else { self.checked() }
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { lo: self.lo + other.lo, hi: self.hi + other.hi }.guarded([self, other])
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Self {
        Self { lo: self.lo - other.hi, hi: self.hi - other.lo }.guarded([self, other])
    }

    /// The product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        let open = |range: Self| !range.is_point() && (range.lo.is_infinite() || range.hi.is_infinite());
        let product = |left: f64, right: f64| {
            // An open end stands for ever larger finite amounts, of which zero times any is zero; forever itself times
            // nothing is unknown.
            let zero = left.abs() == 0.0 || right.abs() == 0.0;
            if zero && (open(self) || open(other)) { 0.0 } else { left * right }
        };
        let corners = [
            product(self.lo, other.lo),
            product(self.lo, other.hi),
            product(self.hi, other.lo),
            product(self.hi, other.hi),
        ];
        Self::around(corners).guarded([self, other])
    }

    /// The quotient; unknown where the divisor may be zero.
    #[must_use]
    pub fn over(self, other: Self) -> Self {
        if other.lo <= 0.0 && other.hi >= 0.0 {
            let positive = self.lo >= 0.0 && other.lo >= 0.0 && !other.is_point();
            // A divisor that may be zero but is not negative leaves the quotient at least what the largest one gives.
            return if positive && other.hi.is_finite() && self.lo.is_finite() {
                Self { lo: self.lo / other.hi, hi: f64::INFINITY }
            } else if positive {
                Self::UNKNOWN_AMOUNT
            } else {
                Self::EVERYTHING
            };
        }
        let corners = [self.lo / other.lo, self.lo / other.hi, self.hi / other.lo, self.hi / other.hi];
        Self::around(corners).guarded([self, other])
    }

    /// The smaller of the two.
    #[must_use]
    pub fn min(self, other: Self) -> Self {
        Self { lo: self.lo.min(other.lo), hi: self.hi.min(other.hi) }
    }

    /// The larger of the two.
    #[must_use]
    pub fn max(self, other: Self) -> Self {
        Self { lo: self.lo.max(other.lo), hi: self.hi.max(other.hi) }
    }

    /// Both ends through a function that never falls.
    #[must_use]
    pub fn through(self, rising: impl Fn(f64) -> f64) -> Self {
        Self { lo: rising(self.lo), hi: rising(self.hi) }
    }

    fn around(corners: [f64; 4]) -> Self {
        if corners.iter().any(|corner| corner.is_nan()) {
            return Self::EVERYTHING;
        }
        Self {
            lo: corners.iter().copied().fold(f64::INFINITY, f64::min),
            hi: corners.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        }
    }
}
