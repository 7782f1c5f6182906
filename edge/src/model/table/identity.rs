//! The inputs of cognito-identity: shapes alike are written once, under the first one's name.
// Written by build/model.py from botocore 1.44.5. Do not edit.

use super::super::pattern;
use super::super::shape::{Shape, list, long, m, map, one_of, structure, text, whole};

/// By name, in order.
pub(in super::super) static OPERATIONS: &[(&str, &Shape)] = &[
    ("CreateIdentityPool", &CREATE_IDENTITY_POOL_INPUT),
    ("DeleteIdentities", &DELETE_IDENTITIES_INPUT),
    ("DeleteIdentityPool", &DELETE_IDENTITY_POOL_INPUT),
    ("DescribeIdentity", &DESCRIBE_IDENTITY_INPUT),
    ("DescribeIdentityPool", &DELETE_IDENTITY_POOL_INPUT),
    ("GetCredentialsForIdentity", &GET_CREDENTIALS_FOR_IDENTITY_INPUT),
    ("GetId", &GET_ID_INPUT),
    ("GetIdentityPoolRoles", &DELETE_IDENTITY_POOL_INPUT),
    ("GetOpenIdToken", &GET_OPEN_ID_TOKEN_INPUT),
    ("GetOpenIdTokenForDeveloperIdentity", &GET_OPEN_ID_TOKEN_FOR_DEVELOPER_IDENTITY_INPUT),
    ("GetPrincipalTagAttributeMap", &GET_PRINCIPAL_TAG_ATTRIBUTE_MAP_INPUT),
    ("ListIdentities", &LIST_IDENTITIES_INPUT),
    ("ListIdentityPools", &LIST_IDENTITY_POOLS_INPUT),
    ("ListTagsForResource", &LIST_TAGS_FOR_RESOURCE_INPUT),
    ("LookupDeveloperIdentity", &LOOKUP_DEVELOPER_IDENTITY_INPUT),
    ("MergeDeveloperIdentities", &MERGE_DEVELOPER_IDENTITIES_INPUT),
    ("SetIdentityPoolRoles", &SET_IDENTITY_POOL_ROLES_INPUT),
    ("SetPrincipalTagAttributeMap", &SET_PRINCIPAL_TAG_ATTRIBUTE_MAP_INPUT),
    ("TagResource", &TAG_RESOURCE_INPUT),
    ("UnlinkDeveloperIdentity", &UNLINK_DEVELOPER_IDENTITY_INPUT),
    ("UnlinkIdentity", &UNLINK_IDENTITY_INPUT),
    ("UntagResource", &UNTAG_RESOURCE_INPUT),
    ("UpdateIdentityPool", &IDENTITY_POOL),
];

