//! One object: a database that wakes, migrates, and runs one command at a time, each in one transaction.
//!
//! The same code is the body of a Durable Object on the runtime and of an object in a native test; only the [`Sql`]
//! differs. Rules held here, once for all commands: schema on wake, operation ids repeat their answer, the configuration
//! version handshake, tombstones, refusal undoes but charges stay, events and jobs in the same transaction.

mod job;
mod schema;
mod store;
mod table;
#[cfg(all(test, feature = "native"))]
mod tests;
#[cfg(all(test, feature = "native"))]
pub(crate) mod trial;

pub(crate) use job::Left;
pub use job::{CompleteJob, PostponeJob};

use crate::address::Kind;
use crate::command::{Envelope, Reply};
use crate::context::{Context, Job};
use crate::error::{Error, Fault, fault};
use crate::random::Random;
use crate::sql::{self, Sql};
use serde_json::value::RawValue;
use store::Meta;

/// Largest command or answer in bytes.
pub const LIMIT: usize = 1_000_000;

/// How long an answer is kept for repetition, in seconds.
const KEEP: i64 = 120;

#[derive(Debug)]
pub struct Object<S> {
    kind: Kind,
    sql: S,
}

/// What a command left behind.
#[derive(Debug)]
pub struct Handled {
    /// The encoded [`Reply`].
    pub reply: Vec<u8>,
    /// When the alarm should next ring (epoch seconds of the real clock), if that changed.
    pub alarm: Option<i64>,
}

impl<S: Sql> Object<S> {
    /// Brings the schema up to date where there is one; moves no rows.
    pub fn wake(kind: Kind, sql: S) -> Result<Self, Fault> {
        let object = Self { kind, sql };
        match object.migrate() {
            Ok(()) => Ok(object),
            Err(Error::Fault(fault)) => Err(fault),
            Err(Error::Refused(refusal)) => Err(Fault(format!("migration refused: {refusal:?}"))),
        }
    }

    fn migrate(&self) -> Result<(), Error> {
        if store::founded(&self.sql)? {
            sql::transaction(&self.sql, || schema::migrate(&self.sql, self.kind))?;
        }
        Ok(())
    }

    pub fn sql(&self) -> &S {
        &self.sql
    }

    /// When the alarm should ring, if ever: for re-arming on wake.
    pub fn next_alarm(&self) -> Result<Option<i64>, Error> {
        if store::founded(&self.sql)? { Ok(store::next_due(&self.sql)?) } else { Ok(None) }
    }

    /// Runs one encoded [`Envelope`]. `clock` is the object's own, in epoch seconds.
    pub fn handle(&self, bytes: &[u8], clock: i64, random: &dyn Random) -> Handled {
        match self.respond(bytes, clock, random) {
            Ok(handled) => handled,
            Err(Error::Fault(fault)) => Handled { reply: encode::<()>(&Reply::Fault(fault)), alarm: None },
            Err(Error::Refused(refusal)) => {
                Handled { reply: encode::<()>(&Reply::Refused(refusal)), alarm: None }
            }
        }
    }

    fn respond(&self, bytes: &[u8], clock: i64, random: &dyn Random) -> Result<Handled, Error> {
        if bytes.len() > LIMIT {
            return Err(fault("command too large"));
        }
        let envelope: Envelope<'_> = serde_json::from_slice(bytes)?;
        if envelope.form != 1 {
            return Err(fault(format!("unknown envelope form {}", envelope.form)));
        }
        let entry = table::find(self.kind, envelope.command)
            .ok_or_else(|| fault(format!("{:?} has no command `{}`", self.kind, envelope.command)))?;
        if !store::founded(&self.sql)? {
            if !entry.founds {
                return Ok(Handled { reply: encode::<()>(&Reply::Absent), alarm: None });
            }
            sql::transaction(&self.sql, || schema::migrate(&self.sql, self.kind))?;
        }
        // What was answered stays answered, also when the pool has changed or gone since: a caller that asks again after
        // a lost reply must not be told to do anew what is done.
        if entry.writes
            && let Some(reply) = store::find_answer(&self.sql, envelope.operation)?
        {
            return Ok(Handled { reply: reply.into_bytes(), alarm: None });
        }
        let meta = store::meta(&self.sql)?;
        if meta.gone {
            return Ok(Handled { reply: encode::<()>(&Reply::Gone), alarm: None });
        }
        if envelope.version != 0 && envelope.version < meta.version {
            return Ok(Handled { reply: encode::<()>(&Reply::Stale(meta.version)), alarm: None });
        }
        // The object's time never runs backwards, whatever the host's clock does.
        let now = (clock + envelope.offset).max(meta.last);
        let handled = if entry.writes {
            sql::transaction(&self.sql, || self.write(entry, &envelope, now, &meta, random))?
        } else {
            let mut cx = Context::new(&self.sql, now, random, &envelope.caller, envelope.operation);
            let reply = match (entry.run)(envelope.body, &mut cx) {
                Ok(answer) => encode(&Reply::Answer(answer)),
                Err(Error::Refused(refusal)) => encode::<Box<RawValue>>(&Reply::Refused(refusal)),
                Err(error) => return Err(error),
            };
            Handled { reply: within_limit(reply, envelope.command)?, alarm: None }
        };
        // An alarm is set in real time, whatever the command's offset.
        Ok(Handled { alarm: handled.alarm.map(|due| (due - envelope.offset).max(clock)), ..handled })
    }

