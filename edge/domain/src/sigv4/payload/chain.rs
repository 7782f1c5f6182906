//! Signatures of chunks: each covers its chunk and the signature before it, the first of which is the
//! request's.

use std::fmt;

use subtle::ConstantTimeEq;

use super::super::{Scope, SigningKey, hex, key::sha256};
use crate::calendar;

/// The signature so far and what the next one is made with.
pub struct Chain {
    key: SigningKey,
    date: String,
    scope: String,
    previous: [u8; 32],
}

impl Chain {
    pub(in super::super) fn new(key: SigningKey, signed_at: i64, scope: &Scope, seed: [u8; 32]) -> Self {
        Self { key, date: calendar::basic(signed_at), scope: scope.to_string(), previous: seed }
    }

    /// The signature of the next chunk, given the SHA-256 of its data.
    pub(super) fn chunk(&self, digest: &[u8; 32]) -> [u8; 32] {
        // The line before the data's hash is the hash of nothing: the place of a chunk's own headers, which
        // never came to be.
        let nothing = hex::encode(&sha256(b""));
        self.next("AWS4-HMAC-SHA256-PAYLOAD", &format!("{nothing}\n{}", hex::encode(digest)))
    }

    /// The signature of the trailers, given their lines `name:value\n`.
    pub(super) fn trailer(&self, lines: &str) -> [u8; 32] {
        self.next("AWS4-HMAC-SHA256-TRAILER", &hex::encode(&sha256(lines.as_bytes())))
    }

    /// Moves on to the next link if it is the one claimed.
    pub(super) fn accept(&mut self, made: [u8; 32], claimed: &[u8; 32]) -> bool {
        self.previous = made;
        made.ct_eq(claimed).into()
    }

    fn next(&self, kind: &str, digests: &str) -> [u8; 32] {
        let previous = hex::encode(&self.previous);
        self.key.sign(&format!("{kind}\n{}\n{}\n{previous}\n{digests}", self.date, self.scope))
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Chain").field("scope", &self.scope).finish_non_exhaustive()
    }
}
