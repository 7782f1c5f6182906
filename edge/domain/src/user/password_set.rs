use super::{CodePurpose, Located, Name, NewPassword, Status, User, Who, code, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Flaw, Refusal, nonconforming, waits_for_confirmation};
use crate::id::Sub;
use crate::pool::Contact;
use crate::session::{self, Began, Family, NewBrowser, NewFamily};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// An administrator sets a password: for good, or one that must be changed at the next sign-in.
#[derive(Debug, Serialize, Deserialize)]
pub struct AdminSetPassword {
    pub who: Who,
    /// `lives` is set for a temporary one.
    pub password: NewPassword,
    /// Refused where the user is not, or no longer, one who was invited and has no password of their own.
    #[serde(default)]
    pub only_invited: bool,
}

impl Command for AdminSetPassword {
    type Answer = Located<()>;
    const NAME: &'static str = "user.admin_set_password";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<()>, Error> {
        let user = match store::locate(cx.sql, &self.who)? {
            store::At::Elsewhere(sub) => return Ok(Located::Elsewhere(sub)),
            store::At::Missing => return Ok(Located::Missing),
            store::At::Here(row) => row.user,
        };
        if self.only_invited && user.status != Status::ForceChangePassword {
            return Err(Refusal::InvitedBefore { status: user.status.label().to_owned() }.into());
        }
        self.password.set(cx, &user.sub)?;
        let status =
            if self.password.lives.is_some() { Status::ForceChangePassword } else { Status::Confirmed };
        store::set_status(cx.sql, &user.sub, status, cx.now)?;
        code::delete_all(cx.sql, &user.sub)?;
        cx.event("user.password_set", user.sub.as_str(), &serde_json::json!({ "byAdmin": true }));
        Ok(Located::Here(()))
    }
}

/// Answers the challenge for a new password; with a family it signs in. The challenge's id is spent by it, unless it is
/// refused: then the person mends the answer and gives it again.
#[derive(Debug, Serialize, Deserialize)]
pub struct AnswerNewPassword {
    pub sub: Sub,
    /// The names the person answered under; one must be theirs. Empty where the session alone tells who it is.
    #[serde(default)]
    pub names: Vec<Name>,
    /// The challenge session's id and when it ends.
    pub session: String,
    pub session_expires: i64,
    /// The version of the temporary password that the session was given for. A session of a release before names none,
    /// and is over.
    #[serde(default)]
    pub credential: Option<i64>,
    pub password: NewPassword,
    pub attributes: BTreeMap<String, String>,
    /// Attributes that must be present afterwards.
    pub required: Vec<String>,
    /// Those of `attributes` that may be given where there is none yet, and said again, but not changed.
    #[serde(default)]
    pub immutable: Vec<String>,
    /// Those of `attributes` that may only be said again.
    #[serde(default)]
    pub kept: Vec<String>,
    pub family: Option<NewFamily>,
    /// The browser's session to start, where the person is on the hosted pages.
    #[serde(default)]
    pub browser: Option<NewBrowser>,
}

impl Command for AnswerNewPassword {
    type Answer = (User, Option<Family>);
    const NAME: &'static str = "user.answer_new_password";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<(User, Option<Family>), Error> {
        session::unspent(cx, &self.session, self.session_expires)?;
        let who = Who { sub: Some(self.sub.clone()), ..Who::named(self.names) };
        let store::At::Here(row) = store::locate(cx.sql, &who)? else {
            return Err(Refusal::SessionInvalid.into());
        };
        if !row.user.enabled {
            return Err(Refusal::UserDisabled.into());
        }
        let proven = self.credential.ok_or(Refusal::SessionExpired)?;
        // What was proven is that temporary password, not one that an administrator has set since, and only while it lives.
        let lives = row.password_expires.is_none_or(|at| cx.now < at);
        if row.user.status != Status::ForceChangePassword || row.credential != proven || !lives {
            return Err(Refusal::SessionInvalid.into());
        }
        let fixed = |name: &String| self.required.contains(name) || self.immutable.contains(name);
        for (name, value) in &self.attributes {
            let contact = Contact::of_attribute(name);
            let has = row.user.attribute(name);
            if has == Some(value.as_str()) {
                continue;
            }
            if self.kept.contains(name) {
                return Err(waits_for_confirmation(name, value));
            }
            // Whoever invited has said so much, and that an address is proven is said of that address.
            if has.is_some() && (contact.is_some() || fixed(name)) {
                let message = format!("Cannot modify an already provided {name}");
                return Err(Refusal::WrongState { message }.into());
            }
            store::set_attribute(cx.sql, &self.sub, name, value)?;
            if let Some(contact) = contact {
                store::set_attribute(cx.sql, &self.sub, contact.verified_attribute(), "false")?;
            }
        }
        self.password.set(cx, &self.sub)?;
        store::set_status(cx.sql, &self.sub, Status::Confirmed, cx.now)?;
        let user = store::find(cx.sql, &self.sub)?.ok_or(Refusal::SessionInvalid)?.user;
        let missing: Vec<_> = self.required.iter().filter(|name| user.attribute(name).is_none()).collect();
        if let Some(name) = missing.first() {
            return Err(nonconforming(name, Flaw::Missing, "The attribute is required"));
        }
        let family = match self.family {
            Some(family) => Some(session::begin(cx, &self.sub, family, Began::Api)?),
            None => None,
        };
        if let Some(browser) = &self.browser {
            session::begin_browser(cx, &self.sub, browser)?;
        }
        session::spend(cx, &self.session, self.session_expires)?;
        cx.event("user.password_set", self.sub.as_str(), &());
        Ok((user, family))
    }
}

/// Sets a new password by the code of a reset.
#[derive(Debug, Serialize, Deserialize)]
pub struct ResetPassword {
    pub who: Who,
    pub phantom: String,
    pub macs: Vec<String>,
    pub password: NewPassword,
}

impl Command for ResetPassword {
    type Answer = Located<User>;
    const NAME: &'static str = "user.reset_password";
    const OBJECT: Kind = Kind::UserShard;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<User>, Error> {
        let user = match store::locate(cx.sql, &self.who)? {
            store::At::Elsewhere(sub) => return Ok(Located::Elsewhere(sub)),
            store::At::Missing => {
                code::take(cx, &self.phantom, CodePurpose::Reset, &self.macs)?;
                return Ok(Located::Missing);
            }
            store::At::Here(row) => row.user,
        };
        let detail = code::take(cx, user.sub.as_str(), CodePurpose::Reset, &self.macs)?;
        if !user.enabled {
            return Err(Refusal::UserDisabled.into());
        }
        self.password.set(cx, &user.sub)?;
        // Whoever answered has proven the contact the code went to, and only that.
        if user.status == Status::ResetRequired {
            store::set_status(cx.sql, &user.sub, Status::Confirmed, cx.now)?;
        }
        cx.event("user.password_reset", user.sub.as_str(), &serde_json::json!({ "by": detail }));
        Ok(Located::Here(user))
    }
}
