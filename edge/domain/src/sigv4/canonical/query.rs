//! The canonical query: names and values decoded, encoded again and sorted.

use crate::percent;

/// The parameters of a raw query, decoded. Empty ones are passed over and `+` is a space, as HTML forms have
/// it and as AWS's SDKs read a URL before they sign it.
pub(in super::super) fn pairs(raw: &str) -> impl Iterator<Item = (Vec<u8>, Vec<u8>)> {
    raw.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decode(name), decode(value))
    })
}

fn decode(text: &str) -> Vec<u8> {
    let plain = |(byte, escaped): (u8, bool)| if byte == b'+' && !escaped { b' ' } else { byte };
    percent::bytes(text).map(plain).collect()
}

/// Writes the canonical query without the parameter named `left_out`.
pub(super) fn write(raw: &str, left_out: Option<&str>, out: &mut String) {
    let mut sorted: Vec<(String, String)> = pairs(raw)
        .filter(|(name, _)| left_out.is_none_or(|left_out| name != left_out.as_bytes()))
        .map(|(name, value)| (percent::encode(&name), percent::encode(&value)))
        .collect();
    sorted.sort_unstable();
    let mut separator = "";
    for (name, value) in sorted {
        for part in [separator, &name, "=", &value] {
            out.push_str(part);
        }
        separator = "&";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(raw: &str) -> String {
        let mut out = String::new();
        write(raw, Some("X-Amz-Signature"), &mut out);
        out
    }

    #[test]
    fn parameters_are_sorted_by_their_encoded_names_then_values() {
        for (raw, expected) in [
            ("", ""),
            ("&&", ""),
            ("acl", "acl="),
            ("b=2&a=1", "a=1&b=2"),
            ("a=2&a=1", "a=1&a=2"),
            ("a=10&a=1&a=", "a=&a=1&a=10"),
            ("A=1&a=1", "A=1&a=1"),
            // `%C3` sorts before `a` once encoded, though its byte is the larger one.
            ("a=1&é=1", "%C3%A9=1&a=1"),
            ("a1=x&a=y&a-b=z", "a=y&a-b=z&a1=x"),
            ("a=b=c&d=%2f/", "a=b%3Dc&d=%2F%2F"),
            ("a+b=c+d&e=%2B", "a%20b=c%20d&e=%2B"),
            ("a=%zz&b=100%", "a=%25zz&b=100%25"),
            ("=v", "=v"),
            ("a=1&X-Amz-Signature=00&X%2DAmz-Signature=11", "a=1"),
            ("x-amz-signature=00", "x-amz-signature=00"),
        ] {
            assert_eq!(canonical(raw), expected, "{raw}");
        }
    }
}
