mod store;

use super::{Located, Status, User, Who, guard, store as users};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::id::Sub;
use crate::pool::Contact;
use crate::sql::{Sql, SqlFault};
use serde::{Deserialize, Serialize};

pub(super) use store::delete;

/// What a code proves. One live code a user and purpose: a new one replaces the old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodePurpose {
    SignUp,
    Reset,
    Email,
    PhoneNumber,
}

/// What is stored in place of a code's MAC where no code was sent: no code's is empty.
const DEAD: &str = "";

/// An hour, the window of every limit on codes.
const HOUR: i64 = 3600;

impl CodePurpose {
    /// What the code proves that goes to a contact which a user changes.
    pub const fn proving(contact: Contact) -> Self {
        match contact {
            Contact::Email => Self::Email,
            Contact::PhoneNumber => Self::PhoneNumber,
        }
    }
    const fn label(self) -> &'static str {
        match self {
            Self::SignUp => "sign-up",
            Self::Reset => "reset",
            Self::Email => "email",
            Self::PhoneNumber => "phone-number",
        }
    }
    /// Seconds a code lives: a day, or an hour for a reset.
    const fn lives(self) -> i64 {
        match self {
            Self::Reset => HOUR,
            Self::SignUp | Self::Email | Self::PhoneNumber => 24 * HOUR,
        }
    }
    /// Kind of budget and uses an hour: for asking, for answering.
    const fn ask_limit(self) -> (&'static str, i64) {
        match self {
            Self::SignUp => ("ask-sign-up", 5),
            Self::Reset => ("ask-reset", 5),
            Self::Email | Self::PhoneNumber => ("ask-attribute", 5),
        }
    }
    const fn answer_limit(self) -> (&'static str, i64) {
        match self {
            Self::SignUp => ("answer-sign-up", 15),
            Self::Reset => ("answer-reset", 15),
            Self::Email | Self::PhoneNumber => ("answer-attribute", 15),
        }
    }
}

/// Stores the MAC of a code that the Worker is about to send. Asking for codes has a budget, also for nobody's name. A
/// user who is refused a code has a dead one afterwards, as nobody has: answering it is wrong in the same way.
#[derive(Debug, Serialize, Deserialize)]
pub struct PutCode {
    pub who: Who,
    pub phantom: String,
    pub purpose: CodePurpose,
    /// Hex.
    pub mac: String,
    /// What the code is about, such as the address it goes to.
    pub detail: String,
}

impl Command for PutCode {
    type Answer = Located<User>;
    const NAME: &'static str = "user.put_code";
    const OBJECT: Kind = Kind::UserShard;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<User>, Error> {
        let user = match users::locate(cx.sql, &self.who)? {
            users::At::Elsewhere(sub) => return Ok(Located::Elsewhere(sub)),
            users::At::Missing => {
                ask(cx, &self.phantom, self.purpose)?;
                put(cx, &self.phantom, self.purpose, DEAD, "")?;
                return Ok(Located::Missing);
            }
            users::At::Here(row) => row.user,
        };
        ask(cx, user.sub.as_str(), self.purpose)?;
        let allowed = match self.purpose {
            CodePurpose::SignUp => user.is_unconfirmed(),
            CodePurpose::Reset => {
                user.enabled && matches!(user.status, Status::Confirmed | Status::ResetRequired)
            }
            CodePurpose::Email | CodePurpose::PhoneNumber => user.enabled,
        };
        if !allowed {
            let (sub, purpose, now) = (user.sub.clone(), self.purpose, cx.now);
            cx.charge(move |sql| {
                Ok(store::put(sql, sub.as_str(), purpose, DEAD, "", now + purpose.lives())?)
            })?;
            return Err(match self.purpose {
                CodePurpose::SignUp => Refusal::Invalid { message: "User is already confirmed.".into() },
                _ if !user.enabled => Refusal::UserDisabled,
                CodePurpose::Reset if user.is_unconfirmed() => Refusal::ResetImpossible,
                _ => Refusal::WrongState {
                    message: "User password cannot be reset in the current state.".into(),
                },
            }
            .into());
        }
        put(cx, user.sub.as_str(), self.purpose, &self.mac, &self.detail)?;
        Ok(Located::Here(user))
    }
}

/// Stores the MAC of the code that a sign-up itself sends: nobody has asked for it, so it costs nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct PutFirstCode {
    pub sub: Sub,
    pub mac: String,
    pub detail: String,
}

