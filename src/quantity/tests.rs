//! Laws of amounts, and tables of what is read, refused and shown.

use proptest::prelude::*;

use super::*;

const KINDS: [Kind; 7] =
    [Kind::Count, Kind::Factor, Kind::Percentage, Kind::Duration, Kind::Bytes, Kind::Rate, Kind::ByteRate];
/// How a flow is stated: in messages or in bytes.
const FLOW: [Kind; 2] = [Kind::Rate, Kind::ByteRate];

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(KINDS.to_vec())
}

/// Amounts of all sizes, whole ones and zero among them; counts are whole.
fn amount_of(kind: Kind) -> BoxedStrategy<f64> {
    let any = prop_oneof![
        1 => Just(0.0),
        4 => (-9.0..17.9_f64).prop_map(|exponent| 10_f64.powf(exponent)),
        4 => (1_u32..2_000_000).prop_map(f64::from),
        2 => (1_u32..2_000).prop_map(|number| f64::from(number) / 1000.0),
    ];
    match kind {
        Kind::Count => any.prop_map(f64::round).boxed(),
        _ => any.boxed(),
    }
}

fn amount() -> impl Strategy<Value = (f64, Kind)> {
    kind().prop_flat_map(|kind| (amount_of(kind), Just(kind)))
}

fn range() -> impl Strategy<Value = (Interval, Kind)> {
    let ends = kind().prop_flat_map(|kind| (amount_of(kind), amount_of(kind), Just(kind)));
    ends.prop_map(|(one, other, kind)| (Interval { lo: one.min(other), hi: one.max(other) }, kind))
}

/// Texts that look like amounts, and texts that do not.
fn text() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "0", "1", "9", "12", "1000", ".", "..", ",", "_", " ", "-", "+", "−", "e", "E5", "k", "M", "G", "s", "ms",
        "us", "µs", "min", "m", "h", "d", "y", "B", "KB", "KiB", "MB", "/s", "/min", "/day", "/", "%", "inf", "nan",
        "∞", "0x", "<", "≥", " per ", "ü", "\u{0}", "\n",
    ]);
    prop_oneof![any::<String>(), prop::collection::vec(part, 0..6).prop_map(|parts| parts.concat())]
}

proptest! {
    #[test]
    fn what_is_written_exactly_reads_back_as_itself((range, kind) in range()) {
        let text = exact(range, kind);
        prop_assert_eq!(parse(&text, &[kind]), Ok((range, kind)), "{}", text);
    }

    #[test]
    fn what_is_shown_reads_back_within_half_a_percent((amount, kind) in amount()) {
        let text = show(amount, kind);
        let (read, _) = parse(&text, &[kind]).map_err(|error| TestCaseError::fail(format!("{text}: {error}")))?;
        prop_assert!((read.lo - amount).abs() <= amount * 0.005_000_001, "{} is shown as {}", amount, text);
    }

    #[test]
    fn a_flow_is_read_in_the_way_in_which_it_is_written((amount, rate) in (amount_of(Kind::Rate), any::<bool>())) {
        let kind = if rate { Kind::Rate } else { Kind::ByteRate };
        let text = exact(Interval::point(amount), kind);
        prop_assert_eq!(parse(&text, &FLOW), Ok((Interval::point(amount), kind)));
    }

    #[test]
    fn no_text_is_read_with_a_panic_or_refused_without_a_place(text in text(), kinds in prop::collection::vec(kind(), 1..4)) {
        match parse(&text, &kinds) {
            Ok((range, kind)) => {
                prop_assert!(kinds.contains(&kind));
                prop_assert!(range.lo >= 0.0 && range.lo <= range.hi && range.hi <= 1e18, "{:?}", range);
            }
            Err(error) => {
                prop_assert!(text.get(error.at.clone()).is_some(), "{:?} of {:?}: {:?}", error.at, text, error);
                prop_assert!(error.help.is_some_and(|help| !help.is_empty()), "{:?} is refused without a remedy", text);
            }
        }
    }

    #[test]
    fn no_text_is_read_as_a_version_with_a_panic(text in text()) {
        if let Ok(version) = Version::parse(&text) {
            prop_assert_eq!(Version::parse(&version.to_string()), Ok(version));
        }
    }

    #[test]
    fn versions_keep_their_order_as_numbers(
        one in (0_u16..40, 0_u16..40, prop::option::of(1_u16..40)),
        other in (0_u16..40, 0_u16..40, prop::option::of(1_u16..40)),
    ) {
        let version = |(major, minor, patch)| Version { major, minor, patch };
        let (one, other) = (version(one), version(other));
        prop_assert_eq!(one.cmp(&other), one.as_number().total_cmp(&other.as_number()));
        prop_assert_eq!(Version::from_number(one.as_number()), one);
    }

    #[test]
    fn a_middle_lies_within_its_range((range, _) in range()) {
        prop_assert!(range.lo <= range.middle() && range.middle() <= range.hi);
    }
}

