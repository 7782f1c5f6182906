//! Requests and responses over the boundary.

use super::stream;
use crate::hosts;
use crate::message::{Body, Request, Response};
use crate::platform::Settings;
use domain::caller::Caller;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use js_sys::{Array, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Reads a request as the platform hands it over. `None` when its method or a header is nothing that HTTP knows.
///
/// The target is cut from the text of the URL, not parsed: a parser would resolve what routes and signatures must see.
pub(super) fn incoming(raw: &web_sys::Request, settings: &Settings) -> Option<Request> {
    let url = raw.url();
    let (origin, target) = split(&url);
    let headers = headers_in(&raw.headers())?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.or_else(|| origin.split_once("://").map(|(_, authority)| authority)).unwrap_or_default();
    let cf = property(raw, "cf");
    // The shim's, on the object itself: no header says it.
    let id = property(raw, "requestId").as_string().unwrap_or_default();
    Some(Request {
        method: Method::from_bytes(raw.method().as_bytes()).ok()?,
        origin: hosts::seen(settings, origin),
        host: without_port(host).to_ascii_lowercase(),
        target: target.to_owned(),
        caller: Caller { id, ..caller(&headers, &cf, settings.local) },
        sent_accept_encoding: property(&cf, "clientAcceptEncoding").as_string(),
        headers,
        body: raw.body().map_or(Body::Empty, |body| Body::Stream(stream::incoming(body))),
    })
}

/// Scheme and authority, and the rest as it stands.
fn split(url: &str) -> (&str, &str) {
    let start = url.find("://").map_or(0, |at| at + 3);
    let end =
        url.get(start..).and_then(|rest| rest.find(['/', '?', '#', '\\'])).map_or(url.len(), |at| start + at);
    match url.split_at_checked(end) {
        Some((origin, "")) => (origin, "/"),
        Some(parts) => parts,
        None => (url, "/"),
    }
}

fn without_port(host: &str) -> &str {
    // Colons within brackets are an IPv6 address's own.
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Who asks, from what the platform says. Only Cloudflare's edge sets `cf`, and with it the address header; elsewhere a
/// client could write that header itself. A local run listens on the loopback only.
fn caller(headers: &HeaderMap, cf: &JsValue, local: bool) -> Caller {
    if local {
        return Caller { address: "127.0.0.1".into(), ..Caller::default() };
    }
    if !cf.is_object() {
        return Caller::default();
    }
    let address = headers.get("cf-connecting-ip").and_then(|address| address.to_str().ok());
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, and a system number has 32 bits"
    )]
    let asn = property(cf, "asn").as_f64().map_or(0, |asn| asn as u32);
    Caller {
        address: address.unwrap_or_default().to_owned(),
        country: property(cf, "country").as_string().unwrap_or_default(),
        asn,
        id: String::new(),
    }
}

/// Reads headers; the platform has joined those of the same name, `set-cookie` excepted.
pub(super) fn headers_in(raw: &web_sys::Headers) -> Option<HeaderMap> {
    let mut headers = HeaderMap::new();
    for entry in raw.entries() {
        let entry: Array = entry.ok()?.dyn_into().ok()?;
        let (name, value) = (entry.get(0).as_string()?, entry.get(1).as_string()?);
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_bytes(value.as_bytes()).ok()?);
    }
    Some(headers)
}

/// Writes headers, each of a name on its own.
pub(super) fn headers_out(headers: &HeaderMap) -> Result<web_sys::Headers, JsValue> {
    let raw = web_sys::Headers::new()?;
    for (name, value) in headers {
        raw.append(name.as_str(), &String::from_utf8_lossy(value.as_bytes()))?;
    }
    Ok(raw)
}

/// Writes a response. Bodies are on the wire as they are here: `content-encoding` says what they are already.
pub(super) fn outgoing(response: Response) -> Result<web_sys::Response, JsValue> {
    let init = web_sys::ResponseInit::new();
    init.set_status(response.status.as_u16());
    let headers = headers_out(&response.headers)?;
    init.set_headers(&headers);
    Reflect::set(&init, &"encodeBody".into(), &"manual".into())?;
    if is_bodiless(response.status) {
        return web_sys::Response::new_with_opt_readable_stream_and_init(None, &init);
    }
    match response.body {
        Body::Empty => web_sys::Response::new_with_opt_readable_stream_and_init(None, &init),
        Body::Bytes(bytes) => {
            let bytes = js_sys::Uint8Array::from(bytes.as_slice());
            web_sys::Response::new_with_opt_js_u8_array_and_init(Some(&bytes), &init)
        }
        Body::Stream(body) => {
            let length = response.headers.get(header::CONTENT_LENGTH);
            let body = match length.and_then(|length| length.to_str().ok()?.parse().ok()) {
                Some(length) => stream::measured(body, length)?,
                None => stream::outgoing(body),
            };
            web_sys::Response::new_with_opt_readable_stream_and_init(Some(&body), &init)
        }
    }
}

/// Statuses whose responses the platform refuses to give a body.
fn is_bodiless(status: StatusCode) -> bool {
    status.is_informational()
        || matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)
}

/// A property, or `undefined` where there is none to read.
pub(super) fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or(JsValue::UNDEFINED)
}
