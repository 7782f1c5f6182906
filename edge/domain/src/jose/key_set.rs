use std::fmt;

use jsonwebtoken::jwk::Jwk;
use serde::Deserialize;
use serde_json::Value;

use super::{Algorithm, PublicKey};

/// The largest document read, in bytes.
const MAX_DOCUMENT: usize = 256 * 1024;
/// The most keys kept from one document. A token without `kid` may be tried against each, so this bounds work.
const MAX_KEYS: usize = 32;

/// The verifying keys of one issuer, as read from its JWK Set (RFC 7517 §5).
#[derive(Clone, Debug, Default)]
pub struct KeySet {
    keys: Vec<(Option<String>, PublicKey)>,
}

/// The document is too long, not a JWK Set, or holds more usable keys than anyone should publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BadKeySet;

impl fmt::Display for BadKeySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a JWK Set within bounds")
    }
}

impl std::error::Error for BadKeySet {}

impl KeySet {
    /// Reads a document. Keys that cannot verify anything here (other kinds, other uses, out of bounds) are passed
    /// over, as RFC 7517 §5 asks: a set may hold keys for other readers.
    pub fn parse(document: &[u8]) -> Result<Self, BadKeySet> {
        #[derive(Deserialize)]
        struct Document {
            keys: Vec<Value>,
        }
        if document.len() > MAX_DOCUMENT {
            return Err(BadKeySet);
        }
        let document: Document = serde_json::from_slice(document).map_err(|_| BadKeySet)?;
        let mut keys = Vec::new();
        for value in document.keys {
            let Ok(jwk) = serde_json::from_value::<Jwk>(value) else { continue };
            let Ok(key) = PublicKey::from_jwk(&jwk) else { continue };
            if keys.len() == MAX_KEYS {
                return Err(BadKeySet);
            }
            keys.push((jwk.common.key_id, key));
        }
        Ok(Self { keys })
    }

    /// The keys that may have signed a token with this header: those of that id, or all when it names none, that
    /// admit the algorithm.
    pub fn candidates(&self, kid: Option<&str>, algorithm: Algorithm) -> impl Iterator<Item = &PublicKey> {
        self.keys
            .iter()
            .filter(move |(id, key)| {
                kid.is_none_or(|kid| id.as_deref() == Some(kid)) && key.admits(algorithm)
            })
            .map(|(_, key)| key)
    }
}
