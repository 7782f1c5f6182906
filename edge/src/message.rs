//! Requests and responses as the doors see them: plain data, the same natively and on the runtime.

use futures_util::{Stream, StreamExt};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use std::any::Any;
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// A body's bytes as they come. `Err` means the peer or the platform broke off.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Vec<u8>, BodyFault>>>>;

/// A body that broke off, or that we refused half-way; the text is for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyFault(pub String);

/// A body that the platform keeps: what is only passed on never enters the Wasm.
pub trait Held: Any {
    /// Its bytes, for whoever reads it after all.
    fn open(self: Box<Self>) -> ByteStream;
}

pub enum Body {
    Empty,
    Bytes(Vec<u8>),
    Stream(ByteStream),
    Held(Box<dyn Held>),
}

/// Why a body could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadFault {
    TooLarge,
    Broken(BodyFault),
}

impl Body {
    /// All bytes, at most `limit`; reading stops at the first byte over it.
    pub async fn read(self, limit: usize) -> Result<Vec<u8>, ReadFault> {
        match self {
            Self::Empty => Ok(Vec::new()),
            Self::Bytes(bytes) if bytes.len() > limit => Err(ReadFault::TooLarge),
            Self::Bytes(bytes) => Ok(bytes),
            Self::Stream(mut stream) => {
                let mut out = Vec::new();
                while let Some(chunk) = stream.next().await {
                    let chunk = chunk.map_err(ReadFault::Broken)?;
                    if out.len() + chunk.len() > limit {
                        return Err(ReadFault::TooLarge);
                    }
                    out.extend(chunk);
                }
                Ok(out)
            }
            Self::Held(held) => Box::pin(Self::Stream(held.open()).read(limit)).await,
        }
    }
}

/// What a door left unread of a request's body.
pub(crate) struct Rest(Rc<RefCell<ByteStream>>);

/// Reads on from where [`Rest`] shares.
struct Shared(Rc<RefCell<ByteStream>>);

impl Stream for Shared {
    type Item = Result<Vec<u8>, BodyFault>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.try_borrow_mut() {
            Ok(mut stream) => stream.as_mut().poll_next(cx),
            Err(_) => Poll::Ready(None),
        }
    }
}

impl Body {
    /// The same body, and a hold on what will be left of it.
    pub(crate) fn share(self) -> (Self, Option<Rest>) {
        match self {
            Self::Stream(stream) => {
                let stream = Rc::new(RefCell::new(stream));
                (Self::Stream(Box::pin(Shared(Rc::clone(&stream)))), Some(Rest(stream)))
            }
            other => (other, None),
        }
    }
}

impl Rest {
    /// Reads and forgets what is left, at most `limit` bytes: a connection that is closed on a body half sent tells its
    /// client nothing of the answer.
    pub(crate) async fn discard(self, limit: usize) {
        let mut rest = Shared(self.0);
        let mut passed = 0;
        while let Some(Ok(chunk)) = rest.next().await {
            passed += chunk.len();
            if passed > limit {
                return;
            }
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            Self::Stream(_) => f.write_str("Stream"),
            Self::Held(_) => f.write_str("Held"),
        }
    }
}

#[derive(Debug)]
pub struct Request {
    pub method: Method,
    /// The scheme and authority that the client used, such as `http://localhost:8787`.
    pub origin: String,
    /// The host without its port, in lower case.
    pub host: String,
    /// Path and query exactly as received (where the runtime hands them over raw).
    pub target: String,
    pub headers: HeaderMap,
    pub body: Body,
    pub caller: domain::caller::Caller,
    /// `accept-encoding` as the client sent it, where the platform rewrites the header.
    pub sent_accept_encoding: Option<String>,
}

impl Request {
    /// The request and, where its body is at most `limit` bytes, its twin: for a door that may have to serve it anew. A
    /// longer body stays a stream from which nothing is missing.
    pub(crate) async fn twin(mut self, limit: usize) -> (Self, Option<Self>) {
        let mut whole = Vec::new();
        match std::mem::replace(&mut self.body, Body::Empty) {
            Body::Empty => {}
            Body::Bytes(bytes) => whole = bytes,
            held @ Body::Held(_) => {
                self.body = held;
                return (self, None);
            }
            Body::Stream(mut stream) => {
                while let Some(chunk) = stream.next().await {
                    match chunk {
                        Ok(chunk) if whole.len() + chunk.len() <= limit => whole.extend(chunk),
                        over => {
                            let head = futures_util::stream::iter([Ok(whole), over]);
                            self.body = Body::Stream(Box::pin(head.chain(stream)));
                            return (self, None);
                        }
                    }
                }
            }
        }
        let body = || if whole.is_empty() { Body::Empty } else { Body::Bytes(whole.clone()) };
        let twin = Self {
            method: self.method.clone(),
            origin: self.origin.clone(),
            host: self.host.clone(),
            target: self.target.clone(),
            headers: self.headers.clone(),
            body: body(),
            caller: self.caller.clone(),
            sent_accept_encoding: self.sent_accept_encoding.clone(),
        };
        self.body = body();
        (self, Some(twin))
    }
    /// A header's value when it is there once and is plain text.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).iter();
        let value = values.next()?.to_str().ok()?;
        values.next().is_none().then_some(value)
    }
    pub fn raw_path(&self) -> &str {
        self.target.split_once('?').map_or(self.target.as_str(), |(path, _)| path)
    }
    pub fn raw_query(&self) -> &str {
        self.target.split_once('?').map_or("", |(_, query)| query)
    }
    /// A cookie's value; the first of its name.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.headers
            .get_all(http::header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }
}

#[derive(Debug)]
pub struct Response {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Body,
    /// What it says besides the status, for the log: an error's code.
    pub outcome: Option<Cow<'static, str>>,
}

impl Response {
    pub fn new(status: StatusCode) -> Self {
        Self { status, headers: HeaderMap::new(), body: Body::Empty, outcome: None }
    }
    /// Names the outcome for the log. A name only: nothing that a caller sent.
    #[must_use]
    pub fn told(mut self, outcome: impl Into<Cow<'static, str>>) -> Self {
        self.outcome = Some(outcome.into());
        self
    }
    pub fn text(status: StatusCode, content_type: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let mut response = Self::new(status).with("content-type", content_type);
        response.body = Body::Bytes(body.into());
        response
    }
    pub fn json(status: StatusCode, value: &impl serde::Serialize) -> Self {
        let body = serde_json::to_vec(value).unwrap_or_else(|_| b"{}".to_vec());
        Self::text(status, "application/json", body)
    }
    pub fn redirect(status: StatusCode, location: &str) -> Self {
        Self::new(status).with("location", location)
    }
    /// Sets a header. A value that no header can carry (control characters) is left out: it was never ours.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl AsRef<str>) -> Self {
        if let Ok(value) = HeaderValue::from_str(value.as_ref()) {
            self.headers.insert(HeaderName::from_static(name), value);
        }
        self
    }
    /// Adds a header beside those of the same name.
    #[must_use]
    pub fn also(mut self, name: &'static str, value: impl AsRef<str>) -> Self {
        if let Ok(value) = HeaderValue::from_str(value.as_ref()) {
            self.headers.append(HeaderName::from_static(name), value);
        }
        self
    }
}
