//! Temporary credentials, without any state: whoever holds the master secret can tell what a key may do.
//!
//! - The access key id, `ASIA` and 16 base-32 characters, holds the id of the master secret (32 bits) and chance (48).
//! - The secret key is derived from the access key id under that master secret.
//! - The session token is a sealed envelope that says whose credentials these are. It opens only beside its own access
//!   key id, and holds no policies of the role: those are read where they are used, so that a change acts at once.

mod key_id;
#[cfg(all(test, feature = "native"))]
mod tests;

pub use key_id::is_temporary;

use crate::random::Random;
use crate::seal::{KeyRing, Place, Purpose};
use crate::secret::Secret;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Who vouches for the sessions of identity pools.
pub const PROVIDER: &str = "cognito-identity.amazonaws.com";
/// Seconds of credentials by the enhanced flow.
pub const ENHANCED: i64 = 3600;
/// The longest session token that is looked at, in bytes.
const MAX_TOKEN: usize = 16 * 1024;
/// The name AWS gives to sessions of the enhanced flow.
pub const ENHANCED_NAME: &str = "CognitoIdentityCredentials";

/// Whose credentials these are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    pub access_key_id: String,
    /// The role's name.
    pub role: String,
    pub role_id: String,
    /// `RoleSessionName`.
    pub name: String,
    /// The identity, and its pool.
    pub identity: String,
    pub pool: String,
    /// How the identity proved itself: `authenticated` with its logins, or `unauthenticated`.
    pub amr: Vec<String>,
    /// Principal tags.
    #[serde(default)]
    pub tags: BTreeMap<String, String>,
    /// What narrows the role's policies, a policy document.
    #[serde(default)]
    pub policy: Option<String>,
    /// Epoch seconds.
    pub issued: i64,
    pub expires: i64,
}

/// Whom to issue credentials to.
#[derive(Clone, Debug)]
pub struct Subject {
    pub role: String,
    pub role_id: String,
    pub name: String,
    pub identity: String,
    pub pool: String,
    pub amr: Vec<String>,
    pub tags: BTreeMap<String, String>,
    pub policy: Option<String>,
}

/// What the holder gets.
#[derive(Clone, Debug)]
pub struct Credentials {
    pub access_key_id: String,
    /// 40 characters.
    pub secret: Secret<String>,
    pub session_token: Secret<String>,
    /// Epoch seconds.
    pub expires: i64,
}

/// Why a session token says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// Not ours, changed, or another key's.
    Invalid,
    Expired,
}

/// Makes credentials that hold for `lives` seconds from `now`. `None` when the master secret is unusable, which a ring
/// that was built is not.
pub fn issue(
    keys: &KeyRing,
    random: &dyn Random,
    subject: Subject,
    now: i64,
    lives: i64,
) -> Option<Credentials> {
    let access_key_id = key_id::draw(keys.current_id(), random);
    let secret = secret_of(keys, &access_key_id)?;
    let session = Session {
        access_key_id: access_key_id.clone(),
        role: subject.role,
        role_id: subject.role_id,
        name: subject.name,
        identity: subject.identity,
        pool: subject.pool,
        amr: subject.amr,
        tags: subject.tags,
        policy: subject.policy,
        issued: now,
        expires: now + lives,
    };
    let plain = serde_json::to_vec(&session).ok()?;
    let sealed = keys.seal(place(&access_key_id), &plain, random);
    let session_token = STANDARD.encode(sealed).into();
    Some(Credentials { access_key_id, secret, session_token, expires: session.expires })
}

/// The secret key of a temporary access key id; `None` when the id is not of that shape or its master secret is no
/// longer listed.
pub fn secret_of(keys: &KeyRing, access_key_id: &str) -> Option<Secret<String>> {
    let master = key_id::master(access_key_id)?;
    let key = keys.derive_by_id(master, Purpose::Credential, &["secret key", access_key_id])?;
    // 30 bytes are 40 characters, AWS's length.
    Some(STANDARD.encode(key.get(..30)?).into())
}

/// Opens the session token that came with an access key id. It holds the secret that the request's signature is then
/// verified by; until it is, it proves nothing.
pub fn open(keys: &KeyRing, access_key_id: &str, token: &str, now: i64) -> Result<Session, Rejected> {
    if token.len() > MAX_TOKEN {
        return Err(Rejected::Invalid);
    }
    let sealed = STANDARD.decode(token).map_err(|_| Rejected::Invalid)?;
    let plain = keys.open(place(access_key_id), &sealed).map_err(|_| Rejected::Invalid)?;
    let session: Session = serde_json::from_slice(&plain).map_err(|_| Rejected::Invalid)?;
    if session.access_key_id != access_key_id {
        return Err(Rejected::Invalid);
    }
    if session.expires <= now { Err(Rejected::Expired) } else { Ok(session) }
}

const fn place(access_key_id: &str) -> Place<'_> {
    Place::new(Purpose::SessionToken, "", access_key_id, "token")
}
