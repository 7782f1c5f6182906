use super::setup::{document, get, routes};
use http::Method;
use serde_json::{Value, json};
use std::rc::Rc;
use tests::World;
use tests::call::{Credentials, sign};
use tests::gate::Fate;
use tests::person::Pool;
use tests::world::START;

#[test]
fn a_document_is_replaced_only_by_whoever_has_read_it() {
    let world = World::with_shards(1);
    let first = json!({ "version": 0, "routes": [] });
    assert_eq!(document(&world, Method::PUT, Some(&first), &[]).ok(), json!({ "version": 1 }));
    let read = document(&world, Method::GET, None, &[]);
    assert_eq!((read.ok()["version"].as_u64(), read.header("etag")), (Some(1), "\"1\""));
    assert_eq!(document(&world, Method::PUT, Some(&first), &[]).status, 412);
    assert_eq!(document(&world, Method::PUT, Some(&first), &[("if-match", "\"7\"")]).status, 412);
    assert_eq!(document(&world, Method::PUT, Some(&first), &[("if-match", "x")]).status, 400);
    assert_eq!(document(&world, Method::PUT, Some(&first), &[("if-match", "\"1\"")]).ok()["version"], 2);
}

#[test]
fn a_document_that_is_stored_but_cannot_be_read_back_is_in_force_all_the_same() {
    let world = World::with_shards(1);
    let put = |version: u64, path: &str| {
        json!({ "version": version, "routes": [{ "id": "a", "match": { "path": path }, "auth": { "kind": "iam" },
                "upstream": { "kind": "echo" } }] })
    };
    document(&world, Method::PUT, Some(&put(0, "/old")), &[]).ok();
    // The account is read, changed, and not read again.
    world.next_calls(&[Fate::Well, Fate::Well, Fate::LostCommand, Fate::LostCommand]);
    let stored = document(&world, Method::PUT, Some(&put(1, "/new")), &[]);
    assert_eq!(stored.ok(), json!({ "version": 2 }));
    let status = |path: &str| world.ask(get(path, &[])).status.as_u16();
    assert_eq!((status("/old"), status("/new")), (404, 403));
}

#[test]
fn nobody_but_an_operator_reads_or_writes_it() {
    let world = World::with_shards(1);
    assert_eq!(world.ask(get("/_tidegate/gate", &[])).status, 403);
    let wrong = sign(get("/_tidegate/gate", &[]), &Credentials::operator(), "s3", START);
    assert_eq!(world.ask(wrong).status, 403);
    let stranger = Credentials { secret: "another secret altogether".into(), ..Credentials::operator() };
    assert_eq!(world.ask(sign(get("/_tidegate/gate", &[]), &stranger, "tidegate", START)).status, 403);
}

#[test]
fn a_document_with_a_mistake_changes_nothing_and_says_what_is_wrong() {
    let world = World::with_shards(1);
    let wrong = json!({ "routes": [{ "id": "a", "match": { "path": "/a" }, "auth": { "kind": "iam" },
        "upstream": { "kind": "echo" }, "colour": "blue" }] });
    let answer = document(&world, Method::PUT, Some(&wrong), &[]);
    assert_eq!(answer.status, 400);
    assert!(answer.text().contains("colour"), "{}", answer.text());
    assert_eq!(document(&world, Method::GET, None, &[]).ok()["version"], 0);
}

/// A pool with a client that browsers may come back to on `app.example.com` and below `sites.example.com`.
fn pool(world: &Rc<World>) -> Pool {
    let urls = ["https://app.example.com/_gate/callback", "https://a.sites.example.com/_gate/callback"];
    let client = json!({ "CallbackURLs": urls, "AllowedOAuthFlowsUserPoolClient": true, "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid"], "SupportedIdentityProviders": ["COGNITO"] });
    Pool::with(world, &json!({}), &client)
}

fn route(host: &str, auth: &Value) -> Value {
    json!({ "id": "app", "match": { "host": host, "path": "/*" }, "auth": auth, "upstream": { "kind": "echo" } })
}

#[test]
fn a_route_that_nobody_could_pass_is_refused_by_its_name() {
    let world = World::with_shards(1);
    let (own, other) = (pool(&world), pool(&world));
    let gone = pool(&world);
    world.operate("DeleteUserPool", &json!({ "UserPoolId": gone.id })).ok();
    let jwt = |pools: &[&str]| json!({ "kind": "jwt", "pools": pools });
    let session = |pool: &str, client: &str| json!({ "kind": "session", "pool": pool, "client_id": client });
    let app = "app.example.com";
    for (host, auth, told) in [
        (
            app,
            jwt(&[&own.id, "us-east-1_AbC123xyz"]),
            "route `app`: there is no user pool `us-east-1_AbC123xyz`".to_owned(),
        ),
        (app, jwt(&[&gone.id]), format!("route `app`: there is no user pool `{}`", gone.id)),
        (app, session("nowhere", &own.client), "route `app`: there is no user pool `nowhere`".into()),
        (app, session(&own.id, "nobody"), "route `app`: the pool has no client `nobody`".into()),
        (
            app,
            session(&own.id, &other.client),
            format!("route `app`: the pool has no client `{}`", other.client),
        ),
        (
            "other.example.com",
            session(&own.id, &own.client),
            format!("route `app`: client `{}` has no callback URL", own.client),
        ),
    ] {
        let put = json!({ "version": 0, "routes": [route(host, &auth)] });
        let answer = document(&world, Method::PUT, Some(&put), &[]);
        assert_eq!(answer.status, 400, "{told}");
        assert!(
            answer.json()["message"].as_str().unwrap().starts_with(&told),
            "{} is not {told}",
            answer.text()
        );
    }
    assert_eq!(document(&world, Method::GET, None, &[]).ok()["version"], 0);
    for host in [app, "*.sites.example.com", "*"] {
        routes(&world, &json!([route(host, &session(&own.id, &own.client))]));
    }
    routes(&world, &json!([route("*", &jwt(&[&own.id, &other.id]))]));
}

