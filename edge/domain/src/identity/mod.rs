//! Identity pools and identities. The pool's configuration lives in an object of kind `Pool`, beside its signing key;
//! identities live on shards.
//!
//! An identity's id names its shard. A login (provider and subject) is claimed on the shard of its hash; the identity
//! made for it is drawn on that same shard, so a person's `GetId` touches one object and needs no protocol between two.
//! A claim names an identity by id, wherever it is, so that linking a second login can come later.

mod admit;
mod create;
mod delete;
mod find;
mod pool_find;
mod roles;
mod store;
#[cfg(all(test, feature = "native"))]
mod tests;
mod version;

pub use admit::Admit;
pub use create::CreateIdentityPool;
pub use delete::DeleteIdentityPool;
pub use find::FindIdentity;
pub use pool_find::FindIdentityPool;
pub use roles::SetRoles;
pub use version::{Close, Raise};

use crate::id::{IdentityId, IdentityPoolId, Placement};
use crate::pool::SigningKey;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An identity pool as the Worker tier knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityPool {
    pub id: IdentityPoolId,
    /// Grows by one with each change that a shard must not miss.
    pub version: u64,
    pub placement: Placement,
    pub name: String,
    pub guests: bool,
    /// Whether tokens for `AssumeRoleWithWebIdentity` are handed out.
    pub classic: bool,
    pub providers: Vec<Provider>,
    pub tags: BTreeMap<String, String>,
    pub roles: Roles,
    pub created: i64,
    pub modified: i64,
    #[serde(default)]
    pub keys: Vec<SigningKey>,
}

/// A user pool's client whose tokens are logins here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provider {
    /// `cognito-idp.<region>.amazonaws.com/<pool id>`, or the issuer's own form, as given.
    pub name: String,
    pub client: String,
}

/// The default roles, by ARN.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    pub authenticated: Option<String>,
    pub unauthenticated: Option<String>,
}

/// What a provider vouches for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Login {
    /// The provider's one name here, however the client spelt it.
    pub provider: String,
    pub subject: String,
}

impl Login {
    /// The shard that indexes this login.
    pub fn shard(&self, placement: Placement) -> u16 {
        placement.of_key(&format!("{}:{}{}", self.provider.len(), self.provider, self.subject))
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    pub id: IdentityId,
    /// None for a guest.
    pub logins: Vec<Login>,
    pub created: i64,
    pub modified: i64,
}
