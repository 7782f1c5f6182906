//! Refreshing and revoking by refresh token.

use super::token::{self, Extra, Issued, RefreshToken};
use crate::edge::Edge;
use domain::error::{Error, Refusal};
use domain::pool::{Client, UserPool};
use domain::session::{Refresh, Refreshed, RevokeFamily, Rotate};
use domain::user::User;
use std::rc::Rc;

/// New tokens for a refresh token; with rotation also its successor. One shard command, two signatures.
pub(crate) async fn refresh(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    refresh_token: &str,
) -> Result<Issued, Error> {
    refresh_if(edge, pool, client, refresh_token, |_| Ok(())).await
}

/// The same where `check` says so of whom the token is for. With rotation the token has its successor by then.
pub(crate) async fn refresh_if(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    refresh_token: &str,
    check: impl FnOnce(&User) -> Result<(), Error>,
) -> Result<Issued, Error> {
    let token = open(edge, pool, refresh_token)?;
    let name = || client.id.to_string();
    let (session, next): (Refreshed, _) = match client.rotates() {
        None => {
            let command =
                |_: &UserPool| Refresh { family: token.family.clone(), client: name(), hash: token.hash() };
            (edge.call_shard(pool, token.shard, command).await.map_err(absent)?, None)
        }
        Some(grace) => {
            let successor = token.successor(edge)?;
            let command = |_: &UserPool| Rotate {
                family: token.family.clone(),
                client: name(),
                hash: token.hash(),
                successor: successor.hash(),
                grace,
            };
            let session = edge.call_shard(pool, token.shard, command).await.map_err(absent)?;
            (session, Some(successor.seal(edge)?))
        }
    };
    check(&session.user)?;
    token::issue(edge, pool, client, &session, next, Extra::default()).await
}

/// Ends the session of a refresh token. An unknown or ended one is success; an access token is not what this takes.
pub(crate) async fn revoke(
    edge: &Edge,
    pool: &Rc<UserPool>,
    client: &Rc<Client>,
    given: &str,
) -> Result<(), Error> {
    if !client.revocation {
        return Err(Refusal::RevocationOff.into());
    }
    if domain::jose::Unverified::parse(given).is_ok() {
        return Err(Refusal::TokenTypeUnsupported.into());
    }
    let Ok(token) = open(edge, pool, given) else { return Ok(()) };
    let command = |_: &UserPool| RevokeFamily { family: token.family.clone(), client: client.id.to_string() };
    edge.call_shard(pool, token.shard, command).await
}

fn open(edge: &Edge, pool: &UserPool, text: &str) -> Result<RefreshToken, Error> {
    RefreshToken::open(edge, text)
        .filter(|token| token.pool == pool.id.tag() && token.shard < pool.placement.shards)
        .ok_or_else(|| Refusal::RefreshTokenInvalid.into())
}

fn absent(error: Error) -> Error {
    match error {
        Error::Refused(Refusal::UserNotFound) => Refusal::RefreshTokenInvalid.into(),
        other => other,
    }
}
