use std::borrow::Cow;

use super::{Label, Medium, Message, Name, Rule};

#[allow(clippy::match_same_arms, reason = "what is one sentence in English may be two elsewhere")]
pub(super) const fn label(label: Label) -> &'static str {
    match label {
        Label::ErrorPrefix => "Error:",
        Label::ProblemHeading => "There is a problem",
        Label::To => "to continue to {}",
        Label::ReturnTo => "Next, you return to {}",
        Label::Reference => "Reference {}",
        Label::Terms => "Terms",
        Label::Privacy => "Privacy",
        Label::Support => "Help",
        Label::Optional => "optional",
        Label::Show => "Show",
        Label::Hide => "Hide",
        Label::ShowPassword => "Show password",
        Label::HidePassword => "Hide password",
        Label::PasswordShown => "Your password is visible",
        Label::PasswordHidden => "Your password is hidden",

        Label::NameToSignIn(Name { plain, email, phone }) => match (plain, email, phone) {
            (_, false, false) => "Username",
            (false, true, false) => "Email",
            (false, false, true) => "Phone number",
            (false, true, true) => "Email or phone number",
            (true, true, false) => "Username or email",
            (true, false, true) => "Username or phone number",
            (true, true, true) => "Username, email or phone number",
        },
        Label::Account => "Account",
        Label::Password => "Password",
        Label::NewPassword => "New password",
        Label::PasswordRules => "Your password needs",
        Label::RuleMet => "done:",
        Label::RuleNotMet => "missing:",
        Label::Code => "Code",
        Label::CodeHint => "Spaces and dashes do not matter.",
        Label::PhoneHint => "With the country code, such as +44 20 7946 0123.",

        Label::SignIn => "Sign in",
        Label::SignInHint => "With your password",
        Label::Forgotten => "Forgotten your password?",
        Label::NoAccount => "New here?",
        Label::SignUpInstead => "Create an account",
        Label::OtherWays => "Or use an account you have elsewhere",
        Label::ContinueWith => "Continue with {}",
        Label::ProviderNote => "You sign in there, then come back here.",

        Label::SignUp => "Create an account",
        Label::SignUpHint => "Fill in every field that is not marked as optional.",
        Label::HaveAccount => "Have an account already?",
        Label::SignInInstead => "Sign in",

        Label::Confirm => "Enter your code",
        Label::ConfirmHint => "We sent you a code to confirm your account.",
        Label::ConfirmAction => "Confirm account",
        Label::NoCode => "No code yet? Look among unwanted mail, or have a new one sent.",
        Label::SendAgain => "Send a new code",
        Label::Resend => "Get a new code",
        Label::ResendHint => "The new code replaces the one you were sent before.",
        Label::ResendAction => "Send a new code",
        Label::HaveCode => "I have a code",

        Label::Forgot => "Reset your password",
        Label::ForgotHint => "Tell us who you are, and we send you a code.",
        Label::ForgotAction => "Send a code",
        Label::Reset => "Choose a new password",
        Label::ResetHint => "Enter the code we sent you, and the password you want from now on.",
        Label::ResetAction => "Change password",
        Label::Required => "Choose your own password",
        Label::RequiredHint => "You signed in with a temporary password. Choose one that only you know.",
        Label::RequiredAction => "Save and sign in",
        Label::BackToSignIn => "Back to sign in",

        Label::Failed => "Something is not right",
        Label::NoSuchPage => "There is no page here",
        Label::Retry => "Try again",
        Label::SignedOut => "You are signed out",
        Label::SignedOutHint => "You can close this page.",
        Label::SignInAgain => "Sign in again",
    }
}

