//! What an operator configures of a user pool, in the domain's terms. Doors translate AWS's members to and from it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A user pool's configuration. Times are in days or as named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    pub name: String,
    pub password: PasswordPolicy,
    /// Contacts verified by a code at sign-up and after a change.
    pub auto_verified: Vec<Contact>,
    /// Names besides the username that a person may sign in with. Frozen.
    pub aliases: Vec<Alias>,
    /// Contacts that *are* the username; then the real username is the sub. Frozen; excludes `aliases`.
    pub username_attributes: Vec<Contact>,
    /// Whether names that differ in case differ. Frozen.
    pub case_sensitive: bool,
    /// Whether the operator said so, for answering as asked.
    pub case_rule_given: bool,
    /// The attributes beyond the standard ones' defaults, by name (`custom:x`, or a standard name made required). Frozen.
    pub schema: BTreeMap<String, Attribute>,
    pub messages: Messages,
    /// Only an administrator makes users.
    pub admin_only: bool,
    /// In order of priority; `None` when not configured.
    pub recovery: Option<Vec<Recovery>>,
    /// Contacts whose old value stays until the new one is verified.
    pub verify_before_update: Vec<Contact>,
    pub deletion_protection: bool,
    pub tags: BTreeMap<String, String>,
    /// `LITE`, `ESSENTIALS` or `PLUS`: stored and answered.
    pub tier: String,
    /// Members that only feed what is not built yet, by AWS's name: stored and answered as given.
    #[serde(default)]
    pub echo: BTreeMap<String, serde_json::Value>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "the policy is a set of independent switches")]
pub struct PasswordPolicy {
    pub minimum_length: u32,
    pub upper: bool,
    pub lower: bool,
    pub number: bool,
    pub symbol: bool,
    /// Days a temporary password lives.
    pub temporary_days: u32,
}

impl Default for PasswordPolicy {
    fn default() -> Self {
        Self { minimum_length: 8, upper: true, lower: true, number: true, symbol: true, temporary_days: 7 }
    }
}

/// An address a message can go to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contact {
    Email,
    PhoneNumber,
}

impl Contact {
    /// The attribute's name.
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
        }
    }
    /// The attribute that says it was proven.
    pub const fn verified_attribute(self) -> &'static str {
        match self {
            Self::Email => "email_verified",
            Self::PhoneNumber => "phone_number_verified",
        }
    }
    /// AWS's name of the medium.
    pub const fn medium(self) -> &'static str {
        match self {
            Self::Email => "EMAIL",
            Self::PhoneNumber => "SMS",
        }
    }
    pub fn of_attribute(name: &str) -> Option<Self> {
        match name {
            "email" => Some(Self::Email),
            "phone_number" => Some(Self::PhoneNumber),
            _ => None,
        }
    }
    pub const fn alias(self) -> Alias {
        match self {
            Self::Email => Alias::Email,
            Self::PhoneNumber => Alias::PhoneNumber,
        }
    }
}

/// A name besides the username.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Alias {
    Email,
    PhoneNumber,
    PreferredUsername,
}

impl Alias {
    pub const fn attribute(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
            Self::PreferredUsername => "preferred_username",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recovery {
    VerifiedEmail,
    VerifiedPhoneNumber,
    AdminOnly,
}

/// Texts of messages; `None` is ours. `{####}` stands for the code, `{username}` for the name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Messages {
    pub email_subject: Option<String>,
    pub email_body: Option<String>,
    pub sms: Option<String>,
    pub invite_subject: Option<String>,
    pub invite_body: Option<String>,
    pub invite_sms: Option<String>,
    /// Kept for the day links are sent.
    #[serde(default)]
    pub link_subject: Option<String>,
    #[serde(default)]
    pub link_body: Option<String>,
}

/// One attribute of the schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attribute {
    pub kind: AttributeKind,
    pub mutable: bool,
    pub required: bool,
    /// Only readable and writable by an administrator.
    pub developer_only: bool,
    /// Characters for strings, values for numbers; as text because AWS says them so.
    pub min: Option<i64>,
    pub max: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AttributeKind {
    String,
    Number,
    DateTime,
    Boolean,
}

/// Attributes every pool has, in AWS's order: name, kind, mutable, least and greatest length or value.
pub const STANDARD: &[(&str, AttributeKind, bool, Option<i64>, Option<i64>)] = &[
    ("sub", AttributeKind::String, false, Some(1), Some(2048)),
    ("name", AttributeKind::String, true, Some(0), Some(2048)),
    ("given_name", AttributeKind::String, true, Some(0), Some(2048)),
    ("family_name", AttributeKind::String, true, Some(0), Some(2048)),
    ("middle_name", AttributeKind::String, true, Some(0), Some(2048)),
    ("nickname", AttributeKind::String, true, Some(0), Some(2048)),
    ("preferred_username", AttributeKind::String, true, Some(0), Some(2048)),
    ("profile", AttributeKind::String, true, Some(0), Some(2048)),
    ("picture", AttributeKind::String, true, Some(0), Some(2048)),
    ("website", AttributeKind::String, true, Some(0), Some(2048)),
    ("email", AttributeKind::String, true, Some(0), Some(2048)),
    ("email_verified", AttributeKind::Boolean, true, None, None),
    ("gender", AttributeKind::String, true, Some(0), Some(2048)),
    ("birthdate", AttributeKind::String, true, Some(10), Some(10)),
    ("zoneinfo", AttributeKind::String, true, Some(0), Some(2048)),
    ("locale", AttributeKind::String, true, Some(0), Some(2048)),
    ("phone_number", AttributeKind::String, true, Some(0), Some(2048)),
    ("phone_number_verified", AttributeKind::Boolean, true, None, None),
    ("address", AttributeKind::String, true, Some(0), Some(2048)),
    ("updated_at", AttributeKind::Number, true, Some(0), None),
];

impl Settings {
    /// The schema entry of an attribute: the pool's own, else the standard one.
    pub fn attribute(&self, name: &str) -> Option<Attribute> {
        if let Some(own) = self.schema.get(name) {
            return Some(own.clone());
        }
        STANDARD.iter().find(|entry| entry.0 == name).map(|(_, kind, mutable, min, max)| Attribute {
            kind: *kind,
            mutable: *mutable,
            required: name == "sub",
            developer_only: false,
            min: *min,
            max: *max,
        })
    }
    /// Attributes a new user must bring, by name.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        self.schema.iter().filter(|(_, a)| a.required).map(|(name, _)| name.as_str())
    }
    /// The names a person can sign in with, besides the plain username.
    pub fn sign_in_aliases(&self) -> Vec<Alias> {
        self.aliases.iter().copied().chain(self.username_attributes.iter().map(|c| c.alias())).collect()
    }
}
