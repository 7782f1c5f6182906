//! Moments as texts. Everywhere else a moment is a number: seconds since the epoch, in UTC, without leap seconds.
//!
//! ```text
//! basic     20150830T123600Z                  SigV4
//! extended  2015-08-30T12:36:00Z              IAM, STS, policies
//! http      Sun, 30 Aug 2015 12:36:00 GMT     headers (RFC 9110, section 5.6.7)
//! ```

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `20150830T123600Z`, for years 0 to 9999.
pub fn basic(seconds: i64) -> String {
    let at = moment(seconds);
    format!("{}T{:02}{:02}{:02}Z", compact(at.date_naive()), at.hour(), at.minute(), at.second())
}

/// `20150830`: the first eight digits of [`basic`].
pub fn day(seconds: i64) -> String {
    compact(moment(seconds).date_naive())
}

/// `2015-08-30T12:36:00Z`, for years 0 to 9999.
pub fn extended(seconds: i64) -> String {
    format!("{}Z", separated(seconds))
}

/// `2015-08-30T12:36:00.042Z`, from milliseconds since the epoch.
pub fn extended_to_the_millisecond(milliseconds: i64) -> String {
    format!("{}.{:03}Z", separated(milliseconds.div_euclid(1000)), milliseconds.rem_euclid(1000))
}

/// `Sun, 30 Aug 2015 12:36:00 GMT`, for years 0 to 9999.
pub fn http(seconds: i64) -> String {
    let at = moment(seconds);
    let (day, month, year) = (at.day(), MONTHS.get(at.month0() as usize).unwrap_or(&""), at.year());
    let (hour, minute, second) = (at.hour(), at.minute(), at.second());
    format!("{}, {day:02} {month} {year:04} {hour:02}:{minute:02}:{second:02} GMT", at.weekday())
}

/// Reads what [`basic`] writes, and nothing looser.
pub fn read_basic(text: &str) -> Option<i64> {
    let (date, clock) = text.strip_suffix('Z')?.split_once('T')?;
    if date.len() != 8 || clock.len() != 6 {
        return None;
    }
    let date = [digits(date.get(..4)?)?, digits(date.get(4..6)?)?, digits(date.get(6..)?)?];
    let clock = [digits(clock.get(..2)?)?, digits(clock.get(2..4)?)?, digits(clock.get(4..)?)?];
    seconds(date, clock)
}

/// Reads what [`http`] writes of four-digit years, and nothing looser: a wrong day of the week is no date.
pub fn read_http(text: &str) -> Option<i64> {
    let mut words = text.split([' ', ':']);
    let mut next = || words.next();
    let (_weekday, day, month, year) = (next()?, digits(next()?)?, next()?, next()?);
    let year = if year.len() == 4 { digits(year)? } else { return None };
    let month = MONTHS.iter().zip(1..).find(|(name, _)| **name == month)?.1;
    let found = seconds([year, month, day], [digits(next()?)?, digits(next()?)?, digits(next()?)?])?;
    (http(found) == text).then_some(found)
}

/// Days from 1970-01-01 to a day of the Gregorian calendar; `None` where there is no such day.
pub fn days(year: u32, month: u32, day: u32) -> Option<i64> {
    let date = NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)?;
    Some(i64::from(date.to_epoch_days()))
}

fn seconds([year, month, day]: [u32; 3], [hour, minute, second]: [u32; 3]) -> Option<i64> {
    let date = NaiveDate::from_ymd_opt(year.try_into().ok()?, month, day)?;
    // A leap second is refused: no clock of ours shows one.
    let time = NaiveTime::from_hms_opt(hour, minute, second)?;
    Some(NaiveDateTime::new(date, time).and_utc().timestamp())
}

fn digits(text: &str) -> Option<u32> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn compact(date: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

fn separated(seconds: i64) -> String {
    let at = moment(seconds);
    let (year, month, day) = (at.year(), at.month(), at.day());
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
}

/// The moment, or the nearest one that the calendar has.
fn moment(seconds: i64) -> DateTime<Utc> {
    let end = if seconds < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
    DateTime::from_timestamp(seconds, 0).unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments_are_read_and_written() {
        for (text, seconds) in [
            ("19700101T000000Z", 0),
            ("20000229T235959Z", 951_868_799),
            ("20150830T123600Z", 1_440_938_160),
            ("20130524T000000Z", 1_369_353_600),
            ("19691231T235959Z", -1),
            ("21000301T000000Z", 4_107_542_400),
        ] {
            assert_eq!(read_basic(text), Some(seconds), "{text}");
            assert_eq!(basic(seconds), text);
            assert_eq!(day(seconds), text[..8]);
        }
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T12:34:56Z", 951_827_696),
            ("2015-08-30T12:36:00Z", 1_440_938_160),
            ("1969-12-31T23:59:59Z", -1),
            ("9999-12-31T23:59:59Z", 253_402_300_799),
        ] {
            assert_eq!(extended(seconds), text);
        }
        assert_eq!(extended_to_the_millisecond(1_255_369_830_042), "2009-10-12T17:50:30.042Z");
        for (text, seconds) in [
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Tue, 29 Feb 2000 00:00:00 GMT", 951_782_400),
        ] {
            assert_eq!(http(seconds), text);
            assert_eq!(read_http(text), Some(seconds));
        }
    }

    #[test]
    fn what_is_not_a_moment_is_refused() {
        for text in [
            "",
            "Z",
            "TZ",
            "20150830T123600",
            "20150830 123600Z",
            "20150830T1236000Z",
            "+2015830T123600Z",
            "20150229T000000Z",
            "20151301T000000Z",
            "20150001T000000Z",
            "20150100T000000Z",
            "21000229T000000Z",
            "20150830T240000Z",
            "20150830T236000Z",
            "20150830T235960Z",
            "2015083éT12360Z",
            "20150830T123600ZZ",
        ] {
            assert_eq!(read_basic(text), None, "{text}");
        }
        for text in [
            "",
            "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nox 1994 08:49:37 GMT",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 8:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 extra GMT",
            "Sun, 06:Nov 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sat, 01 Jan 10000 00:00:00 GMT",
            "784111777",
        ] {
            assert_eq!(read_http(text), None, "{text}");
        }
    }

    #[test]
    fn a_moment_beyond_the_calendar_is_its_end() {
        let ends = [i64::MIN, i64::MAX].map(extended);
        assert_eq!(ends, ["-262143-01-01T00:00:00Z", "262142-12-31T23:59:59Z"]);
    }

    proptest::proptest! {
        #[test]
        fn every_second_of_four_digit_years_survives(seconds in -62_135_596_800_i64..253_402_300_800) {
            assert_eq!(read_basic(&basic(seconds)), Some(seconds));
            assert_eq!(read_http(&http(seconds)), Some(seconds));
        }
    }
}
