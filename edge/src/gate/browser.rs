//! Routes of kind `session`: a browser that navigates is sent to sign in and comes back; anything else gets 401. Also
//! the two pages that the gate has on each gated host, the callback and the sign-out.

use super::{Proved, cookie, refusal};
use crate::edge::Edge;
use crate::flow::gate::{self, Begun, Browser, CallbackFault, Journey};
use crate::message::{Request, Response};
use crate::path::{Path, Plus};
use crate::web::csrf;
use domain::gate::{Document, Route};
use http::{Method, StatusCode};

/// Seconds a browser keeps its id.
const BROWSER_LIVES: i64 = 3600;

pub(super) async fn prove(
    edge: &Edge,
    request: &Request,
    route: &Route,
    client: (&str, &str),
) -> Result<Proved, Box<Response>> {
    let session = match request.cookie(cookie::SESSION) {
        None => None,
        Some(value) => match gate::standing(edge, &request.host, value, client).await {
            Ok(session) => session,
            Err(error) => return Err(Box::new(refusal::failed(edge, &error))),
        },
    };
    match session {
        Some(subject) if route.require.met_by(&subject) => {
            // Another site's pages may lead here, not act here. SameSite says so too, but not between hosts of one site.
            let foreign = is_foreign(request);
            let acts = !matches!(request.method, Method::GET | Method::HEAD | Method::OPTIONS);
            let allowed = route.cors.as_ref().is_some_and(|cors| {
                cors.credentials
                    && request.header("origin").is_some_and(|origin| cors.allow(origin).is_some())
            });
            if foreign && acts && !allowed { Err(Box::new(refusal::forbidden())) } else { Ok(subject) }
        }
        Some(_) => Err(Box::new(settle(settled(request), refusal::forbidden()))),
        None if navigates(request) => Err(Box::new(sign_in(edge, request, route).await)),
        None => Err(Box::new(refusal::unauthorized())),
    }
}

/// The browser as its cookie has to say from now on, where the request's session stands.
pub(super) fn settled(request: &Request) -> Option<Browser> {
    request.cookie(cookie::BROWSER).and_then(Browser::settled)
}

/// Tells the browser to forget the sign-ins that led to its session: the next one is no loop.
pub(super) fn settle(settled: Option<Browser>, response: Response) -> Response {
    match settled {
        Some(browser) => cookie::set(response, cookie::BROWSER, &browser.cookie(), BROWSER_LIVES),
        None => response,
    }
}

/// Whether the browser says that another site sent this, or hides which one did. Here no form carries a token of ours, so
/// an origin that is hidden counts as another's, unless the browser says otherwise itself.
fn is_foreign(request: &Request) -> bool {
    let hidden = request.headers.get("origin").is_some_and(|origin| origin.as_bytes() == b"null");
    csrf::is_foreign_to(request, &request.origin)
        || (hidden && !request.headers.contains_key("sec-fetch-site"))
}

/// Whether a person is looking: only then does a redirect to a page help. A redirect would lose a body and break a
/// script's request.
fn navigates(request: &Request) -> bool {
    let header = |name| request.header(name);
    request.method == Method::GET
        && header("accept").is_some_and(|accept| accept.contains("text/html"))
        && header("sec-fetch-mode").is_none_or(|mode| mode == "navigate")
        && header("sec-fetch-dest").is_none_or(|dest| dest == "document")
        && !request.headers.contains_key("x-requested-with")
        && !request.headers.contains_key("authorization")
}

async fn sign_in(edge: &Edge, request: &Request, route: &Route) -> Response {
    let browser = Browser::read(edge, request.cookie(cookie::BROWSER));
    match gate::begin(edge, route, journey(request), &browser).await {
        Ok(Begun::Redirect(location)) => {
            let response = redirect(&location);
            cookie::set(response, cookie::BROWSER, &browser.cookie(), BROWSER_LIVES)
        }
        Ok(Begun::Loop) => page(
            StatusCode::BAD_REQUEST,
            "Sign-in does not finish",
            "You were signed in, but this site did not see it. Allow its cookies, then try again in a minute.",
        ),
        Err(error) => {
            // A pool that is gone or without pages is the operator's mistake: nobody can sign in.
            refusal::failed(edge, &error)
        }
    }
}

