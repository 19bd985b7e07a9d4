//! SplitMix64 (Steele, Lea and Flood, 2014; the constants are those of the paper's reference code): small, documented,
//! and the same for ever on every machine, which is what reproducible verdicts need.

/// The step between states.
const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// A stream of pseudo-random numbers.
#[derive(Debug, Clone, Copy)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// A stream that begins at a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A stream of its own for a name: what else is drawn beside it changes nothing of it.
    pub fn named(seed: u64, name: &str) -> Self {
        // FNV-1a, then mixed: similar names begin far apart.
        let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
        });
        Self(mixed(seed ^ hash))
    }

    /// The next 64 bits.
    pub fn next_bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(GAMMA);
        mixed(self.0)
    }

    /// The number at a place of the stream, from 0 inclusive to 1 exclusive: what `uniform` gives there.
    pub fn at(self, place: u64) -> f64 {
        Self::from_grid(mixed(self.0.wrapping_add(GAMMA.wrapping_mul(place.wrapping_add(1)))) >> 11)
    }

    /// The number of steps between 0 and 1.
    pub const GRID: u64 = 1 << 53;

    /// A number from 0 inclusive to 1 exclusive, in steps of 2⁻⁵³.
    pub fn uniform(&mut self) -> f64 {
        Self::from_grid(self.on_grid())
    }

    /// The same as a whole number of steps, which sorts faster.
    pub fn on_grid(&mut self) -> u64 {
        self.next_bits() >> 11
    }

    /// The number of so many steps.
    #[expect(clippy::cast_precision_loss, reason = "53 bits fit a double exactly")]
    pub fn from_grid(steps: u64) -> f64 {
        steps as f64 * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A number below `limit`, which must be small: the bias of the remainder is then far below what could show.
    pub fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(1).max(1);
        usize::try_from(self.next_bits() % limit).unwrap_or(0)
    }
}

fn mixed(state: u64) -> u64 {
    let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
