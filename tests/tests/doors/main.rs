//! What every door has in common, and what only shows where a door is chosen.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a broken assumption must stop a test"
)]

mod hosts;
mod limits;
mod log;
mod sync;
mod tls;
