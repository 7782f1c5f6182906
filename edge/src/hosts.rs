//! Whose a host is, which decides before any path does, and where a pool's hosted pages and OAuth endpoints are.

use crate::message::Request;
use crate::platform::Settings;
use domain::pool::UserPool;

/// The path below which every pool's pages are found on the deployment's own host.
pub(crate) const HOSTED: &str = "/_hosted/";
/// The roots of what the map ([`crate::route`]) gives to other doors on the deployment's own host, before the gate.
const OWN: [&str; 6] = ["/_hosted", "/_tidegate", "/assets", "/identitypools", "/favicon.svg", "/robots.txt"];
/// What is ours there in local runs.
const OWN_LOCAL: [&str; 1] = ["/demo"];
/// What stands between a pool's prefix and the deployment's host.
const AUTH: &str = ".auth.";
/// This machine's names: a local run answers to each of them, on its TLS port too.
const LOOPBACK: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Whose a host is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner<'a> {
    /// The deployment's: its own paths, and the gate's where it has none.
    Deployment,
    /// A pool's, by its domain prefix, of which only the shape is known to be right.
    Pool(&'a str),
    /// The gate's, with every path. A host that nobody has set up is of this kind: no route leads anywhere from it.
    Gate,
}

impl<'a> Owner<'a> {
    /// `host` is in lower case and has no port.
    pub(crate) fn of(settings: &Settings, host: &'a str) -> Self {
        let home = host_of(&settings.origin);
        if host == home || (settings.local && LOOPBACK.contains(&host)) {
            return Self::Deployment;
        }
        match host.strip_suffix(home).and_then(|rest| rest.strip_suffix(AUTH)) {
            Some(prefix) if is_prefix(prefix) => Self::Pool(prefix),
            _ => Self::Gate,
        }
    }
}

/// The roots of paths that no route can have on the deployment's own host.
pub(crate) fn own_paths(settings: &Settings) -> impl Iterator<Item = &'static str> {
    let local = if settings.local { OWN_LOCAL.as_slice() } else { &[] };
    OWN.iter().chain(local).copied()
}

/// One pool's pages, as a request reached them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Site {
    /// The domain prefix; only its shape is known to be right.
    pub(crate) prefix: String,
    /// Scheme and authority.
    pub(crate) origin: String,
    /// What stands before each page's path: `/_hosted/<prefix>`, or nothing on a host of its own.
    pub(crate) path: String,
}

impl Site {
    /// The site of a pool's own host.
    pub(crate) fn at_host(prefix: &str, request: &Request) -> Self {
        Self { prefix: prefix.to_owned(), origin: request.origin.clone(), path: String::new() }
    }

    /// The site that a path of the deployment's host is of, and the path within it (`/login`).
    pub(crate) fn at_path<'a>(
        settings: &Settings,
        request: &Request,
        plain: &'a str,
    ) -> Option<(Self, &'a str)> {
        let rest = plain.strip_prefix(HOSTED)?;
        let end = rest.find('/').unwrap_or(rest.len());
        let (prefix, within) = rest.split_at_checked(end)?;
        // Clients have registered one origin: this machine's other names lead to it.
        let origin = home(settings, &request.origin).to_owned();
        let site = Self { prefix: prefix.to_owned(), origin, path: format!("{HOSTED}{prefix}") };
        is_prefix(prefix).then_some((site, within))
    }

    /// The address of a page or endpoint (`/login`) of this site.
    pub(crate) fn url(&self, page: &str) -> String {
        format!("{}{}{page}", self.origin, self.path)
    }

    /// The path that cookies of this site are bound to.
    pub(crate) fn cookie_path(&self) -> &str {
        if self.path.is_empty() { "/" } else { &self.path }
    }

    /// Whether browsers reach it encrypted. A deployment's always is: what comes in the clear is turned away before
    /// ([`crate::scheme`]). A local run's has two ports.
    pub(crate) fn is_secure(&self) -> bool {
        !self.origin.starts_with("http://")
    }
}

