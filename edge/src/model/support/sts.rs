//! Temporary credentials.

use super::Plain::Number;
use super::{Entry, empty, honoured, only, operation, refused};

pub(super) const BUILT: &[Entry] = &[
    operation(
        "AssumeRoleWithWebIdentity",
        &[
            honoured("RoleArn"),
            honoured("RoleSessionName"),
            honoured("WebIdentityToken"),
            refused("ProviderId", "only OpenID Connect tokens are taken"),
            // Dropping either of these would give more than was asked for.
            empty("PolicyArns", "there are no managed policies"),
            refused("Policy", "a session cannot be narrowed by a policy of its own"),
            honoured("DurationSeconds"),
            only("MinimumSessionTokenSize", &[Number(0)], "session tokens are not padded"),
        ],
    ),
    operation("GetCallerIdentity", &[]),
];
