//! The query form: everything the header would say, in `X-Amz-*` parameters.

use super::{
    ALGORITHM, Content, Form, Request, Scope, SigError,
    canonical::query,
    claim::{Claim, session_token, signed_headers},
    hex,
};
use crate::calendar;

/// A week, the longest a presigned request may live.
const MAX_EXPIRES: i64 = 604_800;

/// The parameter that carries the signature, and the only one it does not cover.
pub(super) const SIGNATURE: &str = "X-Amz-Signature";

const NAMES: [&str; 8] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    SIGNATURE,
    "X-Amz-Security-Token",
    "X-Amz-Content-Sha256",
];

/// Whether the query tries to be a signature. A half one counts: it must not pass for an unsigned request.
pub(super) fn is_signed(raw: &str) -> bool {
    query::pairs(raw).any(|(name, _)| {
        [b"X-Amz-Algorithm".as_slice(), b"X-Amz-Credential", b"X-Amz-Signature"].contains(&name.as_slice())
    })
}

pub(super) fn read(request: &Request<'_>) -> Result<Claim, SigError> {
    let [algorithm, credential, date, expires, names, signature, token, content] = parameters(request.query)?;
    if algorithm.ok_or(SigError::IncompleteSignature("X-Amz-Algorithm"))? != ALGORITHM {
        return Err(SigError::UnsupportedAlgorithm);
    }
    let credential = credential.ok_or(SigError::IncompleteSignature("X-Amz-Credential"))?;
    let (access_key_id, scope) = Scope::of_credential(&credential)?;
    let date = date.ok_or(SigError::IncompleteSignature("X-Amz-Date"))?;
    let signed_at = calendar::read_basic(&date).ok_or(SigError::Malformed("X-Amz-Date"))?;
    let seconds = seconds(&expires.ok_or(SigError::IncompleteSignature("X-Amz-Expires"))?)?;
    let signed_headers = signed_headers(&names.ok_or(SigError::IncompleteSignature("X-Amz-SignedHeaders"))?)?;
    let signature = signature.ok_or(SigError::IncompleteSignature(SIGNATURE))?;
    let signature = hex::decode(&signature).ok_or(SigError::SignatureDoesNotMatch)?;
    let session_token =
        one(token, request, "x-amz-security-token")?.map(|token| session_token(&token)).transpose()?;
    let content =
        one(content, request, "x-amz-content-sha256")?.map(|text| Content::read(&text)).transpose()?;
    let form = Form::Presigned { expires_at: signed_at.saturating_add(seconds) };
    Ok(Claim { form, access_key_id, scope, signed_at, session_token, signed_headers, signature, content })
}

/// The parameters of [`NAMES`], decoded, each at most once.
fn parameters(raw: &str) -> Result<[Option<String>; 8], SigError> {
    let mut values = [const { None }; 8];
    for (name, value) in query::pairs(raw) {
        let Some((slot, name)) = values.iter_mut().zip(NAMES).find(|(_, known)| known.as_bytes() == name)
        else {
            continue;
        };
        let value = String::from_utf8(value).map_err(|_| SigError::Malformed(name))?;
        if slot.replace(value).is_some() {
            return Err(SigError::Duplicate(name));
        }
    }
    Ok(values)
}

fn seconds(text: &str) -> Result<i64, SigError> {
    let wrong = SigError::Malformed("X-Amz-Expires");
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong);
    }
    // More digits than a number holds are more than a week, too.
    let seconds = text.parse().unwrap_or(i64::MAX);
    if seconds > MAX_EXPIRES { Err(SigError::ExpiresTooLong) } else { Ok(seconds) }
}

/// A value that may come as parameter or as header, but not as both.
fn one(
    parameter: Option<String>,
    request: &Request<'_>,
    header: &'static str,
) -> Result<Option<String>, SigError> {
    match (parameter, request.header(header)?) {
        (Some(_), Some(_)) => Err(SigError::Duplicate(header)),
        (parameter, value) => Ok(parameter.or_else(|| value.map(|value| value.trim().to_owned()))),
    }
}
