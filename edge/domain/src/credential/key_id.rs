//! `ASIA` and 16 base-32 characters: 80 bits.

use crate::random::{self, Random};

const PREFIX: &str = "ASIA";
const DIGITS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const LENGTH: usize = 16;

pub(super) fn draw(master: [u8; 4], random: &dyn Random) -> String {
    let chance: [u8; 6] = random::bytes(random);
    let number = master.iter().chain(&chance).fold(0u128, |acc, byte| acc << 8 | u128::from(*byte));
    let mut text = PREFIX.to_owned();
    text.extend((0..LENGTH).rev().filter_map(|place| {
        let digit = usize::try_from(number >> (5 * place) & 31).ok()?;
        DIGITS.get(digit).map(|digit| char::from(*digit))
    }));
    text
}

/// The id of the master secret behind an access key id; `None` when that is not of our shape.
pub(super) fn master(access_key_id: &str) -> Option<[u8; 4]> {
    let digits = access_key_id.strip_prefix(PREFIX).filter(|digits| digits.len() == LENGTH)?;
    let number = digits.bytes().try_fold(0u128, |acc, byte| {
        let digit = DIGITS.iter().position(|digit| *digit == byte)?;
        Some(acc << 5 | digit as u128)
    })?;
    u32::try_from(number >> 48).ok().map(u32::to_be_bytes)
}

/// Whether an access key id is of temporary credentials, by its shape.
pub fn is_temporary(access_key_id: &str) -> bool {
    access_key_id.starts_with(PREFIX)
}
