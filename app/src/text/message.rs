use super::Name;

/// What the service has to tell a person, by meaning. Raised at a field, as a notice, or as a page of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    // What was typed
    /// What the person signs in with was left empty.
    MissingName(Name),
    MissingPassword,
    MissingCode,
    /// An attribute, by its Cognito name.
    MissingAttribute(String),
    /// An attribute, by its Cognito name, that is not in the form it should have.
    Malformed(String),
    /// Too long, or with characters a name cannot have.
    BadUsername,
    BadEmail,
    BadPhone,
    NameTaken,
    /// The answer to a wrong password *and* to an unknown name.
    WrongNameOrPassword,
    CodeMismatch,
    PasswordLacks(Rule),
    PasswordTooLong {
        most: u16,
    },

    // What stands in the way
    TooManyTries,
    TooManyMessages,
    NotConfirmed,
    PasswordResetRequired,
    /// Nobody sets their own password anew here.
    ContactAdministrator,
    SignUpClosed,
    /// The form was open for too long, or belongs to another browser.
    FormExpired,
    /// No cookie of ours came with the form.
    NoCookie,
    SessionExpired,

    // What went well
    CodeSent {
        medium: Medium,
        to: String,
    },
    /// Also where there was nobody to send it to: nothing is given away.
    CodeSentIfKnown,
    Confirmed,
    PasswordChanged,

    // Why there is no page
    UnknownClient,
    UnregisteredRedirect,
    BadRequest,
    /// More was typed than a form takes.
    FormTooLarge,
    /// What came is no form, or not all of it.
    FormBroken,
    NotFound,
    NotAllowed,
    Busy,
    Fault,
}

/// One thing a new password must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// So many characters.
    Length(u16),
    Upper,
    Lower,
    Number,
    Symbol,
}

/// How a code travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    Email,
    Sms,
}
