//! The inputs of cognito-idp: shapes alike are written once, under the first one's name.
// Written by build/model.py from botocore 1.44.5. Do not edit.

use super::super::pattern;
use super::super::shape::{Shape, blob, list, m, map, one_of, structure, text, whole};

/// By name, in order.
pub(in super::super) static OPERATIONS: &[(&str, &Shape)] = &[
    ("AddCustomAttributes", &ADD_CUSTOM_ATTRIBUTES_REQUEST),
    ("AddUserPoolClientSecret", &ADD_USER_POOL_CLIENT_SECRET_REQUEST),
    ("AdminAddUserToGroup", &ADMIN_ADD_USER_TO_GROUP_REQUEST),
    ("AdminConfirmSignUp", &ADMIN_CONFIRM_SIGN_UP_REQUEST),
    ("AdminCreateUser", &ADMIN_CREATE_USER_REQUEST),
    ("AdminDeleteSoftwareToken", &ADMIN_DELETE_SOFTWARE_TOKEN_REQUEST),
    ("AdminDeleteUser", &ADMIN_DELETE_SOFTWARE_TOKEN_REQUEST),
    ("AdminDeleteUserAttributes", &ADMIN_DELETE_USER_ATTRIBUTES_REQUEST),
    ("AdminDisableProviderForUser", &ADMIN_DISABLE_PROVIDER_FOR_USER_REQUEST),
    ("AdminDisableUser", &ADMIN_DELETE_SOFTWARE_TOKEN_REQUEST),
    ("AdminEnableUser", &ADMIN_DELETE_SOFTWARE_TOKEN_REQUEST),
    ("AdminForgetDevice", &ADMIN_FORGET_DEVICE_REQUEST),
    ("AdminGetDevice", &ADMIN_GET_DEVICE_REQUEST),
    ("AdminGetUser", &ADMIN_DELETE_SOFTWARE_TOKEN_REQUEST),
    ("AdminGetUserAuthFactors", &ADMIN_DELETE_SOFTWARE_TOKEN_REQUEST),
    ("AdminInitiateAuth", &ADMIN_INITIATE_AUTH_REQUEST),
    ("AdminLinkProviderForUser", &ADMIN_LINK_PROVIDER_FOR_USER_REQUEST),
    ("AdminListDevices", &ADMIN_LIST_DEVICES_REQUEST),
    ("AdminListGroupsForUser", &ADMIN_LIST_GROUPS_FOR_USER_REQUEST),
    ("AdminListUserAuthEvents", &ADMIN_LIST_USER_AUTH_EVENTS_REQUEST),
    ("AdminListUserSessions", &ADMIN_LIST_USER_SESSIONS_REQUEST),
    ("AdminRemoveUserFromGroup", &ADMIN_ADD_USER_TO_GROUP_REQUEST),
    ("AdminResetUserPassword", &ADMIN_CONFIRM_SIGN_UP_REQUEST),
    ("AdminRespondToAuthChallenge", &ADMIN_RESPOND_TO_AUTH_CHALLENGE_REQUEST),
    ("AdminRevokeUserSession", &ADMIN_REVOKE_USER_SESSION_REQUEST),
    ("AdminSetUserMFAPreference", &ADMIN_SET_USER_MFA_PREFERENCE_REQUEST),
    ("AdminSetUserPassword", &ADMIN_SET_USER_PASSWORD_REQUEST),
    ("AdminSetUserSettings", &ADMIN_SET_USER_SETTINGS_REQUEST),
    ("AdminUpdateAuthEventFeedback", &ADMIN_UPDATE_AUTH_EVENT_FEEDBACK_REQUEST),
    ("AdminUpdateDeviceStatus", &ADMIN_UPDATE_DEVICE_STATUS_REQUEST),
    ("AdminUpdateUserAttributes", &ADMIN_UPDATE_USER_ATTRIBUTES_REQUEST),
    ("AdminUserGlobalSignOut", &ADMIN_DELETE_SOFTWARE_TOKEN_REQUEST),
    ("AssociateSoftwareToken", &ASSOCIATE_SOFTWARE_TOKEN_REQUEST),
    ("ChangePassword", &CHANGE_PASSWORD_REQUEST),
    ("CompleteWebAuthnRegistration", &COMPLETE_WEB_AUTHN_REGISTRATION_REQUEST),
    ("ConfirmDevice", &CONFIRM_DEVICE_REQUEST),
    ("ConfirmForgotPassword", &CONFIRM_FORGOT_PASSWORD_REQUEST),
    ("ConfirmSignUp", &CONFIRM_SIGN_UP_REQUEST),
    ("CreateGroup", &CREATE_GROUP_REQUEST),
    ("CreateIdentityProvider", &CREATE_IDENTITY_PROVIDER_REQUEST),
    ("CreateManagedLoginBranding", &CREATE_MANAGED_LOGIN_BRANDING_REQUEST),
    ("CreateResourceServer", &CREATE_RESOURCE_SERVER_REQUEST),
    ("CreateTerms", &CREATE_TERMS_REQUEST),
    ("CreateUserImportJob", &CREATE_USER_IMPORT_JOB_REQUEST),
    ("CreateUserPool", &CREATE_USER_POOL_REQUEST),
    ("CreateUserPoolClient", &CREATE_USER_POOL_CLIENT_REQUEST),
    ("CreateUserPoolDomain", &CREATE_USER_POOL_DOMAIN_REQUEST),
    ("CreateUserPoolReplica", &CREATE_USER_POOL_REPLICA_REQUEST),
    ("DeleteGroup", &DELETE_GROUP_REQUEST),
    ("DeleteIdentityProvider", &DELETE_IDENTITY_PROVIDER_REQUEST),
    ("DeleteManagedLoginBranding", &DELETE_MANAGED_LOGIN_BRANDING_REQUEST),
    ("DeleteResourceServer", &DELETE_RESOURCE_SERVER_REQUEST),
    ("DeleteTerms", &DELETE_TERMS_REQUEST),
    ("DeleteUser", &DELETE_USER_REQUEST),
    ("DeleteUserAttributes", &DELETE_USER_ATTRIBUTES_REQUEST),
    ("DeleteUserPool", &DELETE_USER_POOL_REQUEST),
    ("DeleteUserPoolClient", &DELETE_USER_POOL_CLIENT_REQUEST),
    ("DeleteUserPoolClientSecret", &DELETE_USER_POOL_CLIENT_SECRET_REQUEST),
    ("DeleteUserPoolDomain", &DELETE_USER_POOL_DOMAIN_REQUEST),
    ("DeleteUserPoolReplica", &DELETE_USER_POOL_REPLICA_REQUEST),
    ("DeleteWebAuthnCredential", &DELETE_WEB_AUTHN_CREDENTIAL_REQUEST),
    ("DescribeIdentityProvider", &DELETE_IDENTITY_PROVIDER_REQUEST),
    ("DescribeManagedLoginBranding", &DESCRIBE_MANAGED_LOGIN_BRANDING_REQUEST),
    ("DescribeManagedLoginBrandingByClient", &DESCRIBE_MANAGED_LOGIN_BRANDING_BY_CLIENT_REQUEST),
    ("DescribeResourceServer", &DELETE_RESOURCE_SERVER_REQUEST),
    ("DescribeRiskConfiguration", &DESCRIBE_RISK_CONFIGURATION_REQUEST),
    ("DescribeTerms", &DELETE_TERMS_REQUEST),
    ("DescribeTermsByClient", &DESCRIBE_TERMS_BY_CLIENT_REQUEST),
    ("DescribeUserImportJob", &DESCRIBE_USER_IMPORT_JOB_REQUEST),
    ("DescribeUserPool", &DELETE_USER_POOL_REQUEST),
    ("DescribeUserPoolClient", &DELETE_USER_POOL_CLIENT_REQUEST),
    ("DescribeUserPoolDomain", &DESCRIBE_USER_POOL_DOMAIN_REQUEST),
    ("ForgetDevice", &FORGET_DEVICE_REQUEST),
    ("ForgotPassword", &FORGOT_PASSWORD_REQUEST),
    ("GetCSVHeader", &DELETE_USER_POOL_REQUEST),
    ("GetClientToken", &GET_CLIENT_TOKEN_REQUEST),
    ("GetDerivedToken", &GET_DERIVED_TOKEN_REQUEST),
    ("GetDevice", &FORGET_DEVICE_REQUEST),
    ("GetGroup", &DELETE_GROUP_REQUEST),
    ("GetIdentityProviderByIdentifier", &GET_IDENTITY_PROVIDER_BY_IDENTIFIER_REQUEST),
    ("GetLogDeliveryConfiguration", &DELETE_USER_POOL_REQUEST),
    ("GetProvisionedLimit", &GET_PROVISIONED_LIMIT_REQUEST),
    ("GetSigningCertificate", &DELETE_USER_POOL_REQUEST),
    ("GetTokensFromRefreshToken", &GET_TOKENS_FROM_REFRESH_TOKEN_REQUEST),
    ("GetUICustomization", &DESCRIBE_RISK_CONFIGURATION_REQUEST),
    ("GetUser", &DELETE_USER_REQUEST),
    ("GetUserAttributeVerificationCode", &GET_USER_ATTRIBUTE_VERIFICATION_CODE_REQUEST),
    ("GetUserAuthFactors", &DELETE_USER_REQUEST),
    ("GetUserPoolClientSessionConfiguration", &DELETE_USER_POOL_CLIENT_REQUEST),
    ("GetUserPoolMfaConfig", &DELETE_USER_POOL_REQUEST),
    ("GetUserPoolSessionConfiguration", &DELETE_USER_POOL_REQUEST),
    ("GlobalSignOut", &DELETE_USER_REQUEST),
    ("InitiateAuth", &INITIATE_AUTH_REQUEST),
    ("ListDevices", &LIST_DEVICES_REQUEST),
    ("ListGroups", &LIST_GROUPS_REQUEST),
    ("ListIdentityProviders", &LIST_IDENTITY_PROVIDERS_REQUEST),
    ("ListResourceServers", &LIST_RESOURCE_SERVERS_REQUEST),
    ("ListTagsForResource", &LIST_TAGS_FOR_RESOURCE_REQUEST),
    ("ListTerms", &LIST_TERMS_REQUEST),
    ("ListUserImportJobs", &LIST_USER_IMPORT_JOBS_REQUEST),
    ("ListUserPoolClientSecrets", &LIST_USER_POOL_CLIENT_SECRETS_REQUEST),
    ("ListUserPoolClients", &LIST_USER_POOL_CLIENTS_REQUEST),
    ("ListUserPoolReplicas", &LIST_USER_POOL_REPLICAS_REQUEST),
    ("ListUserPools", &LIST_USER_POOLS_REQUEST),
    ("ListUserSessions", &LIST_USER_SESSIONS_REQUEST),
    ("ListUsers", &LIST_USERS_REQUEST),
    ("ListUsersInGroup", &LIST_USERS_IN_GROUP_REQUEST),
    ("ListWebAuthnCredentials", &LIST_WEB_AUTHN_CREDENTIALS_REQUEST),
    ("ResendConfirmationCode", &FORGOT_PASSWORD_REQUEST),
    ("RespondToAuthChallenge", &RESPOND_TO_AUTH_CHALLENGE_REQUEST),
    ("RevokeToken", &REVOKE_TOKEN_REQUEST),
    ("RevokeUserSession", &REVOKE_USER_SESSION_REQUEST),
    ("SetLogDeliveryConfiguration", &SET_LOG_DELIVERY_CONFIGURATION_REQUEST),
    ("SetRiskConfiguration", &SET_RISK_CONFIGURATION_REQUEST),
    ("SetUICustomization", &SET_UI_CUSTOMIZATION_REQUEST),
    ("SetUserMFAPreference", &SET_USER_MFA_PREFERENCE_REQUEST),
    ("SetUserPoolClientSessionConfiguration", &SET_USER_POOL_CLIENT_SESSION_CONFIGURATION_REQUEST),
    ("SetUserPoolMfaConfig", &SET_USER_POOL_MFA_CONFIG_REQUEST),
    ("SetUserPoolSessionConfiguration", &SET_USER_POOL_SESSION_CONFIGURATION_REQUEST),
    ("SetUserSettings", &SET_USER_SETTINGS_REQUEST),
    ("SignUp", &SIGN_UP_REQUEST),
    ("StartUserImportJob", &DESCRIBE_USER_IMPORT_JOB_REQUEST),
    ("StartWebAuthnRegistration", &DELETE_USER_REQUEST),
    ("StopUserImportJob", &DESCRIBE_USER_IMPORT_JOB_REQUEST),
    ("TagResource", &TAG_RESOURCE_REQUEST),
    ("UntagResource", &UNTAG_RESOURCE_REQUEST),
    ("UpdateAuthEventFeedback", &UPDATE_AUTH_EVENT_FEEDBACK_REQUEST),
    ("UpdateDeviceStatus", &UPDATE_DEVICE_STATUS_REQUEST),
    ("UpdateGroup", &CREATE_GROUP_REQUEST),
    ("UpdateIdentityProvider", &UPDATE_IDENTITY_PROVIDER_REQUEST),
    ("UpdateManagedLoginBranding", &UPDATE_MANAGED_LOGIN_BRANDING_REQUEST),
    ("UpdateProvisionedLimit", &UPDATE_PROVISIONED_LIMIT_REQUEST),
    ("UpdateResourceServer", &CREATE_RESOURCE_SERVER_REQUEST),
    ("UpdateTerms", &UPDATE_TERMS_REQUEST),
    ("UpdateUserAttributes", &UPDATE_USER_ATTRIBUTES_REQUEST),
    ("UpdateUserPool", &UPDATE_USER_POOL_REQUEST),
    ("UpdateUserPoolClient", &UPDATE_USER_POOL_CLIENT_REQUEST),
    ("UpdateUserPoolDomain", &CREATE_USER_POOL_DOMAIN_REQUEST),
    ("UpdateUserPoolReplica", &UPDATE_USER_POOL_REPLICA_REQUEST),
    ("VerifySoftwareToken", &VERIFY_SOFTWARE_TOKEN_REQUEST),
    ("VerifyUserAttribute", &VERIFY_USER_ATTRIBUTE_REQUEST),
];

