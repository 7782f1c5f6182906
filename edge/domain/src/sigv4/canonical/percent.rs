//! Percent-encoding by AWS's rule: all but unreserved characters (RFC 3986, section 2.3), in upper-case
//! digits.

const DIGITS: &[u8; 16] = b"0123456789ABCDEF";

pub(super) fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
}

pub(super) fn push(byte: u8, out: &mut String) {
    if is_unreserved(byte) {
        out.push(char::from(byte));
    } else {
        out.push('%');
        for nibble in [byte >> 4, byte & 15] {
            out.extend(DIGITS.get(usize::from(nibble)).copied().map(char::from));
        }
    }
}

pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for byte in bytes {
        push(*byte, &mut text);
    }
    text
}

/// The bytes of a text, each with whether it was written as `%XX`. A `%` that starts no such triple stands
/// for itself.
pub(super) fn bytes(text: &str) -> impl Iterator<Item = (u8, bool)> {
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
