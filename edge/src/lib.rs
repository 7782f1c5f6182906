//! The Worker component: doors that speak the protocols, flows that take more than one step, and the runtime they run
//! on. `edge/README.md` walks requests through it.

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

pub mod account_view;
mod asset;
mod aws;
mod buffer;
pub mod cache;
mod cognito;
mod cors;
pub mod edge;
pub mod flow;
mod gate;
mod hosted;
mod hosts;
mod iam;
mod identity;
mod jwks;
mod limits;
pub mod message;
pub mod model;
mod oidc;
pub mod path;
mod phase;
pub mod platform;
mod route;
#[cfg(target_arch = "wasm32")]
mod runtime;
mod s3;
mod scheme;
pub mod serve;
mod sts;
mod sync;
mod tidegate;
mod web;

pub use serve::serve;
