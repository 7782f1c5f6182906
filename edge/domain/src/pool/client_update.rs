use super::{Client, UserPool, store, update};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal, fault};
use serde::{Deserialize, Serialize};

/// Replaces an app client's configuration; its id, secret and creation time stay.
#[derive(Debug, Serialize, Deserialize)]
pub struct UpdateClient {
    pub client: Client,
}

impl Command for UpdateClient {
    type Answer = (Client, UserPool);
    const NAME: &'static str = "pool.update_client";
    const OBJECT: Kind = Kind::Pool;

    fn run(self, cx: &mut Context<'_>) -> Result<(Client, UserPool), Error> {
        let old = store::find_client(cx.sql, self.client.id.as_str())?
            .ok_or_else(|| Refusal::ClientNotFound { client: self.client.id.to_string() })?;
        let client = Client { secret: old.secret, created: old.created, modified: cx.now, ..self.client };
        store::upsert_client(cx.sql, &client)?;
        let mut pool = store::find_pool(cx.sql)?.ok_or_else(|| fault("not a user pool"))?;
        update::touch(cx, &mut pool)?;
        cx.event("client.updated", client.id.as_str(), &());
        Ok((client, pool))
    }
}
