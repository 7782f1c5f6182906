//! The public keys of a pool's `OpenID` tokens (RFC 7517 §5). AWS has one set for all pools; here each has its own.

use crate::edge::Edge;
use crate::flow::identity;
use crate::jwks::jwks;
use crate::message::{Request, Response};
use domain::error::{Error, Refusal};
use http::{Method, StatusCode};

const JWKS: &str = "/.well-known/jwks.json";

/// Serves `/<identity pool id>/.well-known/jwks.json`; `None` when the path is another.
pub(crate) async fn serve_well_known(
    edge: &Edge,
    request: &Request,
    plain: &str,
) -> Option<(String, Response)> {
    let id = plain.strip_prefix('/')?.strip_suffix(JWKS)?;
    if id.contains('/') || !id.contains(':') {
        return None;
    }
    let text = |status, text: &'static str| Response::text(status, "text/plain; charset=utf-8", text);
    let response = if request.method == Method::GET || request.method == Method::HEAD {
        match identity::pool_named(edge, id).await {
            Ok(pool) => jwks(edge, &pool.keys),
            Err(Error::Refused(Refusal::Busy)) => text(StatusCode::SERVICE_UNAVAILABLE, "busy\n"),
            Err(Error::Refused(_)) => text(StatusCode::NOT_FOUND, "not found\n"),
            Err(Error::Fault(fault)) => {
                edge.log_fault(&fault.to_string());
                text(StatusCode::INTERNAL_SERVER_ERROR, "internal error\n")
            }
        }
    } else {
        text(StatusCode::METHOD_NOT_ALLOWED, "method not allowed\n").with("allow", "GET, HEAD")
    };
    Some(("jwks".to_owned(), response.with("access-control-allow-origin", "*")))
}
