use super::{Client, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use serde::{Deserialize, Serialize};

#[derive(Debug, Serialize, Deserialize)]
pub struct FindClient {
    pub id: String,
}

/// A client, and the pool version it was read at.
#[derive(Debug, Serialize, Deserialize)]
pub struct Found {
    pub client: Option<Client>,
    pub version: u64,
}

impl Command for FindClient {
    type Answer = Found;
    const NAME: &'static str = "pool.find_client";
    const OBJECT: Kind = Kind::Pool;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Found, Error> {
        let version = store::find_pool(cx.sql)?.map_or(0, |pool| pool.version);
        Ok(Found { client: store::find_client(cx.sql, &self.id)?, version })
    }
}
