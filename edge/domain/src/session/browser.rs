//! The hosted pages' own session: who signed in in this browser, for an hour.

use super::store;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::id::Sub;
use crate::user::{self, Status, User};
use serde::{Deserialize, Serialize};

/// What the Worker brings for a new session in a browser: it drew the secret. The session begins in the transaction that
/// takes the person's proof, so that whatever ends their sessions comes before that and is known, or after it and ends
/// this one too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewBrowser {
    /// SHA-256 of the cookie's secret, hex.
    pub hash: String,
    /// Seconds.
    pub lives: i64,
}

/// The session of somebody who proved who they are a call before: how the release before begins one.
#[derive(Debug, Serialize, Deserialize)]
pub struct StartBrowser {
    pub sub: Sub,
    /// SHA-256 of the cookie's secret, hex.
    pub hash: String,
    /// Seconds.
    pub lives: i64,
}

impl Command for StartBrowser {
    /// The authentication time.
    type Answer = i64;
    const NAME: &'static str = "session.start_browser";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<i64, Error> {
        let user = user::find_row(cx.sql, &self.sub)?.map(|row| row.user);
        if !user.is_some_and(|user| user.enabled && user.status == Status::Confirmed) {
            return Err(Refusal::SessionInvalid.into());
        }
        super::begin_browser(cx, &self.sub, &NewBrowser { hash: self.hash, lives: self.lives })?;
        Ok(cx.now)
    }
}

/// Who is signed in in a browser: the user and when they proved it; `None` when nobody is.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindBrowser {
    pub hash: String,
}

impl Command for FindBrowser {
    type Answer = Option<(User, i64)>;
    const NAME: &'static str = "session.find_browser";
    const OBJECT: Kind = Kind::UserShard;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Option<(User, i64)>, Error> {
        let Some((sub, auth_time, expires)) = store::find_browser(cx.sql, &self.hash)? else {
            return Ok(None);
        };
        let Some(sub) = Sub::parse(&sub).filter(|_| expires > cx.now) else { return Ok(None) };
        let user = user::find_row(cx.sql, &sub)?.map(|row| row.user);
        Ok(user.filter(|user| user.enabled).map(|user| (user, auth_time)))
    }
}

#[derive(Debug, Serialize, Deserialize)]
pub struct EndBrowser {
    pub hash: String,
}

impl Command for EndBrowser {
    type Answer = ();
    const NAME: &'static str = "session.end_browser";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        Ok(store::delete_browser(cx.sql, &self.hash)?)
    }
}
