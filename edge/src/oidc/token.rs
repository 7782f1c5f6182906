//! The token endpoint (RFC 6749 §3.2): an authorization code or a refresh token for tokens.

use super::client_auth;
use super::error::{self, no_store};
use crate::flow::{grant, refresh, token::Issued};
use crate::message::Response;
use crate::path::Pairs;
use crate::web::visit::Visit;
use crate::web::{form, pkce};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::pool::Client;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

#[derive(Serialize)]
struct Answer<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id_token: Option<&'a str>,
    access_token: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<&'a str>,
    expires_in: i64,
    token_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
}

pub(super) async fn token(mut visit: Visit) -> Response {
    let form = match form::take(&mut visit.request).await {
        Ok(form) => form,
        Err(fault) => return error::json(fault.status(), "invalid_request", fault.description()),
    };
    // RFC 6749 §3.2: parameters must not be repeated.
    if form.iter().any(|(name, _)| form.one(name).is_err()) {
        return invalid("a parameter is repeated");
    }
    let value = |name| form.one(name).ok().flatten().filter(|value| !value.is_empty());
    let Some(grant_type) = value("grant_type") else { return invalid("grant_type is missing") };
    let client = match client_auth::client(&visit, &form).await {
        Ok(client) => client,
        Err(denied) => return denied.answer(&visit.edge, StatusCode::BAD_REQUEST),
    };
    let issued = match grant_type {
        "authorization_code" => by_code(&visit, &client, &form).await,
        "refresh_token" => by_refresh_token(&visit, &client, &form).await,
        _ => {
            let description = "the grant type is not supported";
            return error::json(StatusCode::BAD_REQUEST, "unsupported_grant_type", description);
        }
    };
    match issued {
        Ok(issued) => {
            // RFC 6749 §3.3: a wish on a refresh is passed over, as AWS does, and what the tokens have is said.
            let scope = value("scope").and_then(|_| scope_of(&issued.access_token));
            no_store(Response::json(StatusCode::OK, &answer(&issued, scope)))
        }
        Err(response) => response,
    }
}

async fn by_code(visit: &Visit, client: &Rc<Client>, form: &Pairs) -> Result<Issued, Response> {
    let value = |name| form.one(name).ok().flatten().filter(|value| !value.is_empty());
    let code = value("code").ok_or_else(|| invalid("code is missing"))?;
    // As at the authorization endpoint: whoever leaves it out means the client's default.
    let redirect_uri = value("redirect_uri")
        .or(client.default_redirect.as_deref())
        .ok_or_else(|| invalid("redirect_uri is missing"))?;
    let challenge = match value("code_verifier") {
        None => None,
        Some(verifier) if pkce::is_verifier(verifier) => Some(pkce::challenge(verifier)),
        Some(_) => return Err(invalid("code_verifier is malformed")),
    };
    let presented = grant::Presented { code, redirect_uri, challenge };
    grant::redeem(&visit.edge, &visit.pool, client, &presented)
        .await
        .map_err(|failed| error::answer(&visit.edge, &failed))
}

async fn by_refresh_token(visit: &Visit, client: &Rc<Client>, form: &Pairs) -> Result<Issued, Response> {
    let value = |name| form.one(name).ok().flatten().filter(|value| !value.is_empty());
    let token = value("refresh_token").ok_or_else(|| invalid("refresh_token is missing"))?;
    let refreshed = refresh::refresh(&visit.edge, &visit.pool, client, token).await;
    refreshed.map_err(|failed| error::answer(&visit.edge, &failed))
}

fn answer(issued: &Issued, scope: Option<String>) -> Answer<'_> {
    Answer {
        id_token: issued.id_token.as_deref(),
        access_token: &issued.access_token,
        refresh_token: issued.refresh_token.as_deref(),
        expires_in: issued.expires_in,
        token_type: "Bearer",
        scope,
    }
}

/// The scope of an access token that we have just signed.
fn scope_of(access_token: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Claims {
        scope: String,
    }
    let payload = URL_SAFE_NO_PAD.decode(access_token.split('.').nth(1)?).ok()?;
    serde_json::from_slice::<Claims>(&payload).ok().map(|claims| claims.scope)
}

fn invalid(description: &str) -> Response {
    error::json(StatusCode::BAD_REQUEST, "invalid_request", description)
}
