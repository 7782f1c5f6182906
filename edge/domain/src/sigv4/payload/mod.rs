//! Bodies that are proved while they arrive: aws-chunked encoding, chunk signatures, checksums.
//!
//! [`Decoder`] takes a body in whatever pieces it comes and hands on the object's bytes **before** all is
//! proved: a chunk's signature and the object's checksum are known only once their last byte is there. What
//! it has handed on is worth nothing until [`Decoder::finish`] says so; on any error the caller throws it
//! away and no object becomes visible.
//!
//! Source: *Transferring payload in multiple chunks* and *Including trailing headers* (S3 API reference,
//! Signature Version 4).

mod chain;
mod checksum;
mod declared;
mod decoder;
mod error;
mod line;

#[cfg(test)]
mod tests;

pub use chain::Chain;
pub use checksum::{Algorithm, Checksum};
pub use declared::{Declared, stored_encoding};
pub use decoder::{Checked, Decoder, Framing};
pub use error::ChunkError;
