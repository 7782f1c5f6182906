//! Stories of the gate: routes of each kind, and buckets.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "this crate is tests: a broken assumption must stop them"
)]

mod bucket;
mod conditions;
mod credentials;
mod document;
mod held;
mod jwt;
mod keys;
mod methods;
mod photos;
mod presigned;
mod session;
mod setup;
mod signing_out;
mod streaming;
mod unread;
