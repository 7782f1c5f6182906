//! Values of attributes whose type is `DateTime`: seconds since the epoch, or a date of ISO 8601 with or without a time of
//! day (RFC 3339's profile, in which the zone may be left out).

use domain::calendar;

pub(super) fn is_date_time(text: &str) -> bool {
    is_seconds(text) || is_date(text) || is_date_and_time(text).is_some()
}

fn is_seconds(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    (1..=15).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
}

/// `2023-11-14`, a day that there is.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut next = |digits: usize| parts.next().and_then(|part| number(part, digits));
    let (Some(year), Some(month), Some(day)) = (next(4), next(2), next(2)) else { return false };
    parts.next().is_none() && calendar::days(year, month, day).is_some()
}

/// A date, `T`, a time, and a zone: `Z`, `+01:00`, or none.
fn is_date_and_time(text: &str) -> Option<()> {
    let (date, rest) = text.split_once(['T', 't'])?;
    let rest = match rest.strip_suffix(['Z', 'z']) {
        Some(time) => time,
        None => match rest.split_once(['+', '-']) {
            Some((time, zone)) => {
                let (hours, minutes) = zone.split_once(':')?;
                (number(hours, 2)? < 24 && number(minutes, 2)? < 60).then_some(time)?
            }
            None => rest,
        },
    };
    let (time, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
    let mut parts = time.split(':');
    let (hours, minutes) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?);
    // A leap second is a second.
    let seconds = parts.next().map_or(Some(0), |part| number(part, 2))?;
    let fine = is_date(date)
        && parts.next().is_none()
        && hours < 24
        && minutes < 60
        && seconds <= 60
        && (1..=9).contains(&fraction.len())
        && fraction.bytes().all(|b| b.is_ascii_digit());
    fine.then_some(())
}

fn number(text: &str, digits: usize) -> Option<u32> {
    let plain = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::is_date_time;

    #[test]
    fn a_date_may_be_written_in_these_ways() {
        for good in [
            "2023-11-14",
            "2024-02-29",
            "2023-11-14T22:13:20Z",
            "2023-11-14t22:13z",
            "2023-11-14T22:13:20.123456789+01:00",
            "2016-12-31T23:59:60Z",
            "2023-11-14T22:13:20",
            "1700000000",
            "-1",
        ] {
            assert!(is_date_time(good), "{good}");
        }
    }

    #[test]
    fn anything_else_is_no_date() {
        for bad in [
            "",
            "zzz",
            "-",
            "2023-02-29",
            "2023-13-01",
            "2023-00-01",
            "2023-11-31",
            "2023-1-4",
            "2023-11-14-1",
            "20231114T221320Z",
            "2023-11-14T",
            "2023-11-14T24:00:00Z",
            "2023-11-14T22:60:00Z",
            "2023-11-14T22:13:61Z",
            "2023-11-14T22:13:20.Z",
            "2023-11-14T22:13:20+0100",
            "2023-11-14T22:13:20+24:00",
            "2023-11-14 22:13:20",
            "\u{661}\u{661}\u{661}\u{661}-11-14",
            "1234567890123456",
        ] {
            assert!(!is_date_time(bad), "{bad}");
        }
    }
}
