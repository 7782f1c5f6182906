//! Why a signed request is not believed. Doors turn these into their protocol's words.

use std::fmt;

use crate::calendar::basic;

/// A refusal. None of them says anything about the secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SigError {
    /// Neither an `authorization` header nor a signed query.
    MissingAuthenticationToken,
    /// A header and a query signature in one request.
    TwoForms,
    /// Some other scheme or algorithm: a bearer token, Signature Version 2, ECDSA.
    UnsupportedAlgorithm,
    /// A part of the signature that is not there, by its own name (`Credential`, `SignedHeaders`,
    /// `X-Amz-Date` ...).
    IncompleteSignature(&'static str),
    /// A part that is there but does not read.
    Malformed(&'static str),
    /// A part that is there twice.
    Duplicate(&'static str),
    /// A part beyond its bound.
    TooLong(&'static str),
    /// `X-Amz-Expires` beyond a week.
    ExpiresTooLong,
    /// The scope names a service that this door does not serve.
    WrongService(String),
    /// The scope's day is not the day of the signing time.
    WrongDay,
    /// A header that has to be signed is not: `host`, the date it relies on, and every `x-amz-*`.
    UnsignedHeader(String),
    /// A header listed as signed did not arrive.
    AbsentHeader(String),
    /// Signed more than fifteen minutes ago. Epoch seconds.
    SignatureExpired { signed: i64, now: i64 },
    /// Signed more than fifteen minutes ahead. Epoch seconds.
    SignatureNotYetCurrent { signed: i64, now: i64 },
    /// A presigned request past its `X-Amz-Expires`. Epoch seconds.
    RequestExpired { expired: i64, now: i64 },
    /// The payload has to be named by `x-amz-content-sha256` and is not.
    MissingContentSha256,
    /// `x-amz-content-sha256` is none of the values this service takes.
    UnsupportedContentSha256,
    /// The body is not the one that was signed.
    ContentSha256Mismatch,
    /// The signature is not the one this secret makes.
    SignatureDoesNotMatch,
}

impl std::error::Error for SigError {}

impl fmt::Display for SigError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingAuthenticationToken => out.write_str("no signature"),
            Self::TwoForms => out.write_str("signed both by header and by query"),
            Self::UnsupportedAlgorithm => out.write_str("not signed by AWS4-HMAC-SHA256"),
            Self::IncompleteSignature(part) => write!(out, "{part} is missing"),
            Self::Malformed(part) => write!(out, "{part} does not read"),
            Self::Duplicate(part) => write!(out, "{part} is given twice"),
            Self::TooLong(part) => write!(out, "{part} is too long"),
            Self::ExpiresTooLong => out.write_str("X-Amz-Expires is more than a week"),
            Self::WrongService(service) => write!(out, "signed for the service `{service}`"),
            Self::WrongDay => out.write_str("the scope is of another day than the signing time"),
            Self::UnsignedHeader(name) => write!(out, "the header `{name}` has to be signed"),
            Self::AbsentHeader(name) => write!(out, "the signed header `{name}` is absent"),
            Self::SignatureExpired { signed, now } => {
                write!(out, "signed at {}, too long before {}", basic(*signed), basic(*now))
            }
            Self::SignatureNotYetCurrent { signed, now } => {
                write!(out, "signed at {}, too far ahead of {}", basic(*signed), basic(*now))
            }
            Self::RequestExpired { expired, now } => {
                write!(out, "expired at {}, now {}", basic(*expired), basic(*now))
            }
            Self::MissingContentSha256 => out.write_str("x-amz-content-sha256 is missing"),
            Self::UnsupportedContentSha256 => out.write_str("x-amz-content-sha256 has an unsupported value"),
            Self::ContentSha256Mismatch => out.write_str("the body is not the one that was signed"),
            Self::SignatureDoesNotMatch => out.write_str("the signature does not match"),
        }
    }
}
