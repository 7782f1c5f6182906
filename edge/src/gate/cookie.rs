//! The gate's two cookies. Both are `__Host-`: bound to one host, sent only where the connection is safe. Chromium counts
//! `http://localhost` as safe (a test signs in there), so local runs need no exception. Other browsers are untried.

use crate::message::Response;
use http::{HeaderMap, HeaderValue, header};

/// Who is signed in.
pub(super) const SESSION: &str = "__Host-tidegate";
/// Which browser a sign-in was begun in.
pub(super) const BROWSER: &str = "__Host-tidegate-browser";

/// Adds a cookie; `lives` in seconds. `value` is base64url and dots.
pub(super) fn set(response: Response, name: &str, value: &str, lives: i64) -> Response {
    let line = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={lives}");
    response.also("set-cookie", line)
}

pub(super) fn clear(response: Response, name: &str) -> Response {
    set(response, name, "", 0)
}

/// Whether a cookie is ours, in any case.
fn is_ours(name: &str) -> bool {
    let name = name.trim();
    [SESSION, BROWSER].iter().any(|ours| ours.eq_ignore_ascii_case(name))
}

/// Takes our cookies out of a request, and all of them where `others` do not go on either.
pub(super) fn strip(headers: &mut HeaderMap, others: bool) {
    let kept: Vec<HeaderValue> = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .filter_map(|line| {
            let pairs = line.split(';').map(str::trim);
            let kept: Vec<&str> =
                pairs.filter(|pair| !is_ours(pair.split('=').next().unwrap_or_default())).collect();
            let kept = kept.join("; ");
            if others && !kept.is_empty() { HeaderValue::from_str(&kept).ok() } else { None }
        })
        .collect();
    headers.remove(header::COOKIE);
    for line in kept {
        headers.append(header::COOKIE, line);
    }
}

/// Drops cookies that an upstream tries to set under our names: it does not say who is signed in.
pub(super) fn guard(headers: &mut HeaderMap) {
    let kept: Vec<HeaderValue> = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .filter(|line| {
            let name = line.as_bytes().split(|b| *b == b'=').next().unwrap_or_default();
            !is_ours(&String::from_utf8_lossy(name))
        })
        .cloned()
        .collect();
    headers.remove(header::SET_COOKIE);
    for line in kept {
        headers.append(header::SET_COOKIE, line);
    }
}
