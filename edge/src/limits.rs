//! How much is taken of a request: one table, for all doors.
//!
//! Every door takes 100 headers of 32 KiB in all, names and values: what is more is refused before a door is chosen.
//!
//! | door | body |
//! |---|---|
//! | AWS JSON APIs | 512 KiB: the largest logo and style sheet, in base64 |
//! | AWS Query APIs | 128 KiB: the longest web identity token or policy, in a form |
//! | cognito-sync | not read |
//! | hosted pages, OAuth | 64 KiB |
//! | discovery, keys, files, outbox | not read |
//! | test clock | 1 KiB |
//! | gate document | 256 KiB |
//! | gate, signed | 10 MiB, as API Gateway: the body is hashed before anything is sent |
//! | gate, before an HTTP upstream | 100 MiB, the least that Cloudflare's plans let through |
//! | S3, before a bucket | 5 GB, what one put may hold |
//!
//! Path and query have limits of their own ([`crate::path::MAX_PATH_BYTES`], [`crate::path::MAX_QUERY_BYTES`]), and so
//! has a token ([`domain::jose::MAX_TOKEN`]).

use crate::buffer::Untaken;
use crate::edge::Edge;
use crate::message::{Body, BodyFault, ByteStream, ReadFault, Request};
use futures_util::StreamExt;
use http::HeaderMap;

/// How many headers a request has at most.
pub(crate) const HEADERS: usize = 100;
/// Bytes of all their names and values.
pub(crate) const HEADER_BYTES: usize = 32 * 1024;

/// Whether a request has more headers than any door takes.
pub(crate) fn has_too_many_headers(request: &Request) -> bool {
    let bytes: usize = request.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    request.headers.len() > HEADERS || bytes > HEADER_BYTES
}

/// What one door takes of a body, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Limit(u64);

/// The body is declared to be longer than the door takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooLarge;

pub(crate) const JSON_API: Limit = Limit(512 * 1024);
pub(crate) const QUERY_API: Limit = Limit(128 * 1024);
pub(crate) const FORM: Limit = Limit(64 * 1024);
pub(crate) const GATE_DOCUMENT: Limit = Limit(domain::gate::MAX_BYTES as u64);
pub(crate) const GATE_SIGNED: Limit = Limit(10 * 1024 * 1024);
pub(crate) const GATE: Limit = Limit(100 * 1024 * 1024);
pub(crate) const S3: Limit = Limit(5_000_000_000);

impl Limit {
    pub(crate) const fn bytes(self) -> u64 {
        self.0
    }

    /// What can be refused before a byte of the body is read: a length declared too great.
    pub(crate) fn check(self, request: &Request) -> Result<(), TooLarge> {
        match declared_length(&request.headers) {
            Some(length) if length > self.0 => Err(TooLarge),
            _ => Ok(()),
        }
    }

    /// The whole body, if it is within the limit.
    pub(crate) async fn read(self, body: Body) -> Result<Vec<u8>, ReadFault> {
        body.read(usize::try_from(self.0).unwrap_or(usize::MAX)).await
    }

    /// Takes the body of a request, whole, if it is within the limit, comes in time, and memory is left for it.
    pub(crate) async fn take(&self, edge: &Edge, request: &mut Request) -> Result<Vec<u8>, Untaken> {
        let declared = declared_length(&request.headers);
        let body = std::mem::replace(&mut request.body, Body::Empty);
        let limit = usize::try_from(self.0).unwrap_or(usize::MAX);
        edge.body.read(body, declared, limit, |milliseconds| edge.platform.delay(milliseconds)).await
    }

    /// The same where a longer body, or one that breaks off, is for a later reader to refuse: it stays a stream.
    pub(crate) async fn read_ahead(&self, edge: &Edge, request: &mut Request) -> Result<(), Untaken> {
        let declared = declared_length(&request.headers);
        let body = std::mem::replace(&mut request.body, Body::Empty);
        let limit = usize::try_from(self.0).unwrap_or(usize::MAX);
        let delay = |milliseconds| edge.platform.delay(milliseconds);
        request.body = edge.body.read_ahead(body, declared, limit, delay).await?;
        Ok(())
    }

    /// The body as it comes; it breaks off at the first byte over the limit.
    pub(crate) fn stream(self, body: Body) -> Body {
        let limit = self.0;
        match body {
            Body::Empty => Body::Empty,
            Body::Bytes(bytes) if bytes.len() as u64 > limit => Body::Stream(broken()),
            Body::Bytes(bytes) => Body::Bytes(bytes),
            Body::Held(held) => self.stream(Body::Stream(held.open())),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing;
    use http::{HeaderName, HeaderValue};

    fn with(headers: usize, value: usize) -> Request {
        let mut request = testing::request("https://id.example.com", "id.example.com", "/");
        for at in 0..headers {
            let name = HeaderName::from_bytes(format!("x-{at:04}").as_bytes()).unwrap();
            request.headers.insert(name, HeaderValue::from_bytes(&vec![b'a'; value]).unwrap());
        }
        request
    }

    #[test]
    fn headers_are_counted_and_weighed() {
        assert!(!has_too_many_headers(&with(100, 1)));
        assert!(has_too_many_headers(&with(101, 1)));
        assert!(!has_too_many_headers(&with(1, HEADER_BYTES - 6)));
        assert!(has_too_many_headers(&with(1, HEADER_BYTES - 5)));
        let mut repeated = with(0, 0);
        for _ in 0..101 {
            repeated.headers.append("cookie", HeaderValue::from_static("a=b"));
        }
        assert!(has_too_many_headers(&repeated));
    }

    #[test]
    fn a_declared_length_is_believed_where_it_is_too_great() {
        let declared = |text: &'static str| {
            let mut request = with(0, 0);
            request.headers.insert("content-length", HeaderValue::from_static(text));
            FORM.check(&request)
        };
        assert_eq!(declared("65536"), Ok(()));
        assert_eq!(declared("65537"), Err(TooLarge));
        // What is no length is found out by reading.
        assert_eq!(declared("-1"), Ok(()));
        assert_eq!(declared("99999999999999999999999"), Ok(()));
    }
}
