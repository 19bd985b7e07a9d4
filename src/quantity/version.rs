//! Versions, compared by component: 4.10 comes after 4.9.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::parse::QuantityError;

/// A version: a line, and perhaps a patch of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Version {
    /// The first number.
    pub major: u16,
    /// The second number.
    pub minor: u16,
    /// The third number, where one is written.
    pub patch: Option<u16>,
}

/// What a component may not exceed, so that a version fits one number.
const MOST: u16 = 999;

impl Version {
    /// Reads `4.3`, `4.3.1` or `4`, which means `4.0`.
    ///
    /// # Errors
    /// When the text is anything else.
    pub fn parse(text: &str) -> Result<Self, QuantityError> {
        let refuse = |help: &str| {
            let message = format!("`{text}` is not a version");
            Err(QuantityError { message, at: 0..text.len(), help: Some(help.to_owned()) })
        };
        if let Some(rest) = text.strip_prefix(['v', 'V'])
            && Self::parse(rest).is_ok()
        {
            return refuse(&format!("write `{rest}`"));
        }
        let mut parts = [None; 3];
        let mut pieces = text.split('.');
        for part in &mut parts {
            let Some(piece) = pieces.next() else { break };
            let digits = !piece.is_empty() && piece.bytes().all(|byte| byte.is_ascii_digit());
            match piece.parse::<u16>() {
                Ok(number) if digits && number <= MOST => *part = Some(number),
                _ => return refuse("write a version such as `4.3` or `4.3.1`"),
            }
        }
        if pieces.next().is_some() {
            return refuse("write at most three numbers, such as `4.3.1`");
        }
        let [Some(major), minor, patch] = parts else { return refuse("write a version such as `4.3`") };
        Ok(Self { major, minor: minor.unwrap_or(0), patch })
    }

    /// The version as one number that keeps the order.
    pub fn as_number(self) -> f64 {
        f64::from(self.major) * 1e6 + f64::from(self.minor) * 1e3 + f64::from(self.patch.unwrap_or(0))
    }

    /// The version of such a number.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "each part lies in 0..1000")]
    pub fn from_number(number: f64) -> Self {
        let whole = number.clamp(0.0, 999_999_999.0) as u32;
        let part = |number: u32| (number % 1000) as u16;
        let patch = part(whole);
        Self { major: part(whole / 1_000_000), minor: part(whole / 1000), patch: (patch > 0).then_some(patch) }
    }

    /// The line it belongs to.
    #[must_use]
    pub fn line(self) -> Self {
        Self { patch: None, ..self }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.major, self.minor)?;
        self.patch.map_or(Ok(()), |patch| write!(formatter, ".{patch}"))
    }
}
