//! The classic look of the hosted pages: one sheet and one logo a client, or for all clients that have none of their own.
//!
//! The Worker reads what the owner sent with [`sheet`] and [`image`]; the pool's object stores what they made of it, and
//! the owner's own text for answering as asked.

mod find;
pub mod image;
mod set;
pub mod sheet;
mod store;
#[cfg(test)]
mod tests;

pub use find::{FindBranding, FindLogo};
pub use set::SetBranding;

pub(crate) use store::delete;

use serde::{Deserialize, Serialize};

/// The key of the row that every client without one of its own falls back to.
pub const ALL: &str = "ALL";

/// A look as the pages need it: everything but the logo's bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Branding {
    /// A client id, or [`ALL`].
    pub client: String,
    /// The owner's sheet as sent.
    pub source: Option<String>,
    /// The sheet as served.
    pub sheet: Option<String>,
    pub logo: Option<Logo>,
    /// Names what is served: changes with each byte of it.
    pub version: String,
    /// Epoch seconds.
    pub created: i64,
    pub modified: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    pub kind: image::Kind,
    /// In pixels.
    pub width: u32,
    pub height: u32,
}
