//! The isolate's clock, and in local runs the seconds that tests have moved it by.
//!
//! `/_tidegate/clock` exists only where `TIDEGATE_LOCAL` is bound: GET answers `{"offset": s}`, POST takes
//! `{"offset": s}` or `{"advance": s}`. Objects live in the same isolate locally, so their alarms see it too.

use crate::message::{Request, Response};
use http::{Method, StatusCode};
use serde::{Deserialize, Serialize};
use std::cell::Cell;

pub(super) const PATH: &str = "/_tidegate/clock";

/// A century: further would overflow what clients make of a date.
const FURTHEST: i64 = 100 * 366 * 86_400;

thread_local! {
    static OFFSET: Cell<i64> = const { Cell::new(0) };
}

/// Epoch milliseconds.
pub(super) fn millis() -> f64 {
    js_sys::Date::now()
}

/// Epoch seconds.
#[allow(clippy::cast_possible_truncation, reason = "a date in seconds is far below 2^53")]
pub(super) fn now() -> i64 {
    (millis() / 1000.0).floor() as i64
}

/// Seconds that tests have added; 0 in a deployment, where nothing can call [`serve`].
pub(super) fn offset() -> i64 {
    OFFSET.get()
}

#[derive(Serialize)]
struct Answer {
    offset: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ask {
    offset: Option<i64>,
    advance: Option<i64>,
}

pub(super) async fn serve(request: Request) -> Response {
    if request.method == Method::POST {
        // A page on another site can post text to this port, but not JSON.
        let json = request.header("content-type").is_some_and(|kind| kind.starts_with("application/json"));
        let body = request.body.read(1024).await.unwrap_or_default();
        let moved = match serde_json::from_slice(&body) {
            Ok(Ask { offset: Some(offset), advance: None }) if json => Some(offset),
            Ok(Ask { offset: None, advance: Some(advance) }) if json => {
                Some(offset().saturating_add(advance))
            }
            _ => None,
        };
        match moved {
            Some(moved) if (-FURTHEST..=FURTHEST).contains(&moved) => OFFSET.set(moved),
            _ => {
                let usage = "send JSON, {\"offset\": seconds} or {\"advance\": seconds}\n";
                return Response::text(StatusCode::BAD_REQUEST, "text/plain", usage);
            }
        }
    } else if request.method != Method::GET {
        return Response::new(StatusCode::METHOD_NOT_ALLOWED).with("allow", "GET, POST");
    }
    Response::json(StatusCode::OK, &Answer { offset: offset() })
}
