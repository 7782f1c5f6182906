//! The public keys of a pool's `OpenID` tokens (RFC 7517 §5). AWS has one set for all pools; here each has its own.

use crate::edge::Edge;
use crate::flow::identity;
use crate::message::{Request, Response};
use domain::error::{Error, Refusal};
use domain::identity::IdentityPool;
use http::{Method, StatusCode};
use serde_json::{Value, json};

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
            Ok(pool) => jwks(&pool),
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

fn jwks(pool: &IdentityPool) -> Response {
    // A token lives for minutes and keys are never retired so far: all of them count.
    let keys: Vec<Value> = pool.keys.iter().filter_map(|key| published(&key.public, &key.kid)).collect();
    Response::json(StatusCode::OK, &json!({ "keys": keys })).with("cache-control", "public, max-age=300")
}

/// Members are taken by name, so that nothing else that may be stored gets out.
fn published(public: &str, kid: &str) -> Option<Value> {
    let stored: Value = serde_json::from_str(public).ok()?;
    let member = |name: &str| stored.get(name).cloned();
    Some(json!({
        "kty": member("kty")?,
        "n": member("n")?,
        "e": member("e")?,
        "kid": kid,
        "alg": "RS512",
        "use": "sig",
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_published_with_its_public_members_only() {
        let stored = r#"{"kty":"RSA","n":"AQ","e":"AQAB","d":"secret"}"#;
        let expected =
            json!({ "kty": "RSA", "n": "AQ", "e": "AQAB", "kid": "k1", "alg": "RS512", "use": "sig" });
        assert_eq!(published(stored, "k1"), Some(expected));
        assert_eq!(published(r#"{"kty":"oct","k":"AQ"}"#, "k1"), None);
    }
}
