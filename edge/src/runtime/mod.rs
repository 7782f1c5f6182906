//! The runtime: what [`crate::platform::Platform`] is on Cloudflare Workers and on workerd. Nothing outside this folder
//! knows of `worker`, and nothing in it decides anything.

mod boundary;
mod bucket;
mod chance;
mod clock;
mod entry;
mod fault;
mod keys;
mod message;
mod object;
#[cfg(feature = "seams")]
mod seam;
mod settings;
mod sql;
mod stream;
mod task;
mod upstream;
#[cfg(feature = "seams")]
mod vectors;
mod world;
