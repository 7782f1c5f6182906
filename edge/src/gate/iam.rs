//! Routes of kind `iam` before an HTTP upstream: a signature for the service `execute-api`, allowed to
//! `execute-api:Invoke` the resource `arn:aws:execute-api:<region>:<account>:<route>/<METHOD>/<path>`.

use super::{Proved, refusal};
use crate::aws::signed::{self, AuthError, Principal, Signed};
use crate::edge::Edge;
use crate::limits::{self, TooLarge};
use crate::message::{Body, Request, Response};
use crate::path::Path;
use domain::error::{Error, Refusal};
use domain::gate::{Route, Subject};
use domain::policy::Context;
use domain::sigv4::{self, Form, SigError};
use http::StatusCode;
use std::rc::Rc;

const ACTION: &str = "execute-api:Invoke";

/// Where the head names the body by its hash, as most signers do, all is proved and allowed before a byte of the body is
/// held. Nothing goes on before the body is the one that was signed.
pub(super) async fn prove(
    edge: &Edge,
    request: &mut Request,
    path: &Path,
    route: &Route,
) -> Result<Proved, Box<Response>> {
    let distrust = |error| Box::new(refused(&error));
    limits::GATE_SIGNED.check(request).map_err(|TooLarge| Box::new(refusal::too_large()))?;
    let claimed = signed::claim(edge, request, &["execute-api"]).await.map_err(distrust)?;
    if !matches!(claimed.form(), Form::Header) {
        // A signed URL would go on to the upstream with its signature in it.
        return Err(Box::new(denied("signatures in the query are taken before buckets only")));
    }
    let (caller, bytes) = if claimed.names_body() {
        let caller = claimed.prove(sigv4::Body::Later).map_err(distrust)?;
        may(edge, &caller, request, path, route).await?;
        let bytes = read(edge, request).await?;
        if !caller.verified.covers(&bytes) {
            return Err(distrust(AuthError::Signature(SigError::ContentSha256Mismatch)));
        }
        (caller, bytes)
    } else {
        let bytes = read(edge, request).await?;
        let caller = claimed.prove(sigv4::Body::Whole(&bytes)).map_err(distrust)?;
        may(edge, &caller, request, path, route).await?;
        (caller, bytes)
    };
    request.body = if bytes.is_empty() { Body::Empty } else { Body::Bytes(bytes) };
    Ok(Rc::new(subject(&caller.principal, &edge.settings().account)))
}

async fn read(edge: &Edge, request: &mut Request) -> Result<Vec<u8>, Box<Response>> {
    let bytes = limits::GATE_SIGNED.take(edge, request).await;
    bytes.map_err(|fault| Box::new(refusal::untaken(&fault)))
}

/// Whether the caller's policies allow this request.
async fn may(
    edge: &Edge,
    caller: &Signed,
    request: &Request,
    path: &Path,
    route: &Route,
) -> Result<(), Box<Response>> {
    let plain =
        path.plain().map_err(|error| Box::new(refusal::text(StatusCode::BAD_REQUEST, &error.to_string())))?;
    let settings = edge.settings();
    let resource = format!(
        "arn:aws:execute-api:{}:{}:{}/{}{plain}",
        settings.region, settings.account, route.id, request.method
    );
    match signed::authorize(edge, caller, ACTION, &resource, Context::new()).await {
        Ok(()) => Ok(()),
        Err(Error::Refused(Refusal::AccessDenied { message })) => Err(Box::new(denied(&message))),
        Err(error) => Err(Box::new(refusal::failed(edge, &error))),
    }
}

fn denied(message: &str) -> Response {
    let code = "AccessDeniedException";
    refusal::text(StatusCode::FORBIDDEN, message).with("x-amzn-errortype", code).told(code)
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
