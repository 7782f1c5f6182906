use super::store;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use crate::role::{self, Role};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the Worker tier needs of the account. Quotas keep it below an answer's limit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Grows with each change.
    pub version: u64,
    /// Hosted prefix → user pool id.
    pub domains: BTreeMap<String, String>,
    pub roles: Vec<Role>,
    /// Always empty: the gate document names the bindings of buckets. The release before does not read a snapshot without.
    #[serde(default)]
    pub buckets: BTreeMap<String, String>,
    pub gate: Gate,
}

/// The gate document as stored.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// 0 before the first.
    pub version: u64,
    /// JSON; empty before the first.
    pub document: String,
}

/// The snapshot, unless its version is still the one that the Worker has.
#[derive(Debug, Serialize, Deserialize)]
pub struct FindAccount {
    pub known: Option<u64>,
}

impl Command for FindAccount {
    type Answer = Option<Snapshot>;
    const NAME: &'static str = "account.find";
    const OBJECT: Kind = Kind::Account;
    const WRITES: bool = false;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Option<Snapshot>, Error> {
        let version = store::version(cx.sql)?;
        if self.known == Some(version) {
            return Ok(None);
        }
        Ok(Some(Snapshot {
            version,
            domains: store::list_domains(cx.sql)?,
            roles: role::list(cx.sql)?,
            buckets: BTreeMap::new(),
            gate: store::gate(cx.sql)?,
        }))
    }
}
