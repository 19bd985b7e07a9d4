//! SplitMix64 (Steele, Lea and Flood, 2014; the constants are those of the paper's reference code): small, documented,
//! and the same for ever on every machine, which is what reproducible verdicts need.

/// A stream of pseudo-random numbers.
#[derive(Debug, Clone)]
pub(super) struct SplitMix64(u64);

impl SplitMix64 {
    /// A stream that begins at a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next 64 bits.
    pub(super) fn next_bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// The number of steps between 0 and 1.
    pub(super) const GRID: u64 = 1 << 53;

    /// A number from 0 inclusive to 1 exclusive, in steps of 2⁻⁵³.
    pub(super) fn uniform(&mut self) -> f64 {
        Self::from_grid(self.on_grid())
    }

    /// The same as a whole number of steps, which sorts faster.
    pub(super) fn on_grid(&mut self) -> u64 {
        self.next_bits() >> 11
    }

    /// The number of so many steps.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    pub(super) fn from_grid(steps: u64) -> f64 {
        steps as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A number below `limit`, which must be small: the bias of the remainder is then far below what could show.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(1).max(1);
        usize::try_from(self.next_bits() % limit).unwrap_or(0)
    }
}
