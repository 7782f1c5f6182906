//! The proof that a form was one of our pages in this browser: a random value in a cookie, its MAC in the form, and what
//! the browser itself says of where the request comes from.

use crate::edge::Edge;
use crate::hosts::Site;
use crate::message::Request;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::pool::UserPool;
use domain::random;
use domain::seal::{self, KeyRing, Purpose};

/// A fresh cookie value: 32 bytes in base64url.
pub(crate) fn draw(edge: &Edge) -> String {
    URL_SAFE_NO_PAD.encode(random::bytes::<32>(edge.platform.random()))
}

/// Whether a cookie's value is one that [`draw`] could have made.
pub(crate) fn is_drawn(cookie: &str) -> bool {
    URL_SAFE_NO_PAD.decode(cookie).is_ok_and(|bytes| bytes.len() == 32)
}

/// What a form carries beside this cookie.
pub(crate) fn token(edge: &Edge, pool: &UserPool, cookie: &str) -> String {
    token_with(&edge.settings().keys.derive(Purpose::Csrf, &[pool.id.as_str()]), cookie)
}

fn token_with(key: &[u8; 32], cookie: &str) -> String {
    URL_SAFE_NO_PAD.encode(seal::mac(key, &[cookie.as_bytes()]))
}

/// Whether a form's token belongs to the cookie that came with it.
pub(crate) fn holds(keys: &KeyRing, pool: &UserPool, cookie: Option<&str>, token: Option<&str>) -> bool {
    holds_with(&keys.derive_each(Purpose::Csrf, &[pool.id.as_str()]), cookie, token)
}

fn holds_with(keys: &[[u8; 32]], cookie: Option<&str>, token: Option<&str>) -> bool {
    let (Some(cookie), Some(token)) = (cookie.filter(|cookie| is_drawn(cookie)), token) else { return false };
    keys.iter().any(|key| seal::same(token_with(key, cookie).as_bytes(), token.as_bytes()))
}

/// Whether the browser says that another site sent this. One that says nothing, or hides the origin because our own
/// pages tell it not to refer (`Origin: null`), is held to the token alone.
pub(crate) fn is_foreign(request: &Request, site: &Site) -> bool {
    is_foreign_to(request, &site.origin)
}

/// The same for any origin.
pub(crate) fn is_foreign_to(request: &Request, own: &str) -> bool {
    let fetched = request.headers.get("sec-fetch-site").map(http::HeaderValue::as_bytes);
    let origin = request.headers.get("origin").map(http::HeaderValue::as_bytes);
    let foreign_fetch = fetched.is_some_and(|from| from != b"same-origin" && from != b"none");
    let foreign_origin = origin.is_some_and(|from| from != b"null" && from != own.as_bytes());
    foreign_fetch || foreign_origin
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::testing;

    const KEY: [u8; 32] = [1; 32];
    const OLD: [u8; 32] = [2; 32];

    fn cookie(seed: u8) -> String {
        URL_SAFE_NO_PAD.encode([seed; 32])
    }

    #[test]
    fn a_form_holds_with_its_own_cookie_only() {
        let (mine, other) = (cookie(1), cookie(2));
        let token = token_with(&KEY, &mine);
        assert!(holds_with(&[KEY], Some(&mine), Some(&token)));
        assert!(holds_with(&[OLD, KEY], Some(&mine), Some(&token)), "a rotated secret");
        assert!(!holds_with(&[OLD], Some(&mine), Some(&token)));
        assert!(!holds_with(&[KEY], Some(&other), Some(&token)));
        assert!(!holds_with(&[KEY], Some(&mine), Some(&mine)));
        assert!(!holds_with(&[KEY], Some(&mine), Some("")));
        assert!(!holds_with(&[KEY], Some(&mine), None));
        assert!(!holds_with(&[KEY], None, Some(&token)));
        assert!(!holds_with(&[KEY], Some(""), Some(&token_with(&KEY, ""))), "a cookie that was never ours");
    }

    #[test]
    fn what_the_browser_says_of_another_site_counts() {
        let site = testing::site();
        let foreign = |headers: &[(&'static str, &'static str)]| {
            let mut request =
                testing::request("https://id.example.com", "id.example.com", "/_hosted/demo/login");
            for (name, value) in headers {
                request.headers.insert(*name, http::HeaderValue::from_static(value));
            }
            is_foreign(&request, &site)
        };
        assert!(!foreign(&[]));
        assert!(!foreign(&[("origin", "null")]));
        assert!(!foreign(&[("origin", "https://id.example.com"), ("sec-fetch-site", "same-origin")]));
        assert!(foreign(&[("origin", "https://evil.example")]));
        assert!(foreign(&[("sec-fetch-site", "cross-site")]));
        assert!(foreign(&[("sec-fetch-site", "same-site"), ("origin", "https://id.example.com")]));
        assert!(foreign(&[("origin", "http://id.example.com")]));
    }
}
