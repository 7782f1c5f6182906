use super::{Malformed, PathPattern};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a request goes that has passed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum Upstream {
    /// Another server. The request's path is appended to that of `url`.
    Http {
        url: String,
        /// Set on each request, in place of what the client sent.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        headers: BTreeMap<String, String>,
        /// Seconds until the head of the answer must be there.
        #[serde(default = "half_a_minute")]
        timeout: u32,
        #[serde(default)]
        forward: Forward,
    },
    /// An R2 bucket that speaks S3.
    Bucket {
        /// The name in ARNs and paths.
        bucket: String,
        /// The name of the Worker's binding.
        binding: String,
    },
    /// Answers what passed. Local runs only.
    Echo {},
}

/// Which of the client's credentials go on to an HTTP upstream. The gate's own cookies never do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forward {
    #[serde(default)]
    pub authorization: bool,
    #[serde(default = "yes")]
    pub cookies: bool,
}

impl Default for Forward {
    fn default() -> Self {
        Self { authorization: false, cookies: true }
    }
}

const fn half_a_minute() -> u32 {
    30
}
const fn yes() -> bool {
    true
}

/// Headers that a document may not set: they frame the message, or the gate answers for them.
const NOT_SET: [&str; 13] = [
    "authorization",
    "connection",
    "content-length",
    "cookie",
    "expect",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Identity headers begin with one of these once `_` is read as `-`, as some servers do. No inbound copy passes.
const IDENTITY: [&str; 2] = ["x-tidegate-", "x-amzn-oidc-"];

impl Upstream {
    /// Whether a header, in any case, is one that the gate alone may say.
    pub fn is_identity_header(name: &str) -> bool {
        IDENTITY.iter().any(|prefix| {
            name.len() >= prefix.len()
                && name.bytes().zip(prefix.bytes()).all(|(a, b)| {
                    let a = if a == b'_' { b'-' } else { a.to_ascii_lowercase() };
                    a == b
                })
        })
    }

    pub(super) fn check(&self, path: &PathPattern, local: bool) -> Result<(), Malformed> {
        match self {
            Self::Http { url, headers, timeout, .. } => {
                check_url(url, local)?;
                if !(1..=100).contains(timeout) {
                    return Err(Malformed::new("`upstream.timeout` is 1 to 100 seconds"));
                }
                check_headers(headers)
            }
            Self::Bucket { bucket, binding } => check_bucket(bucket, binding, path),
            Self::Echo {} if local => Ok(()),
            Self::Echo {} => Err(Malformed::new("the upstream `echo` exists in local runs only")),
        }
    }
}

/// Host, optional port and plain path. The edge reads it again with a URL parser before it is used.
fn check_url(url: &str, local: bool) -> Result<(), Malformed> {
    let wrong = |why: &str| Err(Malformed::new(format!("`upstream.url`: `{url}` {why}")));
    let rest = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(rest), _) => rest,
        (None, Some(rest)) if local => rest,
        (None, Some(_)) => return wrong("is http, which only a local deployment takes"),
        (None, None) => return wrong("is neither https nor http"),
    };
    let (authority, path) = rest.split_at_checked(rest.find('/').unwrap_or(rest.len())).unwrap_or((rest, ""));
    let host = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-._:[]".contains(&b);
    if authority.is_empty() || authority.len() > 260 || !authority.bytes().all(host) {
        return wrong("has no plain host in lower case");
    }
    let segment = |b: u8| b.is_ascii_alphanumeric() || b"/-._~!$&'()*+,=:@".contains(&b);
    let climbs = path.split('/').any(|part| matches!(part, "." | ".."));
    if path.len() > 1024 || !path.bytes().all(segment) || climbs || path.contains("//") {
        return wrong("has a path that is not plain, or a query or fragment");
    }
    Ok(())
}

fn check_headers(headers: &BTreeMap<String, String>) -> Result<(), Malformed> {
    if headers.len() > 20 {
        return Err(Malformed::new("`upstream.headers` holds at most 20"));
    }
    for (name, value) in headers {
        let token = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if name.is_empty() || name.len() > 128 || !name.bytes().all(token) {
            return Err(Malformed::new(format!(
                "`upstream.headers`: `{name}` is no header name in lower case"
            )));
        }
        if NOT_SET.contains(&name.as_str()) || Upstream::is_identity_header(name) {
            return Err(Malformed::new(format!("`upstream.headers`: `{name}` cannot be set here")));
        }
        if value.len() > 4096 || !value.bytes().all(|b| b == b' ' || b.is_ascii_graphic()) {
            return Err(Malformed::new(format!(
                "`upstream.headers`: the value of `{name}` is not plain ascii"
            )));
        }
    }
    Ok(())
}

fn check_bucket(bucket: &str, binding: &str, path: &PathPattern) -> Result<(), Malformed> {
    let letter = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b);
    if !(3..=63).contains(&bucket.len()) || !bucket.bytes().all(letter) {
        return Err(Malformed::new(format!("`upstream.bucket`: `{bucket}` is no bucket name")));
    }
    let constant = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_';
    if binding.is_empty() || binding.len() > 64 || !binding.bytes().all(constant) {
        return Err(Malformed::new(format!("`upstream.binding`: `{binding}` is no name of a binding")));
    }
    let reached = match path {
        PathPattern::Tree(root) => {
            root.is_empty() || root.strip_suffix(bucket).is_some_and(|rest| rest.ends_with('/'))
        }
        PathPattern::Exact(_) => false,
    };
    if reached {
        Ok(())
    } else {
        Err(Malformed::new(format!("a bucket's `match.path` ends with `/{bucket}/*`, or is `/*`")))
    }
}
