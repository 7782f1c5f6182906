use super::setup::{get, routes, with};
use edge::message::{Body, Response};
use edge::platform::{CallFault, Inbound};
use http::{HeaderMap, Method, StatusCode};
use serde_json::json;
use std::cell::RefCell;
use std::rc::Rc;
use tests::World;
use tests::person::Pool;

fn echo(pool: &Pool, require: &serde_json::Value) -> serde_json::Value {
    json!({ "id": "api", "match": { "path": "/api/*" }, "auth": { "kind": "jwt", "pools": [pool.id] },
            "require": require, "upstream": { "kind": "echo" } })
}

fn signed_in(world: &Rc<World>) -> (Pool, serde_json::Value) {
    let pool = Pool::new(world);
    pool.person("ann", "ann@example.com");
    let tokens = pool.tokens("ann");
    (pool, tokens)
}

#[test]
fn a_bearer_token_opens_its_route_and_the_upstream_learns_whose_it_is() {
    let world = World::with_shards(3);
    let (pool, tokens) = signed_in(&world);
    routes(&world, &json!([echo(&pool, &json!({ "client_ids": [pool.client] }))]));
    let token = tokens["AccessToken"].as_str().unwrap();
    for value in [format!("Bearer {token}"), format!("bearer {token}"), token.to_owned()] {
        let forged =
            [("authorization", value.as_str()), ("x-tidegate-sub", "root"), ("x_tidegate_groups", "admin")];
        let seen = world.ask(get("/api/x", &forged)).ok();
        let names: Vec<&str> =
            seen["headers"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
        assert_eq!(seen["identity"]["x-tidegate-username"], "ann");
        assert_eq!(seen["identity"]["x-tidegate-sub"].as_str().unwrap().len(), 36);
        assert_eq!(seen["identity"].get("x-tidegate-groups"), None);
        assert!(!names.iter().any(|name| name.contains("tidegate")), "{names:?}");
    }
}

#[test]
fn a_token_that_is_missing_wrong_expired_or_of_another_kind_is_refused_as_api_gateway_does() {
    let world = World::with_shards(3);
    let (pool, tokens) = signed_in(&world);
    let other = Pool::new(&world);
    let elsewhere = json!({ "id": "other", "match": { "path": "/other" }, "auth": { "kind": "jwt", "pools": [other.id] },
        "upstream": { "kind": "echo" } });
    let client = json!({ "id": "client", "match": { "path": "/client" }, "auth": { "kind": "jwt", "pools": [pool.id] },
        "require": { "client_ids": [other.client] }, "upstream": { "kind": "echo" } });
    routes(&world, &json!([echo(&pool, &json!({})), elsewhere, client]));
    let (access, id) = (tokens["AccessToken"].as_str().unwrap(), tokens["IdToken"].as_str().unwrap());
    let mut bent = access.to_owned();
    bent.replace_range(
        bent.len() - 8..bent.len() - 7,
        if bent.as_bytes()[bent.len() - 8] == b'A' { "B" } else { "A" },
    );
    for (target, token) in [
        ("/api/x", ""),
        ("/api/x", "x"),
        ("/api/x", &bent),
        ("/api/x", id),
        ("/other", access),
        ("/client", access),
    ] {
        let answer = world.ask(get(target, &[("authorization", &format!("Bearer {token}"))]));
        assert_eq!(answer.status, 401, "{target} {token}");
        assert_eq!(answer.json(), json!({ "message": "Unauthorized" }));
        assert!(answer.header("www-authenticate").contains("error=\"invalid_token\""));
        assert_eq!(answer.header("cache-control"), "private, no-store");
    }
    let nobody = world.ask(get("/api/x", &[]));
    assert_eq!((nobody.status.as_u16(), nobody.header("www-authenticate")), (401, "Bearer"));
    let value = format!("Bearer {access}");
    world.ask(get("/api/x", &[("authorization", &value)])).ok();
    world.advance(3700);
    assert_eq!(world.ask(get("/api/x", &[("authorization", &value)])).status, 401);
}

#[test]
fn a_token_that_lacks_what_the_route_requires_is_forbidden() {
    let world = World::with_shards(3);
    let (pool, tokens) = signed_in(&world);
    let value = format!("Bearer {}", tokens["AccessToken"].as_str().unwrap());
    for (require, status) in [
        (json!({ "scopes": ["aws.cognito.signin.user.admin"] }), 200),
        (json!({ "scopes": ["notes/read"] }), 403),
        (json!({ "groups": ["admin"] }), 403),
    ] {
        routes(&world, &json!([echo(&pool, &require)]));
        world.advance(6);
        let answer = world.ask(get("/api/x", &[("authorization", &value)]));
        assert_eq!(answer.status, status, "{require}");
        if status == 403 {
            assert_eq!(answer.json(), json!({ "message": "Forbidden" }));
            assert!(answer.header("www-authenticate").contains("insufficient_scope"));
        }
    }
}

#[test]
fn a_known_token_is_let_through_without_asking_anybody() {
    let world = World::with_shards(3);
    let (pool, tokens) = signed_in(&world);
    routes(&world, &json!([echo(&pool, &json!({}))]));
    let value = format!("Bearer {}", tokens["AccessToken"].as_str().unwrap());
    world.ask(get("/api/x", &[("authorization", &value)])).ok();
    world.take_log();
    world.ask(get("/api/x", &[("authorization", &value)])).ok();
    let line: serde_json::Value = serde_json::from_str(world.take_log().last().unwrap()).unwrap();
    assert_eq!(
        (&line["door"], &line["operation"], &line["calls"]),
        (&json!("gate"), &json!("api"), &json!(0))
    );
}

#[test]
fn a_known_token_opens_nothing_once_its_pool_is_gone() {
    let world = World::with_shards(3);
    let (pool, tokens) = signed_in(&world);
    routes(&world, &json!([echo(&pool, &json!({}))]));
    let value = format!("Bearer {}", tokens["AccessToken"].as_str().unwrap());
    let other = Rc::default();
    let elsewhere = || world.run(world.asking(&other, get("/api/x", &[("authorization", &value)])));
    let here = || world.ask(get("/api/x", &[("authorization", &value)]));
    assert_eq!((here().status.as_u16(), elsewhere().status.as_u16()), (200, 200));
    world.operate("DeleteUserPool", &json!({ "UserPoolId": pool.id })).ok();
    assert_eq!(here().status, 401);
    // Another isolate learns of it when its snapshot of the pool has had its time.
    world.advance(5);
    assert_eq!(elsewhere().status, 401);
}

#[test]
fn a_preflight_is_answered_without_a_token_and_only_for_allowed_origins() {
    let world = World::with_shards(1);
    let pool = Pool::new(&world);
    let mut route = echo(&pool, &json!({}));
    route["match"]["methods"] = json!(["GET"]);
    route["cors"] = json!({ "origins": ["https://www.example.com"] });
    routes(&world, &json!([route]));
    let ask = |origin: &str, method: &str| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", method),
            ("access-control-request-headers", "authorization"),
        ];
        world.ask(with(World::request(Method::OPTIONS, "/api/x"), &headers))
    };
    let allowed = ask("https://www.example.com", "GET");
    assert_eq!(allowed.status, 204);
    assert_eq!(allowed.header("access-control-allow-origin"), "https://www.example.com");
    assert_eq!(allowed.header("access-control-allow-headers"), "authorization");
    assert_eq!(ask("https://evil.example", "GET").header("access-control-allow-origin"), "");
    assert_eq!(ask("https://www.example.com", "DELETE").status, 404);
    let refused = world.ask(get("/api/x", &[("origin", "https://www.example.com")]));
    assert_eq!(
        (refused.status.as_u16(), refused.header("access-control-allow-origin")),
        (401, "https://www.example.com")
    );
}

