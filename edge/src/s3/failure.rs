//! S3's errors: code, status, text.

use super::xml::Xml;
use crate::edge::Edge;
use crate::message::Response;
use crate::path::PathError;
use domain::sigv4::SigError;
use domain::sigv4::payload::ChunkError;
use http::StatusCode;

/// A failure as S3 puts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: Code,
    pub(super) message: String,
    /// What the answer says in its head besides.
    pub(super) headers: Vec<(&'static str, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    AccessDenied,
    AuthorizationHeaderMalformed,
    AuthorizationQueryParametersError,
    BadDigest,
    EntityTooLarge,
    ExpiredToken,
    IncompleteBody,
    InternalError,
    InvalidAccessKeyId,
    InvalidArgument,
    InvalidChunkSizeError,
    InvalidRange,
    InvalidRequest,
    InvalidToken,
    InvalidUri,
    KeyTooLongError,
    MalformedTrailerError,
    MetadataTooLarge,
    MissingContentLength,
    NoSuchBucket,
    NoSuchKey,
    NotImplemented,
    NotModified,
    PreconditionFailed,
    RequestTimeTooSkewed,
    ServiceUnavailable,
    SignatureDoesNotMatch,
    XAmzContentSha256Mismatch,
}

impl Code {
    /// S3's spelling, the status, and the text where there is nothing more to say.
    const fn parts(self) -> (&'static str, StatusCode, &'static str) {
        use StatusCode as S;
        match self {
            Self::AccessDenied => ("AccessDenied", S::FORBIDDEN, "Access Denied"),
            Self::AuthorizationHeaderMalformed => {
                ("AuthorizationHeaderMalformed", S::BAD_REQUEST, "The authorization header is malformed")
            }
            Self::AuthorizationQueryParametersError => {
                ("AuthorizationQueryParametersError", S::BAD_REQUEST, "The query's signature is malformed")
            }
            Self::BadDigest => {
                ("BadDigest", S::BAD_REQUEST, "The checksum you specified did not match what we received")
            }
            Self::EntityTooLarge => (
                "EntityTooLarge",
                S::PAYLOAD_TOO_LARGE,
                "Your proposed upload exceeds the maximum allowed size",
            ),
            Self::ExpiredToken => ("ExpiredToken", S::BAD_REQUEST, "The provided token has expired"),
            Self::IncompleteBody => {
                ("IncompleteBody", S::BAD_REQUEST, "The body does not have the length that was declared")
            }
            Self::InternalError => (
                "InternalError",
                S::INTERNAL_SERVER_ERROR,
                "We encountered an internal error. Please try again.",
            ),
            Self::InvalidAccessKeyId => {
                ("InvalidAccessKeyId", S::FORBIDDEN, "The access key id you provided does not exist here")
            }
            Self::InvalidArgument => ("InvalidArgument", S::BAD_REQUEST, "Invalid Argument"),
            Self::InvalidChunkSizeError => {
                ("InvalidChunkSizeError", S::FORBIDDEN, "Only the last chunk may be smaller than 8192 bytes")
            }
            Self::InvalidRange => {
                ("InvalidRange", S::RANGE_NOT_SATISFIABLE, "The requested range is not satisfiable")
            }
            Self::InvalidRequest => ("InvalidRequest", S::BAD_REQUEST, "Invalid Request"),
            Self::InvalidToken => ("InvalidToken", S::BAD_REQUEST, "The provided token is not valid"),
            Self::InvalidUri => ("InvalidURI", S::BAD_REQUEST, "Couldn't parse the specified URI."),
            Self::KeyTooLongError => ("KeyTooLongError", S::BAD_REQUEST, "Your key is empty or too long"),
            Self::MalformedTrailerError => {
                ("MalformedTrailerError", S::BAD_REQUEST, "The trailers are not the ones that were announced")
            }
            Self::MetadataTooLarge => {
                ("MetadataTooLarge", S::BAD_REQUEST, "Your metadata headers exceed the maximum allowed size")
            }
            Self::MissingContentLength => (
                "MissingContentLength",
                S::LENGTH_REQUIRED,
                "You must provide the Content-Length HTTP header.",
            ),
            Self::NoSuchBucket => ("NoSuchBucket", S::NOT_FOUND, "The specified bucket does not exist"),
            Self::NoSuchKey => ("NoSuchKey", S::NOT_FOUND, "The specified key does not exist."),
            Self::NotImplemented => ("NotImplemented", S::NOT_IMPLEMENTED, "This is not implemented"),
            Self::NotModified => ("NotModified", S::NOT_MODIFIED, ""),
            Self::PreconditionFailed => {
                ("PreconditionFailed", S::PRECONDITION_FAILED, "One of the pre-conditions did not hold")
            }
            Self::RequestTimeTooSkewed => (
                "RequestTimeTooSkewed",
                S::FORBIDDEN,
                "The difference between the request time and the current time is too large.",
            ),
            Self::ServiceUnavailable => ("ServiceUnavailable", S::SERVICE_UNAVAILABLE, "Please try again."),
            Self::SignatureDoesNotMatch => (
                "SignatureDoesNotMatch",
                S::FORBIDDEN,
                "The request signature we calculated does not match the signature you provided.",
            ),
            Self::XAmzContentSha256Mismatch => (
                "XAmzContentSHA256Mismatch",
                S::BAD_REQUEST,
                "The provided 'x-amz-content-sha256' header does not match what was computed.",
            ),
        }
    }
}

