//! A signature that has been read but not believed.

use std::fmt;

use subtle::ConstantTimeEq;

use super::{
    Body, Content, Form, Request, Scope, SigError, SigningKey, Verified, authorization,
    canonical::{self, PathRule},
    claim::Claim,
    hex,
    key::string_to_sign,
    presigned,
};
use crate::calendar;

/// How far the clocks of signer and verifier may be apart, in seconds.
pub const MAX_SKEW: i64 = 900;

/// What the door that received the request takes.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The service names it serves; any region goes.
    pub services: &'a [&'a str],
    /// Epoch seconds of the real clock, which no test offset moves.
    pub now: i64,
}

/// A signature claimed by a request, complete and well-formed. Its parts say whose secret to look up, and no
/// more.
pub struct Unverified {
    claim: Claim,
    /// The canonical request up to the payload's line.
    head: String,
}

impl Unverified {
    /// Reads the signature of a request, which has exactly one, and builds what it should have signed.
    pub fn parse(request: &Request<'_>) -> Result<Self, SigError> {
        let claim = match (request.header("authorization")?, presigned::is_signed(request.query)) {
            (Some(_), true) => return Err(SigError::TwoForms),
            (Some(authorization), false) => authorization::read(request, authorization)?,
            (None, true) => presigned::read(request)?,
            (None, false) => return Err(SigError::MissingAuthenticationToken),
        };
        let rule = if claim.scope.is_s3() { PathRule::AsReceived } else { PathRule::Normalised };
        Self::of(claim, request, rule)
    }

    pub(super) fn of(claim: Claim, request: &Request<'_>, rule: PathRule) -> Result<Self, SigError> {
        claim.cover(request)?;
        let left_out = matches!(claim.form, Form::Presigned { .. }).then_some(presigned::SIGNATURE);
        let head = canonical::head(request, rule, &claim.signed_headers, left_out)?;
        Ok(Self { claim, head })
    }

    pub fn access_key_id(&self) -> &str {
        &self.claim.access_key_id
    }

    /// The token that came with temporary credentials. The signature covers it.
    pub fn session_token(&self) -> Option<&str> {
        self.claim.session_token.as_deref()
    }

    pub fn scope(&self) -> &Scope {
        &self.claim.scope
    }

    /// Epoch seconds.
    pub fn signed_at(&self) -> i64 {
        self.claim.signed_at
    }

    pub fn form(&self) -> Form {
        self.claim.form
    }

    /// Whether the payload is named by `x-amz-content-sha256`, so that the signature can be proved before the body is there.
    pub fn names_body(&self) -> bool {
        self.claim.content.is_some()
    }

    /// 64 lower-case hexadecimal digits.
    pub fn signature(&self) -> String {
        hex::encode(&self.claim.signature)
    }

    /// The canonical request and the string to sign, for the answer to a signature that does not match: S3
    /// shows both.
    pub fn explain(&self, body: Body<'_>) -> Result<(String, String), SigError> {
        let canonical = format!("{}{}", self.head, self.payload(body)?.write());
        let to_sign = string_to_sign(self.claim.signed_at, &self.claim.scope, &canonical);
        Ok((canonical, to_sign))
    }

    /// What can be refused before any secret is looked up: another door's scope, another day's, a clock that
    /// is off.
    pub fn check(&self, expected: &Expected<'_>) -> Result<(), SigError> {
        let Expected { services, now } = *expected;
        let Claim { scope, signed_at, form, .. } = &self.claim;
        let signed = *signed_at;
        if !services.contains(&scope.service()) {
            return Err(SigError::WrongService(scope.service().to_owned()));
        }
        if scope.day() != calendar::day(signed) {
            return Err(SigError::WrongDay);
        }
        if signed > now.saturating_add(MAX_SKEW) {
            return Err(SigError::SignatureNotYetCurrent { signed, now });
        }
        match *form {
            Form::Header if signed < now.saturating_sub(MAX_SKEW) => {
                Err(SigError::SignatureExpired { signed, now })
            }
            Form::Presigned { expires_at } if expires_at < now => {
                Err(SigError::RequestExpired { expired: expires_at, now })
            }
            Form::Header | Form::Presigned { .. } => Ok(()),
        }
    }

    /// Proves that the holder of the key's secret signed this request.
    ///
    /// The body is proved with it where it is known and named; otherwise it has to go through
    /// [`payload::Decoder`](super::payload::Decoder) with [`Verified::framing`].
    pub fn verify(
        self,
        expected: &Expected<'_>,
        key: &SigningKey,
        body: Body<'_>,
    ) -> Result<Verified, SigError> {
        self.check(expected)?;
        let content = self.payload(body)?;
        let canonical = format!("{}{}", self.head, content.write());
        let made = key.sign(&string_to_sign(self.claim.signed_at, &self.claim.scope, &canonical));
        if !bool::from(made.ct_eq(&self.claim.signature)) {
            return Err(SigError::SignatureDoesNotMatch);
        }
        if let (Content::Sha256(named), Some(digest)) = (content, body.digest())
            && named != digest
        {
            return Err(SigError::ContentSha256Mismatch);
        }
        Ok(Verified::new(self.claim, content, key.clone()))
    }

    /// The payload as the signature should name it.
    fn payload(&self, body: Body<'_>) -> Result<Content, SigError> {
        let s3 = self.claim.scope.is_s3();
        match (self.claim.content, self.claim.form) {
            (Some(content @ Content::Sha256(_)), _) => Ok(content),
            (Some(content), _) if s3 => Ok(content),
            (Some(_), _) => Err(SigError::UnsupportedContentSha256),
            (None, Form::Presigned { .. }) if s3 => Ok(Content::Unsigned),
            (None, Form::Header) if s3 => Err(SigError::MissingContentSha256),
            (None, _) => body.digest().map(Content::Sha256).ok_or(SigError::MissingContentSha256),
        }
    }
}

/// Neither the token nor the signature is shown.
impl fmt::Debug for Unverified {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Unverified")
            .field("access_key_id", &self.claim.access_key_id)
            .field("scope", &self.claim.scope)
            .field("form", &self.claim.form)
            .finish_non_exhaustive()
    }
}
