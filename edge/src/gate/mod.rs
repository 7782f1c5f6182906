//! The gate: a request is matched, proved, and only then forwarded. It fails closed: what cannot be told is 503.
//!
//! 1. Path and headers were bounded before; a path that two readers could read differently reaches no HTTP upstream.
//! 2. The first route that matches decides; none is 404.
//! 3. A preflight is answered from the route's `cors`, before anything is proved.
//! 4. Every inbound copy of the identity headers is taken out.
//! 5. Token, session or signature is proved; the route's requirements are held against it.
//! 6. The request goes on, with the identity said by us.

mod browser;
mod cookie;
mod document;
mod echo;
mod forward;
mod hearsay;
mod iam;
mod jwt;
mod refusal;

pub(crate) use document::serve as serve_document;

use crate::cors;
use crate::edge::Edge;
use crate::flow::gate::{self, BucketRoute};
use crate::limits;
use crate::message::{Request, Response};
use crate::path::Path;
use domain::gate::{Auth, Cors, Route, Upstream};
use http::StatusCode;
use std::borrow::Cow;

/// What became of a request at the gate.
#[derive(Debug)]
pub(crate) enum Passed {
    /// Its name for the log, and the answer.
    Answered(String, Response),
    /// The same, the answer an upstream's.
    Forwarded(String, Response),
    /// No route is for it. The answer is for whoever reads no other door's.
    Unrouted(Box<Request>, Response),
    /// It is for a bucket, whose door proves it.
    Bucket(Box<Request>, BucketRoute),
}

/// Serves whatever no other door is for.
pub(crate) async fn serve(edge: &Edge, request: Request, path: &Path) -> Passed {
    let answered = |name: &str, response| Passed::Answered(name.to_owned(), response);
    let document = match gate::current(edge).await {
        Ok(document) => document,
        Err(error) => return answered("", refusal::failed(edge, &error)),
    };
    match path.plain() {
        Ok("/_gate/callback") => {
            return answered("callback", browser::callback(edge, &request, path, &document).await);
        }
        Ok("/_gate/logout") => return answered("logout", browser::logout(edge, &request).await),
        Ok(plain) if plain == "/_gate" || plain.starts_with("/_gate/") => {
            return answered("", refusal::not_found());
        }
        _ => {}
    }
    let method = asked_method(&request);
    let Some(route) = document.route(&request.host, &method, path.raw(), path.plain().ok()) else {
        let response = match path.plain() {
            Ok(_) => refusal::not_found(),
            Err(error) => refusal::text(StatusCode::BAD_REQUEST, &error.to_string()),
        };
        return Passed::Unrouted(Box::new(request), response);
    };
    if let Some(bucket) = BucketRoute::of(route) {
        return Passed::Bucket(Box::new(request), bucket);
    }
    // A bucket takes larger bodies than an upstream, and its door bounds them itself.
    if limits::GATE.check(&request).is_err() {
        return answered(&route.id, refusal::too_large());
    }
    let (response, whose) = pass(edge, request, path, route).await;
    match whose {
        Whose::Ours => answered(&route.id, response),
        Whose::Upstream => Passed::Forwarded(route.id.clone(), response),
    }
}

/// The method that a route is chosen by: a preflight goes where the request it asks for would go.
fn asked_method(request: &Request) -> Cow<'_, str> {
    match request.header("access-control-request-method") {
        Some(method) if cors::is_preflight(request) => Cow::Owned(method.to_owned()),
        _ => Cow::Borrowed(request.method.as_str()),
    }
}

/// Whose an answer is.
#[derive(Clone, Copy, Debug)]
enum Whose {
    Ours,
    Upstream,
}

async fn pass(edge: &Edge, mut request: Request, path: &Path, route: &Route) -> (Response, Whose) {
    let asker = route.cors.as_ref().map(|cors| Asker::of(&request, cors));
    if let Some(answer) = route.cors.as_ref().and_then(|cors| cors::preflight(&request, cors)) {
        return (answer, Whose::Ours);
    }
    forward::strip(&mut request.headers);
    let settled = match &route.auth {
        Auth::Session { .. } => browser::settled(&request),
        Auth::Jwt { .. } | Auth::Iam {} => None,
    };
    let (response, whose) = match prove(edge, &mut request, path, route).await {
        Ok(subject) => {
            let (response, whose) = match &route.upstream {
                Upstream::Echo {} => (echo::answer(edge, &request, path, route, &subject), Whose::Ours),
                upstream => match forward::send(edge, request, path, route, upstream, &subject).await {
                    Ok(response) => (response, Whose::Upstream),
                    Err(response) => (response, Whose::Ours),
                },
            };
            (browser::settle(settled, response), whose)
        }
        Err(refusal) => (*refusal, Whose::Ours),
    };
    let response = private(response, &route.auth);
    let response = match asker {
        Some(asker) => cors::answer(&asker.request, asker.cors, "x-amzn-requestid", response),
        None => response,
    };
    (response, whose)
}

/// The part of a request that CORS looks at after the request itself has gone on.
struct Asker<'a> {
    request: Request,
    cors: &'a Cors,
}

impl<'a> Asker<'a> {
    fn of(request: &Request, cors: &'a Cors) -> Self {
        let origins = request.headers.get_all("origin").iter().cloned();
        let headers = origins.map(|value| (http::header::ORIGIN, value)).collect();
        let request = Request {
            method: request.method.clone(),
            origin: String::new(),
            host: String::new(),
            target: String::new(),
            headers,
            body: crate::message::Body::Empty,
            caller: domain::caller::Caller::default(),
            sent_accept_encoding: None,
        };
        Self { request, cors }
    }
}

/// Proves a request by the route's kind, or answers why not.
async fn prove(
    edge: &Edge,
    request: &mut Request,
    path: &Path,
    route: &Route,
) -> Result<Proved, Box<Response>> {
    let upgrade = request.headers.contains_key("upgrade");
    if upgrade {
        let text = "protocol upgrades are not forwarded";
        return Err(Box::new(refusal::text(StatusCode::NOT_IMPLEMENTED, text)));
    }
    match &route.auth {
        Auth::Jwt { pools, token_use } => jwt::prove(edge, request, route, pools, *token_use).await,
        Auth::Session { pool, client_id, .. } => {
            browser::prove(edge, request, route, (pool, client_id)).await
        }
        Auth::Iam {} => iam::prove(edge, request, path, route).await,
    }
}

/// Who passed. Temporary credentials and operators have fewer facts than a person's token.
type Proved = std::rc::Rc<domain::gate::Subject>;

/// What a proof opened is nobody else's: caches must ask again for another proof.
fn private(response: Response, auth: &Auth) -> Response {
    let vary = match auth {
        Auth::Session { .. } => "Cookie",
        Auth::Jwt { .. } | Auth::Iam {} => "Authorization",
    };
    let response = response.also("vary", vary);
    if response.headers.contains_key("cache-control") {
        response
    } else {
        response.with("cache-control", "private")
    }
}
