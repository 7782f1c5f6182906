//! `x-amz-content-sha256`: how a request names its payload.

use super::{SigError, hex, key::sha256};

/// The payload as the signature names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// The body is not part of the signature.
    Unsigned,
    /// The body has this SHA-256.
    Sha256([u8; 32]),
    /// The body is in aws-chunked encoding.
    Chunked(Chunking),
}

/// How an aws-chunked body is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chunking {
    /// Each chunk is signed.
    Signed,
    /// Each chunk is signed, and so are the trailers.
    SignedTrailer,
    /// Nothing is signed; a checksum follows in the trailers.
    UnsignedTrailer,
}

impl Content {
    pub(super) fn read(text: &str) -> Result<Self, SigError> {
        Ok(match text {
            "UNSIGNED-PAYLOAD" => Self::Unsigned,
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" => Self::Chunked(Chunking::Signed),
            "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" => Self::Chunked(Chunking::SignedTrailer),
            "STREAMING-UNSIGNED-PAYLOAD-TRAILER" => Self::Chunked(Chunking::UnsignedTrailer),
            _ => Self::Sha256(hex::decode(text).ok_or(SigError::UnsupportedContentSha256)?),
        })
    }

    /// The spelling in the header, which is also the last line of the canonical request.
    pub(super) fn write(self) -> String {
        match self {
            Self::Unsigned => "UNSIGNED-PAYLOAD".to_owned(),
            Self::Sha256(digest) => hex::encode(&digest),
            Self::Chunked(Chunking::Signed) => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD".to_owned(),
            Self::Chunked(Chunking::SignedTrailer) => "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER".to_owned(),
            Self::Chunked(Chunking::UnsignedTrailer) => "STREAMING-UNSIGNED-PAYLOAD-TRAILER".to_owned(),
        }
    }
}

/// What the verifier knows of the body.
#[derive(Clone, Copy, Debug)]
pub enum Body<'a> {
    /// All of it.
    Whole(&'a [u8]),
    /// Its SHA-256.
    Sha256([u8; 32]),
    /// Nothing yet. It has to go through [`payload::Decoder`](super::payload::Decoder) before it is believed.
    Later,
}

impl Body<'_> {
    pub(super) fn digest(self) -> Option<[u8; 32]> {
        match self {
            Self::Whole(bytes) => Some(sha256(bytes)),
            Self::Sha256(digest) => Some(digest),
            Self::Later => None,
        }
    }
}
