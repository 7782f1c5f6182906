//! Every refusal as iam puts it. Exhaustive: a new refusal does not compile until its noun's list has it, and
//! each door that meets the noun has answered it.

use crate::aws::json::Failure;
use domain::error::Refusal;
use domain::refusals;
use http::StatusCode;

#[expect(clippy::unnested_or_patterns, reason = "each list is a pattern of its own")]
pub(super) fn refused(refusal: Refusal) -> Result<Failure, Refusal> {
    let conflict = |code, message: String| Failure::with_status(code, message, StatusCode::CONFLICT);
    let missing = |message: String| Failure::with_status("NoSuchEntity", message, StatusCode::NOT_FOUND);
    Ok(match refusal {
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
        | refusals!(user_pools)
        | refusals!(users)
        | refusals!(proofs)
        | refusals!(tokens)
        | refusals!(identities)
        | refusals!(web_identities)) => return Err(refusal),
    })
}
