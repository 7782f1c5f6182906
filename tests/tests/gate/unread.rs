//! Bodies that no door wants: the answer comes first, and some of the body is read while it ends.

use super::setup::{routes, with};
use edge::message::{Body, Request, Response};
use edge::platform::Inbound;
use futures_util::FutureExt;
use futures_util::stream::{self, StreamExt};
use http::{HeaderMap, Method, StatusCode};
use serde_json::json;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use tests::World;
use tests::call::Answer;
use tests::person::Pool;

const KIB: usize = 1024;

fn world() -> (Rc<World>, String) {
    let world = World::with_shards(1);
    let pool = Pool::new(&world);
    pool.person("ann", "ann@example.com");
    let token = pool.tokens("ann")["AccessToken"].as_str().unwrap().to_owned();
    routes(
        &world,
        &json!([{ "id": "up", "match": { "path": "/up/*" }, "auth": { "kind": "jwt", "pools": [pool.id] },
                  "upstream": { "kind": "http", "url": "https://origin.example" } }]),
    );
    (world, token)
}

/// A request with a body of so many pieces of one KiB, then its end, or nothing more; and how many were drawn.
fn post(pieces: usize, ends: bool) -> (Request, Rc<Cell<usize>>) {
    let drawn = Rc::new(Cell::new(0));
    let seen = Rc::clone(&drawn);
    let body = stream::iter(0..pieces).map(move |_| {
        seen.set(seen.get() + 1);
        Ok(vec![b'x'; KIB])
    });
    let rest = if ends { stream::empty().left_stream() } else { stream::pending().right_stream() };
    let mut request = World::request(Method::POST, "/up/x");
    request.body = Body::Stream(Box::pin(body.chain(rest)));
    (request, drawn)
}

#[test]
fn a_refusal_does_not_wait_for_the_body() {
    let (world, _) = world();
    for pieces in [0, 1, 100] {
        let (request, drawn) = post(pieces, false);
        let Response { status, headers, body, .. } = world.serve(request);
        assert_eq!((status.as_u16(), drawn.get()), (401, 0));
        let Body::Stream(mut body) = body else { panic!("{body:?}") };
        let first = body.next().now_or_never().unwrap().unwrap().unwrap();
        assert_eq!(first, br#"{"message":"Unauthorized"}"#);
        assert_eq!(headers["content-length"], first.len().to_string());
        assert_eq!(drawn.get(), 0, "the answer is out before the first byte is read");
        assert!(body.next().now_or_never().is_none(), "the client may go on");
        assert_eq!(drawn.get(), pieces);
    }
}

#[test]
fn an_unwanted_body_is_read_to_its_end_or_to_a_mebibyte() {
    let (world, _) = world();
    for (pieces, read) in [(0, 0), (1, 1), (1024, 1024), (3000, 1025)] {
        let (request, drawn) = post(pieces, true);
        let answer = world.ask(request);
        assert_eq!((answer.status.as_u16(), drawn.get()), (401, read));
        assert_eq!(answer.json(), json!({ "message": "Unauthorized" }));
    }
}

#[test]
fn a_body_that_went_on_to_an_upstream_is_the_upstreams_to_read() {
    let (world, token) = world();
    let held: Rc<RefCell<Option<Body>>> = Rc::default();
    let keep = Rc::clone(&held);
    world.set_upstream(move |outbound| {
        *keep.borrow_mut() = Some(outbound.body);
        let response = Response::text(StatusCode::PAYLOAD_TOO_LARGE, "text/plain", "early");
        Ok(Inbound { status: response.status, headers: HeaderMap::new(), body: response.body })
    });
    let (request, drawn) = post(100, true);
    let response = world.serve(with(request, &[("authorization", &token)]));
    let answer = world.run(Answer::read(response));
    assert_eq!((answer.status.as_u16(), answer.text().as_str(), drawn.get()), (413, "early", 0));
    let body = held.borrow_mut().take().unwrap();
    let bytes = body.read(usize::MAX).now_or_never().unwrap().unwrap();
    assert_eq!((bytes.len(), drawn.get()), (100 * KIB, 100));
}

#[test]
fn an_upstream_that_breaks_off_leaves_the_rest_unread_but_answered() {
    let (world, token) = world();
    world.set_upstream(|outbound| {
        let Body::Stream(mut body) = outbound.body else { panic!("{:?}", outbound.body) };
        body.next().now_or_never();
        Err(edge::platform::CallFault("connection reset".into()))
    });
    let (request, drawn) = post(10, true);
    let answer = world.ask(with(request, &[("authorization", &token)]));
    assert_eq!((answer.status.as_u16(), drawn.get()), (502, 10));
    // One that has read all leaves nothing.
    world.set_upstream(|outbound| {
        outbound.body.read(usize::MAX).now_or_never();
        Err(edge::platform::CallFault("connection reset".into()))
    });
    let (request, drawn) = post(10, true);
    let response = world.serve(with(request, &[("authorization", &token)]));
    assert!(matches!(response.body, Body::Bytes(_)));
    assert_eq!((response.status.as_u16(), drawn.get()), (502, 10));
}
