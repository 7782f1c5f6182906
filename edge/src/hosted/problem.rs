//! What a page says of each refusal. An account that is missing, and one that is not as it should be, get the words of a
//! wrong password or a wrong code.

use super::Leaf;
use crate::web::page::log_fault;
use crate::web::visit::Visit;
use app::page::{Field, Problem};
use app::text::{Message, Rule};
use domain::error::{Error, Refusal};
use domain::pool::PasswordPolicy;
use http::StatusCode;

/// What went wrong on a page, in the page's words; a fault goes to the log.
pub(super) fn of(visit: &Visit, leaf: Leaf, error: &Error) -> Problem {
    match error {
        Error::Refused(refusal) => refused(&visit.pool.settings.password, leaf, refusal),
        Error::Fault(_) => {
            log_fault(&visit.edge, error);
            Problem::with_form(Message::Fault)
        }
    }
}

fn refused(policy: &PasswordPolicy, leaf: Leaf, refusal: &Refusal) -> Problem {
    use Refusal as R;
    match refusal {
        R::Busy => Problem::with_form(Message::Busy),
        R::LimitExceeded => Problem::with_form(match leaf {
            Leaf::SignUp | Leaf::ResendCode | Leaf::ForgotPassword => Message::TooManyMessages,
            Leaf::Login | Leaf::ConfirmUser | Leaf::ConfirmForgotPassword | Leaf::ChangePassword => {
                Message::TooManyTries
            }
        }),
        R::AttemptsExceeded | R::TooManyFailedAttempts => Problem::with_form(Message::TooManyTries),
        R::UserNotConfirmed => Problem::with_form(Message::NotConfirmed),
        R::PasswordResetRequired => Problem::with_form(Message::PasswordResetRequired),
        R::UsernameTaken => Problem::at(Field::Username, Message::NameTaken),
        R::AliasTaken { name } => match leaf {
            Leaf::SignUp | Leaf::ChangePassword => {
                Problem::at(Field::Attribute(name.clone()), Message::NameTaken)
            }
            Leaf::Login
            | Leaf::ConfirmUser
            | Leaf::ResendCode
            | Leaf::ForgotPassword
            | Leaf::ConfirmForgotPassword => Problem::with_form(Message::NameTaken),
        },
        R::SignUpClosed => Problem::with_form(Message::SignUpClosed),
        R::PasswordPolicy { message } => Problem::at(Field::Password, lacking(policy, message)),
        // Which of these it is would tell whether there is such an account, or whether somebody has asked for a code.
        R::WrongPassword
        | R::UserNotFound
        | R::UserDisabled
        | R::TemporaryPasswordExpired
        | R::CodeMismatch
        | R::CodeExpired
        | R::WrongState { .. }
        | R::ResetImpossible
        | R::ContactAdministrator => unknown(leaf),
        R::SessionInvalid | R::SessionExpired | R::SessionUsed => Problem::with_form(Message::SessionExpired),
        R::AttributeNotWritable | R::AccessDenied { .. } | R::FlowNotEnabled { .. } => {
            Problem::with_form(Message::NotAllowed)
        }
        R::Invalid { message } => invalid(leaf, message),
        R::DeliveryFailed { .. } | R::NotTold { .. } => Problem::with_form(Message::Fault),
        R::Unsupported { .. }
        | R::QuotaExceeded { .. }
        | R::PoolNotFound { .. }
        | R::PoolProtected { .. }
        | R::ClientNotFound { .. }
        | R::DomainNotFound { .. }
        | R::DomainTaken { .. }
        | R::ScopeNotFound { .. }
        | R::Conflict { .. }
        | R::SecretHashMissing { .. }
        | R::SecretHashWrong { .. }
        | R::ClientSecretWrong
        | R::AccessTokenInvalid
        | R::AccessTokenExpired
        | R::AccessTokenRevoked
        | R::AccessTokenScope
        | R::RefreshTokenInvalid
        | R::RefreshTokenExpired
        | R::RefreshTokenRevoked
        | R::RefreshTokenReused
        | R::TokenTypeUnsupported
        | R::RevocationOff
        | R::GrantInvalid
        | R::IdentityPoolNotFound { .. }
        | R::IdentityNotFound { .. }
        | R::IdentityForbidden { .. }
        | R::GuestsNotAllowed
        | R::ClassicFlowOff
        | R::LoginUnsupported
        | R::LoginInvalid { .. }
        | R::LoginsMismatch
        | R::IdentityPoolIncomplete
        | R::RoleNotFound { .. }
        | R::RoleTaken { .. }
        | R::RolePolicyNotFound { .. }
        | R::RoleInUse { .. }
        | R::PolicyMalformed { .. }
        | R::WebIdentityInvalid { .. }
        | R::WebIdentityExpired { .. } => Problem::with_form(Message::BadRequest),
    }
}

