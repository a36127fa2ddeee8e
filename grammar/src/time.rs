//! A moment: milliseconds since 1970 in UTC, written as RFC 3339 writes it; not a clock.

use std::fmt;

use nom::branch::alt;
use nom::bytes::complete::{take_while_m_n, take_while1};
use nom::character::complete::{char, one_of};
use nom::combinator::{all_consuming, map, opt, value, verify};
use nom::sequence::preceded;
use nom::{IResult, Parser};

use crate::Span;

const DAY_MS: i64 = 86_400_000;

/// A moment in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

/// A moment taken apart, in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// The year, of our era.
    pub year: i64,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// 0 to 999.
    pub milli: u16,
}

impl Time {
    /// So many milliseconds after 1970.
    #[must_use]
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Reads RFC 3339, with `Z` or an offset, with or without a fraction; what is finer than a millisecond is cut.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        all_consuming(moment).parse(text).ok().map(|(_, time)| time)
    }

    /// Reads a date, `2026-09-01`, as its midnight in UTC.
    #[must_use]
    pub fn parse_date(word: &str) -> Option<Self> {
        all_consuming(date)
            .parse(word)
            .ok()
            .map(|(_, days)| Self(days * DAY_MS))
    }

    /// The moment so much later.
    #[must_use]
    pub const fn plus(self, span: Span) -> Self {
        let millis = span.millis();
        Self(self.0.saturating_add(if millis > i64::MAX as u64 {
            i64::MAX
        } else {
            millis as i64
        }))
    }

    /// How long after `earlier` this is, rounded down to seconds; nothing if it is not after it.
    #[must_use]
    pub const fn since(self, earlier: Self) -> Span {
        let millis = self.0.saturating_sub(earlier.0);
        Span::seconds(if millis > 0 { millis as u64 / 1_000 } else { 0 })
    }

    /// The moment taken apart, in UTC.
    #[must_use]
    pub fn civil(self) -> Civil {
        let (days, millis) = (self.0.div_euclid(DAY_MS), self.0.rem_euclid(DAY_MS));
        let (year, month, day) = civil_from_days(days);
        Civil {
            year,
            month,
            day,
            hour: (millis / 3_600_000) as u8,
            minute: (millis / 60_000 % 60) as u8,
            second: (millis / 1_000 % 60) as u8,
            milli: (millis % 1_000) as u16,
        }
    }
}

/// As IRC's server-time writes it: `2026-09-26T14:02:11.123Z`.
impl fmt::Display for Time {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Civil {
            year,
            month,
            day,
            hour,
            minute,
            second,
            milli,
        } = self.civil();
        if !(0..=9_999).contains(&year) {
            return write!(
                out,
                "{year:05}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"
            );
        }
        let mut text = *b"0000-00-00T00:00:00.000Z";
        let year = year as u32;
        let parts = [
            year / 100,
            year % 100,
            month.into(),
            day.into(),
            hour.into(),
            minute.into(),
            second.into(),
        ];
        for (part, place) in parts.into_iter().zip([0, 2, 5, 8, 11, 14, 17]) {
            text[place] += (part / 10) as u8;
            text[place + 1] += (part % 10) as u8;
        }
        text[20] += (milli / 100) as u8;
        text[21] += (milli / 10 % 10) as u8;
        text[22] += (milli % 10) as u8;
        out.write_str(std::str::from_utf8(&text).expect("digits are ASCII"))
    }
}

impl std::str::FromStr for Time {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        Self::parse(text).ok_or(NotATime)
    }
}

/// The text is not an RFC 3339 moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATime;

impl fmt::Display for NotATime {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a time, like 2026-09-26T14:02:11.123Z, is expected")
    }
}

impl std::error::Error for NotATime {}

/// The parser behind `Time::parse`.
fn moment(input: &str) -> IResult<&str, Time> {
    let (input, days) = date(input)?;
    let (input, (_, hour, _, minute, _)) =
        (one_of("Tt "), two(0, 23), char(':'), two(0, 59), char(':')).parse(input)?;
    // 60 is a leap second, which Unix time counts as the first of the next minute.
    let (input, (second, milli, offset)) =
        (two(0, 60), opt(fraction), offset_minutes).parse(input)?;
    let millis =
        hour * 3_600_000 + (minute - offset) * 60_000 + second * 1_000 + milli.unwrap_or(0);
    Ok((input, Time(days * DAY_MS + millis)))
}

