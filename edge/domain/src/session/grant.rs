//! Authorization codes (RFC 6749 §4.1, RFC 7636): five minutes, one use, bound to client, redirect and challenge.

use super::store::{self, GrantRow};
use super::{Began, Family, NewFamily, Refreshed};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::id::Sub;
use crate::user;
use serde::{Deserialize, Serialize};

/// Seconds a code lives.
const LIVES: i64 = 300;

/// Stores a code that the Worker drew, for a client in a browser where somebody is signed in. A session that is over is
/// [`Refusal::SessionInvalid`].
#[derive(Debug, Serialize, Deserialize)]
pub struct IssueGrant {
    pub sub: Sub,
    /// SHA-256 of the code's secret, hex.
    pub hash: String,
    pub client: String,
    pub redirect_uri: String,
    pub scope: String,
    pub nonce: Option<String>,
    /// The S256 code challenge.
    pub challenge: Option<String>,
    /// By the Worker; the browser's session knows better.
    pub auth_time: i64,
    /// The hash of the browser's session that the code is given to: it must still stand. `None` from a release that did
    /// not say.
    #[serde(default)]
    pub browser: Option<String>,
}

impl Command for IssueGrant {
    type Answer = ();
    const NAME: &'static str = "session.issue_grant";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        let auth_time = match &self.browser {
            Some(hash) => {
                let (sub, auth_time, expires) =
                    store::find_browser(cx.sql, hash)?.ok_or(Refusal::SessionInvalid)?;
                if sub != self.sub.as_str() || expires <= cx.now {
                    return Err(Refusal::SessionInvalid.into());
                }
                auth_time
            }
            None => self.auth_time,
        };
        if !user::find_row(cx.sql, &self.sub)?.is_some_and(|row| row.user.enabled) {
            return Err(Refusal::SessionInvalid.into());
        }
        let grant = GrantRow {
            sub: self.sub.to_string(),
            client: self.client,
            redirect_uri: self.redirect_uri,
            scope: self.scope,
            nonce: self.nonce,
            challenge: self.challenge,
            auth_time,
            expires: cx.now + LIVES,
            family: None,
        };
        store::insert_grant(cx.sql, &self.hash, &grant)?;
        Ok(())
    }
}

/// Turns a code into a family. `challenge` is S256 of the verifier that was presented, if one was.
#[derive(Debug, Serialize, Deserialize)]
pub struct RedeemGrant {
    pub hash: String,
    pub redirect_uri: Option<String>,
    pub challenge: Option<String>,
    /// `scope` and `auth_time` come from the code.
    pub family: NewFamily,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Redeemed {
    #[serde(flatten)]
    pub session: Refreshed,
    pub nonce: Option<String>,
}

impl Command for RedeemGrant {
    type Answer = Redeemed;
    const NAME: &'static str = "session.redeem_grant";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<Redeemed, Error> {
        let grant = store::find_grant(cx.sql, &self.hash)?.ok_or(Refusal::GrantInvalid)?;
        if let Some(family) = grant.family {
            // RFC 6749 §4.1.2: a second use revokes what the first one gave.
            let now = cx.now;
            cx.charge(move |sql| Ok(store::end_family(sql, &family, now)?))?;
            return Err(Refusal::GrantInvalid.into());
        }
        let bound = grant.client == self.family.client
            && Some(&grant.redirect_uri) == self.redirect_uri.as_ref()
            && grant.challenge == self.challenge
            && grant.expires > cx.now;
        if !bound {
            // Whoever failed here had the code: it is spent.
            let (hash, none) = (self.hash.clone(), String::new());
            cx.charge(move |sql| Ok(store::use_grant(sql, &hash, &none)?))?;
            return Err(Refusal::GrantInvalid.into());
        }
        let sub = Sub::parse(&grant.sub).ok_or(Refusal::GrantInvalid)?;
        let user = user::find_row(cx.sql, &sub)?.ok_or(Refusal::GrantInvalid)?.user;
        if !user.enabled {
            return Err(Refusal::GrantInvalid.into());
        }
        store::use_grant(cx.sql, &self.hash, &self.family.id)?;
        let new = NewFamily { scope: grant.scope, auth_time: Some(grant.auth_time), ..self.family };
        let family: Family = super::begin(cx, &sub, new, Began::Grant)?;
        Ok(Redeemed { session: Refreshed { user, family }, nonce: grant.nonce })
    }
}
