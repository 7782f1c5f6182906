//! The host decides whose a path is: the deployment's, a pool's, or the gate's.

use edge::message::{Body, Request};
use edge::platform::Inbound;
use http::{HeaderMap, HeaderName, Method, StatusCode};
use serde_json::{Value, json};
use std::rc::Rc;
use tests::World;
use tests::call::{Credentials, IDP, aws, form, sign};
use tests::person::{PASSWORD, Pool};
use tests::world::START;

const OWN: &str = "http://localhost:8787";
const GATED: &str = "http://app.example.com";
const NOBODYS: &str = "http://evil.example";
const POOLS: &str = "http://demo.auth.localhost:8787";

/// A pool with pages and a person, files, and a bearer route over every path of one host.
fn world() -> (Rc<World>, Pool, String) {
    let world = World::with_shards(1);
    let client = json!({
        "CallbackURLs": ["https://app.example.com/"], "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], "SupportedIdentityProviders": ["COGNITO"],
    });
    let pool = Pool::with(&world, &json!({}), &client);
    world.operate("CreateUserPoolDomain", &json!({ "UserPoolId": pool.id, "Domain": "demo" })).ok();
    pool.person("ann", "ann@example.com");
    let signed_in = pool.sign_in("ann", PASSWORD).ok();
    let token = signed_in["AuthenticationResult"]["AccessToken"].as_str().unwrap().to_owned();
    for file in ["/assets/boot.js", "/demo/index.html", "/favicon.svg", "/robots.txt"] {
        world.add_asset(file, "text/plain", file.as_bytes());
    }
    (world, pool, token)
}

fn routes(world: &Rc<World>, host: &str, pool: &Pool) {
    let document = json!({ "version": 0, "routes": [
        { "id": "site", "match": { "host": host, "path": "/*" }, "auth": { "kind": "jwt", "pools": [pool.id] },
          "upstream": { "kind": "echo" } },
    ]});
    let mut request = World::request(Method::PUT, "/_tidegate/gate");
    request.body = Body::Bytes(document.to_string().into_bytes());
    world.ask(sign(request, &Credentials::operator(), "tidegate", START)).ok();
}

/// The same request on another host; signed, if it is, for the host it was for.
fn on(host: &str, mut request: Request) -> Request {
    let there = World::request(Method::GET, &format!("{host}/"));
    request.headers.insert("host", there.headers["host"].clone());
    Request { host: there.host, origin: there.origin, ..request }
}

