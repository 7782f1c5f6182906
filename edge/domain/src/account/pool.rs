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

/// Makes a pool known as it is: its name, and the hosted prefix it has. A pool's object is founded before; it is the one
/// that decides, and this entry follows it, told by each change of the pool until it has been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterPool {
    pub id: String,
    pub name: String,
    pub kind: PoolKind,
    /// Refused when another pool has it.
    #[serde(default)]
    pub domain: Option<String>,
    /// The pool's. An older entry than the one that is here changes nothing, nor does any of a pool that was forgotten.
    #[serde(default)]
    pub version: u64,
}

impl Command for RegisterPool {
    type Answer = ();
    const NAME: &'static str = "account.register_pool";
    const OBJECT: Kind = Kind::Account;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        if store::is_forgotten(cx.sql, &self.id)? {
            return Ok(());
        }
        let old = store::find_pool(cx.sql, self.kind, &self.id)?;
        match &old {
            Some((_, version)) if *version > self.version => return Ok(()),
            None if store::count_pools(cx.sql, self.kind)? >= MOST.into() => {
                let message = format!("There are {MOST} pools already.");
                return Err(Refusal::QuotaExceeded { message }.into());
            }
            _ => {}
        }
        let moved = self.hold(cx)?;
        store::upsert_pool(cx.sql, &self, cx.now)?;
        if moved || old.is_none_or(|(name, _)| name != self.name) {
            store::touch(cx.sql)?;
            cx.event("account.pool_registered", self.id, &self.domain);
        }
        Ok(())
    }
}

impl RegisterPool {
    /// Gives the pool its prefix and takes any other from it. Whether that changed anything.
    fn hold(&self, cx: &mut Context<'_>) -> Result<bool, Error> {
        let mut moved = false;
        for held in store::list_domains_of(cx.sql, &self.id)? {
            if self.domain.as_ref() != Some(&held) {
                store::delete_domain(cx.sql, &held)?;
                moved = true;
            }
        }
        let Some(domain) = &self.domain else { return Ok(moved) };
        match store::find_domain(cx.sql, domain)? {
            Some(pool) if pool == self.id => Ok(moved),
            Some(_) => Err(Refusal::DomainTaken { domain: domain.clone() }.into()),
            None => {
                store::insert_domain(cx.sql, domain, &self.id)?;
                Ok(true)
            }
        }
    }
}

/// Takes a pool off the register, for good, and frees its prefix. One that is not on it is no error: deletion may be told
/// twice.
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
        for domain in store::list_domains_of(cx.sql, &self.id)? {
            store::delete_domain(cx.sql, &domain)?;
        }
        store::delete_pool(cx.sql, &self.id)?;
        store::insert_forgotten(cx.sql, &self.id)?;
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
    /// Only ids that begin so: those of a region.
    #[serde(default)]
    pub prefix: String,
}

impl Command for ListPools {
    type Answer = Vec<PoolEntry>;
    const NAME: &'static str = "account.list_pools";
    const OBJECT: Kind = Kind::Account;
    const WRITES: bool = false;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Vec<PoolEntry>, Error> {
        Ok(store::page_pools(cx.sql, &self, self.limit.min(MOST))?)
    }
}
