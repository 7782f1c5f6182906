//! Requests to upstreams: streamed both ways, no redirect followed, nothing cached on the way, the answer's head within
//! a deadline.

use super::stream::{Foreign, hand_over};
use super::{boundary, fault, message, task};
use crate::limits::declared_length;
use crate::message::Body;
use crate::platform::{CallFault, Inbound, Outbound};
use http::{Method, header};
use wasm_bindgen::JsCast;

/// Sends a request. A [`CallFault`] that begins with `deadline` says that no answer came in time.
pub(super) async fn fetch(outbound: Outbound) -> Result<Inbound, CallFault> {
    let Outbound { method, url, headers, body, deadline } = outbound;
    // A GET with a body is more than the platform sends.
    let body = if matches!(method, Method::GET | Method::HEAD) { Body::Empty } else { body };
    let body = hand_over(body, declared_length(&headers)).map_err(fault::call)?;
    let head = message::pack(&[method.as_str(), &url], &headers);
    let sent = task::answered(|hear, listener| boundary::send(&head, &body, deadline, hear, listener));
    let answer = sent.await.map_err(fault::call)?;
    let response: web_sys::Response = answer.dyn_into().map_err(fault::call)?;
    let head = boundary::told(&response);
    let mut lines = head.split('\n');
    let status = lines.next().and_then(|status| status.parse().ok());
    let (Some(status), Some(mut headers)) = (status, message::unpack(lines)) else {
        return Err(CallFault("an answer with a head that is none".into()));
    };
    // The platform has decoded the body by the time it is read, by us or by whom it is passed on to.
    if headers.remove(header::CONTENT_ENCODING).is_some() {
        headers.remove(header::CONTENT_LENGTH);
    }
    let body = response.body().map_or(Body::Empty, Foreign::hold);
    Ok(Inbound { status, headers, body })
}