fn with(mut request: Request, name: &str, value: &str) -> Request {
    request.headers.insert(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
    request
}

fn login(pool: &Pool) -> String {
    format!(
        "/login?client_id={}&response_type=code&redirect_uri=https%3A%2F%2Fapp.example.com%2F",
        pool.client
    )
}

/// Requests that the deployment's own host answers by its own doors.
fn ours(pool: &Pool) -> Vec<Request> {
    let get = |target: &str| World::request(Method::GET, target);
    let operator = |request, service| sign(request, &Credentials::operator(), service, START);
    vec![
        operator(aws(IDP, "ListUserPools", &json!({ "MaxResults": 1 })), "cognito-idp"),
        operator(form(&[("Action", "ListRoles"), ("Version", "2010-05-08")]), "iam"),
        operator(form(&[("Action", "GetCallerIdentity"), ("Version", "2011-06-15")]), "sts"),
        with(World::request(Method::OPTIONS, "/"), "access-control-request-method", "POST"),
        operator(get("/_tidegate/gate"), "tidegate"),
        get("/_tidegate/outbox"),
        get(&format!("/{}/.well-known/openid-configuration", pool.id)),
        get(&format!("/{}/.well-known/jwks.json", pool.id)),
        get(&format!("/_hosted/demo{}", login(pool))),
        get("/assets/boot.js"),
        get("/demo/index.html"),
        get("/favicon.svg"),
        get("/robots.txt"),
    ]
}

/// The path that an upstream saw.
fn seen(answer: &Value) -> String {
    assert_eq!(answer["route"], "site");
    answer["path"].as_str().unwrap().to_owned()
}

#[test]
fn a_gated_site_on_a_host_of_its_own_has_every_path() {
    let (world, pool, token) = world();
    routes(&world, "app.example.com", &pool);
    for request in ours(&pool) {
        let path = request.raw_path().to_owned();
        let preflight = request.method == Method::OPTIONS;
        let bare = on(GATED, request);
        let told = world.ask(with(bare, "authorization", "Bearer forged"));
        assert_eq!(told.status, 401, "{path}");
        if preflight {
            continue;
        }
        let mut again = World::request(Method::GET, &format!("{GATED}{path}"));
        again.target.push_str("?x=1");
        let answer = world.ask(with(again, "authorization", &format!("Bearer {token}")));
        assert_eq!(seen(&answer.ok()), path);
    }
    let callback = world.ask(World::request(Method::GET, &format!("{GATED}/_gate/callback")));
    assert_eq!(callback.status, 400, "the gate's own page is there");
}

#[test]
fn a_host_that_nobody_has_set_up_reaches_no_door() {
    let (world, pool, token) = world();
    routes(&world, "app.example.com", &pool);
    for request in ours(&pool) {
        let named = format!("{} {}", request.method, request.target);
        let answer = world.ask(on(NOBODYS, request));
        assert_eq!(
            (answer.status.as_u16(), answer.json()),
            (404, json!({ "message": "Not Found" })),
            "{named}"
        );
    }
    let bearer = with(World::request(Method::GET, &format!("{NOBODYS}/x")), "authorization", &token);
    assert_eq!(world.ask(bearer).status, 404);
}

#[test]
fn pages_of_no_pool_do_not_have_the_account_read_each_time() {
    let (world, pool, _) = world();
    let reads = |prefix: &str| {
        world.take_log();
        let page = World::request(Method::GET, &format!("/_hosted/{prefix}{}", login(&pool)));
        let status = world.ask(page).status.as_u16();
        let lines = world.take_log();
        let line: Value = serde_json::from_str(lines.last().unwrap()).unwrap();
        (status, line["calls"].as_u64().unwrap())
    };
    world.advance(5);
    let asked: Vec<_> = (0..200).map(|at| reads(&format!("nobody-{at}"))).collect();
    assert!(asked.iter().all(|(status, _)| *status == 404));
    assert_eq!(asked.iter().map(|(_, reads)| reads).sum::<u64>(), 21);
    // What is new is known some seconds later all the same.
    world.operate("DeleteUserPoolDomain", &json!({ "UserPoolId": pool.id, "Domain": "demo" })).ok();
    world.operate("CreateUserPoolDomain", &json!({ "UserPoolId": pool.id, "Domain": "other" })).ok();
    world.advance(5);
    assert_eq!(reads("other").0, 200);
}

#[test]
fn the_deployments_own_paths_come_before_a_route_over_every_host() {
    let (world, pool, token) = world();
    routes(&world, "*", &pool);
    for host in [OWN, "http://127.0.0.1:8787", "http://localhost:8788"] {
        for request in ours(&pool) {
            let named = format!("{host} {} {}", request.method, request.target);
            // A signature is for one host: elsewhere it is the door that refuses it.
            let signed = request.headers.contains_key("authorization") && host != OWN;
            let answer = world.ask(on(host, request));
            assert!(answer.status.is_success() != signed, "{named}: {} {}", answer.status, answer.text());
            assert_ne!(answer.json()["message"], "Unauthorized", "{named}");
        }
        let other = World::request(Method::GET, &format!("{host}/else"));
        let answer = world.ask(with(other, "authorization", &format!("Bearer {token}")));
        assert_eq!(seen(&answer.ok()), "/else");
    }
}

/// A request as it comes by https.
fn encrypted(request: Request) -> Request {
    Request { origin: request.origin.replace("http://", "https://"), ..request }
}

#[test]
fn a_deployment_serves_nothing_in_the_clear() {
    let (world, pool, token) = world();
    routes(&world, "app.example.com", &pool);
    world.deploy("https://localhost");
    let by_https =
        |host: &str| format!("{}{}", host.replace("http://", "https://").replace(":8787", ""), login(&pool));
    for host in [OWN, POOLS, GATED, NOBODYS] {
        let get = World::request(Method::GET, &format!("{host}{}", login(&pool)));
        let led = world.ask(with(get, "authorization", &token));
        assert_eq!((led.status.as_u16(), led.header("location")), (308, by_https(host).as_str()));
        assert!(
            !led.headers.contains_key("set-cookie") && !led.headers.contains_key("strict-transport-security")
        );
        for request in ours(&pool) {
            if [Method::GET, Method::HEAD].contains(&request.method) {
                continue;
            }
            let answer = world.ask(on(host, request));
            assert_eq!(
                (answer.status.as_u16(), answer.text().as_str()),
                (403, "only https is served here\n")
            );
        }
    }
}

#[test]
fn encrypted_answers_of_ours_say_so_and_an_upstreams_are_its_own() {
    let (world, pool, token) = world();
    let document = json!({ "version": 0, "routes": [
        { "id": "site", "match": { "host": "app.example.com", "path": "/*" }, "auth": { "kind": "jwt", "pools": [pool.id] },
          "upstream": { "kind": "http", "url": "https://origin.example" } },
    ]});
    let mut request = World::request(Method::PUT, "/_tidegate/gate");
    request.body = Body::Bytes(document.to_string().into_bytes());
    world.ask(sign(request, &Credentials::operator(), "tidegate", START)).ok();
    world.set_upstream(|_| {
        let body = Body::Bytes(b"theirs".to_vec());
        Ok(Inbound { status: StatusCode::OK, headers: HeaderMap::new(), body })
    });
    world.deploy("https://localhost");
    let pinned = |request: Request, status: u16| {
        let answer = world.ask(encrypted(request));
        assert_eq!(answer.status, status, "{}", answer.text());
        answer.header("strict-transport-security").to_owned()
    };
    let get = |target: &str| World::request(Method::GET, target);
    let year = "max-age=31536000";
    assert_eq!(pinned(get(&format!("http://localhost/_hosted/demo{}", login(&pool))), 200), year);
    assert_eq!(pinned(get("http://localhost/nowhere"), 404), year);
    assert_eq!(pinned(get(&format!("http://demo.auth.localhost{}", login(&pool))), 200), year);
    assert_eq!(pinned(get(&format!("{GATED}/x")), 401), year);
    assert_eq!(pinned(get(&format!("{GATED}/x//y")), 400), year);
    assert_eq!(pinned(with(get(&format!("{GATED}/x")), "authorization", &token), 200), "");
}

#[test]
fn a_pools_host_has_its_pages_and_their_files_and_nothing_else() {
    let (world, pool, token) = world();
    routes(&world, "*", &pool);
    let get = |target: &str| world.ask(World::request(Method::GET, &format!("{POOLS}{target}")));
    let page = get(&login(&pool));
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(page.text().contains("name=\"password\""));
    for file in ["/assets/boot.js", "/favicon.svg", "/robots.txt"] {
        assert_eq!(get(file).text(), file);
    }
    for request in ours(&pool) {
        let path = request.raw_path().to_owned();
        if ["/assets/boot.js", "/favicon.svg", "/robots.txt"].contains(&path.as_str()) {
            continue;
        }
        let answer = world.ask(on(POOLS, request));
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (404, "text/html; charset=utf-8"),
            "{path}"
        );
    }
    for target in ["/else", "/_gate/callback", "/a//b"] {
        let request = World::request(Method::GET, &format!("{POOLS}{target}"));
        let answer = world.ask(with(request, "authorization", &format!("Bearer {token}")));
        assert!([400, 404].contains(&answer.status.as_u16()), "{target}: {}", answer.status);
        assert_eq!(answer.json(), Value::Null, "the gate did not answer {target}");
    }
}