    /// The outer transaction of a command that writes.
    fn write(
        &self,
        entry: &table::Entry,
        envelope: &Envelope<'_>,
        now: i64,
        meta: &Meta,
        random: &dyn Random,
    ) -> Result<Handled, Error> {
        if envelope.version > meta.version || now > meta.last {
            store::advance(&self.sql, envelope.version.max(meta.version), now)?;
        }
        let mut cx = Context::new(&self.sql, now, random, &envelope.caller, envelope.operation);
        let result = sql::transaction(&self.sql, || (entry.run)(envelope.body, &mut cx));
        let (charges, events, jobs) = cx.into_parts();
        let mut moved = false;
        let reply = match result {
            Ok(answer) => {
                for event in &events {
                    store::insert_event(&self.sql, now, event)?;
                }
                for job in &jobs {
                    moved |= store::insert_job(&self.sql, job)?;
                }
                encode(&Reply::Answer(answer))
            }
            Err(Error::Refused(refusal)) => {
                for charge in &charges {
                    charge(&self.sql)?;
                }
                encode::<Box<RawValue>>(&Reply::Refused(refusal))
            }
            Err(error) => return Err(error),
        };
        let reply = within_limit(reply, envelope.command)?;
        store::delete_answers(&self.sql, now - KEEP)?;
        let text = std::str::from_utf8(&reply).map_err(|e| fault(e.to_string()))?;
        store::insert_answer(&self.sql, envelope.operation, now, text)?;
        moved |= store::insert_job(&self.sql, &job::sweep_after(now))?;
        let alarm = if moved { store::next_due(&self.sql)? } else { None };
        Ok(Handled { reply, alarm })
    }

    /// The alarm rang: sweeps what has expired here, and returns the jobs that need the world, for a flow to complete.
    pub fn ring(&self, clock: i64) -> Result<Vec<Job>, Error> {
        if !store::founded(&self.sql)? {
            return Ok(Vec::new());
        }
        let now = clock.max(store::meta(&self.sql)?.last);
        let due = store::page_due(&self.sql, now)?;
        let (sweeps, rest): (Vec<_>, Vec<_>) = due.into_iter().partition(|job| job.kind == job::SWEEP);
        if !sweeps.is_empty() {
            sql::transaction(&self.sql, || job::sweep(&self.sql, self.kind, now))?;
        }
        Ok(rest)
    }
}

fn within_limit(reply: Vec<u8>, command: &str) -> Result<Vec<u8>, Error> {
    if reply.len() > LIMIT {
        return Err(fault(format!("{command}: an answer of {} bytes is too large", reply.len())));
    }
    Ok(reply)
}

fn encode<A: serde::Serialize>(reply: &Reply<A>) -> Vec<u8> {
    serde_json::to_vec(reply)
        .unwrap_or_else(|e| format!("{{\"Fault\":\"answer does not encode: {e}\"}}").into_bytes())
}

/// Leaves a tombstone: from now on the object answers only that it is gone. What it held is erased a batch at a time, from
/// now on: a shard may hold more than one transaction should delete.
pub(crate) fn bury(cx: &mut Context<'_>) -> Result<(), Error> {
    store::set_gone(cx.sql)?;
    cx.job(job::sweep_at(cx.now));
    Ok(())
}
