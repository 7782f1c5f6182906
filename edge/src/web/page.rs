//! How a page goes out: whole, never cached, never framed, under a policy that admits nothing of anybody else's.

use super::csp;
use crate::edge::Edge;
use crate::message::Request;
use crate::message::Response;
use crate::path::Pairs;
use app::page::{Failure, Page};
use app::shell::Assets;
use app::text::{Lang, Message, Wish};
use app::{Shell, render};
use domain::error::Error;
use http::StatusCode;

/// Writes a page whose form may lead on to `redirect_uri`.
pub(crate) fn answer(status: StatusCode, page: Page, shell: Shell, redirect_uri: Option<&str>) -> Response {
    guarded(Response::text(status, "text/html; charset=utf-8", render(page, shell)))
        .with("content-security-policy", csp::policy(redirect_uri))
        .with("x-frame-options", "DENY")
}

/// A redirect that nothing remembers. `to` is ours, or an address that a client registered.
pub(crate) fn redirect(status: StatusCode, to: &str) -> Response {
    guarded(Response::redirect(status, to))
}

/// The headers of everything that a browser gets from these doors.
pub(crate) fn guarded(response: Response) -> Response {
    response
        .with("cache-control", "no-store")
        .with("referrer-policy", "no-referrer")
        .with("x-content-type-options", "nosniff")
}

/// The page that is shown where there is no site to show one of.
pub(crate) fn bare(edge: &Edge, lang: Lang, status: StatusCode, message: Message) -> Response {
    let shell = Shell { lang, assets: assets(), reference: edge.caller.id.clone(), ..Shell::default() };
    let outcome = outcome(&message);
    answer(status, Page::Failure(Failure { message, retry_url: None }), shell, None).told(outcome)
}

/// A message's name for the log, without what it speaks of.
pub(crate) fn outcome(message: &Message) -> String {
    let mut name = format!("{message:?}");
    let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
    name.truncate(end);
    name
}

/// What every page loads from the deployment itself.
pub(crate) fn assets() -> Assets {
    Assets {
        boot_url: Some("/assets/boot.js".into()),
        icon_url: Some("/favicon.svg".into()),
        ..Assets::default()
    }
}

/// The language a browser is spoken to in.
pub(crate) fn language(request: &Request, query: &Pairs) -> Lang {
    let first = |name| query.all(name).next();
    Lang::pick(&Wish {
        ui_locales: first("ui_locales"),
        lang: first("lang"),
        cookie: None,
        accept_language: request.header("accept-language"),
    })
}

/// Tells the log of something of ours that broke.
pub(crate) fn log_fault(edge: &Edge, error: &Error) {
    if let Error::Fault(fault) = error {
        edge.log_fault(&fault.0);
    }
}
