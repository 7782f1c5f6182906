//! One Argon2id hash, exported as it is: no wasm-bindgen, no memory shared with the caller. Being of the workspace, it
//! has the Worker's version of the crate and the Worker's profile.

use argon2::{Algorithm, Argon2, Params, Version};

/// Bytes of the password that the benchmark signs in with.
const PASSWORD: usize = 15;

/// Hashes a password drawn from `seed` and answers the hash's first bytes; 0 where the cost is none that Argon2 takes.
///
/// As a sign-in does, it takes the memory anew, and makes 32 bytes from a salt of 16.
#[allow(unsafe_code, reason = "an export's name must be known outside")]
#[unsafe(no_mangle)]
pub extern "C" fn argon2id(seed: u32, memory_kib: u32, passes: u32, lanes: u32) -> u32 {
    let Ok(params) = Params::new(memory_kib, passes, lanes, None) else { return 0 };
    let letters = seed.to_be_bytes().map(|byte| b'a' + byte % 26);
    let mut password = [b'-'; PASSWORD];
    for (to, from) in password.iter_mut().zip(letters) {
        *to = from;
    }
    let mut out = [0; 32];
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    if hasher.hash_password_into(&password, b"sixteen of salt.", &mut out).is_err() {
        return 0;
    }
    let [a, b, c, d, ..] = out;
    u32::from_be_bytes([a, b, c, d])
}

#[cfg(test)]
mod tests {
    use super::argon2id;

    #[test]
    fn a_hash_depends_on_the_password_and_on_each_cost() {
        let hashes =
            [argon2id(1, 64, 1, 1), argon2id(2, 64, 1, 1), argon2id(1, 72, 1, 1), argon2id(1, 64, 2, 1)];
        for (at, hash) in hashes.iter().enumerate() {
            assert_ne!(*hash, 0);
            assert!(!hashes[..at].contains(hash));
        }
        assert_eq!(argon2id(1, 64, 1, 1), hashes[0]);
    }

    #[test]
    fn a_cost_that_is_none_answers_nought() {
        assert_eq!(argon2id(1, 0, 1, 1), 0);
    }
}
