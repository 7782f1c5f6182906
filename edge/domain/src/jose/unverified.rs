use std::fmt;

use jsonwebtoken::Header;
use serde::Deserialize;
use serde_json::Value;

use super::{Algorithm, Claims, KeyFault, Keys, MAX_TOKEN, PublicKey, Verified, from_base64url, object};

/// A compact JWS as received: well formed, proved by nobody. It gives away what is needed to find the key, nothing
/// that could be mistaken for a claim.
#[derive(Clone)]
pub struct Unverified {
    header: Header,
    algorithm: Algorithm,
    /// `header.payload` as received: what the signature covers.
    signed: String,
    payload: Vec<u8>,
    signature: Vec<u8>,
}

/// Why a text is no token of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Longer than [`MAX_TOKEN`].
    TooLong,
    /// Not three parts joined by dots.
    Parts,
    /// A part is not strict base64url.
    Encoding,
    /// The header is not a JSON object of the known shape with unique member names.
    Header,
    /// `alg` is missing, `none`, or not one of ours.
    Algorithm,
    /// The header lists critical extensions (RFC 7515 §4.1.11); none is understood here.
    Critical,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "the token is too long",
            Self::Parts => "the token does not have three parts",
            Self::Encoding => "a part of the token is not base64url",
            Self::Header => "the token's header is malformed",
            Self::Algorithm => "the token's algorithm is not supported",
            Self::Critical => "the token has critical extensions",
        })
    }
}

impl std::error::Error for Malformed {}

/// Why a key did not prove a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// The key is not for this algorithm, or not a usable key at all.
    Key,
    /// The signature is not this key's.
    Signature,
    /// The signature holds, but what it covers is not a JSON object with unique names.
    Payload,
    /// Nobody could tell: the backend failed.
    Fault(KeyFault),
}

impl fmt::Display for Rejected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key => f.write_str("the key cannot verify this token"),
            Self::Signature => f.write_str("the signature does not match"),
            Self::Payload => f.write_str("the payload is not a claims object"),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Rejected {}

impl Unverified {
    /// Reads a compact JWS. Key material and key addresses in the header (`jwk`, `jku`, `x5u`, `x5c`) are never
    /// looked at.
    pub fn parse(token: &str) -> Result<Self, Malformed> {
        if token.len() > MAX_TOKEN {
            return Err(Malformed::TooLong);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(Malformed::Parts)?;
        let (header, payload) = signed.split_once('.').ok_or(Malformed::Parts)?;
        if payload.contains('.') {
            return Err(Malformed::Parts);
        }
        let header = from_base64url(header).ok_or(Malformed::Encoding)?;
        let payload = from_base64url(payload).ok_or(Malformed::Encoding)?;
        let signature = from_base64url(signature).ok_or(Malformed::Encoding)?;

        let members = object::parse(&header).ok_or(Malformed::Header)?;
        if members.contains_key("crit") {
            return Err(Malformed::Critical);
        }
        let algorithm = members.get("alg").and_then(Value::as_str).ok_or(Malformed::Algorithm)?;
        let algorithm: jsonwebtoken::Algorithm = algorithm.parse().map_err(|_| Malformed::Algorithm)?;
        let algorithm = algorithm.try_into().map_err(|_| Malformed::Algorithm)?;
        let header = serde_json::from_value(Value::Object(members)).map_err(|_| Malformed::Header)?;
        Ok(Self { header, algorithm, signed: signed.to_owned(), payload, signature })
    }

    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The key id the sender names.
    pub fn kid(&self) -> Option<&str> {
        self.header.kid.as_deref()
    }

    /// The media type the sender names (`JWT`, `at+jwt` ...), as written.
    pub fn typ(&self) -> Option<&str> {
        self.header.typ.as_deref()
    }

    /// What the token says of its issuer, **unproved**: good for choosing whose keys to try, and for nothing else.
    pub fn issuer(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct Peek {
            iss: String,
        }
        serde_json::from_slice::<Peek>(&self.payload).ok().map(|peek| peek.iss)
    }

    /// What the token says of its one audience, **unproved**: for the same use, where one issuer has many keys.
    pub fn audience(&self) -> Option<String> {
        #[derive(Deserialize)]
        struct Peek {
            aud: String,
        }
        serde_json::from_slice::<Peek>(&self.payload).ok().map(|peek| peek.aud)
    }

    /// Proves the token with one key: the signature first, and only then are the claims read.
    pub async fn verify(&self, keys: &dyn Keys, candidate: &PublicKey) -> Result<Verified<Claims>, Rejected> {
        if !candidate.admits(self.algorithm) {
            return Err(Rejected::Key);
        }
        match keys.verify(candidate, self.algorithm, self.signed.as_bytes(), &self.signature).await {
            Ok(true) => {}
            Ok(false) => return Err(Rejected::Signature),
            Err(KeyFault::Unusable) => return Err(Rejected::Key),
            Err(fault) => return Err(Rejected::Fault(fault)),
        }
        object::parse(&self.payload).map(Claims::new).map(Verified::new).ok_or(Rejected::Payload)
    }
}

/// Neither payload nor signature: a token that prints whole is a token that leaks.
impl fmt::Debug for Unverified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unverified")
            .field("algorithm", &self.algorithm)
            .field("kid", &self.kid())
            .finish_non_exhaustive()
    }
}
