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

/// A request's body, which its door may leave unread; nothing once it has ended.
#[derive(Clone)]
struct Shared(Rc<RefCell<Option<ByteStream>>>);

/// What a door leaves of a request's body.
pub(crate) struct Rest(Shared);

impl Stream for Shared {
    type Item = Result<Vec<u8>, BodyFault>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Ok(mut held) = self.0.try_borrow_mut() else { return Poll::Ready(None) };
        let Some(stream) = held.as_mut() else { return Poll::Ready(None) };
        let next = stream.as_mut().poll_next(cx);
        if let Poll::Ready(None | Some(Err(_))) = next {
            *held = None;
        }
        next
    }
}

impl Body {
    /// The same body, and a hold on what will be left of it.
    pub(crate) fn share(self) -> (Self, Option<Rest>) {
        match self {
            Self::Stream(stream) => {
                let stream = Shared(Rc::new(RefCell::new(Some(stream))));
                (Self::Stream(Box::pin(stream.clone())), Some(Rest(stream)))
            }
            other => (other, None),
        }
    }
}

impl Rest {
    /// What is left, if nobody has the body any more: one that went on to an upstream or a bucket is theirs to read, and a
    /// stream wakes only one reader.
    pub(crate) fn unread(self) -> Option<ByteStream> {
        Rc::into_inner(self.0.0)?.into_inner()
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
    /// Its twin, for a door that may have to serve it anew; `None` where the body is yet to be read.
    pub(crate) fn twin(&self) -> Option<Self> {
        let body = match &self.body {
            Body::Empty => Body::Empty,
            Body::Bytes(bytes) => Body::Bytes(bytes.clone()),
            Body::Stream(_) | Body::Held(_) => return None,
        };
        Some(Self {
            method: self.method.clone(),
            origin: self.origin.clone(),
            host: self.host.clone(),
            target: self.target.clone(),
            headers: self.headers.clone(),
            body,
            caller: self.caller.clone(),
            sent_accept_encoding: self.sent_accept_encoding.clone(),
        })
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
