//! `OpenID` Connect and OAuth 2.0: discovery and keys below the issuer, the endpoints below a pool's domain.
//!
//! <https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints.html>

mod authorize;
mod client_auth;
mod cors;
mod discovery;
mod error;
mod logout;
mod revoke;
mod token;
mod user_info;

use crate::edge::Edge;
use crate::hosts::Site;
use crate::jwks::jwks;
use crate::message::{Request, Response};
use crate::path::Path;
use crate::web::visit::Visit;
use http::{Method, StatusCode};

/// The paths within a site that are this door's.
pub(crate) fn is_endpoint(within: &str) -> bool {
    within.starts_with("/oauth2/") || within == "/logout"
}

/// Serves an endpoint of a site; `within` is the path in it. Gives the operation's name for the log.
pub(crate) async fn serve(
    edge: &Edge,
    request: Request,
    path: &Path,
    site: Site,
    within: &str,
) -> (String, Response) {
    let (name, methods): (&str, &[Method]) = match within {
        "/oauth2/authorize" => ("authorize", &[Method::GET, Method::POST]),
        "/oauth2/token" => ("token", &[Method::POST]),
        "/oauth2/userInfo" => ("userInfo", &[Method::GET, Method::POST]),
        "/oauth2/revoke" => ("revoke", &[Method::POST]),
        "/logout" => ("logout", &[Method::GET]),
        _ => return ("unknown".into(), cors::open(error::not_found())),
    };
    let for_scripts = matches!(name, "token" | "userInfo" | "revoke");
    if for_scripts && request.method == Method::OPTIONS {
        return (name.into(), cors::preflight(methods));
    }
    if !methods.contains(&request.method) {
        let response =
            error::json(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", "the method is not allowed");
        let allowed: Vec<&str> = methods.iter().map(Method::as_str).collect();
        return (name.into(), cors::open(response.with("allow", allowed.join(", "))));
    }
    let visit = match Visit::enter(edge, site, request, path).await {
        Ok(visit) => visit,
        Err(response) => return (name.into(), if for_scripts { cors::open(response) } else { response }),
    };
    let response = match name {
        "authorize" => authorize::authorize(visit).await,
        "logout" => logout::logout(visit).await,
        "token" => cors::open(token::token(visit).await),
        "userInfo" => cors::open(user_info::user_info(visit).await),
        _ => cors::open(revoke::revoke(visit).await),
    };
    (name.into(), response)
}

/// Serves `/<pool id>/.well-known/…`; `None` for any other path.
pub(crate) async fn serve_well_known(
    edge: &Edge,
    request: &Request,
    plain: &str,
) -> Option<(String, Response)> {
    let (pool, document) = plain.strip_prefix('/')?.split_once("/.well-known/")?;
    let name = match document {
        "openid-configuration" => "openid-configuration",
        "jwks.json" => "jwks",
        _ => return None,
    };
    let response = match request.method {
        Method::OPTIONS => cors::preflight(&[Method::GET]),
        Method::GET | Method::HEAD => match edge.pool_named(pool).await {
            Ok(pool) if name == "jwks" => jwks(edge, &pool.keys),
            Ok(pool) => discovery::discovery(edge, request, &pool),
            Err(error) => error::answer(edge, &error),
        },
        _ => error::json(StatusCode::METHOD_NOT_ALLOWED, "invalid_request", "the method is not allowed")
            .with("allow", "GET"),
    };
    Some((name.into(), cors::open(response)))
}
