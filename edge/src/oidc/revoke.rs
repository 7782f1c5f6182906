//! Revoking a refresh token and all that was born from it (RFC 7009).

use super::client_auth;
use super::error::{self, no_store};
use crate::flow::refresh;
use crate::message::Response;
use crate::web::form;
use crate::web::visit::Visit;
use domain::error::{Error, Refusal};
use http::StatusCode;

pub(super) async fn revoke(mut visit: Visit) -> Response {
    let form = match form::take(&mut visit.request).await {
        Ok(form) => form,
        Err(fault) => return error::json(fault.status(), "invalid_request", fault.description()),
    };
    let client = match client_auth::client(&visit, &form).await {
        Ok(client) => client,
        // RFC 7009 §2.2.1 takes its errors from RFC 6749, but AWS answers 401 here whatever the client used.
        Err(denied) => return denied.answer(&visit.edge, StatusCode::UNAUTHORIZED),
    };
    let Some(token) = form.one("token").ok().flatten().filter(|token| !token.is_empty()) else {
        return error::json(StatusCode::BAD_REQUEST, "invalid_request", "token is missing or repeated");
    };
    match refresh::revoke(&visit.edge, &visit.pool, &client, token).await {
        // RFC 7009 §2.2: a token that names nobody is revoked already. One of another client is refused (§2.1).
        Ok(()) | Err(Error::Refused(Refusal::UserNotFound)) => no_store(Response::new(StatusCode::OK)),
        Err(failed) => error::answer(&visit.edge, &failed),
    }
}
