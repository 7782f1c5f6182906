//! Answers to pages of other origins, by what a route allows them.

use crate::message::{Request, Response};
use domain::gate::Cors;
use http::{Method, StatusCode};

/// Whether a request asks before another one is sent: a preflight.
pub(crate) fn is_preflight(request: &Request) -> bool {
    request.method == Method::OPTIONS
        && request.headers.contains_key("origin")
        && request.headers.contains_key("access-control-request-method")
}

/// The answer to a preflight, which never carries credentials and is never asked for any; `None` if it is none. An origin
/// that is not allowed gets the answer without permission, which browsers take as a no.
pub(crate) fn preflight(request: &Request, cors: &Cors) -> Option<Response> {
    if !is_preflight(request) {
        return None;
    }
    let response = Response::new(StatusCode::NO_CONTENT)
        .with("vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    let Some(allowed) = request.header("origin").and_then(|origin| cors.allow(origin)) else {
        return Some(response);
    };
    let asked = request.header("access-control-request-headers").unwrap_or_default();
    let headers = if cors.headers.is_empty() { asked.to_owned() } else { cors.headers.join(", ") };
    let method = request.header("access-control-request-method").unwrap_or_default();
    let mut response = response
        .with("access-control-allow-origin", allowed)
        .with("access-control-allow-methods", method)
        .with("access-control-max-age", cors.max_age.to_string());
    if !headers.is_empty() {
        response = response.with("access-control-allow-headers", headers);
    }
    if cors.credentials {
        response = response.with("access-control-allow-credentials", "true");
    }
    Some(response)
}

/// Lets the page that asked read the answer, if the route allows its origin. `exposed` is a list of header names, beside
/// those of the route.
pub(crate) fn answer(request: &Request, cors: &Cors, exposed: &str, mut response: Response) -> Response {
    // An upstream does not speak for the gate.
    for name in ["allow-origin", "allow-credentials", "expose-headers"] {
        response.headers.remove(format!("access-control-{name}"));
    }
    let response = response.also("vary", "Origin");
    let Some(allowed) = request.header("origin").and_then(|origin| cors.allow(origin)) else {
        return response;
    };
    let mut names = cors.expose.clone();
    names.extend(Some(exposed).filter(|names| !names.is_empty()).map(str::to_owned));
    let mut response = response.with("access-control-allow-origin", allowed);
    if !names.is_empty() {
        response = response.with("access-control-expose-headers", names.join(", "));
    }
    if cors.credentials {
        response = response.with("access-control-allow-credentials", "true");
    }
    response
}
