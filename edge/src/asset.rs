//! Files of the build and of `public/`: scripts, styles, the icon; the demo only in local runs.

use crate::edge::Edge;
use crate::message::{Body, Request, Response};
use crate::platform::CallFault;
use http::{Method, StatusCode};

/// Whether a path is of a file that the hosted pages need, or that browsers and crawlers ask every site for.
pub(crate) fn is_pages(plain: &str) -> bool {
    matches!(plain, "/favicon.svg" | "/robots.txt") || plain.starts_with("/assets/")
}

/// Whether a path is of the demo, which local runs have.
pub(crate) fn is_demo(edge: &Edge, plain: &str) -> bool {
    edge.settings().local && (plain == "/demo" || plain.starts_with("/demo/"))
}

pub(crate) async fn serve(edge: &Edge, request: &Request, plain: &str) -> Response {
    if request.method != Method::GET && request.method != Method::HEAD {
        return text(StatusCode::METHOD_NOT_ALLOWED, "files are only read\n").with("allow", "GET, HEAD");
    }
    if plain == "/demo" {
        return Response::redirect(StatusCode::MOVED_PERMANENTLY, "/demo/");
    }
    let asset = match edge.platform.asset(plain).await {
        Ok(Some(asset)) => asset,
        Ok(None) => return text(StatusCode::NOT_FOUND, "there is no such file\n"),
        Err(CallFault(fault)) => {
            edge.log_fault(&format!("reading a file: {fault}"));
            return text(StatusCode::SERVICE_UNAVAILABLE, "the file cannot be read now\n")
                .with("cache-control", "no-store");
        }
    };
    // Names that carry a digest never change what they name.
    let cache = if plain.starts_with("/assets/") && has_digest(plain) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    };
    let mut response = Response::new(StatusCode::OK)
        .with("content-type", &asset.content_type)
        .with("cache-control", cache)
        .with("x-content-type-options", "nosniff")
        .with("referrer-policy", "no-referrer");
    if plain.starts_with("/demo/") {
        response = response.with(
            "content-security-policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; \
             form-action 'none'; frame-ancestors 'none'; base-uri 'none'",
        );
    }
    if request.method == Method::GET {
        response.body = Body::Bytes(asset.body);
    }
    response
}

fn text(status: StatusCode, text: &'static str) -> Response {
    Response::text(status, "text/plain; charset=utf-8", text)
}

/// `name-<16 hex>.ext`.
fn has_digest(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    stem.rsplit_once('-')
        .is_some_and(|(_, digest)| digest.len() == 16 && digest.bytes().all(|b| b.is_ascii_hexdigit()))
}
