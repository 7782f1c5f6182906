//! Routes of kind `jwt`, answering as API Gateway's HTTP APIs with a JWT authorizer.

use super::{Proved, refusal};
use crate::edge::Edge;
use crate::flow::gate::{self, Unproven};
use crate::message::{Request, Response};
use domain::gate::{Require, Route, TokenUse};

pub(super) async fn prove(
    edge: &Edge,
    request: &Request,
    route: &Route,
    pools: &[String],
    token_use: TokenUse,
) -> Result<Proved, Box<Response>> {
    let scopes = &route.require;
    let invalid =
        |why: &str| Box::new(challenge(refusal::unauthorized(), scopes, Some(("invalid_token", why))));
    let Some(value) = request.headers.get(http::header::AUTHORIZATION) else {
        return Err(Box::new(challenge(refusal::unauthorized(), scopes, None)));
    };
    let token = request.header("authorization").map(bearer).filter(|token| !token.is_empty());
    let token = token.ok_or_else(|| {
        invalid(if value.is_empty() { "there is no token" } else { "the token is malformed" })
    })?;
    let subject = match gate::bearer(edge, pools, token_use, token).await {
        Ok(subject) => subject,
        Err(Unproven::Invalid(why)) => return Err(invalid(why)),
        Err(Unproven::Failed(error)) => return Err(Box::new(refusal::failed(edge, &error))),
    };
    if !scopes.admits_client(&subject) {
        return Err(invalid("the token does not have a valid audience"));
    }
    if !scopes.met_by(&subject) {
        let why = ("insufficient_scope", "the token does not allow this");
        return Err(Box::new(challenge(refusal::forbidden(), scopes, Some(why))));
    }
    Ok(subject)
}

/// The token of `Bearer <token>`, or a bare one.
fn bearer(value: &str) -> &str {
    let value = value.trim();
    match value.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => value,
    }
}

/// RFC 6750 §3. Scopes and texts are quoted strings of harmless letters: scopes come from the operator.
fn challenge(response: Response, require: &Require, error: Option<(&'static str, &str)>) -> Response {
    let Some((error, why)) = error else { return response.with("www-authenticate", "Bearer") };
    let scope: String = require.scopes.join(" ").chars().filter(|c| !matches!(c, '"' | '\\')).collect();
    let value = format!("Bearer scope=\"{scope}\" error=\"{error}\" error_description=\"{why}\"");
    response.with("www-authenticate", value).told(error)
}
