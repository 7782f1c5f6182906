use super::{Client, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// A page of clients in order of id, after `after`.
#[derive(Debug, Serialize, Deserialize)]
pub struct ListClients {
    pub after: String,
    /// At most 61: a page and one more, which tells whether another follows.
    pub limit: u32,
}

impl Command for ListClients {
    type Answer = Vec<Client>;
    const NAME: &'static str = "pool.list_clients";
    const OBJECT: Kind = Kind::Pool;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Vec<Client>, Error> {
        Ok(store::page_clients(cx.sql, &self.after, self.limit.min(61))?)
    }
}
