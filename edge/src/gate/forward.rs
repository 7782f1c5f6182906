//! The way to an HTTP upstream and back, both streamed.

use super::{Proved, cookie, hearsay, refusal};
use crate::edge::Edge;
use crate::limits;
use crate::message::{Body, Request, Response};
use crate::path::{Path, UpstreamError};
use crate::phase::Phase;
use crate::platform::Outbound;
use domain::gate::{Auth, Route, Subject, Upstream};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// How a fetch that ran out of time begins its text.
pub(crate) const DEADLINE: &str = "deadline";

/// Headers that belong to one connection (RFC 9110 §7.6.1), or that the platform writes.
const HOP: [&str; 10] = [
    "connection",
    "expect",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Takes out every copy of what only the gate may say, in any spelling.
pub(super) fn strip(headers: &mut HeaderMap) {
    let names: Vec<HeaderName> =
        headers.keys().filter(|name| Upstream::is_identity_header(name.as_str())).cloned().collect();
    for name in names {
        headers.remove(name);
    }
}

/// The upstream's answer, or ours where there is none.
pub(super) async fn send(
    edge: &Edge,
    request: Request,
    path: &Path,
    route: &Route,
    upstream: &Upstream,
    subject: &Proved,
) -> Result<Response, Response> {
    let Upstream::Http { url, headers: own, timeout, forward } = upstream else {
        return Err(refusal::not_found());
    };
    if matches!(request.method, Method::GET | Method::HEAD) && has_body(&request) {
        // The platform sends none: an upstream would see another request than was proved.
        let text = "a GET or HEAD request with a body is not forwarded";
        return Err(refusal::text(StatusCode::BAD_REQUEST, text));
    }
    let url = match edge.cache.gate.base(url).and_then(|base| path.upstream(&base)) {
        Ok(url) => url,
        Err(UpstreamError::Path(error)) => {
            return Err(refusal::text(StatusCode::BAD_REQUEST, &error.to_string()));
        }
        Err(error @ (UpstreamError::Base | UpstreamError::Changed)) => {
            edge.log_fault(&error.to_string());
            return Err(refusal::text(StatusCode::BAD_GATEWAY, "Bad Gateway"));
        }
    };
    let mut headers = request.headers;
    drop_hops(&mut headers);
    cookie::strip(&mut headers, forward.cookies);
    if !forward.authorization {
        headers.remove(header::AUTHORIZATION);
    }
    if matches!(route.auth, Auth::Iam {}) {
        // A signature is for the gate; a session token is a credential.
        for name in ["x-amz-security-token", "x-amz-date", "x-amz-content-sha256"] {
            headers.remove(name);
        }
    }
    hearsay::strip(&mut headers, own);
    let scheme = request.origin.split("://").next().unwrap_or_default();
    let authority = request.origin.split_once("://").map_or("", |(_, authority)| authority);
    let ours = [
        ("x-forwarded-for", request.caller.address.as_str()),
        ("x-forwarded-host", authority),
        ("x-forwarded-proto", scheme),
    ];
    let set = own.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(ours);
    for (name, value) in set.filter(|(_, value)| !value.is_empty()) {
        insert(&mut headers, name, value);
    }
    for (name, value) in identity(subject) {
        insert(&mut headers, name, &value);
    }
    let body = limits::GATE.stream(request.body);
    let outbound =
        Outbound { method: request.method, url, headers, body, deadline: timeout.saturating_mul(1000) };
    let spending = edge.spending(Phase::Upstream);
    let answer = edge.platform.fetch(outbound).await;
    drop(spending);
    match answer {
        Ok(inbound) => {
            let mut headers = inbound.headers;
            drop_hops(&mut headers);
            cookie::guard(&mut headers);
            Ok(Response { headers, body: inbound.body, ..Response::new(inbound.status) })
        }
        Err(fault) => {
            edge.log_fault(&format!("route `{}`: {}", route.id, fault.0));
            Err(if fault.0.starts_with(DEADLINE) {
                refusal::text(StatusCode::GATEWAY_TIMEOUT, "Gateway Timeout")
            } else {
                refusal::text(StatusCode::BAD_GATEWAY, "Bad Gateway")
            })
        }
    }
}

fn has_body(request: &Request) -> bool {
    match &request.body {
        Body::Empty => false,
        Body::Bytes(bytes) => !bytes.is_empty(),
        Body::Stream(_) | Body::Held(_) => limits::declared_length(&request.headers) != Some(0),
    }
}

fn drop_hops(headers: &mut HeaderMap) {
    let listed: Vec<String> = headers
        .get_all(header::CONNECTION)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        // A client must not use this to take out what a proxy on the way has said.
        .filter(|name| {
            !name.is_empty()
                && !name.starts_with("x-forwarded")
                && name != "cookie"
                && name != "authorization"
        })
        .collect();
    for name in listed.iter().map(String::as_str).chain(HOP) {
        headers.remove(name);
    }
}

fn insert(headers: &mut HeaderMap, name: &str, value: &str) {
    if let (Ok(name), Ok(value)) = (HeaderName::from_bytes(name.as_bytes()), HeaderValue::from_str(value)) {
        headers.insert(name, value);
    }
}

/// What a header that names who passed does not hold as it is.
const UNPLAIN: &AsciiSet = &CONTROLS.add(b' ').add(b'%').add(b',');

/// Who passed, as headers. What is not visible ASCII is percent-encoded, and so are `%` and the commas between groups.
pub(super) fn identity(subject: &Subject) -> Vec<(&'static str, String)> {
    let groups: Vec<String> = subject.groups.iter().map(|name| plain(name)).collect();
    [
        ("x-tidegate-sub", plain(&subject.sub)),
        ("x-tidegate-username", plain(&subject.username)),
        ("x-tidegate-groups", groups.join(",")),
        ("x-tidegate-scope", subject.scopes.join(" ")),
        ("x-tidegate-client-id", plain(&subject.client_id)),
        ("x-tidegate-identity-id", subject.identity_id.as_deref().map(plain).unwrap_or_default()),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect()
}

fn plain(text: &str) -> String {
    utf8_percent_encode(text, UNPLAIN).to_string()
}
