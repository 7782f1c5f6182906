//! Sealing: authenticated encryption of what must not be readable at rest or in a client's hands, and the keys derived
//! from the deployment's master secrets.
//!
//! A sealed value is `format (1) ‖ key id (4) ‖ nonce (24) ‖ XChaCha20-Poly1305 ciphertext and tag`, with (purpose, pool,
//! subject, column) as associated data, each length-prefixed. The deployment lists its current secret first and previous
//! ones after it, so keys rotate. The *oldest* listed secret also authenticates ids, which outlive every key.

mod purpose;
#[cfg(test)]
mod tests;

pub use purpose::Purpose;

use crate::id::IdKey;
use crate::random::{self, Random};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;

const FORMAT: u8 = 1;
const HEAD: usize = 1 + 4;
const NONCE: usize = 24;

/// What a sealed value belongs to; a value moved elsewhere does not open.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub purpose: Purpose,
    /// The pool's id, or empty.
    pub pool: &'a str,
    /// Whose it is: a sub, a client id, a key id; or empty.
    pub subject: &'a str,
    /// Which field.
    pub column: &'a str,
}

impl<'a> Place<'a> {
    pub const fn new(purpose: Purpose, pool: &'a str, subject: &'a str, column: &'a str) -> Self {
        Self { purpose, pool, subject, column }
    }
    fn associated(&self) -> Vec<u8> {
        let mut out = vec![FORMAT];
        for part in [self.purpose.label(), self.pool, self.subject, self.column] {
            out.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            out.extend(part.as_bytes());
        }
        out
    }
}

/// The deployment's master secrets, current first. Never printed.
#[derive(Clone)]
pub struct KeyRing {
    current: Master,
    previous: Vec<Master>,
    id: IdKey,
}

#[derive(Clone)]
struct Master {
    id: [u8; 4],
    secret: [u8; 32],
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyRing(1 current, {} previous)", self.previous.len())
    }
}

/// The value is not ours, was sealed for another place, or under a secret no longer listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsealable;

impl Master {
    /// `raw` is any secret of at least 32 bytes.
    fn new(raw: &[u8]) -> Self {
        let secret: [u8; 32] =
            Sha256::new_with_prefix(b"tidegate master").chain_update(raw).finalize().into();
        let digest = Sha256::new_with_prefix(b"tidegate key id").chain_update(secret).finalize();
        let mut id = [0; 4];
        for (slot, byte) in id.iter_mut().zip(digest) {
            *slot = byte;
        }
        Self { id, secret }
    }
    fn derive(&self, purpose: Purpose, info: &[&str]) -> [u8; 32] {
        let mut context = Vec::new();
        for part in std::iter::once(purpose.label()).chain(info.iter().copied()) {
            context.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            context.extend(part.as_bytes());
        }
        let mut out = [0; 32];
        // Expanding 32 bytes cannot fail: the limit is 255 blocks.
        let _ = hkdf::Hkdf::<Sha256>::new(Some(b"tidegate"), &self.secret).expand(&context, &mut out);
        out
    }
    fn seal(&self, place: Place<'_>, plain: &[u8], nonce: [u8; NONCE]) -> Vec<u8> {
        let mut out = vec![FORMAT];
        out.extend(self.id);
        out.extend(nonce);
        // Encryption fails only past the cipher's length limit of 256 GiB.
        let sealed = cipher(self, place.purpose)
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &place.associated() })
            .unwrap_or_default();
        out.extend(sealed);
        out
    }
}

impl KeyRing {
    /// `None` when a secret is shorter than 32 bytes.
    pub fn new(current: &[u8], previous: &[Vec<u8>]) -> Option<Self> {
        let long = |raw: &[u8]| raw.len() >= 32;
        if !long(current) || !previous.iter().all(|raw| long(raw)) {
            return None;
        }
        let current = Master::new(current);
        let previous: Vec<Master> = previous.iter().map(|raw| Master::new(raw)).collect();
        let id = IdKey::new(previous.last().unwrap_or(&current).derive(Purpose::Id, &[]));
        Some(Self { current, previous, id })
    }

    /// The key that authenticates ids: from the oldest listed secret.
    pub fn id_key(&self) -> IdKey {
        self.id.clone()
    }

    /// A key for one purpose, from the current secret.
    pub fn derive(&self, purpose: Purpose, info: &[&str]) -> [u8; 32] {
        self.current.derive(purpose, info)
    }

    /// The same key from every listed secret, current first: for checking what an older secret made.
    pub fn derive_each(&self, purpose: Purpose, info: &[&str]) -> Vec<[u8; 32]> {
        std::iter::once(&self.current).chain(&self.previous).map(|m| m.derive(purpose, info)).collect()
    }

    /// Names the current secret; four bytes, printable as hex.
    pub const fn current_id(&self) -> [u8; 4] {
        self.current.id
    }

    /// A key for one purpose from the secret with this id, when it is still listed.
    pub fn derive_by_id(&self, id: [u8; 4], purpose: Purpose, info: &[&str]) -> Option<[u8; 32]> {
        self.master(id).map(|m| m.derive(purpose, info))
    }

    pub fn seal(&self, place: Place<'_>, plain: &[u8], random: &dyn Random) -> Vec<u8> {
        self.current.seal(place, plain, random::bytes(random))
    }

    /// Seals with a nonce derived from the value, so that the same value in the same place seals to the same bytes.
    /// For tokens that a retry must make again, also when the current secret has changed since: hence the secret's id.
    /// `None` when that is not listed.
    pub fn seal_stable(&self, id: [u8; 4], place: Place<'_>, plain: &[u8]) -> Option<Vec<u8>> {
        let master = self.master(id)?;
        let key = master.derive(Purpose::Nonce, &[place.purpose.label()]);
        let digest = mac(&key, &[&place.associated(), plain]);
        let mut nonce = [0; NONCE];
        for (slot, byte) in nonce.iter_mut().zip(digest) {
            *slot = byte;
        }
        Some(master.seal(place, plain, nonce))
    }

    pub fn open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let master = sealed_under(sealed).and_then(|id| self.master(id)).ok_or(Unsealable)?;
        let (_, rest) = sealed.split_at_checked(HEAD).ok_or(Unsealable)?;
        let (nonce, body) = rest.split_at_checked(NONCE).ok_or(Unsealable)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Unsealable)?;
        cipher(master, place.purpose)
            .decrypt(&XNonce::from(nonce), Payload { msg: body, aad: &place.associated() })
            .map_err(|_| Unsealable)
    }

    fn master(&self, id: [u8; 4]) -> Option<&Master> {
        std::iter::once(&self.current).chain(&self.previous).find(|m| m.id == id)
    }
}

/// The id of the master secret that a value says it was sealed under; `None` when it has not the form.
pub fn sealed_under(sealed: &[u8]) -> Option<[u8; 4]> {
    let (head, _) = sealed.split_first_chunk::<HEAD>()?;
    let [FORMAT, id @ ..] = *head else { return None };
    Some(id)
}

fn cipher(master: &Master, purpose: Purpose) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(master.derive(purpose, &["seal"])))
}

/// HMAC-SHA256 over length-prefixed parts.
pub fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(&u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Equality in time that depends on the lengths only.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    a.ct_eq(b).into()
}
