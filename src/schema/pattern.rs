//! Regular expressions that accept the amounts which the program reads, and no others, as far as they can: the order of a
//! range and what is too large are beyond them. They use nothing that some engine of editors lacks.

use crate::profile::UNKNOWN;
use crate::quantity::{Kind, units};

/// Which amounts are accepted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Amounts<'k> {
    /// How they are written.
    pub(super) kinds: &'k [Kind],
    /// Words that stand for amounts.
    pub(super) words: &'k [String],
    /// Zero is none of them …
    pub(super) positive: bool,
    /// … unless it begins a range.
    pub(super) from_zero: bool,
    /// Nobody may know it.
    pub(super) unknown: bool,
}

/// A text without anything in it, or the word for what nobody knows: the same for every fact.
pub(super) fn unknown() -> String {
    format!("{UNKNOWN}|\\s*")
}

/// A whole text out of alternatives.
pub(super) fn whole(alternatives: &str) -> String {
    format!("^(?:{alternatives})$")
}

/// One of several words, as they are.
pub(super) fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> String {
    words.into_iter().map(regex::escape).map(|word| word.replace("\\-", "-")).collect::<Vec<_>>().join("|")
}

impl Amounts<'_> {
    /// The pattern of a whole text.
    pub(super) fn pattern(self) -> String {
        let begins = self.positive && !self.from_zero;
        let mut all: Vec<String> = if self.unknown { vec![unknown()] } else { Vec::new() };
        let mut amounts: Vec<String> = Vec::new();
        for kind in self.kinds {
            let (one, low) = (single(*kind, self.positive), single(*kind, begins));
            let bare = bare(*kind, begins).map(|bare| format!("|{bare}")).unwrap_or_default();
            let high = single(*kind, begins);
            amounts.push(format!("{one}|(?:{low}{bare})\\s*\\.\\.\\s*(?:{high})"));
        }
        if !self.words.is_empty() {
            let words = one_of(self.words.iter().map(String::as_str));
            let any: Vec<String> = self.kinds.iter().map(|kind| single(*kind, begins)).collect();
            let any = any.join("|");
            amounts.push(format!("(?:{words})(?:\\s*\\.\\.\\s*(?:{words}|{any}))?|(?:{any})\\s*\\.\\.\\s*(?:{words})"));
        }
        all.push(format!("\\s*(?:{})\\s*", amounts.join("|")));
        whole(&all.join("|"))
    }
}

/// A number whose digits behind the point are these; one that is not zero, where that is asked.
fn number(behind: &str, positive: bool) -> String {
    if positive {
        format!("(?:[1-9][0-9]*(?:\\.{behind})?|0\\.(?=0*[1-9]){behind})")
    } else {
        format!("(?:0|[1-9][0-9]*)(?:\\.{behind})?")
    }
}

/// A whole number.
fn whole_number(positive: bool) -> &'static str {
    if positive { "[1-9][0-9]*" } else { "(?:0|[1-9][0-9]*)" }
}

/// A number without a unit, of a kind that has one.
fn unitless(kind: Kind, positive: bool) -> String {
    match kind {
        // At most the whole.
        Kind::Percentage if positive => "(?:100(?:\\.0+)?|[1-9][0-9]?(?:\\.[0-9]+)?|0\\.(?=0*[1-9])[0-9]+)".to_owned(),
        Kind::Percentage => "(?:100(?:\\.0+)?|[1-9]?[0-9](?:\\.[0-9]+)?)".to_owned(),
        _ => number("[0-9]+", positive),
    }
}

/// One amount.
fn single(kind: Kind, positive: bool) -> String {
    let (sizes, per) = units(kind);
    let named: Vec<&str> = sizes.iter().copied().filter(|size| !size.is_empty()).collect();
    let number_of = unitless(kind, positive);
    let named = format!("(?:{})", one_of(named));
    match kind {
        Kind::Count => {
            // So many thousands, millions … come out whole.
            let scaled = sizes.iter().filter(|size| !size.is_empty()).zip([3, 6, 9]);
            let scaled =
                scaled.map(|(size, digits)| format!("{} ?{size}", number(&format!("[0-9]{{1,{digits}}}0*"), positive)));
            let all: Vec<String> = std::iter::once(whole_number(positive).to_owned()).chain(scaled).collect();
            format!("(?:{})", all.join("|"))
        }
        Kind::Factor => number_of,
        Kind::Percentage | Kind::Duration | Kind::Bytes => format!("{number_of} ?{named}"),
        Kind::Rate => format!("{number_of} ?{named}?\\s*(?:{})", one_of(per)),
        Kind::ByteRate => format!("{number_of} ?{named}\\s*(?:{})", one_of(per)),
    }
}

/// The lower end of a range that leaves its unit to the upper end; none where it has none to leave.
fn bare(kind: Kind, positive: bool) -> Option<String> {
    match kind {
        Kind::Count | Kind::Factor => None,
        Kind::Percentage | Kind::Duration | Kind::Bytes | Kind::ByteRate => Some(unitless(kind, positive)),
        Kind::Rate => {
            let sizes = units(kind).0;
            let sizes = one_of(sizes.into_iter().filter(|size| !size.is_empty()));
            Some(format!("{}(?:{sizes})?", unitless(kind, positive)))
        }
    }
}
