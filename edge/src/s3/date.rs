//! S3's two spellings of a time: ISO 8601 in bodies, the HTTP date (RFC 9110 §5.6.7) in headers.

const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY: i64 = 86_400;

/// `2009-10-12T17:50:30.000Z`, from epoch milliseconds.
pub(super) fn iso(milliseconds: i64) -> String {
    let basic = domain::sigv4::basic(milliseconds.div_euclid(1000));
    let part = |from, to| basic.get(from..to).unwrap_or_default();
    let (date, clock) =
        ([part(0, 4), part(4, 6), part(6, 8)].join("-"), [part(9, 11), part(11, 13), part(13, 15)]);
    format!("{date}T{}.{:03}Z", clock.join(":"), milliseconds.rem_euclid(1000))
}

/// `Mon, 12 Oct 2009 17:50:30 GMT`, from epoch seconds.
pub(super) fn http(seconds: i64) -> String {
    let basic = domain::sigv4::basic(seconds);
    let part = |from, to| basic.get(from..to).unwrap_or_default();
    let name = usize::try_from(seconds.div_euclid(DAY).rem_euclid(7)).ok().and_then(|day| DAYS.get(day));
    let month = part(4, 6).parse::<usize>().ok().and_then(|month| MONTHS.get(month.checked_sub(1)?));
    format!(
        "{}, {} {} {} {}:{}:{} GMT",
        name.unwrap_or(&""),
        part(6, 8),
        month.unwrap_or(&""),
        part(0, 4),
        part(9, 11),
        part(11, 13),
        part(13, 15)
    )
}

/// Epoch seconds of an HTTP date in its one current form; `None` for anything else, which a reader must ignore.
pub(super) fn read_http(text: &str) -> Option<i64> {
    let mut words = text.split(' ');
    let (_, day, month, year) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let day: i64 = day.parse().ok().filter(|day| (1..=31).contains(day))?;
    let month = i64::try_from(MONTHS.iter().position(|name| *name == month)?).ok()?;
    let year: i64 = year.parse().ok().filter(|year| (1970..=9999).contains(year))?;
    let mut clock =
        words.next()?.split(':').map(|part| part.parse::<i64>().ok().filter(|n| (0..60).contains(n)));
    let seconds = clock.next()?? * 3600 + clock.next()?? * 60 + clock.next()??;
    // Years are counted from March, so that the leap day is last.
    let (shifted, years) = if month < 2 { (month + 10, year - 1) } else { (month - 2, year) };
    let days =
        years * 365 + years / 4 - years / 100 + years / 400 + (153 * shifted + 2) / 5 + day - 1 - 719_468;
    let found = days * DAY + seconds;
    // Whatever does not spell the same again was no date, such as 31 February or a wrong day of the week.
    (http(found) == text).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_moments_are_spelt_and_read() {
        assert_eq!(iso(1_255_369_830_042), "2009-10-12T17:50:30.042Z");
        for (seconds, text) in [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
        ] {
            assert_eq!(http(seconds), text);
            assert_eq!(read_http(text), Some(seconds));
        }
    }

    #[test]
    fn what_is_no_http_date_is_not_read() {
        for text in [
            "",
            "Sun, 06 Nov 1994 08:49:37",
            "Mon, 06 Nov 1994 08:49:37 GMT",
            "Sun, 31 Feb 1994 08:49:37 GMT",
            "Sunday, 06-Nov-94 08:49:37 GMT",
            "784111777",
        ] {
            assert_eq!(read_http(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_second_survives(seconds in 0_i64..253_402_300_800) {
            assert_eq!(read_http(&http(seconds)), Some(seconds));
        }
    }
}
