//! The condition keys that requests have here.
//!
//! A condition on any other key would never see a value: a deny by it would never deny, and one that is negated, or ends
//! in `IfExists`, would hold of every request. So whoever stores a policy refuses it by the key's name
//! ([`Document::check_keys`](super::Document::check_keys)). A key that stands here and is absent from some requests
//! (`s3:prefix` outside listings, `aws:Referer` from who sends none) is absent there from AWS's too.

use super::document::Kind;

/// Who is asked about a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    /// Every request, also one to assume a role.
    Any,
    /// A request that a role's session has signed: what trust policies judge is not signed yet.
    Session,
}

/// In lower case; with a slash at its end, a key that is followed by a name.
const KEYS: [(&str, Of); 20] = [
    ("aws:currenttime", Of::Any),
    ("aws:epochtime", Of::Any),
    ("aws:federatedprovider", Of::Session),
    ("aws:principalaccount", Of::Session),
    ("aws:principalarn", Of::Session),
    // A trust policy's principal has no tags, here or at AWS.
    ("aws:principaltag/", Of::Any),
    ("aws:principaltype", Of::Session),
    ("aws:referer", Of::Session),
    ("aws:requestedregion", Of::Session),
    ("aws:securetransport", Of::Session),
    ("aws:sourceip", Of::Any),
    ("aws:tokenissuetime", Of::Session),
    ("aws:useragent", Of::Session),
    ("aws:userid", Of::Session),
    ("cognito-identity.amazonaws.com:amr", Of::Any),
    ("cognito-identity.amazonaws.com:aud", Of::Any),
    ("cognito-identity.amazonaws.com:sub", Of::Any),
    ("s3:delimiter", Of::Session),
    ("s3:max-keys", Of::Session),
    ("s3:prefix", Of::Session),
];

/// Whether requests that a policy of this kind judges may have a key, which must be folded.
pub(super) fn is_known(key: &str, kind: Kind) -> bool {
    let is = |known: &str| match key.strip_prefix(known) {
        Some("") => !known.ends_with('/'),
        Some(_) => known.ends_with('/'),
        None => false,
    };
    KEYS.iter().any(|(known, of)| is(known) && (kind != Kind::Trust || *of == Of::Any))
}