static USER_POOL_ID_TYPE: Shape = text().min(1).max(55).like(&pattern::POOL_ID);
static CUSTOM_ATTRIBUTE_NAME_TYPE: Shape = text().min(1).max(20).like(&pattern::VISIBLE);
static ATTRIBUTE_DATA_TYPE: Shape = one_of(&["String", "Number", "DateTime", "Boolean"]);
static FLAG: Shape = Shape::Flag;
static STRING_TYPE: Shape = text().max(131_072);
static NUMBER_ATTRIBUTE_CONSTRAINTS_TYPE: Shape = structure(0, &[m("MinValue", &STRING_TYPE), m("MaxValue", &STRING_TYPE)]);
static STRING_ATTRIBUTE_CONSTRAINTS_TYPE: Shape = structure(0, &[m("MinLength", &STRING_TYPE), m("MaxLength", &STRING_TYPE)]);
static SCHEMA_ATTRIBUTE_TYPE: Shape = structure(0, &[m("Name", &CUSTOM_ATTRIBUTE_NAME_TYPE), m("AttributeDataType", &ATTRIBUTE_DATA_TYPE), m("DeveloperOnlyAttribute", &FLAG), m("Mutable", &FLAG), m("Required", &FLAG), m("NumberAttributeConstraints", &NUMBER_ATTRIBUTE_CONSTRAINTS_TYPE), m("StringAttributeConstraints", &STRING_ATTRIBUTE_CONSTRAINTS_TYPE)]);
static CUSTOM_ATTRIBUTES_LIST_TYPE: Shape = list(&SCHEMA_ATTRIBUTE_TYPE).min(1).max(25);
static ADD_CUSTOM_ATTRIBUTES_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("CustomAttributes", &CUSTOM_ATTRIBUTES_LIST_TYPE)]);
static CLIENT_ID_TYPE: Shape = text().min(1).max(128).like(&pattern::WORD_PLUS).secret();
static CLIENT_SECRET_TYPE: Shape = text().min(24).max(64).like(&pattern::WORD_PLUS).secret();
static ADD_USER_POOL_CLIENT_SECRET_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("ClientSecret", &CLIENT_SECRET_TYPE)]);
static USERNAME_TYPE: Shape = text().min(1).max(128).like(&pattern::VISIBLE).secret();
static GROUP_NAME_TYPE: Shape = text().min(1).max(128).like(&pattern::VISIBLE);
static ADMIN_ADD_USER_TO_GROUP_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("GroupName", &GROUP_NAME_TYPE)]);
static CLIENT_METADATA_TYPE: Shape = map(&STRING_TYPE, &STRING_TYPE);
static ADMIN_CONFIRM_SIGN_UP_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE)]);
static ATTRIBUTE_NAME_TYPE: Shape = text().min(1).max(32).like(&pattern::ATTRIBUTE_NAME);
static ATTRIBUTE_VALUE_TYPE: Shape = text().max(2_048).secret();
static ATTRIBUTE_TYPE: Shape = structure(1, &[m("Name", &ATTRIBUTE_NAME_TYPE), m("Value", &ATTRIBUTE_VALUE_TYPE)]);
static ATTRIBUTE_LIST_TYPE: Shape = list(&ATTRIBUTE_TYPE);
static PASSWORD_TYPE: Shape = text().max(256).like(&pattern::NO_SPACE).secret();
static MESSAGE_ACTION_TYPE: Shape = one_of(&["RESEND", "SUPPRESS"]);
static DELIVERY_MEDIUM_TYPE: Shape = one_of(&["SMS", "EMAIL"]);
static DELIVERY_MEDIUM_LIST_TYPE: Shape = list(&DELIVERY_MEDIUM_TYPE);
static ADMIN_CREATE_USER_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("UserAttributes", &ATTRIBUTE_LIST_TYPE), m("ValidationData", &ATTRIBUTE_LIST_TYPE), m("TemporaryPassword", &PASSWORD_TYPE), m("ForceAliasCreation", &FLAG), m("MessageAction", &MESSAGE_ACTION_TYPE), m("DesiredDeliveryMediums", &DELIVERY_MEDIUM_LIST_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE)]);
static ADMIN_DELETE_SOFTWARE_TOKEN_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE)]);
static ATTRIBUTE_NAME_LIST_TYPE: Shape = list(&ATTRIBUTE_NAME_TYPE);
static ADMIN_DELETE_USER_ATTRIBUTES_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("UserAttributeNames", &ATTRIBUTE_NAME_LIST_TYPE)]);
static PROVIDER_NAME_TYPE: Shape = text().min(1).max(32).like(&pattern::PROVIDER_NAME);
static PROVIDER_USER_IDENTIFIER_TYPE: Shape = structure(0, &[m("ProviderName", &PROVIDER_NAME_TYPE), m("ProviderAttributeName", &STRING_TYPE), m("ProviderAttributeValue", &STRING_TYPE)]);
static ADMIN_DISABLE_PROVIDER_FOR_USER_REQUEST: Shape = structure(2, &[m("UserPoolId", &STRING_TYPE), m("User", &PROVIDER_USER_IDENTIFIER_TYPE)]);
static DEVICE_KEY_TYPE: Shape = text().min(1).max(55).like(&pattern::DEVICE_KEY);
static ADMIN_FORGET_DEVICE_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("DeviceKey", &DEVICE_KEY_TYPE)]);
static ADMIN_GET_DEVICE_REQUEST: Shape = structure(3, &[m("DeviceKey", &DEVICE_KEY_TYPE), m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE)]);
static AUTH_FLOW_TYPE: Shape = one_of(&["USER_SRP_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN", "CUSTOM_AUTH", "ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH", "USER_AUTH"]);
static AUTH_PARAMETERS_TYPE: Shape = map(&STRING_TYPE, &STRING_TYPE).secret();
static ANALYTICS_METADATA_TYPE: Shape = structure(0, &[m("AnalyticsEndpointId", &STRING_TYPE)]);
static HTTP_HEADER: Shape = structure(0, &[m("headerName", &STRING_TYPE), m("headerValue", &STRING_TYPE)]);
static HTTP_HEADER_LIST: Shape = list(&HTTP_HEADER);
static CONTEXT_DATA_TYPE: Shape = structure(4, &[m("IpAddress", &STRING_TYPE), m("ServerName", &STRING_TYPE), m("ServerPath", &STRING_TYPE), m("HttpHeaders", &HTTP_HEADER_LIST), m("EncodedData", &STRING_TYPE)]);
static SESSION_TYPE: Shape = text().min(20).max(4_096).secret();
static ADMIN_INITIATE_AUTH_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("AuthFlow", &AUTH_FLOW_TYPE), m("AuthParameters", &AUTH_PARAMETERS_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE), m("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE), m("ContextData", &CONTEXT_DATA_TYPE), m("Session", &SESSION_TYPE)]);
static ADMIN_LINK_PROVIDER_FOR_USER_REQUEST: Shape = structure(3, &[m("UserPoolId", &STRING_TYPE), m("DestinationUser", &PROVIDER_USER_IDENTIFIER_TYPE), m("SourceUser", &PROVIDER_USER_IDENTIFIER_TYPE)]);
static QUERY_LIMIT_TYPE: Shape = whole(Some(0), Some(60));
static SEARCH_PAGINATION_TOKEN_TYPE: Shape = text().min(1).like(&pattern::NO_SPACE);
static ADMIN_LIST_DEVICES_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("Limit", &QUERY_LIMIT_TYPE), m("PaginationToken", &SEARCH_PAGINATION_TOKEN_TYPE)]);
static PAGINATION_KEY: Shape = text().min(1).max(131_072).like(&pattern::NO_SPACE);
static ADMIN_LIST_GROUPS_FOR_USER_REQUEST: Shape = structure(2, &[m("Username", &USERNAME_TYPE), m("UserPoolId", &USER_POOL_ID_TYPE), m("Limit", &QUERY_LIMIT_TYPE), m("NextToken", &PAGINATION_KEY)]);
static ADMIN_LIST_USER_AUTH_EVENTS_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("MaxResults", &QUERY_LIMIT_TYPE), m("NextToken", &PAGINATION_KEY)]);
static ADMIN_LIST_USER_SESSIONS_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("NextToken", &PAGINATION_KEY)]);
static CHALLENGE_NAME_TYPE: Shape = one_of(&["SMS_MFA", "EMAIL_OTP", "SOFTWARE_TOKEN_MFA", "SELECT_MFA_TYPE", "MFA_SETUP", "PASSWORD_VERIFIER", "CUSTOM_CHALLENGE", "SELECT_CHALLENGE", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER", "ADMIN_NO_SRP_AUTH", "NEW_PASSWORD_REQUIRED", "SMS_OTP", "PASSWORD", "WEB_AUTHN", "PASSWORD_SRP"]);
static ADMIN_RESPOND_TO_AUTH_CHALLENGE_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("ChallengeName", &CHALLENGE_NAME_TYPE), m("ChallengeResponses", &AUTH_PARAMETERS_TYPE), m("Session", &SESSION_TYPE), m("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE), m("ContextData", &CONTEXT_DATA_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE)]);
static SESSION_ID_TYPE: Shape = text().min(28).max(28).like(&pattern::SESSION_ID);
static REVOKE_ASSOCIATED_SESSIONS_TYPE: Shape = one_of(&["NONE", "LINKED"]);
static ADMIN_REVOKE_USER_SESSION_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("SessionId", &SESSION_ID_TYPE), m("RevokeAssociatedSessions", &REVOKE_ASSOCIATED_SESSIONS_TYPE)]);
static SMS_MFA_SETTINGS_TYPE: Shape = structure(0, &[m("Enabled", &FLAG), m("PreferredMfa", &FLAG)]);
static WEB_AUTHN_MFA_SETTINGS_TYPE: Shape = structure(0, &[m("Enabled", &FLAG)]);
static ADMIN_SET_USER_MFA_PREFERENCE_REQUEST: Shape = structure(2, &[m("Username", &USERNAME_TYPE), m("UserPoolId", &USER_POOL_ID_TYPE), m("SMSMfaSettings", &SMS_MFA_SETTINGS_TYPE), m("SoftwareTokenMfaSettings", &SMS_MFA_SETTINGS_TYPE), m("EmailMfaSettings", &SMS_MFA_SETTINGS_TYPE), m("WebAuthnMfaSettings", &WEB_AUTHN_MFA_SETTINGS_TYPE)]);
static ADMIN_SET_USER_PASSWORD_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("Password", &PASSWORD_TYPE), m("Permanent", &FLAG)]);
static MFA_OPTION_TYPE: Shape = structure(0, &[m("DeliveryMedium", &DELIVERY_MEDIUM_TYPE), m("AttributeName", &ATTRIBUTE_NAME_TYPE)]);
static MFA_OPTION_LIST_TYPE: Shape = list(&MFA_OPTION_TYPE);
static ADMIN_SET_USER_SETTINGS_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("MFAOptions", &MFA_OPTION_LIST_TYPE)]);
static EVENT_ID_TYPE: Shape = text().min(1).max(50).like(&pattern::EVENT_ID);
static FEEDBACK_VALUE_TYPE: Shape = one_of(&["Valid", "Invalid"]);
static ADMIN_UPDATE_AUTH_EVENT_FEEDBACK_REQUEST: Shape = structure(4, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("EventId", &EVENT_ID_TYPE), m("FeedbackValue", &FEEDBACK_VALUE_TYPE)]);
static DEVICE_REMEMBERED_STATUS_TYPE: Shape = one_of(&["remembered", "not_remembered"]);
static ADMIN_UPDATE_DEVICE_STATUS_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("DeviceKey", &DEVICE_KEY_TYPE), m("DeviceRememberedStatus", &DEVICE_REMEMBERED_STATUS_TYPE)]);
static ADMIN_UPDATE_USER_ATTRIBUTES_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("UserAttributes", &ATTRIBUTE_LIST_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE)]);
static TOKEN_MODEL_TYPE: Shape = text().like(&pattern::TOKEN).secret();
static ASSOCIATE_SOFTWARE_TOKEN_REQUEST: Shape = structure(0, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("Session", &SESSION_TYPE)]);
static CHANGE_PASSWORD_REQUEST: Shape = structure(2, &[m("ProposedPassword", &PASSWORD_TYPE), m("AccessToken", &TOKEN_MODEL_TYPE), m("PreviousPassword", &PASSWORD_TYPE)]);
static DOCUMENT: Shape = Shape::Document;
static COMPLETE_WEB_AUTHN_REGISTRATION_REQUEST: Shape = structure(2, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("Credential", &DOCUMENT)]);
static DEVICE_SECRET_VERIFIER_CONFIG_TYPE: Shape = structure(0, &[m("PasswordVerifier", &STRING_TYPE), m("Salt", &STRING_TYPE)]);
static DEVICE_NAME_TYPE: Shape = text().min(1).max(1_024);
static CONFIRM_DEVICE_REQUEST: Shape = structure(2, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("DeviceKey", &DEVICE_KEY_TYPE), m("DeviceSecretVerifierConfig", &DEVICE_SECRET_VERIFIER_CONFIG_TYPE), m("DeviceName", &DEVICE_NAME_TYPE)]);
static CONFIRMATION_CODE_TYPE: Shape = text().min(1).max(2_048).like(&pattern::NO_SPACE);
static SECRET_HASH_TYPE: Shape = text().min(1).max(128).like(&pattern::SECRET_HASH).secret();
static USER_CONTEXT_DATA_TYPE: Shape = structure(0, &[m("IpAddress", &STRING_TYPE), m("EncodedData", &STRING_TYPE)]).secret();
static CONFIRM_FORGOT_PASSWORD_REQUEST: Shape = structure(4, &[m("ClientId", &CLIENT_ID_TYPE), m("Username", &USERNAME_TYPE), m("ConfirmationCode", &CONFIRMATION_CODE_TYPE), m("Password", &PASSWORD_TYPE), m("SecretHash", &SECRET_HASH_TYPE), m("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE), m("UserContextData", &USER_CONTEXT_DATA_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE)]);
static CONFIRM_SIGN_UP_REQUEST: Shape = structure(3, &[m("ClientId", &CLIENT_ID_TYPE), m("Username", &USERNAME_TYPE), m("ConfirmationCode", &CONFIRMATION_CODE_TYPE), m("SecretHash", &SECRET_HASH_TYPE), m("ForceAliasCreation", &FLAG), m("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE), m("UserContextData", &USER_CONTEXT_DATA_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE), m("Session", &SESSION_TYPE)]);
static DESCRIPTION_TYPE: Shape = text().max(2_048);
static ARN_TYPE: Shape = text().min(20).max(2_048).like(&pattern::ARN);
static PRECEDENCE_TYPE: Shape = whole(Some(0), None);
static CREATE_GROUP_REQUEST: Shape = structure(2, &[m("GroupName", &GROUP_NAME_TYPE), m("UserPoolId", &USER_POOL_ID_TYPE), m("Description", &DESCRIPTION_TYPE), m("RoleArn", &ARN_TYPE), m("Precedence", &PRECEDENCE_TYPE)]);
static PROVIDER_NAME_TYPE_V2: Shape = text().min(1).max(32).like(&pattern::NEW_PROVIDER_NAME);
static IDENTITY_PROVIDER_TYPE_TYPE: Shape = one_of(&["SAML", "Facebook", "Google", "LoginWithAmazon", "SignInWithApple", "OIDC"]);
static ATTRIBUTE_MAPPING_KEY_TYPE: Shape = text().min(1).max(32);
static ATTRIBUTE_MAPPING_TYPE: Shape = map(&ATTRIBUTE_MAPPING_KEY_TYPE, &STRING_TYPE);
static IDP_IDENTIFIER_TYPE: Shape = text().min(1).max(40).like(&pattern::IDP_IDENTIFIER);
static IDP_IDENTIFIERS_LIST_TYPE: Shape = list(&IDP_IDENTIFIER_TYPE).max(50);
static ACR_MAPPING_KEY_TYPE: Shape = text().like(&pattern::ACR_LEVEL);
static ACR_VALUE_TYPE: Shape = text().min(1).max(64).like(&pattern::SCOPE);
static ACR_MAPPING_TYPE: Shape = map(&ACR_MAPPING_KEY_TYPE, &ACR_VALUE_TYPE).max(4);
static CREATE_IDENTITY_PROVIDER_REQUEST: Shape = structure(4, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ProviderName", &PROVIDER_NAME_TYPE_V2), m("ProviderType", &IDENTITY_PROVIDER_TYPE_TYPE), m("ProviderDetails", &CLIENT_METADATA_TYPE), m("AttributeMapping", &ATTRIBUTE_MAPPING_TYPE), m("IdpIdentifiers", &IDP_IDENTIFIERS_LIST_TYPE), m("AcrMapping", &ACR_MAPPING_TYPE)]);
static ASSET_CATEGORY_TYPE: Shape = one_of(&["FAVICON_ICO", "FAVICON_SVG", "EMAIL_GRAPHIC", "SMS_GRAPHIC", "AUTH_APP_GRAPHIC", "PASSWORD_GRAPHIC", "PASSKEY_GRAPHIC", "PAGE_HEADER_LOGO", "PAGE_HEADER_BACKGROUND", "PAGE_FOOTER_LOGO", "PAGE_FOOTER_BACKGROUND", "PAGE_BACKGROUND", "FORM_BACKGROUND", "FORM_LOGO", "IDP_BUTTON_ICON"]);
static COLOR_SCHEME_MODE_TYPE: Shape = one_of(&["LIGHT", "DARK", "DYNAMIC"]);
static ASSET_EXTENSION_TYPE: Shape = one_of(&["ICO", "JPEG", "PNG", "SVG", "WEBP"]);
static ASSET_BYTES_TYPE: Shape = blob().max(1_000_000);
static RESOURCE_ID_TYPE: Shape = text().min(1).max(40).like(&pattern::RESOURCE_ID);
static ASSET_TYPE: Shape = structure(3, &[m("Category", &ASSET_CATEGORY_TYPE), m("ColorMode", &COLOR_SCHEME_MODE_TYPE), m("Extension", &ASSET_EXTENSION_TYPE), m("Bytes", &ASSET_BYTES_TYPE), m("ResourceId", &RESOURCE_ID_TYPE)]);
static ASSET_LIST_TYPE: Shape = list(&ASSET_TYPE).max(40);
static CREATE_MANAGED_LOGIN_BRANDING_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("UseCognitoProvidedValues", &FLAG), m("Settings", &DOCUMENT), m("Assets", &ASSET_LIST_TYPE)]);
static RESOURCE_SERVER_IDENTIFIER_TYPE: Shape = text().min(1).max(256).like(&pattern::SCOPE);
static RESOURCE_SERVER_NAME_TYPE: Shape = text().min(1).max(256).like(&pattern::NAME);
static RESOURCE_SERVER_SCOPE_NAME_TYPE: Shape = text().min(1).max(256).like(&pattern::SCOPE_NAME);
static RESOURCE_SERVER_SCOPE_DESCRIPTION_TYPE: Shape = text().min(1).max(256);
static RESOURCE_SERVER_SCOPE_TYPE: Shape = structure(2, &[m("ScopeName", &RESOURCE_SERVER_SCOPE_NAME_TYPE), m("ScopeDescription", &RESOURCE_SERVER_SCOPE_DESCRIPTION_TYPE)]);
static RESOURCE_SERVER_SCOPE_LIST_TYPE: Shape = list(&RESOURCE_SERVER_SCOPE_TYPE).max(100);
static CREATE_RESOURCE_SERVER_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Identifier", &RESOURCE_SERVER_IDENTIFIER_TYPE), m("Name", &RESOURCE_SERVER_NAME_TYPE), m("Scopes", &RESOURCE_SERVER_SCOPE_LIST_TYPE)]);
static TERMS_NAME_TYPE: Shape = text().like(&pattern::TERMS_NAME);
static TERMS_SOURCE_TYPE: Shape = one_of(&["LINK"]);
static TERMS_ENFORCEMENT_TYPE: Shape = one_of(&["NONE"]);
static LANGUAGE_ID_TYPE: Shape = text().like(&pattern::LANGUAGE);
static LINK_URL_TYPE: Shape = text().min(1).max(1_024).like(&pattern::LINK_URL);
static LINKS_TYPE: Shape = map(&LANGUAGE_ID_TYPE, &LINK_URL_TYPE).min(1).max(13);
static CREATE_TERMS_REQUEST: Shape = structure(5, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("TermsName", &TERMS_NAME_TYPE), m("TermsSource", &TERMS_SOURCE_TYPE), m("Enforcement", &TERMS_ENFORCEMENT_TYPE), m("Links", &LINKS_TYPE)]);
static USER_IMPORT_JOB_NAME_TYPE: Shape = text().min(1).max(128).like(&pattern::NAME);
static PASSWORD_HASHING_ALGORITHM_TYPE: Shape = one_of(&["BCRYPT", "SCRYPT", "ARGON2ID", "PBKDF2_SHA256"]);
static CREATE_USER_IMPORT_JOB_REQUEST: Shape = structure(3, &[m("JobName", &USER_IMPORT_JOB_NAME_TYPE), m("UserPoolId", &USER_POOL_ID_TYPE), m("CloudWatchLogsRoleArn", &ARN_TYPE), m("PasswordHashingAlgorithm", &PASSWORD_HASHING_ALGORITHM_TYPE)]);
static PASSWORD_POLICY_MIN_LENGTH_TYPE: Shape = whole(Some(6), Some(99));
static PASSWORD_HISTORY_SIZE_TYPE: Shape = whole(Some(0), Some(24));
static TEMPORARY_PASSWORD_VALIDITY_DAYS_TYPE: Shape = whole(Some(0), Some(365));
static PASSWORD_POLICY_TYPE: Shape = structure(0, &[m("MinimumLength", &PASSWORD_POLICY_MIN_LENGTH_TYPE), m("RequireUppercase", &FLAG), m("RequireLowercase", &FLAG), m("RequireNumbers", &FLAG), m("RequireSymbols", &FLAG), m("PasswordHistorySize", &PASSWORD_HISTORY_SIZE_TYPE), m("TemporaryPasswordValidityDays", &TEMPORARY_PASSWORD_VALIDITY_DAYS_TYPE)]);
static AUTH_FACTOR_TYPE: Shape = one_of(&["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN", "SOFTWARE_TOKEN"]);
static ALLOWED_FIRST_AUTH_FACTORS_LIST_TYPE: Shape = list(&AUTH_FACTOR_TYPE).min(1).max(5);
static SIGN_IN_POLICY_TYPE: Shape = structure(0, &[m("AllowedFirstAuthFactors", &ALLOWED_FIRST_AUTH_FACTORS_LIST_TYPE)]);
static USER_POOL_POLICY_TYPE: Shape = structure(0, &[m("PasswordPolicy", &PASSWORD_POLICY_TYPE), m("SignInPolicy", &SIGN_IN_POLICY_TYPE)]);
static DELETION_PROTECTION_TYPE: Shape = one_of(&["ACTIVE", "INACTIVE"]);
static PRE_TOKEN_GENERATION_LAMBDA_VERSION_TYPE: Shape = one_of(&["V1_0", "V2_0", "V3_0"]);
static PRE_TOKEN_GENERATION_VERSION_CONFIG_TYPE: Shape = structure(2, &[m("LambdaVersion", &PRE_TOKEN_GENERATION_LAMBDA_VERSION_TYPE), m("LambdaArn", &ARN_TYPE)]);
static CUSTOM_SMS_SENDER_LAMBDA_VERSION_TYPE: Shape = one_of(&["V1_0"]);
static CUSTOM_SMS_LAMBDA_VERSION_CONFIG_TYPE: Shape = structure(2, &[m("LambdaVersion", &CUSTOM_SMS_SENDER_LAMBDA_VERSION_TYPE), m("LambdaArn", &ARN_TYPE)]);
static LAMBDA_CONFIG_TYPE: Shape = structure(0, &[m("PreSignUp", &ARN_TYPE), m("CustomMessage", &ARN_TYPE), m("PostConfirmation", &ARN_TYPE), m("PreAuthentication", &ARN_TYPE), m("PostAuthentication", &ARN_TYPE), m("DefineAuthChallenge", &ARN_TYPE), m("CreateAuthChallenge", &ARN_TYPE), m("VerifyAuthChallengeResponse", &ARN_TYPE), m("PreTokenGeneration", &ARN_TYPE), m("UserMigration", &ARN_TYPE), m("PreTokenGenerationConfig", &PRE_TOKEN_GENERATION_VERSION_CONFIG_TYPE), m("CustomSMSSender", &CUSTOM_SMS_LAMBDA_VERSION_CONFIG_TYPE), m("CustomEmailSender", &CUSTOM_SMS_LAMBDA_VERSION_CONFIG_TYPE), m("KMSKeyID", &ARN_TYPE), m("InboundFederation", &CUSTOM_SMS_LAMBDA_VERSION_CONFIG_TYPE)]);
static VERIFIED_ATTRIBUTE_TYPE: Shape = one_of(&["phone_number", "email"]);
static VERIFIED_ATTRIBUTES_LIST_TYPE: Shape = list(&VERIFIED_ATTRIBUTE_TYPE);
static ALIAS_ATTRIBUTE_TYPE: Shape = one_of(&["phone_number", "email", "preferred_username"]);
static ALIAS_ATTRIBUTES_LIST_TYPE: Shape = list(&ALIAS_ATTRIBUTE_TYPE);
static SMS_VERIFICATION_MESSAGE_TYPE: Shape = text().min(6).max(140).like(&pattern::SMS_CODE_MESSAGE);
static EMAIL_VERIFICATION_MESSAGE_TYPE: Shape = text().min(6).max(20_000).like(&pattern::EMAIL_CODE_MESSAGE);
static EMAIL_VERIFICATION_SUBJECT_TYPE: Shape = text().min(1).max(140).like(&pattern::SUBJECT);
static EMAIL_VERIFICATION_MESSAGE_BY_LINK_TYPE: Shape = text().min(6).max(20_000).like(&pattern::EMAIL_LINK_MESSAGE);
static DEFAULT_EMAIL_OPTION_TYPE: Shape = one_of(&["CONFIRM_WITH_LINK", "CONFIRM_WITH_CODE"]);
static VERIFICATION_MESSAGE_TEMPLATE_TYPE: Shape = structure(0, &[m("SmsMessage", &SMS_VERIFICATION_MESSAGE_TYPE), m("EmailMessage", &EMAIL_VERIFICATION_MESSAGE_TYPE), m("EmailSubject", &EMAIL_VERIFICATION_SUBJECT_TYPE), m("EmailMessageByLink", &EMAIL_VERIFICATION_MESSAGE_BY_LINK_TYPE), m("EmailSubjectByLink", &EMAIL_VERIFICATION_SUBJECT_TYPE), m("DefaultEmailOption", &DEFAULT_EMAIL_OPTION_TYPE)]);
static USER_POOL_MFA_TYPE: Shape = one_of(&["OFF", "ON", "OPTIONAL"]);
static USER_ATTRIBUTE_UPDATE_SETTINGS_TYPE: Shape = structure(0, &[m("AttributesRequireVerificationBeforeUpdate", &VERIFIED_ATTRIBUTES_LIST_TYPE)]);
static DEVICE_CONFIGURATION_TYPE: Shape = structure(0, &[m("ChallengeRequiredOnNewDevice", &FLAG), m("DeviceOnlyRememberedOnUserPrompt", &FLAG)]);
static EMAIL_ADDRESS_TYPE: Shape = text().like(&pattern::EMAIL_ADDRESS);
static EMAIL_SENDING_ACCOUNT_TYPE: Shape = one_of(&["COGNITO_DEFAULT", "DEVELOPER"]);
static SES_CONFIGURATION_SET: Shape = text().min(1).max(64).like(&pattern::CONFIGURATION_SET);
static EMAIL_CONFIGURATION_TYPE: Shape = structure(0, &[m("SourceArn", &ARN_TYPE), m("ReplyToEmailAddress", &EMAIL_ADDRESS_TYPE), m("EmailSendingAccount", &EMAIL_SENDING_ACCOUNT_TYPE), m("From", &STRING_TYPE), m("ConfigurationSet", &SES_CONFIGURATION_SET)]);
static OPTIONAL_ARN_TYPE: Shape = text().max(2_048).like(&pattern::OPTIONAL_ARN);
static REGION_CODE_TYPE: Shape = text().min(5).max(32);
static EUMS_SMS_CONFIGURATION_TYPE: Shape = structure(1, &[m("CallerArn", &ARN_TYPE), m("ExternalId", &STRING_TYPE), m("OriginationIdentity", &STRING_TYPE), m("ConfigurationSetName", &STRING_TYPE), m("InEntityId", &STRING_TYPE), m("InTemplateId", &STRING_TYPE), m("Region", &REGION_CODE_TYPE)]);
static SMS_CONFIGURATION_TYPE: Shape = structure(0, &[m("SnsCallerArn", &OPTIONAL_ARN_TYPE), m("ExternalId", &STRING_TYPE), m("SnsRegion", &REGION_CODE_TYPE), m("EumsSms", &EUMS_SMS_CONFIGURATION_TYPE)]);
static TAG_KEYS_TYPE: Shape = text().min(1).max(128);
static TAG_VALUE_TYPE: Shape = text().max(256);
static USER_POOL_TAGS_TYPE: Shape = map(&TAG_KEYS_TYPE, &TAG_VALUE_TYPE);
static SMS_INVITE_MESSAGE_TYPE: Shape = text().min(6).max(140).like(&pattern::ANYTHING);
static EMAIL_INVITE_MESSAGE_TYPE: Shape = text().min(6).max(20_000).like(&pattern::INVITATION);
static MESSAGE_TEMPLATE_TYPE: Shape = structure(0, &[m("SMSMessage", &SMS_INVITE_MESSAGE_TYPE), m("EmailMessage", &EMAIL_INVITE_MESSAGE_TYPE), m("EmailSubject", &EMAIL_VERIFICATION_SUBJECT_TYPE)]);
static ADMIN_CREATE_USER_CONFIG_TYPE: Shape = structure(0, &[m("AllowAdminCreateUserOnly", &FLAG), m("UnusedAccountValidityDays", &TEMPORARY_PASSWORD_VALIDITY_DAYS_TYPE), m("InviteMessageTemplate", &MESSAGE_TEMPLATE_TYPE)]);
static SCHEMA_ATTRIBUTES_LIST_TYPE: Shape = list(&SCHEMA_ATTRIBUTE_TYPE).min(1).max(50);
static ADVANCED_SECURITY_MODE_TYPE: Shape = one_of(&["OFF", "AUDIT", "ENFORCED"]);
static ADVANCED_SECURITY_ENABLED_MODE_TYPE: Shape = one_of(&["AUDIT", "ENFORCED"]);
static ADVANCED_SECURITY_ADDITIONAL_FLOWS_TYPE: Shape = structure(0, &[m("CustomAuthMode", &ADVANCED_SECURITY_ENABLED_MODE_TYPE)]);
static USER_POOL_ADD_ONS_TYPE: Shape = structure(1, &[m("AdvancedSecurityMode", &ADVANCED_SECURITY_MODE_TYPE), m("AdvancedSecurityAdditionalFlows", &ADVANCED_SECURITY_ADDITIONAL_FLOWS_TYPE)]);
static STATUS_TYPE: Shape = one_of(&["Enabled", "Disabled"]);
static O_AUTH_FLOW_TYPE: Shape = one_of(&["code", "implicit", "client_credentials"]);
static O_AUTH_FLOWS_TYPE: Shape = list(&O_AUTH_FLOW_TYPE).max(3);
static SCOPE_LIST_TYPE: Shape = list(&RESOURCE_SERVER_IDENTIFIER_TYPE).max(50);
static DCR_CONFIGURATION_TYPE: Shape = structure(0, &[m("EnableStatus", &STATUS_TYPE), m("OpenDcrEnabled", &FLAG), m("AuthenticatedGrantTypes", &O_AUTH_FLOWS_TYPE), m("OpenDcrGrantTypes", &O_AUTH_FLOWS_TYPE), m("AllowedScopes", &SCOPE_LIST_TYPE)]);
static USERNAME_CONFIGURATION_TYPE: Shape = structure(1, &[m("CaseSensitive", &FLAG)]);
static PRIORITY_TYPE: Shape = whole(Some(1), Some(2));
static RECOVERY_OPTION_NAME_TYPE: Shape = one_of(&["verified_email", "verified_phone_number", "admin_only"]);
static RECOVERY_OPTION_TYPE: Shape = structure(2, &[m("Priority", &PRIORITY_TYPE), m("Name", &RECOVERY_OPTION_NAME_TYPE)]);
static RECOVERY_MECHANISMS_TYPE: Shape = list(&RECOVERY_OPTION_TYPE).min(1).max(2);
static ACCOUNT_RECOVERY_SETTING_TYPE: Shape = structure(0, &[m("RecoveryMechanisms", &RECOVERY_MECHANISMS_TYPE)]);
static USER_POOL_TIER_TYPE: Shape = one_of(&["LITE", "ESSENTIALS", "PLUS"]);
static ENCRYPTION_KEY_TYPE: Shape = one_of(&["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KEY"]);
static KEY_CONFIGURATION_TYPE: Shape = structure(0, &[m("KeyType", &ENCRYPTION_KEY_TYPE), m("KmsKeyArn", &ARN_TYPE)]);
static ISSUER_TYPE: Shape = one_of(&["ORIGINAL", "UPDATED"]);
static ISSUER_CONFIGURATION_TYPE: Shape = structure(0, &[m("Type", &ISSUER_TYPE)]);
static ACR_LEVEL_CONFIG_TYPE: Shape = structure(1, &[m("AcrValue", &ACR_VALUE_TYPE)]);
static ACR_CONFIGURATION_TYPE: Shape = map(&ACR_MAPPING_KEY_TYPE, &ACR_LEVEL_CONFIG_TYPE).max(4);
static CREATE_USER_POOL_REQUEST: Shape = structure(1, &[m("PoolName", &USER_IMPORT_JOB_NAME_TYPE), m("Policies", &USER_POOL_POLICY_TYPE), m("DeletionProtection", &DELETION_PROTECTION_TYPE), m("LambdaConfig", &LAMBDA_CONFIG_TYPE), m("AutoVerifiedAttributes", &VERIFIED_ATTRIBUTES_LIST_TYPE), m("AliasAttributes", &ALIAS_ATTRIBUTES_LIST_TYPE), m("UsernameAttributes", &VERIFIED_ATTRIBUTES_LIST_TYPE), m("SmsVerificationMessage", &SMS_VERIFICATION_MESSAGE_TYPE), m("EmailVerificationMessage", &EMAIL_VERIFICATION_MESSAGE_TYPE), m("EmailVerificationSubject", &EMAIL_VERIFICATION_SUBJECT_TYPE), m("VerificationMessageTemplate", &VERIFICATION_MESSAGE_TEMPLATE_TYPE), m("SmsAuthenticationMessage", &SMS_VERIFICATION_MESSAGE_TYPE), m("MfaConfiguration", &USER_POOL_MFA_TYPE), m("UserAttributeUpdateSettings", &USER_ATTRIBUTE_UPDATE_SETTINGS_TYPE), m("DeviceConfiguration", &DEVICE_CONFIGURATION_TYPE), m("EmailConfiguration", &EMAIL_CONFIGURATION_TYPE), m("SmsConfiguration", &SMS_CONFIGURATION_TYPE), m("UserPoolTags", &USER_POOL_TAGS_TYPE), m("AdminCreateUserConfig", &ADMIN_CREATE_USER_CONFIG_TYPE), m("Schema", &SCHEMA_ATTRIBUTES_LIST_TYPE), m("UserPoolAddOns", &USER_POOL_ADD_ONS_TYPE), m("DcrConfiguration", &DCR_CONFIGURATION_TYPE), m("UsernameConfiguration", &USERNAME_CONFIGURATION_TYPE), m("AccountRecoverySetting", &ACCOUNT_RECOVERY_SETTING_TYPE), m("UserPoolTier", &USER_POOL_TIER_TYPE), m("KeyConfiguration", &KEY_CONFIGURATION_TYPE), m("IssuerConfiguration", &ISSUER_CONFIGURATION_TYPE), m("AcrConfiguration", &ACR_CONFIGURATION_TYPE)]);
static REFRESH_TOKEN_VALIDITY_TYPE: Shape = whole(Some(0), Some(315_360_000));
static ACCESS_TOKEN_VALIDITY_TYPE: Shape = whole(Some(1), Some(86_400));
static TIME_UNITS_TYPE: Shape = one_of(&["seconds", "minutes", "hours", "days"]);
static TOKEN_VALIDITY_UNITS_TYPE: Shape = structure(0, &[m("AccessToken", &TIME_UNITS_TYPE), m("IdToken", &TIME_UNITS_TYPE), m("RefreshToken", &TIME_UNITS_TYPE)]);
static CLIENT_PERMISSION_TYPE: Shape = text().min(1).max(2_048);
static CLIENT_PERMISSION_LIST_TYPE: Shape = list(&CLIENT_PERMISSION_TYPE);
static EXPLICIT_AUTH_FLOWS_TYPE: Shape = one_of(&["ADMIN_NO_SRP_AUTH", "CUSTOM_AUTH_FLOW_ONLY", "USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_CUSTOM_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH", "ALLOW_TOKEN_EXCHANGE_DELEGATION", "ALLOW_TOKEN_EXCHANGE_IMPERSONATION"]);
static EXPLICIT_AUTH_FLOWS_LIST_TYPE: Shape = list(&EXPLICIT_AUTH_FLOWS_TYPE);
static SUPPORTED_IDENTITY_PROVIDERS_LIST_TYPE: Shape = list(&PROVIDER_NAME_TYPE);
static REDIRECT_URL_TYPE: Shape = text().min(1).max(1_024).like(&pattern::VISIBLE);
static CALLBACK_UR_LS_LIST_TYPE: Shape = list(&REDIRECT_URL_TYPE).max(100);
static HEX_STRING_TYPE: Shape = text().like(&pattern::HEX);
static ANALYTICS_CONFIGURATION_TYPE: Shape = structure(0, &[m("ApplicationId", &HEX_STRING_TYPE), m("ApplicationArn", &ARN_TYPE), m("RoleArn", &ARN_TYPE), m("ExternalId", &STRING_TYPE), m("UserDataShared", &FLAG)]);
static PREVENT_USER_EXISTENCE_ERROR_TYPES: Shape = one_of(&["LEGACY", "ENABLED"]);
static AUTH_SESSION_VALIDITY_TYPE: Shape = whole(Some(3), Some(15));
static FEATURE_TYPE: Shape = one_of(&["ENABLED", "DISABLED"]);
static REFRESH_TOKEN_ROTATION_TYPE: Shape = structure(1, &[m("Feature", &FEATURE_TYPE), m("RetryGracePeriodSeconds", &QUERY_LIMIT_TYPE)]);
static CREATE_USER_POOL_CLIENT_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientName", &USER_IMPORT_JOB_NAME_TYPE), m("GenerateSecret", &FLAG), m("ClientSecret", &CLIENT_SECRET_TYPE), m("RefreshTokenValidity", &REFRESH_TOKEN_VALIDITY_TYPE), m("AccessTokenValidity", &ACCESS_TOKEN_VALIDITY_TYPE), m("IdTokenValidity", &ACCESS_TOKEN_VALIDITY_TYPE), m("TokenValidityUnits", &TOKEN_VALIDITY_UNITS_TYPE), m("ReadAttributes", &CLIENT_PERMISSION_LIST_TYPE), m("WriteAttributes", &CLIENT_PERMISSION_LIST_TYPE), m("ExplicitAuthFlows", &EXPLICIT_AUTH_FLOWS_LIST_TYPE), m("SupportedIdentityProviders", &SUPPORTED_IDENTITY_PROVIDERS_LIST_TYPE), m("CallbackURLs", &CALLBACK_UR_LS_LIST_TYPE), m("LogoutURLs", &CALLBACK_UR_LS_LIST_TYPE), m("DefaultRedirectURI", &REDIRECT_URL_TYPE), m("AllowedOAuthFlows", &O_AUTH_FLOWS_TYPE), m("AllowedOAuthScopes", &SCOPE_LIST_TYPE), m("AllowedOAuthFlowsUserPoolClient", &FLAG), m("AnalyticsConfiguration", &ANALYTICS_CONFIGURATION_TYPE), m("PreventUserExistenceErrors", &PREVENT_USER_EXISTENCE_ERROR_TYPES), m("EnableTokenRevocation", &FLAG), m("EnablePropagateAdditionalUserContextData", &FLAG), m("AuthSessionValidity", &AUTH_SESSION_VALIDITY_TYPE), m("RefreshTokenRotation", &REFRESH_TOKEN_ROTATION_TYPE)]);
static DOMAIN_TYPE: Shape = text().min(1).max(63).like(&pattern::DOMAIN);
static WRAPPED_INTEGER_TYPE: Shape = whole(None, None);
static SECURITY_POLICY_TYPE: Shape = one_of(&["TLS_V1", "TLS_V1_2_2021", "TLS_V1_3_2025"]);
static CUSTOM_DOMAIN_CONFIG_TYPE: Shape = structure(1, &[m("CertificateArn", &ARN_TYPE), m("SecurityPolicy", &SECURITY_POLICY_TYPE)]);
static HEALTH_CHECK_ID_TYPE: Shape = text().max(64);
static FAILOVER_TYPE: Shape = structure(2, &[m("SecondaryRegion", &REGION_CODE_TYPE), m("PrimaryRoute53HealthCheckId", &HEALTH_CHECK_ID_TYPE)]);
static ROUTING_TYPE: Shape = structure(0, &[m("Failover", &FAILOVER_TYPE)]);
static CREATE_USER_POOL_DOMAIN_REQUEST: Shape = structure(2, &[m("Domain", &DOMAIN_TYPE), m("UserPoolId", &USER_POOL_ID_TYPE), m("ManagedLoginVersion", &WRAPPED_INTEGER_TYPE), m("CustomDomainConfig", &CUSTOM_DOMAIN_CONFIG_TYPE), m("Routing", &ROUTING_TYPE)]);
static CREATE_USER_POOL_REPLICA_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("RegionName", &REGION_CODE_TYPE), m("UserPoolTags", &USER_POOL_TAGS_TYPE)]);
static DELETE_GROUP_REQUEST: Shape = structure(2, &[m("GroupName", &GROUP_NAME_TYPE), m("UserPoolId", &USER_POOL_ID_TYPE)]);
static DELETE_IDENTITY_PROVIDER_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ProviderName", &PROVIDER_NAME_TYPE)]);
static MANAGED_LOGIN_BRANDING_ID_TYPE: Shape = text().like(&pattern::UUID);
static DELETE_MANAGED_LOGIN_BRANDING_REQUEST: Shape = structure(2, &[m("ManagedLoginBrandingId", &MANAGED_LOGIN_BRANDING_ID_TYPE), m("UserPoolId", &USER_POOL_ID_TYPE)]);
static DELETE_RESOURCE_SERVER_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Identifier", &RESOURCE_SERVER_IDENTIFIER_TYPE)]);
static DELETE_TERMS_REQUEST: Shape = structure(2, &[m("TermsId", &MANAGED_LOGIN_BRANDING_ID_TYPE), m("UserPoolId", &USER_POOL_ID_TYPE)]);
static DELETE_USER_REQUEST: Shape = structure(1, &[m("AccessToken", &TOKEN_MODEL_TYPE)]);
static DELETE_USER_ATTRIBUTES_REQUEST: Shape = structure(2, &[m("UserAttributeNames", &ATTRIBUTE_NAME_LIST_TYPE), m("AccessToken", &TOKEN_MODEL_TYPE)]);
static DELETE_USER_POOL_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE)]);
static DELETE_USER_POOL_CLIENT_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE)]);
static DELETE_USER_POOL_CLIENT_SECRET_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("ClientSecretId", &TAG_KEYS_TYPE)]);
static DELETE_USER_POOL_DOMAIN_REQUEST: Shape = structure(2, &[m("Domain", &DOMAIN_TYPE), m("UserPoolId", &USER_POOL_ID_TYPE)]);
static DELETE_USER_POOL_REPLICA_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("RegionName", &REGION_CODE_TYPE)]);
static DELETE_WEB_AUTHN_CREDENTIAL_REQUEST: Shape = structure(2, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("CredentialId", &STRING_TYPE)]);
static DESCRIBE_MANAGED_LOGIN_BRANDING_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ManagedLoginBrandingId", &MANAGED_LOGIN_BRANDING_ID_TYPE), m("ReturnMergedResources", &FLAG)]);
static DESCRIBE_MANAGED_LOGIN_BRANDING_BY_CLIENT_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("ReturnMergedResources", &FLAG)]);
static DESCRIBE_RISK_CONFIGURATION_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE)]);
static DESCRIBE_TERMS_BY_CLIENT_REQUEST: Shape = structure(3, &[m("ClientId", &CLIENT_ID_TYPE), m("UserPoolId", &USER_POOL_ID_TYPE), m("TermsName", &TERMS_NAME_TYPE)]);
static USER_IMPORT_JOB_ID_TYPE: Shape = text().min(1).max(55).like(&pattern::IMPORT_JOB_ID);
static DESCRIBE_USER_IMPORT_JOB_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("JobId", &USER_IMPORT_JOB_ID_TYPE)]);
static DESCRIBE_USER_POOL_DOMAIN_REQUEST: Shape = structure(1, &[m("Domain", &DOMAIN_TYPE)]);
static FORGET_DEVICE_REQUEST: Shape = structure(1, &[m("DeviceKey", &DEVICE_KEY_TYPE), m("AccessToken", &TOKEN_MODEL_TYPE)]);
static FORGOT_PASSWORD_REQUEST: Shape = structure(2, &[m("ClientId", &CLIENT_ID_TYPE), m("Username", &USERNAME_TYPE), m("SecretHash", &SECRET_HASH_TYPE), m("UserContextData", &USER_CONTEXT_DATA_TYPE), m("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE)]);
static GET_CLIENT_TOKEN_REQUEST: Shape = structure(2, &[m("ClientId", &CLIENT_ID_TYPE), m("Secret", &CLIENT_SECRET_TYPE), m("Scopes", &SCOPE_LIST_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE)]);
static GET_DERIVED_TOKEN_TOKEN_MODEL_TYPE: Shape = text().max(131_072).like(&pattern::DERIVED_TOKEN).secret();
static TOKEN_TYPE_IDENTIFIER_TYPE: Shape = one_of(&["ACCESS_TOKEN", "ID_TOKEN", "SAML2"]);
static AUDIENCE_LIST_TYPE: Shape = list(&RESOURCE_SERVER_IDENTIFIER_TYPE).max(1);
static ISSUED_TOKEN_TYPE_IDENTIFIER_TYPE: Shape = one_of(&["ACCESS_TOKEN", "ID_TOKEN"]);
static GET_DERIVED_TOKEN_REQUEST: Shape = structure(3, &[m("ClientId", &CLIENT_ID_TYPE), m("SubjectToken", &GET_DERIVED_TOKEN_TOKEN_MODEL_TYPE), m("SubjectTokenType", &TOKEN_TYPE_IDENTIFIER_TYPE), m("ClientSecret", &CLIENT_SECRET_TYPE), m("SubjectTokenProviderName", &PROVIDER_NAME_TYPE), m("ActorToken", &GET_DERIVED_TOKEN_TOKEN_MODEL_TYPE), m("ActorTokenType", &TOKEN_TYPE_IDENTIFIER_TYPE), m("ActorTokenProviderName", &PROVIDER_NAME_TYPE), m("Scopes", &SCOPE_LIST_TYPE), m("Audiences", &AUDIENCE_LIST_TYPE), m("Resources", &AUDIENCE_LIST_TYPE), m("RequestedTokenType", &ISSUED_TOKEN_TYPE_IDENTIFIER_TYPE)]);
static GET_IDENTITY_PROVIDER_BY_IDENTIFIER_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("IdpIdentifier", &IDP_IDENTIFIER_TYPE)]);
static LIMIT_CLASS: Shape = one_of(&["API_CATEGORY"]);
static LIMIT_DEFINITION_TYPE: Shape = structure(2, &[m("LimitClass", &LIMIT_CLASS), m("Attributes", &CLIENT_METADATA_TYPE)]);
static GET_PROVISIONED_LIMIT_REQUEST: Shape = structure(1, &[m("LimitDefinition", &LIMIT_DEFINITION_TYPE)]);
static GET_TOKENS_FROM_REFRESH_TOKEN_REQUEST: Shape = structure(2, &[m("RefreshToken", &TOKEN_MODEL_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("ClientSecret", &CLIENT_SECRET_TYPE), m("DeviceKey", &DEVICE_KEY_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE)]);
static GET_USER_ATTRIBUTE_VERIFICATION_CODE_REQUEST: Shape = structure(2, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("AttributeName", &ATTRIBUTE_NAME_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE)]);
static INITIATE_AUTH_REQUEST: Shape = structure(2, &[m("AuthFlow", &AUTH_FLOW_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("AuthParameters", &AUTH_PARAMETERS_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE), m("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE), m("UserContextData", &USER_CONTEXT_DATA_TYPE), m("Session", &SESSION_TYPE)]);
static LIST_DEVICES_REQUEST: Shape = structure(1, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("Limit", &QUERY_LIMIT_TYPE), m("PaginationToken", &SEARCH_PAGINATION_TOKEN_TYPE)]);
static LIST_GROUPS_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Limit", &QUERY_LIMIT_TYPE), m("NextToken", &PAGINATION_KEY)]);
static LIST_IDENTITY_PROVIDERS_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("MaxResults", &QUERY_LIMIT_TYPE), m("NextToken", &SEARCH_PAGINATION_TOKEN_TYPE)]);
static LIST_RESOURCE_SERVERS_LIMIT_TYPE: Shape = whole(Some(1), Some(50));
static LIST_RESOURCE_SERVERS_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("MaxResults", &LIST_RESOURCE_SERVERS_LIMIT_TYPE), m("NextToken", &SEARCH_PAGINATION_TOKEN_TYPE)]);
static LIST_TAGS_FOR_RESOURCE_REQUEST: Shape = structure(1, &[m("ResourceArn", &ARN_TYPE)]);
static LIST_TERMS_REQUEST_MAX_RESULTS_INTEGER: Shape = whole(Some(1), Some(60));
static LIST_TERMS_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("MaxResults", &LIST_TERMS_REQUEST_MAX_RESULTS_INTEGER), m("NextToken", &STRING_TYPE)]);
static LIST_USER_IMPORT_JOBS_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("MaxResults", &LIST_TERMS_REQUEST_MAX_RESULTS_INTEGER), m("PaginationToken", &SEARCH_PAGINATION_TOKEN_TYPE)]);
static LIST_USER_POOL_CLIENT_SECRETS_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("NextToken", &PAGINATION_KEY)]);
static CLIENT_TYPE_TYPE: Shape = one_of(&["REGULAR", "DCR"]);
static LIST_USER_POOL_CLIENTS_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("MaxResults", &LIST_TERMS_REQUEST_MAX_RESULTS_INTEGER), m("NextToken", &PAGINATION_KEY), m("ClientType", &CLIENT_TYPE_TYPE)]);
static LIST_USER_POOL_REPLICAS_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("NextToken", &SEARCH_PAGINATION_TOKEN_TYPE)]);
static LIST_USER_POOLS_REQUEST: Shape = structure(1, &[m("MaxResults", &LIST_TERMS_REQUEST_MAX_RESULTS_INTEGER), m("NextToken", &SEARCH_PAGINATION_TOKEN_TYPE)]);
static LIST_USER_SESSIONS_REQUEST: Shape = structure(1, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("NextToken", &PAGINATION_KEY)]);
static LIST_USERS_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("AttributesToGet", &ATTRIBUTE_NAME_LIST_TYPE), m("Limit", &QUERY_LIMIT_TYPE), m("PaginationToken", &SEARCH_PAGINATION_TOKEN_TYPE), m("Filter", &TAG_VALUE_TYPE)]);
static LIST_USERS_IN_GROUP_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("GroupName", &GROUP_NAME_TYPE), m("Limit", &QUERY_LIMIT_TYPE), m("NextToken", &PAGINATION_KEY)]);
static WEB_AUTHN_CREDENTIALS_QUERY_LIMIT_TYPE: Shape = whole(Some(0), Some(20));
static LIST_WEB_AUTHN_CREDENTIALS_REQUEST: Shape = structure(1, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("NextToken", &PAGINATION_KEY), m("MaxResults", &WEB_AUTHN_CREDENTIALS_QUERY_LIMIT_TYPE)]);
static RESPOND_TO_AUTH_CHALLENGE_REQUEST: Shape = structure(2, &[m("ClientId", &CLIENT_ID_TYPE), m("ChallengeName", &CHALLENGE_NAME_TYPE), m("Session", &SESSION_TYPE), m("ChallengeResponses", &AUTH_PARAMETERS_TYPE), m("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE), m("UserContextData", &USER_CONTEXT_DATA_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE)]);
static REVOKE_TOKEN_REQUEST: Shape = structure(2, &[m("Token", &TOKEN_MODEL_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("ClientSecret", &CLIENT_SECRET_TYPE), m("RevokeAssociatedSessions", &REVOKE_ASSOCIATED_SESSIONS_TYPE)]);
static REVOKE_USER_SESSION_REQUEST: Shape = structure(2, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("SessionId", &SESSION_ID_TYPE), m("RevokeAssociatedSessions", &REVOKE_ASSOCIATED_SESSIONS_TYPE)]);
static LOG_LEVEL: Shape = one_of(&["ERROR", "INFO"]);
static EVENT_SOURCE_NAME: Shape = one_of(&["userNotification", "userAuthEvents"]);
static CLOUD_WATCH_LOGS_CONFIGURATION_TYPE: Shape = structure(0, &[m("LogGroupArn", &ARN_TYPE)]);
static S3_ARN_TYPE: Shape = text().min(3).max(1_024).like(&pattern::S3_ARN);
static S3_CONFIGURATION_TYPE: Shape = structure(0, &[m("BucketArn", &S3_ARN_TYPE)]);
static FIREHOSE_CONFIGURATION_TYPE: Shape = structure(0, &[m("StreamArn", &ARN_TYPE)]);
static LOG_CONFIGURATION_TYPE: Shape = structure(2, &[m("LogLevel", &LOG_LEVEL), m("EventSource", &EVENT_SOURCE_NAME), m("CloudWatchLogsConfiguration", &CLOUD_WATCH_LOGS_CONFIGURATION_TYPE), m("S3Configuration", &S3_CONFIGURATION_TYPE), m("FirehoseConfiguration", &FIREHOSE_CONFIGURATION_TYPE)]);
static LOG_CONFIGURATION_LIST_TYPE: Shape = list(&LOG_CONFIGURATION_TYPE).max(2);
static SET_LOG_DELIVERY_CONFIGURATION_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("LogConfigurations", &LOG_CONFIGURATION_LIST_TYPE)]);
static COMPROMISED_CREDENTIALS_EVENT_ACTION_TYPE: Shape = one_of(&["BLOCK", "NO_ACTION"]);
static COMPROMISED_CREDENTIALS_ACTIONS_TYPE: Shape = structure(1, &[m("EventAction", &COMPROMISED_CREDENTIALS_EVENT_ACTION_TYPE)]);
static EVENT_FILTER_TYPE: Shape = one_of(&["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"]);
static EVENT_FILTERS_TYPE: Shape = list(&EVENT_FILTER_TYPE);
static COMPROMISED_CREDENTIALS_RISK_CONFIGURATION_TYPE: Shape = structure(1, &[m("Actions", &COMPROMISED_CREDENTIALS_ACTIONS_TYPE), m("EventFilter", &EVENT_FILTERS_TYPE)]);
static ACCOUNT_TAKEOVER_EVENT_ACTION_TYPE: Shape = one_of(&["BLOCK", "MFA_IF_CONFIGURED", "MFA_REQUIRED", "NO_ACTION"]);
static ACCOUNT_TAKEOVER_ACTION_TYPE: Shape = structure(2, &[m("Notify", &FLAG), m("EventAction", &ACCOUNT_TAKEOVER_EVENT_ACTION_TYPE)]);
static ACCOUNT_TAKEOVER_ACTIONS_TYPE: Shape = structure(0, &[m("LowAction", &ACCOUNT_TAKEOVER_ACTION_TYPE), m("MediumAction", &ACCOUNT_TAKEOVER_ACTION_TYPE), m("HighAction", &ACCOUNT_TAKEOVER_ACTION_TYPE)]);
static EMAIL_NOTIFICATION_BODY_TYPE: Shape = text().min(6).max(20_000).like(&pattern::NOTICE);
static NOTIFY_EMAIL_TYPE: Shape = structure(1, &[m("Subject", &EMAIL_VERIFICATION_SUBJECT_TYPE), m("HtmlBody", &EMAIL_NOTIFICATION_BODY_TYPE), m("TextBody", &EMAIL_NOTIFICATION_BODY_TYPE)]);
static NOTIFY_CONFIGURATION_TYPE: Shape = structure(1, &[m("SourceArn", &ARN_TYPE), m("From", &STRING_TYPE), m("ReplyTo", &STRING_TYPE), m("BlockEmail", &NOTIFY_EMAIL_TYPE), m("NoActionEmail", &NOTIFY_EMAIL_TYPE), m("MfaEmail", &NOTIFY_EMAIL_TYPE)]);
static ACCOUNT_TAKEOVER_RISK_CONFIGURATION_TYPE: Shape = structure(1, &[m("Actions", &ACCOUNT_TAKEOVER_ACTIONS_TYPE), m("NotifyConfiguration", &NOTIFY_CONFIGURATION_TYPE)]);
static BLOCKED_IP_RANGE_LIST_TYPE: Shape = list(&STRING_TYPE).max(200);
static RISK_EXCEPTION_CONFIGURATION_TYPE: Shape = structure(0, &[m("BlockedIPRangeList", &BLOCKED_IP_RANGE_LIST_TYPE), m("SkippedIPRangeList", &BLOCKED_IP_RANGE_LIST_TYPE)]);
static SET_RISK_CONFIGURATION_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("CompromisedCredentialsRiskConfiguration", &COMPROMISED_CREDENTIALS_RISK_CONFIGURATION_TYPE), m("AccountTakeoverRiskConfiguration", &ACCOUNT_TAKEOVER_RISK_CONFIGURATION_TYPE), m("RiskExceptionConfiguration", &RISK_EXCEPTION_CONFIGURATION_TYPE)]);
static IMAGE_FILE_TYPE: Shape = blob().max(131_072);
static SET_UI_CUSTOMIZATION_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("CSS", &STRING_TYPE), m("ImageFile", &IMAGE_FILE_TYPE)]);
static SET_USER_MFA_PREFERENCE_REQUEST: Shape = structure(1, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("SMSMfaSettings", &SMS_MFA_SETTINGS_TYPE), m("SoftwareTokenMfaSettings", &SMS_MFA_SETTINGS_TYPE), m("EmailMfaSettings", &SMS_MFA_SETTINGS_TYPE), m("WebAuthnMfaSettings", &WEB_AUTHN_MFA_SETTINGS_TYPE)]);
static SSO_SESSION_MAX_VALIDITY_MINUTES_TYPE: Shape = whole(Some(0), Some(129_600));
static CLIENT_SSO_SESSION_CONFIG_TYPE: Shape = structure(1, &[m("MaxValidityMinutes", &SSO_SESSION_MAX_VALIDITY_MINUTES_TYPE)]);
static SET_USER_POOL_CLIENT_SESSION_CONFIGURATION_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("SSOSession", &CLIENT_SSO_SESSION_CONFIG_TYPE)]);
static SMS_MFA_CONFIG_TYPE: Shape = structure(0, &[m("SmsAuthenticationMessage", &SMS_VERIFICATION_MESSAGE_TYPE), m("SmsConfiguration", &SMS_CONFIGURATION_TYPE)]);
static EMAIL_MFA_SUBJECT_TYPE: Shape = text().like(&pattern::SUBJECT);
static EMAIL_MFA_CONFIG_TYPE: Shape = structure(0, &[m("Message", &EMAIL_VERIFICATION_MESSAGE_TYPE), m("Subject", &EMAIL_MFA_SUBJECT_TYPE)]);
static RELYING_PARTY_ID_TYPE: Shape = text().min(1).max(127);
static USER_VERIFICATION_TYPE: Shape = one_of(&["required", "preferred"]);
static WEB_AUTHN_FACTOR_CONFIGURATION_TYPE: Shape = one_of(&["SINGLE_FACTOR", "MULTI_FACTOR_WITH_USER_VERIFICATION"]);
static WEB_AUTHN_CONFIGURATION_TYPE: Shape = structure(0, &[m("RelyingPartyId", &RELYING_PARTY_ID_TYPE), m("UserVerification", &USER_VERIFICATION_TYPE), m("FactorConfiguration", &WEB_AUTHN_FACTOR_CONFIGURATION_TYPE)]);
static SET_USER_POOL_MFA_CONFIG_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("SmsMfaConfiguration", &SMS_MFA_CONFIG_TYPE), m("SoftwareTokenMfaConfiguration", &WEB_AUTHN_MFA_SETTINGS_TYPE), m("EmailMfaConfiguration", &EMAIL_MFA_CONFIG_TYPE), m("MfaConfiguration", &USER_POOL_MFA_TYPE), m("WebAuthnConfiguration", &WEB_AUTHN_CONFIGURATION_TYPE)]);
static MAX_SESSIONS_PER_USER_TYPE: Shape = whole(Some(1), Some(100));
static USER_POOL_TOKEN_SESSION_CONFIG_TYPE: Shape = structure(1, &[m("MaxPerUser", &MAX_SESSIONS_PER_USER_TYPE)]);
static SET_USER_POOL_SESSION_CONFIGURATION_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("UserSessionTracking", &FEATURE_TYPE), m("TokenSession", &USER_POOL_TOKEN_SESSION_CONFIG_TYPE)]);
static SET_USER_SETTINGS_REQUEST: Shape = structure(2, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("MFAOptions", &MFA_OPTION_LIST_TYPE)]);
static SIGN_UP_REQUEST: Shape = structure(2, &[m("ClientId", &CLIENT_ID_TYPE), m("Username", &USERNAME_TYPE), m("SecretHash", &SECRET_HASH_TYPE), m("Password", &PASSWORD_TYPE), m("UserAttributes", &ATTRIBUTE_LIST_TYPE), m("ValidationData", &ATTRIBUTE_LIST_TYPE), m("AnalyticsMetadata", &ANALYTICS_METADATA_TYPE), m("UserContextData", &USER_CONTEXT_DATA_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE)]);
static TAG_RESOURCE_REQUEST: Shape = structure(2, &[m("ResourceArn", &ARN_TYPE), m("Tags", &USER_POOL_TAGS_TYPE)]);
static USER_POOL_TAGS_LIST_TYPE: Shape = list(&TAG_KEYS_TYPE);
static UNTAG_RESOURCE_REQUEST: Shape = structure(2, &[m("ResourceArn", &ARN_TYPE), m("TagKeys", &USER_POOL_TAGS_LIST_TYPE)]);
static UPDATE_AUTH_EVENT_FEEDBACK_REQUEST: Shape = structure(5, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Username", &USERNAME_TYPE), m("EventId", &EVENT_ID_TYPE), m("FeedbackToken", &TOKEN_MODEL_TYPE), m("FeedbackValue", &FEEDBACK_VALUE_TYPE)]);
static UPDATE_DEVICE_STATUS_REQUEST: Shape = structure(2, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("DeviceKey", &DEVICE_KEY_TYPE), m("DeviceRememberedStatus", &DEVICE_REMEMBERED_STATUS_TYPE)]);
static UPDATE_IDENTITY_PROVIDER_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ProviderName", &PROVIDER_NAME_TYPE), m("ProviderDetails", &CLIENT_METADATA_TYPE), m("AttributeMapping", &ATTRIBUTE_MAPPING_TYPE), m("IdpIdentifiers", &IDP_IDENTIFIERS_LIST_TYPE), m("AcrMapping", &ACR_MAPPING_TYPE)]);
static UPDATE_MANAGED_LOGIN_BRANDING_REQUEST: Shape = structure(0, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ManagedLoginBrandingId", &MANAGED_LOGIN_BRANDING_ID_TYPE), m("UseCognitoProvidedValues", &FLAG), m("Settings", &DOCUMENT), m("Assets", &ASSET_LIST_TYPE)]);
static UPDATE_PROVISIONED_LIMIT_REQUEST: Shape = structure(2, &[m("LimitDefinition", &LIMIT_DEFINITION_TYPE), m("RequestedLimitValue", &WRAPPED_INTEGER_TYPE)]);
static UPDATE_TERMS_REQUEST: Shape = structure(2, &[m("TermsId", &MANAGED_LOGIN_BRANDING_ID_TYPE), m("UserPoolId", &USER_POOL_ID_TYPE), m("TermsName", &TERMS_NAME_TYPE), m("TermsSource", &TERMS_SOURCE_TYPE), m("Enforcement", &TERMS_ENFORCEMENT_TYPE), m("Links", &LINKS_TYPE)]);
static UPDATE_USER_ATTRIBUTES_REQUEST: Shape = structure(2, &[m("UserAttributes", &ATTRIBUTE_LIST_TYPE), m("AccessToken", &TOKEN_MODEL_TYPE), m("ClientMetadata", &CLIENT_METADATA_TYPE)]);
static UPDATE_USER_POOL_REQUEST: Shape = structure(1, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("Policies", &USER_POOL_POLICY_TYPE), m("DeletionProtection", &DELETION_PROTECTION_TYPE), m("LambdaConfig", &LAMBDA_CONFIG_TYPE), m("AutoVerifiedAttributes", &VERIFIED_ATTRIBUTES_LIST_TYPE), m("SmsVerificationMessage", &SMS_VERIFICATION_MESSAGE_TYPE), m("EmailVerificationMessage", &EMAIL_VERIFICATION_MESSAGE_TYPE), m("EmailVerificationSubject", &EMAIL_VERIFICATION_SUBJECT_TYPE), m("VerificationMessageTemplate", &VERIFICATION_MESSAGE_TEMPLATE_TYPE), m("SmsAuthenticationMessage", &SMS_VERIFICATION_MESSAGE_TYPE), m("UserAttributeUpdateSettings", &USER_ATTRIBUTE_UPDATE_SETTINGS_TYPE), m("MfaConfiguration", &USER_POOL_MFA_TYPE), m("DeviceConfiguration", &DEVICE_CONFIGURATION_TYPE), m("EmailConfiguration", &EMAIL_CONFIGURATION_TYPE), m("SmsConfiguration", &SMS_CONFIGURATION_TYPE), m("UserPoolTags", &USER_POOL_TAGS_TYPE), m("AdminCreateUserConfig", &ADMIN_CREATE_USER_CONFIG_TYPE), m("UserPoolAddOns", &USER_POOL_ADD_ONS_TYPE), m("DcrConfiguration", &DCR_CONFIGURATION_TYPE), m("AccountRecoverySetting", &ACCOUNT_RECOVERY_SETTING_TYPE), m("PoolName", &USER_IMPORT_JOB_NAME_TYPE), m("UserPoolTier", &USER_POOL_TIER_TYPE), m("KeyConfiguration", &KEY_CONFIGURATION_TYPE), m("IssuerConfiguration", &ISSUER_CONFIGURATION_TYPE), m("AcrConfiguration", &ACR_CONFIGURATION_TYPE)]);
static UPDATE_USER_POOL_CLIENT_REQUEST: Shape = structure(2, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("ClientId", &CLIENT_ID_TYPE), m("ClientName", &USER_IMPORT_JOB_NAME_TYPE), m("RefreshTokenValidity", &REFRESH_TOKEN_VALIDITY_TYPE), m("AccessTokenValidity", &ACCESS_TOKEN_VALIDITY_TYPE), m("IdTokenValidity", &ACCESS_TOKEN_VALIDITY_TYPE), m("TokenValidityUnits", &TOKEN_VALIDITY_UNITS_TYPE), m("ReadAttributes", &CLIENT_PERMISSION_LIST_TYPE), m("WriteAttributes", &CLIENT_PERMISSION_LIST_TYPE), m("ExplicitAuthFlows", &EXPLICIT_AUTH_FLOWS_LIST_TYPE), m("SupportedIdentityProviders", &SUPPORTED_IDENTITY_PROVIDERS_LIST_TYPE), m("CallbackURLs", &CALLBACK_UR_LS_LIST_TYPE), m("LogoutURLs", &CALLBACK_UR_LS_LIST_TYPE), m("DefaultRedirectURI", &REDIRECT_URL_TYPE), m("AllowedOAuthFlows", &O_AUTH_FLOWS_TYPE), m("AllowedOAuthScopes", &SCOPE_LIST_TYPE), m("AllowedOAuthFlowsUserPoolClient", &FLAG), m("AnalyticsConfiguration", &ANALYTICS_CONFIGURATION_TYPE), m("PreventUserExistenceErrors", &PREVENT_USER_EXISTENCE_ERROR_TYPES), m("EnableTokenRevocation", &FLAG), m("EnablePropagateAdditionalUserContextData", &FLAG), m("AuthSessionValidity", &AUTH_SESSION_VALIDITY_TYPE), m("RefreshTokenRotation", &REFRESH_TOKEN_ROTATION_TYPE)]);
static UPDATE_USER_POOL_REPLICA_REQUEST: Shape = structure(3, &[m("UserPoolId", &USER_POOL_ID_TYPE), m("RegionName", &REGION_CODE_TYPE), m("Status", &DELETION_PROTECTION_TYPE)]);
static SOFTWARE_TOKEN_MFA_USER_CODE_TYPE: Shape = text().min(6).max(6).like(&pattern::ONE_TIME_CODE).secret();
static VERIFY_SOFTWARE_TOKEN_REQUEST: Shape = structure(1, &[m("UserCode", &SOFTWARE_TOKEN_MFA_USER_CODE_TYPE), m("AccessToken", &TOKEN_MODEL_TYPE), m("Session", &SESSION_TYPE), m("FriendlyDeviceName", &STRING_TYPE)]);
static VERIFY_USER_ATTRIBUTE_REQUEST: Shape = structure(3, &[m("AccessToken", &TOKEN_MODEL_TYPE), m("AttributeName", &ATTRIBUTE_NAME_TYPE), m("Code", &CONFIRMATION_CODE_TYPE)]);
