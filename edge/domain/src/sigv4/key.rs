//! Keys derived from a secret for one scope, and what they sign.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use super::{ALGORITHM, Scope, hex};
use crate::calendar;

/// The key of one secret in one [`Scope`]. Four HMACs make it, so it is worth keeping for the day it is good
/// for.
#[derive(Clone)]
pub struct SigningKey([u8; 32]);

impl SigningKey {
    pub fn derive(secret: &str, scope: &Scope) -> Self {
        let mut start = Vec::with_capacity(4 + secret.len());
        start.extend_from_slice(b"AWS4");
        start.extend_from_slice(secret.as_bytes());
        let mut key = mac(&start, scope.day());
        start.zeroize();
        for part in [scope.region(), scope.service(), "aws4_request"] {
            let next = mac(&key, part);
            key.zeroize();
            key = next;
        }
        Self(key)
    }

    pub(super) fn sign(&self, text: &str) -> [u8; 32] {
        mac(&self.0, text)
    }
}

impl Drop for SigningKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SigningKey(..)")
    }
}

/// What a request's signature signs.
pub(super) fn string_to_sign(signed_at: i64, scope: &Scope, canonical_request: &str) -> String {
    let digest = hex::encode(&sha256(canonical_request.as_bytes()));
    format!("{ALGORITHM}\n{}\n{scope}\n{digest}", calendar::basic(signed_at))
}

pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// HMAC-SHA256 (RFC 2104). The key is brought to block size here because that constructor cannot fail.
fn mac(key: &[u8], text: &str) -> [u8; 32] {
    let mut block = [0; 64];
    let mut hashed = [0; 32];
    let key = if key.len() > block.len() {
        hashed = sha256(key);
        hashed.as_slice()
    } else {
        key
    };
    for (slot, byte) in block.iter_mut().zip(key) {
        *slot = *byte;
    }
    let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
    mac.update(text.as_bytes());
    block.zeroize();
    hashed.zeroize();
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_keys_give_the_vectors_of_rfc_4231() {
        assert_eq!(
            hex::encode(&mac(b"Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
        assert_eq!(
            hex::encode(&mac(&[0xaa; 131], "Test Using Larger Than Block-Size Key - Hash Key First")),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        );
    }

    #[test]
    fn the_published_signing_key_is_derived() {
        let scope = Scope::new("20120215".into(), "us-east-1", "iam");
        let key = SigningKey::derive("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", &scope);
        assert_eq!(hex::encode(&key.0), "f4780e2d9f65fa895f9c67b32ce1baf0b0d8a43505a000a1a9e090d414db404d");
    }

    #[test]
    fn a_key_does_not_print() {
        let key = SigningKey::derive("secret", &Scope::new("20120215".into(), "us-east-1", "iam"));
        assert_eq!(format!("{key:?}"), "SigningKey(..)");
    }
}
