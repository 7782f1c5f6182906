//! The authorization endpoint (RFC 6749 §4.1.1): straight back with a code where somebody is signed in, else to the
//! sign-in page with the same request.

use crate::flow::{browser, grant};
use crate::message::Response;
use crate::web::ask::{Ask, Prompt};
use crate::web::cookie::Cookie;
use crate::web::visit::{Visit, tell};
use crate::web::{form, page};
use domain::error::{Error, Refusal};
use http::{Method, StatusCode};

pub(super) async fn authorize(mut visit: Visit) -> Response {
    // `OpenID` Connect Core §3.1.2.1: both methods, the parameters in the query or in a form.
    if visit.request.method == Method::POST {
        match form::take(&mut visit.request).await {
            Ok(pairs) => visit.query = pairs,
            Err(fault) => return visit.fail(fault.status(), fault.message()).await,
        }
    }
    let ask = match Ask::read(&visit.edge, &visit.pool, &visit.query).await {
        Ok(ask) => ask,
        Err(wrong) => return visit.refuse(wrong).await,
    };
    let person = match Cookie::Session.read(&visit.site, &visit.request) {
        None => None,
        Some(cookie) => match browser::find(&visit.edge, &visit.pool, &cookie).await {
            Ok(person) => person,
            Err(error) => return visit.broken(&error).await,
        },
    };
    let now = visit.edge.now();
    match person.filter(|person| ask.is_met_by(person.auth_time, now)) {
        Some(person) => match grant::issue(&visit.edge, &visit.pool, &person, &ask.bounds()).await {
            Ok(code) => page::redirect(StatusCode::FOUND, &ask.asker.back([("code", code.as_str())])),
            // It ended just now.
            Err(Error::Refused(Refusal::SessionInvalid)) => unknown(&visit, &ask),
            Err(error) => visit.broken(&error).await,
        },
        None => unknown(&visit, &ask),
    }
}

/// Nobody is signed in.
fn unknown(visit: &Visit, ask: &Ask) -> Response {
    if ask.prompt == Prompt::None {
        tell(&ask.asker, "login_required", "nobody is signed in")
    } else {
        page::redirect(StatusCode::FOUND, &visit.url("/login"))
    }
}
