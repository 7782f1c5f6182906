//! The deployment's one `Account` object: which pools there are, who holds which hosted prefix, roles and their policies
//! ([`crate::role`]), and the gate document.
//!
//! The Worker keeps a [`Snapshot`] for some seconds and names the version it has when it asks again.

mod domain;
mod gate;
mod pool;
mod snapshot;
pub(crate) mod store;
#[cfg(all(test, feature = "native"))]
pub(crate) mod tests;

pub use domain::FindDomain;
pub use gate::PutGate;
pub use pool::{ForgetPool, ListPools, PoolEntry, PoolKind, RegisterPool};
pub use snapshot::{FindAccount, Gate, Snapshot};
