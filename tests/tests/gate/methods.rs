//! Methods that go no further than here, whatever a route says.

use super::setup::{routes, with};
use edge::message::{Body, Response};
use edge::platform::Inbound;
use http::{Method, StatusCode};
use serde_json::json;
use tests::World;
use tests::person::Pool;

#[test]
fn what_an_upstream_could_echo_never_reaches_it() {
    let world = World::with_shards(1);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    let token = format!("Bearer {}", pool.tokens("ann")["AccessToken"].as_str().unwrap());
    routes(
        &world,
        &json!([{ "id": "up", "match": { "path": "/up/*" }, "auth": { "kind": "jwt", "pools": [pool.id] },
                  "upstream": { "kind": "http", "url": "https://origin.example", "headers": { "x-key": "secret" } } }]),
    );
    world.set_upstream(|outbound| {
        let echo = format!("{:?}", outbound.headers);
        let response = Response::text(StatusCode::OK, "message/http", echo);
        Ok(Inbound { status: response.status, headers: response.headers, body: response.body })
    });
    let ask = |method: &str, target: &str| {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = with(World::request(method.clone(), target), &[("authorization", &token)]);
        if method == Method::POST {
            request.body = Body::Bytes(b"x".to_vec());
        }
        world.ask(request)
    };
    for method in ["TRACE", "CONNECT", "TRACK", "trace"] {
        for target in ["/up/x", "http://app.example.com/up/x", "/", "http://demo.auth.localhost/login"] {
            let refused = ask(method, target);
            assert_eq!(refused.status, 405, "{method} {target}");
            assert!(refused.header("allow").starts_with("GET, HEAD"), "{method} {target}");
        }
    }
    for method in ["GET", "POST", "OPTIONS", "PROPFIND"] {
        assert_eq!(ask(method, "/up/x").status, 200, "{method}");
    }
}
