//! Names: what a person may type to say who they are.

use crate::id::{fold, normal};
use crate::pool::{Alias, UserPool};
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    Username,
    Email,
    PhoneNumber,
    PreferredUsername,
}

impl NameKind {
    pub const ALL: [Self; 4] = [Self::Username, Self::Email, Self::PhoneNumber, Self::PreferredUsername];

    pub const fn label(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Email => "email",
            Self::PhoneNumber => "phone_number",
            Self::PreferredUsername => "preferred_username",
        }
    }
    pub fn parse(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.label() == label)
    }
}

impl From<Alias> for NameKind {
    fn from(alias: Alias) -> Self {
        match alias {
            Alias::Email => Self::Email,
            Alias::PhoneNumber => Self::PhoneNumber,
            Alias::PreferredUsername => Self::PreferredUsername,
        }
    }
}

/// A name in the form in which the pool compares it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Name {
    pub kind: NameKind,
    pub key: String,
}

impl Name {
    pub fn new(pool: &UserPool, kind: NameKind, text: &str) -> Self {
        let key = if pool.settings.case_sensitive { normal(text) } else { fold(text) };
        Self { kind, key }
    }
    /// Every name that `text` could be in this pool. All of them live on the same shard, because placement minds
    /// neither kind nor case.
    pub fn candidates(pool: &UserPool, text: &str) -> Vec<Self> {
        let mut kinds = vec![NameKind::Username];
        kinds.extend(pool.settings.sign_in_aliases().into_iter().map(NameKind::from));
        kinds.into_iter().map(|kind| Self::new(pool, kind, text)).collect()
    }
}
