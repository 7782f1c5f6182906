//! Hosted prefixes. One is reserved here before the pool's object takes it, and freed after the pool has let it go.

use super::store;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use serde::{Deserialize, Serialize};

/// Reserves a prefix for a pool. Asking again for the same pool is no error, so a flow that was cut off can go on.
#[derive(Debug, Serialize, Deserialize)]
pub struct ReserveDomain {
    pub domain: String,
    pub pool: String,
}

impl Command for ReserveDomain {
    type Answer = ();
    const NAME: &'static str = "account.reserve_domain";
    const OBJECT: Kind = Kind::Account;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        match store::find_domain(cx.sql, &self.domain)? {
            Some(pool) if pool == self.pool => return Ok(()),
            Some(_) => return Err(Refusal::DomainTaken { domain: self.domain }.into()),
            None => {}
        }
        if store::has_domain(cx.sql, &self.pool)? {
            let message = "The user pool already has a domain configured.";
            return Err(Refusal::Invalid { message: message.into() }.into());
        }
        store::insert_domain(cx.sql, &self.domain, &self.pool)?;
        store::touch(cx.sql)?;
        cx.event("account.domain_reserved", self.pool, &self.domain);
        Ok(())
    }
}

/// Frees a prefix. One that nobody has is no error.
#[derive(Debug, Serialize, Deserialize)]
pub struct FreeDomain {
    pub domain: String,
}

impl Command for FreeDomain {
    type Answer = ();
    const NAME: &'static str = "account.free_domain";
    const OBJECT: Kind = Kind::Account;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        store::delete_domain(cx.sql, &self.domain)?;
        store::touch(cx.sql)?;
        cx.event("account.domain_freed", self.domain, &());
        Ok(())
    }
}

/// The id of the pool that holds a prefix.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindDomain {
    pub domain: String,
}

impl Command for FindDomain {
    type Answer = Option<String>;
    const NAME: &'static str = "account.find_domain";
    const OBJECT: Kind = Kind::Account;
    const WRITES: bool = false;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Option<String>, Error> {
        Ok(store::find_domain(cx.sql, &self.domain)?)
    }
}
