//! A pool's hosted site and its OAuth endpoints, as a browser without scripts and a plain OIDC client meet them.

use crate::browser::Browser;
use crate::call::{Answer, encode};
use crate::person::{PASSWORD, Pool};
use crate::world::{ORIGIN, World};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use edge::message::{Body, Request};
use http::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::rc::Rc;

pub const BACK: &str = "https://app.example/cb?x=1";
pub const SITE: &str = "/_hosted/demo";
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// Where an answer sends the browser, below the deployment's own origin.
pub fn next(answer: &Answer) -> String {
    answer.header("location").trim_start_matches(ORIGIN).to_owned()
}

/// A parameter of a URL, encoded as it came.
pub fn parameter(url: &str, name: &str) -> Option<String> {
    let query = url.split_once('?')?.1;
    query.split('&').find_map(|pair| pair.strip_prefix(&format!("{name}="))).map(str::to_owned)
}

/// A pool with a hosted site, in a world of its own.
pub fn pool() -> Pool {
    pool_with(&json!({}))
}

/// The same with members of the client added or replaced.
pub fn pool_with(client: &Value) -> Pool {
    pool_in(&World::with_shards(3), client)
}

pub fn pool_in(world: &Rc<World>, client: &Value) -> Pool {
    pool_of(world, &json!({}), client)
}

/// The same with members of the pool added or replaced too.
pub fn pool_of(world: &Rc<World>, settings: &Value, client: &Value) -> Pool {
    let mut base = json!({
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email", "profile"],
        "AllowedOAuthFlowsUserPoolClient": true,
        "CallbackURLs": [BACK],
        "LogoutURLs": ["https://app.example/bye"],
        "SupportedIdentityProviders": ["COGNITO"],
    });
    base.as_object_mut().unwrap().extend(client.as_object().unwrap().clone());
    let pool = Pool::with(world, settings, &base);
    let domain = json!({ "UserPoolId": pool.id, "Domain": "demo" });
    world.operate("CreateUserPoolDomain", &domain).ok();
    pool
}

/// The query of an authorization request.
pub fn query(pool: &Pool, more: &[(&str, &str)]) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let mut pairs = vec![
        ("client_id", pool.client.as_str()),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("state", "a+b%/ü"),
        ("nonce", "n-1"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    pairs.retain(|(name, _)| more.iter().all(|(other, _)| other != name));
    pairs.extend(more.iter().filter(|(_, value)| !value.is_empty()));
    encode(&pairs)
}

/// A page of the site, with that query.
pub fn page(pool: &Pool, name: &str) -> String {
    format!("{SITE}{name}?{}", query(pool, &[]))
}

/// Signs in and gives the code.
pub fn code(browser: &Browser, pool: &Pool) -> String {
    let login = browser.open(&page(pool, "/login"));
    let answer = browser.submit(&login, &[("username", "ada"), ("password", PASSWORD)]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    parameter(answer.header("location"), "code").expect("a code")
}

/// A call of the token endpoint.
pub fn token(pool: &Pool, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("client_id", pool.client.as_str())];
    all.extend(fields);
    post(pool, "/oauth2/token", &all)
}

pub fn post(pool: &Pool, endpoint: &str, fields: &[(&str, &str)]) -> Answer {
    pool.world.ask(posted(endpoint, fields))
}

/// A form as a client posts it.
pub fn posted(endpoint: &str, fields: &[(&str, &str)]) -> Request {
    let mut request = World::request(Method::POST, &format!("{SITE}{endpoint}"));
    request.headers.insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    request.body = Body::Bytes(encode(fields).into_bytes());
    request
}

/// What turns a code into tokens.
pub fn redemption<'a>(pool: &'a Pool, code: &'a str) -> [(&'static str, &'a str); 5] {
    [
        ("client_id", &pool.client),
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", BACK),
        ("code_verifier", VERIFIER),
    ]
}

pub fn redeem(pool: &Pool, code: &str) -> Answer {
    post(pool, "/oauth2/token", &redemption(pool, code))
}

/// What a token says, unproved.
pub fn claims(token: &Value) -> Value {
    let payload = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

pub fn user_info(pool: &Pool, token: &str) -> Answer {
    let mut request = World::request(Method::GET, &format!("{SITE}/oauth2/userInfo"));
    request.headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
    pool.world.ask(request)
}
