//! `Range` (RFC 9110 §14): one range of bytes. Several, other units and what does not read mean the whole object, as at
//! S3.

use super::failure::{Code, Failure};

/// First byte and length, of an object of `size` bytes; `None` for all of it.
pub(super) fn read(header: Option<&str>, size: u64) -> Result<Option<(u64, u64)>, Failure> {
    let Some((first, last)) = header.and_then(|text| text.strip_prefix("bytes=")?.trim().split_once('-'))
    else {
        return Ok(None);
    };
    let unsatisfiable = || Failure::from(Code::InvalidRange);
    match (number(first), number(last)) {
        (Number::Is(first), Number::Is(last)) if first <= last => {
            if first >= size {
                return Err(unsatisfiable());
            }
            Ok(Some((first, last.min(size - 1) - first + 1)))
        }
        (Number::Is(first), Number::Absent) if first < size => Ok(Some((first, size - first))),
        (Number::Is(_), Number::Absent) | (Number::Absent, Number::Is(0)) => Err(unsatisfiable()),
        (Number::Absent, Number::Is(_)) if size == 0 => Err(unsatisfiable()),
        (Number::Absent, Number::Is(count)) => {
            let count = count.min(size);
            Ok(Some((size - count, count)))
        }
        _ => Ok(None),
    }
}

enum Number {
    Absent,
    Is(u64),
    Wrong,
}

fn number(text: &str) -> Number {
    if text.is_empty() {
        return Number::Absent;
    }
    if !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Number::Wrong;
    }
    // More digits than a number holds are beyond any object.
    Number::Is(text.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_cut_to_the_object() {
        for (header, range) in [
            ("bytes=0-0", Some((0, 1))),
            ("bytes=2-4", Some((2, 3))),
            ("bytes=2-99", Some((2, 8))),
            ("bytes=9-", Some((9, 1))),
            ("bytes=-3", Some((7, 3))),
            ("bytes=-99", Some((0, 10))),
            ("bytes=0-99999999999999999999999", Some((0, 10))),
            ("bytes=0-1,3-4", None),
            ("bytes=4-2", None),
            ("bytes=-", None),
            ("bytes=a-b", None),
            ("lines=1-2", None),
        ] {
            assert_eq!(read(Some(header), 10), Ok(range), "{header}");
        }
        assert_eq!(read(None, 10), Ok(None));
    }

    #[test]
    fn a_range_beyond_the_object_is_refused() {
        for (header, size) in [
            ("bytes=10-", 10),
            ("bytes=10-12", 10),
            ("bytes=-0", 10),
            ("bytes=0-", 0),
            ("bytes=-1", 0),
            ("bytes=0-0", 0),
        ] {
            assert!(read(Some(header), size).is_err(), "{header}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_range_leaves_its_object(first in "[0-9]{0,4}", last in "[0-9]{0,4}", size in 0_u64..3000) {
            if let Ok(Some((start, length))) = read(Some(&format!("bytes={first}-{last}")), size) {
                proptest::prop_assert!(length > 0 && start + length <= size);
            }
        }
    }
}
