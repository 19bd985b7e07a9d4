//! A day of the command line: a date, or so long ago.

use crate::context::Context;
use crate::diagnostic::Diagnostic;
use crate::quantity::{Date, Kind, parse};

/// A day, or one so long ago.
pub(super) fn read(text: &str, context: &Context, problems: &mut Vec<Diagnostic>) -> Option<Date> {
    if let Some(day) = Date::parse(text) {
        return Some(day);
    }
    let length = parse(text, &[Kind::Duration]).ok();
    let seconds = length.map(|(range, _)| range.lo).filter(|seconds| (0.0..1e11).contains(seconds));
    #[expect(clippy::cast_possible_truncation, reason = "checked to be small")]
    let days = seconds.map(|seconds| (seconds / 86_400.0).ceil() as i64);
    let day = days.and_then(|days| Date::from_days(context.today.days() - days));
    if day.is_none() {
        problems.push(
            Diagnostic::error(
                "not-a-day",
                format!("`--older-than {text}`: `{text}` is neither a day nor a length of time"),
            )
            .help("write 2026-06-30, or 90d for what was checked longer ago than that"),
        );
    }
    day
}
