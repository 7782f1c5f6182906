//! The cookies of a site. Their names tell how they are bound: `__Host-` on a host of the pool's own, `__Secure-` where
//! pools share a host and a path parts them, bare in local runs without TLS.

use crate::hosts::Site;
use crate::message::{Request, Response};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// Who is signed in.
    Session,
    /// One half of the proof that a form is ours.
    Forgery,
    /// What the next page should say.
    Flash,
}

impl Cookie {
    const ALL: [Self; 3] = [Self::Session, Self::Forgery, Self::Flash];

    /// AWS's names where it has them.
    const fn bare(self) -> &'static str {
        match self {
            Self::Session => "cognito",
            Self::Forgery => "XSRF-TOKEN",
            Self::Flash => "flash",
        }
    }

    pub(crate) fn name(self, site: &Site) -> String {
        let prefix = match (site.is_secure(), site.path.is_empty()) {
            (false, _) => "",
            (true, true) => "__Host-",
            (true, false) => "__Secure-",
        };
        format!("{prefix}{}", self.bare())
    }

    pub(crate) fn read(self, site: &Site, request: &Request) -> Option<String> {
        request.cookie(&self.name(site)).map(str::to_owned)
    }

    /// Adds the cookie to an answer; `lives` in seconds, or until the browser closes. `value` is base64url.
    pub(crate) fn set(self, site: &Site, value: &str, lives: Option<i64>, response: Response) -> Response {
        let age = lives.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
        let secure = if site.is_secure() { "; Secure" } else { "" };
        let (name, path) = (self.name(site), site.cookie_path());
        response
            .also("set-cookie", format!("{name}={value}; Path={path}; HttpOnly; SameSite=Lax{age}{secure}"))
    }

    pub(crate) fn clear(self, site: &Site, response: Response) -> Response {
        self.set(site, "", Some(0), response)
    }

    /// Takes every cookie of the site back.
    pub(crate) fn clear_all(site: &Site, response: Response) -> Response {
        Self::ALL.into_iter().fold(response, |response, cookie| cookie.clear(site, response))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::StatusCode;

    fn line(site: &Site) -> String {
        let response = Cookie::Session.set(site, "v", Some(3600), Response::new(StatusCode::OK));
        response.headers.get("set-cookie").unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn a_cookie_is_bound_as_tightly_as_the_site_allows() {
        let shared = |origin: &str| Site {
            prefix: "demo".into(),
            origin: origin.into(),
            path: "/_hosted/demo".into(),
        };
        assert_eq!(
            line(&shared("http://localhost:8787")),
            "cognito=v; Path=/_hosted/demo; HttpOnly; SameSite=Lax; Max-Age=3600"
        );
        assert_eq!(
            line(&shared("https://id.example")),
            "__Secure-cognito=v; Path=/_hosted/demo; HttpOnly; SameSite=Lax; Max-Age=3600; Secure"
        );
        assert_eq!(
            line(&Site { path: String::new(), ..shared("https://demo.auth.id.example") }),
            "__Host-cognito=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure"
        );
    }
}