/// What somebody nobody knows is told.
fn unknown(leaf: Leaf) -> Problem {
    match leaf {
        Leaf::Login | Leaf::SignUp | Leaf::ResendCode | Leaf::ForgotPassword | Leaf::ChangePassword => {
            Problem::with_form(Message::WrongNameOrPassword)
        }
        Leaf::ConfirmUser | Leaf::ConfirmForgotPassword => Problem::at(Field::Code, Message::CodeMismatch),
    }
}

/// What a value that breaks a rule is told. The username and each attribute were looked at before; this is what only the
/// flow could see.
fn invalid(leaf: Leaf, message: &str) -> Problem {
    let attribute = |name: &str| Field::Attribute(name.to_owned());
    if message.contains("email address format") {
        return Problem::at(attribute("email"), Message::BadEmail);
    }
    if message.contains("phone number format") && !message.starts_with("Username") {
        return Problem::at(attribute("phone_number"), Message::BadPhone);
    }
    if let Some(rest) = message.strip_prefix("Attributes did not conform to the schema: ")
        && let Some((name, why)) = rest.split_once(": ")
    {
        let what = if why.contains("required") {
            Message::Missing(attribute(name))
        } else {
            Message::Malformed(name.to_owned())
        };
        return Problem::at(attribute(name), what);
    }
    match leaf {
        Leaf::SignUp => Problem::at(Field::Username, Message::BadUsername),
        Leaf::Login
        | Leaf::ConfirmUser
        | Leaf::ResendCode
        | Leaf::ForgotPassword
        | Leaf::ConfirmForgotPassword => unknown(leaf),
        Leaf::ChangePassword => Problem::with_form(Message::BadRequest),
    }
}

/// The rule that a refused password broke, from what the policy's check says of it.
fn lacking(policy: &PasswordPolicy, message: &str) -> Message {
    let rule = if message.ends_with("uppercase characters") {
        Rule::Upper
    } else if message.ends_with("lowercase characters") {
        Rule::Lower
    } else if message.ends_with("numeric characters") {
        Rule::Number
    } else if message.ends_with("symbol characters") {
        Rule::Symbol
    } else if message.ends_with("too long") {
        return Message::PasswordTooLong { most: 256 };
    } else {
        Rule::Length(u16::try_from(policy.minimum_length).unwrap_or(u16::MAX))
    };
    Message::PasswordLacks(rule)
}

/// The status of a page with these problems.
pub(super) fn status(problems: &[Problem]) -> StatusCode {
    let of = |problem: &Problem| match problem.message {
        Message::TooManyTries | Message::TooManyMessages => StatusCode::TOO_MANY_REQUESTS,
        Message::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Message::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        Message::FormExpired | Message::NotAllowed | Message::SignUpClosed => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_REQUEST,
    };
    problems.first().map_or(StatusCode::OK, of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::password::check_policy;

    #[test]
    fn each_rule_of_a_policy_is_named_by_its_own_words() {
        let policy = PasswordPolicy::default();
        for (password, rule) in [
            ("aB1!", Rule::Length(8)),
            ("abcdefg1!", Rule::Upper),
            ("ABCDEFG1!", Rule::Lower),
            ("Abcdefgh!", Rule::Number),
            ("Abcdefgh1", Rule::Symbol),
        ] {
            let Err(Error::Refused(refusal)) = check_policy(&policy, password) else { panic!("{password}") };
            let problem = refused(&policy, Leaf::SignUp, &refusal);
            assert_eq!(problem, Problem::at(Field::Password, Message::PasswordLacks(rule)), "{password}");
        }
        let long = "Aa1!".repeat(100);
        let Err(Error::Refused(refusal)) = check_policy(&policy, &long) else { panic!() };
        let problem = refused(&policy, Leaf::SignUp, &refusal);
        assert_eq!(problem.message, Message::PasswordTooLong { most: 256 });
    }

    #[test]
    fn a_missing_a_disabled_and_a_mistyped_account_read_the_same() {
        let policy = PasswordPolicy::default();
        let said = |leaf, refusal: Refusal| refused(&policy, leaf, &refusal);
        for refusal in [Refusal::UserNotFound, Refusal::UserDisabled, Refusal::TemporaryPasswordExpired] {
            assert_eq!(said(Leaf::Login, refusal), said(Leaf::Login, Refusal::WrongPassword));
        }
        let state = Refusal::WrongState { message: "User cannot be confirmed.".into() };
        for refusal in [Refusal::UserNotFound, Refusal::CodeExpired, state] {
            assert_eq!(said(Leaf::ConfirmUser, refusal), said(Leaf::ConfirmUser, Refusal::CodeMismatch));
        }
    }

    #[test]
    fn an_attribute_that_does_not_conform_is_named() {
        let said = |message: &str| invalid(Leaf::SignUp, message);
        let name = || Field::Attribute("name".into());
        let required = said("Attributes did not conform to the schema: name: The attribute is required\n");
        assert_eq!(required, Problem::at(name(), Message::Missing(name())));
        let long = said("Attributes did not conform to the schema: name: String length cannot exceed 3\n");
        assert_eq!(long, Problem::at(name(), Message::Malformed("name".into())));
    }
}
