use super::{Proof, Refreshed, store};
use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::{Error, Refusal};
use serde::{Deserialize, Serialize};

/// Whether a session stands and has not run out; gives the user and the session. The gate asks, for browsers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Stand {
    pub proof: Proof,
}

impl Command for Stand {
    type Answer = Refreshed;
    const NAME: &'static str = "session.stand";
    const OBJECT: Kind = Kind::UserShard;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Refreshed, Error> {
        let user = super::check(cx, &self.proof)?;
        let row = store::find_family(cx.sql, &self.proof.family)?.ok_or(Refusal::AccessTokenRevoked)?;
        if row.family.expires <= cx.now {
            return Err(Refusal::RefreshTokenExpired.into());
        }
        Ok(Refreshed { user, family: row.family })
    }
}