#[test]
fn a_route_that_stands_keeps_nobody_from_mending_another() {
    let world = World::with_shards(1);
    let pool = pool(&world);
    let standing = route("*", &json!({ "kind": "jwt", "pools": [pool.id] }));
    routes(&world, &json!([standing]));
    world.operate("DeleteUserPool", &json!({ "UserPoolId": pool.id })).ok();
    let mut other = route("*", &json!({ "kind": "iam" }));
    other["id"] = json!("other");
    routes(&world, &json!([other, standing]));
    let mut renamed = standing.clone();
    renamed["id"] = json!("new");
    let put = json!({ "version": 2, "routes": [renamed] });
    assert_eq!(document(&world, Method::PUT, Some(&put), &[]).status, 400);
}

#[test]
fn one_host_has_one_client_for_its_sessions() {
    let world = World::with_shards(1);
    let (own, other) = (pool(&world), pool(&world));
    let session = |id: &str, host: &str, path: &str, pool: &Pool| {
        json!({ "id": id, "match": { "host": host, "path": path }, "upstream": { "kind": "echo" },
            "auth": { "kind": "session", "pool": pool.id, "client_id": pool.client } })
    };
    let put = |two: Value| {
        let version = document(&world, Method::GET, None, &[]).ok()["version"].clone();
        document(&world, Method::PUT, Some(&json!({ "version": version, "routes": two })), &[])
    };
    let app = "app.example.com";
    let below = "*.sites.example.com";
    for (one, two) in
        [(app, app), (app, "*"), ("*", app), (below, "*"), (below, "a.sites.example.com"), (below, below)]
    {
        let refused = put(json!([session("one", one, "/a/*", &own), session("two", two, "/b/*", &other)]));
        assert_eq!(refused.status, 400, "{one} {two}");
        let told = refused.json()["message"].as_str().unwrap().to_owned();
        assert!(told.contains("`one`") && told.contains("`two`"), "{told}");
    }
    put(json!([session("one", app, "/a/*", &own), session("two", "*", "/b/*", &own)])).ok();
    put(json!([session("one", app, "/a/*", &own), session("two", below, "/b/*", &other)])).ok();
}

#[test]
fn a_route_that_nothing_could_reach_is_refused_by_its_name() {
    let world = World::with_shards(1);
    let at = |host: &str, path: &str| {
        let route = json!({ "id": "lost", "match": { "host": host, "path": path }, "auth": { "kind": "iam" },
            "upstream": { "kind": "echo" } });
        let version = document(&world, Method::GET, None, &[]).ok()["version"].clone();
        document(&world, Method::PUT, Some(&json!({ "version": version, "routes": [route] })), &[])
    };
    for (host, path) in [
        ("localhost", "/_hosted/*"),
        ("localhost", "/_hosted/demo/login"),
        ("127.0.0.1", "/_hosted/demo/*"),
        ("localhost", "/_tidegate/gate"),
        ("localhost", "/_tidegate/*"),
        ("localhost", "/assets/*"),
        ("localhost", "/assets/boot.js"),
        ("localhost", "/demo/*"),
        ("localhost", "/robots.txt"),
        ("localhost", "/favicon.svg"),
        ("localhost", "/identitypools/*"),
        ("demo.auth.localhost", "/app/*"),
        ("app.example.com", "/_gate/*"),
        ("*", "/_gate/callback"),
    ] {
        let refused = at(host, path);
        assert_eq!(refused.status, 400, "{host} {path}");
        let told = refused.json()["message"].as_str().unwrap().to_owned();
        assert!(told.starts_with("route `lost`: ") && told.contains(path), "{told}");
    }
    for (host, path) in [
        ("localhost", "/*"),
        ("localhost", "/"),
        ("localhost", "/assetsx/*"),
        ("localhost", "/app/assets/*"),
        ("localhost", "/oauth2/token"),
        ("app.example.com", "/assets/*"),
        ("app.example.com", "/_hosted/*"),
        ("*", "/assets/*"),
        ("*.localhost", "/x/*"),
        ("*", "/_gated/*"),
    ] {
        at(host, path).ok();
    }
}

#[test]
fn what_no_route_matches_is_not_found_and_what_reads_in_two_ways_is_refused() {
    let world = World::with_shards(1);
    routes(
        &world,
        &json!([{ "id": "a", "match": { "path": "/a/*" }, "auth": { "kind": "iam" }, "upstream": { "kind": "echo" } }]),
    );
    assert_eq!(world.ask(get("/b", &[])).status, 404);
    for target in ["/a/../b", "/a/%2e%2e/b", "/a//b", "/a%2fb", "/a\\b"] {
        assert_eq!(world.ask(get(target, &[])).status, 400, "{target}");
    }
    let unsigned = world.ask(get("/a/b", &[]));
    assert_eq!((unsigned.status.as_u16(), unsigned.header("cache-control")), (403, "private, no-store"));
    let signed = sign(get("/a/b?c=d", &[]), &Credentials::operator(), "execute-api", START);
    assert_eq!(world.ask(signed).ok()["path"], "/a/b");
}
