//! Where requests come in.

use super::world::World;
use super::{clock, fault, message, settings};
use crate::cache::Cache;
use crate::hosts::Owner;
use crate::message::{Request, Response};
use crate::platform::Settings;
use http::StatusCode;
use std::rc::Rc;
use worker::{Context, Env, Error, event, web_sys};

thread_local! {
    static CACHE: Rc<Cache> = Rc::default();
}

#[event(fetch)]
async fn fetch(raw: web_sys::Request, env: Env, context: Context) -> Result<web_sys::Response, Error> {
    let response = answer(&raw, env, context).await;
    message::outgoing(response).map_err(|thrown| Error::RustError(fault::text(&thrown)))
}

async fn answer(raw: &web_sys::Request, env: Env, context: Context) -> Response {
    let settings = match settings::of(&env) {
        Ok(settings) => settings,
        Err(unset) => {
            let text = format!("this deployment is not configured: {unset}\n");
            return Response::text(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", text);
        }
    };
    let Some(request) = message::incoming(raw, &settings) else {
        return Response::text(StatusCode::BAD_REQUEST, "text/plain", "bad request\n");
    };
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
