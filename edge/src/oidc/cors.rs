//! Which scripts may call: those of any origin, since nothing here acts on cookies.

use crate::message::Response;
use http::{Method, StatusCode};

pub(super) fn open(response: Response) -> Response {
    response
        .with("access-control-allow-origin", "*")
        .with("access-control-expose-headers", "x-amzn-RequestId,WWW-Authenticate")
}

/// The answer to a browser that asks before it sends.
pub(super) fn preflight(methods: &[Method]) -> Response {
    let methods: Vec<&str> = methods.iter().map(Method::as_str).collect();
    open(Response::new(StatusCode::NO_CONTENT))
        .with("access-control-allow-methods", methods.join(", "))
        .with(
            "access-control-allow-headers",
            "authorization, content-type, x-amz-user-agent, x-requested-with",
        )
        .with("access-control-max-age", "7200")
}
