//! Days of the calendar, as they are written: 2026-11-23. They can be compared and counted back; nothing here knows
//! which day it is.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Date {
    /// The year.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

/// Days in a cycle of the calendar: four hundred years.
const CYCLE: i64 = 146_097;
/// Days from the first of March of year 0 to the first of January 1970.
const EPOCH: i64 = 719_468;

impl Date {
    /// Reads a day: `2026-11-23`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut next = |length: usize| {
            let part = parts.next()?;
            let digits = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
            part.parse::<u16>().ok().filter(|_| digits)
        };
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        let date = Self { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? };
        // A day that does not exist, such as the thirtieth of February, comes back as another one.
        let exists = (1..=12).contains(&month) && Self::from_days(date.days()) == Some(date);
        (parts.next().is_none() && exists).then_some(date)
    }

    /// Reads a day, a month or a year, which stand for their first day: `2020-06`.
    pub fn parse_about(text: &str) -> Option<Self> {
        Self::parse(text)
            .or_else(|| Self::parse(&format!("{text}-01")))
            .or_else(|| Self::parse(&format!("{text}-01-01")))
    }

    /// Days since the first of January 1970.
    pub fn days(self) -> i64 {
        // Years begin in March here, so that the leap day is the last one of a year.
        let early = self.month <= 2;
        let year = i64::from(self.year) - i64::from(early);
        let month = i64::from(self.month) + if early { 9 } else { -3 };
        let in_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + in_year - EPOCH
    }

    /// The day so many days after the first of January 1970; none outside the years 0 to 9999.
    pub fn from_days(days: i64) -> Option<Self> {
        let days = days.checked_add(EPOCH)?;
        let in_cycle = days.rem_euclid(CYCLE);
        let year = (in_cycle - in_cycle / 1460 + in_cycle / 36_524 - in_cycle / 146_096) / 365;
        let in_year = in_cycle - (365 * year + year / 4 - year / 100);
        let month = (5 * in_year + 2) / 153;
        let day = in_year - (153 * month + 2) / 5 + 1;
        let (month, late) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        let year = year + days.div_euclid(CYCLE) * 400 + late;
        let year = u16::try_from(year).ok().filter(|year| *year <= 9999)?;
        Some(Self { year, month: u8::try_from(month).ok()?, day: u8::try_from(day).ok()? })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_written() {
        for day in ["2026-11-23", "2024-02-29", "1970-01-01", "2000-02-29", "0001-01-01"] {
            assert_eq!(Date::parse(day).unwrap().to_string(), day);
        }
        for wrong in
            ["2026-11", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-11-23", "x", ""]
        {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_month_or_a_year_stands_for_its_first_day() {
        assert_eq!(Date::parse_about("2020-06"), Date::parse("2020-06-01"));
        assert_eq!(Date::parse_about("2020"), Date::parse("2020-01-01"));
        assert_eq!(Date::parse_about("June"), None);
    }

    #[test]
    fn days_are_counted() {
        assert_eq!(Date::parse("1970-01-01").unwrap().days(), 0);
        assert_eq!(Date::parse("2026-11-25").unwrap().days(), 20_782);
        assert_eq!(Date::from_days(20_782), Date::parse("2026-11-25"));
        assert!((-700_000..2_900_000).step_by(997).all(|day| Date::from_days(day).unwrap().days() == day));
    }
}
