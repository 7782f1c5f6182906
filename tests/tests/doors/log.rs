//! What the log says of requests, and what it never says.

use edge::message::{Body, Request, Response};
use edge::platform::Inbound;
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};
use std::rc::Rc;
use tests::World;
use tests::bucket::Memory;
use tests::call::{Answer, Credentials, IDENTITY, IDP, aws, encode, form, sign};
use tests::gate::Fate;
use tests::person::{PASSWORD, Pool};
use tests::world::{SECRET_KEY, START};

/// Asks, and gives the answer with the lines that were logged meanwhile.
fn asked(world: &Rc<World>, request: Request) -> (Answer, Vec<Value>) {
    world.take_log();
    let answer = world.ask(request);
    let lines = world.take_log();
    (
        answer,
        lines.iter().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("{line}"))).collect(),
    )
}

/// The same where nothing broke: one line, about this request.
#[track_caller]
fn line(world: &Rc<World>, request: Request) -> (Answer, Value) {
    let (answer, mut lines) = asked(world, request);
    assert_eq!(lines.len(), 1, "{lines:?}");
    let line = lines.remove(0);
    assert_eq!(line["event"], "request");
    assert_eq!(line["id"], answer.header("x-amzn-requestid"));
    assert_eq!(line["status"], answer.status.as_u16());
    (answer, line)
}

fn said(line: &Value) -> (&str, &str, &str) {
    let text = |name: &str| line[name].as_str().unwrap();
    (text("door"), text("operation"), text("outcome"))
}

fn bearing(target: &str, token: &str) -> Request {
    let mut request = World::request(Method::GET, target);
    request.headers.insert("authorization", format!("Bearer {token}").parse().unwrap());
    request
}

fn posted(target: &str, fields: &[(&str, &str)]) -> Request {
    let mut request = form(fields);
    request.target = target.into();
    request
}

/// A pool with pages, a person, and routes of every kind.
fn pool() -> Pool {
    let world = World::with_shards(3);
    let client = json!({
        "AllowedOAuthFlows": ["code"], "AllowedOAuthScopes": ["openid"], "AllowedOAuthFlowsUserPoolClient": true,
        "CallbackURLs": ["https://app.example/cb"], "SupportedIdentityProviders": ["COGNITO"],
    });
    let pool = Pool::with(&world, &json!({}), &client);
    world.operate("CreateUserPoolDomain", &json!({ "UserPoolId": pool.id, "Domain": "demo" })).ok();
    pool.person("ann", "ann@example.com");
    world.add_bucket("BUCKET_PHOTOS", Rc::new(Memory::default()));
    world.set_upstream(|_| {
        Ok(Inbound {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Response::new(StatusCode::OK).body,
        })
    });
    let auth = json!({ "kind": "jwt", "pools": [pool.id] });
    let document = json!({ "version": 0, "routes": [
        { "id": "photos", "match": { "path": "/s3/photos/*" }, "auth": { "kind": "iam" },
          "upstream": { "kind": "bucket", "bucket": "photos", "binding": "BUCKET_PHOTOS" } },
        { "id": "real", "match": { "path": "/real/*" }, "auth": auth,
          "upstream": { "kind": "http", "url": "https://upstream.example" } },
        { "id": "scoped", "match": { "path": "/scoped" }, "auth": auth, "require": { "scopes": ["x/y"] },
          "upstream": { "kind": "echo" } },
    ]});
    let mut request = World::request(Method::PUT, "/_tidegate/gate");
    request.body = Body::Bytes(document.to_string().into_bytes());
    world.ask(sign(request, &Credentials::operator(), "tidegate", START)).ok();
    pool
}

fn put(key: &str, body: &[u8]) -> Request {
    let mut request = World::request(Method::PUT, &format!("/s3/photos/{key}"));
    request.headers.insert("content-length", body.len().to_string().parse().unwrap());
    request.body = Body::Bytes(body.to_vec());
    sign(request, &Credentials::operator(), "s3", START)
}

#[test]
fn a_request_is_one_line_with_the_answers_id() {
    let pool = pool();
    let world = &pool.world;
    let (answer, signed_in) = line(world, aws(IDP, "InitiateAuth", &pool.sign_in_input("ann", PASSWORD)));
    assert_eq!(said(&signed_in), ("cognito", "InitiateAuth", "ok"));
    let names: Vec<&str> = signed_in.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, ["calls", "door", "event", "id", "ms", "operation", "outcome", "phases", "status"]);
    let phases: Vec<&str> = signed_in["phases"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(phases, ["bucket", "hashing", "objects", "signing", "upstream"]);
    assert_ne!(answer.header("x-amzn-requestid"), "");
    let (other, _) = line(world, World::request(Method::GET, "/_hosted/demo/login"));
    assert_ne!(other.header("x-amzn-requestid"), answer.header("x-amzn-requestid"));
}

