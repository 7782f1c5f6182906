use super::{Located, Who, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use crate::session;
use serde::{Deserialize, Serialize};

/// Enables or disables a user. Disabling ends every session: tokens stop working for what asks us.
#[derive(Debug, Serialize, Deserialize)]
pub struct EnableUser {
    pub who: Who,
    pub enabled: bool,
}

impl Command for EnableUser {
    type Answer = Located<()>;
    const NAME: &'static str = "user.enable";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<()>, Error> {
        let user = match store::locate(cx.sql, &self.who)? {
            store::At::Elsewhere(sub) => return Ok(Located::Elsewhere(sub)),
            store::At::Missing => return Ok(Located::Missing),
            store::At::Here(row) => row.user,
        };
        store::set_enabled(cx.sql, &user.sub, self.enabled, cx.now)?;
        if !self.enabled {
            session::end_all(cx, &user.sub)?;
        }
        cx.event(if self.enabled { "user.enabled" } else { "user.disabled" }, user.sub.as_str(), &());
        Ok(Located::Here(()))
    }
}