#[test]
fn amounts_are_read_in_base_units() {
    let cases: &[(&str, Kind, f64)] = &[
        ("50ms", Kind::Duration, 0.05),
        ("50 ms", Kind::Duration, 0.05),
        ("0.1ms", Kind::Duration, 0.0001),
        ("250us", Kind::Duration, 0.000_25),
        ("1.5s", Kind::Duration, 1.5),
        ("2m", Kind::Duration, 120.0),
        ("2min", Kind::Duration, 120.0),
        ("1h", Kind::Duration, 3600.0),
        ("7d", Kind::Duration, 604_800.0),
        ("1w", Kind::Duration, 604_800.0),
        ("1y", Kind::Duration, 31_536_000.0),
        ("0s", Kind::Duration, 0.0),
        ("800 B", Kind::Bytes, 800.0),
        ("2 KiB", Kind::Bytes, 2048.0),
        ("2KB", Kind::Bytes, 2000.0),
        ("1.5 MB", Kind::Bytes, 1.5e6),
        ("1 MiB", Kind::Bytes, 1_048_576.0),
        ("3 GiB", Kind::Bytes, 3_221_225_472.0),
        ("1 TB", Kind::Bytes, 1e12),
        ("1 TiB", Kind::Bytes, 1_099_511_627_776.0),
        ("200", Kind::Count, 200.0),
        ("1.1k", Kind::Count, 1100.0),
        ("10k", Kind::Count, 1e4),
        ("2M", Kind::Count, 2e6),
        ("1G", Kind::Count, 1e9),
        ("0", Kind::Count, 0.0),
        ("2k/s", Kind::Rate, 2000.0),
        ("0.5/s", Kind::Rate, 0.5),
        ("90/min", Kind::Rate, 1.5),
        ("36k/h", Kind::Rate, 10.0),
        ("86.4k/day", Kind::Rate, 1.0),
        ("5 MB/s", Kind::ByteRate, 5e6),
        ("60 KiB/min", Kind::ByteRate, 1024.0),
        ("80%", Kind::Percentage, 0.8),
        ("0.7 %", Kind::Percentage, 0.007),
        ("1.5", Kind::Factor, 1.5),
    ];
    for (text, kind, amount) in cases {
        assert_eq!(parse(text, &[*kind]), Ok((Interval::point(*amount), *kind)), "{text}");
    }
}

#[test]
fn the_lower_end_takes_the_unit_and_never_the_thousands() {
    let cases: &[(&str, Kind, f64, f64)] = &[
        ("1..10k/s", Kind::Rate, 1.0, 1e4),
        ("500..2k/s", Kind::Rate, 500.0, 2000.0),
        ("1k..2k/s", Kind::Rate, 1000.0, 2000.0),
        ("1k/s .. 2k/s", Kind::Rate, 1000.0, 2000.0),
        ("6/min..1/s", Kind::Rate, 0.1, 1.0),
        ("500ms..2s", Kind::Duration, 0.5, 2.0),
        ("5..10ms", Kind::Duration, 0.005, 0.01),
        ("0s..1h", Kind::Duration, 0.0, 3600.0),
        ("1..10k", Kind::Count, 1.0, 1e4),
        ("2..4 KiB", Kind::Bytes, 2048.0, 4096.0),
        ("1..5 MB/s", Kind::ByteRate, 1e6, 5e6),
        ("10..20%", Kind::Percentage, 0.1, 0.2),
        ("3..3", Kind::Count, 3.0, 3.0),
    ];
    for (text, kind, lo, hi) in cases {
        let accepts = if FLOW.contains(kind) { FLOW.to_vec() } else { vec![*kind] };
        assert_eq!(parse(text, &accepts), Ok((Interval { lo: *lo, hi: *hi }, *kind)), "{text}");
    }
}

