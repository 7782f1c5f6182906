//! Accounts by the API: what is told of them, what is honoured, and how much may be asked.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a broken assumption must stop a test"
)]

mod codes;
mod hashing;
mod hiding;
mod honoured;
mod inviting;
mod lifetimes;
mod limits;
mod messages;
mod new_password;
mod refreshing;
mod refused;
mod registering;
mod secrets;
mod uuid_names;
