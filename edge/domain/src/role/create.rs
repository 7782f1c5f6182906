use super::{Role, check, check_room, store};
use crate::account::store::touch;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::{policy, random};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Digits of AWS's unique ids.
const BASE32: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Makes a role that nobody can use before it has a policy.
#[derive(Debug, Serialize, Deserialize)]
pub struct CreateRole {
    pub name: String,
    pub trust: String,
    pub description: Option<String>,
    /// Seconds.
    pub max_session: u32,
}

impl Command for CreateRole {
    type Answer = Role;
    const NAME: &'static str = "role.create";
    const OBJECT: Kind = Kind::Account;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Role, Error> {
        check(&self.trust, policy::Kind::Trust)?;
        if store::find(cx.sql, &self.name)?.is_some() {
            return Err(Refusal::RoleTaken { role: self.name }.into());
        }
        let role = Role {
            name: self.name,
            id: format!("AROA{}", random::text(cx.random, BASE32, 17)),
            trust: self.trust,
            description: self.description,
            max_session: self.max_session,
            created: cx.now,
            revoked_before: 0,
            policies: BTreeMap::new(),
        };
        store::insert(cx.sql, &role)?;
        check_room(cx.sql)?;
        touch(cx.sql)?;
        cx.event("role.created", &role.name, &role.id);
        Ok(role)
    }
}
