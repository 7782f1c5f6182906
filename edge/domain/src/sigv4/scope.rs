//! `day/region/service/aws4_request`: what a derived key is good for.

use std::fmt;

use super::SigError;

const TERMINATOR: &str = "aws4_request";
const MAX_ACCESS_KEY_ID: usize = 128;
const MAX_PART: usize = 64;

/// A credential scope. Together with the access key id it names one [`SigningKey`](super::SigningKey), so it
/// serves as the key of a cache of those.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope {
    day: String,
    region: String,
    service: String,
}

impl Scope {
    /// `day` is `YYYYMMDD`. Nothing is checked here: a scope of ours is right by construction.
    pub(super) fn new(day: String, region: &str, service: &str) -> Self {
        Self { day, region: region.to_owned(), service: service.to_owned() }
    }

    /// Reads `access-key-id/day/region/service/aws4_request`, the `Credential` of both forms.
    pub(super) fn of_credential(credential: &str) -> Result<(String, Self), SigError> {
        let wrong = SigError::Malformed("Credential");
        let mut parts = credential.split('/');
        let (Some(id), Some(day), Some(region), Some(service), Some(TERMINATOR), None) =
            (parts.next(), parts.next(), parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(wrong);
        };
        if id.len() > MAX_ACCESS_KEY_ID || region.len() > MAX_PART || service.len() > MAX_PART {
            return Err(SigError::TooLong("Credential"));
        }
        let named = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        let dated = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
        if !(named(region) && named(service) && dated) {
            return Err(wrong);
        }
        if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(wrong);
        }
        Ok((id.to_owned(), Self::new(day.to_owned(), region, service)))
    }

    /// `YYYYMMDD`.
    pub fn day(&self) -> &str {
        &self.day
    }

    pub fn region(&self) -> &str {
        &self.region
    }

    pub fn service(&self) -> &str {
        &self.service
    }

    /// Whether S3's rules hold for path and payload.
    pub(super) fn is_s3(&self) -> bool {
        self.service == "s3"
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}/{}/{TERMINATOR}", self.day, self.region, self.service)
    }
}
