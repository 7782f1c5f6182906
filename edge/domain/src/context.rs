//! What an operation gets from the world: its database, the time, chance, the caller; and what it leaves besides its
//! answer: charges, events, jobs.

use crate::caller::Caller;
use crate::error::Error;
use crate::random::Random;
use crate::sql::Sql;
use serde::Serialize;

/// Something written that outlives a refusal.
type Charge = Box<dyn Fn(&dyn Sql) -> Result<(), Error>>;

pub struct Context<'a> {
    pub sql: &'a dyn Sql,
    /// Epoch seconds by the object's own clock, never earlier than any time it stored.
    pub now: i64,
    pub random: &'a dyn Random,
    pub caller: &'a Caller,
    /// The id of this operation; a repetition carries the same.
    pub operation: &'a str,
    charges: Vec<Charge>,
    events: Vec<Event>,
    jobs: Vec<Job>,
}

/// A fact for audit, logs and later triggers, stored in the operation's own transaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub kind: &'static str,
    /// Whom it is about: a sub, a pool or client id.
    pub subject: String,
    /// JSON, without secrets.
    pub detail: String,
}

/// Work that the object's alarm completes. One row an `id`: asking again moves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    pub id: String,
    pub kind: String,
    /// Epoch seconds.
    pub due: i64,
    /// JSON.
    pub body: String,
}

impl<'a> Context<'a> {
    pub fn new(
        sql: &'a dyn Sql,
        now: i64,
        random: &'a dyn Random,
        caller: &'a Caller,
        operation: &'a str,
    ) -> Self {
        Self { sql, now, random, caller, operation, charges: vec![], events: vec![], jobs: vec![] }
    }

    /// Writes something that stays written even when the operation is refused (a try spent, a single-use thing used).
    /// It runs now, and once more in the outer transaction if the refusal has undone it; so it must not depend on
    /// anything else that the operation wrote.
    pub fn charge(&mut self, write: impl Fn(&dyn Sql) -> Result<(), Error> + 'static) -> Result<(), Error> {
        write(self.sql)?;
        self.charges.push(Box::new(write));
        Ok(())
    }

    /// Records a fact. `detail` must hold no secret.
    pub fn event(&mut self, kind: &'static str, subject: impl Into<String>, detail: &impl Serialize) {
        let detail = serde_json::to_string(detail).unwrap_or_else(|_| "{}".into());
        self.events.push(Event { kind, subject: subject.into(), detail });
    }

    /// Asks the object's alarm to do something at `job.due` or soon after.
    pub fn job(&mut self, job: Job) {
        self.jobs.push(job);
    }

    pub(crate) fn into_parts(self) -> (Vec<Charge>, Vec<Event>, Vec<Job>) {
        (self.charges, self.events, self.jobs)
    }
}

impl std::fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Context")
            .field("now", &self.now)
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}
