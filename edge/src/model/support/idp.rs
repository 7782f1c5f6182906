//! User pools.

use super::Plain::{Is, Text};
use super::pool::{
    ACCOUNT_RECOVERY_SETTING, ACR_CONFIGURATION, ADMIN_CREATE_USER_CONFIG, ALLOWED_OAUTH_FLOWS,
    ANALYTICS_CONFIGURATION, CUSTOM_DOMAIN_CONFIG, DCR_CONFIGURATION, DEVICE_CONFIGURATION,
    EMAIL_CONFIGURATION, ISSUER_CONFIGURATION, KEY_CONFIGURATION, LAMBDA_CONFIG, MANAGED_LOGIN_VERSION,
    MFA_CONFIGURATION, POLICIES, PROPAGATE_CONTEXT, REFRESH_TOKEN_ROTATION, ROUTING, SCHEMA,
    SMS_AUTHENTICATION_MESSAGE, SMS_CONFIGURATION, SUPPORTED_IDENTITY_PROVIDERS, TOKEN_VALIDITY_UNITS,
    USER_ATTRIBUTE_UPDATE_SETTINGS, USER_POOL_ADD_ONS, USER_POOL_TIER, VERIFICATION_MESSAGE_TEMPLATE,
};
use super::{Entry, Rule, honoured, inert, only, operation, refused, within};

const USER_POOL_ID: Rule = honoured("UserPoolId");
const CLIENT_ID: Rule = honoured("ClientId");
const USERNAME: Rule = honoured("Username");
const SECRET_HASH: Rule = honoured("SecretHash");
const ACCESS_TOKEN: Rule = honoured("AccessToken");
const USER_ATTRIBUTES: Rule = within("UserAttributes", &[honoured("Name"), honoured("Value")]);
const ONE_POOL: &[Rule] = &[USER_POOL_ID];
const ONE_CLIENT: &[Rule] = &[USER_POOL_ID, CLIENT_ID];
const ONE_USER: &[Rule] = &[USER_POOL_ID, USERNAME];
const ONE_TOKEN: &[Rule] = &[ACCESS_TOKEN];

// What feeds triggers, threat protection and analytics, which are off.
const CLIENT_METADATA: Rule = inert("ClientMetadata");
const VALIDATION_DATA: Rule = inert("ValidationData");
const USER_CONTEXT_DATA: Rule = inert("UserContextData");
const CONTEXT_DATA: Rule = inert("ContextData");
const ANALYTICS_METADATA: Rule = inert("AnalyticsMetadata");

const FORCE_ALIAS_CREATION: Rule =
    only("ForceAliasCreation", &[Is(false)], "an alias stays with the user who has it");
const AUTH_FLOW: Rule = only(
    "AuthFlow",
    &[
        Text("USER_PASSWORD_AUTH"),
        Text("ADMIN_USER_PASSWORD_AUTH"),
        Text("ADMIN_NO_SRP_AUTH"),
        Text("REFRESH_TOKEN_AUTH"),
        Text("REFRESH_TOKEN"),
    ],
    "sign in with a password or a refresh token",
);
const AUTH_PARAMETERS: Rule = within(
    "AuthParameters",
    &[
        honoured("USERNAME"),
        honoured("PASSWORD"),
        honoured("REFRESH_TOKEN"),
        honoured("SECRET_HASH"),
        // No device is remembered, so none is asked for.
        inert("DEVICE_KEY"),
    ],
);
const CHALLENGE_NAME: Rule =
    only("ChallengeName", &[Text("NEW_PASSWORD_REQUIRED")], "no other challenge is given");
const CHALLENGE_RESPONSES: Rule = within(
    "ChallengeResponses",
    &[
        honoured("USERNAME"),
        honoured("NEW_PASSWORD"),
        honoured("SECRET_HASH"),
        honoured("userAttributes.*"),
        inert("DEVICE_KEY"),
    ],
);
const FIRST_SESSION: Rule = refused("Session", "it belongs to the USER_AUTH flow");

