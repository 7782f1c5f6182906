//! Every refusal as iam puts it. Exhaustive: a new refusal does not compile until it is answered here.

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
    let conflict = |code, message: String| Failure::with_status(code, message, StatusCode::CONFLICT);
    let missing = |message: String| Failure::with_status("NoSuchEntity", message, StatusCode::NOT_FOUND);
    match refusal {
        Refusal::Invalid { message } | Refusal::Unsupported { message } => {
            Failure::new("ValidationError", message)
        }
        Refusal::Busy | Refusal::LimitExceeded => Failure::new("Throttling", "Rate exceeded"),
        Refusal::QuotaExceeded { message } => conflict("LimitExceeded", message),
        Refusal::AccessDenied { message } => {
            Failure::with_status("AccessDenied", message, StatusCode::FORBIDDEN)
        }
        Refusal::Conflict { message } => conflict("ConcurrentModification", message),
        Refusal::RoleNotFound { role } => missing(format!("The role with name {role} cannot be found.")),
        Refusal::RoleTaken { role } => {
            conflict("EntityAlreadyExists", format!("Role with name {role} already exists."))
        }
        Refusal::RolePolicyNotFound { policy } => {
            missing(format!("The role policy with name {policy} cannot be found."))
        }
        Refusal::RoleInUse { message } => conflict("DeleteConflict", message),
        Refusal::PolicyMalformed { message } => Failure::new("MalformedPolicyDocument", message),
        // Nothing that this door asks for is refused so.
        refusal @ (Refusal::NotTold { .. }
        | Refusal::PoolNotFound { .. }
        | Refusal::PoolProtected { .. }
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
        | Refusal::IdentityPoolNotFound { .. }
        | Refusal::IdentityNotFound { .. }
        | Refusal::IdentityForbidden { .. }
        | Refusal::GuestsNotAllowed
        | Refusal::ClassicFlowOff
        | Refusal::LoginUnsupported
        | Refusal::LoginInvalid { .. }
        | Refusal::LoginsMismatch
        | Refusal::IdentityPoolIncomplete
        | Refusal::WebIdentityInvalid { .. }
        | Refusal::WebIdentityExpired { .. }) => {
            edge.log_fault(&format!("iam was refused with {refusal:?}"));
            query::internal()
        }
    }
}
