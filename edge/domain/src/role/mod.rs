//! Roles: who may assume them (the trust policy) and what they may do (inline policies). They live in the `Account`
//! object, and the Worker evaluates them from its snapshot, so that a change acts on sessions already begun.

mod create;
mod delete;
mod find;
mod list;
mod policy_delete;
mod policy_put;
mod store;
#[cfg(all(test, feature = "native"))]
mod tests;

pub use create::CreateRole;
pub use delete::DeleteRole;
pub use find::FindRole;
pub use list::ListRoles;
pub use policy_delete::DeleteRolePolicy;
pub use policy_put::PutRolePolicy;
pub(crate) use store::list;

use crate::error::{Error, Refusal};
use crate::policy::{Document, Kind, Malformed, Problem};
use crate::sql::Sql;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The most roles a deployment may have.
const MOST: usize = 500;
/// The most bytes of JSON that all roles together may take: they travel in the account's snapshot.
const ROOM: usize = 256 * 1024;
/// AWS's quota of characters in all inline policies of a role, white space not counted.
const INLINE: usize = 10_240;

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Unique without regard to case.
    pub name: String,
    /// `AROA…`; a role made anew under an old name has another.
    pub id: String,
    /// The trust policy, as given.
    pub trust: String,
    pub description: Option<String>,
    /// Seconds.
    pub max_session: u32,
    pub created: i64,
    /// Sessions issued before this time are over; 0 for none.
    pub revoked_before: i64,
    /// Inline policies as given, by name.
    #[serde(default)]
    pub policies: BTreeMap<String, String>,
}

/// Refuses a policy that is not understood in full, or asks about what no request has.
fn check(text: &str, kind: Kind) -> Result<(), Error> {
    let checked = Document::parse(text, kind).and_then(|document| document.check_keys());
    checked.map_err(|malformed| refusal(&malformed))
}

fn refusal(malformed: &Malformed) -> Error {
    match malformed.problem() {
        Problem::TooLong { .. } => Refusal::QuotaExceeded { message: malformed.to_string() }.into(),
        _ => Refusal::PolicyMalformed { message: malformed.to_string() }.into(),
    }
}

/// Whether there is room for what has just been written.
fn check_room(sql: &dyn Sql) -> Result<(), Error> {
    let roles = store::list(sql)?;
    let size = serde_json::to_string(&roles)?.len();
    if roles.len() > MOST || size > ROOM {
        let message =
            format!("All roles together may be {MOST}, and take {} KiB with their policies.", ROOM / 1024);
        return Err(Refusal::QuotaExceeded { message }.into());
    }
    Ok(())
}

fn missing(role: String) -> Error {
    Refusal::RoleNotFound { role }.into()
}
