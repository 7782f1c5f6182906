//! Every refusal as sts puts it. Exhaustive: a new refusal does not compile until its noun's list has it, and
//! each door that meets the noun has answered it.

use crate::aws::json::Failure;
use domain::error::Refusal;
use domain::refusals;
use http::StatusCode;

#[expect(clippy::unnested_or_patterns, reason = "each list is a pattern of its own")]
pub(super) fn refused(refusal: Refusal) -> Result<Failure, Refusal> {
    let denied = |message: String| Failure::with_status("AccessDenied", message, StatusCode::FORBIDDEN);
    let token = |message: &str| Failure::new("InvalidIdentityToken", message);
    Ok(match refusal {
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
        | Refusal::Conflict { .. }
        | Refusal::IdentityNotFound { .. }
        | Refusal::IdentityForbidden { .. }
        | Refusal::GuestsNotAllowed
        | Refusal::LoginUnsupported
        | Refusal::LoginInvalid { .. }
        | Refusal::LoginsMismatch
        | Refusal::IdentityPoolIncomplete
        | Refusal::RoleTaken { .. }
        | Refusal::RolePolicyNotFound { .. }
        | Refusal::RoleInUse { .. }
        | refusals!(user_pools)
        | refusals!(users)
        | refusals!(proofs)
        | refusals!(tokens)) => return Err(refusal),
    })
}
