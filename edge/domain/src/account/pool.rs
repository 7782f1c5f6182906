//! The register of pools.

use super::store;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use serde::{Deserialize, Serialize};

/// AWS's quota of user pools, and of identity pools, an account.
const MOST: u32 = 1000;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PoolKind {
    User,
    Identity,
}

impl PoolKind {
    pub(super) const fn label(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Identity => "identity",
        }
    }
}

/// A pool as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PoolEntry {
    pub id: String,
    pub name: String,
    pub created: i64,
    /// When the entry, not the pool, last changed.
    pub modified: i64,
}

/// Makes a pool known, or its new name. A pool's object is founded before.
#[derive(Debug, Serialize, Deserialize)]
pub struct RegisterPool {
    pub id: String,
    pub name: String,
    pub kind: PoolKind,
}

impl Command for RegisterPool {
    type Answer = ();
    const NAME: &'static str = "account.register_pool";
    const OBJECT: Kind = Kind::Account;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        if !store::has_pool(cx.sql, self.kind, &self.id)?
            && store::count_pools(cx.sql, self.kind)? >= MOST.into()
        {
            let message = format!("There are {MOST} pools already.");
            return Err(Refusal::QuotaExceeded { message }.into());
        }
        store::upsert_pool(cx.sql, self.kind, &self.id, &self.name, cx.now)?;
        store::touch(cx.sql)?;
        cx.event("account.pool_registered", self.id, &self.kind);
        Ok(())
    }
}

/// Takes a pool off the register. One that is not on it is no error: deletion may be told twice.
#[derive(Debug, Serialize, Deserialize)]
pub struct ForgetPool {
    pub id: String,
}

impl Command for ForgetPool {
    type Answer = ();
    const NAME: &'static str = "account.forget_pool";
    const OBJECT: Kind = Kind::Account;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        store::delete_pool(cx.sql, &self.id)?;
        store::touch(cx.sql)?;
        cx.event("account.pool_forgotten", self.id, &());
        Ok(())
    }
}

/// A page of pools of one kind by id, after `after` (or from the start when that is empty).
#[derive(Debug, Serialize, Deserialize)]
pub struct ListPools {
    pub kind: PoolKind,
    pub after: String,
    pub limit: u32,
}

impl Command for ListPools {
    type Answer = Vec<PoolEntry>;
    const NAME: &'static str = "account.list_pools";
    const OBJECT: Kind = Kind::Account;
    const WRITES: bool = false;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Vec<PoolEntry>, Error> {
        Ok(store::page_pools(cx.sql, self.kind, &self.after, self.limit.min(MOST))?)
    }
}
