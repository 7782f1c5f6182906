use std::fmt;

use jsonwebtoken::Header;
use serde::Serialize;

use super::{Algorithm, KeyFault, Keys, MAX_TOKEN, PrivateKey, to_base64url};

/// Why a token could not be issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EncodeFault {
    /// The header names an algorithm that is not ours, or claims or header have no JSON form.
    Shape,
    /// It would be longer than [`MAX_TOKEN`], and nobody here would read it back.
    TooLong,
    Key(KeyFault),
}

impl fmt::Display for EncodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Shape => f.write_str("the token cannot be written"),
            Self::TooLong => f.write_str("the token would be too long"),
            Self::Key(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for EncodeFault {}

/// The header of the tokens a pool issues: `alg` and `kid`, no `typ`, as AWS writes it.
pub fn header(algorithm: Algorithm, kid: impl Into<String>) -> Header {
    let mut header = Header::new(algorithm.into());
    header.typ = None;
    header.kid = Some(kid.into());
    header
}

/// Issues a token: header and claims signed by `key`, in compact form.
pub async fn encode(
    header: &Header,
    claims: &impl Serialize,
    keys: &dyn Keys,
    key: &PrivateKey,
) -> Result<String, EncodeFault> {
    let algorithm = header.alg.try_into().map_err(|_| EncodeFault::Shape)?;
    let part = |json: serde_json::Result<Vec<u8>>| json.map(to_base64url).map_err(|_| EncodeFault::Shape);
    let mut token = part(serde_json::to_vec(header))?;
    token.push('.');
    token.push_str(&part(serde_json::to_vec(claims))?);
    if token.len() > MAX_TOKEN {
        return Err(EncodeFault::TooLong);
    }
    let signature = keys.sign(key, algorithm, token.as_bytes()).await.map_err(EncodeFault::Key)?;
    token.push('.');
    token.push_str(&to_base64url(signature));
    if token.len() > MAX_TOKEN { Err(EncodeFault::TooLong) } else { Ok(token) }
}
