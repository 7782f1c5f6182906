//! The upstream of local runs: it answers what passed, so that a demo and tests need no server of their own.

use super::{Proved, forward, refusal};
use crate::edge::Edge;
use crate::message::{Request, Response};
use crate::path::Path;
use domain::gate::Route;
use http::StatusCode;
use serde_json::{Map, Value, json};

pub(super) fn answer(
    edge: &Edge,
    request: &Request,
    path: &Path,
    route: &Route,
    subject: &Proved,
) -> Response {
    if !edge.settings().local {
        return refusal::not_found();
    }
    let identity: Map<String, Value> =
        forward::identity(subject).into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
    let names: Vec<&str> = request.headers.keys().map(http::HeaderName::as_str).collect();
    let body = json!({
        "route": route.id,
        "method": request.method.as_str(),
        "host": request.host,
        "path": path.plain().unwrap_or_default(),
        "query": path.raw_query().unwrap_or_default(),
        "identity": identity,
        "headers": names,
    });
    Response::json(StatusCode::OK, &body).with("cache-control", "private, no-store")
}
