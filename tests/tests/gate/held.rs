//! Bodies before `iam` routes, which are held in memory until they are proved.

use super::setup::{routes, with};
use domain::id::hex;
use edge::message::{Body, Request, Response};
use edge::platform::Inbound;
use futures_util::future::join_all;
use futures_util::stream::poll_fn;
use http::{HeaderMap, Method, StatusCode};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::cell::Cell;
use std::rc::Rc;
use std::task::Poll;
use tests::World;
use tests::call::{Answer, Credentials, IDP, raw, sign};
use tests::world::START;

const MIB: usize = 1 << 20;

/// A world whose `/iam/…` is before an upstream that answers how many bytes came.
fn world() -> Rc<World> {
    let world = World::with_shards(1);
    routes(
        &world,
        &json!([{ "id": "iam", "match": { "path": "/iam/*" }, "auth": { "kind": "iam" },
                  "upstream": { "kind": "http", "url": "https://origin.example" } }]),
    );
    world.set_upstream(|outbound| {
        let Body::Bytes(bytes) = &outbound.body else { panic!("{:?}", outbound.body) };
        let response = Response::text(StatusCode::OK, "text/plain", bytes.len().to_string());
        Ok(Inbound { status: response.status, headers: HeaderMap::new(), body: response.body })
    });
    world
}

/// A body of so many bytes that comes piece by piece, others having their turn in between; and how much of it was asked
/// for.
fn slowly(length: usize) -> (Body, Rc<Cell<usize>>) {
    let read = Rc::new(Cell::new(0));
    let (seen, mut turn) = (Rc::clone(&read), false);
    let stream = poll_fn(move |cx| {
        turn = !turn;
        if turn {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let piece = (MIB / 4).min(length - seen.get());
        seen.set(seen.get() + piece);
        Poll::Ready((piece > 0).then(|| Ok(vec![b'x'; piece])))
    });
    (Body::Stream(Box::pin(stream)), read)
}

/// A signed request for a body of so many bytes, whose hash is in a header where it is `named`.
fn signed(length: usize, named: bool) -> Request {
    let body = vec![b'x'; length];
    let digest = hex(&Sha256::digest(&body));
    let mut request = World::request(Method::POST, "/iam/x");
    request.headers.insert("content-length", length.into());
    request.body = Body::Bytes(body);
    if named {
        request.headers.insert("x-amz-content-sha256", digest.parse().unwrap());
    }
    sign(request, &Credentials::operator(), "execute-api", START)
}

#[test]
fn what_the_head_says_is_refused_without_reading_the_body() {
    let world = world();
    let header = |key: &str, date: &str, service: &str| {
        let scope = format!("{key}/{}/us-east-1/{service}/aws4_request", &date[..8]);
        let signature = "0".repeat(64);
        format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host;x-amz-date, Signature={signature}")
    };
    let (own, day) = (tests::world::ACCESS_KEY, "20231114T221320Z");
    let guest = "ASIA0123456789ABCDEF";
    let digest = "0".repeat(64);
    for (status, headers) in [
        (403, vec![]),
        (400, vec![("authorization", "Bearer x".to_owned()), ("x-amz-date", day.into())]),
        (
            403,
            vec![
                ("authorization", header("AKIANOBODY0123456789", day, "execute-api")),
                ("x-amz-date", day.into()),
            ],
        ),
        (403, vec![("authorization", header(own, day, "s3")), ("x-amz-date", day.into())]),
        (
            403,
            vec![
                ("authorization", header(own, "20231114T100000Z", "execute-api")),
                ("x-amz-date", "20231114T100000Z".into()),
            ],
        ),
        (403, vec![("authorization", header(guest, day, "execute-api")), ("x-amz-date", day.into())]),
        (
            403,
            vec![
                ("authorization", header(own, day, "execute-api")),
                ("x-amz-date", day.into()),
                ("x-amz-content-sha256", digest),
            ],
        ),
    ] {
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let mut request = with(World::request(Method::POST, "/iam/x"), &headers);
        let (body, read) = slowly(10 * MIB);
        request.body = body;
        let answer = world.serve(request);
        assert_eq!((answer.status.as_u16(), read.get()), (status, 0), "{headers:?}");
    }
}

#[test]
fn a_signed_body_goes_on_and_another_than_was_signed_does_not() {
    let world = world();
    for named in [true, false] {
        let mut request = signed(MIB, named);
        request.body = slowly(MIB).0;
        let answer = world.ask(request);
        assert_eq!((answer.status.as_u16(), answer.text()), (200, MIB.to_string()), "{named}");
        let mut request = signed(MIB, named);
        request.body = slowly(MIB - 1).0;
        let answer = world.ask(request);
        assert_eq!(
            (answer.status.as_u16(), answer.header("x-amzn-errortype")),
            (403, "InvalidSignatureException")
        );
    }
}

#[test]
fn many_large_bodies_at_once_are_put_off_rather_than_held() {
    let world = world();
    let (asked, small) = world.run(async {
        let asked = (0..40).map(|_| {
            let mut request = signed(10 * MIB, true);
            let (body, read) = slowly(10 * MIB);
            request.body = body;
            let world = Rc::clone(&world);
            async move {
                let cache = world.cache();
                (Answer::read(world.serving(cache, request).await).await, read.get())
            }
        });
        // One that is small comes while the others are held.
        let mut small = signed(300, true);
        small.body = slowly(300).0;
        let small = Rc::clone(&world).serving(world.cache(), small);
        let (asked, small) = futures_util::future::join(join_all(asked), small).await;
        (asked, Answer::read(small).await)
    });
    assert_eq!((small.status.as_u16(), small.text().as_str()), (200, "300"));
    let count = |status| asked.iter().filter(|(answer, _)| answer.status == status).count();
    assert!(count(200) >= 1 && count(200) + count(503) == 40, "{} {}", count(200), count(503));
    let late = asked.iter().filter(|(answer, _)| answer.status == 503);
    assert!(late.clone().all(|(answer, _)| answer.header("retry-after") == "1"));
    assert!(late.clone().all(|(_, read)| *read < 10 * MIB));
    // All is given back.
    let mut request = signed(10 * MIB, true);
    request.body = slowly(10 * MIB).0;
    assert_eq!(world.ask(request).status, 200);
}

#[test]
fn many_bodies_of_api_calls_at_once_are_put_off_too() {
    let world = world();
    let pool = tests::person::Pool::new(&world);
    pool.person("ann", "ann@example.com");
    let asked = world.run(async {
        let asked = (0..200).map(|_| {
            let mut request = raw(&format!("{IDP}.InitiateAuth"), vec![]);
            request.headers.insert("content-length", (MIB / 2).into());
            request.body = slowly(MIB / 2).0;
            let world = Rc::clone(&world);
            async move {
                let cache = world.cache();
                Answer::read(world.serving(cache, request).await).await
            }
        });
        join_all(asked).await
    });
    let put_off: Vec<&Answer> = asked.iter().filter(|answer| answer.status == 503).collect();
    assert!(!put_off.is_empty() && put_off.len() < asked.len(), "{}", put_off.len());
    for answer in put_off {
        assert_eq!((answer.exception().as_str(), answer.header("retry-after")), ("ServiceUnavailable", "1"));
    }
    pool.tokens("ann");
}
