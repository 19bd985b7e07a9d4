//! Reads amounts as people write them, and says precisely what is wrong with what it cannot read.

use std::ops::Range;

use super::interval::Interval;
use super::kind::Kind;
use super::show::number;

/// Why a text is not an amount, where in the text, and what to write instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QuantityError {
    /// What is wrong.
    pub message: String,
    /// Where in the text.
    pub at: Range<usize>,
    /// The remedy.
    pub help: Option<String>,
}

impl QuantityError {
    fn new(at: Range<usize>, message: impl Into<String>) -> Self {
        Self { message: message.into(), at, help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    fn shifted(mut self, by: usize) -> Self {
        self.at = self.at.start + by..self.at.end + by;
        self
    }
}

/// The largest amount in base units.
const LARGEST: f64 = 1e18;

const DURATIONS: [(&str, f64); 7] =
    [("s", 1.0), ("min", 60.0), ("m", 60.0), ("h", 3600.0), ("d", 86_400.0), ("w", 604_800.0), ("y", 31_536_000.0)];
const SIZES: [(&str, f64); 9] = [
    ("B", 1.0),
    ("KB", 1e3),
    ("MB", 1e6),
    ("GB", 1e9),
    ("TB", 1e12),
    ("KiB", 1024.0),
    ("MiB", 1_048_576.0),
    ("GiB", 1_073_741_824.0),
    ("TiB", 1_099_511_627_776.0),
];
const COUNTS: [(&str, f64); 4] = [("", 1.0), ("k", 1e3), ("M", 1e6), ("G", 1e9)];
const PER: [(&str, f64); 4] = [("/s", 1.0), ("/min", 60.0), ("/h", 3600.0), ("/day", 86_400.0)];

/// How the units of a kind are spelled: what stands behind the number, and behind that `/s` and its like, if there must be one.
pub(crate) fn units(kind: Kind) -> (Vec<&'static str>, Vec<&'static str>) {
    let names = |table: &[(&'static str, f64)]| table.iter().map(|(name, _)| *name).collect::<Vec<_>>();
    match kind {
        Kind::Count => (names(&COUNTS), Vec::new()),
        Kind::Factor => (vec![""], Vec::new()),
        Kind::Percentage => (vec!["%"], Vec::new()),
        Kind::Duration => (["us", "ms"].into_iter().chain(names(&DURATIONS)).collect(), Vec::new()),
        Kind::Bytes => (names(&SIZES), Vec::new()),
        Kind::Rate => (names(&COUNTS), names(&PER)),
        Kind::ByteRate => (names(&SIZES), names(&PER)),
    }
}

/// Reads an amount or a closed range, in base units: seconds, bytes, a second. `accepts` says in which ways it may be
/// written; the answer says in which it was.
///
/// # Errors
/// What is wrong, and where in the text.
pub fn parse(text: &str, accepts: &[Kind]) -> Result<(Interval, Kind), QuantityError> {
    let Some((low, high)) = text.split_once("..") else {
        refuse_comparison(text)?;
        let (amount, kind) = single(text, accepts)?;
        return Ok((Interval::point(amount), kind));
    };
    let at_high = low.len() + 2;
    if low.trim().is_empty() || high.trim().is_empty() {
        return Err(QuantityError::new(0..text.len(), format!("the range `{text}` is open"))
            .help("write both ends, as in `1k/s..5k/s`"));
    }
    let (hi, kind) = single(high, accepts).map_err(|error| error.shifted(at_high))?;
    let lo = match single(low, &[kind]) {
        Ok((lo, _)) => lo,
        Err(error) => match bare_low(low, high, kind) {
            Some(lo) => lo?,
            None => return Err(error),
        },
    };
    if lo > hi {
        return Err(QuantityError::new(0..text.len(), format!("the range `{text}` runs backwards"))
            .help("write the smaller end first"));
    }
    Ok((Interval { lo, hi }, kind))
}

/// The lower end without a unit: it takes the upper end's, but never its `k`, `M` or `G`.
fn bare_low(low: &str, high: &str, kind: Kind) -> Option<Result<f64, QuantityError>> {
    let start = low.len() - low.trim_start().len();
    let low = low.trim();
    let place = start..start + low.len();
    let bare = low.strip_suffix(['k', 'M', 'G']).unwrap_or(low);
    // `k`, `M` and `G` are no part of a unit of time or size: `1M..9 B` does not begin at a megabyte.
    if (bare != low && kind != Kind::Rate)
        || bare.is_empty()
        || !bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return None;
    }
    let high = high.trim();
    let unit = high.get(digits(high)..)?.trim_start();
    let unit = match kind {
        Kind::Rate => unit.trim_start_matches(['k', 'M', 'G']),
        Kind::Duration | Kind::Bytes | Kind::ByteRate | Kind::Percentage => unit,
        Kind::Count | Kind::Factor => "",
    };
    let read = single(&format!("{low}{unit}"), &[kind]).map(|(amount, _)| amount);
    Some(read.map_err(|error| QuantityError { at: place, ..error }))
}

fn refuse_comparison(text: &str) -> Result<(), QuantityError> {
    match text.trim_start().chars().next() {
        Some('<' | '>' | '≤' | '≥') => {
            Err(QuantityError::new(0..text.len(), format!("the range `{text}` is open"))
                .help("write both ends, as in `1k/s..5k/s`"))
        }
        _ => Ok(()),
    }
}

/// Where the number at the head of a text ends.
fn digits(text: &str) -> usize {
    text.bytes().position(|byte| !(byte.is_ascii_digit() || byte == b'.')).unwrap_or(text.len())
}

/// Reads one amount.
fn single(text: &str, accepts: &[Kind]) -> Result<(f64, Kind), QuantityError> {
    let start = text.len() - text.trim_start().len();
    let trimmed = text.trim();
    let whole = start..start + trimmed.len();
    let expected = || {
        let names: Vec<&str> = accepts.iter().map(|kind| kind.name()).collect();
        let examples: Vec<&str> = accepts.iter().map(|kind| kind.example()).collect();
        (names.join(" or "), examples.join(", "))
    };
    if let Some(problem) = refused_number(trimmed, &whole) {
        return Err(problem);
    }
    let end = digits(trimmed);
    let (number, rest) = trimmed.split_at(end);
    let Ok(value) = number.parse::<f64>() else {
        let (names, examples) = expected();
        return Err(QuantityError::new(whole, format!("`{trimmed}` is not {names}")).help(format!("write {examples}")));
    };
    let unit = rest.strip_prefix(' ').unwrap_or(rest);
    for kind in accepts {
        if let Some(scale) = scale(unit, *kind) {
            let amount = if *kind == Kind::Percentage { hundredth(number, value) } else { scale.of(value) };
            if *kind == Kind::Count && !is_whole(number, unit, amount) {
                return Err(QuantityError::new(whole, format!("`{trimmed}` is not a whole number"))
                    .help(format!("write `{}`", amount.round())));
            }
            let amount = if *kind == Kind::Count { amount.round() } else { amount };
            if amount > LARGEST {
                return Err(
                    QuantityError::new(whole, format!("`{trimmed}` is too large")).help("nothing above 10^18 is read")
                );
            }
            return Ok((amount, *kind));
        }
    }
    let at_unit = whole.end - unit.len();
    Err(unit_problem(trimmed, value, unit, whole.start..at_unit, accepts))
}

/// How many base units a unit stands for: so many, divided by so many. Dividing by a whole number is exact where
/// multiplying by its inverse is not.
#[derive(Clone, Copy)]
struct Scale {
    times: f64,
    over: f64,
}

impl Scale {
    fn of(self, value: f64) -> f64 {
        value * self.times / self.over
    }
}

/// A hundredth, by moving the decimal point: every share can be written so that it reads back as itself.
fn hundredth(number: &str, value: f64) -> f64 {
    format!("{number}e-2").parse().unwrap_or(value / 100.0)
}

/// Whether a count came out whole; `1.1k` is, though no float is 1.1.
fn is_whole(number: &str, unit: &str, amount: f64) -> bool {
    let bare = number.contains('.') && unit.is_empty();
    !bare && (amount - amount.round()).abs() <= 1e-9 * amount
}

/// What a unit stands for.
fn scale(unit: &str, kind: Kind) -> Option<Scale> {
    let find = |table: &[(&str, f64)], unit: &str| table.iter().find(|(name, _)| *name == unit).map(|(_, size)| *size);
    let times = |times: f64| Scale { times, over: 1.0 };
    match kind {
        Kind::Count => find(&COUNTS, unit).map(times),
        Kind::Factor => unit.is_empty().then_some(times(1.0)),
        Kind::Percentage => (unit == "%").then_some(Scale { times: 1.0, over: 100.0 }),
        Kind::Duration => match unit {
            "us" => Some(Scale { times: 1.0, over: 1e6 }),
            "ms" => Some(Scale { times: 1.0, over: 1e3 }),
            _ => find(&DURATIONS, unit).map(times),
        },
        Kind::Bytes => find(&SIZES, unit).map(times),
        Kind::Rate | Kind::ByteRate => {
            let (size, per) = unit.split_at(unit.find('/')?);
            let over = find(&PER, per)?;
            let times = find(if kind == Kind::Rate { &COUNTS } else { &SIZES }, size.trim_end())?;
            Some(Scale { times, over })
        }
    }
}

/// Numbers that are refused whatever their unit.
fn refused_number(text: &str, at: &Range<usize>) -> Option<QuantityError> {
    let refuse = |message: &str, help: &str| {
        Some(QuantityError::new(at.clone(), format!("`{text}` {message}")).help(help.to_owned()))
    };
    let lower = text.to_ascii_lowercase();
    let bytes = text.as_bytes();
    let digit_at = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_digit);
    if text.starts_with(['-', '−']) && text.len() > 1 {
        return refuse("is negative", "write an amount of zero or more");
    }
    if text.starts_with('+') {
        return refuse("has a sign", "leave out the `+`");
    }
    if matches!(lower.trim_start_matches('.'), "inf" | "infinity" | "nan") || text == "∞" {
        return refuse("is not a finite number", "write a number");
    }
    if lower.starts_with("0x") || lower.starts_with("0o") || (lower.starts_with("0b") && digit_at(2)) {
        return refuse("is not a decimal number", "write it in decimal");
    }
    let head = digits(text);
    let number = text.get(..head).unwrap_or_default();
    if number.len() > 1 && number.starts_with('0') && digit_at(1) {
        return refuse("begins with a zero", "leave out the leading zero");
    }
    if number.starts_with('.') || number.ends_with('.') || number.matches('.').count() > 1 {
        return if number.is_empty() {
            None
        } else {
            refuse("is not a number", "write digits on both sides of the point")
        };
    }
    if number.is_empty() {
        return None;
    }
    let next = lower.get(head..head + 1);
    if next == Some("e") && (digit_at(head + 1) || bytes.get(head + 1).is_some_and(|sign| b"+-".contains(sign))) {
        return refuse("has an exponent", "write it with `k`, `M` or `G`, or in full");
    }
    let group = bytes.iter().skip(head + 1).take_while(|byte| byte.is_ascii_digit()).count();
    if next == Some(",") && group > 0 && group != 3 {
        return refuse("has a comma where the point should be", &format!("write `{}`", text.replacen(',', ".", 1)));
    }
    if next == Some("_") || (matches!(next, Some("," | " " | "'")) && group > 0) {
        return refuse("has a separator between digits", "write the digits without separators");
    }
    None
}

/// The number is fine and its unit is not.
fn unit_problem(text: &str, value: f64, unit: &str, before: Range<usize>, accepts: &[Kind]) -> QuantityError {
    let place = before.end..before.end + unit.len();
    let kind = accepts.first().copied().unwrap_or(Kind::Count);
    let written = number(value);
    if unit.is_empty() {
        let (what, help) = match kind {
            Kind::Duration => ("a unit of time", format!("write `{written}ms` or `{written}s`")),
            Kind::Bytes => ("a unit of size", format!("write `{written} B` or `{written} KB`")),
            Kind::Rate => ("`per` what time", format!("write `{written}/s`")),
            Kind::ByteRate => ("a unit", format!("write `{written} B/s`")),
            _ if value <= 1.0 => ("`%`", format!("write `{}%`", number((value * 1e6).round() / 1e4))),
            _ => ("`%`", format!("write `{written}%`")),
        };
        return QuantityError::new(before, format!("`{text}` does not say {what}")).help(help);
    }
    if kind == Kind::Duration && unit.bytes().any(|byte| byte.is_ascii_digit()) {
        return QuantityError::new(place, format!("`{text}` has two units"))
            .help("write one number and one unit, as in `90min`");
    }
    let base = QuantityError::new(place, format!("unknown unit `{unit}` in `{text}`"));
    if let Some(help) = accepts.iter().find_map(|kind| likely(&written, unit, *kind)) {
        base.help(help)
    } else {
        let examples: Vec<&str> = accepts.iter().map(|kind| kind.example()).collect();
        base.help(format!("write {} such as {}", kind.name(), examples.join(", ")))
    }
}

/// What was probably meant by a unit that is not one.
fn likely(written: &str, unit: &str, kind: Kind) -> Option<String> {
    let lower = unit.trim().to_ascii_lowercase();
    let write = |text: String| Some(format!("write `{text}`"));
    match kind {
        Kind::Duration => duration_word(&lower).and_then(|(count, name)| {
            let value: f64 = written.parse().ok()?;
            write(format!("{}{name}", number(value * count)))
        }),
        Kind::Bytes => size_word(&lower).map(|name| match name {
            "KB" | "MB" | "GB" | "TB" => {
                format!("write `{written} {name}` or `{written} {}iB`", name.trim_end_matches('B'))
            }
            name => format!("write `{written} {name}`"),
        }),
        Kind::Rate | Kind::ByteRate => rate_word(written, &lower),
        Kind::Percentage if matches!(lower.as_str(), "percent" | "pct") => write(format!("{written}%")),
        Kind::Count if matches!(lower.as_str(), "k" | "thousand") => write(format!("{written}k")),
        Kind::Count if matches!(lower.as_str(), "m" | "mio" | "million" | "millions") => write(format!("{written}M")),
        Kind::Count if matches!(lower.as_str(), "g" | "b" | "billion" | "bn") => write(format!("{written}G")),
        _ => None,
    }
}

fn duration_word(lower: &str) -> Option<(f64, &'static str)> {
    let name = match lower {
        "us" | "µs" | "micros" | "microseconds" | "microsecond" => "us",
        "ms" | "msec" | "msecs" | "millis" | "milliseconds" | "millisecond" => "ms",
        "s" | "sec" | "secs" | "second" | "seconds" => "s",
        "min" | "m" | "mins" | "minute" | "minutes" => "min",
        "h" | "hr" | "hrs" | "hour" | "hours" => "h",
        "d" | "day" | "days" => "d",
        "w" | "week" | "weeks" => "w",
        "y" | "yr" | "year" | "years" => "y",
        "mo" | "month" | "months" => return Some((30.0, "d")),
        _ => return None,
    };
    Some((1.0, name))
}

fn size_word(lower: &str) -> Option<&'static str> {
    Some(match lower {
        "b" | "byte" | "bytes" => "B",
        "k" | "kb" | "kbyte" | "kbytes" | "kilobytes" => "KB",
        "m" | "mb" | "mbyte" | "mbytes" | "megabytes" => "MB",
        "g" | "gb" | "gbyte" | "gbytes" | "gigabytes" => "GB",
        "t" | "tb" | "terabytes" => "TB",
        "ki" | "kib" => "KiB",
        "mi" | "mib" => "MiB",
        "gi" | "gib" => "GiB",
        "ti" | "tib" => "TiB",
        _ => return None,
    })
}

fn rate_word(written: &str, lower: &str) -> Option<String> {
    let per = |unit: &str| Some(format!("write `{written}{unit}`"));
    let (size, time) = match lower.split_once('/') {
        Some((size, time)) => (size.trim(), time.trim()),
        None => match lower {
            "mps" | "rps" | "tps" | "eps" | "qps" | "hz" => return per("/s"),
            _ => lower.split_once(" per ").or_else(|| lower.strip_prefix("per ").map(|time| ("", time)))?,
        },
    };
    let time = match time {
        "s" | "sec" | "second" | "seconds" => "/s",
        "m" | "min" | "minute" | "minutes" => "/min",
        "h" | "hour" | "hours" => "/h",
        "d" | "day" | "days" => "/day",
        _ => return None,
    };
    match size {
        "" | "k" | "msg" | "msgs" | "message" | "messages" | "events" | "event" | "req" | "requests" | "records" => {
            let size = if size == "k" { "k" } else { "" };
            per(&format!("{size}{time}"))
        }
        "m" | "g" => per(&format!("{}{time}", size.to_ascii_uppercase())),
        "bit" | "kbit" | "mbit" | "gbit" => {
            Some(format!("rates are read in bytes: write an eighth of it, as in `1 MB{time}`"))
        }
        other => size_word(other).and_then(|name| per(&format!(" {name}{time}"))),
    }
}