impl From<Code> for Failure {
    fn from(code: Code) -> Self {
        Self::new(code, code.parts().2)
    }
}

impl Failure {
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), headers: Vec::new() }
    }

    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// Something modelled by S3 that is not built: `what` names it.
    pub(super) fn not_implemented(what: &str) -> Self {
        Self::new(Code::NotImplemented, format!("`{what}` is not implemented"))
    }

    /// `resource` is the path as received.
    pub(super) fn answer(&self, edge: &Edge, resource: &str, head: bool) -> Response {
        let response = self.body(edge, resource, head);
        self.headers.iter().fold(response, |response, (name, value)| response.with(name, value))
    }

    fn body(&self, edge: &Edge, resource: &str, head: bool) -> Response {
        let (name, status, _) = self.code.parts();
        if head || status == StatusCode::NOT_MODIFIED {
            return Response::new(status).told(name);
        }
        let mut xml = Xml::new("Error");
        xml.text("Code", name).text("Message", &self.message).text("Resource", resource);
        xml.text("RequestId", &edge.caller.id);
        Response::text(status, "application/xml", xml.finish("Error")).told(name)
    }
}

impl From<PathError> for Failure {
    fn from(error: PathError) -> Self {
        match error {
            PathError::KeyLength => Code::KeyTooLongError.into(),
            PathError::Bucket => Code::NoSuchBucket.into(),
            PathError::TooManyPairs | PathError::Repeated => {
                Self::new(Code::InvalidArgument, error.to_string())
            }
            PathError::NotAbsolute
            | PathError::TooLong
            | PathError::Control
            | PathError::Encoding
            | PathError::Nul
            | PathError::DotSegment
            | PathError::EmptySegment
            | PathError::Separator
            | PathError::NonAscii
            | PathError::Unencoded
            | PathError::EncodedTwice
            | PathError::Utf8
            | PathError::Elsewhere
            | PathError::KeyClimbs => Self::new(Code::InvalidUri, error.to_string()),
        }
    }
}

impl From<ChunkError> for Failure {
    fn from(error: ChunkError) -> Self {
        let code = match error {
            ChunkError::MalformedHeader(_) => Code::InvalidArgument,
            ChunkError::LengthMissing => Code::MissingContentLength,
            ChunkError::ManyChecksums
            | ChunkError::UnsupportedChecksum(_)
            | ChunkError::Malformed(_)
            | ChunkError::TooLong(_)
            | ChunkError::AfterEnd => Code::InvalidRequest,
            ChunkError::TrailerNotDeclared | ChunkError::MalformedTrailer => Code::MalformedTrailerError,
            ChunkError::ChunkTooSmall => Code::InvalidChunkSizeError,
            ChunkError::SignatureDoesNotMatch => return Code::SignatureDoesNotMatch.into(),
            ChunkError::LengthMismatch => Code::IncompleteBody,
            ChunkError::ChecksumMismatch(_) | ChunkError::Md5Mismatch => Code::BadDigest,
            ChunkError::ContentSha256Mismatch => return Code::XAmzContentSha256Mismatch.into(),
        };
        Self::new(code, error.to_string())
    }
}

impl From<SigError> for Failure {
    fn from(error: SigError) -> Self {
        let code = match error {
            // S3's answer to nobody in particular.
            SigError::MissingAuthenticationToken => return Code::AccessDenied.into(),
            SigError::RequestExpired { .. } => return Self::new(Code::AccessDenied, "Request has expired"),
            SigError::UnsignedHeader(_) => Code::AccessDenied,
            SigError::IncompleteSignature(part) | SigError::Malformed(part) | SigError::TooLong(part)
                if part.starts_with("X-Amz-") =>
            {
                Code::AuthorizationQueryParametersError
            }
            SigError::ExpiresTooLong => Code::AuthorizationQueryParametersError,
            SigError::IncompleteSignature(_)
            | SigError::Malformed(_)
            | SigError::Duplicate(_)
            | SigError::TooLong(_)
            | SigError::WrongService(_)
            | SigError::WrongDay
            | SigError::AbsentHeader(_) => Code::AuthorizationHeaderMalformed,
            SigError::SignatureExpired { .. } | SigError::SignatureNotYetCurrent { .. } => {
                return Code::RequestTimeTooSkewed.into();
            }
            SigError::TwoForms | SigError::UnsupportedAlgorithm | SigError::MissingContentSha256 => {
                Code::InvalidRequest
            }
            SigError::UnsupportedContentSha256 => Code::InvalidArgument,
            SigError::ContentSha256Mismatch => return Code::XAmzContentSha256Mismatch.into(),
            SigError::SignatureDoesNotMatch => return Code::SignatureDoesNotMatch.into(),
        };
        Self::new(code, error.to_string())
    }
}
