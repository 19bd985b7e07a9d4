//! Colour, or none: the text is the same.

use crate::engine::Strength;
use crate::knowledge::Fit;

/// Colour, or none.
#[derive(Debug, Clone, Copy)]
pub(in crate::render) struct Style {
    /// Whether to use it.
    pub(in crate::render) colour: bool,
}

impl Style {
    fn wrap(self, code: &str, text: &str) -> String {
        if self.colour { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    /// A heading.
    pub(in crate::render) fn strong(self, text: &str) -> String {
        self.wrap("1", text)
    }

    /// What matters less.
    pub(in crate::render) fn faint(self, text: &str) -> String {
        self.wrap("2", text)
    }

    /// A verdict by its strength.
    pub(in crate::render) fn verdict(self, strength: Option<Strength>, text: &str) -> String {
        let code = match strength {
            Some(Strength::Clear) => "1;32",
            Some(Strength::Leaning) => "1;36",
            Some(Strength::TossUp) | None => "1;33",
        };
        self.wrap(code, text)
    }

    /// A fit.
    pub(in crate::render) fn fit(self, fit: Fit, text: &str) -> String {
        match fit {
            Fit::Native | Fit::Good => self.wrap("32", text),
            Fit::Workable => self.wrap("33", text),
            Fit::Poor | Fit::RuledOut => self.wrap("31", text),
        }
    }
}