#[test]
fn an_upstream_gets_the_request_without_our_secrets_and_cannot_speak_for_the_gate() {
    let world = World::with_shards(3);
    let (pool, tokens) = signed_in(&world);
    let mut route = echo(&pool, &json!({}));
    route["upstream"] =
        json!({ "kind": "http", "url": "https://origin.example/base", "headers": { "x-site": "one" } });
    routes(&world, &json!([route]));
    let seen: Rc<RefCell<Vec<(String, HeaderMap)>>> = Rc::default();
    let log = Rc::clone(&seen);
    world.set_upstream(move |outbound| {
        log.borrow_mut().push((outbound.url, outbound.headers));
        let response = Response::text(StatusCode::OK, "text/plain", "hello")
            .also("set-cookie", "__Host-tidegate=forged; Path=/")
            .also("set-cookie", "theme=dark")
            .with("connection", "x-hop")
            .with("x-hop", "1");
        Ok(Inbound { status: response.status, headers: response.headers, body: response.body })
    });
    let value = format!("Bearer {}", tokens["AccessToken"].as_str().unwrap());
    let headers = [
        ("authorization", value.as_str()),
        ("cookie", "a=1; __Host-tidegate=x; b=2"),
        ("connection", "close, x-drop"),
        ("x-drop", "1"),
        ("x-forwarded-for", "10.0.0.1"),
        ("x-site", "forged"),
        ("x_site", "forged"),
        ("x-forwarded-user", "root"),
        ("x_forwarded_proto", "https"),
        ("x-original-url", "/admin"),
        ("x-http-method-override", "DELETE"),
        ("remote-user", "root"),
        ("x-requested-with", "fetch"),
    ];
    let mut request = with(World::request(Method::POST, "/api/%61?q=1"), &headers);
    request.body = Body::Bytes(b"body".to_vec());
    let answer = world.ask(request);
    assert_eq!((answer.status.as_u16(), answer.text().as_str()), (200, "hello"));
    assert_eq!(answer.header("set-cookie"), "theme=dark");
    assert_eq!(answer.header("x-hop"), "");
    assert_eq!(answer.header("cache-control"), "private");
    let (url, headers) = seen.borrow()[0].clone();
    let header = |name: &str| headers.get(name).map(|value| value.to_str().unwrap());
    assert_eq!(url, "https://origin.example/base/api/%61?q=1");
    assert_eq!(header("cookie"), Some("a=1; b=2"));
    assert_eq!((header("authorization"), header("x-drop"), header("host")), (None, None, None));
    assert_eq!((header("x-forwarded-for"), header("x-site")), (Some("192.0.2.1"), Some("one")));
    assert_eq!(header("x-tidegate-username"), Some("ann"));
    assert_eq!(header("x-requested-with"), Some("fetch"));
    for stripped in [
        "x_site",
        "x-forwarded-user",
        "x_forwarded_proto",
        "x-original-url",
        "x-http-method-override",
        "remote-user",
    ] {
        assert_eq!(header(stripped), None, "{stripped}");
    }
}