static IDENTITY_POOL_NAME: Shape = text().min(1).max(128).like(&pattern::NAME);
static FLAG: Shape = Shape::Flag;
static IDENTITY_PROVIDER_NAME: Shape = text().min(1).max(128);
static IDENTITY_PROVIDER_ID: Shape = text().min(1).max(128).like(&pattern::PROVIDER_ID);
static IDENTITY_PROVIDERS: Shape = map(&IDENTITY_PROVIDER_NAME, &IDENTITY_PROVIDER_ID).max(10);
static DEVELOPER_PROVIDER_NAME: Shape = text().min(1).max(128).like(&pattern::DEVELOPER_NAME);
static ARN_STRING: Shape = text().min(20).max(2_048);
static OIDC_PROVIDER_LIST: Shape = list(&ARN_STRING);
static COGNITO_IDENTITY_PROVIDER_NAME: Shape = text().min(1).max(128).like(&pattern::LOGIN_NAME);
static COGNITO_IDENTITY_PROVIDER_CLIENT_ID: Shape = text().min(1).max(128).like(&pattern::LOGIN_CLIENT);
static COGNITO_IDENTITY_PROVIDER: Shape = structure(0, &[m("ProviderName", &COGNITO_IDENTITY_PROVIDER_NAME), m("ClientId", &COGNITO_IDENTITY_PROVIDER_CLIENT_ID), m("ServerSideTokenCheck", &FLAG)]);
static COGNITO_IDENTITY_PROVIDER_LIST: Shape = list(&COGNITO_IDENTITY_PROVIDER);
static TAG_VALUE_TYPE: Shape = text().max(256);
static IDENTITY_POOL_TAGS_TYPE: Shape = map(&IDENTITY_PROVIDER_NAME, &TAG_VALUE_TYPE);
static CREATE_IDENTITY_POOL_INPUT: Shape = structure(2, &[m("IdentityPoolName", &IDENTITY_POOL_NAME), m("AllowUnauthenticatedIdentities", &FLAG), m("AllowClassicFlow", &FLAG), m("SupportedLoginProviders", &IDENTITY_PROVIDERS), m("DeveloperProviderName", &DEVELOPER_PROVIDER_NAME), m("OpenIdConnectProviderARNs", &OIDC_PROVIDER_LIST), m("CognitoIdentityProviders", &COGNITO_IDENTITY_PROVIDER_LIST), m("SamlProviderARNs", &OIDC_PROVIDER_LIST), m("IdentityPoolTags", &IDENTITY_POOL_TAGS_TYPE)]);
static IDENTITY_ID: Shape = text().min(1).max(55).like(&pattern::IDENTITY_ID);
static IDENTITY_ID_LIST: Shape = list(&IDENTITY_ID).min(1).max(60);
static DELETE_IDENTITIES_INPUT: Shape = structure(1, &[m("IdentityIdsToDelete", &IDENTITY_ID_LIST)]);
static DELETE_IDENTITY_POOL_INPUT: Shape = structure(1, &[m("IdentityPoolId", &IDENTITY_ID)]);
static DESCRIBE_IDENTITY_INPUT: Shape = structure(1, &[m("IdentityId", &IDENTITY_ID)]);
static IDENTITY_PROVIDER_TOKEN: Shape = text().min(1).max(50_000).secret();
static LOGINS_MAP: Shape = map(&IDENTITY_PROVIDER_NAME, &IDENTITY_PROVIDER_TOKEN).max(10);
static GET_CREDENTIALS_FOR_IDENTITY_INPUT: Shape = structure(1, &[m("IdentityId", &IDENTITY_ID), m("Logins", &LOGINS_MAP), m("CustomRoleArn", &ARN_STRING)]);
static ACCOUNT_ID: Shape = text().min(1).max(15).like(&pattern::ACCOUNT_ID);
static GET_ID_INPUT: Shape = structure(1, &[m("IdentityPoolId", &IDENTITY_ID), m("AccountId", &ACCOUNT_ID), m("Logins", &LOGINS_MAP)]);
static GET_OPEN_ID_TOKEN_INPUT: Shape = structure(1, &[m("IdentityId", &IDENTITY_ID), m("Logins", &LOGINS_MAP)]);
static PRINCIPAL_TAG_VALUE: Shape = text().min(1).max(256);
static PRINCIPAL_TAGS: Shape = map(&IDENTITY_PROVIDER_NAME, &PRINCIPAL_TAG_VALUE).max(50);
static TOKEN_DURATION: Shape = long(Some(1), Some(86_400));
static GET_OPEN_ID_TOKEN_FOR_DEVELOPER_IDENTITY_INPUT: Shape = structure(2, &[m("IdentityPoolId", &IDENTITY_ID), m("Logins", &LOGINS_MAP), m("IdentityId", &IDENTITY_ID), m("PrincipalTags", &PRINCIPAL_TAGS), m("TokenDuration", &TOKEN_DURATION)]);
static GET_PRINCIPAL_TAG_ATTRIBUTE_MAP_INPUT: Shape = structure(2, &[m("IdentityPoolId", &IDENTITY_ID), m("IdentityProviderName", &IDENTITY_PROVIDER_NAME)]);
static QUERY_LIMIT: Shape = whole(Some(1), Some(60));
static PAGINATION_KEY: Shape = text().min(1).max(65_535).like(&pattern::NO_SPACE);
static LIST_IDENTITIES_INPUT: Shape = structure(2, &[m("IdentityPoolId", &IDENTITY_ID), m("MaxResults", &QUERY_LIMIT), m("NextToken", &PAGINATION_KEY), m("HideDisabled", &FLAG)]);
static LIST_IDENTITY_POOLS_INPUT: Shape = structure(1, &[m("MaxResults", &QUERY_LIMIT), m("NextToken", &PAGINATION_KEY)]);
static LIST_TAGS_FOR_RESOURCE_INPUT: Shape = structure(1, &[m("ResourceArn", &ARN_STRING)]);
static DEVELOPER_USER_IDENTIFIER: Shape = text().min(1).max(1_024);
static LOOKUP_DEVELOPER_IDENTITY_INPUT: Shape = structure(1, &[m("IdentityPoolId", &IDENTITY_ID), m("IdentityId", &IDENTITY_ID), m("DeveloperUserIdentifier", &DEVELOPER_USER_IDENTIFIER), m("MaxResults", &QUERY_LIMIT), m("NextToken", &PAGINATION_KEY)]);
static MERGE_DEVELOPER_IDENTITIES_INPUT: Shape = structure(4, &[m("SourceUserIdentifier", &DEVELOPER_USER_IDENTIFIER), m("DestinationUserIdentifier", &DEVELOPER_USER_IDENTIFIER), m("DeveloperProviderName", &DEVELOPER_PROVIDER_NAME), m("IdentityPoolId", &IDENTITY_ID)]);
static ROLE_TYPE: Shape = text().min(1).max(128).like(&pattern::ROLE_KIND);
static ROLES_MAP: Shape = map(&ROLE_TYPE, &ARN_STRING).max(2);
static ROLE_MAPPING_TYPE: Shape = one_of(&["Token", "Rules"]);
static AMBIGUOUS_ROLE_RESOLUTION_TYPE: Shape = one_of(&["AuthenticatedRole", "Deny"]);
static CLAIM_NAME: Shape = text().min(1).max(64).like(&pattern::VISIBLE);
static MAPPING_RULE_MATCH_TYPE: Shape = one_of(&["Equals", "Contains", "StartsWith", "NotEqual"]);
static MAPPING_RULE: Shape = structure(4, &[m("Claim", &CLAIM_NAME), m("MatchType", &MAPPING_RULE_MATCH_TYPE), m("Value", &IDENTITY_PROVIDER_NAME), m("RoleARN", &ARN_STRING)]);
static MAPPING_RULES_LIST: Shape = list(&MAPPING_RULE).min(1).max(400);
static RULES_CONFIGURATION_TYPE: Shape = structure(1, &[m("Rules", &MAPPING_RULES_LIST)]);
static ROLE_MAPPING: Shape = structure(1, &[m("Type", &ROLE_MAPPING_TYPE), m("AmbiguousRoleResolution", &AMBIGUOUS_ROLE_RESOLUTION_TYPE), m("RulesConfiguration", &RULES_CONFIGURATION_TYPE)]);
static ROLE_MAPPING_MAP: Shape = map(&IDENTITY_PROVIDER_NAME, &ROLE_MAPPING).max(10);
static SET_IDENTITY_POOL_ROLES_INPUT: Shape = structure(2, &[m("IdentityPoolId", &IDENTITY_ID), m("Roles", &ROLES_MAP), m("RoleMappings", &ROLE_MAPPING_MAP)]);
static SET_PRINCIPAL_TAG_ATTRIBUTE_MAP_INPUT: Shape = structure(2, &[m("IdentityPoolId", &IDENTITY_ID), m("IdentityProviderName", &IDENTITY_PROVIDER_NAME), m("UseDefaults", &FLAG), m("PrincipalTags", &PRINCIPAL_TAGS)]);
static TAG_RESOURCE_INPUT: Shape = structure(2, &[m("ResourceArn", &ARN_STRING), m("Tags", &IDENTITY_POOL_TAGS_TYPE)]);
static UNLINK_DEVELOPER_IDENTITY_INPUT: Shape = structure(4, &[m("IdentityId", &IDENTITY_ID), m("IdentityPoolId", &IDENTITY_ID), m("DeveloperProviderName", &DEVELOPER_PROVIDER_NAME), m("DeveloperUserIdentifier", &DEVELOPER_USER_IDENTIFIER)]);
static LOGINS_LIST: Shape = list(&IDENTITY_PROVIDER_NAME);
static UNLINK_IDENTITY_INPUT: Shape = structure(3, &[m("IdentityId", &IDENTITY_ID), m("Logins", &LOGINS_MAP), m("LoginsToRemove", &LOGINS_LIST)]);
static UNTAG_RESOURCE_INPUT: Shape = structure(2, &[m("ResourceArn", &ARN_STRING), m("TagKeys", &LOGINS_LIST)]);
static IDENTITY_POOL: Shape = structure(3, &[m("IdentityPoolId", &IDENTITY_ID), m("IdentityPoolName", &IDENTITY_POOL_NAME), m("AllowUnauthenticatedIdentities", &FLAG), m("AllowClassicFlow", &FLAG), m("SupportedLoginProviders", &IDENTITY_PROVIDERS), m("DeveloperProviderName", &DEVELOPER_PROVIDER_NAME), m("OpenIdConnectProviderARNs", &OIDC_PROVIDER_LIST), m("CognitoIdentityProviders", &COGNITO_IDENTITY_PROVIDER_LIST), m("SamlProviderARNs", &OIDC_PROVIDER_LIST), m("IdentityPoolTags", &IDENTITY_POOL_TAGS_TYPE)]);
