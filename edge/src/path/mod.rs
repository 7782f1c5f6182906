//! The one path of a request, kept as it was received.
//!
//! Runtimes differ in what they hand over: some resolve `/a/../b`, `%2e%2e` and `\`, some do not, and an outbound fetch
//! resolves them once more. If a route were chosen by one spelling and served by another, `/public/%2e%2e/admin` would
//! pass. So the received text is read once, here, and everybody asks this value:
//!
//! | who | asks | sees |
//! |---|---|---|
//! | `SigV4` | [`Path::raw`], [`Path::raw_query`] | the bytes that were signed |
//! | every route table but S3's | [`Path::plain`] | the decoded path, or a refusal of whatever two readers could read in two ways |
//! | S3 | [`Path::s3_object`], [`Path::s3_key`] | the key, decoded exactly once, for policy and bucket alike |
//! | a proxy | [`Path::upstream`] | a URL that a URL parser reads back unchanged |
//!
//! A path that is not plain is an error only to those who ask for a plain one, because S3 keys may hold anything.

mod key;
mod plain;
mod query;
#[cfg(test)]
mod tests;
mod upstream;

use std::fmt;

pub use key::{MAX_KEY_BYTES, Object};
pub use query::{MAX_QUERY_PAIRS, Pairs, Plus};
pub use upstream::{Base, UpstreamError};

/// The longest path, in bytes as received.
pub const MAX_PATH_BYTES: usize = 8_192;
/// The longest query, in bytes as received: presigned URLs carry a session token there.
pub const MAX_QUERY_BYTES: usize = 16_384;

/// Path and query of one request.
#[derive(Clone, PartialEq, Eq)]
pub struct Path {
    raw: String,
    query: Option<String>,
    plain: Result<String, PathError>,
}

/// Why a path, a key or a query is refused. Every door answers 400.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathError {
    /// The target does not begin with `/`.
    NotAbsolute,
    TooLong,
    /// A raw control character, a space or a `#`, which no client sends; or, in a plain path, an encoded control.
    Control,
    /// A `%` without two hexadecimal digits.
    Encoding,
    /// A NUL, encoded.
    Nul,
    /// `.` or `..` in any spelling, also with a path parameter (`..;x`).
    DotSegment,
    /// `//`, which some readers fold.
    EmptySegment,
    /// A backslash, or an encoded slash or backslash.
    Separator,
    NonAscii,
    /// A character that URL parsers encode on the way: `"`, `<`, `>`, `^`, `` ` ``, `{`, `}`.
    Unencoded,
    /// A dot, slash, backslash or NUL that is encoded twice.
    EncodedTwice,
    /// Bytes that are not UTF-8 once decoded.
    Utf8,
    /// The path is not below the prefix that was asked for.
    Elsewhere,
    /// A bucket name that cannot be one.
    Bucket,
    /// A key of nought or of more than [`MAX_KEY_BYTES`] bytes.
    KeyLength,
    /// A key whose `..` leave the bucket, which S3 refuses too.
    KeyClimbs,
    TooManyPairs,
    /// A parameter that may stand once stands twice.
    Repeated,
}

impl Path {
    /// Reads a request target in origin form (`/path?query`) and keeps it verbatim.
    ///
    /// Refused for every door alike: what does not begin with `/`, is too long, holds a control character, a space or
    /// `#`, or a `%` in the path that encodes nothing.
    pub fn parse(raw_target: &str) -> Result<Self, PathError> {
        let (raw, query) = match raw_target.split_once('?') {
            Some((raw, query)) => (raw, Some(query)),
            None => (raw_target, None),
        };
        if raw.len() > MAX_PATH_BYTES || query.is_some_and(|query| query.len() > MAX_QUERY_BYTES) {
            return Err(PathError::TooLong);
        }
        if !raw.starts_with('/') {
            return Err(PathError::NotAbsolute);
        }
        if raw_target.contains(|c: char| c.is_control() || c == ' ' || c == '#') {
            return Err(PathError::Control);
        }
        let plain = match query::decode(raw, Plus::Literal) {
            Ok(decoded) => plain::check(raw, decoded),
            Err(error) => return Err(error),
        };
        Ok(Self { raw: raw.to_owned(), query: query.map(str::to_owned), plain })
    }

