//! What Tidegate knows: users, sessions, tokens, pools, identities, roles and policies.
//!
//! Synchronous and closed: no HTTP, no platform, no clock and no randomness of its own. Everything an operation needs
//! comes in through its [`context::Context`]; everything it leaves is its answer, its rows, its events and its jobs.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        reason = "a test may panic"
    )
)]

pub mod account;
pub mod address;
pub mod branding;
pub mod calendar;
pub mod caller;
pub mod command;
pub mod context;
pub mod credential;
pub mod error;
pub mod gate;
pub mod id;
pub mod identity;
pub mod jose;
pub mod object;
pub mod outbox;
pub mod percent;
pub mod policy;
pub mod pool;
pub mod random;
pub mod role;
pub mod seal;
pub mod secret;
pub mod session;
pub mod sigv4;
pub mod sql;
pub mod user;

pub use error::{Error, Fault, Refusal};
