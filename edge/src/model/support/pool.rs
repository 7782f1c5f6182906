//! The members that making and changing a user pool, or an app client, have in common.

use super::Plain::{Empty, Is, Number, Text};
use super::{Rule, empty, honoured, inert, only, refused, within};

const OUTBOX: &str = "messages leave through the outbox, not through SES or SNS";
const NO_DCR: &str = "clients cannot register themselves";
const NO_THREATS: &str = "there is no threat protection";
const NO_TRIGGERS: &str = "there are no triggers";

pub(super) const POLICIES: Rule = within(
    "Policies",
    &[
        within(
            "PasswordPolicy",
            &[
                honoured("MinimumLength"),
                honoured("RequireUppercase"),
                honoured("RequireLowercase"),
                honoured("RequireNumbers"),
                honoured("RequireSymbols"),
                only("PasswordHistorySize", &[Number(0)], "old passwords are not remembered"),
                honoured("TemporaryPasswordValidityDays"),
            ],
        ),
        within(
            "SignInPolicy",
            &[only("AllowedFirstAuthFactors", &[Text("PASSWORD")], "a password is the only first factor")],
        ),
    ],
);
pub(super) const LAMBDA_CONFIG: Rule = empty("LambdaConfig", NO_TRIGGERS);
pub(super) const VERIFICATION_MESSAGE_TEMPLATE: Rule = within(
    "VerificationMessageTemplate",
    &[
        honoured("SmsMessage"),
        honoured("EmailMessage"),
        honoured("EmailSubject"),
        // Kept for the day links are sent; DefaultEmailOption says that they are not.
        inert("EmailMessageByLink"),
        inert("EmailSubjectByLink"),
        only("DefaultEmailOption", &[Text("CONFIRM_WITH_CODE")], "codes are sent, not links"),
    ],
);
// Feeds SMS as a second factor, which MfaConfiguration OFF leaves unused.
pub(super) const SMS_AUTHENTICATION_MESSAGE: Rule = inert("SmsAuthenticationMessage");
pub(super) const MFA_CONFIGURATION: Rule =
    only("MfaConfiguration", &[Text("OFF")], "there is no second factor");
pub(super) const USER_ATTRIBUTE_UPDATE_SETTINGS: Rule =
    within("UserAttributeUpdateSettings", &[honoured("AttributesRequireVerificationBeforeUpdate")]);
// Its presence alone, even empty, turns device tracking on.
pub(super) const DEVICE_CONFIGURATION: Rule = refused("DeviceConfiguration", "devices are not remembered");
pub(super) const EMAIL_CONFIGURATION: Rule = within(
    "EmailConfiguration",
    &[
        refused("SourceArn", OUTBOX),
        refused("ReplyToEmailAddress", OUTBOX),
        only("EmailSendingAccount", &[Text("COGNITO_DEFAULT")], OUTBOX),
        refused("From", OUTBOX),
        refused("ConfigurationSet", OUTBOX),
    ],
);
// A pool that verifies phone numbers must name a role for SNS; it is stored, and the outbox has no use for it.
pub(super) const SMS_CONFIGURATION: Rule = within(
    "SmsConfiguration",
    &[inert("SnsCallerArn"), inert("ExternalId"), inert("SnsRegion"), refused("EumsSms", OUTBOX)],
);
pub(super) const ADMIN_CREATE_USER_CONFIG: Rule = within(
    "AdminCreateUserConfig",
    &[
        honoured("AllowAdminCreateUserOnly"),
        honoured("UnusedAccountValidityDays"),
        within(
            "InviteMessageTemplate",
            &[honoured("SMSMessage"), honoured("EmailMessage"), honoured("EmailSubject")],
        ),
    ],
);
pub(super) const SCHEMA: Rule = within(
    "Schema",
    &[
        honoured("Name"),
        honoured("AttributeDataType"),
        only(
            "DeveloperOnlyAttribute",
            &[Is(false)],
            "`dev:` attributes have given way to client permissions",
        ),
        honoured("Mutable"),
        honoured("Required"),
        within("NumberAttributeConstraints", &[honoured("MinValue"), honoured("MaxValue")]),
        within("StringAttributeConstraints", &[honoured("MinLength"), honoured("MaxLength")]),
    ],
);
pub(super) const USER_POOL_ADD_ONS: Rule = within(
    "UserPoolAddOns",
    &[
        only("AdvancedSecurityMode", &[Text("OFF")], NO_THREATS),
        empty("AdvancedSecurityAdditionalFlows", NO_THREATS),
    ],
);
pub(super) const DCR_CONFIGURATION: Rule = within(
    "DcrConfiguration",
    &[
        only("EnableStatus", &[Text("Disabled")], NO_DCR),
        only("OpenDcrEnabled", &[Is(false)], NO_DCR),
        empty("AuthenticatedGrantTypes", NO_DCR),
        empty("OpenDcrGrantTypes", NO_DCR),
        empty("AllowedScopes", NO_DCR),
    ],
);
pub(super) const ACCOUNT_RECOVERY_SETTING: Rule = within(
    "AccountRecoverySetting",
    &[within("RecoveryMechanisms", &[honoured("Priority"), honoured("Name")])],
);
pub(super) const USER_POOL_TIER: Rule =
    only("UserPoolTier", &[Text("ESSENTIALS")], "every pool has the features of one tier");
pub(super) const KEY_CONFIGURATION: Rule = within(
    "KeyConfiguration",
    &[
        only("KeyType", &[Text("AWS_OWNED_KEY")], "data is sealed under the deployment's own secret"),
        empty("KmsKeyArn", "data is sealed under the deployment's own secret"),
    ],
);
pub(super) const ISSUER_CONFIGURATION: Rule =
    within("IssuerConfiguration", &[only("Type", &[Text("ORIGINAL")], "the deployment decides the issuer")]);
pub(super) const ACR_CONFIGURATION: Rule = empty("AcrConfiguration", "there are no authentication levels");

pub(super) const TOKEN_VALIDITY_UNITS: Rule =
    within("TokenValidityUnits", &[honoured("AccessToken"), honoured("IdToken"), honoured("RefreshToken")]);
pub(super) const SUPPORTED_IDENTITY_PROVIDERS: Rule =
    only("SupportedIdentityProviders", &[Text("COGNITO")], "there is no federation");
pub(super) const ALLOWED_OAUTH_FLOWS: Rule =
    only("AllowedOAuthFlows", &[Text("code")], "the authorization code is the only OAuth flow");
pub(super) const ANALYTICS_CONFIGURATION: Rule = empty("AnalyticsConfiguration", "there are no analytics");
// What would be propagated feeds threat protection.
pub(super) const PROPAGATE_CONTEXT: Rule = inert("EnablePropagateAdditionalUserContextData");
pub(super) const REFRESH_TOKEN_ROTATION: Rule =
    within("RefreshTokenRotation", &[honoured("Feature"), honoured("RetryGracePeriodSeconds")]);

pub(super) const CUSTOM_DOMAIN_CONFIG: Rule =
    refused("CustomDomainConfig", "domains of your own are set up where the Worker is deployed");
pub(super) const MANAGED_LOGIN_VERSION: Rule =
    only("ManagedLoginVersion", &[Number(1)], "the branding editor is not there");
pub(super) const ROUTING: Rule = only("Routing", &[Empty], "pools have no replicas");
