//! The header form: `authorization: AWS4-HMAC-SHA256 Credential=.., SignedHeaders=.., Signature=..`.

use super::{
    ALGORITHM, Content, Form, Request, Scope, SigError,
    claim::{Claim, session_token, signed_headers},
    hex,
};
use crate::calendar;

const MAX_LENGTH: usize = 16 * 1024;

pub(super) fn read(request: &Request<'_>, authorization: &str) -> Result<Claim, SigError> {
    if authorization.len() > MAX_LENGTH {
        return Err(SigError::TooLong("authorization"));
    }
    let (scheme, parameters) =
        authorization.trim().split_once([' ', '\t']).unwrap_or((authorization.trim(), ""));
    if scheme != ALGORITHM {
        return Err(SigError::UnsupportedAlgorithm);
    }
    let [credential, names, signature] = parts(parameters)?;
    let (access_key_id, scope) = Scope::of_credential(credential)?;
    let signed_headers = signed_headers(names)?;
    let signed_at = signed_at(request, &signed_headers)?;
    let signature = hex::decode(signature).ok_or(SigError::SignatureDoesNotMatch)?;
    let session_token = request.header("x-amz-security-token")?.map(session_token).transpose()?;
    let content = request.header("x-amz-content-sha256")?.map(Content::read).transpose()?;
    let form = Form::Header;
    Ok(Claim { form, access_key_id, scope, signed_at, session_token, signed_headers, signature, content })
}

/// The three parameters, in whatever order they come.
fn parts(parameters: &str) -> Result<[&str; 3], SigError> {
    const NAMES: [&str; 3] = ["Credential", "SignedHeaders", "Signature"];
    let mut values = [None; 3];
    for part in parameters.split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').ok_or(SigError::Malformed("authorization"))?;
        let (slot, name) = values
            .iter_mut()
            .zip(NAMES)
            .find(|(_, known)| *known == name)
            .ok_or(SigError::Malformed("authorization"))?;
        if slot.replace(value).is_some() {
            return Err(SigError::Duplicate(name));
        }
    }
    let [credential, signed_headers, signature] = values;
    Ok([
        credential.ok_or(SigError::IncompleteSignature("Credential"))?,
        signed_headers.ok_or(SigError::IncompleteSignature("SignedHeaders"))?,
        signature.ok_or(SigError::IncompleteSignature("Signature"))?,
    ])
}

/// `x-amz-date` where there is one, `date` otherwise; either has to be signed (the first is, as an
/// `x-amz-*`).
fn signed_at(request: &Request<'_>, signed_headers: &[String]) -> Result<i64, SigError> {
    if let Some(text) = request.header("x-amz-date")? {
        return calendar::read_basic(text.trim()).ok_or(SigError::Malformed("X-Amz-Date"));
    }
    let text = request.header("date")?.ok_or(SigError::IncompleteSignature("X-Amz-Date"))?.trim();
    if !signed_headers.iter().any(|name| name == "date") {
        return Err(SigError::UnsignedHeader("date".to_owned()));
    }
    calendar::read_basic(text).or_else(|| calendar::read_http(text)).ok_or(SigError::Malformed("Date"))
}
