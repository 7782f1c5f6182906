//! App clients.

use crate::id::ClientId;
use serde::{Deserialize, Serialize};

/// An app client's configuration; durations in seconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "the switches are independent")]
pub struct Client {
    pub id: ClientId,
    pub name: String,
    /// Sealed, URL-safe base64; `None` for a public client.
    pub secret: Option<String>,
    pub refresh_validity: i64,
    pub access_validity: i64,
    pub id_validity: i64,
    /// How the operator put the three durations, for answering as asked.
    pub validity_as_given: ValidityAsGiven,
    /// Names as AWS spells them. Stored as given; one not built is refused when used.
    pub auth_flows: Vec<String>,
    pub read_attributes: Option<Vec<String>>,
    pub write_attributes: Option<Vec<String>>,
    pub identity_providers: Vec<String>,
    pub callback_urls: Vec<String>,
    pub logout_urls: Vec<String>,
    pub default_redirect: Option<String>,
    pub oauth_flows: Vec<String>,
    pub oauth_scopes: Vec<String>,
    pub oauth_enabled: bool,
    /// `PreventUserExistenceErrors = ENABLED`.
    pub hides_missing_users: bool,
    /// Whether `PreventUserExistenceErrors` was given, for answering as asked.
    pub hides_missing_users_given: bool,
    pub revocation: bool,
    pub propagates_context: bool,
    /// Minutes a challenge may be answered in.
    pub session_minutes: i64,
    pub rotation: Option<Rotation>,
    pub created: i64,
    pub modified: i64,
}

/// Refresh token rotation: each refresh gives a new token, the old one works `grace` seconds more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    pub enabled: bool,
    pub grace: i64,
}

/// Numbers and unit names exactly as the operator gave them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidityAsGiven {
    pub refresh: i64,
    pub access: Option<i64>,
    pub id: Option<i64>,
    pub refresh_unit: Option<String>,
    pub access_unit: Option<String>,
    pub id_unit: Option<String>,
}

impl Client {
    /// Whether any of these flow names is switched on.
    pub fn allows(&self, names: &[&str]) -> bool {
        self.auth_flows.iter().any(|flow| names.contains(&flow.as_str()))
    }
    /// The grace in seconds where rotation is on.
    pub fn rotates(&self) -> Option<i64> {
        self.rotation.filter(|r| r.enabled).map(|r| r.grace)
    }
    pub fn reads(&self, attribute: &str) -> bool {
        self.read_attributes.as_ref().is_none_or(|list| list.iter().any(|a| a == attribute))
    }
    pub fn writes(&self, attribute: &str) -> bool {
        self.write_attributes.as_ref().is_none_or(|list| list.iter().any(|a| a == attribute))
    }
}
