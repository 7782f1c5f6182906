use super::schema;
use crate::edge::Edge;
use domain::error::{Error, invalid};
use domain::pool::{Alias, Contact, Messages, PasswordPolicy, Recovery, Settings, UserPool};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The members that creating and updating a pool share, and those only creating has.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(in crate::cognito) struct Ask {
    pool_name: Option<String>,
    #[serde(default)]
    policies: Policies,
    deletion_protection: Option<String>,
    #[serde(default)]
    auto_verified_attributes: Vec<Contact>,
    #[serde(default)]
    alias_attributes: Vec<Alias>,
    #[serde(default)]
    username_attributes: Vec<Contact>,
    username_configuration: Option<UsernameConfiguration>,
    #[serde(default)]
    schema: Vec<schema::Ask>,
    sms_verification_message: Option<String>,
    email_verification_message: Option<String>,
    email_verification_subject: Option<String>,
    #[serde(default)]
    verification_message_template: Template,
    #[serde(default)]
    user_attribute_update_settings: UpdateSettings,
    #[serde(default)]
    user_pool_tags: BTreeMap<String, String>,
    #[serde(default)]
    admin_create_user_config: AdminCreate,
    account_recovery_setting: Option<RecoverySetting>,
    user_pool_tier: Option<String>,
    email_configuration: Option<Value>,
    sms_configuration: Option<Value>,
    sms_authentication_message: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Policies {
    password_policy: Option<PasswordPolicyAsk>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
#[expect(clippy::struct_excessive_bools, reason = "AWS's own shape")]
struct PasswordPolicyAsk {
    minimum_length: Option<u32>,
    #[serde(default)]
    require_uppercase: bool,
    #[serde(default)]
    require_lowercase: bool,
    #[serde(default)]
    require_numbers: bool,
    #[serde(default)]
    require_symbols: bool,
    temporary_password_validity_days: Option<u32>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UsernameConfiguration {
    case_sensitive: bool,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Template {
    sms_message: Option<String>,
    email_message: Option<String>,
    email_subject: Option<String>,
    email_message_by_link: Option<String>,
    email_subject_by_link: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct UpdateSettings {
    #[serde(default)]
    attributes_require_verification_before_update: Vec<Contact>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct AdminCreate {
    #[serde(default)]
    allow_admin_create_user_only: bool,
    unused_account_validity_days: Option<u32>,
    #[serde(default)]
    invite_message_template: Invite,
}

#[derive(Debug, Default, Deserialize)]
struct Invite {
    #[serde(rename = "SMSMessage")]
    sms: Option<String>,
    #[serde(rename = "EmailMessage")]
    email: Option<String>,
    #[serde(rename = "EmailSubject")]
    subject: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct RecoverySetting {
    #[serde(default)]
    recovery_mechanisms: Vec<Mechanism>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Mechanism {
    priority: i64,
    name: Recovery,
}

/// A pool's settings from what was asked. What is left out takes its default, on update too; what is frozen stays.
pub(in crate::cognito) fn settings(ask: Ask, old: Option<&Settings>) -> Result<Settings, Error> {
    let password =
        password(ask.policies.password_policy, ask.admin_create_user_config.unused_account_validity_days);
    let (template, invite) =
        (ask.verification_message_template, ask.admin_create_user_config.invite_message_template);
    check_invite(&invite)?;
    let messages = Messages {
        email_subject: template.email_subject.or(ask.email_verification_subject),
        email_body: template.email_message.or(ask.email_verification_message),
        sms: template.sms_message.or(ask.sms_verification_message),
        invite_subject: invite.subject,
        invite_body: invite.email,
        invite_sms: invite.sms,
        link_subject: template.email_subject_by_link,
        link_body: template.email_message_by_link,
    };
    if !ask.alias_attributes.is_empty() && !ask.username_attributes.is_empty() {
        return Err(invalid(
            "Only one of the aliasAttributes or usernameAttributes can be set in a user pool.",
        ));
    }
    let recovery = ask.account_recovery_setting.map(|setting| {
        let mut ways = setting.recovery_mechanisms;
        ways.sort_by_key(|way| way.priority);
        ways.into_iter().map(|way| way.name).collect::<Vec<_>>()
    });
    if recovery.as_ref().is_some_and(|ways| ways.contains(&Recovery::AdminOnly) && ways.len() > 1) {
        return Err(invalid("Invalid account recovery setting parameter: admin_only must be alone"));
    }
    let mut echo = BTreeMap::new();
    for (name, value) in [
        ("EmailConfiguration", ask.email_configuration),
        ("SmsConfiguration", ask.sms_configuration),
        ("SmsAuthenticationMessage", ask.sms_authentication_message),
    ] {
        if let Some(value) = value {
            echo.insert(name.to_owned(), value);
        }
    }
    let verify_before_update =
        ask.user_attribute_update_settings.attributes_require_verification_before_update;
    if let Some(contact) = verify_before_update.iter().find(|c| !ask.auto_verified_attributes.contains(c)) {
        let name = contact.attribute();
        return Err(invalid(format!(
            "{name} must also be one of AutoVerifiedAttributes to be verified before an update"
        )));
    }
    Ok(Settings {
        name: ask.pool_name.or_else(|| old.map(|old| old.name.clone())).unwrap_or_default(),
        password,
        auto_verified: ask.auto_verified_attributes,
        aliases: old.map_or(ask.alias_attributes, |old| old.aliases.clone()),
        username_attributes: old.map_or(ask.username_attributes, |old| old.username_attributes.clone()),
        case_sensitive: old.map_or_else(
            || ask.username_configuration.as_ref().is_none_or(|rule| rule.case_sensitive),
            |old| old.case_sensitive,
        ),
        case_rule_given: old.map_or_else(|| ask.username_configuration.is_some(), |old| old.case_rule_given),
        schema: match old {
            Some(old) => old.schema.clone(),
            None => schema::read(ask.schema)?,
        },
        messages,
        admin_only: ask.admin_create_user_config.allow_admin_create_user_only,
        recovery,
        verify_before_update,
        deletion_protection: ask.deletion_protection.as_deref() == Some("ACTIVE"),
        tags: ask.user_pool_tags,
        tier: ask.user_pool_tier.unwrap_or_else(|| "ESSENTIALS".into()),
        echo,
    })
}

/// Without these two nobody could sign in with what they are sent.
fn check_invite(invite: &Invite) -> Result<(), Error> {
    let lacks = |text: &String| !["{username}", "{####}"].iter().all(|place| text.contains(place));
    for (name, text) in [("EmailMessage", &invite.email), ("SMSMessage", &invite.sms)] {
        if text.as_ref().is_some_and(lacks) {
            return Err(invalid(format!(
                "InviteMessageTemplate: {name} must contain {{username}} and {{####}}"
            )));
        }
    }
    Ok(())
}

fn password(ask: Option<PasswordPolicyAsk>, unused_days: Option<u32>) -> PasswordPolicy {
    let default = PasswordPolicy::default();
    let days = |given: Option<u32>| match given.or(unused_days) {
        None | Some(0) => default.temporary_days,
        Some(days) => days,
    };
    match ask {
        None => PasswordPolicy { temporary_days: days(None), ..default },
        Some(ask) => PasswordPolicy {
            minimum_length: ask.minimum_length.unwrap_or(default.minimum_length),
            upper: ask.require_uppercase,
            lower: ask.require_lowercase,
            number: ask.require_numbers,
            symbol: ask.require_symbols,
            temporary_days: days(ask.temporary_password_validity_days),
        },
    }
}

/// `UserPoolType`.
pub(in crate::cognito) fn describe(edge: &Edge, pool: &UserPool, users: i64) -> Value {
    let settings = &pool.settings;
    let account = &edge.settings().account;
    let region = pool.id.region();
    let mut out = Map::new();
    let mut set = |name: &str, value: Value| {
        if !value.is_null() {
            out.insert(name.to_owned(), value);
        }
    };
    set("Id", json!(pool.id.as_str()));
    set("Name", json!(settings.name));
    set("Arn", json!(format!("arn:aws:cognito-idp:{region}:{account}:userpool/{}", pool.id)));
    let policy = &settings.password;
    set(
        "Policies",
        json!({
            "PasswordPolicy": {
                "MinimumLength": policy.minimum_length,
                "RequireUppercase": policy.upper,
                "RequireLowercase": policy.lower,
                "RequireNumbers": policy.number,
                "RequireSymbols": policy.symbol,
                "TemporaryPasswordValidityDays": policy.temporary_days,
            },
            "SignInPolicy": { "AllowedFirstAuthFactors": ["PASSWORD"] },
        }),
    );
    set("DeletionProtection", json!(if settings.deletion_protection { "ACTIVE" } else { "INACTIVE" }));
    set("LambdaConfig", json!({}));
    set("LastModifiedDate", json!(pool.modified));
    set("CreationDate", json!(pool.created));
    set("SchemaAttributes", schema::describe(settings));
    let list = |value: Value| if value.as_array().is_some_and(Vec::is_empty) { Value::Null } else { value };
    set("AutoVerifiedAttributes", list(json!(settings.auto_verified)));
    set("AliasAttributes", list(json!(settings.aliases)));
    set("UsernameAttributes", list(json!(settings.username_attributes)));
    let texts = &settings.messages;
    set("SmsVerificationMessage", json!(texts.sms));
    set("EmailVerificationMessage", json!(texts.email_body));
    set("EmailVerificationSubject", json!(texts.email_subject));
    let mut template = json!({ "DefaultEmailOption": "CONFIRM_WITH_CODE" });
    fill(
        &mut template,
        &[
            ("SmsMessage", texts.sms.as_ref()),
            ("EmailMessage", texts.email_body.as_ref()),
            ("EmailSubject", texts.email_subject.as_ref()),
            ("EmailMessageByLink", texts.link_body.as_ref()),
            ("EmailSubjectByLink", texts.link_subject.as_ref()),
        ],
    );
    set("VerificationMessageTemplate", template);
    set(
        "UserAttributeUpdateSettings",
        json!({ "AttributesRequireVerificationBeforeUpdate": settings.verify_before_update }),
    );
    set("MfaConfiguration", json!("OFF"));
    set("EstimatedNumberOfUsers", json!(users));
    set("EmailConfiguration", json!({ "EmailSendingAccount": "COGNITO_DEFAULT" }));
    set("UserPoolTags", json!(settings.tags));
    set("Domain", json!(pool.domain));
    let mut invite = json!({});
    fill(
        &mut invite,
        &[
            ("SMSMessage", texts.invite_sms.as_ref()),
            ("EmailMessage", texts.invite_body.as_ref()),
            ("EmailSubject", texts.invite_subject.as_ref()),
        ],
    );
    let mut admin = json!({
        "AllowAdminCreateUserOnly": settings.admin_only,
        "UnusedAccountValidityDays": policy.temporary_days,
    });
    if let (Some(members), false) = (admin.as_object_mut(), invite.as_object().is_none_or(Map::is_empty)) {
        members.insert("InviteMessageTemplate".into(), invite);
    }
    set("AdminCreateUserConfig", admin);
    if settings.case_rule_given {
        set("UsernameConfiguration", json!({ "CaseSensitive": settings.case_sensitive }));
    }
    if let Some(ways) = &settings.recovery {
        let mechanisms: Vec<Value> = (1..)
            .zip(ways)
            .map(|(priority, name): (i64, _)| json!({ "Priority": priority, "Name": name }))
            .collect();
        set("AccountRecoverySetting", json!({ "RecoveryMechanisms": mechanisms }));
    }
    set("UserPoolTier", json!(settings.tier));
    for (name, value) in &settings.echo {
        set(name, value.clone());
    }
    Value::Object(out)
}

fn fill(target: &mut Value, texts: &[(&str, Option<&String>)]) {
    let Some(members) = target.as_object_mut() else { return };
    for (name, text) in texts {
        if let Some(text) = text {
            members.insert((*name).to_owned(), json!(text));
        }
    }
}
