//! One request from entry to answer: the id, the door, the log line.

use crate::cache::Cache;
use crate::edge::Edge;
use crate::message::{Body, ByteStream, Request, Response, Rest};
use crate::phase::Phase;
use crate::platform::Platform;
use crate::route;
use domain::random;
use futures_util::StreamExt;
use futures_util::future::select;
use futures_util::stream::{iter, once};
use http::StatusCode;
use serde::Serialize;
use std::borrow::Cow;
use std::pin::pin;
use std::rc::Rc;

/// How much of a body that no door wanted is read all the same, in bytes, and for how long, in milliseconds.
const UNREAD: usize = 1 << 20;
const UNREAD_FOR: u32 = 2_000;

/// One structured line a request. No header, no body, no path, no token ever goes in here.
#[derive(Serialize)]
struct Line<'a> {
    event: &'static str,
    id: &'a str,
    door: &'static str,
    operation: &'a str,
    status: u16,
    /// An error's code; `ok` where there was none.
    outcome: &'a str,
    /// Milliseconds until the answer's head, by the platform's clock (see [`crate::phase`]).
    ms: f64,
    phases: Milliseconds,
    /// Calls made to objects.
    calls: u32,
}

#[derive(Serialize)]
struct Milliseconds {
    objects: f64,
    hashing: f64,
    signing: f64,
    upstream: f64,
    bucket: f64,
}

/// Serves one request. The request's id is in the answer and in the log line.
pub async fn serve(platform: Rc<dyn Platform>, cache: Rc<Cache>, mut request: Request) -> Response {
    let start = platform.ticks();
    if request.caller.id.is_empty() {
        request.caller.id = random::uuid(platform.random());
    }
    let id = request.caller.id.clone();
    let (body, rest) = std::mem::replace(&mut request.body, Body::Empty).share();
    request.body = body;
    let edge = Edge::new(Rc::clone(&platform), cache, request.caller.clone());
    let (door, operation, response) = route::route(&edge, request).await;
    let line = Line {
        event: "request",
        id: &id,
        door,
        operation: &operation,
        status: response.status.as_u16(),
        outcome: &outcome(&response),
        ms: platform.ticks() - start,
        phases: Milliseconds {
            objects: edge.spent(Phase::Objects),
            hashing: edge.spent(Phase::Hashing),
            signing: edge.spent(Phase::Signing),
            upstream: edge.spent(Phase::Upstream),
            bucket: edge.spent(Phase::Bucket),
        },
        calls: edge.calls(),
    };
    if let Ok(line) = serde_json::to_string(&line) {
        platform.log(&line);
    }
    let response = hinting(response).with("x-amzn-requestid", &id);
    match rest.and_then(Rest::unread) {
        Some(rest) => before(response, rest, platform),
        None => response,
    }
}

/// Says when to try again, where that helps.
fn hinting(response: Response) -> Response {
    let busy = response.status == StatusCode::SERVICE_UNAVAILABLE && matches!(response.body, Body::Bytes(_));
    if busy && !response.headers.contains_key("retry-after") {
        return response.with("retry-after", "1");
    }
    response
}

/// An answer of ours to a request whose body is unread. A connection that is closed on a body half sent tells its client
/// nothing of the answer, so some of the body is read and forgotten: not before the answer, which a client may wait for
/// before it sends, but between the answer's last byte and its end. Once an answer has ended, the platform lets nobody
/// read.
fn before(mut response: Response, rest: ByteStream, platform: Rc<dyn Platform>) -> Response {
    if matches!(response.status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
        return response;
    }
    let bytes = match response.body {
        Body::Empty => Vec::new(),
        Body::Bytes(bytes) => bytes,
        Body::Stream(_) | Body::Held(_) => return response,
    };
    let length = bytes.len().to_string();
    let answer = iter((!bytes.is_empty()).then_some(Ok(bytes)));
    let end = once(async move {
        select(pin!(discard(rest)), platform.delay(UNREAD_FOR)).await;
    });
    response.body = Body::Stream(Box::pin(answer.chain(end.filter_map(async |()| None))));
    response.with("content-length", length)
}

async fn discard(mut rest: ByteStream) {
    let mut passed = 0;
    while let Some(Ok(chunk)) = rest.next().await {
        passed += chunk.len();
        if passed > UNREAD {
            return;
        }
    }
}

/// What the door says of it, else what the status does.
fn outcome(response: &Response) -> Cow<'static, str> {
    match &response.outcome {
        Some(told) => told.clone(),
        None if response.status.as_u16() < 400 => "ok".into(),
        None => reason(response.status).into(),
    }
}

/// A status' name, in the form of the codes.
fn reason(status: StatusCode) -> String {
    status.canonical_reason().unwrap_or("Unknown").split([' ', '-']).collect()
}