impl Command for PutFirstCode {
    type Answer = ();
    const NAME: &'static str = "user.put_first_code";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        match users::find(cx.sql, &self.sub)? {
            Some(row) if row.user.is_unconfirmed() => {
                put(cx, self.sub.as_str(), CodePurpose::SignUp, &self.mac, &self.detail)
            }
            Some(row) => Err(row.user.cannot_confirm().into()),
            None => Err(Refusal::UserNotFound.into()),
        }
    }
}

/// Spends one of the hour's codes.
pub(super) fn ask(cx: &mut Context<'_>, subject: &str, purpose: CodePurpose) -> Result<(), Error> {
    let (kind, limit) = purpose.ask_limit();
    guard::spend(cx, subject, kind, limit, HOUR)
}

/// Stores a code within another operation.
pub(super) fn put(
    cx: &mut Context<'_>,
    subject: &str,
    purpose: CodePurpose,
    mac: &str,
    detail: &str,
) -> Result<(), Error> {
    Ok(store::put(cx.sql, subject, purpose, mac, detail, cx.now + purpose.lives())?)
}

/// Tells whether a code would be right, and leaves it: for what must not even begin with a wrong one. Answering costs
/// what it costs anyone, also for nobody's name.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckCode {
    pub who: Who,
    pub phantom: String,
    pub purpose: CodePurpose,
    pub macs: Vec<String>,
}

impl Command for CheckCode {
    type Answer = Located<()>;
    const NAME: &'static str = "user.check_code";
    const OBJECT: Kind = Kind::UserShard;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<()>, Error> {
        Ok(match users::locate(cx.sql, &self.who)? {
            users::At::Elsewhere(sub) => Located::Elsewhere(sub),
            users::At::Missing => {
                check(cx, &self.phantom, self.purpose, &self.macs)?;
                Located::Missing
            }
            users::At::Here(row) => {
                match check(cx, row.user.sub.as_str(), self.purpose, &self.macs) {
                    Err(Error::Refused(Refusal::CodeExpired)) if self.has_come(&row.user) => {
                        return Err(row.user.cannot_confirm().into());
                    }
                    checked => checked?,
                };
                Located::Here(())
            }
        })
    }
}

impl CheckCode {
    /// Whether what the code is for has come about already.
    fn has_come(&self, user: &User) -> bool {
        self.purpose == CodePurpose::SignUp && !user.is_unconfirmed()
    }
}

/// Takes a code: it is right and gone, or the operation is refused. Gives the code's detail.
pub(super) fn take(
    cx: &mut Context<'_>,
    subject: &str,
    purpose: CodePurpose,
    macs: &[String],
) -> Result<String, Error> {
    let detail = check(cx, subject, purpose, macs)?;
    delete(cx.sql, subject, purpose)?;
    Ok(detail)
}

/// Whether a code is right; it stays. A wrong answer spends one of the hour's, a right one none, so that what it is for
/// may be tried again. `macs` are the MACs of what the person typed, one for each of the deployment's secrets. Gives the
/// code's detail.
pub(super) fn check(
    cx: &mut Context<'_>,
    subject: &str,
    purpose: CodePurpose,
    macs: &[String],
) -> Result<String, Error> {
    let (kind, limit) = purpose.answer_limit();
    let left = guard::left(cx, subject, kind, limit, HOUR)?;
    let wrong = match store::find(cx.sql, subject, purpose)? {
        Some((mac, detail, expires)) if expires > cx.now => {
            if macs.iter().any(|given| crate::seal::same(given.as_bytes(), mac.as_bytes())) {
                return Ok(detail);
            }
            Refusal::CodeMismatch
        }
        _ => Refusal::CodeExpired,
    };
    guard::spend_one(cx, left)?;
    Err(wrong.into())
}

/// What a code that lives is about: for a contact, the address that it went to.
pub(super) fn detail(cx: &Context<'_>, subject: &str, purpose: CodePurpose) -> Result<Option<String>, Error> {
    let live = store::find(cx.sql, subject, purpose)?.filter(|(_, _, expires)| *expires > cx.now);
    Ok(live.map(|(_, detail, _)| detail).filter(|detail| !detail.is_empty()))
}

/// Forgets every code of a user.
pub(super) fn delete_all(sql: &dyn Sql, sub: &Sub) -> Result<(), SqlFault> {
    for purpose in [CodePurpose::SignUp, CodePurpose::Reset, CodePurpose::Email, CodePurpose::PhoneNumber] {
        delete(sql, sub.as_str(), purpose)?;
    }
    Ok(())
}
