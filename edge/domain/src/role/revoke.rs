use super::{missing, store};
use crate::account::store::touch;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// Ends every session of a role that was issued before now.
#[derive(Debug, Serialize, Deserialize)]
pub struct RevokeSessions {
    pub role: String,
}

impl Command for RevokeSessions {
    type Answer = ();
    const NAME: &'static str = "role.revoke_sessions";
    const OBJECT: Kind = Kind::Account;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        let Some(role) = store::find(cx.sql, &self.role)? else { return Err(missing(self.role)) };
        store::revoke(cx.sql, &role.name, cx.now)?;
        touch(cx.sql)?;
        let before = cx.now;
        cx.event("role.sessions_revoked", role.name, &before);
        Ok(())
    }
}
