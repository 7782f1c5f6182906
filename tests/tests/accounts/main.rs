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
mod limits;
mod new_password;
mod registering;
mod uuid_names;
