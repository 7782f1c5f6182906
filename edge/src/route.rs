//! The map: every path, one line each, grouped by who calls. The host decides first whose the paths are; they are
//! matched decoded, and S3 alone reads the raw one.
//!
//! On the deployment's own host:
//!
//! | path | who calls | door |
//! |---|---|---|
//! | `POST /` with a target, a form with an action, or such a call presigned | AWS SDKs and CLI | cognito, identity, sts, iam |
//! | `/identitypools/…` | AWS SDKs and CLI | sync |
//! | `/<pool id>/.well-known/…` | token verifiers, OIDC clients | oidc, identity |
//! | `/_hosted/<prefix>/…` | browsers, OIDC clients | oidc, hosted |
//! | `/_tidegate/gate` | operators | gate |
//! | `/_tidegate/outbox` | whoever runs it locally | tidegate |
//! | `/assets/…`, `/demo/…`, `/favicon.svg`, `/robots.txt` | browsers | asset |
//! | anything else | the owners of edge routes and their users | gate |
//!
//! On `<prefix>.auth.<its host>`:
//!
//! | path | who calls | door |
//! |---|---|---|
//! | `/assets/…`, `/favicon.svg`, `/robots.txt` | browsers | asset |
//! | anything else | browsers, OIDC clients | oidc, hosted |
//!
//! On any other host every path is the gate's, and so nobody's unless a route says otherwise.

use crate::aws::json::{self, Failure};
use crate::aws::query::{self, Api};
use crate::buffer::Untaken;
use crate::edge::Edge;
use crate::gate::Passed;
use crate::hosts::{Owner, Site};
use crate::message::{Request, Response};
use crate::path::Path;
use crate::{asset, cognito, gate, hosted, iam, identity, limits, oidc, s3, scheme, sts, sync, tidegate};
use domain::id::{IdentityPoolId, PoolId};
use http::{Method, StatusCode};

