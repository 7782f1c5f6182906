//! Errors as OAuth 2.0 puts them (RFC 6749 §5.2), and every refusal's place among them.

use crate::edge::Edge;
use crate::message::Response;
use crate::web::page;
use domain::error::{Error, Refusal};
use domain::refusals;
use http::StatusCode;
use serde_json::json;

/// An error of the token, revocation or user-info endpoint.
pub(super) fn json(status: StatusCode, error: &'static str, description: &str) -> Response {
    no_store(Response::json(status, &json!({ "error": error, "error_description": description }))).told(error)
}

pub(super) fn not_found() -> Response {
    json(StatusCode::NOT_FOUND, "invalid_request", "there is no such endpoint")
}

/// Answers with tokens, or about them, are kept by nobody (RFC 6749 §5.1).
pub(super) fn no_store(response: Response) -> Response {
    response
        .with("cache-control", "no-store")
        .with("pragma", "no-cache")
        .with("x-content-type-options", "nosniff")
}

/// What a failed operation answers.
pub(super) fn answer(edge: &Edge, error: &Error) -> Response {
    match error {
        Error::Refused(refusal) => {
            let (status, error, description) = of(refusal);
            json(status, error, description)
        }
        Error::Fault(_) => {
            page::log_fault(edge, error);
            json(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "an internal error occurred")
        }
    }
}

/// Status, code and description of each refusal. What cannot come up behind this door is a bad request.
#[expect(clippy::unnested_or_patterns, reason = "each list is a pattern of its own")]
pub(super) fn of(refusal: &Refusal) -> (StatusCode, &'static str, &'static str) {
    use Refusal as R;
    let (status, code, description) = match refusal {
        R::Busy => (503, "temporarily_unavailable", "too many requests at once"),
        R::LimitExceeded | R::AttemptsExceeded => (429, "temporarily_unavailable", "too many requests"),
        R::PoolNotFound { .. } | R::DomainNotFound { .. } => {
            (404, "invalid_request", "there is no such user pool")
        }
        R::ClientNotFound { .. } | R::ClientSecretWrong => {
            (400, "invalid_client", "the client is unknown or did not prove itself")
        }
        R::GrantInvalid => {
            (400, "invalid_grant", "the code is unknown, used, expired or bound to something else")
        }
        R::RefreshTokenInvalid => (400, "invalid_grant", "the refresh token is invalid"),
        R::RefreshTokenExpired => (400, "invalid_grant", "the refresh token has expired"),
        R::RefreshTokenRevoked => (400, "invalid_grant", "the refresh token was revoked"),
        R::RefreshTokenReused => (400, "invalid_grant", "the refresh token was used before"),
        R::UserNotFound | R::UserDisabled | R::UserNotConfirmed | R::PasswordResetRequired => {
            (400, "invalid_grant", "the session is over")
        }
        R::AccessTokenInvalid => (401, "invalid_token", "the access token is invalid"),
        R::AccessTokenExpired => (401, "invalid_token", "the access token has expired"),
        R::AccessTokenRevoked => (401, "invalid_token", "the access token was revoked"),
        R::AccessTokenScope => (403, "insufficient_scope", "the access token lacks a scope"),
        R::NotTold { .. } => (500, "server_error", "an internal error occurred"),
        R::TokenTypeUnsupported => (400, "unsupported_token_type", "only refresh tokens can be revoked"),
        R::RevocationOff => (400, "invalid_request", "token revocation is not enabled for this client"),
        R::AccessDenied { .. } => (403, "access_denied", "the request is not allowed"),
        R::Unsupported { .. } | R::FlowNotEnabled { .. } => {
            (400, "unsupported_grant_type", "the grant type is not supported")
        }
        R::Invalid { .. }
        | R::QuotaExceeded { .. }
        | R::PoolProtected { .. }
        | R::DomainTaken { .. }
        | R::ScopeNotFound { .. }
        | R::Conflict { .. }
        | R::UsernameTaken
        | R::AccountTaken
        | R::AliasTaken { .. }
        | R::WrongState { .. }
        | R::InvitedBefore { .. }
        | R::SignUpClosed
        | R::AttributeNotWritable
        | R::AttributeInvalid { .. }
        | R::ResetImpossible
        | R::ContactAdministrator
        | R::DeliveryFailed { .. }
        | R::WrongPassword
        | R::TemporaryPasswordExpired
        | R::PasswordPolicy { .. }
        | R::CodeMismatch
        | R::CodeExpired
        | R::SecretHashMissing { .. }
        | R::SecretHashUnasked { .. }
        | R::SecretHashWrong { .. }
        | R::SessionInvalid
        | R::SessionExpired
        | R::SessionUsed
        | refusals!(identities)
        | refusals!(roles)
        | refusals!(web_identities) => (400, "invalid_request", "the request cannot be served"),
    };
    (StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST), code, description)
}
