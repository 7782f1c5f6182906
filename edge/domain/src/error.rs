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

/// Every answer that is not a success, by meaning. Doors translate; nothing here knows a protocol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Refusal {
    // The request itself.
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

    // Operators and policies.
    AccessDenied {
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
    /// Another writer changed the same thing first.
    Conflict {
        message: String,
    },

    // Users.
    UserNotFound,
    UsernameTaken,
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
    /// No verified address to send to.
    ResetImpossible,
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
    TooManyFailedAttempts,
    FlowNotEnabled {
        flow: String,
    },
    SecretHashMissing {
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
    WebIdentityInvalid {
        message: String,
    },
    WebIdentityExpired {
        message: String,
    },
}

/// Shorthand for [`Refusal::Invalid`].
pub fn invalid(message: impl Into<String>) -> Error {
    Error::Refused(Refusal::Invalid { message: message.into() })
}
