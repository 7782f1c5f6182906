use std::fmt;
use std::future::Future;
use std::pin::Pin;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{Algorithm, BadKey, PublicKey};

/// A boxed future that stays on its thread: Wasm has one, and a `WebCrypto` promise cannot leave it.
pub type LocalBoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Signing, verifying and making keys, wherever the cryptography lives. Usable as `&dyn Keys`.
pub trait Keys {
    /// Whether `signature` is `key`'s over `message`. A signature of the wrong length or shape is `Ok(false)`.
    ///
    /// # Errors
    /// [`KeyFault::Unusable`] for a key that the backend refuses (a point off the curve) or that does not admit the
    /// algorithm; [`KeyFault::Platform`] when the backend fails.
    fn verify<'a>(
        &'a self,
        key: &'a PublicKey,
        algorithm: Algorithm,
        message: &'a [u8],
        signature: &'a [u8],
    ) -> LocalBoxFuture<'a, Result<bool, KeyFault>>;

    /// The signature of `message`, in the form JOSE gives it (ES256: r‖s, 64 bytes).
    fn sign<'a>(
        &'a self,
        key: &'a PrivateKey,
        algorithm: Algorithm,
        message: &'a [u8],
    ) -> LocalBoxFuture<'a, Result<Vec<u8>, KeyFault>>;

    /// A new pair: RSA of 2048 bits with exponent 65537, or P-256. The public half is pinned to `algorithm`.
    fn generate(&self, algorithm: Algorithm) -> LocalBoxFuture<'_, Result<KeyPair, KeyFault>>;
}

/// Why a key operation gave no answer. Never "the signature is wrong": that is an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFault {
    /// The key is not one that this algorithm can use.
    Unusable,
    /// The backend failed; the text is its own and holds no key material.
    Platform(String),
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unusable => f.write_str("the key cannot be used with this algorithm"),
            Self::Platform(text) => write!(f, "the key backend failed: `{text}`"),
        }
    }
}

impl std::error::Error for KeyFault {}

/// A private key as PKCS#8 DER. Wiped when dropped, never printed, and sealed wherever it rests.
#[derive(Clone)]
pub struct PrivateKey {
    der: Zeroizing<Vec<u8>>,
    fingerprint: [u8; 32],
}

impl PrivateKey {
    /// A 4096-bit RSA key takes about 2,400 bytes.
    const MAX_DER: usize = 4096;

    /// Takes the bytes over without reading them: a backend finds out on first use whether they are a key.
    ///
    /// # Errors
    /// [`BadKey::Size`] when the bytes cannot be a key of ours by their length.
    pub fn from_pkcs8(der: Vec<u8>) -> Result<Self, BadKey> {
        let der = Zeroizing::new(der);
        if der.is_empty() || der.len() > Self::MAX_DER {
            return Err(BadKey::Size);
        }
        let fingerprint = Sha256::digest(der.as_slice()).into();
        Ok(Self { der, fingerprint })
    }

    /// The PKCS#8 DER, secret: for sealing and for a backend.
    pub fn expose_pkcs8(&self) -> &[u8] {
        &self.der
    }

    /// SHA-256 of the DER: names this key in a cache of imported ones. Not for storage or logs.
    pub fn fingerprint(&self) -> [u8; 32] {
        self.fingerprint
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

/// Both halves of a new key.
#[derive(Clone, Debug)]
pub struct KeyPair {
    pub private: PrivateKey,
    pub public: PublicKey,
}
