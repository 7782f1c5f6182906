//! Stories through the production router.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a broken assumption must stop a test"
)]

mod configuration;
mod hostile;
mod identities;
mod identity_pools;
mod life;
mod refusals;
mod roles;
mod unsent;
mod verifying;
mod web_identity;
