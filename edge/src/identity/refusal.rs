//! Every refusal as cognito-identity puts it. Exhaustive: a new refusal does not compile until it is answered here.

use crate::aws::json::Failure;
use crate::edge::Edge;
use domain::error::{Error, Refusal};
use http::StatusCode;

/// The failure of an operation; what is a fault of ours goes to the log and says nothing to the caller.
pub(super) fn failure(edge: &Edge, error: Error) -> Failure {
    match error {
        Error::Fault(fault) => {
            edge.log_fault(&fault.to_string());
            Failure::internal()
        }
        Error::Refused(refusal) => refused(edge, refusal),
    }
}

fn refused(edge: &Edge, refusal: Refusal) -> Failure {
    let not_authorized = |message: &str| Failure::new("NotAuthorizedException", message);
    let parameter = |message: &str| Failure::new("InvalidParameterException", message);
    let missing = |message: String| Failure::new("ResourceNotFoundException", message);
    match refusal {
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
        | Refusal::UserNotFound
        | Refusal::UsernameTaken
        | Refusal::AliasTaken { .. }
        | Refusal::UserNotConfirmed
        | Refusal::UserDisabled
        | Refusal::PasswordResetRequired
        | Refusal::WrongState { .. }
        | Refusal::SignUpClosed
        | Refusal::AttributeNotWritable
        | Refusal::ResetImpossible
        | Refusal::ContactAdministrator
        | Refusal::DeliveryFailed { .. }
        | Refusal::WrongPassword
        | Refusal::AttemptsExceeded
        | Refusal::TemporaryPasswordExpired
        | Refusal::PasswordPolicy { .. }
        | Refusal::CodeMismatch
        | Refusal::CodeExpired
        | Refusal::TooManyFailedAttempts
        | Refusal::FlowNotEnabled { .. }
        | Refusal::SecretHashMissing { .. }
        | Refusal::SecretHashWrong { .. }
        | Refusal::ClientSecretWrong
        | Refusal::SessionInvalid
        | Refusal::SessionExpired
        | Refusal::SessionUsed
        | Refusal::AccessTokenInvalid
        | Refusal::AccessTokenExpired
        | Refusal::AccessTokenRevoked
        | Refusal::AccessTokenScope
        | Refusal::RefreshTokenInvalid
        | Refusal::RefreshTokenExpired
        | Refusal::RefreshTokenRevoked
        | Refusal::RefreshTokenReused
        | Refusal::TokenTypeUnsupported
        | Refusal::RevocationOff
        | Refusal::GrantInvalid
        | Refusal::RoleNotFound { .. }
        | Refusal::RoleTaken { .. }
        | Refusal::RolePolicyNotFound { .. }
        | Refusal::RoleInUse { .. }
        | Refusal::PolicyMalformed { .. }
        | Refusal::WebIdentityInvalid { .. }
        | Refusal::WebIdentityExpired { .. }) => {
            edge.log_fault(&format!("identity was refused with {refusal:?}"));
            Failure::internal()
        }
    }
}
