//! AWS JSON 1.1: one answer form, one failure form, CORS for browser SDKs.

mod serve;

pub(crate) use serve::{Api, serve};

use crate::buffer::Untaken;
use crate::edge::Edge;
use crate::message::{Request, Response};
use domain::error::{Error, Refusal};
use http::StatusCode;
use serde::Serialize;
use serde_json::Value;

const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// A failure as the protocol puts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    /// The exception's name, such as `NotAuthorizedException`.
    pub(crate) code: &'static str,
    pub(crate) message: String,
    pub(crate) status: StatusCode,
}

impl Failure {
    /// A modelled failure: status 400.
    pub(crate) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), status: StatusCode::BAD_REQUEST }
    }
    pub(crate) fn with_status(code: &'static str, message: impl Into<String>, status: StatusCode) -> Self {
        Self { code, message: message.into(), status }
    }
    /// Something of ours broke: nothing about it is said.
    pub(crate) fn internal() -> Self {
        Self::with_status(
            "InternalErrorException",
            "An internal error occurred. Try again; if it persists, give the operator the request id.",
            StatusCode::INTERNAL_SERVER_ERROR,
        )
    }
}

/// An error as callers see it, `None` where it is a fault of ours: that goes to the log. `refused` hands back what nothing
/// that its door asks for is refused with, which is a fault too.
pub(crate) fn told(
    edge: &Edge,
    error: Error,
    refused: impl FnOnce(Refusal) -> Result<Failure, Refusal>,
) -> Option<Failure> {
    let fault = match error {
        Error::Fault(fault) => fault.to_string(),
        Error::Refused(refusal) => match refused(refusal) {
            Ok(failure) => return Some(failure),
            Err(refusal) => format!("a door was refused with {refusal:?}"),
        },
    };
    edge.log_fault(&fault);
    None
}

/// An error as callers see it; of what broke on our side they learn nothing. For `refused` see [`told`].
pub(crate) fn failure_of(
    edge: &Edge,
    error: Error,
    refused: impl FnOnce(Refusal) -> Result<Failure, Refusal>,
) -> Failure {
    told(edge, error, refused).unwrap_or_else(Failure::internal)
}

/// The request is over the door's limits.
pub(crate) fn too_large() -> Failure {
    Failure::with_status(
        "RequestEntityTooLargeException",
        "The request is larger than this API takes.",
        StatusCode::PAYLOAD_TOO_LARGE,
    )
}

/// The request's body could not be read.
pub(crate) fn untaken(fault: &Untaken) -> Failure {
    match fault {
        Untaken::TooLarge => too_large(),
        Untaken::Broken(_) => Failure::new("SerializationException", "The request body broke off."),
        Untaken::Slow => Failure::with_status(
            "RequestTimeout",
            "The request's body came too slowly.",
            StatusCode::REQUEST_TIMEOUT,
        ),
        Untaken::Crowded => Failure::with_status(
            "ServiceUnavailable",
            "Too many requests at once. Try again.",
            StatusCode::SERVICE_UNAVAILABLE,
        ),
    }
}

#[derive(Serialize)]
struct Shape<'a> {
    #[serde(rename = "__type")]
    kind: &'a str,
    message: &'a str,
}

/// A successful answer.
pub(crate) fn answer(value: &Value) -> Response {
    let body = serde_json::to_vec(value).unwrap_or_else(|_| b"{}".to_vec());
    open(Response::text(StatusCode::OK, CONTENT_TYPE, body))
}

pub(crate) fn failure(failure: &Failure) -> Response {
    let shape = Shape { kind: failure.code, message: &failure.message };
    let body = serde_json::to_vec(&shape).unwrap_or_else(|_| b"{}".to_vec());
    let plain: String =
        failure.message.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').take(512).collect();
    open(
        Response::text(failure.status, CONTENT_TYPE, body)
            .with("x-amzn-errortype", format!("{}:", failure.code))
            .with("x-amzn-errormessage", plain)
            .told(failure.code),
    )
}

/// Any origin may read the answer: the APIs never act on cookies.
pub(crate) fn open(response: Response) -> Response {
    response
        .with("access-control-allow-origin", "*")
        .with("access-control-expose-headers", "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date")
        .with("cache-control", "no-store")
}

/// The answer to a browser that asks before it sends.
pub(crate) fn preflight(request: &Request) -> Response {
    let headers = request.header("access-control-request-headers").unwrap_or("*");
    Response::new(StatusCode::OK)
        .with("access-control-allow-origin", "*")
        .with("access-control-allow-methods", "POST")
        .with("access-control-allow-headers", headers)
        .with("access-control-max-age", "172800")
}