#[test]
fn a_line_says_what_the_time_went_on() {
    let pool = pool();
    let world = &pool.world;
    let token = pool.tokens("ann")["AccessToken"].as_str().unwrap().to_owned();
    let spends = |request: Request| {
        let (answer, line) = line(world, request);
        assert!(answer.status.is_success(), "{} {}", answer.status, answer.text());
        let spent = |phase: &str| line["phases"][phase].as_f64().unwrap();
        for phase in ["objects", "hashing", "signing", "upstream", "bucket"] {
            assert!((0.0..=line["ms"].as_f64().unwrap()).contains(&spent(phase)), "{line}");
        }
        assert_eq!(spent("objects") > 0.0, line["calls"].as_u64().unwrap() > 0, "{line}");
        ["objects", "hashing", "signing", "upstream", "bucket"].map(|phase| spent(phase) > 0.0)
    };
    let sign_in = aws(IDP, "InitiateAuth", &pool.sign_in_input("ann", PASSWORD));
    assert_eq!(spends(sign_in), [true, true, true, false, false]);
    assert_eq!(spends(bearing("/real/x", &token)), [false, false, true, true, false]);
    assert_eq!(spends(put("a", b"hello")), [false, false, false, false, true]);
    let keys = World::request(Method::GET, &format!("/{}/.well-known/jwks.json", pool.id));
    assert_eq!(spends(keys), [false; 5]);
}

#[test]
fn a_refusal_is_named_in_the_doors_own_words() {
    let pool = pool();
    let world = &pool.world;
    let token = pool.tokens("ann")["AccessToken"].as_str().unwrap().to_owned();
    let cases = [
        (
            aws(IDP, "InitiateAuth", &pool.sign_in_input("ann", "Wrong-one-1")),
            ("cognito", "InitiateAuth", "NotAuthorizedException"),
        ),
        (aws(IDP, "ListUsers", &json!({})), ("cognito", "ListUsers", "MissingAuthenticationTokenException")),
        (aws(IDP, "Nonsense-token", &json!({})), ("cognito", "-", "UnknownOperationException")),
        (
            World::request(Method::GET, "/identitypools"),
            ("sync", "ListIdentityPoolUsage", "UnknownOperationException"),
        ),
        (
            form(&[("Action", "ListRoles"), ("Version", "2010-05-08")]),
            ("iam", "ListRoles", "MissingAuthenticationToken"),
        ),
        (World::request(Method::GET, "/s3/photos/a"), ("s3", "photos GetObject", "AccessDenied")),
        (bearing("/real/x", "forged"), ("gate", "real", "invalid_token")),
        (bearing("/scoped", &token), ("gate", "scoped", "insufficient_scope")),
        (World::request(Method::GET, "/nobodys"), ("gate", "", "NotFound")),
        (posted("/_hosted/demo/oauth2/token", &[("grant_type", "x")]), ("oidc", "token", "invalid_client")),
        (World::request(Method::GET, "/_hosted/demo/login"), ("hosted", "login", "UnknownClient")),
        (World::request(Method::GET, "/assets/none.js"), ("asset", "-", "NotFound")),
        (World::request(Method::GET, "/a%2fb"), ("gate", "", "BadRequest")),
    ];
    for (request, wanted) in cases {
        let (answer, line) = line(world, request);
        assert_eq!(said(&line), wanted, "{}", answer.text());
    }
    let query = encode(&[
        ("client_id", &pool.client),
        ("redirect_uri", "https://app.example/cb"),
        ("response_type", "token"),
    ]);
    let (answer, line) =
        line(world, World::request(Method::GET, &format!("/_hosted/demo/oauth2/authorize?{query}")));
    assert_eq!(
        (answer.status.as_u16(), said(&line)),
        (302, ("oidc", "authorize", "unsupported_response_type"))
    );
}

#[test]
fn what_breaks_is_a_line_of_one_form_with_the_same_id() {
    let pool = pool();
    let world = &pool.world;
    let operator = |request: Request, service: &str| sign(request, &Credentials::operator(), service, START);
    let role = [
        ("Action", "CreateRole"),
        ("Version", "2010-05-08"),
        ("RoleName", "r"),
        ("AssumeRolePolicyDocument", TRUST),
    ];
    let identity_pool = json!({ "IdentityPoolName": "p", "AllowUnauthenticatedIdentities": true });
    let cases = [
        (aws(IDP, "SignUp", &pool.sign_up_input("ben", None)), 500, "InternalErrorException"),
        (
            operator(aws(IDENTITY, "CreateIdentityPool", &identity_pool), "cognito-identity"),
            500,
            "InternalErrorException",
        ),
        (operator(form(&role), "iam"), 500, "InternalFailure"),
        (World::request(Method::GET, "/_tidegate/outbox"), 500, "InternalServerError"),
        (World::request(Method::GET, "/assets/boot.js"), 503, "ServiceUnavailable"),
    ];
    for (request, status, outcome) in cases {
        world.next_calls(&[Fate::LostCommand, Fate::LostCommand]);
        let (answer, lines) = asked(world, request);
        world.next_calls(&[]);
        assert_eq!(answer.status.as_u16(), status, "{}", answer.text());
        let [faults @ .., told] = lines.as_slice() else { panic!("no line") };
        assert!(!faults.is_empty(), "{told}");
        for fault in faults {
            let names: Vec<&str> = fault.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(names, ["event", "id", "level", "message"]);
            assert_eq!((fault["event"].as_str(), fault["level"].as_str()), (Some("fault"), Some("error")));
            assert_eq!(fault["id"], answer.header("x-amzn-requestid"));
        }
        assert_eq!((told["event"].as_str(), told["outcome"].as_str()), (Some("request"), Some(outcome)));
        assert_eq!(told["id"], answer.header("x-amzn-requestid"));
    }
}

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Federated":"cognito-identity.amazonaws.com"},"Action":"sts:AssumeRoleWithWebIdentity","Condition":{"StringEquals":{"cognito-identity.amazonaws.com:aud":"us-east-1:x"}}}]}"#;