/// A door's and an operation's names for the log, and the answer.
type Answered = (&'static str, String, Response);

/// A request's way to its door.
pub(crate) async fn route(edge: &Edge, request: Request) -> Answered {
    let settings = edge.settings();
    if let Some(refusal) = scheme::refuse(settings, &request) {
        return ("scheme", "-".into(), refusal);
    }
    if is_reflected(&request.method) {
        let allow = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
        let refusal =
            Response::text(StatusCode::METHOD_NOT_ALLOWED, "text/plain; charset=utf-8", "no such method\n");
        return pinned(
            edge,
            ("method", "-".into(), refusal.with("allow", allow).with("cache-control", "no-store")),
        );
    }
    if limits::has_too_many_headers(&request) {
        return pinned(edge, too_many_headers());
    }
    let path = match Path::parse(&request.target) {
        Ok(path) => path,
        Err(error) => return pinned(edge, bad_path(&error.to_string())),
    };
    let host = request.host.clone();
    match Owner::of(settings, &host) {
        Owner::Deployment => pinned(edge, own_host(edge, request, &path).await),
        Owner::Pool(prefix) => {
            let site = Site::at_host(prefix, &request);
            pinned(edge, pool_host(edge, request, &path, site).await)
        }
        Owner::Gate => guarded(edge, request, &path).await,
    }
}

/// An answer of ours, which says that this host is encrypted.
fn pinned(edge: &Edge, (door, operation, response): Answered) -> Answered {
    (door, operation, scheme::pin(edge.settings(), response))
}

/// The deployment's own host.
async fn own_host(edge: &Edge, request: Request, path: &Path) -> Answered {
    // S3 keys may hold what no other path may: the gate asks for the raw path itself.
    let Ok(plain) = path.plain().map(str::to_owned) else {
        return guarded(edge, request, path).await;
    };
    if let Some((site, page)) = Site::at_path(edge.settings(), &request, &plain) {
        return site_page(edge, request, path, site, page).await;
    }
    match plain.as_str() {
        "/" if request.method == Method::POST
            || is_api_preflight(&request)
            || is_presigned_call(&request) =>
        {
            return api(edge, request).await;
        }
        "/_tidegate/gate" => return named("gate", gate::serve_document(edge, request).await),
        "/_tidegate/outbox" => {
            return ("tidegate", "outbox".into(), tidegate::outbox(edge, &request, path).await);
        }
        _ => {}
    }
    if sync::is_path(&plain) {
        return named("sync", sync::serve(&request, &plain));
    }
    if let Some((id, _)) = plain.strip_prefix('/').and_then(|rest| rest.split_once("/.well-known/")) {
        if PoolId::parse(&edge.id_key(), id).is_some()
            && let Some(answer) = oidc::serve_well_known(edge, &request, &plain).await
        {
            return named("oidc", answer);
        }
        if IdentityPoolId::parse(&edge.id_key(), id).is_some()
            && let Some(answer) = identity::serve_well_known(edge, &request, &plain).await
        {
            return named("identity", answer);
        }
    }
    if asset::is_pages(&plain) || asset::is_demo(edge, &plain) {
        return ("asset", "-".into(), asset::serve(edge, &request, &plain).await);
    }
    guarded(edge, request, path).await
}

/// A pool's own host: its pages, their files, and nothing else.
async fn pool_host(edge: &Edge, request: Request, path: &Path, site: Site) -> Answered {
    let plain = match path.plain() {
        Ok(plain) => plain,
        Err(error) => return bad_path(&error.to_string()),
    };
    if asset::is_pages(plain) {
        return ("asset", "-".into(), asset::serve(edge, &request, plain).await);
    }
    site_page(edge, request, path, site, plain).await
}

/// An endpoint or a page of a pool's site. What was decided by a configuration that a shard knows to be old is decided
/// once more by the new one.
async fn site_page(edge: &Edge, mut request: Request, path: &Path, site: Site, page: &str) -> Answered {
    if let Err(fault) = limits::FORM.read_ahead(edge, &mut request).await {
        return untaken(&fault);
    }
    let twin = request.twin();
    let answer = site_door(edge, request, path, site.clone(), page).await;
    match twin {
        Some(twin) if edge.take_outdated() => site_door(edge, twin, path, site, page).await,
        _ => answer,
    }
}

async fn site_door(edge: &Edge, request: Request, path: &Path, site: Site, page: &str) -> Answered {
    if oidc::is_endpoint(page) {
        return named("oidc", oidc::serve(edge, request, path, site, page).await);
    }
    named("hosted", hosted::serve(edge, request, path, site, page).await)
}

/// The gate; and behind it, where the route is before a bucket, S3.
async fn guarded(edge: &Edge, request: Request, path: &Path) -> Answered {
    match gate::serve(edge, request, path).await {
        Passed::Answered(route, response) => pinned(edge, ("gate", route, response)),
        Passed::Forwarded(route, response) => ("gate", route, response),
        Passed::Unrouted(request, response) => {
            let s3 = s3::is_meant(&request).then(|| s3::nowhere(edge, &request, path));
            pinned(edge, ("gate", String::new(), s3.unwrap_or(response)))
        }
        Passed::Bucket(request, bucket) => {
            pinned(edge, named("s3", s3::serve(edge, *request, path, &bucket).await))
        }
    }
}

/// Whether a method is one that servers answer with the request itself, or that asks for a tunnel: no page may send it, and
/// an upstream that does as it says would tell the client the headers that the operator has set for the upstream alone.
fn is_reflected(method: &Method) -> bool {
    ["TRACE", "TRACK", "CONNECT"].iter().any(|name| method.as_str().eq_ignore_ascii_case(name))
}

fn named(door: &'static str, (operation, response): (String, Response)) -> Answered {
    (door, operation, response)
}

fn is_api_preflight(request: &Request) -> bool {
    request.method == Method::OPTIONS && request.headers.contains_key("access-control-request-method")
}

/// A Query call may have its parameters, signature included, in the query: as a GET, or as a POST without a body, which
/// is how boto3 presigns. Without a signature it is whatever stands at `/`.
fn is_presigned_call(request: &Request) -> bool {
    let has = |name: &str| request.raw_query().split('&').any(|pair| pair.starts_with(name));
    matches!(request.method, Method::GET | Method::POST) && has("Action=") && has("X-Amz-Algorithm=")
}

/// `POST /`: which API is named by the target, or by the form's action.
async fn api(edge: &Edge, request: Request) -> Answered {
    if request.method == Method::OPTIONS {
        return ("api", "preflight".into(), json::preflight(&request));
    }
    if let Some(target) = request.header("x-amz-target").map(str::to_owned) {
        if let Some(operation) = target.strip_prefix(cognito::API.target) {
            return named("cognito", json::serve(&cognito::API, edge, request, operation).await);
        }
        if let Some(operation) = target.strip_prefix(identity::API.target) {
            return named("identity", json::serve(&identity::API, edge, request, operation).await);
        }
        if let Some((_, operation)) = target.split_once(sync::TARGET) {
            return named("sync", sync::serve_target(operation));
        }
        let message = "The X-Amz-Target header names no API of this deployment.";
        let failure = Failure::new("UnknownOperationException", message);
        return ("api", "-".into(), json::failure(&failure));
    }
    let form = request
        .header("content-type")
        .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded"));
    if !form && !is_presigned_call(&request) {
        let message = "An AWS API call needs an X-Amz-Target header, or a form with an Action.";
        let failure = Failure::new("UnknownOperationException", message);
        return ("api", "-".into(), json::failure(&failure));
    }
    match query::read(edge, request).await {
        Err(response) => ("api", "-".into(), response),
        Ok(call) => match call.api {
            Api::Iam => named("iam", iam::serve(edge, call).await),
            Api::Sts => named("sts", sts::serve(edge, call).await),
        },
    }
}

/// A form that could not be read.
fn untaken(fault: &Untaken) -> Answered {
    let (status, text) = match fault {
        Untaken::Slow => (StatusCode::REQUEST_TIMEOUT, "the request came too slowly\n"),
        Untaken::Crowded => (StatusCode::SERVICE_UNAVAILABLE, "too many requests at once\n"),
        Untaken::TooLarge | Untaken::Broken(_) => (StatusCode::BAD_REQUEST, "the request broke off\n"),
    };
    let response = Response::text(status, "text/plain; charset=utf-8", text);
    ("hosted", "-".into(), response.with("cache-control", "no-store"))
}

/// The same whoever the door would have been, in the form of most clients' errors.
fn too_many_headers() -> Answered {
    let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
    let message = format!(
        "The request has more than {} headers, or more than {} bytes of them.",
        limits::HEADERS,
        limits::HEADER_BYTES
    );
    let failure = Failure::with_status("RequestHeaderFieldsTooLargeException", message, status);
    ("headers", "-".into(), json::failure(&failure))
}

fn bad_path(why: &str) -> Answered {
    let text = format!("bad request path: {why}\n");
    let response = Response::text(StatusCode::BAD_REQUEST, "text/plain; charset=utf-8", text);
    ("path", "-".into(), response.with("cache-control", "no-store"))
}
