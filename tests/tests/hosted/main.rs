//! A pool's site: its pages as a browser without scripts meets them, its endpoints as a plain OIDC client does.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a broken assumption must stop a test"
)]

mod forms;
mod pages;
mod tokens;