#[test]
fn a_get_with_a_body_is_refused_rather_than_robbed_of_it() {
    let world = World::with_shards(3);
    let (pool, tokens) = signed_in(&world);
    let mut route = echo(&pool, &json!({}));
    route["upstream"] = json!({ "kind": "http", "url": "https://origin.example" });
    routes(&world, &json!([route]));
    world.set_upstream(|_| {
        Ok(Inbound { status: StatusCode::OK, headers: HeaderMap::new(), body: Body::Empty })
    });
    let value = format!("Bearer {}", tokens["AccessToken"].as_str().unwrap());
    for method in [Method::GET, Method::HEAD, Method::DELETE] {
        let request = || with(World::request(method.clone(), "/api/x"), &[("authorization", &value)]);
        assert_eq!(world.ask(request()).status, 200);
        let mut bodied = request();
        bodied.body = Body::Bytes(b"q".to_vec());
        let status = if method == Method::DELETE { 200 } else { 400 };
        assert_eq!(world.ask(bodied).status, status, "{method}");
    }
}

#[test]
fn an_upstream_that_fails_or_is_late_is_502_or_504() {
    let world = World::with_shards(3);
    let (pool, tokens) = signed_in(&world);
    let mut route = echo(&pool, &json!({}));
    route["upstream"] = json!({ "kind": "http", "url": "https://origin.example" });
    routes(&world, &json!([route]));
    let value = format!("Bearer {}", tokens["AccessToken"].as_str().unwrap());
    for (text, status) in [("deadline: no answer within 30000 ms", 504), ("connection refused", 502)] {
        world.set_upstream(move |_| Err(CallFault(text.into())));
        let answer = world.ask(get("/api/x", &[("authorization", &value)]));
        assert_eq!(answer.status, status);
        assert!(!answer.text().contains("refused"), "{}", answer.text());
    }
}
