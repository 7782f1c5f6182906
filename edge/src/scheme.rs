//! A deployment speaks https only: what comes in the clear reaches no door, and browsers are told not to try it again. A
//! local run speaks both, on two ports of one host, and so never says so.
//!
//! The scheme is the one that the platform saw. Where a proxy of one's own ends TLS before workerd, its socket takes the
//! scheme from that proxy's header (`forwardedProtoHeader`); a header alone is anybody's to send.

use crate::hosts::Owner;
use crate::message::{Request, Response};
use crate::platform::Settings;
use http::{Method, StatusCode};

/// A year, for this host and none below it: those may be others'.
const HSTS: &str = "max-age=31536000";

impl Settings {
    /// Whether everything but a local run's talk is encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        !self.local && self.origin.starts_with("https://")
    }
}

/// The answer to a request that came in the clear where it must not: a reader is led on, and what would act is refused,
/// because its secrets have been on the wire already.
pub(crate) fn refuse(settings: &Settings, request: &Request) -> Option<Response> {
    if !settings.is_encrypted() || request.origin.starts_with("https://") {
        return None;
    }
    let reads = matches!(request.method, Method::GET | Method::HEAD);
    let response = match there(settings, &request.host) {
        Some(origin) if reads => {
            Response::redirect(StatusCode::PERMANENT_REDIRECT, &format!("{origin}{}", request.target))
        }
        _ => {
            Response::text(StatusCode::FORBIDDEN, "text/plain; charset=utf-8", "only https is served here\n")
        }
    };
    Some(response.with("cache-control", "no-store"))
}

/// The same host by https; `None` for what is no plain name.
fn there(settings: &Settings, host: &str) -> Option<String> {
    if Owner::of(settings, host) == Owner::Deployment {
        return Some(settings.origin.clone());
    }
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._:[]".contains(&b);
    (!host.is_empty() && host.bytes().all(plain)).then(|| format!("https://{host}"))
}

/// Tells a browser that this host is always encrypted. For answers of ours: of a gated site only its owner knows.
pub(crate) fn pin(settings: &Settings, response: Response) -> Response {
    if settings.is_encrypted() { response.with("strict-transport-security", HSTS) } else { response }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing;

    fn answer(settings: &Settings, method: Method, url: &str) -> Option<(u16, String)> {
        let (scheme, rest) = url.split_once("://").unwrap();
        let (authority, target) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let host = authority.split(':').next().unwrap();
        let mut request = testing::request(&format!("{scheme}://{authority}"), host, target);
        request.method = method;
        refuse(settings, &request).map(|response| {
            let location = response.headers.get("location").map(|to| to.to_str().unwrap().to_owned());
            (response.status.as_u16(), location.unwrap_or_default())
        })
    }

    #[test]
    fn what_comes_in_the_clear_is_led_on_or_refused() {
        let deployed = Settings { local: false, ..testing::settings("https://id.example.com:8443") };
        let ask = |method, url: &str| answer(&deployed, method, url);
        for (url, to) in [
            ("http://id.example.com/_hosted/a/login?x=1", "https://id.example.com:8443/_hosted/a/login?x=1"),
            ("http://a.auth.id.example.com/login", "https://a.auth.id.example.com/login"),
            ("http://app.example.com:8080/a%20b", "https://app.example.com/a%20b"),
            ("http://app.example.com/a/../b", "https://app.example.com/a/../b"),
        ] {
            assert_eq!(ask(Method::GET, url), Some((308, to.to_owned())), "{url}");
            assert_eq!(ask(Method::HEAD, url), Some((308, to.to_owned())), "{url}");
            for method in [Method::POST, Method::PUT, Method::DELETE, Method::OPTIONS] {
                assert_eq!(ask(method, url), Some((403, String::new())), "{url}");
            }
            assert_eq!(ask(Method::POST, &url.replace("http:", "https:")), None);
        }
        assert_eq!(ask(Method::GET, "http://evil\\@x/"), Some((403, String::new())));
    }

    #[test]
    fn a_local_run_and_one_without_tls_serve_what_comes() {
        for settings in [
            testing::settings("https://localhost:8788"),
            Settings { local: false, ..testing::settings("http://id.internal") },
        ] {
            assert_eq!(answer(&settings, Method::POST, "http://localhost:8787/"), None);
            let pinned = pin(&settings, Response::new(StatusCode::OK));
            assert!(!pinned.headers.contains_key("strict-transport-security"));
        }
    }
}