fn journey(request: &Request) -> Journey<'_> {
    Journey { origin: &request.origin, host: &request.host, target: &request.target }
}

/// `/_gate/callback`: the browser is back with a code.
pub(super) async fn callback(edge: &Edge, request: &Request, path: &Path, document: &Document) -> Response {
    if request.method != Method::GET {
        return refusal::text(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed").with("allow", "GET");
    }
    let stale = || {
        page(
            StatusCode::BAD_REQUEST,
            "This sign-in has ended",
            "It took too long, was begun in another browser, or was used already. Go back to the site and try again.",
        )
    };
    let Ok(pairs) = path.query(Plus::Space) else { return stale() };
    let one = |name| pairs.one(name).ok().flatten();
    if one("error").is_some() {
        return page(StatusCode::FORBIDDEN, "You are not signed in", "The sign-in was not completed.");
    }
    let (Some(sealed), Some(code)) = (one("state"), one("code")) else { return stale() };
    let Some(browser) = request.cookie(cookie::BROWSER) else { return stale() };
    let browser = Browser::read(edge, Some(browser));
    match gate::finish(edge, document, journey(request), browser, (sealed, code)).await {
        Ok(done) => {
            let response = redirect(&done.target);
            let response = cookie::set(response, cookie::SESSION, &done.cookie, done.lives);
            cookie::set(response, cookie::BROWSER, &done.browser.cookie(), BROWSER_LIVES)
        }
        Err(CallbackFault::Stale) => stale(),
        Err(CallbackFault::Failed(error)) => refusal::failed(edge, &error),
    }
}

/// `/_gate/logout`: ends the session here and at its shard, then goes on to end the hosted page's: else a browser that
/// is signed in there would be signed straight back in here. The hosted page leads on to the first of the client's
/// LogoutURLs that is on this host (this very address may be one: it then says that it is done). For a client without
/// such a `LogoutURL` the session ends here alone, and the hosted page's lives out its hour.
pub(super) async fn logout(edge: &Edge, request: &Request) -> Response {
    if !matches!(request.method, Method::GET | Method::POST) {
        return refusal::text(StatusCode::METHOD_NOT_ALLOWED, "Method Not Allowed")
            .with("allow", "GET, POST");
    }
    // An image on another site must not sign anybody out; a link there may.
    let led = request.header("sec-fetch-mode").is_none_or(|mode| mode == "navigate");
    let foreign = is_foreign(request);
    if foreign && !(led && request.method == Method::GET) {
        return refusal::forbidden();
    }
    let onward = match request.cookie(cookie::SESSION) {
        None => None,
        Some(value) => match gate::end(edge, journey(request), value).await {
            Ok(onward) => onward,
            Err(error) => return refusal::failed(edge, &error),
        },
    };
    let response = match onward {
        Some(location) => redirect(&location),
        None => page(StatusCode::OK, "You are signed out", "You can close this page."),
    };
    cookie::clear(cookie::clear(response, cookie::SESSION), cookie::BROWSER)
}

fn redirect(location: &str) -> Response {
    let response = Response::redirect(StatusCode::FOUND, location);
    response.with("cache-control", "private, no-store").with("referrer-policy", "no-referrer")
}

/// A page of the gate's own: fixed words, nothing of the request in it.
fn page(status: StatusCode, title: &str, text: &str) -> Response {
    let body = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title></head><body><main><h1>{title}</h1><p>{text}</p>\
         </main></body></html>"
    );
    Response::text(status, "text/html; charset=utf-8", body)
        .with("cache-control", "private, no-store")
        .with("content-security-policy", "default-src 'none'; frame-ancestors 'none'; base-uri 'none'")
        .with("referrer-policy", "no-referrer")
        .with("x-content-type-options", "nosniff")
}
