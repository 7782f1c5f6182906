//! Signed JSON tokens (JWS compact form, RFC 7515, and JWT, RFC 7519) and the one seam to the keys that sign them.
//!
//! Cryptography happens behind [`Keys`]: `WebCrypto` on the runtime, pure Rust natively (feature `native`). It is the
//! only asynchronous thing in this crate, because `WebCrypto` is. A token is [`Unverified`] until a key has proved
//! it; only then are its claims readable, as [`Verified`] [`Claims`], and they still have to be
//! [checked](Claims::check) against a clock, an issuer and an audience.
//!
//! Header and key shapes are those of `jsonwebtoken`. Its `encode`, `decode` and `Validation` are not used: they want a
//! synchronous backend and read the clock themselves.

mod algorithm;
mod claims;
mod encode;
mod key_set;
mod keys;
#[cfg(all(feature = "native", not(target_arch = "wasm32")))]
pub mod native;
mod object;
mod public_key;
mod unverified;

#[cfg(test)]
mod tests;

pub use algorithm::Algorithm;
pub use claims::{Audience, Claims, Expected, Objection, Verified};
pub use encode::{EncodeFault, encode, header};
pub use jsonwebtoken::Header;
pub use jsonwebtoken::jwk::Jwk;
pub use key_set::{BadKeySet, KeySet};
pub use keys::{KeyFault, KeyPair, Keys, LocalBoxFuture, PrivateKey};
pub use public_key::{BadKey, Material, PublicKey};
pub use unverified::{Malformed, Rejected, Unverified};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The longest token that is read or issued, in bytes: room for a hundred groups with names of full length.
pub const MAX_TOKEN: usize = 32 * 1024;

/// Strict base64url: no padding, no white space, no stray bits in the last character.
fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

fn to_base64url(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
