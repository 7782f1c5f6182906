//! The S3 protocol before a bucket: six operations, signed by header or query, for temporary credentials and operators.
//!
//! A key is decoded once ([`crate::path`]) to the name that policy and bucket both see. What S3 has and this has not is
//! refused by its own name, never passed over. Answers say `sandbox`: what somebody has uploaded is never a page of
//! this origin.

mod ask;
mod condition;
mod failure;
mod list;
mod put;
mod range;
mod read;
mod upload;
mod xml;

use crate::aws::signed::{self, AuthError, Signed};
use crate::buffer::Untaken;
use crate::cors;
use crate::edge::Edge;
use crate::flow::gate::BucketRoute;
use crate::limits::{self, TooLarge};
use crate::message::{Body, Request, Response};
use crate::path::Path;
use crate::phase::Phase;
use crate::platform::Bucket;
use ask::{Ask, Operation};
use domain::error::{Error, Refusal};
use domain::policy::Context;
use domain::sigv4;
use failure::{Code, Failure};
use http::{Method, StatusCode};
use std::rc::Rc;

/// Response headers that pages of other origins may read.
const EXPOSED: &str = "etag, content-range, accept-ranges, last-modified, content-disposition, x-amz-request-id, \
                       x-amz-id-2, x-amz-checksum-crc32, x-amz-checksum-crc32c, x-amz-checksum-crc64nvme, \
                       x-amz-checksum-sha1, x-amz-checksum-sha256, x-amzn-requestid, date";

/// Serves a request that the gate has found to be for a bucket.
pub(crate) async fn serve(
    edge: &Edge,
    mut request: Request,
    path: &Path,
    route: &BucketRoute,
) -> (String, Response) {
    if let Some(answer) = cors::preflight(&request, &route.cors) {
        return (format!("{} preflight", route.id), answer);
    }
    let head = request.method == Method::HEAD;
    let (name, answer) = match Ask::read(&request, path, route) {
        Ok(ask) => (ask.operation.name(), perform(edge, &mut request, &ask, route).await),
        Err(failure) => ("s3", Err(failure)),
    };
    let response = answer.unwrap_or_else(|failure| failure.answer(edge, path.raw(), head));
    (format!("{} {name}", route.id), cors::answer(&request, &route.cors, EXPOSED, dressed(edge, response)))
}

/// Whether a request says that it is signed for S3, true or not: clients of S3 can read no other answer than S3's.
pub(crate) fn is_meant(request: &Request) -> bool {
    let header = |value: &str| value.starts_with("AWS4-") && value.contains("/s3/aws4_request");
    let query = || request.raw_query().split('&').find_map(|pair| pair.strip_prefix("X-Amz-Credential="));
    request.header("authorization").is_some_and(header)
        || query().is_some_and(|value| value.contains("%2Fs3%2Faws4_request"))
}

/// The answer where no route leads to a bucket.
pub(crate) fn nowhere(edge: &Edge, request: &Request, path: &Path) -> Response {
    let failure = Failure::new(Code::NoSuchBucket, "No route of the gate leads to a bucket here");
    dressed(edge, failure.answer(edge, path.raw(), request.method == Method::HEAD))
}

fn dressed(edge: &Edge, response: Response) -> Response {
    response
        .with("x-amz-request-id", &edge.caller.id)
        .with("x-content-type-options", "nosniff")
        .with("content-security-policy", "sandbox; default-src 'none'")
}

async fn perform(
    edge: &Edge,
    request: &mut Request,
    ask: &Ask,
    route: &BucketRoute,
) -> Result<Response, Failure> {
    limits::S3.check(request).map_err(|TooLarge| Code::EntityTooLarge)?;
    let caller = signed::authenticate(edge, request, sigv4::Body::Later, &["s3"]).await.map_err(refused)?;
    ask.check_headers(&edge.settings().account)?;
    let mut context = Context::new();
    if ask.operation == Operation::ListObjectsV2 {
        list::describe(ask, &mut context)?;
    }
    may(edge, &caller, ask.operation.action(), &ask.resource(), context).await?;
    let bucket: Rc<dyn Bucket> = edge.platform.bucket(&route.binding).ok_or(Code::NoSuchBucket)?;
    let _spending = edge.spending(Phase::Bucket);
    match ask.operation {
        Operation::PutObject => {
            let body = std::mem::replace(&mut request.body, Body::Empty);
            put::serve(edge, &*bucket, ask, &caller, body).await
        }
        Operation::HeadBucket => {
            unread(edge, &caller, request).await?;
            Ok(Response::new(StatusCode::OK).with("x-amz-bucket-region", &edge.settings().region))
        }
        Operation::ListObjectsV2 => {
            unread(edge, &caller, request).await?;
            list::serve(edge, &*bucket, ask).await
        }
        Operation::DeleteObject => {
            unread(edge, &caller, request).await?;
            bucket.delete(&ask.key).await.map_err(|fault| broken(edge, &fault.0))?;
            Ok(Response::new(StatusCode::NO_CONTENT))
        }
        Operation::GetObject | Operation::HeadObject => {
            unread(edge, &caller, request).await?;
            match read::serve(edge, &*bucket, ask).await {
                // Who may not list may not learn which keys there are.
                Err(failure) if failure.code == Code::NoSuchKey => {
                    let bucket = format!("arn:aws:s3:::{}", ask.bucket);
                    let context = Context::new().with("s3:prefix", ask.key.as_str());
                    may(edge, &caller, "s3:ListBucket", &bucket, context).await?;
                    Err(failure)
                }
                other => other,
            }
        }
    }
}

/// A body where none belongs must be the one that was signed: nothing, mostly.
async fn unread(edge: &Edge, caller: &Signed, request: &mut Request) -> Result<(), Failure> {
    let bytes = limits::FORM.take(edge, request).await.map_err(|fault| match fault {
        Untaken::Crowded => Code::ServiceUnavailable,
        Untaken::TooLarge | Untaken::Broken(_) | Untaken::Slow => Code::IncompleteBody,
    })?;
    let mut decoder = upload::decoder(caller, &[])?;
    decoder.push(&bytes, &mut Vec::new())?;
    decoder.finish()?;
    Ok(())
}

async fn may(
    edge: &Edge,
    caller: &Signed,
    action: &str,
    resource: &str,
    context: Context,
) -> Result<(), Failure> {
    match signed::authorize(edge, caller, action, resource, context).await {
        Ok(()) => Ok(()),
        Err(Error::Refused(Refusal::Busy)) => Err(Code::ServiceUnavailable.into()),
        Err(Error::Refused(_)) => Err(Code::AccessDenied.into()),
        Err(Error::Fault(fault)) => Err(broken(edge, &fault.0)),
    }
}

fn refused(error: AuthError) -> Failure {
    match error {
        AuthError::Signature(error) => error.into(),
        AuthError::UnknownKey => Code::InvalidAccessKeyId.into(),
        AuthError::InvalidToken => Code::InvalidToken.into(),
        AuthError::ExpiredToken => Code::ExpiredToken.into(),
    }
}

/// Something of ours broke: the log learns what.
fn broken(edge: &Edge, text: &str) -> Failure {
    edge.log_fault(text);
    Code::InternalError.into()
}
