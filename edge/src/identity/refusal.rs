//! Every refusal as cognito-identity puts it. Exhaustive: a new refusal does not compile until its noun's list has it, and
//! each door that meets the noun has answered it.

use crate::aws::json::Failure;
use domain::error::Refusal;
use domain::refusals;
use http::StatusCode;

#[expect(clippy::unnested_or_patterns, reason = "each list is a pattern of its own")]
pub(super) fn refused(refusal: Refusal) -> Result<Failure, Refusal> {
    let not_authorized = |message: &str| Failure::new("NotAuthorizedException", message);
    let parameter = |message: &str| Failure::new("InvalidParameterException", message);
    let missing = |message: String| Failure::new("ResourceNotFoundException", message);
    Ok(match refusal {
        Refusal::Invalid { message } | Refusal::Unsupported { message } => parameter(&message),
        Refusal::Busy | Refusal::LimitExceeded => {
            Failure::new("TooManyRequestsException", "Rate exceeded. Try again.")
        }
        Refusal::QuotaExceeded { message } => Failure::new("LimitExceededException", message),
        Refusal::AccessDenied { message } => Failure::new("AccessDeniedException", message),
        Refusal::NotTold { message } => {
            Failure::with_status("InternalErrorException", message, StatusCode::INTERNAL_SERVER_ERROR)
        }
        Refusal::Conflict { message } => Failure::new("ConcurrentModificationException", message),
        Refusal::IdentityPoolNotFound { pool } => missing(format!("IdentityPool '{pool}' not found.")),
        Refusal::IdentityNotFound { identity } => missing(format!("Identity '{identity}' not found.")),
        Refusal::IdentityForbidden { identity } => {
            not_authorized(&format!("Access to Identity '{identity}' is forbidden."))
        }
        Refusal::GuestsNotAllowed => {
            not_authorized("Unauthenticated access is not supported for this identity pool.")
        }
        Refusal::ClassicFlowOff => {
            parameter("Basic (classic) flow is not enabled, please use enhanced flow.")
        }
        Refusal::LoginUnsupported | Refusal::PoolNotFound { .. } => {
            not_authorized("Token is not from a supported provider of this identity pool.")
        }
        Refusal::LoginInvalid { message } => not_authorized(&message),
        Refusal::LoginsMismatch => not_authorized(
            "Logins don't match. Please include at least one valid login for this identity or identity pool.",
        ),
        Refusal::IdentityPoolIncomplete => Failure::new(
            "InvalidIdentityPoolConfigurationException",
            "Invalid identity pool configuration. Check assigned IAM roles for this pool.",
        ),
        // Nothing that this door asks for is refused so.
        refusal @ (Refusal::PoolProtected { .. }
        | Refusal::ClientNotFound { .. }
        | Refusal::DomainNotFound { .. }
        | Refusal::DomainTaken { .. }
        | Refusal::ScopeNotFound { .. }
        | refusals!(users)
        | refusals!(proofs)
        | refusals!(tokens)
        | refusals!(roles)
        | refusals!(web_identities)) => return Err(refusal),
    })
}
