//! The URL of an upstream request, and the proof that nothing in it changes on the way.

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use url::Url;

use super::{Path, PathError};

/// Why there is no upstream URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UpstreamError {
    /// The request's path is not plain: 400.
    Path(PathError),
    /// The configured base is not an `http` or `https` URL of scheme, host, port and plain path: ours, 500.
    Base,
    /// A URL parser reads the result differently: ours, 500, and nothing is sent.
    Changed,
}

/// An upstream's URL as an operator configured it, read once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// As a URL parser writes it.
    origin: String,
    /// The same, without a slash at its end.
    path: String,
}

impl Base {
    /// Reads an `http` or `https` URL of scheme, host, port and plain path.
    pub fn read(url: &str) -> Result<Self, UpstreamError> {
        let url = read_base(url).ok_or(UpstreamError::Base)?;
        let path = url.path().trim_end_matches('/').to_owned();
        Ok(Self { origin: url.origin().ascii_serialization(), path })
    }
}

pub(super) fn url(path: &Path, base: &Base) -> Result<String, UpstreamError> {
    path.plain().map_err(UpstreamError::Path)?;
    let whole = format!("{}{}", base.path, path.raw());
    let mut target = format!("{}{whole}", base.origin);
    let query = path.raw_query().map(settle);
    if let Some(query) = &query {
        target.extend(["?", query]);
    }
    if is_inert(path.raw()) && query.as_deref().is_none_or(is_inert) {
        return Ok(target);
    }
    let read = Url::parse(&target).map_err(|_| UpstreamError::Changed)?;
    let same = read.as_str() == target
        && read.origin().ascii_serialization() == base.origin
        && read.path() == whole
        && read.query() == query.as_deref()
        && read.fragment().is_none();
    if same { Ok(target) } else { Err(UpstreamError::Changed) }
}

/// Whether this is of characters only that no URL parser turns into others, so that none need be asked. Of a path: its
/// dot segments have been refused.
fn is_inert(text: &str) -> bool {
    text.bytes()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, b'/' | b'-' | b'_' | b'.' | b'~' | b'=' | b'&'))
}

fn read_base(base: &str) -> Option<Url> {
    // A URL parser would drop or turn these without a word.
    if base.contains(|c: char| c.is_control() || c == ' ' || c == '\\') {
        return None;
    }
    // The path as written, because the parser has resolved the dots of its own.
    Path::of_url(base).ok()?.plain().ok()?;
    let url = Url::parse(base).ok()?;
    let only_origin_and_path = matches!(url.scheme(), "http" | "https")
        && url.has_host()
        && url.username().is_empty()
        && url.password().is_none()
        && url.query().is_none()
        && url.fragment().is_none();
    only_origin_and_path.then_some(url)
}

/// What URL parsers encode of a query.
const UNSETTLED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'\'').add(b'<').add(b'>').add(b'#');

/// Encodes what URL parsers would encode, so that they find nothing left to do.
fn settle(query: &str) -> String {
    utf8_percent_encode(query, UNSETTLED).to_string()
}

impl fmt::Display for UpstreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(error) => error.fmt(f),
            Self::Base => f.write_str("the upstream is not a plain http or https url"),
            Self::Changed => f.write_str("the upstream url would change on the way"),
        }
    }
}

impl std::error::Error for UpstreamError {}
