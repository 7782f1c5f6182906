use super::{Located, Status, Who, guard, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use crate::id::Sub;
use crate::secret::Secret;
use serde::{Deserialize, Serialize};

/// Begins a password try: finds the user and takes one try from the budget. The Worker hashes, then sends
/// [`super::FinishPassword`]. A name nobody has spends a budget of its own, so that the lock tells nothing.
#[derive(Debug, Serialize, Deserialize)]
pub struct BeginPassword {
    pub who: Who,
    /// The try's id, drawn by the Worker.
    pub attempt: String,
    /// Whose budget a name spends that nobody has: a MAC of the name.
    pub phantom: String,
}

/// What the Worker needs to check the password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    pub sub: Sub,
    pub username: String,
    pub status: Status,
    /// `None` when the user has no password, which no password matches.
    pub hash: Option<Secret<String>>,
}

impl Command for BeginPassword {
    type Answer = Located<Begun>;
    const NAME: &'static str = "user.begin_password";
    const OBJECT: Kind = Kind::UserShard;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<Begun>, Error> {
        Ok(match store::locate(cx.sql, &self.who)? {
            store::At::Elsewhere(sub) => Located::Elsewhere(sub),
            store::At::Missing => {
                guard::begin(cx, &self.phantom, 0, &self.attempt)?;
                Located::Missing
            }
            store::At::Here(row) => {
                guard::begin(cx, row.user.sub.as_str(), row.credential, &self.attempt)?;
                Located::Here(Begun {
                    sub: row.user.sub,
                    username: row.user.username,
                    status: row.user.status,
                    hash: row.password.map(Secret::new),
                })
            }
        })
    }
}

/// Begins a try of the old password by somebody who changes theirs, which may be tried a few times an hour only. A change
/// that is made gives back what was spent.
#[derive(Debug, Serialize, Deserialize)]
pub struct BeginChange {
    pub sub: Sub,
    pub attempt: String,
}

/// The budget of changes, and its limit an hour.
pub(super) const CHANGES: &str = "change-password";
const MOST_CHANGES: i64 = 5;
const HOUR: i64 = 3600;

impl Command for BeginChange {
    type Answer = Located<Begun>;
    const NAME: &'static str = "user.begin_change";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<Begun>, Error> {
        if store::find(cx.sql, &self.sub)?.is_none() {
            return Ok(Located::Missing);
        }
        guard::spend(cx, self.sub.as_str(), CHANGES, MOST_CHANGES, HOUR)?;
        let (who, attempt) = (Who::known(self.sub), self.attempt);
        BeginPassword { who, attempt, phantom: String::new() }.run(cx)
    }
}
