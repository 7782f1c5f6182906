//! Percent-encoding by AWS's rule: all but unreserved characters (RFC 3986, section 2.3), in upper-case digits.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// What is encoded of ASCII; of all else, everything is.
pub const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text or its bytes, encoded.
pub fn encode(text: &(impl AsRef<[u8]> + ?Sized)) -> String {
    percent_encode(text.as_ref(), RESERVED).to_string()
}

/// The bytes of a text, each with whether it was written as `%XX`. A `%` that starts no such triple stands
/// for itself.
pub(crate) fn bytes(text: &str) -> impl Iterator<Item = (u8, bool)> {
    let mut rest = text.as_bytes();
    std::iter::from_fn(move || match rest {
        [b'%', high, low, tail @ ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit() => {
            rest = tail;
            Some(((value(*high) << 4) | value(*low), true))
        }
        [byte, tail @ ..] => {
            rest = tail;
            Some((*byte, false))
        }
        [] => None,
    })
}

/// The value of a hexadecimal digit.
fn value(digit: u8) -> u8 {
    match digit {
        b'0'..=b'9' => digit - b'0',
        other => (other | 0x20).wrapping_sub(b'a').wrapping_add(10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_written_as_aws_signs_it() {
        assert_eq!(encode("{\"a b\": \"é*\"}~-._/+"), "%7B%22a%20b%22%3A%20%22%C3%A9%2A%22%7D~-._%2F%2B");
    }

    #[test]
    fn what_is_encoded_is_read_back_with_whether_it_was() {
        let read: Vec<(u8, bool)> = bytes("a%2F%2f%zz%").collect();
        let plain = |byte| (byte, false);
        assert_eq!(
            read,
            [plain(b'a'), (b'/', true), (b'/', true), plain(b'%'), plain(b'z'), plain(b'z'), plain(b'%')]
        );
    }
}
