//! Routes of kind `iam` before an HTTP upstream: a signature for the service `execute-api`, allowed to
//! `execute-api:Invoke` the resource `arn:aws:execute-api:<region>:<account>:<route>/<METHOD>/<path>`.

use super::{Proved, refusal};
use crate::aws::signed::{self, AuthError, Principal};
use crate::edge::Edge;
use crate::limits;
use crate::message::{Body, ReadFault, Request, Response};
use crate::path::Path;
use domain::error::{Error, Refusal};
use domain::gate::{Route, Subject};
use domain::policy::Context;
use domain::sigv4::{self, Form};
use http::StatusCode;
use std::rc::Rc;

const ACTION: &str = "execute-api:Invoke";

pub(super) async fn prove(
    edge: &Edge,
    request: &mut Request,
    path: &Path,
    route: &Route,
) -> Result<Proved, Box<Response>> {
    let refuse = |code: &'static str, message: &str| {
        Box::new(refusal::text(StatusCode::FORBIDDEN, message).with("x-amzn-errortype", code).told(code))
    };
    if limits::GATE_SIGNED.check(request).is_err() {
        return Err(Box::new(refusal::too_large()));
    }
    let body = std::mem::replace(&mut request.body, Body::Empty);
    let bytes = limits::GATE_SIGNED.read(body).await.map_err(|fault| {
        Box::new(match fault {
            ReadFault::TooLarge => refusal::too_large(),
            ReadFault::Broken(_) => refusal::text(StatusCode::BAD_REQUEST, "Bad Request"),
        })
    })?;
    let caller = signed::authenticate(edge, request, sigv4::Body::Whole(&bytes), &["execute-api"]).await;
    let caller = caller.map_err(|error| Box::new(refused(&error)))?;
    if !matches!(caller.verified.form(), Form::Header) {
        // A signed URL would go on to the upstream with its signature in it.
        return Err(refuse("AccessDeniedException", "signatures in the query are taken before buckets only"));
    }
    let plain =
        path.plain().map_err(|error| Box::new(refusal::text(StatusCode::BAD_REQUEST, &error.to_string())))?;
    let settings = edge.settings();
    let resource = format!(
        "arn:aws:execute-api:{}:{}:{}/{}{plain}",
        settings.region, settings.account, route.id, request.method
    );
    match signed::authorize(edge, &caller.principal, ACTION, &resource, Context::new()).await {
        Ok(()) => {}
        Err(Error::Refused(Refusal::AccessDenied { message })) => {
            return Err(refuse("AccessDeniedException", &message));
        }
        Err(error) => return Err(Box::new(refusal::failed(edge, &error))),
    }
    request.body = if bytes.is_empty() { Body::Empty } else { Body::Bytes(bytes) };
    Ok(Rc::new(subject(&caller.principal, &settings.account)))
}

/// Temporary credentials speak for an identity; an operator for nobody but themself.
fn subject(principal: &Principal, account: &str) -> Subject {
    let identity_id = match principal {
        Principal::Operator { .. } => None,
        Principal::Session(session) => Some(session.identity.clone()).filter(|identity| !identity.is_empty()),
    };
    Subject { username: principal.arn(account), identity_id, ..Subject::default() }
}

/// A signature that is not believed, in the words of the JSON APIs, which API Gateway shares.
pub(super) fn refused(error: &AuthError) -> Response {
    let failure = error.json();
    refusal::text(failure.status, &failure.message).with("x-amzn-errortype", failure.code).told(failure.code)
}
