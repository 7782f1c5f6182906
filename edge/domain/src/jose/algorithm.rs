use std::fmt;

use jsonwebtoken::jwk::KeyAlgorithm;
use serde::{Deserialize, Serialize};

/// The signature algorithms spoken here (RFC 7518 §3.1). There is no `none`, and nothing symmetric that a public key
/// could be passed off as the secret of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Algorithm {
    /// RSASSA-PKCS1-v1_5 with SHA-256: user pools by default.
    #[serde(rename = "RS256")]
    Rs256,
    /// RSASSA-PKCS1-v1_5 with SHA-512: the identity pool's `OpenID` token.
    #[serde(rename = "RS512")]
    Rs512,
    /// ECDSA on P-256 with SHA-256; a signature is r‖s, 64 bytes (RFC 7518 §3.4).
    #[serde(rename = "ES256")]
    Es256,
}

impl Algorithm {
    /// The `alg` value.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Rs512 => "RS512",
            Self::Es256 => "ES256",
        }
    }

    /// The algorithm a JWK's `alg` names, if it is one of ours.
    pub(super) fn of_key(algorithm: KeyAlgorithm) -> Option<Self> {
        jsonwebtoken::Algorithm::try_from(algorithm).ok().and_then(|algorithm| algorithm.try_into().ok())
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An algorithm that is not spoken here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreign;

impl TryFrom<jsonwebtoken::Algorithm> for Algorithm {
    type Error = Foreign;

    fn try_from(algorithm: jsonwebtoken::Algorithm) -> Result<Self, Foreign> {
        match algorithm {
            jsonwebtoken::Algorithm::RS256 => Ok(Self::Rs256),
            jsonwebtoken::Algorithm::RS512 => Ok(Self::Rs512),
            jsonwebtoken::Algorithm::ES256 => Ok(Self::Es256),
            _ => Err(Foreign),
        }
    }
}

impl From<Algorithm> for jsonwebtoken::Algorithm {
    fn from(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Rs256 => Self::RS256,
            Algorithm::Rs512 => Self::RS512,
            Algorithm::Es256 => Self::ES256,
        }
    }
}
