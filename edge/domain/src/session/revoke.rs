use super::store;
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::user::{Located, Who};
use serde::{Deserialize, Serialize};

/// Ends one family by one of its refresh tokens. Unknown or ended already is success.
#[derive(Debug, Serialize, Deserialize)]
pub struct RevokeFamily {
    pub family: String,
    pub client: String,
}

impl Command for RevokeFamily {
    type Answer = ();
    const NAME: &'static str = "session.revoke";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        let Some(row) = store::find_family(cx.sql, &self.family)? else { return Ok(()) };
        // RFC 7009 §2.1: a token of another client is refused.
        if row.family.client != self.client {
            return Err(Refusal::RefreshTokenInvalid.into());
        }
        store::end_family(cx.sql, &self.family, cx.now)?;
        cx.event("session.revoked", row.family.sub.as_str(), &());
        Ok(())
    }
}

/// Ends every session of a user: by their own token, or by an administrator.
#[derive(Debug, Serialize, Deserialize)]
pub struct SignOutEverywhere {
    pub who: Who,
    pub proof: Option<super::Proof>,
}

impl Command for SignOutEverywhere {
    type Answer = Located<()>;
    const NAME: &'static str = "session.sign_out_everywhere";
    const OBJECT: Kind = Kind::UserShard;

    fn run(self, cx: &mut Context<'_>) -> Result<Located<()>, Error> {
        let user = match &self.proof {
            Some(proof) => super::check(cx, proof)?,
            None => match crate::user::locate(cx.sql, &self.who)? {
                Located::Here(user) => user,
                Located::Elsewhere(sub) => return Ok(Located::Elsewhere(sub)),
                Located::Missing => return Ok(Located::Missing),
            },
        };
        super::end_all(cx, &user.sub)?;
        cx.event("user.signed_out", user.sub.as_str(), &());
        Ok(Located::Here(()))
    }
}
