//! `/_tidegate/gate`: the gate document, for operators. GET answers it with its version as entity tag; PUT replaces it,
//! and says by `If-Match` (or the document's own `version`) what it was made from.

use super::refusal;
use crate::aws::signed::{self, Principal};
use crate::edge::Edge;
use crate::flow::gate;
use crate::limits::{self, TooLarge};
use crate::message::{Request, Response};
use domain::error::{Error, Refusal};
use domain::sigv4;
use http::{Method, StatusCode};
use serde_json::json;

pub(crate) async fn serve(edge: &Edge, mut request: Request) -> (String, Response) {
    let name = match request.method {
        Method::GET => "GetGate",
        Method::PUT => "PutGate",
        _ => {
            let response =
                refusal::text(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed").with("allow", "GET, PUT");
            return (String::new(), response);
        }
    };
    let response = answer(edge, &mut request).await.unwrap_or_else(|refusal| *refusal);
    (name.to_owned(), response)
}

async fn answer(edge: &Edge, request: &mut Request) -> Result<Response, Box<Response>> {
    let refused = |error| Box::new(super::iam::refused(&error));
    limits::GATE_DOCUMENT.check(request).map_err(|TooLarge| Box::new(refusal::too_large()))?;
    let claimed = signed::claim(edge, request, &["tidegate"]).await.map_err(refused)?;
    let bytes = limits::GATE_DOCUMENT.take(edge, request).await;
    let bytes = bytes.map_err(|fault| Box::new(refusal::untaken(&fault)))?;
    let caller = claimed.prove(sigv4::Body::Whole(&bytes)).map_err(refused)?;
    if !matches!(caller.principal, Principal::Operator { .. }) {
        return Err(Box::new(refusal::text(
            StatusCode::FORBIDDEN,
            "only an operator may read or write the gate document",
        )));
    }
    if request.method == Method::GET {
        edge.account_fresh().await.map_err(|error| Box::new(refusal::failed(edge, &error)))?;
        let document = gate::current(edge).await.map_err(|error| Box::new(refusal::failed(edge, &error)))?;
        return Ok(Response::json(StatusCode::OK, &*document)
            .with("etag", format!("\"{}\"", document.version))
            .with("cache-control", "private, no-store"));
    }
    let expected =
        expected(request).map_err(|text| Box::new(refusal::text(StatusCode::BAD_REQUEST, text)))?;
    match gate::replace(edge, &bytes, expected).await {
        Ok(version) => Ok(Response::json(StatusCode::OK, &json!({ "version": version }))
            .with("etag", format!("\"{version}\""))
            .with("cache-control", "private, no-store")),
        Err(Error::Refused(Refusal::Conflict { message })) => {
            Err(Box::new(refusal::text(StatusCode::PRECONDITION_FAILED, &message)))
        }
        Err(Error::Refused(Refusal::Invalid { message })) => {
            Err(Box::new(refusal::text(StatusCode::BAD_REQUEST, &message)))
        }
        Err(error) => Err(Box::new(refusal::failed(edge, &error))),
    }
}

/// The version of `If-Match: "3"`.
fn expected(request: &Request) -> Result<Option<u64>, &'static str> {
    if !request.headers.contains_key("if-match") {
        return Ok(None);
    }
    let tag = request.header("if-match").map(|tag| tag.trim().trim_matches('"'));
    let version = tag.and_then(|tag| tag.parse().ok());
    version.map(Some).ok_or("`If-Match` names no version")
}
