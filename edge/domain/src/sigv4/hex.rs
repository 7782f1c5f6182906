//! Lower-case hexadecimal, the only spelling signatures use.

const DIGITS: &[u8; 16] = b"0123456789abcdef";

pub(super) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            text.extend(DIGITS.get(usize::from(nibble)).copied().map(char::from));
        }
    }
    text
}

/// Reads exactly 64 lower-case digits.
pub(super) fn decode(text: &str) -> Option<[u8; 32]> {
    let (pairs, []) = text.as_bytes().as_chunks::<2>() else { return None };
    let mut bytes = [0; 32];
    if pairs.len() != bytes.len() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = (digit(*high)? << 4) | digit(*low)?;
    }
    Some(bytes)
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        let bytes: [u8; 32] = std::array::from_fn(|place| u8::try_from(place * 7 + 9).unwrap());
        assert_eq!(decode(&encode(&bytes)), Some(bytes));
        assert_eq!(encode(&[0, 0x0f, 0xf0, 0xab]), "000ff0ab");
    }

    #[test]
    fn upper_case_odd_and_short_texts_are_refused() {
        let text = encode(&[0xab; 32]);
        assert_eq!(decode(&text.to_uppercase()), None);
        assert_eq!(decode(&text[1..]), None);
        assert_eq!(decode(&text[2..]), None);
        assert_eq!(decode(&format!("{text}00")), None);
        assert_eq!(decode(""), None);
    }
}
