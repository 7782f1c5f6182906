use super::claim::{self, Claimant, Taken};
use super::{Name, Status, User, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use crate::id::{Placement, Sub};
use crate::secret::Secret;
use crate::session;
use serde::{Deserialize, Serialize};

/// A password as it is stored: hashed by the Worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewPassword {
    /// PHC string.
    pub hash: Secret<String>,
    /// Seconds it works, for a temporary one.
    pub lives: Option<i64>,
}

impl NewPassword {
    /// Sets the password. As with AWS, tokens given before go on; but no browser in which the old one was typed gets new
    /// ones without the new one.
    pub(super) fn set(&self, cx: &Context<'_>, sub: &Sub) -> Result<(), Error> {
        let expires = self.lives.map(|seconds| cx.now + seconds);
        store::set_password(cx.sql, sub, self.hash.expose(), expires, cx.now)?;
        Ok(session::end_browsers(cx.sql, sub)?)
    }
}

/// Writes a new user on the home shard, claiming the names that live here in the same transaction. Names that live
/// elsewhere were claimed before, under `operation`.
#[derive(Debug, Serialize, Deserialize)]
pub struct Register {
    pub user: User,
    pub password: Option<NewPassword>,
    pub here: Vec<Name>,
    pub elsewhere: Vec<Name>,
    pub operation: String,
    pub placement: Placement,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Registered {
    Done(User),
    /// A user holds this name.
    NameHeld {
        name: Name,
        by: Sub,
    },
    /// Somebody whose home is elsewhere claims this name; nothing was written.
    Contested(Claimant),
}

impl Command for Register {
    type Answer = Registered;
    const NAME: &'static str = "user.register";
    const OBJECT: Kind = Kind::UserShard;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<Registered, Error> {
        // Look first: `take` writes as soon as a name is free, and an answer that is no refusal undoes nothing.
        for name in &self.here {
            if store::holds(cx.sql, &self.user.sub, name)? {
                return Ok(Registered::NameHeld { name: name.clone(), by: self.user.sub });
            }
            match claim::look(cx.sql, self.placement, &self.user.sub, name)? {
                Taken::Ours => {}
                Taken::Held(by) => return Ok(Registered::NameHeld { name: name.clone(), by }),
                Taken::Contested(other) => return Ok(Registered::Contested(other)),
            }
        }
        if !self.elsewhere.is_empty() {
            claim::commit(cx, &self.operation)?;
        }
        let user = User { created: cx.now, modified: cx.now, ..self.user };
        let row = store::UserRow { user, password: None, password_expires: None, credential: 0 };
        store::insert(cx.sql, &row)?;
        for name in &self.here {
            let wanted =
                Claimant { name: name.clone(), sub: row.user.sub.clone(), operation: self.operation.clone() };
            match claim::take(cx, self.placement, &wanted, "settled")? {
                Taken::Ours => store::set_name(cx.sql, &row.user.sub, name)?,
                other => {
                    return Err(crate::error::fault(format!("name taken within a transaction: {other:?}")));
                }
            }
        }
        for name in &self.elsewhere {
            store::set_name(cx.sql, &row.user.sub, name)?;
        }
        if let Some(password) = &self.password {
            password.set(cx, &row.user.sub)?;
        }
        let detail = row.user.status == Status::ForceChangePassword;
        cx.event("user.created", row.user.sub.as_str(), &serde_json::json!({ "byAdmin": detail }));
        Ok(Registered::Done(row.user))
    }
}
