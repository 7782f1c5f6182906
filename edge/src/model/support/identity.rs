//! Identity pools.

use super::Plain::Is;
use super::{Entry, Rule, empty, honoured, inert, only, operation, refused, within};

const ONE_POOL: &[Rule] = &[honoured("IdentityPoolId")];
const ONE_IDENTITY: &[Rule] = &[honoured("IdentityId"), honoured("Logins")];
const USER_POOLS_ONLY: &str = "user pools are the only login providers";

pub(super) const BUILT: &[Entry] = &[
    operation(
        "CreateIdentityPool",
        &[
            honoured("IdentityPoolName"),
            honoured("AllowUnauthenticatedIdentities"),
            honoured("AllowClassicFlow"),
            empty("SupportedLoginProviders", USER_POOLS_ONLY),
            refused("DeveloperProviderName", USER_POOLS_ONLY),
            empty("OpenIdConnectProviderARNs", USER_POOLS_ONLY),
            within(
                "CognitoIdentityProviders",
                &[
                    honoured("ProviderName"),
                    honoured("ClientId"),
                    only("ServerSideTokenCheck", &[Is(false)], "a token holds until it expires"),
                ],
            ),
            empty("SamlProviderARNs", USER_POOLS_ONLY),
            honoured("IdentityPoolTags"),
        ],
    ),
    operation("DescribeIdentityPool", ONE_POOL),
    operation("ListIdentityPools", &[honoured("MaxResults"), honoured("NextToken")]),
    operation("DeleteIdentityPool", ONE_POOL),
    operation(
        "SetIdentityPoolRoles",
        &[
            honoured("IdentityPoolId"),
            honoured("Roles"),
            empty("RoleMappings", "an identity gets the pool's authenticated or guest role"),
        ],
    ),
    operation("GetIdentityPoolRoles", ONE_POOL),
    // The pool's id names the account already.
    operation("GetId", &[inert("AccountId"), honoured("IdentityPoolId"), honoured("Logins")]),
    operation(
        "GetCredentialsForIdentity",
        &[
            honoured("IdentityId"),
            honoured("Logins"),
            refused("CustomRoleArn", "an identity gets the pool's authenticated or guest role"),
        ],
    ),
    operation("GetOpenIdToken", ONE_IDENTITY),
    operation("DescribeIdentity", &[honoured("IdentityId")]),
];
