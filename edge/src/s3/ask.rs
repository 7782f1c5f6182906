//! What a request asks of a bucket. Whatever would change the answer and is not built is refused by name.

use super::failure::{Code, Failure};
use crate::flow::gate::BucketRoute;
use crate::message::Request;
use crate::path::{Pairs, Path, Plus};
use http::{HeaderValue, Method};
use std::collections::BTreeMap;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    GetObject,
    HeadObject,
    PutObject,
    DeleteObject,
    HeadBucket,
    ListObjectsV2,
}

impl Operation {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::GetObject => "GetObject",
            Self::HeadObject => "HeadObject",
            Self::PutObject => "PutObject",
            Self::DeleteObject => "DeleteObject",
            Self::HeadBucket => "HeadBucket",
            Self::ListObjectsV2 => "ListObjectsV2",
        }
    }
    /// The action that a policy has to allow.
    pub(super) const fn action(self) -> &'static str {
        match self {
            Self::GetObject | Self::HeadObject => "s3:GetObject",
            Self::PutObject => "s3:PutObject",
            Self::DeleteObject => "s3:DeleteObject",
            Self::HeadBucket | Self::ListObjectsV2 => "s3:ListBucket",
        }
    }
    const fn parameters(self) -> &'static [&'static str] {
        match self {
            Self::GetObject => &[
                "response-cache-control",
                "response-content-disposition",
                "response-content-encoding",
                "response-content-language",
                "response-content-type",
                "response-expires",
            ],
            Self::HeadObject | Self::PutObject | Self::DeleteObject | Self::HeadBucket => &[],
            Self::ListObjectsV2 => &[
                "list-type",
                "prefix",
                "delimiter",
                "max-keys",
                "continuation-token",
                "start-after",
                "encoding-type",
                "fetch-owner",
            ],
        }
    }
    const fn reads(self) -> bool {
        matches!(self, Self::GetObject | Self::HeadObject)
    }
}

/// A request to a bucket, read.
#[derive(Debug)]
pub(super) struct Ask {
    pub(super) operation: Operation,
    pub(super) bucket: String,
    /// Empty for a listing.
    pub(super) key: String,
    pub(super) query: Pairs,
    /// The headers that S3 reads, by name in lower case, with those that a presigned URL carries in its query.
    headers: BTreeMap<String, String>,
}

/// What a signature in the query consists of.
const SIGNATURE: [&str; 8] = [
    "X-Amz-Algorithm",
    "X-Amz-Credential",
    "X-Amz-Date",
    "X-Amz-Expires",
    "X-Amz-SignedHeaders",
    "X-Amz-Signature",
    "X-Amz-Security-Token",
    "X-Amz-Content-Sha256",
];

/// Headers and parameters of ours to read, or that change nothing: signing, tracing.
const PASSED_OVER: [&str; 7] = [
    "x-amz-date",
    "x-amz-content-sha256",
    "x-amz-security-token",
    "x-amz-user-agent",
    "x-amz-sdk-checksum-algorithm",
    "x-amz-request-payer",
    "x-amz-cf-id",
];

/// Whether a reader wants the checksum that is kept with an object.
pub(super) const CHECKSUM_MODE: &str = "x-amz-checksum-mode";

/// Headers of an upload that the payload's decoder reads.
const UPLOAD: [&str; 2] = ["x-amz-decoded-content-length", "x-amz-trailer"];

/// Headers without `x-amz-` whose meaning depends on the operation.
const CONDITIONS: [&str; 4] = ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since"];

impl Ask {
    pub(super) fn read(request: &Request, path: &Path, route: &BucketRoute) -> Result<Self, Failure> {
        let key = match &route.root {
            Some(root) => {
                let named = path.s3_object(root)?.filter(|object| object.bucket == route.bucket);
                named.ok_or(Code::NoSuchBucket)?.key
            }
            None if path.raw() == "/" => None,
            None => Some(path.s3_key("/")?),
        };
        let query = path.query(Plus::Space)?;
        if is_signed_by_version_2(request, &query) {
            // S3's own words, which name the way out.
            let message = "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.";
            return Err(Failure::new(Code::InvalidRequest, message));
        }
        let operation = operation(&request.method, key.is_some(), &query)?;
        let headers = headers(request, &query)?;
        let ask =
            Self { operation, bucket: route.bucket.clone(), key: key.unwrap_or_default(), query, headers };
        ask.check_parameters()?;
        Ok(ask)
    }

    /// A header, or the parameter that stands for it in a presigned URL.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    pub(super) fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The ARN that policies speak of.
    pub(super) fn resource(&self) -> String {
        match self.operation {
            Operation::HeadBucket | Operation::ListObjectsV2 => format!("arn:aws:s3:::{}", self.bucket),
            _ => format!("arn:aws:s3:::{}/{}", self.bucket, self.key),
        }
    }

    fn check_parameters(&self) -> Result<(), Failure> {
        // What the SDKs call it says most.
        if let Some(name) = self.query.one("x-id")?.filter(|name| *name != self.operation.name()) {
            return Err(Failure::not_implemented(name));
        }
        for (name, value) in self.query.iter() {
            if name.starts_with("response-") && HeaderValue::from_str(value).is_err() {
                return Err(Failure::new(Code::InvalidArgument, format!("`{name}` can be no header")));
            }
            let known = SIGNATURE.contains(&name)
                || name.starts_with("x-amz-")
                || name == "x-id"
                || self.operation.parameters().contains(&name);
            if !known {
                return Err(Failure::not_implemented(&format!("?{name}")));
            }
            self.query.one(name)?;
        }
        Ok(())
    }

