//! Bad input: the protocol's own error, nothing written, nothing hung, nothing leaked.

use edge::message::{Body, Request};
use edge::platform::Platform;
use http::{Method, StatusCode};
use serde_json::{Value, json};
use std::rc::Rc;
use tests::World;
use tests::call::{Credentials, IDP, aws, raw, sign};
use tests::person::{PASSWORD, Pool};

fn operated(world: &World, operation: &str, input: &Value) -> Request {
    sign(aws(IDP, operation, input), &Credentials::operator(), "cognito-idp", world.now())
}

/// A world with a person in it, and what is stored there.
fn peopled() -> (Rc<World>, Pool, String) {
    let world = World::with_shards(3);
    let pool = Pool::with(&world, &json!({ "AliasAttributes": ["email"] }), &json!({}));
    pool.person("ann", "ann@example.com");
    let stored = world.objects.dump();
    (world, pool, stored)
}

/// Serves one bad request after another; each must be refused so, and write nothing.
fn all(cases: Vec<(&str, Request, StatusCode, &str)>, world: &Rc<World>, stored: &str) {
    for (what, request, status, exception) in cases {
        let answer = world.ask(request);
        assert_eq!(
            (answer.status, answer.exception().as_str()),
            (status, exception),
            "{what}: {}",
            answer.text()
        );
        assert!(!answer.header("x-amzn-requestid").is_empty(), "{what}: no request id");
        assert_eq!(world.objects.dump(), stored, "{what} wrote something");
        let text = answer.text();
        for secret in ["argon2", "sql", "rusqlite", "panicked", "edge/"] {
            assert!(!text.contains(secret), "{what} leaks: {text}");
        }
    }
}

const BAD: StatusCode = StatusCode::BAD_REQUEST;

