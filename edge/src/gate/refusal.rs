//! The gate's own answers, in the words of API Gateway where it has them.

use crate::buffer::Untaken;
use crate::edge::Edge;
use crate::message::Response;
use domain::error::{Error, Refusal};
use http::StatusCode;
use serde_json::json;

/// A plain answer that nobody may keep.
pub(super) fn text(status: StatusCode, message: &str) -> Response {
    Response::json(status, &json!({ "message": message })).with("cache-control", "private, no-store")
}

pub(super) fn not_found() -> Response {
    text(StatusCode::NOT_FOUND, "Not Found")
}

pub(super) fn unauthorized() -> Response {
    text(StatusCode::UNAUTHORIZED, "Unauthorized")
}

pub(super) fn forbidden() -> Response {
    text(StatusCode::FORBIDDEN, "Forbidden")
}

pub(super) fn too_large() -> Response {
    text(StatusCode::PAYLOAD_TOO_LARGE, "Request Entity Too Large")
}

/// The request's body could not be read.
pub(super) fn untaken(fault: &Untaken) -> Response {
    match fault {
        Untaken::TooLarge => too_large(),
        Untaken::Broken(_) => text(StatusCode::BAD_REQUEST, "Bad Request"),
        Untaken::Slow => text(StatusCode::REQUEST_TIMEOUT, "Request Timeout"),
        Untaken::Crowded => text(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable"),
    }
}

/// We could not tell whether the request may pass, so it does not. The log learns why.
pub(super) fn failed(edge: &Edge, error: &Error) -> Response {
    let fault = match error {
        Error::Refused(Refusal::Busy) => {
            return text(StatusCode::SERVICE_UNAVAILABLE, "Too Many Requests").with("retry-after", "1");
        }
        Error::Refused(refusal) => format!("the gate was refused with {refusal:?}"),
        Error::Fault(fault) => fault.to_string(),
    };
    edge.log_fault(&fault);
    text(StatusCode::SERVICE_UNAVAILABLE, "Service Unavailable")
}
