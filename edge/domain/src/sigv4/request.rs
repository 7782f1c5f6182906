//! The request as it was received, which is what was signed.

use std::fmt;

use super::SigError;

/// A request line and its headers, undecoded and unnormalised.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    /// Upper-case, as sent.
    pub method: &'a str,
    /// The path before `?`, percent-encoded as it came.
    pub path: &'a str,
    /// The query after `?`, percent-encoded as it came; empty when there is none.
    pub query: &'a str,
    /// Every header in order of arrival, `host` among them. Values a runtime has already joined with `, `
    /// verify only if they were signed so.
    pub headers: &'a [(&'a str, &'a str)],
    /// What the client sent as `accept-encoding`, where a proxy is known to rewrite it: Go clients sign that
    /// header.
    pub accept_encoding: Option<&'a str>,
}

impl<'a> Request<'a> {
    /// The one value of a header, or none; two are refused, since each side might believe another one.
    pub(super) fn header(&self, name: &'static str) -> Result<Option<&'a str>, SigError> {
        let mut values = self.values(name);
        let value = values.next();
        if values.next().is_some() { Err(SigError::Duplicate(name)) } else { Ok(value) }
    }

    /// Every value of a header, in order.
    pub(super) fn values<'n>(&self, name: &'n str) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        let replaced = if name.eq_ignore_ascii_case("accept-encoding") { self.accept_encoding } else { None };
        let received = if replaced.is_some() { &[] } else { self.headers };
        let named = received.iter().filter(move |(other, _)| other.eq_ignore_ascii_case(name));
        replaced.into_iter().chain(named.map(|(_, value)| *value))
    }
}

/// Headers and query hold signatures and session tokens, so only the bare target is shown.
impl fmt::Debug for Request<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
