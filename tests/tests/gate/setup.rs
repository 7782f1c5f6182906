//! A world with a gate document.

use edge::message::{Body, Request};
use http::{HeaderName, Method};
use serde_json::{Value, json};
use std::rc::Rc;
use tests::World;
use tests::call::{Answer, Credentials, sign};
use tests::world::START;

pub(crate) fn get(target: &str, headers: &[(&str, &str)]) -> Request {
    with(World::request(Method::GET, target), headers)
}

pub(crate) fn with(mut request: Request, headers: &[(&str, &str)]) -> Request {
    for (name, value) in headers {
        request.headers.append(HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap());
    }
    request
}

/// Writes or reads the document as the operator.
pub(crate) fn document(
    world: &Rc<World>,
    method: Method,
    body: Option<&Value>,
    headers: &[(&str, &str)],
) -> Answer {
    let mut request = with(World::request(method, "/_tidegate/gate"), headers);
    if let Some(body) = body {
        request.body = Body::Bytes(body.to_string().into_bytes());
    }
    world.ask(sign(request, &Credentials::operator(), "tidegate", START))
}

/// Puts these routes in force.
pub(crate) fn routes(world: &Rc<World>, routes: &Value) {
    let version = document(world, Method::GET, None, &[]).ok()["version"].clone();
    document(world, Method::PUT, Some(&json!({ "version": version, "routes": routes })), &[]).ok();
}
