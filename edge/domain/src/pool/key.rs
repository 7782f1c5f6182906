//! Token signing keys as stored: the private half sealed.

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
