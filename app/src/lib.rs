//! What a person sees: plain data in, HTML out.
//!
//! The pages are complete without any script. [`render`] writes a whole document; the only things that wake up in a
//! browser are the islands in [`island`], compiled by the `browser` crate. Nothing here knows a user, a pool or a
//! token: URLs arrive ready-made, and what went wrong arrives as a [`Message`](text::Message).

#![allow(unreachable_pub, reason = "`#[component]` makes the function it wraps public")]
#![allow(clippy::needless_pass_by_value, reason = "components own their props")]

pub mod island;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
mod part;
#[cfg(feature = "ssr")]
mod render;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod style;
#[cfg(feature = "ssr")]
pub mod text;

#[cfg(feature = "ssr")]
pub use {page::Page, render::render, shell::Shell};

#[cfg(test)]
#[cfg(feature = "ssr")]
mod tests;
