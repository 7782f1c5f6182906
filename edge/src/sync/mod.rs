//! The cognito-sync door: REST paths with JSON bodies, or the target header that older clients send. None of its
//! operations is built yet, so each is refused by its name, whoever asks.
//!
//! Source: *Amazon Cognito Sync API reference*.

use crate::aws::json::{self, Failure};
use crate::message::{Request, Response};
use crate::model::{Operation, Service};
use http::Method;

/// The target prefix of this API; clients put a package's name before it.
pub(crate) const TARGET: &str = "AWSCognitoSyncService.";

/// Whether a path is of this API.
pub(crate) fn is_path(plain: &str) -> bool {
    plain.strip_prefix("/identitypools").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Serves a path of this API. The operation's name is for the log: a modelled one, or `-`.
pub(crate) fn serve(request: &Request, plain: &str) -> (String, Response) {
    if request.method == Method::OPTIONS {
        return (
            "preflight".into(),
            json::preflight(request).with("access-control-allow-methods", "DELETE, GET, POST"),
        );
    }
    refuse(Service::Sync.routed(request.method.as_str(), plain))
}

/// Serves a call that names its operation itself.
pub(crate) fn serve_target(target: &str) -> (String, Response) {
    refuse(Service::Sync.operation(target))
}

fn refuse(operation: Option<Operation>) -> (String, Response) {
    let (name, message) = match operation {
        Some(operation) => {
            (operation.name(), format!("{} is not supported by Tidegate yet.", operation.name()))
        }
        None => ("-", "The request names no operation of this API.".into()),
    };
    (name.into(), json::failure(&Failure::new("UnknownOperationException", message)))
}
