//! How a client says who it is (RFC 6749 §2.3): Basic, in the form, or, without a secret, by its id alone.

use super::error;
use crate::edge::Edge;
use crate::flow::secret;
use crate::message::{Request, Response};
use crate::path::{Pairs, Plus};
use crate::web::ask::{self, Wrong};
use crate::web::visit::Visit;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::error::Error;
use domain::pool::Client;
use http::StatusCode;
use std::rc::Rc;

/// The longest `Authorization` header read, in bytes.
const LONGEST: usize = 1024;

/// What a client presented.
#[derive(Debug, PartialEq, Eq)]
struct Presented {
    id: String,
    secret: Option<String>,
    /// By header, so the refusal names the scheme.
    basic: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Unreadable {
    /// Two ways at once, or a parameter twice.
    Ambiguous,
    /// Nothing, or nothing that reads.
    Missing { basic: bool },
}

/// Why a caller is not a client.
#[derive(Debug)]
pub(super) enum Denied {
    Ambiguous,
    /// Unknown, or not proven.
    Invalid {
        basic: bool,
    },
    /// We could not find out.
    Failed(Error),
}

impl Denied {
    /// What the caller is told, with this status when it is no client of ours (RFC 6749 §5.2: 401 after a header, 400 or
    /// 401 else).
    pub(super) fn answer(&self, edge: &Edge, invalid: StatusCode) -> Response {
        let description = "the client is unknown or did not prove itself";
        match self {
            Self::Ambiguous => error::json(
                StatusCode::BAD_REQUEST,
                "invalid_request",
                "the client authenticates in more than one way",
            ),
            Self::Invalid { basic: true } => {
                error::json(StatusCode::UNAUTHORIZED, "invalid_client", description)
                    .with("www-authenticate", "Basic realm=\"oauth2\"")
            }
            Self::Invalid { basic: false } => error::json(invalid, "invalid_client", description),
            Self::Failed(failed) => error::answer(edge, failed),
        }
    }
}

/// The client that calls, proven.
pub(super) async fn client(visit: &Visit, form: &Pairs) -> Result<Rc<Client>, Denied> {
    let presented = presented(&visit.request, form).map_err(|why| match why {
        Unreadable::Ambiguous => Denied::Ambiguous,
        Unreadable::Missing { basic } => Denied::Invalid { basic },
    })?;
    let invalid = Denied::Invalid { basic: presented.basic };
    let client = match ask::client_of(&visit.edge, &visit.pool, &presented.id).await {
        Ok(client) => client,
        Err(Wrong::Failed(failed)) => return Err(Denied::Failed(failed)),
        Err(Wrong::Client | Wrong::Redirect | Wrong::Unreadable | Wrong::Told { .. }) => return Err(invalid),
    };
    // Some libraries send an empty secret for a public client.
    let given = presented.secret.as_deref().filter(|secret| !secret.is_empty());
    match secret::check(&visit.edge, &client, given) {
        Ok(()) => Ok(client),
        Err(Error::Refused(_)) => Err(invalid),
        Err(fault @ Error::Fault(_)) => Err(Denied::Failed(fault)),
    }
}

fn presented(request: &Request, form: &Pairs) -> Result<Presented, Unreadable> {
    let field = |name| form.one(name).map_err(|_| Unreadable::Ambiguous);
    let (id, secret) = (field("client_id")?, field("client_secret")?);
    if !request.headers.contains_key("authorization") {
        let id = id.filter(|id| !id.is_empty()).ok_or(Unreadable::Missing { basic: false })?;
        return Ok(Presented { id: id.to_owned(), secret: secret.map(str::to_owned), basic: false });
    }
    if secret.is_some() {
        return Err(Unreadable::Ambiguous);
    }
    let (named, secret) =
        request.header("authorization").and_then(basic).ok_or(Unreadable::Missing { basic: true })?;
    if id.is_some_and(|id| id != named) {
        return Err(Unreadable::Ambiguous);
    }
    Ok(Presented { id: named, secret: Some(secret), basic: true })
}

/// Id and secret of a Basic header; both were encoded as in forms before they were joined (RFC 6749 §2.3.1).
fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, value) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") || value.len() > LONGEST {
        return None;
    }
    let joined = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    let (id, secret) = joined.split_once(':')?;
    Some((decode(id)?, decode(secret)?))
}

fn decode(text: &str) -> Option<String> {
    // An `&` or `=` would have been encoded; as they stand they would be read as more than one value.
    if text.contains(['&', '=']) {
        return None;
    }
    let pairs = Pairs::read(&format!("v={text}"), Plus::Space, 1).ok()?;
    pairs.one("v").ok()?.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing;
    use http::HeaderValue;

    fn read(header: Option<&str>, form: &str) -> Result<Presented, Unreadable> {
        let mut request = testing::request("https://id.example.com", "id.example.com", "/oauth2/token");
        if let Some(header) = header {
            let value = format!("Basic {}", STANDARD.encode(header));
            request.headers.insert("authorization", HeaderValue::from_str(&value).unwrap());
        }
        presented(&request, &Pairs::read(form, Plus::Space, 100).unwrap())
    }
    #[expect(clippy::unnecessary_wraps, reason = "it is compared with what `read` gives")]
    fn said(id: &str, secret: Option<&str>, basic: bool) -> Result<Presented, Unreadable> {
        Ok(Presented { id: id.into(), secret: secret.map(str::to_owned), basic })
    }

    #[test]
    fn a_client_says_who_it_is_in_one_of_three_ways() {
        assert_eq!(read(Some("c1:s%2B1"), ""), said("c1", Some("s+1"), true));
        assert_eq!(read(Some("c1:s"), "client_id=c1"), said("c1", Some("s"), true));
        assert_eq!(read(None, "client_id=c1&client_secret=s"), said("c1", Some("s"), false));
        assert_eq!(read(None, "client_id=c1"), said("c1", None, false));
    }

    #[test]
    fn two_ways_at_once_are_refused() {
        assert_eq!(read(Some("c1:s"), "client_secret=s"), Err(Unreadable::Ambiguous));
        assert_eq!(read(Some("c1:s"), "client_id=c2"), Err(Unreadable::Ambiguous));
        assert_eq!(read(None, "client_id=c1&client_id=c1"), Err(Unreadable::Ambiguous));
    }

    #[test]
    fn a_header_that_does_not_read_is_no_client() {
        assert_eq!(read(None, ""), Err(Unreadable::Missing { basic: false }));
        for header in ["c1", "c1:s%zz", "a=b&c:s"] {
            assert_eq!(
                read(Some(header), "client_id=c1"),
                Err(Unreadable::Missing { basic: true }),
                "{header}"
            );
        }
    }
}
