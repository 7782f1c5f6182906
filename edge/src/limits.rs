//! How much each door takes of a request: one table, for all doors.
//!
//! | door | body | headers |
//! |---|---|---|
//! | AWS JSON APIs | 512 KiB: the largest logo and style sheet, in base64 | 32 KiB in 100 |
//! | AWS Query APIs | 128 KiB: the longest web identity token or policy, in a form | 32 KiB in 100 |
//! | hosted pages, OAuth | 64 KiB | 32 KiB in 100 |
//! | gate document | 256 KiB | 32 KiB in 100 |
//! | gate, signed | 10 MiB, as API Gateway: the body is hashed before anything is sent | 32 KiB in 100 |
//! | gate, before an HTTP upstream | 100 MiB, the least that Cloudflare's plans let through | 32 KiB in 100 |
//! | S3, before a bucket | 5 GB, what one put may hold | 32 KiB in 100 |
//!
//! Path and query have limits of their own ([`crate::path::MAX_PATH_BYTES`], [`crate::path::MAX_QUERY_BYTES`]), and so
//! has a token ([`domain::jose::MAX_TOKEN`]).

use crate::message::{Body, BodyFault, ByteStream, ReadFault, Request};
use futures_util::StreamExt;
use http::HeaderMap;

/// What one door takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Bytes of the body.
    pub(crate) body: u64,
    /// How many headers.
    pub(crate) headers: usize,
    /// Bytes of all their names and values.
    pub(crate) header_bytes: usize,
}

/// What is too much.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Over {
    /// 413.
    Body,
    /// 431.
    Headers,
}

const fn limit(body: u64) -> Limit {
    Limit { body, headers: 100, header_bytes: 32 * 1024 }
}

pub(crate) const JSON_API: Limit = limit(512 * 1024);
pub(crate) const QUERY_API: Limit = limit(128 * 1024);
pub(crate) const FORM: Limit = limit(64 * 1024);
pub(crate) const GATE_DOCUMENT: Limit = limit(domain::gate::MAX_BYTES as u64);
pub(crate) const GATE_SIGNED: Limit = limit(10 * 1024 * 1024);
pub(crate) const GATE: Limit = limit(100 * 1024 * 1024);
pub(crate) const S3: Limit = limit(5_000_000_000);

impl Limit {
    /// What can be refused before a byte of the body is read: the headers, and a length declared too great.
    pub(crate) fn check(&self, request: &Request) -> Result<(), Over> {
        let bytes: usize =
            request.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if request.headers.len() > self.headers || bytes > self.header_bytes {
            return Err(Over::Headers);
        }
        match declared_length(&request.headers) {
            Some(length) if length > self.body => Err(Over::Body),
            _ => Ok(()),
        }
    }

    /// The whole body, if it is within the limit.
    pub(crate) async fn read(&self, body: Body) -> Result<Vec<u8>, ReadFault> {
        body.read(usize::try_from(self.body).unwrap_or(usize::MAX)).await
    }

    /// The body as it comes; it breaks off at the first byte over the limit.
    pub(crate) fn stream(&self, body: Body) -> Body {
        let limit = self.body;
        match body {
            Body::Empty => Body::Empty,
            Body::Bytes(bytes) if bytes.len() as u64 > limit => Body::Stream(broken()),
            Body::Bytes(bytes) => Body::Bytes(bytes),
            Body::Stream(stream) => {
                let mut passed = 0_u64;
                Body::Stream(Box::pin(stream.map(move |chunk| {
                    let chunk = chunk?;
                    passed = passed.saturating_add(chunk.len() as u64);
                    if passed > limit { Err(too_large()) } else { Ok(chunk) }
                })))
            }
        }
    }
}

/// `content-length`, where there is one and it reads.
pub(crate) fn declared_length(headers: &HeaderMap) -> Option<u64> {
    let text = headers.get(http::header::CONTENT_LENGTH)?.to_str().ok()?;
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn too_large() -> BodyFault {
    BodyFault("the body is over the door's limit".into())
}

fn broken() -> ByteStream {
    Box::pin(futures_util::stream::iter([Err(too_large())]))
}
