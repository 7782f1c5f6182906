//! Where requests come in.

#![allow(unsafe_code, reason = "what wasm-bindgen makes of exported functions")]

use super::world::World;
use super::{clock, message, settings, task};
use crate::cache::Cache;
use crate::hosts::Owner;
use crate::message::{Request, Response};
use crate::platform::Settings;
use http::StatusCode;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use worker::worker_sys::Context as ContextHandle;
use worker::{Context, Env};

thread_local! {
    static CACHE: Rc<Cache> = Rc::default();
}

/// Serves a request, whose head the shim has written down. Gives the response, or a promise of it where it has to be
/// waited for.
#[wasm_bindgen]
#[allow(unreachable_pub, reason = "JavaScript reaches it")]
pub fn fetch(
    head: &str,
    raw: &web_sys::Request,
    env: Env,
    context: ContextHandle,
) -> Result<JsValue, JsValue> {
    let settings = settings::of(&env);
    let request = settings.as_ref().ok().map(|settings| message::incoming(head, raw, settings));
    task::run(async move {
        let response = match (settings, request) {
            (Ok(settings), Some(Some(request))) => {
                answer(settings, request, env, Context::new(context)).await
            }
            (Err(unset), _) => {
                let text = format!("this deployment is not configured: {unset}\n");
                Response::text(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", text)
            }
            _ => Response::text(StatusCode::BAD_REQUEST, "text/plain", "bad request\n"),
        };
        message::outgoing(response).map(JsValue::from)
    })
}

async fn answer(settings: Rc<Settings>, request: Request, env: Env, context: Context) -> Response {
    #[cfg(feature = "seams")]
    let request = match super::seam::entry(&env, request).await {
        Ok(response) => return response,
        Err(request) => request,
    };
    if settings.local && is_clock(&settings, &request) {
        return clock::serve(request).await;
    }
    let world = World::new(settings, env, Some(context));
    crate::serve(Rc::new(world), CACHE.with(Rc::clone), request).await
}

fn is_clock(settings: &Settings, request: &Request) -> bool {
    request.raw_path() == clock::PATH && Owner::of(settings, &request.host) == Owner::Deployment
}
