use super::{Role, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// A page of roles by name, after `after` (or from the start when that is empty), without their policies.
#[derive(Debug, Serialize, Deserialize)]
pub struct ListRoles {
    pub after: String,
    pub limit: u32,
}

impl Command for ListRoles {
    type Answer = Vec<Role>;
    const NAME: &'static str = "role.list";
    const OBJECT: Kind = Kind::Account;
    const WRITES: bool = false;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Vec<Role>, Error> {
        Ok(store::page(cx.sql, &self.after, self.limit.min(1001))?)
    }
}
