use super::{Located, Status, User, Who, guard, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::id::Sub;
use crate::sql::{Sql, SqlFault};
use serde::{Deserialize, Serialize};

/// What a code proves. One live code a user and purpose: a new one replaces the old.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CodePurpose {
    SignUp,
    Reset,
    Email,
    PhoneNumber,
}

/// An hour, the window of every limit on codes.
const HOUR: i64 = 3600;

impl CodePurpose {
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

/// Stores the MAC of a code that the Worker is about to send. Asking for codes has a budget, also for nobody's name.
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
        let (kind, limit) = self.purpose.ask_limit();
        let user = match store::locate(cx.sql, &self.who)? {
            store::At::Elsewhere(sub) => return Ok(Located::Elsewhere(sub)),
            store::At::Missing => {
                guard::spend(cx, &self.phantom, kind, limit, HOUR)?;
                // A code that nothing matches: answering it is wrong in the same way as a real one.
                put(cx, &self.phantom, self.purpose, "", "")?;
                return Ok(Located::Missing);
            }
            store::At::Here(row) => row.user,
        };
        guard::spend(cx, user.sub.as_str(), kind, limit, HOUR)?;
        let allowed = match self.purpose {
            CodePurpose::SignUp => user.status == Status::Unconfirmed,
            CodePurpose::Reset => {
                user.enabled && matches!(user.status, Status::Confirmed | Status::ResetRequired)
            }
            CodePurpose::Email | CodePurpose::PhoneNumber => user.enabled,
        };
        if !allowed {
            return Err(match self.purpose {
                CodePurpose::SignUp => Refusal::Invalid { message: "User is already confirmed.".into() },
                _ if !user.enabled => Refusal::UserDisabled,
                CodePurpose::Reset if user.status == Status::Unconfirmed => Refusal::ResetImpossible,
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

/// Stores a code within another operation.
pub(super) fn put(
    cx: &mut Context<'_>,
    subject: &str,
    purpose: CodePurpose,
    mac: &str,
    detail: &str,
) -> Result<(), Error> {
    cx.sql.query(
        "INSERT INTO code (sub, purpose, mac, detail, expires) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (sub, purpose) DO UPDATE
         SET mac = excluded.mac, detail = excluded.detail, expires = excluded.expires",
        &[
            subject.into(),
            purpose.label().into(),
            mac.into(),
            detail.into(),
            (cx.now + purpose.lives()).into(),
        ],
    )?;
    Ok(())
}

/// Takes a code: spends one answer, then either the code is right and gone, or the operation is refused. `macs` are the
/// MACs of what the person typed, one for each of the deployment's secrets. Gives the code's detail.
pub(super) fn take(
    cx: &mut Context<'_>,
    subject: &str,
    purpose: CodePurpose,
    macs: &[String],
) -> Result<String, Error> {
    let (kind, limit) = purpose.answer_limit();
    guard::spend(cx, subject, kind, limit, HOUR)?;
    let Some((mac, detail, expires)) = find(cx.sql, subject, purpose)? else {
        return Err(Refusal::CodeExpired.into());
    };
    if expires <= cx.now {
        return Err(Refusal::CodeExpired.into());
    }
    if !macs.iter().any(|given| crate::seal::same(given.as_bytes(), mac.as_bytes())) {
        return Err(Refusal::CodeMismatch.into());
    }
    cx.sql
        .query("DELETE FROM code WHERE sub = ? AND purpose = ?", &[subject.into(), purpose.label().into()])?;
    Ok(detail)
}

fn find(sql: &dyn Sql, sub: &str, purpose: CodePurpose) -> Result<Option<(String, String, i64)>, SqlFault> {
    let rows = sql.query(
        "SELECT mac, detail, expires FROM code WHERE sub = ? AND purpose = ?",
        &[sub.into(), purpose.label().into()],
    )?;
    rows.first().map(|row| Ok((row.text(0)?, row.text(1)?, row.integer(2)?))).transpose()
}

/// Forgets every code of a user.
pub(super) fn delete_all(sql: &dyn Sql, sub: &Sub) -> Result<(), SqlFault> {
    for purpose in [CodePurpose::SignUp, CodePurpose::Reset, CodePurpose::Email, CodePurpose::PhoneNumber] {
        sql.query(
            "DELETE FROM code WHERE sub = ? AND purpose = ?",
            &[sub.as_str().into(), purpose.label().into()],
        )?;
    }
    Ok(())
}
