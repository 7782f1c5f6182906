//! The two ways an operation ends other than well.
//!
//! A *refusal* is an answer: the caller asked for something that cannot be had. It undoes what the operation wrote and
//! keeps only what it charged. A *fault* is ours and undoes both. Each door maps every refusal, exhaustively.

use crate::sql::SqlFault;
use serde::{Deserialize, Serialize};
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    Refused(Refusal),
    Fault(Fault),
}

/// Something of ours broke. The text is for the log, never for the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault(pub String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl std::error::Error for Fault {}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
impl From<Fault> for Error {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}
impl From<SqlFault> for Error {
    fn from(fault: SqlFault) -> Self {
        Self::Fault(Fault(format!("sql: {fault}")))
    }
}
impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Fault(Fault(format!("json: {error}")))
    }
}

/// Shorthand for a fault with a text.
pub fn fault(text: impl Into<String>) -> Error {
    Error::Fault(Fault(text.into()))
}

/// What is wrong with an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Flaw {
    /// It is not there, and must be.
    Missing,
    /// It is not of the form that all of its kind have: an e-mail address, a phone number.
    Form,
    /// It breaks a rule of its pool, or of what else the user is.
    Rule,
}

/// Every answer that is not a success, by meaning. Doors translate; nothing here knows a protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    // Any request. Every door answers these; what follows is by noun, listed again in `refusals!`.
    /// A value breaks a rule that the caller can mend; the text says which.
    Invalid {
        message: String,
    },
    /// The operation, flow or member is modelled but not built; the text names it.
    Unsupported {
        message: String,
    },
    /// Too much at once; the same request may succeed later.
    Busy,
    /// A budget over time (codes sent, codes tried, password changes) is spent.
    LimitExceeded,
    /// A quota on how many things may exist.
    QuotaExceeded {
        message: String,
    },

    /// No policy allows it, or one forbids it.
    AccessDenied {
        message: String,
    },
    /// Another writer changed the same thing first.
    Conflict {
        message: String,
    },
    /// The change is stored, but not everyone who must know of it could be told yet; a job goes on telling.
    NotTold {
        message: String,
    },

    // User pools.
    PoolNotFound {
        pool: String,
    },
    PoolProtected {
        message: String,
    },
    ClientNotFound {
        client: String,
    },
    DomainNotFound {
        domain: String,
    },
    DomainTaken {
        domain: String,
    },
    ScopeNotFound {
        scope: String,
    },

    // Users.
    UserNotFound,
    UsernameTaken,
    /// The same of a user whom an administrator makes.
    AccountTaken,
    /// `name` is `email`, `phone_number` or `preferred_username`.
    AliasTaken {
        name: String,
    },
    UserNotConfirmed,
    UserDisabled,
    PasswordResetRequired,
    /// The user is in a state (named) that does not allow the operation.
    WrongState {
        message: String,
    },
    SignUpClosed,
    AttributeNotWritable,
    /// An attribute that is missing, or has a value that it cannot have; the text says so to a developer.
    AttributeInvalid {
        name: String,
        flaw: Flaw,
        message: String,
    },
    /// No verified address to send to.
    ResetImpossible,
    /// Nobody is invited again who has a password of their own.
    InvitedBefore {
        status: String,
    },
    ContactAdministrator,
    /// A message could not be handed to anyone.
    DeliveryFailed {
        message: String,
    },

    // Proofs.
    WrongPassword,
    AttemptsExceeded,
    TemporaryPasswordExpired,
    PasswordPolicy {
        message: String,
    },
    CodeMismatch,
    CodeExpired,
    FlowNotEnabled {
        flow: String,
    },
    SecretHashMissing {
        client: String,
    },
    /// Given for a client that has no secret.
    SecretHashUnasked {
        client: String,
    },
    SecretHashWrong {
        client: String,
    },
    ClientSecretWrong,
    SessionInvalid,
    SessionExpired,
    SessionUsed,

    // Tokens.
    AccessTokenInvalid,
    AccessTokenExpired,
    AccessTokenRevoked,
    AccessTokenScope,
    RefreshTokenInvalid,
    RefreshTokenExpired,
    RefreshTokenRevoked,
    RefreshTokenReused,
    TokenTypeUnsupported,
    RevocationOff,
    /// An authorization code that is unknown, spent, expired or bound to something else.
    GrantInvalid,

    // Identity pools.
    IdentityPoolNotFound {
        pool: String,
    },
    IdentityNotFound {
        identity: String,
    },
    IdentityForbidden {
        identity: String,
    },
    GuestsNotAllowed,
    ClassicFlowOff,
    LoginUnsupported,
    LoginInvalid {
        message: String,
    },
    LoginsMismatch,
    IdentityPoolIncomplete,

    // Roles.
    RoleNotFound {
        role: String,
    },
    RoleTaken {
        role: String,
    },
    RolePolicyNotFound {
        policy: String,
    },
    RoleInUse {
        message: String,
    },
    PolicyMalformed {
        message: String,
    },

    // Web identities.
    WebIdentityInvalid {
        message: String,
    },
    WebIdentityExpired {
        message: String,
    },
}

