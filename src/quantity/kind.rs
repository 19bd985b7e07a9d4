//! Units as exponents, and the ways in which people write amounts of them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A unit: powers of time (seconds) and of bytes. Counts have neither; `/s` is one over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Unit {
    /// The power of seconds.
    pub time: i8,
    /// The power of bytes.
    pub bytes: i8,
}

impl Unit {
    /// Messages, shares, factors.
    pub const COUNT: Self = Self { time: 0, bytes: 0 };
    /// Seconds.
    pub const TIME: Self = Self { time: 1, bytes: 0 };
    /// Bytes.
    pub const BYTES: Self = Self { time: 0, bytes: 1 };
    /// Messages a second.
    pub const RATE: Self = Self { time: -1, bytes: 0 };
    /// Bytes a second.
    pub const BYTE_RATE: Self = Self { time: -1, bytes: 1 };

    /// The unit of a product.
    #[must_use]
    pub fn times(self, other: Self) -> Self {
        Self { time: self.time.saturating_add(other.time), bytes: self.bytes.saturating_add(other.bytes) }
    }

    /// The unit of a quotient.
    #[must_use]
    pub fn per(self, other: Self) -> Self {
        Self { time: self.time.saturating_sub(other.time), bytes: self.bytes.saturating_sub(other.bytes) }
    }

    /// How amounts of it are written, if people write such amounts.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::COUNT => Some(Kind::Count),
            Self::TIME => Some(Kind::Duration),
            Self::BYTES => Some(Kind::Bytes),
            Self::RATE => Some(Kind::Rate),
            Self::BYTE_RATE => Some(Kind::ByteRate),
            _ => None,
        }
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::COUNT => formatter.write_str("a count"),
            Self::TIME => formatter.write_str("a time"),
            Self::BYTES => formatter.write_str("bytes"),
            Self::RATE => formatter.write_str("a rate"),
            Self::BYTE_RATE => formatter.write_str("bytes a second"),
            Self { time, bytes } => write!(formatter, "bytes^{bytes}·seconds^{time}"),
        }
    }
}

/// How an amount is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A whole number, `k`, `M` and `G` allowed.
    Count,
    /// A bare number.
    Factor,
    /// A number and `%`.
    Percentage,
    /// `50ms`, `24h`, `7d`.
    Duration,
    /// `2 KiB`, `1 MB`.
    Bytes,
    /// `2k/s`, `500/min`.
    Rate,
    /// `5 MB/s`.
    ByteRate,
}

impl Kind {
    /// Its unit.
    pub fn unit(self) -> Unit {
        match self {
            Self::Count | Self::Factor | Self::Percentage => Unit::COUNT,
            Self::Duration => Unit::TIME,
            Self::Bytes => Unit::BYTES,
            Self::Rate => Unit::RATE,
            Self::ByteRate => Unit::BYTE_RATE,
        }
    }

    /// What a value of it is called in a message.
    pub fn name(self) -> &'static str {
        match self {
            Self::Count => "a count",
            Self::Factor => "a factor",
            Self::Percentage => "a percentage",
            Self::Duration => "a duration",
            Self::Bytes => "a size",
            Self::Rate => "a rate of messages",
            Self::ByteRate => "a rate of bytes",
        }
    }

    /// An example of it.
    pub fn example(self) -> &'static str {
        match self {
            Self::Count => "`200`, `10k`",
            Self::Factor => "`1.5`, `3`",
            Self::Percentage => "`80%`",
            Self::Duration => "`50ms`, `24h`, `7d`",
            Self::Bytes => "`800 B`, `2 KiB`, `1 MB`",
            Self::Rate => "`2k/s`, `500/min`",
            Self::ByteRate => "`5 MB/s`",
        }
    }
}
