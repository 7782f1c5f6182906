//! What a page says of each refusal. An account that is missing, and one that is not as it should be, get the words of a
//! wrong password or a wrong code.

use super::Leaf;
use crate::flow::password::check_policy;
use crate::web::page::log_fault;
use crate::web::visit::Visit;
use app::page::{Field, Problem};
use app::text::{Message, Rule};
use domain::error::{Error, Flaw, Refusal};
use domain::pool::PasswordPolicy;
use domain::refusals;
use http::StatusCode;

/// What went wrong on a page, in the page's words; a fault goes to the log. `password` is the one that was typed.
pub(super) fn of(visit: &Visit, leaf: Leaf, error: &Error, password: &str) -> Vec<Problem> {
    match error {
        Error::Refused(refusal) => refused(&visit.pool.settings.password, leaf, refusal, password),
        Error::Fault(_) => {
            log_fault(&visit.edge, error);
            vec![Problem::with_form(Message::Fault)]
        }
    }
}

#[expect(clippy::unnested_or_patterns, reason = "each list is a pattern of its own")]
fn refused(policy: &PasswordPolicy, leaf: Leaf, refusal: &Refusal, password: &str) -> Vec<Problem> {
    use Refusal as R;
    let problem = match refusal {
        R::Busy => Problem::with_form(Message::Busy),
        R::LimitExceeded => Problem::with_form(match leaf {
            Leaf::SignUp | Leaf::ResendCode | Leaf::ForgotPassword => Message::TooManyMessages,
            Leaf::Login | Leaf::ConfirmUser | Leaf::ConfirmForgotPassword | Leaf::ChangePassword => {
                Message::TooManyTries
            }
        }),
        R::AttemptsExceeded => Problem::with_form(Message::TooManyTries),
        R::UserNotConfirmed => Problem::with_form(Message::NotConfirmed),
        R::PasswordResetRequired => Problem::with_form(Message::PasswordResetRequired),
        R::UsernameTaken | R::AccountTaken => Problem::at(Field::Username, Message::NameTaken),
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
        R::PasswordPolicy { .. } => return weak(policy, password),
        // Which of these it is would tell whether there is such an account, or whether somebody has asked for a code.
        R::WrongPassword
        | R::UserNotFound
        | R::UserDisabled
        | R::TemporaryPasswordExpired
        | R::CodeMismatch
        | R::CodeExpired
        | R::WrongState { .. }
        | R::InvitedBefore { .. }
        | R::ResetImpossible
        | R::ContactAdministrator => unknown(leaf),
        R::SessionInvalid | R::SessionExpired | R::SessionUsed => Problem::with_form(Message::SessionExpired),
        R::AttributeNotWritable | R::AccessDenied { .. } | R::FlowNotEnabled { .. } => {
            Problem::with_form(Message::NotAllowed)
        }
        R::AttributeInvalid { name, flaw, .. } => attribute(name, *flaw),
        R::Invalid { .. } => invalid(leaf),
        R::DeliveryFailed { .. } | R::NotTold { .. } => Problem::with_form(Message::Fault),
        // Nothing on these pages leads to any of them.
        R::Unsupported { .. }
        | R::QuotaExceeded { .. }
        | R::Conflict { .. }
        | R::SecretHashMissing { .. }
        | R::SecretHashUnasked { .. }
        | R::SecretHashWrong { .. }
        | R::ClientSecretWrong
        | refusals!(user_pools)
        | refusals!(tokens)
        | refusals!(identities)
        | refusals!(roles)
        | refusals!(web_identities) => Problem::with_form(Message::BadRequest),
    };
    vec![problem]
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

/// What an attribute is told that only the flow could see the flaw of.
fn attribute(name: &str, flaw: Flaw) -> Problem {
    let told = match (flaw, name) {
        (Flaw::Missing, _) => Message::MissingAttribute(name.to_owned()),
        (Flaw::Form, "email") => Message::BadEmail,
        (Flaw::Form, "phone_number") => Message::BadPhone,
        (Flaw::Form | Flaw::Rule, _) => Message::Malformed(name.to_owned()),
    };
    Problem::at(Field::Attribute(name.to_owned()), told)
}

/// What any other value that breaks a rule is told: the name, where one is chosen.
fn invalid(leaf: Leaf) -> Problem {
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

/// Every rule that a password breaks. The policy's own check stops at the first, and the page marks the others as kept,
/// so each is tried by itself.
pub(super) fn weak(policy: &PasswordPolicy, password: &str) -> Vec<Problem> {
    let none = PasswordPolicy {
        minimum_length: 0,
        upper: false,
        lower: false,
        number: false,
        symbol: false,
        ..policy.clone()
    };
    let length = Rule::Length(u16::try_from(policy.minimum_length).unwrap_or(u16::MAX));
    let rules = [
        (PasswordPolicy { minimum_length: policy.minimum_length, ..none.clone() }, length),
        (PasswordPolicy { upper: policy.upper, ..none.clone() }, Rule::Upper),
        (PasswordPolicy { lower: policy.lower, ..none.clone() }, Rule::Lower),
        (PasswordPolicy { number: policy.number, ..none.clone() }, Rule::Number),
        (PasswordPolicy { symbol: policy.symbol, ..none.clone() }, Rule::Symbol),
    ];
    if check_policy(&none, password).is_err() {
        return vec![Problem::at(Field::Password, Message::PasswordTooLong { most: 256 })];
    }
    let broken = rules.into_iter().filter(|(rule, _)| check_policy(rule, password).is_err());
    broken.map(|(_, rule)| Problem::at(Field::Password, Message::PasswordLacks(rule))).collect()
}

/// The status of a page with these problems.
pub(super) fn status(problems: &[Problem]) -> StatusCode {
    let of = |problem: &Problem| match problem.message {
        Message::TooManyTries | Message::TooManyMessages => StatusCode::TOO_MANY_REQUESTS,
        Message::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Message::Fault => StatusCode::INTERNAL_SERVER_ERROR,
        Message::FormExpired | Message::NoCookie | Message::NotAllowed | Message::SignUpClosed => {
            StatusCode::FORBIDDEN
        }
        _ => StatusCode::BAD_REQUEST,
    };
    problems.first().map_or(StatusCode::OK, of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lacking(password: &str) -> Vec<Message> {
        let policy = PasswordPolicy::default();
        let Err(Error::Refused(refusal)) = check_policy(&policy, password) else { panic!("{password}") };
        let problems = refused(&policy, Leaf::SignUp, &refusal, password);
        assert!(problems.iter().all(|problem| problem.field == Some(Field::Password)), "{password}");
        problems.into_iter().map(|problem| problem.message).collect()
    }

    #[test]
    fn every_rule_that_a_password_breaks_is_named_at_once() {
        use Message::PasswordLacks;
        for (password, rule) in [
            ("aB1!", Rule::Length(8)),
            ("abcdefg1!", Rule::Upper),
            ("ABCDEFG1!", Rule::Lower),
            ("Abcdefgh!", Rule::Number),
            ("Abcdefgh1", Rule::Symbol),
        ] {
            assert_eq!(lacking(password), [PasswordLacks(rule)], "{password}");
        }
        let all = [Rule::Length(8), Rule::Upper, Rule::Number, Rule::Symbol].map(PasswordLacks);
        assert_eq!(lacking("short"), all);
        assert_eq!(lacking(&"Aa1!".repeat(100)), [Message::PasswordTooLong { most: 256 }]);
    }

    #[test]
    fn a_missing_a_disabled_and_a_mistyped_account_read_the_same() {
        let said = |leaf, refusal: Refusal| refused(&PasswordPolicy::default(), leaf, &refusal, "");
        for refusal in [Refusal::UserNotFound, Refusal::UserDisabled, Refusal::TemporaryPasswordExpired] {
            assert_eq!(said(Leaf::Login, refusal), said(Leaf::Login, Refusal::WrongPassword));
        }
        let state = Refusal::WrongState { message: "User cannot be confirmed.".into() };
        for refusal in [Refusal::UserNotFound, Refusal::CodeExpired, state] {
            assert_eq!(said(Leaf::ConfirmUser, refusal), said(Leaf::ConfirmUser, Refusal::CodeMismatch));
        }
    }

    #[test]
    fn an_attribute_is_told_what_is_wrong_with_it() {
        for (name, flaw, message) in [
            ("name", Flaw::Missing, Message::MissingAttribute("name".into())),
            ("email", Flaw::Missing, Message::MissingAttribute("email".into())),
            ("email", Flaw::Form, Message::BadEmail),
            ("phone_number", Flaw::Form, Message::BadPhone),
            ("email", Flaw::Rule, Message::Malformed("email".into())),
            ("name", Flaw::Rule, Message::Malformed("name".into())),
        ] {
            let refusal = Refusal::AttributeInvalid { name: name.into(), flaw, message: String::new() };
            let problems = refused(&PasswordPolicy::default(), Leaf::SignUp, &refusal, "");
            assert_eq!(problems, [Problem::at(Field::Attribute(name.into()), message)]);
        }
    }
}
