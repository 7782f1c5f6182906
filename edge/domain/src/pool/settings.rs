//! What an operator configures of a user pool, in the domain's terms. Doors translate AWS's members to and from it.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A user pool's configuration. Times are in days or as named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in AWS's configuration")]
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
    pub const ALL: [Self; 2] = [Self::Email, Self::PhoneNumber];

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

/// An attribute that every pool has.
#[derive(Clone, Copy, Debug)]
pub struct Standard {
    pub name: &'static str,
    pub kind: AttributeKind,
    pub mutable: bool,
    /// Least and greatest length, or value.
    pub min: Option<i64>,
    pub max: Option<i64>,
}

impl Standard {
    const fn of(name: &'static str, kind: AttributeKind) -> Self {
        Self { name, kind, mutable: true, min: None, max: None }
    }
    const fn text(name: &'static str) -> Self {
        Self { min: Some(0), max: Some(2048), ..Self::of(name, AttributeKind::String) }
    }
    /// The one of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        STANDARD.iter().find(|standard| standard.name == name)
    }
}

/// In AWS's order.
pub const STANDARD: &[Standard] = &[
    Standard { mutable: false, min: Some(1), ..Standard::text("sub") },
    Standard::text("name"),
    Standard::text("given_name"),
    Standard::text("family_name"),
    Standard::text("middle_name"),
    Standard::text("nickname"),
    Standard::text("preferred_username"),
    Standard::text("profile"),
    Standard::text("picture"),
    Standard::text("website"),
    Standard::text("email"),
    Standard::of("email_verified", AttributeKind::Boolean),
    Standard::text("gender"),
    Standard { min: Some(10), max: Some(10), ..Standard::text("birthdate") },
    Standard::text("zoneinfo"),
    Standard::text("locale"),
    Standard::text("phone_number"),
    Standard::of("phone_number_verified", AttributeKind::Boolean),
    Standard::text("address"),
    Standard { min: Some(0), ..Standard::of("updated_at", AttributeKind::Number) },
];

impl Settings {
    /// The schema entry of an attribute: the pool's own, else the standard one.
    pub fn attribute(&self, name: &str) -> Option<Attribute> {
        if let Some(own) = self.schema.get(name) {
            return Some(own.clone());
        }
        Standard::named(name).map(|standard| Attribute {
            kind: standard.kind,
            mutable: standard.mutable,
            required: name == "sub",
            developer_only: false,
            min: standard.min,
            max: standard.max,
        })
    }
    /// Attributes a new user must bring, by name. Nobody brings a `sub`, though the schema says that everybody has one.
    pub fn required(&self) -> impl Iterator<Item = &str> {
        self.schema.iter().filter(|(name, a)| a.required && *name != "sub").map(|(name, _)| name.as_str())
    }
    /// The names a person can sign in with, besides the plain username.
    pub fn sign_in_aliases(&self) -> Vec<Alias> {
        self.aliases.iter().copied().chain(self.username_attributes.iter().map(|c| c.alias())).collect()
    }
}
