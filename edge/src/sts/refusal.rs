//! Every refusal as sts puts it. Exhaustive: a new refusal does not compile until it is answered here.

use crate::aws::json::Failure;
use crate::aws::query;
use crate::edge::Edge;
use domain::error::{Error, Refusal};
use http::StatusCode;

/// The failure of an operation; what is a fault of ours goes to the log and says nothing to the caller.
pub(super) fn failure(edge: &Edge, error: Error) -> Failure {
    match error {
        Error::Fault(fault) => {
            edge.log_fault(&fault.to_string());
            query::internal()
        }
        Error::Refused(refusal) => refused(edge, refusal),
    }
}

fn refused(edge: &Edge, refusal: Refusal) -> Failure {
    let denied = |message: String| Failure::with_status("AccessDenied", message, StatusCode::FORBIDDEN);
    let token = |message: &str| Failure::new("InvalidIdentityToken", message);
    match refusal {
        Refusal::Invalid { message } | Refusal::Unsupported { message } => {
            Failure::new("ValidationError", message)
        }
        Refusal::Busy | Refusal::LimitExceeded => Failure::new("Throttling", "Rate exceeded"),
        Refusal::AccessDenied { message } => denied(message),
        // Which roles there are is nobody's business who may not assume them.
        Refusal::RoleNotFound { .. } => {
            denied("Not authorized to perform sts:AssumeRoleWithWebIdentity".into())
        }
        Refusal::PolicyMalformed { message } => Failure::new("MalformedPolicyDocument", message),
        Refusal::WebIdentityInvalid { message } => token(&message),
        Refusal::WebIdentityExpired { message } => Failure::new("ExpiredTokenException", message),
        Refusal::IdentityPoolNotFound { .. } => {
            token("The web identity token that was passed is of no provider.")
        }
        Refusal::ClassicFlowOff => token("Basic (classic) flow is not enabled, please use enhanced flow."),
        // Nothing that this door asks for is refused so.
        refusal @ (Refusal::QuotaExceeded { .. }
        | Refusal::NotTold { .. }
        | Refusal::PoolNotFound { .. }
        | Refusal::PoolProtected { .. }
        | Refusal::ClientNotFound { .. }
        | Refusal::DomainNotFound { .. }
        | Refusal::DomainTaken { .. }
        | Refusal::ScopeNotFound { .. }
        | Refusal::Conflict { .. }
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
        | Refusal::IdentityNotFound { .. }
        | Refusal::IdentityForbidden { .. }
        | Refusal::GuestsNotAllowed
        | Refusal::LoginUnsupported
        | Refusal::LoginInvalid { .. }
        | Refusal::LoginsMismatch
        | Refusal::IdentityPoolIncomplete
        | Refusal::RoleTaken { .. }
        | Refusal::RolePolicyNotFound { .. }
        | Refusal::RoleInUse { .. }) => {
            edge.log_fault(&format!("sts was refused with {refusal:?}"));
            query::internal()
        }
    }
}
