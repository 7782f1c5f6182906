//! Who an access token is about (`OpenID` Connect Core §5.3). Values are strings, as AWS's.

use super::error::{self, no_store};
use crate::flow::token;
use crate::message::{Request, Response};
use crate::web::visit::Visit;
use domain::error::{Error, Refusal};
use domain::jose::MAX_TOKEN;
use domain::session::CheckToken;
use http::StatusCode;
use serde_json::{Map, Value, json};

pub(super) async fn user_info(visit: Visit) -> Response {
    let Some(token) = bearer(&visit.request) else {
        return refuse(StatusCode::BAD_REQUEST, "invalid_request", "an access token is needed as bearer");
    };
    match claims(&visit, token).await {
        Ok(claims) => no_store(Response::json(StatusCode::OK, &claims)),
        Err(Error::Refused(refusal)) => refused(&refusal),
        Err(fault @ Error::Fault(_)) => error::answer(&visit.edge, &fault),
    }
}

async fn claims(visit: &Visit, token: &str) -> Result<Map<String, Value>, Error> {
    let (pool, access) = token::verify_access(&visit.edge, token).await?;
    if pool.id != visit.pool.id {
        return Err(Refusal::AccessTokenInvalid.into());
    }
    if !access.has("openid") {
        return Err(Refusal::AccessTokenScope.into());
    }
    let (_, client) = visit.edge.client_named(&access.client_id).await?;
    let command = |_: &domain::pool::UserPool| CheckToken { proof: access.proof.clone() };
    let user = visit.edge.call_shard(&pool, access.shard(pool.placement), command).await?;
    let scopes: Vec<&str> = access.scope.split(' ').collect();
    let mut claims = Map::new();
    claims.insert("sub".into(), json!(user.sub));
    for (name, value) in token::readable(&user, &client, &scopes) {
        let value = match value {
            Value::Bool(flag) => json!(flag.to_string()),
            Value::Number(number) => json!(number.to_string()),
            other => other,
        };
        claims.insert(name, value);
    }
    claims.insert("username".into(), json!(user.username));
    Ok(claims)
}

/// Whatever no longer stands behind a token, the token is what is wrong with the request.
fn refused(refusal: &Refusal) -> Response {
    match error::of(refusal) {
        (_, "invalid_grant" | "invalid_client", _) => {
            refuse(StatusCode::UNAUTHORIZED, "invalid_token", "the access token was revoked")
        }
        (status, code @ ("invalid_token" | "insufficient_scope"), description) => {
            refuse(status, code, description)
        }
        (status, code, description) => error::json(status, code, description),
    }
}

/// An error as bearer tokens have it (RFC 6750 §3).
fn refuse(status: StatusCode, code: &'static str, description: &str) -> Response {
    error::json(status, code, description)
        .with("www-authenticate", format!("Bearer error=\"{code}\", error_description=\"{description}\""))
}

fn bearer(request: &Request) -> Option<&str> {
    let (scheme, token) = request.header("authorization")?.split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty() && token.len() <= MAX_TOKEN).then_some(token)
}
