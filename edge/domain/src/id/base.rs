//! Numbers in the alphabets that AWS's ids use.

const BASE62: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const BASE36: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// `value` in exactly `width` digits, most significant first. The caller chooses a width that holds the value.
fn encode(alphabet: &[u8], mut value: u128, width: usize) -> String {
    let base = alphabet.len() as u128;
    let mut digits = Vec::with_capacity(width);
    for _ in 0..width {
        let digit = usize::try_from(value % base).unwrap_or(0);
        digits.push(alphabet.get(digit).copied().unwrap_or(b'0'));
        value /= base;
    }
    digits.iter().rev().map(|b| char::from(*b)).collect()
}

fn decode(alphabet: &[u8], text: &str) -> Option<u128> {
    let base = alphabet.len() as u128;
    text.bytes().try_fold(0u128, |acc, byte| {
        let digit = alphabet.iter().position(|letter| *letter == byte)?;
        acc.checked_mul(base)?.checked_add(digit as u128)
    })
}

pub(super) fn encode62(value: u128, width: usize) -> String {
    encode(BASE62, value, width)
}
pub(super) fn decode62(text: &str) -> Option<u128> {
    decode(BASE62, text)
}
pub(super) fn encode36(value: u128, width: usize) -> String {
    encode(BASE36, value, width)
}
pub(super) fn decode36(text: &str) -> Option<u128> {
    decode(BASE36, text)
}
