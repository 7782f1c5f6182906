//! The Worker component: doors that speak the protocols, flows that take more than one step, and the runtime they run
//! on. `edge/README.md` walks requests through it.

mod aws;
pub mod cache;
pub mod edge;
pub mod flow;
mod hosts;
mod tidegate;
mod web;
mod cognito;
mod limits;
pub mod message;
pub mod model;
pub mod path;
pub mod platform;
mod route;
#[cfg(target_arch = "wasm32")]
mod runtime;
pub mod serve;

pub use serve::serve;
