//! Users: one row on the shard of their `sub`, their names claimed on the shards of the names.

mod attributes;
mod claim;
mod code;
mod confirm;
mod count;
mod delete;
mod enable;
mod find;
mod guard;
mod list;
mod name;
mod password_begin;
mod password_finish;
mod password_set;
mod register;
mod store;
#[cfg(all(test, feature = "native"))]
mod tests;
mod verify;
mod version;

pub use attributes::{AdminSetAttributes, SetAttributes, Unproven};
pub use claim::{Claim, Claimant, Decide, Holding, ReleaseClaim, SettleClaim, Taken};
pub use code::{CheckCode, CodePurpose, PutCode, PutFirstCode};
pub use confirm::{AdminConfirm, ConfirmSignUp};
pub use count::CountUsers;
pub use delete::{DeleteUser, Deleted, Forsake};
pub use enable::EnableUser;
pub use find::FindUser;
pub use list::{Filter, FilterOn, ListUsers, Page, fitting, is_full};
pub use name::{Name, NameKind};
pub use password_begin::{BeginChange, BeginPassword, Begun};
pub use password_finish::{FinishPassword, Outcome, SignedIn};
pub use password_set::{AdminSetPassword, AnswerNewPassword, ResetPassword};
pub use register::{NewPassword, Register, Registered};
pub use verify::{CheckContactCode, Provable, PutContactCode, VerifyContact};
pub use version::{Close, Raise};

pub(crate) use find::locate;
pub(crate) use store::find as find_row;

use crate::error::Refusal;
use crate::id::Sub;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A person in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub sub: Sub,
    /// Where contacts are the username, this is the sub.
    pub username: String,
    pub status: Status,
    pub enabled: bool,
    /// Epoch seconds.
    pub created: i64,
    pub modified: i64,
    /// Without `sub`.
    pub attributes: BTreeMap<String, String>,
}

impl User {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
    /// Whether this contact is present and proven.
    pub fn verified(&self, contact: crate::pool::Contact) -> bool {
        self.attribute(contact.attribute()).is_some()
            && self.attribute(contact.verified_attribute()) == Some("true")
    }
    /// Whether they made their own account and have not proven anything yet.
    pub fn is_unconfirmed(&self) -> bool {
        self.status == Status::Unconfirmed
    }
    /// Why somebody who is not unconfirmed is not confirmed.
    pub fn cannot_confirm(&self) -> Refusal {
        let message = format!("User cannot be confirmed. Current status is {}", self.status.label());
        Refusal::WrongState { message }
    }
}

/// Where a user stands in the life that AWS gives users.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Status {
    Unconfirmed,
    Confirmed,
    ForceChangePassword,
    ResetRequired,
}

impl Status {
    pub const ALL: [Self; 4] =
        [Self::Unconfirmed, Self::Confirmed, Self::ForceChangePassword, Self::ResetRequired];

    /// AWS's spelling, which is also the stored one.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Unconfirmed => "UNCONFIRMED",
            Self::Confirmed => "CONFIRMED",
            Self::ForceChangePassword => "FORCE_CHANGE_PASSWORD",
            Self::ResetRequired => "RESET_REQUIRED",
        }
    }
    pub fn parse(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.label() == label)
    }
}

/// Whom a command is about: a sub, names a person typed, or both once the name's shard has named the sub. A text in the
/// form of a sub may be a name: it is that user's whose sub it is, and only where there is none whoever's name it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    pub sub: Option<Sub>,
    pub names: Vec<Name>,
    /// What the text of the sub may be instead, where nobody has that sub. These names live on the sub's own shard.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Name>,
    /// Where the names may belong to a user of another shard: whom to be sent on to when nobody has them, so that a
    /// missing user takes as many calls as such a one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nobody: Option<Sub>,
}

impl Who {
    pub const fn known(sub: Sub) -> Self {
        Self { sub: Some(sub), names: Vec::new(), otherwise: Vec::new(), nobody: None }
    }
    pub const fn named(names: Vec<Name>) -> Self {
        Self { sub: None, names, otherwise: Vec::new(), nobody: None }
    }
    /// The same text, at the home of the user to whom it leads.
    #[must_use]
    pub fn sent_on(&self, sub: Sub) -> Self {
        let names = if self.sub.is_some() { &self.otherwise } else { &self.names };
        Self { sub: Some(sub), ..Self::named(names.clone()) }
    }
}

/// The answer of a command about [`Who`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Located<A> {
    Here(A),
    /// The name is claimed by a user whose home is another shard: ask there, naming the sub.
    Elsewhere(Sub),
    /// Nobody.
    Missing,
}

impl<A> Located<A> {
    pub fn map<B>(self, f: impl FnOnce(A) -> B) -> Located<B> {
        match self {
            Self::Here(a) => Located::Here(f(a)),
            Self::Elsewhere(sub) => Located::Elsewhere(sub),
            Self::Missing => Located::Missing,
        }
    }
}
