use super::{UserPool, store, update};
use crate::address::Kind;
use crate::branding;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal, fault};
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub struct DeleteClient {
    pub id: String,
}

impl Command for DeleteClient {
    type Answer = UserPool;
    const NAME: &'static str = "pool.delete_client";
    const OBJECT: Kind = Kind::Pool;

    fn run(self, cx: &mut Context<'_>) -> Result<UserPool, Error> {
        if store::find_client(cx.sql, &self.id)?.is_none() {
            return Err(Refusal::ClientNotFound { client: self.id }.into());
        }
        store::delete_client(cx.sql, &self.id)?;
        branding::delete(cx.sql, &self.id)?;
        let mut pool = store::find_pool(cx.sql)?.ok_or_else(|| fault("not a user pool"))?;
        update::touch(cx, &mut pool)?;
        cx.event("client.deleted", self.id, &());
        Ok(pool)
    }
}
