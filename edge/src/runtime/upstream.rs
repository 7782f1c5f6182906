//! Requests to upstreams: streamed both ways, no redirect followed, nothing cached on the way, the answer's head within
//! a deadline.

use super::{fault, message, stream};
use crate::message::Body;
use crate::platform::{CallFault, Inbound, Outbound};
use futures_util::future::{Either, select};
use http::{Method, StatusCode, header};
use js_sys::Uint8Array;
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestInit, RequestRedirect, WorkerGlobalScope};
use worker::Delay;

/// Sends a request. A [`CallFault`] that begins with `deadline` says that no answer came in time.
pub(super) async fn fetch(outbound: Outbound) -> Result<Inbound, CallFault> {
    let aborter = AbortController::new().map_err(fault::call)?;
    let deadline = outbound.deadline;
    let sent = send(outbound, &aborter).map_err(fault::call)?;
    let wait = Delay::from(Duration::from_millis(deadline.into()));
    let answer = match select(sent, wait).await {
        Either::Left((answer, _)) => answer.map_err(fault::call)?,
        Either::Right(_) => {
            aborter.abort();
            return Err(CallFault(format!("deadline: no answer within {deadline} ms")));
        }
    };
    let response: web_sys::Response = answer.dyn_into().map_err(fault::call)?;
    let status = StatusCode::from_u16(response.status());
    let status = status.map_err(|_| CallFault(format!("an answer of status {}", response.status())))?;
    let headers = message::headers_in(&response.headers());
    let mut headers = headers.ok_or_else(|| CallFault("an answer with headers that are none".into()))?;
    // The platform has decoded the body by the time we read it.
    if headers.remove(header::CONTENT_ENCODING).is_some() {
        headers.remove(header::CONTENT_LENGTH);
    }
    let body = response.body().map_or(Body::Empty, |body| Body::Stream(stream::incoming(body)));
    Ok(Inbound { status, headers, body })
}

fn send(outbound: Outbound, aborter: &AbortController) -> Result<JsFuture, JsValue> {
    let Outbound { method, url, headers, body, .. } = outbound;
    let init = RequestInit::new();
    init.set_method(method.as_str());
    init.set_redirect(RequestRedirect::Manual);
    // What one caller may see is not kept for the next.
    init.set_cache(RequestCache::NoStore);
    init.set_signal(Some(&aborter.signal()));
    init.set_headers(message::headers_out(&headers)?.as_ref());
    // A GET with a body is more than the platform sends.
    if !matches!(method, Method::GET | Method::HEAD) {
        match body {
            Body::Empty => {}
            Body::Bytes(bytes) => init.set_body(&Uint8Array::from(bytes.as_slice())),
            Body::Stream(body) => {
                let length = headers.get(header::CONTENT_LENGTH);
                let body = match length.and_then(|length| length.to_str().ok()?.parse().ok()) {
                    Some(length) => stream::measured(body, length)?,
                    None => stream::outgoing(body),
                };
                init.set_body(&body);
            }
        }
    }
    let global: WorkerGlobalScope = js_sys::global().unchecked_into();
    Ok(JsFuture::from(global.fetch_with_str_and_init(&url, &init)))
}
