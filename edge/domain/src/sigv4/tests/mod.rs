//! Published vectors, refusals and properties of signatures.

mod presigned;
mod properties;
mod refusals;
mod s3;
mod suite;

use super::{Body, Expected, MAX_SKEW, Request, SigError, Signer, SigningKey, Unverified, Verified};

/// The secret of AWS's test suite.
const SUITE_SECRET: &str = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
/// 2015-08-30T12:36:00Z, when everything in the suite was signed.
const SUITE_TIME: i64 = 1_440_938_160;
/// The secret of the examples in S3's documentation.
const S3_SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
/// 2013-05-24T00:00:00Z, the time of those examples.
const S3_TIME: i64 = 1_369_353_600;

/// What a door does: read, look the secret up, verify.
fn judge(
    request: &Request<'_>,
    secret: &str,
    services: &[&str],
    now: i64,
    body: Body<'_>,
) -> Result<Verified, SigError> {
    let unverified = Unverified::parse(request)?;
    let key = SigningKey::derive(secret, unverified.scope());
    unverified.verify(&Expected { services, now }, &key, body)
}

fn signer(service: &str) -> Signer<'_> {
    Signer {
        access_key_id: "AKIDEXAMPLE",
        secret: SUITE_SECRET,
        session_token: None,
        region: "us-east-1",
        service,
        now: SUITE_TIME,
    }
}

fn request<'a>(
    method: &'a str,
    path: &'a str,
    query: &'a str,
    headers: &'a [(&'a str, &'a str)],
) -> Request<'a> {
    Request { method, path, query, headers, accept_encoding: None }
}

/// A request's headers with those that signing adds.
fn with<'a>(headers: &[(&'a str, &'a str)], added: &'a [(String, String)]) -> Vec<(&'a str, &'a str)> {
    headers.iter().copied().chain(added.iter().map(|(name, value)| (name.as_str(), value.as_str()))).collect()
}
