//! What a client says of a request that some server behind the gate would believe: none of it goes on.
//!
//! Names are compared in lower case with `_` read as `-`, because CGI and its heirs do not tell the two apart. A `*` stands
//! for any ending.
//!
//! | headers | why they stay here |
//! |---|---|
//! | `forwarded`, `x-forwarded-*`, `client-ip`, `x-client-ip`, `x-real-ip`, `x-remote-ip`, `x-remote-addr`, `x-originating-ip`, `x-cluster-client-ip`, `true-client-ip`, `fastly-client-ip`, `cf-connecting-ip*`, `cf-pseudo-ipv4`, `x-azure-clientip`, `x-azure-socketip`, `x-appengine-user-ip` | who calls, from where and how: the gate says it by `x-forwarded-for`, `-host` and `-proto` |
//! | `x-original-*`, `x-rewrite-*`, `x-override-url`, `x-http-method`, `x-http-method-override`, `x-method-override`, `x-host`, `x-http-host-override` | another path, method or host than the route was chosen by (IIS, Symfony, Laminas, Rails, Express) |
//! | `remote-*`, `x-remote-*`, `x-auth-request-*`, `x-authenticated-*`, `x-authentik-*`, `x-webauth-*`, `x-pomerium-claim-*`, `x-goog-authenticated-user-*`, `x-ms-client-principal*`, `tailscale-user-*`, `cf-access-authenticated-user-email` | who somebody is, in the words of other gates: oauth2-proxy, Authelia, Kubernetes, Grafana, IAP, Azure, Access |
//! | `client-cert*`, `x-client-cert*`, `x-client-verify`, `ssl-client-*`, `x-ssl-client-*`, `x-amzn-mtls-*` | a client certificate that nobody has checked |
//! | `x-middleware-*`, `x-envoy-*`, `x-sendfile-type`, `x-accel-*`, `proxy` | orders to a framework or a proxy: Next.js skips its middleware, Rack sends files, CGI finds another proxy (httpoxy) |
//!
//! What the gate itself says, its identity headers, is not in the table: no copy of them passes to any upstream.

use http::{HeaderMap, HeaderName};
use std::borrow::Cow;
use std::collections::BTreeMap;

const CALLER: &[&str] = &[
    "forwarded",
    "x-forwarded-*",
    "client-ip",
    "x-client-ip",
    "x-real-ip",
    "x-remote-ip",
    "x-remote-addr",
    "x-originating-ip",
    "x-cluster-client-ip",
    "true-client-ip",
    "fastly-client-ip",
    "cf-connecting-ip*",
    "cf-pseudo-ipv4",
    "x-azure-clientip",
    "x-azure-socketip",
    "x-appengine-user-ip",
];

const OVERRIDE: &[&str] = &[
    "x-original-*",
    "x-rewrite-*",
    "x-override-url",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-host",
    "x-http-host-override",
];

const IDENTITY: &[&str] = &[
    "remote-*",
    "x-remote-*",
    "x-auth-request-*",
    "x-authenticated-*",
    "x-authentik-*",
    "x-webauth-*",
    "x-pomerium-claim-*",
    "x-goog-authenticated-user-*",
    "x-ms-client-principal*",
    "tailscale-user-*",
    "cf-access-authenticated-user-email",
];

const CERTIFICATE: &[&str] =
    &["client-cert*", "x-client-cert*", "x-client-verify", "ssl-client-*", "x-ssl-client-*", "x-amzn-mtls-*"];

const ORDER: &[&str] = &["x-middleware-*", "x-envoy-*", "x-sendfile-type", "x-accel-*", "proxy"];

/// Takes out what the table names, and every other spelling of the headers that the route sets itself.
pub(super) fn strip(headers: &mut HeaderMap, own: &BTreeMap<String, String>) {
    let own: Vec<String> = own.keys().map(|name| plain(&name.to_ascii_lowercase()).into_owned()).collect();
    let taken = |name: &HeaderName| {
        let name = plain(name.as_str());
        is_hearsay(&name) || own.iter().any(|own| *own == name)
    };
    let names: Vec<HeaderName> = headers.keys().filter(|name| taken(name)).cloned().collect();
    for name in names {
        headers.remove(name);
    }
}

/// `name` is in lower case.
fn plain(name: &str) -> Cow<'_, str> {
    if name.contains('_') { name.replace('_', "-").into() } else { name.into() }
}

fn is_hearsay(plain: &str) -> bool {
    let first = plain.bytes().next();
    let patterns = [CALLER, OVERRIDE, IDENTITY, CERTIFICATE, ORDER].iter().copied().flatten();
    // Most headers begin like none of them.
    patterns.filter(|pattern| pattern.bytes().next() == first).any(|pattern| {
        match pattern.strip_suffix('*') {
            Some(start) => plain.starts_with(start),
            None => plain == *pattern,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(name: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(HeaderName::from_bytes(name.as_bytes()).unwrap(), http::HeaderValue::from_static("x"));
        strip(&mut headers, &BTreeMap::from([("X-Origin-Secret".to_owned(), "s".to_owned())]));
        !headers.is_empty()
    }

    #[test]
    fn no_spelling_of_what_the_table_names_passes() {
        for name in [
            "Forwarded",
            "x-forwarded-for",
            "X_Forwarded_For",
            "x-forwarded_prefix",
            "x-forwarded-user",
            "x-forwarded-client-cert",
            "client-ip",
            "client_ip",
            "cf-connecting-ipv6",
            "X-Original-URL",
            "x_original_url",
            "x-rewrite-url",
            "x-http-method",
            "X-HTTP-Method-Override",
            "x_method_override",
            "remote-user",
            "REMOTE_USER",
            "x-remote-user",
            "x-remote-extra-scopes",
            "x-auth-request-email",
            "cf-access-authenticated-user-email",
            "client-cert-chain",
            "ssl_client_s_dn",
            "x-middleware-subrequest",
            "x-sendfile-type",
            "proxy",
            "x-origin-secret",
            "x_origin_secret",
        ] {
            assert!(!passes(name), "{name}");
        }
    }

    #[test]
    fn what_clients_may_say_passes() {
        for name in [
            "accept",
            "x-requested-with",
            "x-csrf-token",
            "x-request-id",
            "x-client-version",
            "x-http-version",
            "x-hosting",
            "proxy-status",
            "traceparent",
            "x-amz-meta-a_b",
            "my_header",
        ] {
            assert!(passes(name), "{name}");
        }
    }

    #[test]
    fn the_table_says_what_is_done() {
        let text = include_str!("hearsay.rs");
        let told: Vec<&str> = text
            .lines()
            .filter(|line| line.starts_with("//! | `"))
            .filter_map(|line| line.split('|').nth(1))
            .flat_map(|names| names.split('`').skip(1).step_by(2))
            .collect();
        let done: Vec<&str> =
            [CALLER, OVERRIDE, IDENTITY, CERTIFICATE, ORDER].iter().copied().flatten().copied().collect();
        assert_eq!(told, done);
    }
}
