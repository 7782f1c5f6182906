//! `/_tidegate/outbox`: what would have been sent, newest first: a page, or a list for `Accept: application/json`.
//! `?to=` narrows it to one recipient. It exists only where its binding does.

use crate::edge::Edge;
use crate::message::{Request, Response};
use crate::path::{Path, Plus};
use domain::address::Address;
use domain::error::{Error, Refusal};
use domain::outbox::{List, Sent};
use http::{Method, StatusCode};
use std::fmt::Write;

pub(crate) async fn outbox(edge: &Edge, request: &Request, path: &Path) -> Response {
    if !edge.settings().local || !edge.platform.has_outbox() {
        return Response::text(
            StatusCode::NOT_FOUND,
            "text/plain; charset=utf-8",
            "there is no outbox here\n",
        );
    }
    if request.method != Method::GET {
        return Response::text(
            StatusCode::METHOD_NOT_ALLOWED,
            "text/plain; charset=utf-8",
            "the outbox is only read\n",
        )
        .with("allow", "GET");
    }
    let to = path.query(Plus::Space).ok().and_then(|pairs| pairs.one("to").ok().flatten().map(str::to_owned));
    let messages = match edge.call(&Address::OUTBOX, &List { to, limit: 200 }).await {
        Ok(messages) => messages,
        // Nothing was ever sent.
        Err(Error::Refused(Refusal::PoolNotFound { .. })) => Vec::new(),
        Err(error) => {
            edge.log_fault(&format!("outbox: {error:?}"));
            return Response::text(
                StatusCode::INTERNAL_SERVER_ERROR,
                "text/plain; charset=utf-8",
                "internal error\n",
            );
        }
    };
    let wants_json = request.header("accept").is_some_and(|accept| accept.contains("application/json"));
    let response = if wants_json {
        Response::json(StatusCode::OK, &messages)
    } else {
        Response::text(StatusCode::OK, "text/html; charset=utf-8", page(&messages))
            .with("content-security-policy", "default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
    };
    response.with("cache-control", "no-store").with("x-content-type-options", "nosniff")
}

fn page(messages: &[Sent]) -> String {
    let mut out = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Outbox</title><h1>Outbox</h1><p>Messages that this local run would have sent, newest first.</p>",
    );
    if messages.is_empty() {
        out.push_str("<p>Nothing yet.</p>");
    }
    for sent in messages {
        let message = &sent.message;
        let _ = write!(
            out,
            "<article><h2>{} to {}</h2><p><b>{}</b></p><p>{}</p></article><hr>",
            escape(&message.medium),
            escape(&message.to),
            escape(&message.subject),
            escape(&message.body)
        );
    }
    out.push_str("</html>");
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
