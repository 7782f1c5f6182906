//! Refreshing. With rotation each token has one successor, derived from it, so that any number of parallel or repeated
//! refreshes of one token make the same one; after the grace, coming back with an old token ends the family.

use super::Family;
use super::store::{self, FamilyRow, RefreshRow};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::user::{self, User};
use serde::{Deserialize, Serialize};

/// The longest grace a client may have, in seconds: older replaced tokens need not be remembered.
const LONGEST_GRACE: i64 = 60;

/// What new tokens are made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refreshed {
    pub user: User,
    pub family: Family,
}

/// Refreshes without rotation: the token stays.
#[derive(Debug, Serialize, Deserialize)]
pub struct Refresh {
    pub family: String,
    pub client: String,
    /// SHA-256 of the presented secret, hex.
    pub hash: String,
}

impl Command for Refresh {
    type Answer = Refreshed;
    const NAME: &'static str = "session.refresh";
    const OBJECT: Kind = Kind::UserShard;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Refreshed, Error> {
        let (row, token) = find(cx, &self.family, &self.client, &self.hash)?;
        let token = token.ok_or(Refusal::RefreshTokenInvalid)?;
        // Rotation was on when this token was replaced: its successor is the one that counts, and goes on.
        if token.replaced.is_some() {
            return Err(Refusal::RefreshTokenInvalid.into());
        }
        stand(cx, row)
    }
}

/// Refreshes with rotation: the presented token gives way to its successor.
#[derive(Debug, Serialize, Deserialize)]
pub struct Rotate {
    pub family: String,
    pub client: String,
    pub hash: String,
    /// The hash of the derived successor.
    pub successor: String,
    /// Seconds in which a replaced token still gives the same successor; 0 is not at all.
    pub grace: i64,
}

impl Command for Rotate {
    type Answer = Refreshed;
    const NAME: &'static str = "session.rotate";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<Refreshed, Error> {
        let (row, token) = find(cx, &self.family, &self.client, &self.hash)?;
        let refreshed = stand(cx, row)?;
        match token {
            Some(RefreshRow { replaced: None, .. }) => {
                store::replace_refresh(cx.sql, &self.hash, &self.successor, cx.now)?;
                store::insert_refresh(cx.sql, &self.successor, &self.family)?;
                store::delete_replaced(cx.sql, &self.family, cx.now - LONGEST_GRACE)?;
                Ok(refreshed)
            }
            Some(RefreshRow { replaced: Some(at), successor, .. })
                if self.is_in_time(at, cx.now) && successor.as_ref() == Some(&self.successor) =>
            {
                Ok(refreshed)
            }
            // Replaced too long ago, or so long that it is forgotten: somebody holds a token they should not.
            _ => {
                let (family, now) = (self.family.clone(), cx.now);
                cx.charge(move |sql| Ok(store::end_family(sql, &family, now)?))?;
                Err(Refusal::RefreshTokenReused.into())
            }
        }
    }
}

impl Rotate {
    /// Whether a token replaced at `at` still gives its successor. Seconds are cut off, so a grace lasts to the end of
    /// its last one rather than being cut short; without a grace there is none to round.
    fn is_in_time(&self, at: i64, now: i64) -> bool {
        self.grace > 0 && now <= at + self.grace
    }
}

fn find(
    cx: &Context<'_>,
    family: &str,
    client: &str,
    hash: &str,
) -> Result<(FamilyRow, Option<RefreshRow>), Error> {
    let row = store::find_family(cx.sql, family)?.ok_or(Refusal::RefreshTokenInvalid)?;
    if row.family.client != client {
        return Err(Refusal::RefreshTokenInvalid.into());
    }
    let token = store::find_refresh(cx.sql, hash)?.filter(|token| token.family == family);
    Ok((row, token))
}

/// The session behind a refresh token must stand.
fn stand(cx: &Context<'_>, row: FamilyRow) -> Result<Refreshed, Error> {
    if row.ended.is_some() {
        return Err(Refusal::RefreshTokenRevoked.into());
    }
    if row.family.expires <= cx.now {
        return Err(Refusal::RefreshTokenExpired.into());
    }
    let user = user::find_row(cx.sql, &row.family.sub)?.ok_or(Refusal::RefreshTokenRevoked)?.user;
    if !user.enabled {
        return Err(Refusal::UserDisabled.into());
    }
    Ok(Refreshed { user, family: row.family })
}
