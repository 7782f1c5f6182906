//! Hosted prefixes, which the register gives to pools and takes back.

use super::store;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use serde::{Deserialize, Serialize};

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
