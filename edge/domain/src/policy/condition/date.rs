//! Times: the profile of ISO 8601 in the W3C's note on date formats, or seconds since the epoch.

/// Nanoseconds since the epoch; wide enough for every year and every epoch second that we read.
pub(super) type Instant = i128;

const NANOS: i128 = 1_000_000_000;

/// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm[:ss[.s…]]` with `Z` or `±hh:mm`; else an integer of
/// epoch seconds. Four digits alone are a year.
pub(super) fn parse(text: &str) -> Option<Instant> {
    calendar(text).or_else(|| text.parse::<i64>().ok().map(|seconds| i128::from(seconds) * NANOS))
}

/// `YYYY-MM-DDThh:mm:ssZ`.
pub(in super::super) fn format(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    let second = seconds.rem_euclid(86_400);
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

fn calendar(text: &str) -> Option<Instant> {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let mut parts = date.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map(|part| digits(part, 2));
    let day = parts.next().map(|part| digits(part, 2));
    if parts.next().is_some() || (time.is_some() && day.is_none()) {
        return None;
    }
    let (month, day) = (month.unwrap_or(Some(1))?, day.unwrap_or(Some(1))?);
    if !(1..=12).contains(&month) || !(1..=days_in(year, month)).contains(&day) {
        return None;
    }
    let midnight = i128::from(days(year, month, day)) * 86_400 * NANOS;
    Some(midnight + time.map_or(Some(0), of_day)?)
}

/// `hh:mm[:ss[.s…]]` and its zone, as nanoseconds since midnight in UTC.
fn of_day(text: &str) -> Option<i128> {
    let (clock, zone) = text.split_at_checked(text.find(['Z', '+', '-'])?)?;
    let mut parts = clock.split(':');
    let (hour, minute) = (digits(parts.next()?, 2)?, digits(parts.next()?, 2)?);
    let (second, fraction) = match parts.next() {
        None => (0, 0),
        Some(part) => match part.split_once('.') {
            None => (digits(part, 2)?, 0),
            Some((second, fraction)) if (1..=9).contains(&fraction.len()) => {
                let scale = 10_i64.checked_pow(u32::try_from(9 - fraction.len()).ok()?)?;
                (digits(second, 2)?, digits(fraction, fraction.len())? * scale)
            }
            Some(_) => return None,
        },
    };
    // A leap second is the last that its minute has here.
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let seconds = hour * 3_600 + minute * 60 + second.min(59) - offset(zone)?;
    Some(i128::from(seconds) * NANOS + i128::from(fraction))
}

/// Seconds east of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" {
        return Some(0);
    }
    let (east, clock) = match zone.strip_prefix('+') {
        Some(clock) => (1, clock),
        None => (-1, zone.strip_prefix('-')?),
    };
    let (hours, minutes) = clock.split_once(':')?;
    let (hours, minutes) = (digits(hours, 2)?, digits(minutes, 2)?);
    (hours <= 23 && minutes <= 59).then_some(east * (hours * 3_600 + minutes * 60))
}

fn digits(text: &str, length: usize) -> Option<i64> {
    let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

fn days_in(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, counting years from March so that the leap day is last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The day of the Gregorian calendar so many days after 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let leaps = day_of_era / 1_460 - day_of_era / 36_524 + day_of_era / 146_096;
    let year_of_era = (day_of_era - leaps) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}
