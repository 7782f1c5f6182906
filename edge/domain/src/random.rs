//! Randomness, handed in.

/// A source of bytes fit for secrets. Natively seeded in tests, the platform's on the runtime.
pub trait Random {
    fn fill(&self, out: &mut [u8]);
}

impl std::fmt::Debug for dyn Random + '_ {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Random")
    }
}

/// `N` fresh bytes.
pub fn bytes<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut out = [0; N];
    random.fill(&mut out);
    out
}

/// A number below `bound` without modulo bias. `bound` of 0 or 1 gives 0.
pub fn below(random: &dyn Random, bound: u32) -> u32 {
    if bound < 2 {
        return 0;
    }
    let limit = u32::MAX - u32::MAX % bound;
    loop {
        let drawn = u32::from_be_bytes(bytes(random));
        if drawn < limit {
            return drawn % bound;
        }
    }
}

/// `length` characters of `alphabet` (ASCII, at most 256).
pub fn text(random: &dyn Random, alphabet: &str, length: usize) -> String {
    let letters = alphabet.as_bytes();
    let count = u32::try_from(letters.len()).unwrap_or(0);
    (0..length).filter_map(|_| letters.get(below(random, count) as usize).map(|b| char::from(*b))).collect()
}

/// A version 4 UUID in lower case.
pub fn uuid(random: &dyn Random) -> String {
    format_uuid(bytes(random))
}

/// Sets the version and variant bits of `raw` and prints it as a version 4 UUID.
pub fn format_uuid(mut raw: [u8; 16]) -> String {
    raw[6] = raw[6] & 0x0f | 0x40;
    raw[8] = raw[8] & 0x3f | 0x80;
    let hex = crate::id::hex(&raw);
    let part = |from, to| hex.get(from..to).unwrap_or_default();
    format!("{}-{}-{}-{}-{}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

/// The 16 bytes of a UUID written in its canonical lower-case form, or `None`.
pub fn parse_uuid(text: &str) -> Option<[u8; 16]> {
    let bytes = text.as_bytes();
    if bytes.len() != 36 {
        return None;
    }
    let mut digits = Vec::with_capacity(32);
    for (at, byte) in bytes.iter().enumerate() {
        match (at, byte) {
            (8 | 13 | 18 | 23, b'-') => {}
            (8 | 13 | 18 | 23, _) => return None,
            (_, b'0'..=b'9') => digits.push(byte - b'0'),
            (_, b'a'..=b'f') => digits.push(byte - b'a' + 10),
            _ => return None,
        }
    }
    let mut out = [0; 16];
    for (slot, pair) in out.iter_mut().zip(digits.chunks_exact(2)) {
        *slot = pair.iter().fold(0, |acc, digit| acc << 4 | digit);
    }
    Some(out)
}
