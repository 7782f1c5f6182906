//! A browser's way to a session: to the hosted page with code, PKCE, state and nonce, and back to the gated host, where
//! the code is turned into a session without another request.
//!
//! Nothing is stored on the way: `state` is sealed, holds all that the way back needs, and is bound to the browser by a
//! cookie. The code behind it works once.

use super::session::BrowserSession;
use crate::edge::Edge;
use crate::flow::grant::{self, Presented};
use crate::flow::token::{self, TokenFault, TokenUse};
use crate::hosts;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::error::{Error, Refusal, fault};
use domain::gate::{Auth, Document};
use domain::pool::Client;
use domain::random;
use domain::seal::{self, Place, Purpose};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::rc::Rc;

/// Where browsers come back to on each gated host.
pub(super) const CALLBACK: &str = "/_gate/callback";
/// Seconds a browser may take for it.
const LIVES: i64 = 900;
/// The longest path and query that a browser is brought back to, in bytes.
const LONGEST_RETURN: usize = 1500;
/// So many sign-ins within [`LOOP_WINDOW`] seconds without a session in between are a loop.
const LOOP: u32 = 2;
const LOOP_WINDOW: i64 = 60;

/// What a browser's cookie says: an id of its own, and the sign-ins it has just been through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Browser {
    id: String,
    count: u32,
    since: i64,
}

impl Browser {
    /// Reads the cookie, or makes a new one. Its counts are the client's own to falsify: they only spare it a loop.
    pub(crate) fn read(edge: &Edge, cookie: Option<&str>) -> Self {
        cookie.and_then(Self::parse).unwrap_or_else(|| {
            let id: [u8; 16] = random::bytes(edge.platform.random());
            Self { id: URL_SAFE_NO_PAD.encode(id), count: 0, since: 0 }
        })
    }

    fn parse(cookie: &str) -> Option<Self> {
        let mut parts = cookie.split('.');
        let (id, count, since) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let proper = id.len() == 22 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
        (proper && parts.next().is_none()).then(|| Self { id: id.to_owned(), count, since })
    }

    pub(crate) fn cookie(&self) -> String {
        format!("{}.{}.{}", self.id, self.count, self.since)
    }

    fn loops(&self, now: i64) -> bool {
        self.count >= LOOP && (self.since..self.since.saturating_add(LOOP_WINDOW)).contains(&now)
    }

    fn counted(self, now: i64) -> Self {
        if (self.since..self.since.saturating_add(LOOP_WINDOW)).contains(&now) {
            Self { count: self.count.saturating_add(1), ..self }
        } else {
            Self { count: 1, since: now, ..self }
        }
    }

    /// The same browser once a session of it is seen to stand, if its cookie then has anything to forget.
    pub(crate) fn settled(cookie: &str) -> Option<Self> {
        let browser = Self::parse(cookie)?;
        (browser.count > 0).then_some(Self { count: 0, since: 0, ..browser })
    }

    fn print(&self) -> [u8; 32] {
        Sha256::digest(self.id.as_bytes()).into()
    }
}

/// Where a sign-in is on its way from.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Journey<'a> {
    /// Scheme and authority of the gated host.
    pub(crate) origin: &'a str,
    pub(crate) host: &'a str,
    /// Path and query as received.
    pub(crate) target: &'a str,
}

#[derive(Serialize, Deserialize)]
struct State {
    route: String,
    browser: [u8; 32],
    verifier: String,
    nonce: String,
    target: String,
    /// Epoch seconds.
    until: i64,
}

const fn place(host: &str) -> Place<'_> {
    Place::new(Purpose::GateSession, "", host, "state")
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Begun {
    /// The hosted page's address.
    Redirect(String),
    /// The browser has been there and back too often.
    Loop,
}

/// Sends a browser to the hosted page of a `session` route's pool.
pub(crate) async fn begin(
    edge: &Edge,
    route: &domain::gate::Route,
    journey: Journey<'_>,
    browser: &Browser,
) -> Result<Begun, Error> {
    let Auth::Session { pool, client_id, scopes } = &route.auth else {
        return Err(fault("a sign-in at a route without sessions"));
    };
    if browser.loops(edge.now()) {
        return Ok(Begun::Loop);
    }
    let pool = edge.pool_named(pool).await?;
    let base = hosts::hosted_at(hosts::home(edge.settings(), journey.origin), &pool)
        .ok_or_else(|| fault(format!("the pool `{}` of route `{}` has no domain", pool.id, route.id)))?;
    let draw = || URL_SAFE_NO_PAD.encode(random::bytes::<32>(edge.platform.random()));
    let state = State {
        route: route.id.clone(),
        browser: browser.print(),
        verifier: draw(),
        nonce: draw(),
        target: return_path(journey.target).to_owned(),
        until: edge.now() + LIVES,
    };
    let sealed =
        edge.settings().keys.seal(place(journey.host), &serde_json::to_vec(&state)?, edge.platform.random());
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(state.verifier.as_bytes()));
    let redirect = format!("{}{CALLBACK}", journey.origin);
    let pairs = [
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", &redirect),
        ("scope", &scopes.join(" ")),
        ("state", &URL_SAFE_NO_PAD.encode(sealed)),
        ("nonce", &state.nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    Ok(Begun::Redirect(format!("{base}/oauth2/authorize?{query}")))
}

/// A way back that stays on this host: one slash, no backslash, nothing a browser would drop; else the root.
fn return_path(target: &str) -> &str {
    let proper = target.len() <= LONGEST_RETURN
        && target.starts_with('/')
        && !target.starts_with("//")
        && !target.starts_with("/_gate/")
        && target.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if proper { target } else { "/" }
}

/// A browser that is back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finished {
    /// The session cookie.
    pub(crate) cookie: String,
    /// Seconds it may live.
    pub(crate) lives: i64,
    /// Path and query on the same host.
    pub(crate) target: String,
    pub(crate) browser: Browser,
}