/// The parser behind `Time::parse_date`: days since 1970, of a date that exists.
fn date(input: &str) -> IResult<&str, i64> {
    let (input, year) = digits(4).parse(input)?;
    let (input, (_, month, _)) = (char('-'), two(1, 12), char('-')).parse(input)?;
    map(two(1, days_in(year, month)), |day| {
        days_from_civil(year, month, day)
    })
    .parse(input)
}

fn fraction(input: &str) -> IResult<&str, i64> {
    preceded(
        char('.'),
        map(
            take_while1(|found: char| found.is_ascii_digit()),
            |digits: &str| {
                digits
                    .bytes()
                    .chain(*b"00")
                    .take(3)
                    .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
            },
        ),
    )
    .parse(input)
}

fn offset_minutes(input: &str) -> IResult<&str, i64> {
    let sign = alt((value(1, char('+')), value(-1, char('-'))));
    alt((
        value(0, one_of("Zz")),
        map(
            (sign, two(0, 23), char(':'), two(0, 59)),
            |(sign, hours, _, minutes): (i64, i64, _, i64)| sign * (hours * 60 + minutes),
        ),
    ))
    .parse(input)
}

fn two<'a>(
    low: i64,
    high: i64,
) -> impl Parser<&'a str, Output = i64, Error = nom::error::Error<&'a str>> {
    verify(digits(2), move |number| (low..=high).contains(number))
}

fn digits<'a>(
    count: usize,
) -> impl Parser<&'a str, Output = i64, Error = nom::error::Error<&'a str>> {
    map(
        take_while_m_n(count, count, |found: char| found.is_ascii_digit()),
        |digits: &str| {
            digits
                .bytes()
                .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'))
        },
    )
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01 of a date in the Gregorian calendar; years are counted from March, so that the leap day is last.
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// The inverse of `days_from_civil`.
fn civil_from_days(days: i64) -> (i64, u8, u8) {
    let days = days + 719_468;
    let (era, day_of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year, month as u8, day as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_and_read() {
        for (millis, text) in [
            (0, "1970-01-01T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (1_790_431_331_123, "2026-09-26T14:02:11.123Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        ] {
            assert_eq!(Time::from_millis(millis).to_string(), text);
            assert_eq!(Time::parse(text), Some(Time::from_millis(millis)), "{text}");
        }
    }

    #[test]
    fn every_day_of_eight_centuries() {
        let first = days_from_civil(1600, 1, 1);
        let mut previous = (1599, 12, 31);
        for days in first..first + 2 * 146_097 {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month.into(), day.into()), days);
            assert!((year, month, day) > previous && i64::from(day) <= days_in(year, month.into()));
            previous = (year, month, day);
        }
    }

    #[test]
    fn forms() {
        let noon = Time::parse("2026-09-26T12:00:00Z").unwrap();
        for same in [
            "2026-09-26t12:00:00z",
            "2026-09-26T14:00:00+02:00",
            "2026-09-26 06:30:00.0-05:30",
            "2026-09-26T11:59:60Z",
        ] {
            assert_eq!(Time::parse(same), Some(noon), "{same}");
        }
        assert_eq!(
            Time::parse("2026-09-26T12:00:00.1239Z").unwrap().millis() - noon.millis(),
            123
        );
        assert_eq!(
            Time::parse("2026-09-26T12:00:00.5Z").unwrap().millis() - noon.millis(),
            500
        );
        for bad in [
            "",
            "2026-09-26",
            "2026-13-01T00:00:00Z",
            "2026-09-26T24:00:00Z",
            "2026-09-26T12:00:00",
            "2026-02-29T00:00:00Z",
        ] {
            assert_eq!(Time::parse(bad), None, "{bad}");
        }
        assert_eq!(
            Time::parse_date("2026-09-26")
                .unwrap()
                .plus(Span::seconds(43_200)),
            noon
        );
        assert_eq!(
            noon.since(Time::parse_date("2026-09-26").unwrap())
                .to_string(),
            "12h"
        );
        for bad in [
            "2026-02-29",
            "1900-02-29",
            "2026-9-1",
            "2026-09-31",
            "2026-09-010",
            "yesterday",
        ] {
            assert_eq!(Time::parse_date(bad), None, "{bad}");
        }
        assert_eq!(Time::from_millis(i64::MIN).civil().month, 5);
        assert_eq!(
            Time::from_millis(i64::MAX)
                .plus(Span::seconds(u64::MAX))
                .millis(),
            i64::MAX
        );
    }
}
