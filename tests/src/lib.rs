//! Native worlds for stories: the production router over native objects, a clock that moves only when told, seeded
//! chance, injectable faults, and a scheduler that decides by a seed who goes on at each `.await`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "this crate is tests: a broken assumption must stop them"
)]

pub mod browser;
pub mod bucket;
pub mod call;
pub mod chance;
pub mod federation;
pub mod gate;
pub mod object;
pub mod person;
pub mod schedule;
pub mod site;
pub mod world;

pub use world::{Setup, World};
