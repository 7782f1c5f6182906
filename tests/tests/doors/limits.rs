//! What every door takes at most.

use edge::message::{Body, Request};
use http::{HeaderName, Method};
use serde_json::json;
use tests::World;
use tests::call::{Credentials, IDENTITY, IDP, aws, encode, form, sign};
use tests::person::Pool;
use tests::world::START;

/// A request for each door.
fn each(pool: &Pool) -> Vec<Request> {
    let get = |target: &str| World::request(Method::GET, target);
    let by_form = |target: &str| {
        let mut request = form(&[("grant_type", "refresh_token")]);
        request.target = target.into();
        request
    };
    vec![
        aws(IDP, "GetUser", &json!({})),
        aws(IDENTITY, "GetId", &json!({})),
        form(&[("Action", "GetCallerIdentity"), ("Version", "2011-06-15")]),
        form(&[("Action", "ListRoles"), ("Version", "2010-05-08")]),
        get("/identitypools"),
        get(&format!("/{}/.well-known/openid-configuration", pool.id)),
        get(&format!("/{}/.well-known/jwks.json", pool.id)),
        get("/_hosted/demo/login"),
        by_form("/_hosted/demo/login"),
        by_form("/_hosted/demo/oauth2/token"),
        get("/_hosted/demo/oauth2/authorize"),
        get("http://demo.auth.localhost:8787/login"),
        get("/_tidegate/gate"),
        get("/_tidegate/outbox"),
        get("/assets/boot.js"),
        get("/favicon.svg"),
        get("/nobodys"),
        get("/s3/photos/a"),
        get("http://app.example.com/x"),
        World::request(Method::OPTIONS, "/"),
    ]
}

fn pool() -> Pool {
    let world = World::with_shards(1);
    let pool = Pool::new(&world);
    world.operate("CreateUserPoolDomain", &json!({ "UserPoolId": pool.id, "Domain": "demo" })).ok();
    world.add_asset("/favicon.svg", "image/svg+xml", b"<svg/>");
    let document = json!({ "version": 0, "routes": [
        { "id": "photos", "match": { "path": "/s3/photos/*" }, "auth": { "kind": "iam" },
          "upstream": { "kind": "bucket", "bucket": "photos", "binding": "BUCKET_PHOTOS" } },
        { "id": "app", "match": { "host": "app.example.com", "path": "/*" }, "auth": { "kind": "jwt", "pools": [pool.id] },
          "upstream": { "kind": "echo" } },
    ]});
    let mut request = World::request(Method::PUT, "/_tidegate/gate");
    request.body = Body::Bytes(document.to_string().into_bytes());
    world.ask(sign(request, &Credentials::operator(), "tidegate", START)).ok();
    pool
}

#[test]
fn no_door_takes_more_headers_than_another() {
    let pool = pool();
    for at in 0..each(&pool).len() {
        let request = || each(&pool).swap_remove(at);
        let named = format!("{} {}{}", request().method, request().host, request().target);
        let mut many = request();
        for number in many.headers.len()..=100 {
            many.headers.insert(
                HeaderName::from_bytes(format!("x-{number}").as_bytes()).unwrap(),
                "1".parse().unwrap(),
            );
        }
        let mut heavy = request();
        heavy.headers.insert("x-heavy", "x".repeat(32 * 1024).parse().unwrap());
        for over in [many, heavy] {
            let answer = pool.world.ask(over);
            assert_eq!(answer.status, 431, "{named}: {}", answer.text());
            assert_eq!(answer.exception(), "RequestHeaderFieldsTooLargeException", "{named}");
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{named}");
        }
        let mut just = request();
        for number in just.headers.len()..100 {
            just.headers.insert(
                HeaderName::from_bytes(format!("x-{number}").as_bytes()).unwrap(),
                "1".parse().unwrap(),
            );
        }
        assert_ne!(pool.world.ask(just).status, 431, "{named}");
    }
}

#[test]
fn a_body_that_is_too_large_is_called_that() {
    let pool = pool();
    let filled = |mut request: Request, bytes: usize| {
        request.body = Body::Bytes(vec![b'a'; bytes]);
        pool.world.ask(request)
    };
    let told = filled(aws(IDP, "GetUser", &json!({})), 512 * 1024 + 1);
    assert_eq!((told.status.as_u16(), told.exception().as_str()), (413, "RequestEntityTooLargeException"));
    let told = filled(form(&[]), 128 * 1024 + 1);
    assert_eq!(told.status, 413);
    assert!(told.text().contains("<Code>RequestEntityTooLargeException</Code>"), "{}", told.text());
    for endpoint in ["token", "revoke"] {
        let mut request = form(&[]);
        request.target = format!("/_hosted/demo/oauth2/{endpoint}");
        let told = filled(request, 64 * 1024 + 1);
        let wanted =
            json!({ "error": "invalid_request", "error_description": "the form is larger than 64 KiB" });
        assert_eq!((told.status.as_u16(), told.json()), (413, wanted));
    }
    let query = encode(&[("client_id", &pool.client), ("response_type", "code")]);
    for page in ["login", "signup", "oauth2/authorize"] {
        let mut request = form(&[]);
        request.target = format!("/_hosted/demo/{page}?{query}");
        let told = filled(request, 64 * 1024 + 1);
        assert_eq!(told.status, 413, "{page}");
        assert!(told.text().contains("more in this form than it takes"), "{page}: {}", told.text());
    }
    let mut request = World::request(Method::PUT, "/_tidegate/gate");
    request.headers.insert("content-length", (256 * 1024 + 1).to_string().parse().unwrap());
    assert_eq!(pool.world.ask(request).status, 413);
}
