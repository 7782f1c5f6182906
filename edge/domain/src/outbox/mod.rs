//! The outbox: where messages go in local runs, instead of to people.

mod store;

use crate::address::Kind;
use crate::command::Command;
use crate::context::Context;
use crate::error::Error;
use serde::{Deserialize, Serialize};

/// How many messages are kept.
const KEEP: i64 = 1000;

/// A message to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// `EMAIL` or `SMS`.
    pub medium: String,
    /// The address or number.
    pub to: String,
    /// Empty for SMS.
    pub subject: String,
    pub body: String,
    /// What it is for: `sign-up`, `reset`, `invite`, `attribute`.
    pub about: String,
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Post {
    pub message: Message,
}

impl Command for Post {
    type Answer = ();
    const NAME: &'static str = "outbox.post";
    const OBJECT: Kind = Kind::Outbox;
    const FOUNDS: bool = true;

    fn run(self, cx: &mut Context<'_>) -> Result<(), Error> {
        store::insert(cx.sql, cx.now, &self.message)?;
        store::delete_oldest(cx.sql, KEEP)?;
        Ok(())
    }
}

/// The newest messages, newest first; all, or those to one recipient.
#[derive(Debug, Serialize, Deserialize)]
pub struct List {
    pub to: Option<String>,
    pub limit: u32,
}

/// A message and when it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    pub seq: i64,
    /// Epoch seconds.
    pub at: i64,
    #[serde(flatten)]
    pub message: Message,
}

impl Command for List {
    type Answer = Vec<Sent>;
    const NAME: &'static str = "outbox.list";
    const OBJECT: Kind = Kind::Outbox;
    const WRITES: bool = false;

    fn run(self, cx: &mut Context<'_>) -> Result<Vec<Sent>, Error> {
        Ok(store::page(cx.sql, self.to.as_deref(), self.limit.min(200))?)
    }
}
