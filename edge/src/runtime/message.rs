//! Requests and responses over the boundary.

use super::boundary;
use super::stream::{self, hand_over};
use crate::hosts;
use crate::limits::declared_length;
use crate::message::{Body, Request, Response};
use crate::platform::Settings;
use domain::caller::Caller;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// Room for as many headers as most messages have.
const HEADERS: usize = 32;

/// Reads a request as the platform hands it over. `None` when its method or a header is nothing that HTTP knows.
///
/// The target is cut from the text of the URL, not parsed: a parser would resolve what routes and signatures must see.
/// `head` is its method, its URL, its id, and `accept-encoding` as its client sent it if a signature may need it, a line
/// each; then its headers, two lines each.
pub(super) fn incoming(head: &str, raw: &web_sys::Request, settings: &Settings) -> Option<Request> {
    let mut lines = head.split('\n');
    let method = Method::from_bytes(lines.next()?.as_bytes()).ok()?;
    let (origin, target) = split(lines.next()?);
    // The shim's own: no header says it.
    let id = lines.next()?.to_owned();
    let sent_accept_encoding = lines.next().filter(|sent| !sent.is_empty()).map(str::to_owned);
    let headers = unpack(lines)?;
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.or_else(|| origin.split_once("://").map(|(_, authority)| authority)).unwrap_or_default();
    Some(Request {
        method,
        origin: hosts::seen(settings, origin),
        host: without_port(host).to_ascii_lowercase(),
        target: target.to_owned(),
        caller: Caller { id, ..caller(&headers, raw, settings.local) },
        sent_accept_encoding,
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
fn caller(headers: &HeaderMap, raw: &web_sys::Request, local: bool) -> Caller {
    if local {
        return Caller { address: "127.0.0.1".into(), ..Caller::default() };
    }
    let cf = property(raw, "cf");
    if !cf.is_object() {
        return Caller::default();
    }
    let address = headers.get("cf-connecting-ip").and_then(|address| address.to_str().ok());
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, and a system number has 32 bits"
    )]
    let asn = property(&cf, "asn").as_f64().map_or(0, |asn| asn as u32);
    Caller {
        address: address.unwrap_or_default().to_owned(),
        country: property(&cf, "country").as_string().unwrap_or_default(),
        asn,
        id: String::new(),
    }
}

/// Reads headers, two lines each; the platform has joined those of the same name, `set-cookie` excepted.
pub(super) fn unpack<'a>(mut lines: impl Iterator<Item = &'a str>) -> Option<HeaderMap> {
    let mut headers = HeaderMap::with_capacity(HEADERS);
    while let (Some(name), Some(value)) = (lines.next(), lines.next()) {
        let name = HeaderName::from_bytes(name.as_bytes()).ok()?;
        headers.append(name, HeaderValue::from_bytes(value.as_bytes()).ok()?);
    }
    Some(headers)
}

/// Writes lines, and then headers, two lines each. No value can hold a line's end.
pub(super) fn pack(lines: &[&str], headers: &HeaderMap) -> String {
    let mut text = lines.join("\n");
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        for line in [name.as_str(), &value] {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
        }
    }
    text
}

/// Writes a response. Bodies are on the wire as they are here: `content-encoding` says what they are already.
pub(super) fn outgoing(response: Response) -> Result<web_sys::Response, JsValue> {
    let body = if is_bodiless(response.status) { Body::Empty } else { response.body };
    let body = hand_over(body, declared_length(&response.headers))?;
    boundary::answer(response.status.as_u16(), &pack(&[], &response.headers), &body)
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
