use super::store;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::id::Sub;
use crate::user::{self, User};
use serde::{Deserialize, Serialize};

/// What a verified access token says of its session. Only verification makes one from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    pub sub: Sub,
    /// The family.
    pub family: String,
}

/// Whether a token's session still stands; gives the user.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckToken {
    pub proof: Proof,
}

impl Command for CheckToken {
    type Answer = User;
    const NAME: &'static str = "session.check";
    const OBJECT: Kind = Kind::UserShard;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<User, Error> {
        check(cx, &self.proof)
    }
}

/// The user of a standing session, or the refusal that says why it does not stand.
pub(crate) fn check(cx: &Context<'_>, proof: &Proof) -> Result<User, Error> {
    let Some(row) = store::find_family(cx.sql, &proof.family)? else {
        // A person's sessions go with the person.
        user::find_row(cx.sql, &proof.sub)?.ok_or(Refusal::UserNotFound)?;
        return Err(Refusal::AccessTokenRevoked.into());
    };
    if row.family.sub != proof.sub || row.ended.is_some() {
        return Err(Refusal::AccessTokenRevoked.into());
    }
    let user = user::find_row(cx.sql, &proof.sub)?.ok_or(Refusal::UserNotFound)?.user;
    if !user.enabled {
        return Err(Refusal::UserDisabled.into());
    }
    Ok(user)
}
