//! One request from entry to answer: the id, the door, the log line.

use crate::cache::Cache;
use crate::edge::Edge;
use crate::message::{Body, Request, Response};
use crate::platform::Platform;
use crate::route;
use domain::random;
use serde::Serialize;
use std::rc::Rc;

/// How much of a refused request's body is read all the same, in bytes.
const UNREAD: usize = 1 << 20;

/// One structured line a request. No header, no body, no token ever goes in here.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    door: &'static str,
    operation: &'a str,
    status: u16,
    /// Milliseconds in all, and waiting for objects; object calls made.
    ms: f64,
    objects_ms: f64,
    objects: u32,
}

/// Serves one request. The request's id is in the answer and in the log line.
pub async fn serve(platform: Rc<dyn Platform>, cache: Rc<Cache>, mut request: Request) -> Response {
    let start = platform.ticks();
    let id = random::uuid(platform.random());
    request.caller.id.clone_from(&id);
    let (body, rest) = std::mem::replace(&mut request.body, Body::Empty).share();
    request.body = body;
    let edge = Edge::new(Rc::clone(&platform), cache, request.caller.clone());
    let (door, operation, response) = route::route(&edge, request).await;
    if let Some(rest) = rest
        && !response.status.is_success()
    {
        rest.discard(UNREAD).await;
    }
    let (objects_ms, objects) = edge.spent_on_objects();
    let line = Line {
        id: &id,
        door,
        operation: &operation,
        status: response.status.as_u16(),
        ms: platform.ticks() - start,
        objects_ms,
        objects,
    };
    if let Ok(line) = serde_json::to_string(&line) {
        platform.log(&line);
    }
    response.with("x-amzn-requestid", &id)
}
