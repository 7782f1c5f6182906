//! Everything the Worker tier needs from the world. The runtime implements it over workerd's bindings, the tests over
//! native objects, and nothing else in this crate talks to either.

use crate::message::{Body, ByteStream};
use domain::address::Address;
use domain::jose::{Keys, LocalBoxFuture};
use domain::random::Random;
use domain::seal::KeyRing;
use http::{HeaderMap, Method, StatusCode};
use std::rc::Rc;

pub trait Platform {
    fn settings(&self) -> &Settings;
    /// Epoch seconds by the Worker's clock: for tokens and signatures, never for a decision in a shard.
    fn now(&self) -> i64;
    /// Milliseconds, for durations in the log.
    fn ticks(&self) -> f64;
    fn random(&self) -> &dyn Random;
    fn keys(&self) -> &dyn Keys;
    /// Delivers an encoded command to an object, once. How long that may take is the caller's to say.
    fn call<'a>(
        &'a self,
        to: &'a Address,
        command: Vec<u8>,
    ) -> LocalBoxFuture<'a, Result<Vec<u8>, CallFault>>;
    /// Ends after so many milliseconds; never, where time stands still.
    fn delay(&self, _milliseconds: u32) -> LocalBoxFuture<'_, ()> {
        Box::pin(std::future::pending())
    }
    /// Whether local runs' outbox is bound.
    fn has_outbox(&self) -> bool;
    fn fetch(&self, request: Outbound) -> LocalBoxFuture<'_, Result<Inbound, CallFault>>;
    /// The bucket behind a binding's name.
    fn bucket(&self, binding: &str) -> Option<Rc<dyn Bucket>>;
    /// A file of the build or of `public/`, by path, within a deadline.
    fn asset(&self, path: &str) -> LocalBoxFuture<'_, Result<Option<Asset>, CallFault>>;
    /// Runs `work` to its end even when the client hangs up.
    fn detach(&self, work: LocalBoxFuture<'static, ()>);
    /// Writes one line.
    fn log(&self, line: &str);
    /// Seconds added to the objects' clocks; other than 0 only where the local test clock is bound.
    fn clock_offset(&self) -> i64;
}

/// An object or upstream did not answer: deadline, crash, network. It says nothing about whether a command committed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallFault(pub String);

/// The deployment's configuration.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the AWS APIs and issuers live, without a trailing slash, such as `https://id.example.com`.
    pub origin: String,
    /// A local run's second origin, encrypted, such as `https://localhost:8788`. A deployment has none.
    pub tls_origin: Option<String>,
    pub region: String,
    /// Twelve digits.
    pub account: String,
    /// Demo, outbox and test clock may exist.
    pub local: bool,
    /// Shards of a new pool.
    pub shards: u16,
    pub argon2: Argon2Cost,
    pub keys: KeyRing,
    pub operators: Vec<Operator>,
    /// Issuers have AWS's own form rather than this deployment's origin.
    pub aws_issuer: bool,
}

/// Cost of a new password hash. Recorded with each hash, so a change touches only what is hashed later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argon2Cost {
    pub memory_kib: u32,
    pub passes: u32,
    pub lanes: u32,
}

/// A root access key of the deployment.
#[derive(Clone, Debug)]
pub struct Operator {
    pub access_key_id: String,
    pub secret: domain::secret::Secret<String>,
}

/// A request to an upstream.
#[derive(Debug)]
pub struct Outbound {
    pub method: Method,
    pub url: String,
    pub headers: HeaderMap,
    pub body: Body,
    /// Milliseconds until the answer's head must be there.
    pub deadline: u32,
}

/// An upstream's answer. Redirects are not followed.
#[derive(Debug)]
pub struct Inbound {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Body,
}

#[derive(Debug)]
pub struct Asset {
    pub content_type: String,
    pub body: Vec<u8>,
}

/// A bucket of objects.
pub trait Bucket {
    /// Stores `body`, exactly `length` bytes; nothing becomes visible unless the stream ends well.
    fn put<'a>(
        &'a self,
        key: &'a str,
        length: u64,
        body: ByteStream,
        metadata: ObjectMetadata,
    ) -> LocalBoxFuture<'a, Result<Stored, CallFault>>;
    /// `range` is first byte and length.
    fn get<'a>(
        &'a self,
        key: &'a str,
        range: Option<(u64, u64)>,
    ) -> LocalBoxFuture<'a, Result<Option<(Stored, ByteStream)>, CallFault>>;
    fn head<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, Result<Option<Stored>, CallFault>>;
    fn delete<'a>(&'a self, key: &'a str) -> LocalBoxFuture<'a, Result<(), CallFault>>;
    fn list<'a>(&'a self, ask: &'a ListObjects) -> LocalBoxFuture<'a, Result<ObjectPage, CallFault>>;
}

/// What a client may say of an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectMetadata {
    pub content_type: Option<String>,
    pub cache_control: Option<String>,
    pub content_disposition: Option<String>,
    pub content_encoding: Option<String>,
    pub content_language: Option<String>,
    /// `x-amz-meta-*`, names in lower case without the prefix.
    pub custom: Vec<(String, String)>,
}

/// An object in a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub key: String,
    pub size: u64,
    /// Without quotes.
    pub etag: String,
    /// Epoch milliseconds.
    pub uploaded: i64,
    pub metadata: ObjectMetadata,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListObjects {
    pub prefix: String,
    pub delimiter: Option<String>,
    /// The bucket's own cursor.
    pub cursor: Option<String>,
    pub start_after: Option<String>,
    pub limit: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectPage {
    pub objects: Vec<Stored>,
    pub prefixes: Vec<String>,
    pub cursor: Option<String>,
}