#[test]
fn what_is_refused_is_marked_and_comes_with_its_remedy() {
    let cases: &[(&str, Kind, &str, &str)] = &[
        ("50", Kind::Duration, "50", "write `50ms` or `50s`"),
        ("2", Kind::Bytes, "2", "write `2 B` or `2 KB`"),
        ("2000", Kind::Rate, "2000", "write `2000/s`"),
        ("5", Kind::ByteRate, "5", "write `5 B/s`"),
        ("80", Kind::Percentage, "80", "write `80%`"),
        ("0.8", Kind::Percentage, "0.8", "write `80%`"),
        (" 50 ", Kind::Duration, "50", "write `50ms` or `50s`"),
        ("2 secs", Kind::Duration, "secs", "write `2s`"),
        ("2  s", Kind::Duration, " s", "write `2s`"),
        ("3 months", Kind::Duration, "months", "write `90d`"),
        ("10 minutes", Kind::Duration, "minutes", "write `10min`"),
        ("5 kb", Kind::Bytes, "kb", "write `5 KB` or `5 KiB`"),
        ("5 kib", Kind::Bytes, "kib", "write `5 KiB`"),
        ("1h30m", Kind::Duration, "h30m", "write one number and one unit, as in `90min`"),
        ("2k msg/s", Kind::Rate, "k msg/s", "write a rate of messages such as `2k/s`, `500/min`"),
        ("200 msgs/s", Kind::Rate, "msgs/s", "write `200/s`"),
        ("200 per second", Kind::Rate, "per second", "write `200/s`"),
        ("200rps", Kind::Rate, "rps", "write `200/s`"),
        ("100 Mbit/s", Kind::ByteRate, "Mbit/s", "rates are read in bytes: write an eighth of it, as in `1 MB/s`"),
        ("1.5", Kind::Count, "1.5", "write `2`"),
        ("1.2345k", Kind::Count, "1.2345k", "write `1235`"),
        ("0.1234k", Kind::Count, "0.1234k", "write `123`"),
        ("3m", Kind::Count, "m", "write `3M`"),
        ("-5ms", Kind::Duration, "-5ms", "write an amount of zero or more"),
        ("−5ms", Kind::Duration, "−5ms", "write an amount of zero or more"),
        ("+5ms", Kind::Duration, "+5ms", "leave out the `+`"),
        ("1e3", Kind::Count, "1e3", "write it with `k`, `M` or `G`, or in full"),
        ("0x10", Kind::Count, "0x10", "write it in decimal"),
        ("010", Kind::Count, "010", "leave out the leading zero"),
        ("1_000", Kind::Count, "1_000", "write the digits without separators"),
        ("1,000", Kind::Count, "1,000", "write the digits without separators"),
        ("1 000", Kind::Count, "1 000", "write the digits without separators"),
        ("1,5s", Kind::Duration, "1,5s", "write `1.5s`"),
        (".5s", Kind::Duration, ".5s", "write digits on both sides of the point"),
        ("5.s", Kind::Duration, "5.s", "write digits on both sides of the point"),
        ("inf", Kind::Factor, "inf", "write a number"),
        ("NaN", Kind::Factor, "NaN", "write a number"),
        ("∞", Kind::Duration, "∞", "write a number"),
        ("2G", Kind::Duration, "G", "write a duration such as `50ms`, `24h`, `7d`"),
        ("9999999999G", Kind::Count, "9999999999G", "nothing above 10^18 is read"),
        ("", Kind::Count, "", "write `200`, `10k`"),
        ("much", Kind::Rate, "much", "write `2k/s`, `500/min`"),
        ("1k/s..", Kind::Rate, "1k/s..", "write both ends, as in `1k/s..5k/s`"),
        ("..1k/s", Kind::Rate, "..1k/s", "write both ends, as in `1k/s..5k/s`"),
        ("> 1k/s", Kind::Rate, "> 1k/s", "write both ends, as in `1k/s..5k/s`"),
        ("≥ 1k/s", Kind::Rate, "≥ 1k/s", "write both ends, as in `1k/s..5k/s`"),
        ("2k..1/s", Kind::Rate, "2k..1/s", "write the smaller end first"),
        ("1s..500ms", Kind::Duration, "1s..500ms", "write the smaller end first"),
        ("1s..5", Kind::Duration, "5", "write `5ms` or `5s`"),
        ("1.2.3..5s", Kind::Duration, "1.2.3", "write digits on both sides of the point"),
    ];
    for (text, kind, place, help) in cases {
        let accepts = if *kind == Kind::Rate { FLOW.to_vec() } else { vec![*kind] };
        let error = parse(text, &accepts).expect_err(text);
        let found = (&text[error.at.clone()], error.help.unwrap_or_default());
        let help =
            if accepts.len() > 1 { help.replace("`500/min`", "`500/min`, `5 MB/s`") } else { (*help).to_owned() };
        assert_eq!(found, (*place, help), "{text}: {}", error.message);
    }
}

