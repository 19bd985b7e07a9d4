//! Reads an amount as profiles and rules write it, where some words stand for amounts (`until-consumed`, `forever`).

use crate::quantity::{Interval, Kind, QuantityError, parse};

/// Reads an amount or a range; `word` says what a word stands for.
///
/// # Errors
/// What is wrong, and where in the text.
pub fn parse_amount(
    text: &str,
    accepts: &[Kind],
    word: impl Fn(&str) -> Option<f64>,
) -> Result<(Interval, Kind), QuantityError> {
    let plain = || parse(text, accepts);
    let Some(first) = accepts.first().copied() else { return plain() };
    if let Some(amount) = word(text.trim()) {
        return Ok((Interval::point(amount), first));
    }
    let Some((low, high)) = text.split_once("..") else { return plain() };
    let ends = (word(low.trim()), word(high.trim()));
    match ends {
        (None, None) => plain(),
        (low_word, high_word) => {
            let end = |text: &str| match text.find("..") {
                // Of three ends one would be passed over.
                Some(dots) => Err(QuantityError {
                    message: format!("`{text}` is a range, where one end of a range stands"),
                    at: dots..text.len(),
                    help: Some("write two ends, as in `1k/s..5k/s`".to_owned()),
                }),
                None => parse(text.trim(), accepts).map(|(range, _)| range.lo),
            };
            let low_end = low_word.map_or_else(|| end(low), Ok)?;
            let high_end = high_word.map_or_else(|| end(high), Ok)?;
            if low_end > high_end {
                return Err(QuantityError {
                    message: format!("the range `{text}` runs backwards"),
                    at: 0..text.len(),
                    help: Some(format!("write `{}..{}`", high.trim(), low.trim())),
                });
            }
            Ok((Interval { lo: low_end, hi: high_end }, first))
        }
    }
}