    /// Holds the headers against what is built. `account` is the deployment's.
    pub(super) fn check_headers(&self, account: &str) -> Result<(), Failure> {
        for (name, value) in self.headers() {
            let name_and_value = || Failure::not_implemented(&format!("{name}: {value}"));
            match name {
                _ if PASSED_OVER.contains(&name) => {}
                "x-amz-expected-bucket-owner" if value == account => {}
                "x-amz-expected-bucket-owner" => return Err(Code::AccessDenied.into()),
                CHECKSUM_MODE if value == "ENABLED" && self.operation.reads() => {}
                CHECKSUM_MODE => return Err(name_and_value()),
                "x-amz-acl" if value == "private" => {}
                "x-amz-storage-class" if value == "STANDARD" => {}
                // What is at rest in R2 is encrypted, with keys of its own.
                "x-amz-server-side-encryption" if value == "AES256" => {}
                "x-amz-acl" | "x-amz-storage-class" | "x-amz-server-side-encryption" => {
                    return Err(name_and_value());
                }
                _ if self.operation == Operation::PutObject
                    && (UPLOAD.contains(&name)
                        || name.starts_with("x-amz-meta-")
                        || name.starts_with("x-amz-checksum-")) => {}
                "expires" if self.operation == Operation::PutObject => {
                    return Err(Failure::not_implemented("Expires"));
                }
                "range" if self.operation == Operation::PutObject => {
                    return Err(Failure::not_implemented("Range"));
                }
                _ if CONDITIONS.contains(&name) && !self.operation.reads() => {
                    return Err(Failure::not_implemented(&format!("{name} on {}", self.operation.name())));
                }
                "if-range" => return Err(Failure::not_implemented("If-Range")),
                _ if name.starts_with("x-amz-") => return Err(Failure::not_implemented(name)),
                _ => {}
            }
        }
        Ok(())
    }
}

/// Signature Version 2, by query or by header.
fn is_signed_by_version_2(request: &Request, query: &Pairs) -> bool {
    query.iter().any(|(name, _)| name == "AWSAccessKeyId")
        || request.header("authorization").is_some_and(|value| value.starts_with("AWS "))
}

fn operation(method: &Method, object: bool, query: &Pairs) -> Result<Operation, Failure> {
    // A sub-resource makes it another operation, whatever the method: it is named before anything else.
    let list = query.one("list-type")?;
    match (method, object) {
        (&Method::GET, true) => Ok(Operation::GetObject),
        (&Method::HEAD, true) => Ok(Operation::HeadObject),
        (&Method::PUT, true) => Ok(Operation::PutObject),
        (&Method::DELETE, true) => Ok(Operation::DeleteObject),
        (&Method::HEAD, false) => Ok(Operation::HeadBucket),
        (&Method::GET, false) if list == Some("2") => Ok(Operation::ListObjectsV2),
        _ => Err(Failure::not_implemented(&unbuilt(method, object, query))),
    }
}

/// S3's name of what is not built, or the sub-resource that names it.
fn unbuilt(method: &Method, object: bool, query: &Pairs) -> String {
    let named = |name: &str| SIGNATURE.contains(&name) || name.starts_with("x-amz-") || name == "x-id";
    let list = |name: &str| Operation::ListObjectsV2.parameters().contains(&name) || name == "marker";
    let sub = query.iter().map(|(name, _)| name).find(|name| !named(name) && !list(name));
    match (sub, method, object) {
        (Some(sub), ..) => format!("{method} ?{sub}"),
        (None, &Method::GET, false) => "ListObjects".into(),
        (None, &Method::PUT, false) => "CreateBucket".into(),
        (None, &Method::DELETE, false) => "DeleteBucket".into(),
        (None, &Method::POST, _) => "PostObject".into(),
        _ => format!("{method} requests"),
    }
}

fn headers(request: &Request, query: &Pairs) -> Result<BTreeMap<String, String>, Failure> {
    let mut headers = BTreeMap::new();
    let hoisted = query.iter().filter(|(name, _)| name.starts_with("x-amz-"));
    let sent = request.headers.iter().map(|(name, value)| (name.as_str(), value.to_str().ok()));
    for (name, value) in sent.chain(hoisted.map(|(name, value)| (name, Some(value)))) {
        let matters = name.starts_with("x-amz-") || name.starts_with("if-") || PLAIN.contains(&name);
        if !matters {
            continue;
        }
        let value = value.filter(|value| !value.contains(char::is_control));
        let value = value
            .ok_or_else(|| Failure::new(Code::InvalidArgument, format!("`{name}` is not plain ascii")))?;
        if headers.insert(name.to_ascii_lowercase(), value.trim().to_owned()).is_some() {
            return Err(Failure::new(Code::InvalidArgument, format!("`{name}` is given twice")));
        }
    }
    Ok(headers)
}

/// Headers without `x-amz-` that S3 reads.
const PLAIN: [&str; 9] = [
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-type",
    "expires",
    "range",
];
