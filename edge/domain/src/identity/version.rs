//! The configuration version handshake, the shard's side; see [`crate::pool`].

use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// Tells a shard of a version: the envelope carries it, and every command raises the shard's. Nothing else to do.
#[derive(Debug, Serialize, Deserialize)]
pub struct Raise {}

impl Command for Raise {
    type Answer = ();
    const NAME: &'static str = "identity.raise";
    const OBJECT: Kind = Kind::IdentityShard;
    const FOUNDS: bool = true;

    fn run(self, _: &mut Context<'_>) -> Result<(), Error> {
        Ok(())
    }
}

/// The pool is deleted: from now on this shard answers only that it is gone.
#[derive(Debug, Serialize, Deserialize)]
pub struct Close {}

impl Command for Close {
    type Answer = ();
    const NAME: &'static str = "identity.close";
    const OBJECT: Kind = Kind::IdentityShard;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        crate::object::bury(cx)
    }
}