    /// Reads the target out of an absolute `http` or `https` URL, as a runtime hands it over, without normalising it.
    pub fn of_url(raw_url: &str) -> Result<Self, PathError> {
        let (scheme, rest) = raw_url.split_once("://").ok_or(PathError::NotAbsolute)?;
        if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
            return Err(PathError::NotAbsolute);
        }
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        match rest.split_at_checked(end) {
            Some((_, "")) => Self::parse("/"),
            Some((_, target)) if target.starts_with('?') => Self::parse(&format!("/{target}")),
            Some((_, target)) => Self::parse(target),
            None => Err(PathError::NotAbsolute),
        }
    }

    /// The path as received, without the query.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The query as received, without the `?`; `None` if there was no `?`.
    pub fn raw_query(&self) -> Option<&str> {
        self.query.as_deref()
    }

    /// The decoded path, if it can be read in one way only. This is what routes are matched against, so that
    /// `/%61dmin` is `/admin` to the table as it is to the upstream.
    pub fn plain(&self) -> Result<&str, PathError> {
        self.plain.as_deref().map_err(|error| *error)
    }

    /// The decoded parameters of the query, at most [`MAX_QUERY_PAIRS`].
    pub fn query(&self, plus: Plus) -> Result<Pairs, PathError> {
        Pairs::read(self.raw_query().unwrap_or_default(), plus, MAX_QUERY_PAIRS)
    }

    /// The key that stands after `prefix`, which ends with `/`: `/files/` where a route is a bucket, `/` on a bucket's
    /// own host. Decoded once.
    pub fn s3_key(&self, prefix: &str) -> Result<String, PathError> {
        key::read(self.raw.strip_prefix(prefix).ok_or(PathError::Elsewhere)?)
    }

    /// Bucket and key after `prefix`, path-style; `None` if neither is named.
    pub fn s3_object(&self, prefix: &str) -> Result<Option<Object<'_>>, PathError> {
        key::object(&self.raw, prefix)
    }

    /// The URL of this request below `base`. Built from the plain path as received, then read again by a URL parser and
    /// compared, unless it holds nothing that a parser could read in another way.
    pub fn upstream(&self, base: &Base) -> Result<String, UpstreamError> {
        upstream::url(self, base)
    }
}

/// Queries carry codes and signatures: only the path is shown.
impl fmt::Debug for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Path({:?}{})", self.raw, if self.query.is_some() { "?.." } else { "" })
    }
}

impl fmt::Display for PathError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAbsolute => "the request target is not an absolute path",
            Self::TooLong => "the request target is too long",
            Self::Control => "the request target holds a control character, a space or `#`",
            Self::Encoding => "a `%` is not followed by two hexadecimal digits",
            Self::Nul => "the request target holds a nul",
            Self::DotSegment => "the path holds a `.` or `..` segment",
            Self::EmptySegment => "the path holds an empty segment",
            Self::Separator => "the path holds a backslash or an encoded slash",
            Self::NonAscii => "the path holds a character that is not ascii and not encoded",
            Self::Unencoded => "the path holds a character that has to be encoded",
            Self::EncodedTwice => "the path is encoded twice",
            Self::Utf8 => "the request target is not utf-8 once decoded",
            Self::Elsewhere => "the path is not below the expected prefix",
            Self::Bucket => "the bucket name is not valid",
            Self::KeyLength => "the key is empty or longer than 1024 bytes",
            Self::KeyClimbs => "the key leaves its bucket",
            Self::TooManyPairs => "there are too many parameters",
            Self::Repeated => "a parameter is repeated",
        })
    }
}

impl std::error::Error for PathError {}
