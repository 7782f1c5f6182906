use super::{Located, User, Who, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use crate::sql::{Sql, SqlFault};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub struct FindUser {
    pub who: Who,
}

impl Command for FindUser {
    type Answer = Located<User>;
    const NAME: &'static str = "user.find";
    const OBJECT: Kind = Kind::UserShard;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<User>, Error> {
        Ok(locate(cx.sql, &self.who)?)
    }
}

/// Whom a command is about, for operations that look at nothing but the user.
pub(crate) fn locate(sql: &dyn Sql, who: &Who) -> Result<Located<User>, SqlFault> {
    Ok(match store::locate(sql, who)? {
        store::At::Here(row) => Located::Here(row.user),
        store::At::Elsewhere(sub) => Located::Elsewhere(sub),
        store::At::Missing => Located::Missing,
    })
}