#[test]
fn amounts_are_shown_as_people_write_them() {
    let cases: &[(f64, Kind, &str)] = &[
        (2000.0, Kind::Rate, "2k/s"),
        (1.0 / 3600.0, Kind::Rate, "1/h"),
        (0.0, Kind::Rate, "0/s"),
        (0.05, Kind::Duration, "50ms"),
        (604_800.0, Kind::Duration, "7d"),
        (5400.0, Kind::Duration, "1.5h"),
        (2048.0, Kind::Bytes, "2 KiB"),
        (2000.0, Kind::Bytes, "2 KB"),
        (1_048_576.0, Kind::Bytes, "1 MiB"),
        (5e6, Kind::ByteRate, "5 MB/s"),
        (0.8, Kind::Percentage, "80%"),
        (1234.0, Kind::Count, "1.23k"),
        (12.0, Kind::Count, "12"),
        (1.5, Kind::Factor, "1.5"),
        (f64::INFINITY, Kind::Duration, "forever"),
        (f64::NAN, Kind::Duration, "unknown"),
    ];
    for (amount, kind, text) in cases {
        assert_eq!(show(*amount, *kind), *text, "{amount}");
    }
}

#[test]
fn amounts_are_written_exactly_in_base_units() {
    let point = Interval::point;
    let cases: &[(Interval, Kind, &str)] = &[
        (point(2000.0), Kind::Rate, "2000/s"),
        (point(0.05), Kind::Duration, "0.05s"),
        (point(2048.0), Kind::Bytes, "2048B"),
        (point(0.8), Kind::Percentage, "80%"),
        (point(0.007), Kind::Percentage, "0.7%"),
        (point(0.0), Kind::Percentage, "0%"),
        (point(0.57), Kind::Percentage, "57%"),
        (point(1.25), Kind::Percentage, "125%"),
        (point(1e-7), Kind::Duration, "0.0000001s"),
        (Interval { lo: 500.0, hi: 2000.0 }, Kind::Rate, "500/s..2000/s"),
    ];
    for (range, kind, text) in cases {
        assert_eq!(exact(*range, *kind), *text);
    }
}

#[test]
fn versions_compare_by_component() {
    let version = |text: &str| Version::parse(text).unwrap();
    let ascending = ["3.13", "4.0", "4.0.1", "4.1", "4.9", "4.9.12", "4.10", "5"];
    for pair in ascending.windows(2) {
        assert!(version(pair[0]) < version(pair[1]), "{pair:?}");
    }
    for (text, help) in [
        ("v4.1", "write `4.1`"),
        ("4.x", "write a version such as `4.3` or `4.3.1`"),
        ("4.1.2.3", "write at most three numbers, such as `4.3.1`"),
        ("", "write a version such as `4.3` or `4.3.1`"),
        ("4.1000", "write a version such as `4.3` or `4.3.1`"),
        ("+4", "write a version such as `4.3` or `4.3.1`"),
    ] {
        assert_eq!(Version::parse(text).unwrap_err().help.as_deref(), Some(help), "{text}");
    }
}
