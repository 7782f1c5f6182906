//! What a request claims about its signature, whichever form it came in.

use super::{Content, Form, Request, Scope, SigError};

const MAX_SIGNED_HEADERS: usize = 128;
const MAX_HEADER_NAME: usize = 256;
/// Longer than any session token that fits where requests carry it.
const MAX_SESSION_TOKEN: usize = 16 * 1024;

pub(super) struct Claim {
    pub(super) form: Form,
    pub(super) access_key_id: String,
    pub(super) scope: Scope,
    /// Epoch seconds.
    pub(super) signed_at: i64,
    pub(super) session_token: Option<String>,
    /// Lower-case names in order, `host` among them.
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: [u8; 32],
    /// The payload as declared, where it is.
    pub(super) content: Option<Content>,
}

impl Claim {
    /// Holds the signed headers against those that came: `host` and every `x-amz-*` have to be signed, so
    /// that nobody on the way can add an instruction, and what is signed has to be there.
    pub(super) fn cover(&self, request: &Request<'_>) -> Result<(), SigError> {
        let signed =
            |name: &str| self.signed_headers.binary_search_by(|other| other.as_str().cmp(name)).is_ok();
        if !signed("host") {
            return Err(SigError::UnsignedHeader("host".to_owned()));
        }
        request.header("host")?;
        for (name, _) in request.headers {
            let name = name.to_ascii_lowercase();
            if name.starts_with("x-amz-") && !signed(&name) {
                return Err(SigError::UnsignedHeader(name));
            }
        }
        let absent = self.signed_headers.iter().find(|name| request.values(name).next().is_none());
        absent.map_or(Ok(()), |name| Err(SigError::AbsentHeader(name.clone())))
    }
}

/// Reads `host;x-amz-date`: lower-case names in strictly rising order, as every signer writes them.
pub(super) fn signed_headers(text: &str) -> Result<Vec<String>, SigError> {
    let wrong = SigError::Malformed("SignedHeaders");
    let mut names: Vec<String> = Vec::new();
    for name in text.split(';') {
        if names.len() == MAX_SIGNED_HEADERS || name.len() > MAX_HEADER_NAME {
            return Err(SigError::TooLong("SignedHeaders"));
        }
        let token = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"!#$%&'*+-.^_`|~".contains(&byte)
        };
        let rising = names.last().is_none_or(|last| last.as_str() < name);
        if name.is_empty() || !rising || !name.bytes().all(token) {
            return Err(wrong);
        }
        names.push(name.to_owned());
    }
    Ok(names)
}

pub(super) fn session_token(text: &str) -> Result<String, SigError> {
    if text.len() > MAX_SESSION_TOKEN {
        return Err(SigError::TooLong("X-Amz-Security-Token"));
    }
    if text.is_empty() { Err(SigError::Malformed("X-Amz-Security-Token")) } else { Ok(text.to_owned()) }
}
