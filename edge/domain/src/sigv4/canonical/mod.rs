//! The canonical request: one spelling for all the ways to write the same request.

mod headers;
mod path;
#[cfg(test)]
mod properties;
pub(super) mod query;

pub(super) use path::PathRule;

use super::{Request, SigError};

const MAX_PATH: usize = 16 * 1024;
const MAX_QUERY: usize = 64 * 1024;

/// Everything above the payload's line: method, path, query, headers and the list of their names, each ending
/// in a newline.
///
/// `signed` holds lower-case header names in order; `unsigned` names a query parameter to leave out.
pub(super) fn head(
    request: &Request<'_>,
    rule: PathRule,
    signed: &[String],
    unsigned: Option<&str>,
) -> Result<String, SigError> {
    // Anything else could smuggle a line into the canonical request.
    if request.method.is_empty() || !request.method.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(SigError::Malformed("the method"));
    }
    if request.path.len() > MAX_PATH {
        return Err(SigError::TooLong("the path"));
    }
    if request.query.len() > MAX_QUERY {
        return Err(SigError::TooLong("the query"));
    }
    if !request.path.is_empty() && !request.path.starts_with('/') {
        return Err(SigError::Malformed("the path"));
    }
    let mut head = String::with_capacity(512 + request.path.len() + request.query.len());
    head.push_str(request.method);
    head.push('\n');
    path::write(request.path, rule, &mut head);
    head.push('\n');
    query::write(request.query, unsigned, &mut head);
    head.push('\n');
    headers::write(request, signed, &mut head);
    head.push('\n');
    head.push_str(&signed.join(";"));
    head.push('\n');
    Ok(head)
}
