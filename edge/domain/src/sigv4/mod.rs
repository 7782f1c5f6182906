//! AWS Signature Version 4: what a signed request claims, the proof that the claim holds, and bodies whose
//! chunks are signed one after another.
//!
//! ```text
//! Request ──Unverified::parse──▶ Unverified ──verify(expected, key, body)──▶ Verified ──framing──▶ payload::Decoder
//! ```
//!
//! Between the two steps the caller looks the secret up by [`Unverified::access_key_id`] and session token.
//! Nothing but [`Unverified::verify`] makes a [`Verified`].
//!
//! The service in the credential scope chooses between two sets of rules. `s3` encodes the path once,
//! normalises nothing and wants the payload named by `x-amz-content-sha256`; every other service normalises
//! the path, encodes it once more and signs the hash of the body. `+` in a query stands for a space, as in
//! every AWS SDK, so a door must read it so.
//!
//! Source: *AWS Signature Version 4 for API requests* (IAM user guide) and *Authenticating Requests* (S3 API
//! reference).

mod authorization;
mod canonical;
mod claim;
mod content;
mod error;
mod hex;
mod key;
pub mod payload;
mod presigned;
mod request;
mod scope;
mod sign;
mod unverified;
mod verified;

#[cfg(test)]
mod tests;

pub use content::{Body, Chunking, Content};
pub use error::SigError;
pub use key::SigningKey;
pub use request::Request;
pub use scope::Scope;
pub use sign::Signer;
pub use unverified::{Expected, MAX_SKEW, Unverified};
pub use verified::{Form, Verified};

/// The only algorithm spoken here.
const ALGORITHM: &str = "AWS4-HMAC-SHA256";