/// The pattern of every refusal about one noun: for doors where nothing leads to any of them. A match that names a noun's
/// refusals one by one stays exhaustive, so whoever meets the noun has to answer a new one.
#[macro_export]
macro_rules! refusals {
    (user_pools) => {
        $crate::error::Refusal::PoolNotFound { .. }
            | $crate::error::Refusal::PoolProtected { .. }
            | $crate::error::Refusal::ClientNotFound { .. }
            | $crate::error::Refusal::DomainNotFound { .. }
            | $crate::error::Refusal::DomainTaken { .. }
            | $crate::error::Refusal::ScopeNotFound { .. }
    };
    (users) => {
        $crate::error::Refusal::UserNotFound
            | $crate::error::Refusal::UsernameTaken
            | $crate::error::Refusal::AccountTaken
            | $crate::error::Refusal::AliasTaken { .. }
            | $crate::error::Refusal::UserNotConfirmed
            | $crate::error::Refusal::UserDisabled
            | $crate::error::Refusal::PasswordResetRequired
            | $crate::error::Refusal::WrongState { .. }
            | $crate::error::Refusal::SignUpClosed
            | $crate::error::Refusal::AttributeNotWritable
            | $crate::error::Refusal::AttributeInvalid { .. }
            | $crate::error::Refusal::ResetImpossible
            | $crate::error::Refusal::InvitedBefore { .. }
            | $crate::error::Refusal::ContactAdministrator
            | $crate::error::Refusal::DeliveryFailed { .. }
    };
    (proofs) => {
        $crate::error::Refusal::WrongPassword
            | $crate::error::Refusal::AttemptsExceeded
            | $crate::error::Refusal::TemporaryPasswordExpired
            | $crate::error::Refusal::PasswordPolicy { .. }
            | $crate::error::Refusal::CodeMismatch
            | $crate::error::Refusal::CodeExpired
            | $crate::error::Refusal::FlowNotEnabled { .. }
            | $crate::error::Refusal::SecretHashMissing { .. }
            | $crate::error::Refusal::SecretHashUnasked { .. }
            | $crate::error::Refusal::SecretHashWrong { .. }
            | $crate::error::Refusal::ClientSecretWrong
            | $crate::error::Refusal::SessionInvalid
            | $crate::error::Refusal::SessionExpired
            | $crate::error::Refusal::SessionUsed
    };
    (tokens) => {
        $crate::error::Refusal::AccessTokenInvalid
            | $crate::error::Refusal::AccessTokenExpired
            | $crate::error::Refusal::AccessTokenRevoked
            | $crate::error::Refusal::AccessTokenScope
            | $crate::error::Refusal::RefreshTokenInvalid
            | $crate::error::Refusal::RefreshTokenExpired
            | $crate::error::Refusal::RefreshTokenRevoked
            | $crate::error::Refusal::RefreshTokenReused
            | $crate::error::Refusal::TokenTypeUnsupported
            | $crate::error::Refusal::RevocationOff
            | $crate::error::Refusal::GrantInvalid
    };
    (identities) => {
        $crate::error::Refusal::IdentityPoolNotFound { .. }
            | $crate::error::Refusal::IdentityNotFound { .. }
            | $crate::error::Refusal::IdentityForbidden { .. }
            | $crate::error::Refusal::GuestsNotAllowed
            | $crate::error::Refusal::ClassicFlowOff
            | $crate::error::Refusal::LoginUnsupported
            | $crate::error::Refusal::LoginInvalid { .. }
            | $crate::error::Refusal::LoginsMismatch
            | $crate::error::Refusal::IdentityPoolIncomplete
    };
    (roles) => {
        $crate::error::Refusal::RoleNotFound { .. }
            | $crate::error::Refusal::RoleTaken { .. }
            | $crate::error::Refusal::RolePolicyNotFound { .. }
            | $crate::error::Refusal::RoleInUse { .. }
            | $crate::error::Refusal::PolicyMalformed { .. }
    };
    (web_identities) => {
        $crate::error::Refusal::WebIdentityInvalid { .. } | $crate::error::Refusal::WebIdentityExpired { .. }
    };
}

/// Shorthand for [`Refusal::AttributeInvalid`].
pub fn invalid_attribute(name: &str, flaw: Flaw, message: impl Into<String>) -> Error {
    Error::Refused(Refusal::AttributeInvalid { name: name.to_owned(), flaw, message: message.into() })
}

/// What does not conform to a pool's schema; `why` is a sentence.
pub fn nonconforming(name: &str, flaw: Flaw, why: &str) -> Error {
    invalid_attribute(name, flaw, format!("Attributes did not conform to the schema: {name}: {why}\n"))
}

/// What only a confirmed user may have, such as a preferred username that is a name to sign in with.
pub fn waits_for_confirmation(name: &str, value: &str) -> Error {
    let message = format!("{name} `{value}` can be set only once the user is confirmed");
    invalid_attribute(name, Flaw::Rule, message)
}

/// Shorthand for [`Refusal::Invalid`].
pub fn invalid(message: impl Into<String>) -> Error {
    Error::Refused(Refusal::Invalid { message: message.into() })
}