/// Everything in an answer that opens something, and everything that was typed.
fn secrets(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.len() >= 20 => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| secrets(item, found)),
        Value::Object(members) => {
            let open = [
                "__type",
                "error",
                "Issuer",
                "UserPoolId",
                "ClientId",
                "UserSub",
                "Arn",
                "RequestId",
                "IdentityPoolId",
                "IdentityId",
            ];
            members
                .iter()
                .filter(|(name, _)| !open.contains(&name.as_str()))
                .for_each(|(_, item)| secrets(item, found));
        }
        _ => {}
    }
}

#[test]
fn no_line_of_a_whole_story_holds_a_secret() {
    let pool = pool();
    let world = &pool.world;
    world.take_log();
    let mut kept =
        vec![PASSWORD.to_owned(), "Wrong-one-1".into(), SECRET_KEY.into(), "ben@example.com".into()];
    let mut ask = |request: Request| {
        let answer = world.ask(request);
        secrets(&answer.json(), &mut kept);
        for line in answer.headers.get_all("set-cookie") {
            let value = line.to_str().unwrap().split_once('=').unwrap().1;
            kept.push(value.split(';').next().unwrap().to_owned());
        }
        for name in ["location", "authorization"] {
            let codes = answer.header(name).split(['?', '&']).filter_map(|pair| pair.split_once('='));
            kept.extend(codes.map(|(_, value)| value.to_owned()).filter(|value| value.len() >= 20));
        }
        answer
    };
    ask(aws(IDP, "SignUp", &pool.sign_up_input("ben", Some("ben@example.com")))).ok();
    let code = world.code("ben@example.com");
    let confirm = json!({ "ClientId": pool.client, "Username": "ben", "ConfirmationCode": code });
    ask(aws(IDP, "ConfirmSignUp", &confirm)).ok();
    ask(aws(IDP, "InitiateAuth", &pool.sign_in_input("ben", "Wrong-one-1")));
    let tokens = ask(aws(IDP, "InitiateAuth", &pool.sign_in_input("ben", PASSWORD))).ok();
    let token = |name: &str| tokens["AuthenticationResult"][name].as_str().unwrap().to_owned();
    ask(aws(IDP, "GetUser", &json!({ "AccessToken": token("AccessToken") }))).ok();
    ask(aws(IDP, "GetTokensFromRefreshToken", &pool.refresh_input(&token("RefreshToken"))));
    ask(bearing("/real/x", &token("AccessToken")));
    ask(bearing("/real/x", &format!("{}x", token("AccessToken"))));
    ask(bearing(&format!("/nobodys/{}", token("IdToken").split('.').next().unwrap()), &token("IdToken")));
    ask(put(&"k".repeat(40), b"hello"));
    let query = encode(&[
        ("client_id", &pool.client),
        ("redirect_uri", "https://app.example/cb"),
        ("response_type", "code"),
    ]);
    let page = ask(World::request(Method::GET, &format!("/_hosted/demo/login?{query}")));
    let html = page.text();
    let csrf = html.split("name=\"_csrf\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let mut login = posted(
        &format!("/_hosted/demo/login?{query}"),
        &[("_csrf", csrf), ("username", "ben"), ("password", PASSWORD)],
    );
    login.headers.insert("cookie", page.header("set-cookie").split(';').next().unwrap().parse().unwrap());
    let back = ask(login);
    let granted = back.header("location").split("code=").nth(1).unwrap().to_owned();
    let grant = [
        ("client_id", pool.client.as_str()),
        ("grant_type", "authorization_code"),
        ("code", &granted),
        ("redirect_uri", "https://app.example/cb"),
    ];
    ask(posted("/_hosted/demo/oauth2/token", &grant)).ok();
    // A fault tells what broke, and no more.
    world.next_calls(&[Fate::LostCommand, Fate::LostCommand]);
    ask(aws(IDP, "InitiateAuth", &pool.sign_in_input("ben", PASSWORD)));
    kept.extend([csrf.to_owned(), code, "k".repeat(40)]);
    let lines = world.take_log();
    assert!(lines.len() > 10);
    for secret in kept.iter().filter(|secret| !secret.is_empty()) {
        for line in &lines {
            assert!(!line.contains(secret.as_str()), "`{secret}` is in {line}");
        }
    }
}
