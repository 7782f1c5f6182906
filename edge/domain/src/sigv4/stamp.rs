//! The two spellings of a signing time: `20150830T123600Z` and the HTTP date. Both stand for epoch seconds.

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY: i64 = 86_400;

/// Writes epoch seconds the way `x-amz-date` does, for years 0 to 9999.
pub fn basic(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    let second = seconds.rem_euclid(DAY);
    format!("{year:04}{month:02}{day:02}T{:02}{:02}{:02}Z", second / 3600, second / 60 % 60, second % 60)
}

/// The day of a credential scope: the first eight digits of [`basic`].
pub(super) fn day(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(DAY));
    format!("{year:04}{month:02}{day:02}")
}

/// Reads `YYYYMMDDTHHMMSSZ`, and nothing looser.
pub(super) fn read_basic(text: &str) -> Option<i64> {
    let (date, clock) = text.strip_suffix('Z')?.split_once('T')?;
    if date.len() != 8 || clock.len() != 6 {
        return None;
    }
    seconds(
        [digits(date.get(..4)?)?, digits(date.get(4..6)?)?, digits(date.get(6..)?)?],
        [digits(clock.get(..2)?)?, digits(clock.get(2..4)?)?, digits(clock.get(4..)?)?],
    )
}

/// Reads an IMF-fixdate (RFC 9110, section 5.6.7); the name of the day is not checked against the date.
pub(super) fn read_http(text: &str) -> Option<i64> {
    let mut words = text.strip_suffix(" GMT")?.split(' ');
    let (_name, day, month, year, clock) =
        (words.next()?.strip_suffix(',')?, words.next()?, words.next()?, words.next()?, words.next()?);
    let month = MONTHS.iter().zip(1..).find(|(name, _)| **name == month)?.1;
    let mut clock = clock.split(':').map(|part| if part.len() == 2 { digits(part) } else { None });
    let clock = [clock.next()??, clock.next()??, clock.next()??];
    if words.next().is_some() || day.len() != 2 || year.len() != 4 {
        return None;
    }
    seconds([digits(year)?, month, digits(day)?], clock)
}

fn digits(text: &str) -> Option<i64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn seconds([year, month, day]: [i64; 3], [hour, minute, second]: [i64; 3]) -> Option<i64> {
    // A leap second is refused: no clock of ours shows one.
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let days = days(year, month, day);
    // A date that does not exist comes back as another one.
    if !(1..=12).contains(&month) || civil(days) != (year, month, day) {
        return None;
    }
    Some(days * DAY + hour * 3600 + minute * 60 + second)
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar; years are counted from March so that the leap
/// day is last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The inverse of [`days`].
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day_of_year - (153 * shifted + 2) / 5 + 1)
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
        assert_eq!(read_http("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
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
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 8:49:37 GMT",
            "Sun, 06 Nov 1994 08:49:37 extra GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
        ] {
            assert_eq!(read_http(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_second_of_four_digit_years_survives(seconds in -62_135_596_800_i64..253_402_300_800) {
            assert_eq!(read_basic(&basic(seconds)), Some(seconds));
        }
    }
}
