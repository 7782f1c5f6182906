//! The provider's metadata (`OpenID` Connect Discovery §3). A pool without a domain has no endpoints to name.

use crate::edge::Edge;
use crate::hosts;
use crate::message::{Request, Response};
use domain::pool::{Signs, UserPool};
use http::StatusCode;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The issuer is one, however it is asked; its endpoints are where the asker is.
pub(super) fn discovery(edge: &Edge, request: &Request, pool: &UserPool) -> Response {
    let home = hosts::home(edge.settings(), &request.origin);
    let document = document(pool, home, hosts::hosted_at(home, pool).as_deref());
    Response::json(StatusCode::OK, &document).with("cache-control", "public, max-age=300")
}

fn document(pool: &UserPool, origin: &str, base: Option<&str>) -> Map<String, Value> {
    let algorithms: BTreeSet<&str> = pool
        .keys
        .iter()
        .filter(|key| key.signs == Signs::Id && key.retired.is_none())
        .map(|key| key.algorithm.as_str())
        .collect();
    let mut document = Map::new();
    let mut say = |name: &str, value: Value| drop(document.insert(name.into(), value));
    say("issuer", json!(pool.issuer));
    say("jwks_uri", json!(format!("{origin}/{}/.well-known/jwks.json", pool.id)));
    say("id_token_signing_alg_values_supported", json!(algorithms));
    say("response_types_supported", json!(["code"]));
    say("scopes_supported", json!(["openid", "email", "phone", "profile"]));
    say("subject_types_supported", json!(["public"]));
    if let Some(base) = base {
        for (name, path) in [
            ("authorization_endpoint", "/oauth2/authorize"),
            ("token_endpoint", "/oauth2/token"),
            ("userinfo_endpoint", "/oauth2/userInfo"),
            ("revocation_endpoint", "/oauth2/revoke"),
            ("end_session_endpoint", "/logout"),
        ] {
            say(name, json!(format!("{base}{path}")));
        }
        let methods = json!(["client_secret_basic", "client_secret_post", "none"]);
        say("token_endpoint_auth_methods_supported", methods.clone());
        say("revocation_endpoint_auth_methods_supported", methods);
        say("grant_types_supported", json!(["authorization_code", "refresh_token"]));
        say("code_challenge_methods_supported", json!(["S256"]));
        say("response_modes_supported", json!(["query"]));
        say("prompt_values_supported", json!(["none", "login", "select_account", "consent"]));
        say("ui_locales_supported", json!(["en"]));
        say("request_uri_parameter_supported", json!(false));
    }
    document
}
