//! Passwords: hashing, checking, and what a pool asks of a new one. Argon2id runs here, in the Worker, never in an object.

use crate::edge::Edge;
use crate::phase::Phase;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::error::{Error, Refusal, fault};
use domain::pool::PasswordPolicy;
use domain::random;
use domain::secret::Secret;
use std::cell::Cell;
use std::rc::Rc;

/// Requests of an isolate that may be on their way to a hash. They hash one after the other, on the one thread that also
/// hears what objects answer: at a tenth of a second each the last waits 6.4 s, and no call has come to its deadline of
/// ten. More would only wait to fail, so they are told at once to come again.
const MOST: u32 = 64;

/// The longest password, in bytes: 256 characters of any kind.
const LONGEST: usize = 1024;

/// Who of an isolate is on their way to a hash.
#[derive(Clone, Debug, Default)]
pub(crate) struct Queue(Rc<Cell<u32>>);

/// A place among them; given back when dropped. It is taken before anything is awaited, because whoever has come so far
/// waits where nobody counts.
#[derive(Debug)]
#[must_use]
pub(crate) struct Place(Queue);

impl Place {
    pub(crate) fn take(edge: &Edge) -> Result<Self, Error> {
        let queue = &edge.cache.hashes;
        if queue.0.get() >= MOST {
            return Err(Refusal::Busy.into());
        }
        queue.0.set(queue.0.get() + 1);
        Ok(Self(queue.clone()))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Self(Queue(heading)) = self;
        heading.set(heading.get().saturating_sub(1));
    }
}

fn hasher(edge: &Edge) -> Result<Argon2<'static>, Error> {
    let cost = edge.settings().argon2;
    let params = Params::new(cost.memory_kib, cost.passes, cost.lanes, None)
        .map_err(|e| fault(format!("argon2 cost: {e}")))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Hashes a new password with the deployment's cost, as a PHC string that records it.
pub(crate) fn hash(edge: &Edge, _place: &Place, password: &str) -> Result<Secret<String>, Error> {
    let _spending = edge.spending(Phase::Hashing);
    let salt: [u8; 16] = random::bytes(edge.platform.random());
    let hash = hasher(edge)?
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|e| fault(format!("argon2: {e}")))?;
    Ok(Secret::new(hash.to_string()))
}

/// Whether a password is the one that was hashed. Without a hash the same work is done, for nothing.
pub(crate) fn verify(
    edge: &Edge,
    _place: &Place,
    password: &str,
    hash: Option<&Secret<String>>,
) -> Result<bool, Error> {
    let _spending = edge.spending(Phase::Hashing);
    let Some(hash) = hash else {
        let mut out = [0; 32];
        let _ = hasher(edge)?.hash_password_into(password.as_bytes(), b"nobody has this.", &mut out);
        return Ok(false);
    };
    let parsed = PasswordHash::new(hash.expose()).map_err(|e| fault(format!("stored hash: {e}")))?;
    Ok(hasher(edge)?.verify_password(password.as_bytes(), &parsed).is_ok())
}

/// Refuses a password the pool does not allow, saying the first thing that is missing.
pub(crate) fn check_policy(policy: &PasswordPolicy, password: &str) -> Result<(), Error> {
    let no = |what: &str| {
        let message = format!("Password did not conform with policy: {what}");
        Err(Refusal::PasswordPolicy { message }.into())
    };
    let length = password.chars().count();
    if length < policy.minimum_length as usize {
        return no("Password not long enough");
    }
    if length > 256 || password.len() > LONGEST {
        return no("Password too long");
    }
    if policy.upper && !password.chars().any(char::is_uppercase) {
        return no("Password must have uppercase characters");
    }
    if policy.lower && !password.chars().any(char::is_lowercase) {
        return no("Password must have lowercase characters");
    }
    if policy.number && !password.chars().any(|c| c.is_ascii_digit()) {
        return no("Password must have numeric characters");
    }
    let symbols = "^$*.[]{}()?-\"!@#%&/\\,><':;|_~`+= ";
    if policy.symbol && !password.chars().any(|c| symbols.contains(c)) {
        return no("Password must have symbol characters");
    }
    Ok(())
}

/// A password that meets any policy: 16 characters, one of each kind at least.
pub(crate) fn draw(edge: &Edge) -> String {
    let random = edge.platform.random();
    let kinds = ["ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "!@#%*-_=+?"];
    let all = kinds.concat();
    let mut letters: Vec<char> =
        kinds.iter().filter_map(|kind| random::text(random, kind, 1).chars().next()).collect();
    letters.extend(random::text(random, &all, 12).chars());
    // Fisher–Yates, so that the first four do not give their kinds away.
    for at in (1..letters.len()).rev() {
        let other = random::below(random, u32::try_from(at + 1).unwrap_or(1)) as usize;
        letters.swap(at, other);
    }
    letters.into_iter().collect()
}