#[test]
fn bodies_that_are_no_call_are_refused() {
    let (world, pool, stored) = peopled();
    let target = |operation: &str| format!("{IDP}.{operation}");
    let sign_up = |body: &str| raw(&target("SignUp"), body.as_bytes().to_vec());
    let with_name = |name: &str| {
        sign_up(&format!(r#"{{"ClientId":"{}","Username":"{name}","Password":"{PASSWORD}"}}"#, pool.client))
    };
    let mut deep = "[".repeat(100_000);
    deep.push_str(&"]".repeat(100_000));
    all(
        vec![
            ("no JSON", sign_up("{"), BAD, "SerializationException"),
            ("no body", sign_up(""), BAD, "SerializationException"),
            ("no object", sign_up("[]"), BAD, "SerializationException"),
            ("two values", sign_up("{} {}"), BAD, "SerializationException"),
            (
                "not UTF-8",
                raw(&target("SignUp"), b"{\"ClientId\":\"\xff\"}".to_vec()),
                BAD,
                "SerializationException",
            ),
            ("a deep nest", sign_up(&deep), BAD, "SerializationException"),
            ("a wrong type", sign_up(r#"{"ClientId":7,"Username":"a"}"#), BAD, "SerializationException"),
            ("a missing member", sign_up(r#"{"Username":"a"}"#), BAD, "InvalidParameterException"),
            ("a lone surrogate", with_name(r"\ud800x"), BAD, "SerializationException"),
            ("an escaped NUL", with_name(r"a\u0000b"), BAD, "InvalidParameterException"),
            ("an over-long name", with_name(&"x".repeat(129)), BAD, "InvalidParameterException"),
            ("an empty name", with_name(""), BAD, "InvalidParameterException"),
            (
                "an unknown operation",
                raw(&target("Nonsense"), b"{}".to_vec()),
                BAD,
                "UnknownOperationException",
            ),
            (
                "an unbuilt operation",
                raw(&target("CreateGroup"), b"{}".to_vec()),
                BAD,
                "UnknownOperationException",
            ),
            ("an unknown API", raw("Other.SignUp", b"{}".to_vec()), BAD, "UnknownOperationException"),
        ],
        &world,
        &stored,
    );
    let huge = format!(r#"{{"ClientId":"{}","Username":"{}"}}"#, pool.client, "x".repeat(2_000_000));
    let answer = world.ask(sign_up(&huge));
    assert!(answer.status.is_client_error(), "{}", answer.status);
    assert!(!answer.exception().is_empty());
    assert_eq!(world.objects.dump(), stored);
}

#[test]
fn unbuilt_operations_are_named() {
    let world = World::with_shards(1);
    let text = world.ask(raw(&format!("{IDP}.CreateGroup"), b"{}".to_vec())).text();
    assert!(text.contains("CreateGroup"), "{text}");
}

#[test]
fn administration_wants_a_good_signature() {
    let (world, pool, stored) = peopled();
    let input = json!({ "UserPoolId": pool.id, "Username": "ann" });
    let call = || aws(IDP, "AdminDeleteUser", &input);
    let key = Credentials::operator;
    let now = world.now();
    let mut tampered = sign(call(), &key(), "cognito-idp", now);
    tampered.body = Body::Bytes(json!({ "UserPoolId": pool.id, "Username": "ben" }).to_string().into_bytes());
    let mut retargeted = sign(aws(IDP, "AdminGetUser", &input), &key(), "cognito-idp", now);
    retargeted.headers.insert("x-amz-target", format!("{IDP}.AdminDeleteUser").parse().unwrap());
    let mut garbled = call();
    garbled.headers.insert("authorization", "AWS4-HMAC-SHA256 nonsense".parse().unwrap());
    let stranger = Credentials { access_key_id: "AKIASTRANGERSTRANGER".into(), ..key() };
    let wrong_secret = Credentials { secret: "wrong".into(), ..key() };
    let forged = Credentials {
        access_key_id: "ASIAFORGEDFORGEDFORG".into(),
        session_token: Some("x".into()),
        ..key()
    };
    let cases = [
        ("no signature", call()),
        ("a garbled one", garbled),
        ("a stranger's key", sign(call(), &stranger, "cognito-idp", now)),
        ("a wrong secret", sign(call(), &wrong_secret, "cognito-idp", now)),
        ("forged temporary credentials", sign(call(), &forged, "cognito-idp", now)),
        ("another service's scope", sign(call(), &key(), "s3", now)),
        ("an old signature", sign(call(), &key(), "cognito-idp", now - 3600)),
        ("one from the future", sign(call(), &key(), "cognito-idp", now + 3600)),
        ("another body", tampered),
        ("another target", retargeted),
    ];
    for (what, request) in cases {
        let answer = world.ask(request);
        assert!(answer.status.is_client_error(), "{what}: {} {}", answer.status, answer.text());
        assert!(!answer.exception().is_empty(), "{what}: {}", answer.text());
        assert_eq!(world.objects.dump(), stored, "{what} wrote something");
    }
    world.ask(sign(call(), &key(), "cognito-idp", now)).ok();
}

#[test]
fn tokens_that_are_not_this_pools_or_no_longer_good_open_nothing() {
    let world = World::with_shards(3);
    let (pool, other) = (Pool::new(&world), Pool::new(&world));
    for pool in [&pool, &other] {
        pool.person("ann", "ann@example.com");
    }
    let (ours, theirs) = (pool.tokens("ann"), other.tokens("ann"));
    let access = ours["AccessToken"].as_str().unwrap().to_owned();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let foreign_world = World::new(tests::Setup { seed: 2, shards: 3 });
    let foreign = {
        let pool = Pool::new(&foreign_world);
        pool.person("ann", "ann@example.com");
        text(&pool.tokens("ann")["AccessToken"])
    };
    let parts: Vec<&str> = access.split('.').collect();
    let unsigned = format!("{}.{}.", "eyJhbGciOiJub25lIn0", parts[1]);
    let get = |token: &str| world.idp("GetUser", &json!({ "AccessToken": token }));
    get(&access).ok();
    for (what, token) in [
        ("an ID token", text(&ours["IdToken"])),
        ("a refresh token", text(&ours["RefreshToken"])),
        ("no token", "nonsense".to_owned()),
        ("alg none", unsigned),
        (
            "a signature bent",
            format!("{}.{}.{}", parts[0], parts[1], parts[2].replacen(|c: char| c != 'A', "A", 1)),
        ),
        (
            "claims of another",
            format!(
                "{}.{}.{}",
                parts[0],
                theirs["AccessToken"].as_str().unwrap().split('.').nth(1).unwrap(),
                parts[2]
            ),
        ),
        ("another deployment's", foreign),
    ] {
        let answer = get(&token);
        assert_eq!(
            answer.exception(),
            "NotAuthorizedException",
            "{what}: {} {}",
            answer.status,
            answer.text()
        );
    }
    // A refresh token stays with its pool and client.
    let theirs = text(&theirs["RefreshToken"]);
    world.idp("GetTokensFromRefreshToken", &pool.refresh_input(&theirs)).fails("NotAuthorizedException");
    world.idp("GetTokensFromRefreshToken", &other.refresh_input(&theirs)).ok();
    world.advance(3600 + 60);
    let expired = get(&access);
    expired.fails("NotAuthorizedException");
    assert!(expired.text().contains("expired"), "{}", expired.text());
}

#[test]
fn ids_that_were_never_ours_touch_no_object() {
    let (world, pool, stored) = peopled();
    let before = world.objects.addresses();
    let bent = |id: &str| {
        let last = if id.ends_with('a') { 'b' } else { 'a' };
        format!("{}{last}", &id[..id.len() - 1])
    };
    let mut sign_up = pool.sign_up_input("eve", None);
    sign_up["ClientId"] = json!(bent(&pool.client));
    all(
        vec![
            ("a bent client id", aws(IDP, "SignUp", &sign_up), BAD, "ResourceNotFoundException"),
            (
                "a bent pool id",
                operated(&world, "DescribeUserPool", &json!({ "UserPoolId": bent(&pool.id) })),
                BAD,
                "ResourceNotFoundException",
            ),
            (
                "another region's pool id",
                operated(
                    &world,
                    "DescribeUserPool",
                    &json!({ "UserPoolId": pool.id.replace("us-east-1", "eu-west-1") }),
                ),
                BAD,
                "ResourceNotFoundException",
            ),
        ],
        &world,
        &stored,
    );
    assert_eq!(world.objects.addresses(), before, "an unchecked name addressed an object");
}

#[test]
fn paths_that_mean_two_things_are_refused_at_every_door() {
    let world = World::with_shards(1);
    for target in ["/a/../b", "/a/%2e%2e/b", "/a/./b", "/a\\b", "/a%5cb", "/a%2fb", "/a%00b", "/%zz"] {
        let answer = world.ask(World::request(Method::GET, target));
        assert_eq!(answer.status, BAD, "{target}");
    }
}

#[test]
fn requests_for_nothing_are_denied_not_broken() {
    let world = World::with_shards(1);
    for (method, target) in [
        (Method::GET, "/"),
        (Method::GET, "/nothing"),
        (Method::PUT, "/"),
        (Method::POST, "/nothing"),
        (Method::DELETE, "/_tidegate/gate"),
    ] {
        let answer = world.ask(World::request(method.clone(), target));
        assert!(answer.status.is_client_error(), "{method} {target}: {}", answer.status);
    }
    // The gate has read its document, and nothing else came into being.
    let kinds: Vec<_> = world.objects.addresses().into_iter().map(|address| address.kind).collect();
    assert_eq!(kinds, [domain::address::Kind::Account]);
}

#[test]
fn the_log_has_one_line_a_request_without_secrets() {
    let world = World::with_shards(3);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    world.take_log();
    let tokens = pool.tokens("ann");
    let log = world.take_log();
    assert_eq!(log.len(), 1, "{log:?}");
    let line: Value = serde_json::from_str(&log[0]).unwrap();
    assert_eq!(line["operation"], "InitiateAuth");
    for secret in
        [PASSWORD, "ann", tokens["AccessToken"].as_str().unwrap(), tokens["RefreshToken"].as_str().unwrap()]
    {
        assert!(!log[0].contains(secret), "{}", log[0]);
    }
}
