use super::setup::{document, get, routes};
use http::Method;
use serde_json::json;
use tests::World;
use tests::call::{Credentials, sign};
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
