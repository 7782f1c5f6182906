//! Every refusal as cognito-idp puts it. Exhaustive: a new refusal does not compile until its noun's list has it, and
//! each door that meets the noun has answered it.

use crate::aws::json::Failure;
use domain::error::Refusal;
use domain::refusals;
use http::StatusCode;

#[expect(
    clippy::unnested_or_patterns,
    clippy::too_many_lines,
    reason = "one table, and each list in it a pattern of its own"
)]
pub(super) fn refused(refusal: Refusal) -> Result<Failure, Refusal> {
    let not_authorized = |message: &str| Failure::new("NotAuthorizedException", message);
    let parameter = |message: String| Failure::new("InvalidParameterException", message);
    let missing = |message: String| Failure::new("ResourceNotFoundException", message);
    Ok(match refusal {
        Refusal::Invalid { message }
        | Refusal::AttributeInvalid { message, .. }
        | Refusal::Unsupported { message }
        | Refusal::PoolProtected { message } => parameter(message),
        Refusal::Busy => Failure::new("TooManyRequestsException", "Rate exceeded. Try again."),
        Refusal::LimitExceeded => {
            Failure::new("LimitExceededException", "Attempt limit exceeded, please try after some time.")
        }
        Refusal::QuotaExceeded { message } => Failure::new("LimitExceededException", message),
        Refusal::AccessDenied { message } => Failure::new("AccessDeniedException", message),
        Refusal::NotTold { message } => {
            Failure::with_status("InternalErrorException", message, StatusCode::INTERNAL_SERVER_ERROR)
        }
        Refusal::PoolNotFound { pool } => missing(format!("User pool {pool} does not exist.")),
        Refusal::ClientNotFound { client } => missing(format!("User pool client {client} does not exist.")),
        Refusal::DomainNotFound { domain } => {
            parameter(format!("No such domain or user pool exists: {domain}"))
        }
        Refusal::DomainTaken { domain } => {
            parameter(format!("Domain already associated with another user pool: {domain}"))
        }
        Refusal::ScopeNotFound { scope } => {
            Failure::new("ScopeDoesNotExistException", format!("The scope {scope} does not exist."))
        }
        Refusal::Conflict { message } => Failure::new("ConcurrentModificationException", message),
        Refusal::UserNotFound => Failure::new("UserNotFoundException", "User does not exist."),
        Refusal::UsernameTaken => Failure::new("UsernameExistsException", "User already exists"),
        Refusal::AccountTaken => Failure::new("UsernameExistsException", "User account already exists"),
        Refusal::AliasTaken { name } => {
            Failure::new("AliasExistsException", format!("An account with the given {name} already exists."))
        }
        Refusal::UserNotConfirmed => Failure::new("UserNotConfirmedException", "User is not confirmed."),
        Refusal::UserDisabled => not_authorized("User is disabled."),
        Refusal::PasswordResetRequired => {
            Failure::new("PasswordResetRequiredException", "Password reset required for the user")
        }
        Refusal::WrongState { message } => not_authorized(&message),
        Refusal::InvitedBefore { status } => Failure::new(
            "UnsupportedUserStateException",
            format!("Resend not possible. {status} status is not FORCE_CHANGE_PASSWORD"),
        ),
        Refusal::SignUpClosed => not_authorized("SignUp is not permitted for this user pool"),
        Refusal::AttributeNotWritable => not_authorized("A client attempted to write unauthorized attribute"),
        Refusal::ResetImpossible => parameter(
            "Cannot reset password for the user as there is no registered/verified email or phone_number"
                .into(),
        ),
        Refusal::ContactAdministrator => not_authorized("Contact administrator to reset password."),
        Refusal::DeliveryFailed { message } => Failure::new("CodeDeliveryFailureException", message),
        Refusal::WrongPassword => not_authorized("Incorrect username or password."),
        Refusal::AttemptsExceeded => not_authorized("Password attempts exceeded"),
        Refusal::TemporaryPasswordExpired => {
            not_authorized("Temporary password has expired and must be reset by an administrator.")
        }
        Refusal::PasswordPolicy { message } => Failure::new("InvalidPasswordException", message),
        Refusal::CodeMismatch => {
            Failure::new("CodeMismatchException", "Invalid verification code provided, please try again.")
        }
        Refusal::CodeExpired => {
            Failure::new("ExpiredCodeException", "Invalid code provided, please request a code again.")
        }
        Refusal::FlowNotEnabled { flow } => parameter(format!("{flow} flow not enabled for this client")),
        Refusal::SecretHashMissing { client } => not_authorized(&format!(
            "Client {client} is configured with secret but SECRET_HASH was not received"
        )),
        Refusal::SecretHashUnasked { client } => parameter(format!(
            "App client {client} is not configured for secret but secret hash was received"
        )),
        Refusal::SecretHashWrong { client } => {
            not_authorized(&format!("Unable to verify secret hash for client {client}"))
        }
        Refusal::ClientSecretWrong => not_authorized("Invalid client secret."),
        Refusal::SessionInvalid => not_authorized("Invalid session for the user."),
        Refusal::SessionExpired => not_authorized("Invalid session for the user, session is expired."),
        Refusal::SessionUsed => {
            not_authorized("Invalid session for the user, session can only be used once.")
        }
        Refusal::AccessTokenInvalid => not_authorized("Invalid Access Token"),
        Refusal::AccessTokenExpired => not_authorized("Access Token has expired"),
        Refusal::AccessTokenRevoked => not_authorized("Access Token has been revoked"),
        Refusal::AccessTokenScope => not_authorized("Access Token does not have required scopes"),
        Refusal::RefreshTokenInvalid | Refusal::GrantInvalid => not_authorized("Invalid Refresh Token"),
        Refusal::RefreshTokenExpired => not_authorized("Refresh Token has expired"),
        Refusal::RefreshTokenRevoked => not_authorized("Refresh Token has been revoked"),
        Refusal::RefreshTokenReused => Failure::new(
            "RefreshTokenReuseException",
            "Refresh token has been used already; its session has ended.",
        ),
        Refusal::TokenTypeUnsupported => {
            Failure::new("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.")
        }
        Refusal::RevocationOff => {
            Failure::new("UnsupportedOperationException", "Token revocation is disabled for this client.")
        }
        // Nothing that this door asks for is refused so.
        refusal @ (refusals!(identities) | refusals!(roles) | refusals!(web_identities)) => {
            return Err(refusal);
        }
    })
}
