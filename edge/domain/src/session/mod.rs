//! Sessions: what a sign-in leaves behind. A *family* is one sign-in and every token born from it; its id is the tokens'
//! `origin_jti`. Beside it: authorization codes, the hosted pages' browser sessions, and single-use challenge ids.

mod browser;
mod check;
mod grant;
mod refresh;
mod revoke;
mod stand;
mod store;
mod sweep;
#[cfg(all(test, feature = "native"))]
mod tests;

pub use browser::{EndBrowser, FindBrowser, NewBrowser, StartBrowser};
pub use check::{CheckToken, Proof};
pub use grant::{IssueGrant, RedeemGrant, Redeemed};
pub use refresh::{Refresh, Refreshed, Rotate};
pub use revoke::{RevokeFamily, SignOutEverywhere};
pub use stand::Stand;

pub(crate) use check::check;
pub(crate) use sweep::sweep;

use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::id::Sub;
use crate::sql::{Sql, SqlFault};
use serde::{Deserialize, Serialize};

/// The scope of tokens from the API: a person may manage their own account.
pub const ACCOUNT_SCOPE: &str = "aws.cognito.signin.user.admin";

/// How a session began. OAuth clients may ask for any scope of theirs, so the scope does not tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Began {
    /// By a sign-in of the API.
    Api,
    /// By an authorization code.
    Grant,
}

/// A sign-in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Family {
    /// A UUID: the tokens' `event_id`, and their `origin_jti` where the client has revocation on.
    pub id: String,
    pub sub: Sub,
    pub client: String,
    /// Space-separated, as the access token carries it.
    pub scope: String,
    /// Epoch seconds.
    pub auth_time: i64,
    /// When its refresh tokens end; rotation does not move it.
    pub expires: i64,
    /// `None` from a release that did not say.
    #[serde(default)]
    pub began: Option<Began>,
}

impl Family {
    /// How it began; where that is not said, the scope decides, as it did for whoever did not say.
    pub fn began(&self) -> Began {
        let told = if self.scope == ACCOUNT_SCOPE { Began::Api } else { Began::Grant };
        self.began.unwrap_or(told)
    }
}

/// What the Worker brings for a new family: it drew the id and the refresh token.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewFamily {
    pub id: String,
    pub client: String,
    pub scope: String,
    /// Seconds.
    pub lives: i64,
    /// SHA-256 of the refresh token's secret, hex.
    pub refresh_hash: String,
    /// When the person proved who they are; `None` is now.
    pub auth_time: Option<i64>,
}

/// Starts a family within another operation.
pub(crate) fn begin(cx: &mut Context<'_>, sub: &Sub, new: NewFamily, began: Began) -> Result<Family, Error> {
    let family = Family {
        id: new.id,
        sub: sub.clone(),
        client: new.client,
        scope: new.scope,
        auth_time: new.auth_time.unwrap_or(cx.now),
        expires: cx.now + new.lives,
        began: Some(began),
    };
    store::insert_family(cx.sql, &family)?;
    store::insert_refresh(cx.sql, &new.refresh_hash, &family.id)?;
    cx.event("session.started", sub.as_str(), &serde_json::json!({ "client": family.client }));
    Ok(family)
}

/// Starts a session in a browser within another operation.
pub(crate) fn begin_browser(cx: &Context<'_>, sub: &Sub, new: &NewBrowser) -> Result<(), SqlFault> {
    store::insert_browser(cx.sql, &new.hash, sub, cx.now, cx.now + new.lives)
}

/// Refuses a single-use id that is over or was used.
pub(crate) fn unspent(cx: &Context<'_>, id: &str, expires: i64) -> Result<(), Error> {
    if expires <= cx.now {
        return Err(Refusal::SessionExpired.into());
    }
    if store::is_spent(cx.sql, id)? {
        return Err(Refusal::SessionUsed.into());
    }
    Ok(())
}

/// Spends an id, with what it was for: an answer that is refused leaves it to the next.
pub(crate) fn spend(cx: &Context<'_>, id: &str, expires: i64) -> Result<(), Error> {
    Ok(store::insert_spent(cx.sql, id, expires)?)
}

/// Ends every session of a user: no token born before now works with us again.
pub(crate) fn end_all(cx: &mut Context<'_>, sub: &Sub) -> Result<(), Error> {
    store::end_families(cx.sql, sub, cx.now)?;
    store::delete_browsers(cx.sql, sub)?;
    Ok(store::delete_grants(cx.sql, sub)?)
}

/// Ends the user's sessions in browsers, and the codes that came of them; tokens stay.
pub(crate) fn end_browsers(sql: &dyn Sql, sub: &Sub) -> Result<(), SqlFault> {
    store::delete_browsers(sql, sub)?;
    store::delete_unused_grants(sql, sub)
}

/// Forgets every session of a user who is being deleted.
pub(crate) fn forget(sql: &dyn Sql, sub: &Sub) -> Result<(), SqlFault> {
    store::delete_families(sql, sub)?;
    store::delete_browsers(sql, sub)?;
    store::delete_grants(sql, sub)
}
