use super::claim::{self, Claimant};
use super::{Located, Name, Who, code, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use crate::id::{Placement, Sub};
use crate::session::{self, Proof};
use serde::{Deserialize, Serialize};

/// Deletes a user: by an administrator, or by themselves with a token. Names claimed elsewhere are given back by the
/// flow; one left behind by a crash is released by the next who wants it.
#[derive(Debug, Serialize, Deserialize)]
pub struct DeleteUser {
    pub who: Who,
    pub proof: Option<Proof>,
    pub placement: Placement,
}

/// Who is gone, and the names whose claims live on other shards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deleted {
    pub sub: Sub,
    pub elsewhere: Vec<Name>,
}

impl Command for DeleteUser {
    type Answer = Located<Deleted>;
    const NAME: &'static str = "user.delete";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<Deleted>, Error> {
        let user = match &self.proof {
            Some(proof) => session::check(cx, proof)?,
            None => match store::locate(cx.sql, &self.who)? {
                store::At::Elsewhere(sub) => return Ok(Located::Elsewhere(sub)),
                store::At::Missing => return Ok(Located::Missing),
                store::At::Here(row) => row.user,
            },
        };
        let home = self.placement.of_sub(&user.sub);
        let mut elsewhere = Vec::new();
        for name in store::names(cx.sql, &user.sub)? {
            if self.placement.of_name(&name.key) == home {
                claim::release_of(cx.sql, &user.sub, &name)?;
            } else {
                elsewhere.push(name);
            }
        }
        session::forget(cx.sql, &user.sub)?;
        code::delete_all(cx.sql, &user.sub)?;
        store::delete(cx.sql, &user.sub)?;
        cx.event("user.deleted", user.sub.as_str(), &());
        Ok(Located::Here(Deleted { sub: user.sub, elsewhere }))
    }
}

/// Gives back the claim of a user who is gone. Sent to the name's shard.
#[derive(Debug, Serialize, Deserialize)]
pub struct Forsake {
    pub sub: Sub,
    pub name: Name,
}

impl Command for Forsake {
    type Answer = ();
    const NAME: &'static str = "user.forsake";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        match claim::find(cx.sql, &self.name)? {
            Some(claimant @ Claimant { .. }) if claimant.sub == self.sub => {
                Ok(claim::release(cx.sql, &claimant)?)
            }
            _ => Ok(()),
        }
    }
}
