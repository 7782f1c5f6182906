//! Signing, for our own calls and for tests.

use std::fmt;

use super::{
    ALGORITHM, Content, Request, Scope, SigError, SigningKey,
    canonical::{self, PathRule},
    hex,
    key::string_to_sign,
};
use crate::{calendar, percent};

/// Headers that are never signed: what lies on the way may change them.
const UNSIGNED: [&str; 7] =
    ["authorization", "connection", "expect", "te", "transfer-encoding", "user-agent", "x-amzn-trace-id"];

/// Credentials with the scope and time to sign for.
#[derive(Clone, Copy)]
pub struct Signer<'a> {
    pub access_key_id: &'a str,
    pub secret: &'a str,
    pub session_token: Option<&'a str>,
    pub region: &'a str,
    pub service: &'a str,
    /// Epoch seconds.
    pub now: i64,
}

impl Signer<'_> {
    /// The headers to add to a request that already has `host`: `x-amz-date`, `x-amz-security-token` where
    /// there is a token, `x-amz-content-sha256` for S3, and `authorization`.
    pub fn headers(
        &self,
        request: &Request<'_>,
        content: Content,
    ) -> Result<Vec<(String, String)>, SigError> {
        let mut added = vec![("x-amz-date".to_owned(), calendar::basic(self.now))];
        if let Some(token) = self.session_token {
            added.push(("x-amz-security-token".to_owned(), token.to_owned()));
        }
        if self.service == "s3" {
            added.push(("x-amz-content-sha256".to_owned(), content.write()));
        }
        let mut headers = request.headers.to_vec();
        headers.extend(added.iter().map(|(name, value)| (name.as_str(), value.as_str())));
        let whole = Request { headers: &headers, ..*request };
        let signed = signable(&whole);
        let signature = self.signature(&whole, &signed, content)?;
        let authorization = format!(
            "{ALGORITHM} Credential={}/{}, SignedHeaders={}, Signature={signature}",
            self.access_key_id,
            self.scope(),
            signed.join(";"),
        );
        added.push(("authorization".to_owned(), authorization));
        Ok(added)
    }

    /// The whole query that makes a request with `host` good for `expires` seconds, a week at most. Other
    /// services than S3 sign the body, so `content` is its hash; for S3 it is [`Content::Unsigned`].
    pub fn presign(&self, request: &Request<'_>, expires: u32, content: Content) -> Result<String, SigError> {
        let signed = signable(request);
        let mut query = request.query.to_owned();
        let expires = expires.to_string();
        let date = calendar::basic(self.now);
        let credential = format!("{}/{}", self.access_key_id, self.scope());
        let names = signed.join(";");
        let declared = (self.service == "s3" && content != Content::Unsigned).then(|| content.write());
        let parameters = [
            ("X-Amz-Algorithm", Some(ALGORITHM)),
            ("X-Amz-Content-Sha256", declared.as_deref()),
            ("X-Amz-Credential", Some(credential.as_str())),
            ("X-Amz-Date", Some(date.as_str())),
            ("X-Amz-Expires", Some(expires.as_str())),
            ("X-Amz-Security-Token", self.session_token),
            ("X-Amz-SignedHeaders", Some(names.as_str())),
        ];
        for (name, value) in parameters {
            let Some(value) = value else { continue };
            if !query.is_empty() {
                query.push('&');
            }
            query.extend([name, "=", &percent::encode(value)]);
        }
        let signature = self.signature(&Request { query: &query, ..*request }, &signed, content)?;
        query.extend(["&X-Amz-Signature=", &signature]);
        Ok(query)
    }

    fn scope(&self) -> Scope {
        Scope::new(calendar::day(self.now), self.region, self.service)
    }

    fn signature(
        &self,
        request: &Request<'_>,
        signed: &[String],
        content: Content,
    ) -> Result<String, SigError> {
        let scope = self.scope();
        let rule = if scope.is_s3() { PathRule::AsReceived } else { PathRule::Normalised };
        let head = canonical::head(request, rule, signed, None)?;
        let canonical = format!("{head}{}", content.write());
        let key = SigningKey::derive(self.secret, &scope);
        Ok(hex::encode(&key.sign(&string_to_sign(self.now, &scope, &canonical))))
    }
}

fn signable(request: &Request<'_>) -> Vec<String> {
    let names = request.headers.iter().map(|(name, _)| name.to_ascii_lowercase());
    let mut names: Vec<String> = names.filter(|name| !UNSIGNED.contains(&name.as_str())).collect();
    names.sort_unstable();
    names.dedup();
    names
}

impl fmt::Debug for Signer<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Signer").field("access_key_id", &self.access_key_id).finish_non_exhaustive()
    }
}
