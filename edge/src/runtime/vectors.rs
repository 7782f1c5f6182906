//! Signatures that others have published, held against the runtime's backend. Compiled with the feature `seams` only.
//!
//! `POST /_seam/verify` takes a key, an algorithm, and messages with their signatures in base64url, and answers for each
//! whether [`WebCrypto`] says that the signature is the key's.

use super::keys::WebCrypto;
use crate::message::{Request, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::jose::{Algorithm, Jwk, Keys, PublicKey};
use http::StatusCode;
use serde::Deserialize;

pub(super) const PATH: &str = "/_seam/verify";

/// Larger than the largest group of vectors.
const LIMIT: usize = 4 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    key: Jwk,
    algorithm: Algorithm,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    message: String,
    signature: String,
}

pub(super) async fn serve(request: Request) -> Response {
    match verdicts(request).await {
        Ok(verdicts) => Response::json(StatusCode::OK, &verdicts),
        Err(text) => Response::text(StatusCode::BAD_REQUEST, "text/plain; charset=utf-8", text),
    }
}

async fn verdicts(request: Request) -> Result<Vec<bool>, String> {
    let body = request.body.read(LIMIT).await.map_err(|fault| format!("{fault:?}"))?;
    let Ask { key, algorithm, cases } = serde_json::from_slice(&body).map_err(|error| error.to_string())?;
    let key = PublicKey::from_jwk(&key).map_err(|bad| format!("{bad:?}"))?;
    let mut verdicts = Vec::new();
    for case in cases {
        let [message, signature] = [case.message, case.signature].map(|text| URL_SAFE_NO_PAD.decode(text));
        let (message, signature) =
            message.and_then(|message| Ok((message, signature?))).map_err(|error| error.to_string())?;
        let verdict = WebCrypto.verify(&key, algorithm, &message, &signature).await;
        verdicts.push(verdict.map_err(|fault| fault.to_string())?);
    }
    Ok(verdicts)
}
