//! User pools: configuration, app clients, signing keys, the hosted domain. One `Pool` object holds one pool.
//!
//! A change of configuration commits v+1 together with a job, then the flow tells every shard, then acknowledges
//! ([`Told`]); after a crash the job finishes. A shard that knows a newer version than a command was built from refuses
//! it as stale, so no request is answered from an old configuration.

mod client;
mod client_create;
mod client_delete;
mod client_find;
mod client_list;
mod client_update;
mod create;
mod delete;
mod domain;
mod find;
pub(crate) mod key;
mod settings;
mod store;
#[cfg(all(test, feature = "native"))]
mod tests;
mod told;
mod update;

pub use client::{Client, Rotation, ValidityAsGiven};
pub use client_create::CreateClient;
pub use client_delete::DeleteClient;
pub use client_find::FindClient;
pub use client_list::ListClients;
pub use client_update::UpdateClient;
pub use create::CreatePool;
pub use delete::{DeletePool, FinishDelete};
pub use domain::SetDomain;
pub use find::FindPool;
pub use key::{SigningKey, Signs};
pub use settings::{
    Alias, Attribute, AttributeKind, Contact, Messages, PasswordPolicy, Recovery, STANDARD, Settings,
    Standard,
};
pub(crate) use store::{insert_key, page_keys};
pub use told::{TELL, Tell, Told};
pub(crate) use told::{register, tell};
pub use update::UpdatePool;

use crate::id::{Placement, PoolId};
use serde::{Deserialize, Serialize};

/// A user pool as the Worker tier knows it: everything but clients and branding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserPool {
    pub id: PoolId,
    /// Grows by one with each change that a shard must not miss.
    pub version: u64,
    pub placement: Placement,
    /// The `iss` of this pool's tokens; fixed when the pool was made.
    pub issuer: String,
    pub settings: Settings,
    /// The hosted pages' prefix, when there is one.
    pub domain: Option<String>,
    pub created: i64,
    pub modified: i64,
    #[serde(default)]
    pub keys: Vec<SigningKey>,
}