pub(super) const BUILT: &[Entry] = &[
    // Pools.
    operation(
        "CreateUserPool",
        &[
            honoured("PoolName"),
            POLICIES,
            honoured("DeletionProtection"),
            LAMBDA_CONFIG,
            honoured("AutoVerifiedAttributes"),
            honoured("AliasAttributes"),
            honoured("UsernameAttributes"),
            honoured("SmsVerificationMessage"),
            honoured("EmailVerificationMessage"),
            honoured("EmailVerificationSubject"),
            VERIFICATION_MESSAGE_TEMPLATE,
            SMS_AUTHENTICATION_MESSAGE,
            MFA_CONFIGURATION,
            USER_ATTRIBUTE_UPDATE_SETTINGS,
            DEVICE_CONFIGURATION,
            EMAIL_CONFIGURATION,
            SMS_CONFIGURATION,
            honoured("UserPoolTags"),
            ADMIN_CREATE_USER_CONFIG,
            SCHEMA,
            USER_POOL_ADD_ONS,
            DCR_CONFIGURATION,
            within("UsernameConfiguration", &[honoured("CaseSensitive")]),
            ACCOUNT_RECOVERY_SETTING,
            USER_POOL_TIER,
            KEY_CONFIGURATION,
            ISSUER_CONFIGURATION,
            ACR_CONFIGURATION,
        ],
    ),
    operation("DescribeUserPool", ONE_POOL),
    operation(
        "UpdateUserPool",
        &[
            USER_POOL_ID,
            honoured("PoolName"),
            POLICIES,
            honoured("DeletionProtection"),
            LAMBDA_CONFIG,
            honoured("AutoVerifiedAttributes"),
            honoured("SmsVerificationMessage"),
            honoured("EmailVerificationMessage"),
            honoured("EmailVerificationSubject"),
            VERIFICATION_MESSAGE_TEMPLATE,
            SMS_AUTHENTICATION_MESSAGE,
            MFA_CONFIGURATION,
            USER_ATTRIBUTE_UPDATE_SETTINGS,
            DEVICE_CONFIGURATION,
            EMAIL_CONFIGURATION,
            SMS_CONFIGURATION,
            honoured("UserPoolTags"),
            ADMIN_CREATE_USER_CONFIG,
            USER_POOL_ADD_ONS,
            DCR_CONFIGURATION,
            ACCOUNT_RECOVERY_SETTING,
            USER_POOL_TIER,
            KEY_CONFIGURATION,
            ISSUER_CONFIGURATION,
            ACR_CONFIGURATION,
        ],
    ),
    operation("ListUserPools", &[honoured("NextToken"), honoured("MaxResults")]),
    operation("DeleteUserPool", ONE_POOL),
    // App clients.
    operation(
        "CreateUserPoolClient",
        &[
            USER_POOL_ID,
            honoured("ClientName"),
            honoured("GenerateSecret"),
            honoured("ClientSecret"),
            honoured("RefreshTokenValidity"),
            honoured("AccessTokenValidity"),
            honoured("IdTokenValidity"),
            TOKEN_VALIDITY_UNITS,
            honoured("ReadAttributes"),
            honoured("WriteAttributes"),
            // Every name is stored; a flow that is not built is refused when it is used.
            honoured("ExplicitAuthFlows"),
            SUPPORTED_IDENTITY_PROVIDERS,
            honoured("CallbackURLs"),
            honoured("LogoutURLs"),
            honoured("DefaultRedirectURI"),
            ALLOWED_OAUTH_FLOWS,
            honoured("AllowedOAuthScopes"),
            honoured("AllowedOAuthFlowsUserPoolClient"),
            ANALYTICS_CONFIGURATION,
            honoured("PreventUserExistenceErrors"),
            honoured("EnableTokenRevocation"),
            PROPAGATE_CONTEXT,
            honoured("AuthSessionValidity"),
            REFRESH_TOKEN_ROTATION,
        ],
    ),
    operation("DescribeUserPoolClient", ONE_CLIENT),
    operation(
        "UpdateUserPoolClient",
        &[
            USER_POOL_ID,
            CLIENT_ID,
            honoured("ClientName"),
            honoured("RefreshTokenValidity"),
            honoured("AccessTokenValidity"),
            honoured("IdTokenValidity"),
            TOKEN_VALIDITY_UNITS,
            honoured("ReadAttributes"),
            honoured("WriteAttributes"),
            honoured("ExplicitAuthFlows"),
            SUPPORTED_IDENTITY_PROVIDERS,
            honoured("CallbackURLs"),
            honoured("LogoutURLs"),
            honoured("DefaultRedirectURI"),
            ALLOWED_OAUTH_FLOWS,
            honoured("AllowedOAuthScopes"),
            honoured("AllowedOAuthFlowsUserPoolClient"),
            ANALYTICS_CONFIGURATION,
            honoured("PreventUserExistenceErrors"),
            honoured("EnableTokenRevocation"),
            PROPAGATE_CONTEXT,
            honoured("AuthSessionValidity"),
            REFRESH_TOKEN_ROTATION,
        ],
    ),
    operation(
        "ListUserPoolClients",
        &[
            USER_POOL_ID,
            honoured("MaxResults"),
            honoured("NextToken"),
            only("ClientType", &[Text("REGULAR")], "clients cannot register themselves"),
        ],
    ),
    operation("DeleteUserPoolClient", ONE_CLIENT),
    // Domains.
    operation(
        "CreateUserPoolDomain",
        &[honoured("Domain"), USER_POOL_ID, MANAGED_LOGIN_VERSION, CUSTOM_DOMAIN_CONFIG, ROUTING],
    ),
    operation("DescribeUserPoolDomain", &[honoured("Domain")]),
    operation("DeleteUserPoolDomain", &[honoured("Domain"), USER_POOL_ID]),
    // Signing up.
    operation(
        "SignUp",
        &[
            CLIENT_ID,
            SECRET_HASH,
            USERNAME,
            honoured("Password"),
            USER_ATTRIBUTES,
            VALIDATION_DATA,
            ANALYTICS_METADATA,
            USER_CONTEXT_DATA,
            CLIENT_METADATA,
        ],
    ),
    operation(
        "ConfirmSignUp",
        &[
            CLIENT_ID,
            SECRET_HASH,
            USERNAME,
            honoured("ConfirmationCode"),
            FORCE_ALIAS_CREATION,
            ANALYTICS_METADATA,
            USER_CONTEXT_DATA,
            CLIENT_METADATA,
            FIRST_SESSION,
        ],
    ),
    operation(
        "ResendConfirmationCode",
        &[CLIENT_ID, SECRET_HASH, USER_CONTEXT_DATA, USERNAME, ANALYTICS_METADATA, CLIENT_METADATA],
    ),
    // Signing in.
    operation(
        "InitiateAuth",
        &[
            AUTH_FLOW,
            AUTH_PARAMETERS,
            CLIENT_METADATA,
            CLIENT_ID,
            ANALYTICS_METADATA,
            USER_CONTEXT_DATA,
            FIRST_SESSION,
        ],
    ),
    operation(
        "AdminInitiateAuth",
        &[
            USER_POOL_ID,
            CLIENT_ID,
            AUTH_FLOW,
            AUTH_PARAMETERS,
            CLIENT_METADATA,
            ANALYTICS_METADATA,
            CONTEXT_DATA,
            FIRST_SESSION,
        ],
    ),
    operation(
        "RespondToAuthChallenge",
        &[
            CLIENT_ID,
            CHALLENGE_NAME,
            honoured("Session"),
            CHALLENGE_RESPONSES,
            ANALYTICS_METADATA,
            USER_CONTEXT_DATA,
            CLIENT_METADATA,
        ],
    ),
    operation(
        "AdminRespondToAuthChallenge",
        &[
            USER_POOL_ID,
            CLIENT_ID,
            CHALLENGE_NAME,
            CHALLENGE_RESPONSES,
            honoured("Session"),
            ANALYTICS_METADATA,
            CONTEXT_DATA,
            CLIENT_METADATA,
        ],
    ),
    operation("GlobalSignOut", ONE_TOKEN),
    operation(
        "RevokeToken",
        &[
            honoured("Token"),
            CLIENT_ID,
            honoured("ClientSecret"),
            only("RevokeAssociatedSessions", &[Text("NONE")], "sessions are not linked to one another"),
        ],
    ),
    operation(
        "GetTokensFromRefreshToken",
        &[honoured("RefreshToken"), CLIENT_ID, honoured("ClientSecret"), inert("DeviceKey"), CLIENT_METADATA],
    ),
    // Passwords.
    operation(
        "ForgotPassword",
        &[CLIENT_ID, SECRET_HASH, USER_CONTEXT_DATA, USERNAME, ANALYTICS_METADATA, CLIENT_METADATA],
    ),
    operation(
        "ConfirmForgotPassword",
        &[
            CLIENT_ID,
            SECRET_HASH,
            USERNAME,
            honoured("ConfirmationCode"),
            honoured("Password"),
            ANALYTICS_METADATA,
            USER_CONTEXT_DATA,
            CLIENT_METADATA,
        ],
    ),
    operation("ChangePassword", &[honoured("PreviousPassword"), honoured("ProposedPassword"), ACCESS_TOKEN]),
    // One's own profile.
    operation("GetUser", ONE_TOKEN),
    operation("UpdateUserAttributes", &[USER_ATTRIBUTES, ACCESS_TOKEN, CLIENT_METADATA]),
    operation(
        "GetUserAttributeVerificationCode",
        &[ACCESS_TOKEN, honoured("AttributeName"), CLIENT_METADATA],
    ),
    operation("VerifyUserAttribute", &[ACCESS_TOKEN, honoured("AttributeName"), honoured("Code")]),
    operation("DeleteUser", ONE_TOKEN),
    // Users, by an administrator.
    operation(
        "AdminCreateUser",
        &[
            USER_POOL_ID,
            USERNAME,
            USER_ATTRIBUTES,
            VALIDATION_DATA,
            honoured("TemporaryPassword"),
            FORCE_ALIAS_CREATION,
            honoured("MessageAction"),
            honoured("DesiredDeliveryMediums"),
            CLIENT_METADATA,
        ],
    ),
    operation("AdminGetUser", ONE_USER),
    operation("AdminSetUserPassword", &[USER_POOL_ID, USERNAME, honoured("Password"), honoured("Permanent")]),
    operation("AdminConfirmSignUp", &[USER_POOL_ID, USERNAME, CLIENT_METADATA]),
    operation("AdminDisableUser", ONE_USER),
    operation("AdminEnableUser", ONE_USER),
    operation("AdminDeleteUser", ONE_USER),
    operation(
        "ListUsers",
        &[
            USER_POOL_ID,
            honoured("AttributesToGet"),
            honoured("Limit"),
            honoured("PaginationToken"),
            honoured("Filter"),
        ],
    ),
    // Branding.
    operation("SetUICustomization", &[USER_POOL_ID, CLIENT_ID, honoured("CSS"), honoured("ImageFile")]),
    operation("GetUICustomization", ONE_CLIENT),
];
