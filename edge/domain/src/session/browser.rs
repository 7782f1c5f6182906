//! The hosted pages' own session: who signed in in this browser, for an hour.

use super::store;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use crate::id::Sub;
use crate::user::{self, User};
use serde::{Deserialize, Serialize};

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
        store::insert_browser(cx.sql, &self.hash, &self.sub, cx.now, cx.now + self.lives)?;
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
