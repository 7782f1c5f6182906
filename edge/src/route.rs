//! The map: every path, one line each, grouped by who calls. Matched on the decoded path; S3 alone reads the raw one.

use crate::edge::Edge;
use crate::message::{Request, Response};
use http::StatusCode;

/// A request's way to its door, and what the log calls it.
pub(crate) async fn route(edge: &Edge, request: Request) -> (&'static str, String, Response) {
    let _ = (edge, request);
    ("none", String::new(), Response::text(StatusCode::NOT_FOUND, "text/plain", "not found\n"))
}
