//! Why a body is not believed.

use std::fmt;

use super::Algorithm;

/// A refusal. S3's name for it is given where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChunkError {
    /// A header of the request does not read, or is there twice (`InvalidArgument`).
    MalformedHeader(&'static str),
    /// An aws-chunked body without `x-amz-decoded-content-length` (`MissingContentLength`).
    LengthMissing,
    /// More than one checksum header or trailer (`InvalidRequest`).
    ManyChecksums,
    /// A checksum of an algorithm we do not have, or a trailer that is no checksum (`InvalidRequest`).
    UnsupportedChecksum(String),
    /// `x-amz-trailer` without trailers to come, or trailers to come without `x-amz-trailer`
    /// (`MalformedTrailerError`).
    TrailerNotDeclared,
    /// The framing is broken (`InvalidRequest`, `IncompleteBody`).
    Malformed(&'static str),
    /// A line of the framing is beyond its bound.
    TooLong(&'static str),
    /// A signed chunk other than the last has less than 8 KiB (`InvalidChunkSizeError`).
    ChunkTooSmall,
    /// A chunk or the trailers are not what was signed (`SignatureDoesNotMatch`).
    SignatureDoesNotMatch,
    /// The body has another length than declared (`IncompleteBody`).
    LengthMismatch,
    /// A trailer is missing, doubled or none of those announced (`MalformedTrailerError`).
    MalformedTrailer,
    /// Bytes after the end.
    AfterEnd,
    /// The object has another checksum than declared (`BadDigest`).
    ChecksumMismatch(Algorithm),
    /// The object has another MD5 than declared (`BadDigest`).
    Md5Mismatch,
    /// The body has another SHA-256 than was signed (`XAmzContentSHA256Mismatch`).
    ContentSha256Mismatch,
}

impl std::error::Error for ChunkError {}

impl fmt::Display for ChunkError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MalformedHeader(name) => write!(out, "the header {name} does not read"),
            Self::LengthMissing => out.write_str("x-amz-decoded-content-length is missing"),
            Self::ManyChecksums => out.write_str("more than one checksum"),
            Self::UnsupportedChecksum(name) => write!(out, "`{name}` is no checksum known here"),
            Self::TrailerNotDeclared => out.write_str("x-amz-trailer and the kind of body disagree"),
            Self::Malformed(part) => write!(out, "{part} does not read"),
            Self::TooLong(part) => write!(out, "{part} is too long"),
            Self::ChunkTooSmall => out.write_str("a chunk other than the last is smaller than 8192 bytes"),
            Self::SignatureDoesNotMatch => out.write_str("the signature of a chunk does not match"),
            Self::LengthMismatch => out.write_str("the body has another length than declared"),
            Self::MalformedTrailer => out.write_str("the trailers are not the ones announced"),
            Self::AfterEnd => out.write_str("the body goes on after its end"),
            Self::ChecksumMismatch(algorithm) => write!(out, "the {} does not match", algorithm.name()),
            Self::Md5Mismatch => out.write_str("the MD5 does not match"),
            Self::ContentSha256Mismatch => out.write_str("the body is not the one that was signed"),
        }
    }
}
