//! The TLS port of a local run: who came encrypted stays so, while issuers stay what they are.

use edge::message::Body;
use edge::message::Request;
use http::{HeaderName, Method};
use serde_json::{Value, json};
use std::rc::Rc;
use tests::World;
use tests::call::{Answer, Credentials, encode, sign};
use tests::person::{PASSWORD, Pool};
use tests::world::{ORIGIN, START, TLS_ORIGIN};

const BACK: &str = "https://app.example/cb";

fn pool() -> Pool {
    let world = World::with_shards(1);
    let client = json!({
        "CallbackURLs": [BACK, format!("{TLS_ORIGIN}/_gate/callback")], "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], "SupportedIdentityProviders": ["COGNITO"],
    });
    let pool = Pool::with(&world, &json!({}), &client);
    world.operate("CreateUserPoolDomain", &json!({ "UserPoolId": pool.id, "Domain": "demo" })).ok();
    pool.person("ann", "ann@example.com");
    pool
}

/// A request as the TLS port hands it on.
fn by_tls(method: Method, target: &str, headers: &[(&str, &str)]) -> Request {
    let mut request = World::request(method, target);
    request.origin = TLS_ORIGIN.into();
    request.headers.insert("host", TLS_ORIGIN.trim_start_matches("https://").parse().unwrap());
    for (name, value) in headers {
        request.headers.insert(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
    }
    request
}

fn get(world: &Rc<World>, target: &str, headers: &[(&str, &str)]) -> Answer {
    world.ask(by_tls(Method::GET, target, headers))
}

fn query(pool: &Pool) -> String {
    encode(&[
        ("client_id", &pool.client),
        ("redirect_uri", BACK),
        ("response_type", "code"),
        ("scope", "openid"),
    ])
}

/// Signs in by a form that claims to come from `origin`.
fn signing_in(pool: &Pool, origin: &str) -> Answer {
    let page = get(&pool.world, &format!("/_hosted/demo/login?{}", query(pool)), &[]);
    let cookie = page.header("set-cookie").split(';').next().unwrap().to_owned();
    let html = page.text();
    let token = html.split("name=\"_csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = encode(&[("_csrf", token), ("username", "ann"), ("password", PASSWORD)]);
    let kind = "application/x-www-form-urlencoded";
    let headers = [("origin", origin), ("cookie", cookie.as_str()), ("content-type", kind)];
    let mut request = by_tls(Method::POST, &format!("/_hosted/demo/login?{}", query(pool)), &headers);
    request.body = Body::Bytes(form.into_bytes());
    pool.world.ask(request)
}

#[test]
fn the_pages_lead_on_by_tls_and_their_cookies_go_nowhere_else() {
    let pool = pool();
    let sent = get(&pool.world, &format!("/_hosted/demo/oauth2/authorize?{}", query(&pool)), &[]);
    assert!(sent.header("location").starts_with(&format!("{TLS_ORIGIN}/_hosted/demo/login?")));
    let answer = signing_in(&pool, TLS_ORIGIN);
    assert!(answer.header("location").starts_with(&format!("{BACK}?code=")), "{}", answer.text());
    for line in answer.headers.get_all("set-cookie") {
        let line = line.to_str().unwrap();
        assert!(line.starts_with("__Secure-") && line.ends_with("; Secure"), "{line}");
    }
    let foreign = signing_in(&pool, ORIGIN);
    assert!(foreign.status.is_client_error(), "{}", foreign.status);
}

#[test]
fn the_issuer_is_one_and_its_endpoints_are_where_they_are_asked_for() {
    let pool = pool();
    let path = format!("/{}/.well-known/openid-configuration", pool.id);
    let plain = pool.world.ask(World::request(Method::GET, &path)).ok();
    let tls = get(&pool.world, &path, &[]).ok();
    assert_eq!(tls["issuer"], format!("{ORIGIN}/{}", pool.id));
    assert_eq!(tls["jwks_uri"], format!("{TLS_ORIGIN}/{}/.well-known/jwks.json", pool.id));
    let moved =
        |document: &Value| document.to_string().replace(ORIGIN, "<origin>").replace(TLS_ORIGIN, "<origin>");
    assert_eq!(moved(&plain), moved(&tls));
    assert!(!plain.to_string().contains(TLS_ORIGIN));
}

#[test]
fn a_session_route_signs_in_by_tls() {
    let pool = pool();
    let auth = json!({ "kind": "session", "pool": pool.id, "client_id": pool.client });
    let document = json!({ "version": 0, "routes": [
        { "id": "app", "match": { "path": "/site/*" }, "auth": auth, "upstream": { "kind": "echo" } },
    ]});
    let mut request = World::request(Method::PUT, "/_tidegate/gate");
    request.body = Body::Bytes(document.to_string().into_bytes());
    pool.world.ask(sign(request, &Credentials::operator(), "tidegate", START)).ok();
    let sent = get(&pool.world, "/site/notes", &[("accept", "text/html")]);
    let location = sent.header("location");
    assert!(location.starts_with(&format!("{TLS_ORIGIN}/_hosted/demo/oauth2/authorize?")), "{location}");
    let callback = encode(&[("redirect_uri", &format!("{TLS_ORIGIN}/_gate/callback"))]);
    assert!(location.contains(&callback), "{location}");
}