/// Why a browser that came back gets no session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CallbackFault {
    /// Not of this browser, this host or this hour, or a code that is spent: start again.
    Stale,
    Failed(Error),
}

impl From<Error> for CallbackFault {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// Turns a code into a session of the gated host.
pub(crate) async fn finish(
    edge: &Edge,
    document: &Document,
    journey: Journey<'_>,
    browser: Browser,
    (state, code): (&str, &str),
) -> Result<Finished, CallbackFault> {
    let state = open(edge, journey.host, state).ok_or(CallbackFault::Stale)?;
    if state.until <= edge.now() || !seal::same(&state.browser, &browser.print()) {
        return Err(CallbackFault::Stale);
    }
    let route = document.by_id(&state.route).ok_or(CallbackFault::Stale)?;
    let redeemed = edge.deciding(async || redeem(edge, route, journey.origin, &state, code).await).await?;
    let (session, client) = redeemed.ok_or(CallbackFault::Stale)?;
    Ok(Finished {
        cookie: session.seal(edge, journey.host),
        lives: client.refresh_validity,
        target: return_path(&state.target).to_owned(),
        browser: browser.counted(edge.now()),
    })
}

/// The session that a code gives, and the client it was given to; `None` for a code or a route that gives none.
async fn redeem(
    edge: &Edge,
    route: &domain::gate::Route,
    origin: &str,
    state: &State,
    code: &str,
) -> Result<Option<(BrowserSession, Rc<Client>)>, Error> {
    let Auth::Session { pool: wanted, client_id, .. } = &route.auth else { return Ok(None) };
    let (pool, client) = edge.client_named(client_id).await?;
    if pool.id.as_str() != wanted {
        return Err(fault(format!("the client of route `{}` is of another pool", route.id)));
    }
    let redirect_uri = format!("{origin}{CALLBACK}");
    let challenge = Some(URL_SAFE_NO_PAD.encode(Sha256::digest(state.verifier.as_bytes())));
    let presented = Presented { code, redirect_uri: &redirect_uri, challenge };
    let issued = match grant::redeem(edge, &pool, &client, &presented).await {
        Err(Error::Refused(Refusal::GrantInvalid)) => return Ok(None),
        other => other?,
    };
    if let Some(id_token) = &issued.id_token {
        let ours = |error| fault(format!("our own id token: {error:?}"));
        let (_, unverified) = token::read(edge, id_token).ok_or_else(|| ours(TokenFault::Invalid))?;
        let claims = token::verify(edge, &pool, &unverified, TokenUse::Id).await.map_err(ours)?;
        let same = |nonce: &str| seal::same(nonce.as_bytes(), state.nonce.as_bytes());
        if !claims.text("nonce").is_some_and(same) {
            return Ok(None);
        }
    }
    let (_, access) = token::verify_access(edge, &issued.access_token).await?;
    let shard = access.shard(pool.placement);
    let (pool, proof, client_id) = (pool.id.tag(), access.proof, access.client_id);
    Ok(Some((BrowserSession { pool, shard, proof, client: client_id }, client)))
}

fn open(edge: &Edge, host: &str, state: &str) -> Option<State> {
    if state.len() > 8192 {
        return None;
    }
    let sealed = URL_SAFE_NO_PAD.decode(state).ok()?;
    serde_json::from_slice(&edge.settings().keys.open(place(host), &sealed).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_stays_on_the_host() {
        for target in ["/", "/a?b=c&d=//e", "/a//b", "/%2F%2Fevil"] {
            assert_eq!(return_path(target), target);
        }
        for target in [
            "",
            "a",
            "//evil",
            "/\\evil",
            "/a\\b",
            "https://evil",
            "/a b",
            "/a\tb",
            "/ü",
            "/_gate/logout",
            &"/a".repeat(999),
        ] {
            assert_eq!(return_path(target), "/", "{target}");
        }
    }

    #[test]
    fn the_third_sign_in_in_a_minute_is_a_loop() {
        let fresh = Browser { id: "a".repeat(22), count: 0, since: 0 };
        let once = fresh.counted(1000);
        assert!(!once.loops(1001));
        let twice = once.counted(1010);
        assert!(twice.loops(1020));
        assert!(!twice.loops(1060));
        assert!(!twice.loops(999), "a clock that went back is no loop");
        assert_eq!(twice.counted(1060).count, 1);
    }

    #[test]
    fn a_browsers_cookie_is_read_back_or_replaced() {
        let browser = Browser { id: "a-_".repeat(7) + "b", count: 2, since: 77 };
        assert_eq!(Browser::parse(&browser.cookie()), Some(browser));
        for cookie in [
            "",
            "a.1.2",
            "aaaaaaaaaaaaaaaaaaaaaa.1",
            "aaaaaaaaaaaaaaaaaaaaaa.1.2.3",
            "aaaaaaaaaaaaaaaaaaaaa;.1.2",
        ] {
            assert_eq!(Browser::parse(cookie), None, "{cookie}");
        }
    }
}
