//! Times: the profile of ISO 8601 in the W3C's note on date formats, or seconds since the epoch.

use crate::calendar;

/// Nanoseconds since the epoch; wide enough for every year and every epoch second that we read.
pub(super) type Instant = i128;

const NANOS: i128 = 1_000_000_000;

/// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or `YYYY-MM-DDThh:mm[:ss[.s…]]` with `Z` or `±hh:mm`; else an integer of
/// epoch seconds. Four digits alone are a year.
pub(super) fn parse(text: &str) -> Option<Instant> {
    date(text).or_else(|| text.parse::<i64>().ok().map(|seconds| i128::from(seconds) * NANOS))
}

fn date(text: &str) -> Option<Instant> {
    let (date, time) = text.split_once('T').map_or((text, None), |(date, time)| (date, Some(time)));
    let mut parts = date.split('-');
    let year = digits(parts.next()?, 4)?;
    let month = parts.next().map(|part| digits(part, 2));
    let day = parts.next().map(|part| digits(part, 2));
    if parts.next().is_some() || (time.is_some() && day.is_none()) {
        return None;
    }
    let (month, day) = (month.unwrap_or(Some(1))?, day.unwrap_or(Some(1))?);
    let midnight = i128::from(calendar::days(year, month, day)?) * 86_400 * NANOS;
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
                let scale = 10_u32.checked_pow(u32::try_from(9 - fraction.len()).ok()?)?;
                (digits(second, 2)?, digits(fraction, fraction.len())? * scale)
            }
            Some(_) => return None,
        },
    };
    // A leap second is the last that its minute has here.
    if parts.next().is_some() || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let seconds = i64::from(hour * 3_600 + minute * 60 + second.min(59)) - offset(zone)?;
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
    (hours <= 23 && minutes <= 59).then_some(east * i64::from(hours * 3_600 + minutes * 60))
}

fn digits(text: &str, length: usize) -> Option<u32> {
    let plain = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}