pub(super) fn message(message: &Message) -> Cow<'static, str> {
    Cow::Borrowed(match message {
        Message::MissingName(name) => missing_name(*name),
        Message::MissingPassword => "Enter a password.",
        Message::MissingCode => "Enter the code.",
        Message::MissingAttribute(name) => return format!("Fill in “{}”.", called(name)).into(),
        Message::Malformed(name) => return format!("Check “{}”.", called(name)).into(),
        Message::BadUsername => {
            "Use letters, numbers and punctuation, without spaces, and at most 128 of them."
        }
        Message::BadEmail => "Enter an email address, such as name@example.com.",
        Message::BadPhone => "Enter a phone number with its country code, such as +44 20 7946 0123.",
        Message::NameTaken => "There is an account with this name already. Sign in, or choose another name.",
        Message::WrongNameOrPassword => "That name and password do not match.",
        Message::CodeMismatch => "That is not the code we sent. Check it and try again.",
        Message::PasswordLacks(rule) => return lacks(*rule),
        Message::PasswordTooLong { most } => {
            return format!("Choose a password of at most {most} characters.").into();
        }

        Message::TooManyTries => "Too many tries. Wait a little, then try again.",
        Message::TooManyMessages => "We have sent you several codes already. Wait a while before the next.",
        Message::NotConfirmed => "Confirm your account first, with the code we sent you.",
        Message::PasswordResetRequired => "Your password has to be reset before you can sign in.",
        Message::ContactAdministrator => "Ask whoever runs this service to set a new password for you.",
        Message::SignUpClosed => {
            "New accounts are made by an administrator. Ask the people who run this app."
        }
        Message::NoCookie => {
            "Your browser sent no cookie with this form. Allow cookies for this site, then send it once more."
        }
        Message::FormExpired => "This page was open for too long. Please send it once more.",
        Message::SessionExpired => {
            "That took too long, so we stopped to keep you safe. Please sign in again."
        }

        Message::CodeSent { medium: Medium::Email, to } => {
            return format!("We sent a code by email to {to}.").into();
        }
        Message::CodeSent { medium: Medium::Sms, to } => {
            return format!("We sent a code by text message to {to}.").into();
        }
        Message::CodeSentIfKnown => "If there is such an account, a code is on its way.",
        Message::Confirmed => "Your account is confirmed. You can sign in now.",
        Message::PasswordChanged => "Your password is changed. You can sign in with it now.",

        Message::UnknownClient => {
            "The app that sent you here is not known to us. Go back to it and start again."
        }
        Message::UnregisteredRedirect => {
            "The app that sent you here asked to have you sent on to an address we do not know, so we stopped."
        }
        Message::BadRequest => {
            "The address that brought you here is not complete. Go back to the app and start again."
        }
        Message::FormTooLarge => {
            "There is more in this form than it takes. Go back, shorten what you typed, and send it again."
        }
        Message::FormBroken => "This form did not come to us as it should. Go back and send it again.",
        Message::NotFound => "Check the address, or go back to the app you came from.",
        Message::NotAllowed => "You may not do this here.",
        Message::Busy => "Many people are signing in just now. Wait a moment, then try again.",
        Message::Fault => "That is our fault, not yours. Wait a moment, then try again.",
    })
}

const fn missing_name(Name { plain, email, phone }: Name) -> &'static str {
    match (plain, email, phone) {
        (_, false, false) => "Enter your username.",
        (false, true, false) => "Enter your email address.",
        (false, false, true) => "Enter your phone number.",
        (false, true, true) => "Enter your email address or phone number.",
        (true, true, false) => "Enter your username or email address.",
        (true, false, true) => "Enter your username or phone number.",
        (true, true, true) => "Enter your username, email address or phone number.",
    }
}

fn lacks(rule: Rule) -> Cow<'static, str> {
    Cow::Borrowed(match rule {
        Rule::Length(least) => return format!("Choose a password of at least {least} characters.").into(),
        Rule::Upper => "Put a capital letter in your password.",
        Rule::Lower => "Put a small letter in your password.",
        Rule::Number => "Put a number in your password.",
        Rule::Symbol => "Put a symbol in your password, such as ! or %.",
    })
}

pub(super) fn rule(rule: Rule) -> Cow<'static, str> {
    Cow::Borrowed(match rule {
        Rule::Length(1) => "at least one character",
        Rule::Length(least) => return format!("at least {least} characters").into(),
        Rule::Upper => "a capital letter",
        Rule::Lower => "a small letter",
        Rule::Number => "a number",
        Rule::Symbol => "a symbol, such as ! or %",
    })
}

fn called(attribute_name: &str) -> Cow<'static, str> {
    attribute(attribute_name).map_or_else(|| super::own_name(attribute_name).into(), Cow::Borrowed)
}

/// The standard attributes of OIDC and Cognito.
pub(super) fn attribute(name: &str) -> Option<&'static str> {
    Some(match name {
        "address" => "Address",
        "birthdate" => "Date of birth",
        "email" => "Email",
        "family_name" => "Family name",
        "gender" => "Gender",
        "given_name" => "Given name",
        "locale" => "Language",
        "middle_name" => "Middle name",
        "name" => "Full name",
        "nickname" => "Nickname",
        "phone_number" => "Phone number",
        "picture" => "Picture (web address)",
        "preferred_username" => "Display name",
        "profile" => "Profile (web address)",
        "website" => "Website",
        "zoneinfo" => "Time zone",
        _ => return None,
    })
}