/// The origin that a client used, from the one that the platform saw. A local run's TLS port hands on in the clear what
/// came encrypted, and is known by its number. Anybody on this machine may put that number into a header, for nothing:
/// only a local run has such a port.
#[cfg(any(target_arch = "wasm32", test))]
pub(crate) fn seen(settings: &Settings, origin: &str) -> String {
    let port = settings.tls_origin.as_deref().and_then(port_of);
    match origin.strip_prefix("http://") {
        Some(authority) if port.is_some() && port_of(authority) == port => format!("https://{authority}"),
        _ => origin.to_owned(),
    }
}

/// Where the deployment's own paths are for a client that used `origin`: who came encrypted stays so.
pub(crate) fn home<'a>(settings: &'a Settings, origin: &str) -> &'a str {
    let tls = settings.tls_origin.as_deref().filter(|_| origin.starts_with("https://"));
    tls.unwrap_or(&settings.origin)
}

/// Where a pool's pages are below [`home`]; `None` for a pool without a domain.
pub(crate) fn hosted_at(home: &str, pool: &UserPool) -> Option<String> {
    pool.domain.as_ref().map(|prefix| format!("{home}{HOSTED}{prefix}"))
}

/// Where a pool's pages are, whoever asks.
pub(crate) fn hosted_base(settings: &Settings, pool: &UserPool) -> Option<String> {
    hosted_at(&settings.origin, pool)
}

/// The same for a prefix by itself.
pub(crate) fn hosted_url(settings: &Settings, prefix: &str) -> String {
    format!("{}{HOSTED}{prefix}", settings.origin)
}

