//! Where a pool's hosted pages and OAuth endpoints are: below `/_hosted/<prefix>` on the deployment's origin, or at the
//! root of the host `<prefix>.auth.<origin's host>`.

use crate::message::Request;
use crate::platform::Settings;
use domain::pool::UserPool;

/// The path below which every pool's pages are found on the origin itself.
pub(crate) const HOSTED: &str = "/_hosted/";
/// What stands between a pool's prefix and the origin's host.
const AUTH: &str = ".auth.";

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
    /// The site a request is for, and the path within it (`/login`); `None` when it is for none.
    pub(crate) fn of<'a>(settings: &Settings, request: &Request, plain: &'a str) -> Option<(Self, &'a str)> {
        let home = host_of(&settings.origin);
        if let Some(prefix) = request.host.strip_suffix(home).and_then(|host| host.strip_suffix(AUTH)) {
            let site =
                Self { prefix: prefix.to_owned(), origin: request.origin.clone(), path: String::new() };
            return is_prefix(prefix).then_some((site, plain));
        }
        let rest = plain.strip_prefix(HOSTED)?;
        let end = rest.find('/').unwrap_or(rest.len());
        let (prefix, within) = rest.split_at_checked(end)?;
        // A host that is not ours may have been made up by the client: links and redirects never lead there.
        let origin = if request.host == home { &request.origin } else { &settings.origin };
        let site =
            Self { prefix: prefix.to_owned(), origin: origin.clone(), path: format!("{HOSTED}{prefix}") };
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

    /// Whether browsers reach it encrypted. Only local runs are not.
    pub(crate) fn is_secure(&self) -> bool {
        !self.origin.starts_with("http://")
    }
}

/// Where a pool's pages are, as discovery documents and messages say it; `None` for a pool without a domain.
pub(crate) fn hosted_base(settings: &Settings, pool: &UserPool) -> Option<String> {
    pool.domain.as_ref().map(|prefix| hosted_url(settings, prefix))
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

    fn found(origin: &str, host: &str, plain: &str) -> Option<(Site, String)> {
        let request = testing::request(origin, host, plain);
        let settings = testing::settings("https://id.example.com");
        Site::of(&settings, &request, plain).map(|(site, within)| (site, within.to_owned()))
    }

    #[test]
    fn a_site_is_found_by_path_or_by_host() {
        let (site, within) =
            found("https://id.example.com", "id.example.com", "/_hosted/demo/oauth2/token").unwrap();
        assert_eq!((site.prefix.as_str(), within.as_str()), ("demo", "/oauth2/token"));
        assert_eq!(site.url("/login"), "https://id.example.com/_hosted/demo/login");
        assert_eq!(site.cookie_path(), "/_hosted/demo");
        let own = "demo.auth.id.example.com";
        let (site, within) = found("https://demo.auth.id.example.com", own, "/login").unwrap();
        assert_eq!((site.prefix.as_str(), within.as_str(), site.cookie_path()), ("demo", "/login", "/"));
        assert_eq!(site.url("/login"), "https://demo.auth.id.example.com/login");
    }

    #[test]
    fn what_is_no_prefix_is_no_site() {
        for path in
            ["/_hosted/", "/_hosted//login", "/_hosted/De/login", "/_hosted/-a/login", "/hosted/a/login"]
        {
            assert_eq!(found("https://id.example.com", "id.example.com", path), None, "{path}");
        }
        assert_eq!(found("https://a.b.auth.id.example.com", "a.b.auth.id.example.com", "/login"), None);
    }

    #[test]
    fn a_made_up_host_gets_no_link_to_itself() {
        let (site, _) = found("https://evil.example", "evil.example", "/_hosted/demo/login").unwrap();
        assert_eq!(site.url("/login"), "https://id.example.com/_hosted/demo/login");
    }
}
