use super::{Client, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use serde::{Deserialize, Serialize};

/// App clients a pool may have.
const QUOTA: u32 = 1000;

/// Adds an app client. A new client changes nothing that is cached, so the version stays.
#[derive(Debug, Serialize, Deserialize)]
pub struct CreateClient {
    pub client: Client,
}

impl Command for CreateClient {
    type Answer = Client;
    const NAME: &'static str = "pool.create_client";
    const OBJECT: Kind = Kind::Pool;

    fn run(self, cx: &mut Context<'_>) -> Result<Client, Error> {
        if store::count_clients(cx.sql, QUOTA)? >= i64::from(QUOTA) {
            let message = format!("a user pool has at most {QUOTA} app clients");
            return Err(Refusal::QuotaExceeded { message }.into());
        }
        let client = Client { created: cx.now, modified: cx.now, ..self.client };
        store::upsert_client(cx.sql, &client)?;
        cx.event("client.created", client.id.as_str(), &());
        Ok(client)
    }
}