/// AWS's shape of a prefix: 1 to 63 lower-case letters, digits and hyphens, no hyphen at either end.
pub(crate) fn is_prefix(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

/// Whether an origin is one of the names that examples use and nobody can hold (RFC 2606).
#[cfg_attr(not(target_arch = "wasm32"), allow(dead_code, reason = "settings are read on the runtime only"))]
pub(crate) fn is_placeholder(origin: &str) -> bool {
    let host = host_of(origin);
    ["example.com", "example.net", "example.org", "example", "invalid"]
        .iter()
        .any(|name| host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')))
}

/// The port that an authority, or an origin, names.
#[cfg(any(target_arch = "wasm32", test))]
fn port_of(text: &str) -> Option<&str> {
    let (_, port) = text.rsplit_once(':')?;
    (!port.is_empty() && port.bytes().all(|b| b.is_ascii_digit())).then_some(port)
}

/// The host of an origin, without scheme and port.
fn host_of(origin: &str) -> &str {
    let authority = origin.split_once("://").map_or(origin, |(_, rest)| rest);
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|b| b.is_ascii_digit()) => host,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing;

    const ORIGIN: &str = "https://id.example.com";

    fn found(host: &str, plain: &str) -> Option<(Site, String)> {
        let request = testing::request(&format!("https://{host}"), host, plain);
        let found = Site::at_path(&testing::settings(ORIGIN), &request, plain);
        found.map(|(site, within)| (site, within.to_owned()))
    }

    #[test]
    fn a_host_is_the_deployments_a_pools_or_the_gates() {
        let deployed = Settings { local: false, ..testing::settings(ORIGIN) };
        for (host, owner) in [
            ("id.example.com", Owner::Deployment),
            ("demo.auth.id.example.com", Owner::Pool("demo")),
            ("example.com", Owner::Gate),
            ("app.example.com", Owner::Gate),
            ("app.id.example.com", Owner::Gate),
            (".auth.id.example.com", Owner::Gate),
            ("a.b.auth.id.example.com", Owner::Gate),
            ("-a.auth.id.example.com", Owner::Gate),
            ("demo.auth.evil-id.example.com", Owner::Gate),
            ("demoXauth.id.example.com", Owner::Gate),
            ("id.example.com.", Owner::Gate),
            ("id.example.com.evil.example", Owner::Gate),
            ("localhost", Owner::Gate),
            ("127.0.0.1", Owner::Gate),
            ("", Owner::Gate),
        ] {
            assert_eq!(Owner::of(&deployed, host), owner, "{host}");
        }
    }

    #[test]
    fn names_of_examples_are_placeholders() {
        for origin in ["https://tidegate.example.com", "https://example.org:8443", "https://a.example"] {
            assert!(is_placeholder(origin), "{origin}");
        }
        for origin in
            ["https://id.acme.com", "https://myexample.com", "http://localhost:8787", "https://x.test"]
        {
            assert!(!is_placeholder(origin), "{origin}");
        }
    }

    #[test]
    fn a_local_run_answers_to_every_name_of_its_machine() {
        let local = testing::settings("http://localhost:8787");
        for host in ["localhost", "127.0.0.1", "[::1]"] {
            assert_eq!(Owner::of(&local, host), Owner::Deployment, "{host}");
        }
        assert_eq!(Owner::of(&local, "demo.auth.localhost"), Owner::Pool("demo"));
        for host in ["app.localhost", "127.0.0.2", "0.0.0.0", "evil.example"] {
            assert_eq!(Owner::of(&local, host), Owner::Gate, "{host}");
        }
    }

    #[test]
    fn a_site_is_at_a_path_or_at_a_host() {
        let (site, within) = found("id.example.com", "/_hosted/demo/oauth2/token").unwrap();
        assert_eq!((site.prefix.as_str(), within.as_str()), ("demo", "/oauth2/token"));
        assert_eq!(site.url("/login"), "https://id.example.com/_hosted/demo/login");
        assert_eq!(site.cookie_path(), "/_hosted/demo");
        let host = "demo.auth.id.example.com";
        let site = Site::at_host("demo", &testing::request(&format!("https://{host}"), host, "/login"));
        assert_eq!((site.prefix.as_str(), site.cookie_path()), ("demo", "/"));
        assert_eq!(site.url("/login"), "https://demo.auth.id.example.com/login");
    }

    #[test]
    fn what_is_no_prefix_is_no_site() {
        for path in
            ["/_hosted/", "/_hosted//login", "/_hosted/De/login", "/_hosted/-a/login", "/hosted/a/login"]
        {
            assert_eq!(found("id.example.com", path), None, "{path}");
        }
    }

    #[test]
    fn only_a_local_runs_tls_port_makes_a_request_encrypted() {
        let tls_origin = Some("https://localhost:8788".to_owned());
        let local = Settings { tls_origin, ..testing::settings("http://localhost:8787") };
        for (saw, used) in [
            ("http://localhost:8788", "https://localhost:8788"),
            ("http://127.0.0.1:8788", "https://127.0.0.1:8788"),
            ("http://[::1]:8788", "https://[::1]:8788"),
            ("http://app.localhost:8788", "https://app.localhost:8788"),
            ("http://localhost:8787", "http://localhost:8787"),
            ("http://localhost", "http://localhost"),
            ("http://localhost:", "http://localhost:"),
            ("http://[::8788]", "http://[::8788]"),
            ("https://localhost:8788", "https://localhost:8788"),
        ] {
            assert_eq!(seen(&local, saw), used);
        }
        let deployed = testing::settings(ORIGIN);
        for saw in
            ["http://localhost:8788", "http://id.example.com", "https://id.example.com", "http://a:443"]
        {
            assert_eq!(seen(&deployed, saw), saw);
        }
        let bare = Settings { tls_origin: Some("https://localhost".into()), ..deployed };
        assert_eq!(seen(&bare, "http://localhost"), "http://localhost");
    }

    #[test]
    fn who_came_encrypted_finds_the_site_encrypted() {
        let tls_origin = Some("https://localhost:8788".to_owned());
        let local = Settings { tls_origin, ..testing::settings("http://localhost:8787") };
        let at = |origin: &str, host: &str| {
            let request = testing::request(origin, host, "/_hosted/demo/login");
            Site::at_path(&local, &request, "/_hosted/demo/login").unwrap().0
        };
        let tls = at("https://localhost:8788", "localhost");
        assert_eq!(
            (tls.url("/login").as_str(), tls.is_secure()),
            ("https://localhost:8788/_hosted/demo/login", true)
        );
        assert_eq!(at("https://127.0.0.1:8788", "127.0.0.1").origin, "https://localhost:8788");
        assert_eq!(at("http://localhost:8787", "localhost").origin, "http://localhost:8787");
        assert_eq!(at("http://127.0.0.1:8787", "127.0.0.1").origin, "http://localhost:8787");
    }

    #[test]
    fn another_name_of_the_machine_leads_to_the_registered_one() {
        let (site, _) = found("127.0.0.1", "/_hosted/demo/login").unwrap();
        assert_eq!(site.url("/login"), "https://id.example.com/_hosted/demo/login");
    }
}
