//! Text of a picture: how wide it is likely to be, and where it breaks. No font is known, so widths are guessed on the
//! generous side.

use svg::node::element::Text;

use crate::render::paragraph::wrap;

/// Sizes of text.
pub(super) const TEXT: f64 = 14.0;
pub(super) const SMALL: f64 = 12.0;
/// The width of a usual character, as a part of the size.
const USUAL: f64 = 0.56;

/// How a text is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Writing {
    pub(super) size: f64,
    pub(super) colour: &'static str,
    pub(super) bold: bool,
    /// `start`, `middle` or `end` stands at the place.
    pub(super) anchor: &'static str,
}

impl Default for Writing {
    fn default() -> Self {
        Self { size: TEXT, colour: super::INK, bold: false, anchor: "start" }
    }
}

/// A text whose line stands at a place.
pub(super) fn write(text: &str, (x, y): (f64, f64), how: Writing) -> Text {
    let mut node =
        Text::new(text).set("x", rounded(x)).set("y", rounded(y)).set("font-size", how.size).set("fill", how.colour);
    if how.bold {
        node = node.set("font-weight", 600);
    }
    if how.anchor == "start" { node } else { node.set("text-anchor", how.anchor) }
}

/// To tenths: finer places are not seen.
pub(super) fn rounded(amount: f64) -> f64 {
    (amount * 10.0).round() / 10.0
}

/// How wide a text is likely to be.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|character| if "il.,:;'|·/() ".contains(character) { 0.36 } else { USUAL + 0.04 }).sum::<f64>()
        * size
}

/// The lines of a text in a column.
pub(super) fn lines(text: &str, column: f64, size: f64) -> Vec<String> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred characters")]
    let characters = (column / (size * USUAL)) as usize;
    wrap("", text, characters)
}

/// A text of at most so many characters; a cut shows.
pub(super) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).chain(['…']).collect()
}
