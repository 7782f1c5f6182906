//! Client secrets: sealed at rest, opened here.

use crate::edge::Edge;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use domain::error::{Error, Refusal, fault};
use domain::id::ClientId;
use domain::pool::Client;
use domain::random;
use domain::seal::{self, Place, Purpose};
use domain::secret::Secret;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A fresh secret of 51 characters, as AWS's.
pub(crate) fn draw(edge: &Edge) -> Secret<String> {
    Secret::new(random::text(edge.platform.random(), "0123456789abcdefghijklmnopqrstuvwxyz", 51))
}

fn place(id: &ClientId) -> Place<'_> {
    Place::new(Purpose::ClientSecret, "", id.as_str(), "secret")
}

pub(crate) fn seal(edge: &Edge, id: &ClientId, secret: &Secret<String>) -> String {
    let sealed = edge.settings().keys.seal(place(id), secret.expose().as_bytes(), edge.platform.random());
    URL_SAFE_NO_PAD.encode(sealed)
}

/// The client's secret; `None` for a public client.
pub(crate) fn client_secret(edge: &Edge, client: &Client) -> Result<Option<Secret<String>>, Error> {
    let Some(sealed) = &client.secret else { return Ok(None) };
    let sealed = URL_SAFE_NO_PAD.decode(sealed).map_err(|_| fault("a client secret is not base64"))?;
    let plain = edge
        .settings()
        .keys
        .open(place(&client.id), &sealed)
        .map_err(|_| fault("a client secret does not open: was a master secret removed?"))?;
    let plain = String::from_utf8(plain).map_err(|_| fault("a client secret is not text"))?;
    Ok(Some(Secret::new(plain)))
}

/// Refuses a `SECRET_HASH` that is missing, or given for a client without a secret. Some callers send an empty one for
/// none.
pub(crate) fn check_presence(client: &Client, given: Option<&str>) -> Result<(), Error> {
    let id = || client.id.to_string();
    match (&client.secret, given.filter(|given| !given.is_empty())) {
        (None, Some(_)) => Err(Refusal::SecretHashUnasked { client: id() }.into()),
        (Some(_), None) => Err(Refusal::SecretHashMissing { client: id() }.into()),
        _ => Ok(()),
    }
}

/// Checks a `SECRET_HASH`: base64 of HMAC-SHA256 of name and client id under the client's secret.
pub(crate) fn check_hash(edge: &Edge, client: &Client, name: &str, given: Option<&str>) -> Result<(), Error> {
    check_presence(client, given)?;
    let (Some(secret), Some(given)) = (client_secret(edge, client)?, given) else { return Ok(()) };
    let mut mac =
        Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()).map_err(|e| fault(e.to_string()))?;
    mac.update(name.as_bytes());
    mac.update(client.id.as_str().as_bytes());
    let wanted = STANDARD.encode(mac.finalize().into_bytes());
    if seal::same(wanted.as_bytes(), given.as_bytes()) {
        Ok(())
    } else {
        Err(Refusal::SecretHashWrong { client: client.id.to_string() }.into())
    }
}

/// Checks the secret itself, where a protocol carries it.
pub(crate) fn check(edge: &Edge, client: &Client, given: Option<&str>) -> Result<(), Error> {
    match (client_secret(edge, client)?, given) {
        (None, None) => Ok(()),
        (Some(secret), Some(given)) if seal::same(secret.expose().as_bytes(), given.as_bytes()) => Ok(()),
        _ => Err(Refusal::ClientSecretWrong.into()),
    }
}
