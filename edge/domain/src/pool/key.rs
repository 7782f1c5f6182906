//! Token signing keys as stored: the private half sealed.

use crate::jose::{Jwk, PublicKey};
use serde::{Deserialize, Serialize};

/// What a key signs. AWS uses one key a kind, and verifiers pick by `kid`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signs {
    Id,
    Access,
    /// An identity pool's OpenID token.
    OpenId,
}

impl Signs {
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Access => "access",
            Self::OpenId => "open_id",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningKey {
    pub kid: String,
    pub signs: Signs,
    /// `RS256`, `RS512` or `ES256`.
    pub algorithm: String,
    /// The public JWK, JSON.
    pub public: String,
    /// Sealed PKCS #8, under (signing key, pool, kid, `private`).
    #[serde(with = "crate::pool::key::base64url")]
    pub private: Vec<u8>,
    pub created: i64,
    /// When it stopped signing; it verifies until the last token it signed has expired.
    pub retired: Option<i64>,
}

impl SigningKey {
    /// As verifiers fetch it: its public members and no other; `None` where what is stored is not the key that its id and
    /// algorithm name.
    pub fn published(&self) -> Option<Jwk> {
        let key = PublicKey::from_jwk(&serde_json::from_str(&self.public).ok()?).ok()?;
        let algorithm = key.algorithm().filter(|algorithm| algorithm.name() == self.algorithm)?;
        (key.kid() == self.kid).then(|| key.to_jwk(algorithm))
    }
}

/// Bytes as URL-safe base64 text in JSON.
pub(crate) mod base64url {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(crate) fn serialize<S: Serializer>(bytes: &[u8], s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<Vec<u8>, D::Error> {
        let text = String::deserialize(d)?;
        URL_SAFE_NO_PAD.decode(text).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn published(public: &Value, kid: &str, algorithm: &str) -> Option<Value> {
        let key = SigningKey {
            kid: kid.into(),
            signs: Signs::Id,
            algorithm: algorithm.into(),
            public: public.to_string(),
            private: vec![1, 2, 3],
            created: 0,
            retired: None,
        };
        key.published().map(|jwk| serde_json::to_value(jwk).unwrap())
    }

    #[test]
    fn a_key_is_published_with_its_public_members_only() {
        let modulus = format!("{}w", "_".repeat(341));
        let mut stored = json!({ "kty": "RSA", "n": modulus, "e": "AQAB", "alg": "RS256", "use": "sig" });
        let kid = PublicKey::from_jwk(&serde_json::from_value(stored.clone()).unwrap()).unwrap().kid();
        let mut expected = stored.clone();
        expected["kid"] = json!(kid);
        stored["d"] = json!("secret");
        stored["x5c"] = json!(["AQ=="]);
        assert_eq!(published(&stored, &kid, "RS256"), Some(expected));
        assert_eq!(published(&stored, "another", "RS256"), None, "no token is headed so");
        assert_eq!(published(&stored, &kid, "RS512"), None);
        assert_eq!(published(&json!({ "kty": "oct", "k": "AQ", "alg": "RS256" }), &kid, "RS256"), None);
    }
}
