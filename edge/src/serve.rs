//! One request from entry to answer: the id, the door, the log line.

use crate::cache::Cache;
use crate::edge::Edge;
use crate::message::{Body, Request, Response};
use crate::phase::Phase;
use crate::platform::Platform;
use crate::route;
use domain::random;
use http::StatusCode;
use serde::Serialize;
use std::borrow::Cow;
use std::rc::Rc;

/// How much of a refused request's body is read all the same, in bytes.
const UNREAD: usize = 1 << 20;

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
    if let Some(rest) = rest
        && !response.status.is_success()
    {
        rest.discard(UNREAD).await;
    }
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
    response.with("x-amzn-requestid", &id)
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
