//! What keys are derived for. A label is written into every sealed value's associated data and is never changed.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Authenticates ids.
    Id,
    /// Nonces of stable seals.
    Nonce,
    /// Short codes that are stored as MACs.
    Code,
    /// Refresh tokens, and the derivation of their successors.
    Refresh,
    /// Challenge `Session` strings.
    Session,
    /// Authorization codes.
    Grant,
    /// The hosted pages' session cookie.
    Cookie,
    /// The gate's session cookie and its sign-in round trip.
    GateSession,
    /// Anti-forgery tokens.
    Csrf,
    /// List cursors.
    Cursor,
    /// Private signing keys at rest.
    SigningKey,
    /// Client secrets at rest.
    ClientSecret,
    /// Messages waiting for delivery.
    Message,
    /// Secret keys of temporary credentials.
    Credential,
    /// Session tokens of temporary credentials.
    SessionToken,
    /// What a missing account pretends to be.
    Phantom,
}

impl Purpose {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Nonce => "nonce",
            Self::Code => "code",
            Self::Refresh => "refresh",
            Self::Session => "session",
            Self::Grant => "grant",
            Self::Cookie => "cookie",
            Self::GateSession => "gate-session",
            Self::Csrf => "csrf",
            Self::Cursor => "cursor",
            Self::SigningKey => "signing-key",
            Self::ClientSecret => "client-secret",
            Self::Message => "message",
            Self::Credential => "credential",
            Self::SessionToken => "session-token",
            Self::Phantom => "phantom",
        }
    }
}
