//! Days as numbers: the proleptic Gregorian calendar counted from 1970-01-01.

use jiff::civil::Date;

use super::lane::{Lane, each};

/// What stands in a date column where a formula left the calendar (years -9999 to 9999) or had no number to go by.
pub const NO_DATE: i32 = i32::MIN;

/// -9999-01-01, as days since 1970-01-01.
const FIRST: f64 = -4_371_587.0;
/// 9999-12-31, as days since 1970-01-01.
const LAST: f64 = 2_932_896.0;

/// The day written as `YYYY-MM-DD`, as days since 1970-01-01.
pub(super) fn day_of(text: &str) -> Option<f64> {
    // The parser of jiff reads several standards; only the one written everywhere is wanted here.
    let shaped = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    let date: Date = shaped.then(|| text.parse().ok()).flatten()?;
    let span = date.since(Date::new(1970, 1, 1).ok()?).ok()?;
    Some(f64::from(span.get_days()))
}

/// A day as it stands in a date column.
pub(super) fn stored(day: f64) -> i32 {
    if (FIRST..=LAST).contains(&day) { day as i32 } else { NO_DATE }
}

/// A day from a date column, as a number; [`NO_DATE`] is none.
pub(super) fn loaded(day: i32) -> f64 {
    if day == NO_DATE { f64::NAN } else { f64::from(day) }
}

pub(super) fn year(out: &mut [f64], days: Lane) {
    each(out, days, |day| civil(day).map_or(f64::NAN, |c| c.0 as f64));
}

pub(super) fn month(out: &mut [f64], days: Lane) {
    each(out, days, |day| civil(day).map_or(f64::NAN, |c| c.1 as f64));
}

pub(super) fn day(out: &mut [f64], days: Lane) {
    each(out, days, |day| civil(day).map_or(f64::NAN, |c| c.2 as f64));
}

/// Year, month and day of a count of days, by counting from 0000-03-01 in cycles of 400 years (146,097 days).
///
/// With years that begin in March, the leap day is the last of its year and the lengths of months follow
/// `⌊(153 m + 2) / 5⌋`.
fn civil(day: f64) -> Option<(i64, i64, i64)> {
    if !(FIRST..=LAST).contains(&day) {
        return None;
    }
    const DAYS_FROM_MARCH_0000_TO_1970: i64 = 719_468;
    let count = day as i64 + DAYS_FROM_MARCH_0000_TO_1970;
    let cycle = count.div_euclid(146_097);
    let of_cycle = count.rem_euclid(146_097);
    let year_of_cycle = (of_cycle - of_cycle / 1_460 + of_cycle / 36_524 - of_cycle / 146_096) / 365;
    let of_year = of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = 400 * cycle + year_of_cycle + i64::from(month <= 2);
    Some((year, month, day))
}

#[cfg(test)]
mod tests {
    use jiff::{ToSpan, civil::Date};

    use super::*;

    #[test]
    fn the_ends_of_the_calendar_are_those_of_jiff() {
        let epoch = Date::new(1970, 1, 1).unwrap();
        assert_eq!(f64::from(Date::MIN.since(epoch).unwrap().get_days()), FIRST);
        assert_eq!(f64::from(Date::MAX.since(epoch).unwrap().get_days()), LAST);
        assert_eq!(stored(FIRST - 1.0), NO_DATE);
        assert_eq!(stored(LAST + 1.0), NO_DATE);
        assert_eq!(stored(f64::NAN), NO_DATE);
        assert_eq!(stored(LAST), LAST as i32);
    }

    #[test]
    fn every_day_of_nine_centuries_is_the_one_that_jiff_finds() {
        let mut date = Date::new(1580, 1, 1).unwrap();
        let mut count = day_of("1580-01-01").unwrap();
        while date.year() < 2480 {
            let expected = (date.year().into(), date.month().into(), date.day().into());
            assert_eq!(civil(count), Some(expected), "{date}");
            date = date.tomorrow().unwrap();
            count += 1.0;
        }
        assert_eq!(Some(count), day_of("2480-01-01"));
    }

    #[test]
    fn days_far_away_are_those_that_jiff_finds() {
        let epoch = Date::new(1970, 1, 1).unwrap();
        for count in (FIRST as i32..=LAST as i32).step_by(9_973) {
            let date = epoch.checked_add(count.days()).unwrap();
            let expected = (date.year().into(), date.month().into(), date.day().into());
            assert_eq!(civil(count.into()), Some(expected), "{date}");
        }
    }

    #[test]
    fn only_days_of_the_calendar_are_read() {
        assert_eq!(day_of("1970-01-02"), Some(1.0));
        assert_eq!(day_of("2024-02-29"), Some(19_782.0));
        for wrong in ["2023-02-29", "2026-1-31", "20260131", "2026-01-31T00:00", "", "é026-01-3"] {
            assert_eq!(day_of(wrong), None, "{wrong}");
        }
    }
}
