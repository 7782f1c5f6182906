//! Jobs: what an object's alarm completes. Sweeping happens inside the object; a job that needs the world (telling other
//! objects, sending a message) is run by a flow, which then completes or postpones it.

use super::store;
use crate::address::Kind;
use crate::context::{Context, Job};
use crate::error::Error;
use crate::sql::Sql;
use serde::{Deserialize, Serialize};

pub(super) const SWEEP: &str = "sweep";

/// Seconds between a thing's expiry and its removal, at most.
const SWEEP_EVERY: i64 = 3600;
/// How long events are kept, in seconds.
const KEEP_EVENTS: i64 = 90 * 86_400;

impl Context<'_> {
    /// Asks for a sweep within the hour; for verbs that write rows which expire.
    pub fn sweep_later(&mut self) {
        let due = self.now + SWEEP_EVERY;
        self.job(Job { id: SWEEP.into(), kind: SWEEP.into(), due, body: "{}".into() });
    }
}

/// Deletes what has expired; asks to be called again while anything is left that will.
pub(super) fn sweep(sql: &dyn Sql, kind: Kind, now: i64) -> Result<(), Error> {
    store::delete_events(sql, now - KEEP_EVENTS)?;
    let more = match kind {
        Kind::UserShard => crate::session::sweep(sql, now)?,
        Kind::Outbox => crate::outbox::sweep(sql, now)?,
        Kind::Account | Kind::Pool | Kind::IdentityShard => false,
    };
    store::delete_job(sql, SWEEP, "{}")?;
    if more {
        let job = Job { id: SWEEP.into(), kind: SWEEP.into(), due: now + SWEEP_EVERY, body: "{}".into() };
        store::insert_job(sql, &job)?;
    }
    Ok(())
}

/// The job is done.
#[derive(Debug, Serialize, Deserialize)]
pub struct CompleteJob {
    pub id: String,
    pub body: String,
}

/// The job could not be done: it comes again, later each time, up to an hour.
#[derive(Debug, Serialize, Deserialize)]
pub struct PostponeJob {
    pub id: String,
}

impl CompleteJob {
    pub fn run(&self, sql: &dyn Sql) -> Result<(), Error> {
        Ok(store::delete_job(sql, &self.id, &self.body)?)
    }
}

impl PostponeJob {
    pub fn run(&self, sql: &dyn Sql, now: i64) -> Result<(), Error> {
        let tries = store::find_tries(sql, &self.id)?.clamp(0, 10);
        let wait = (5i64 << tries).min(3600);
        Ok(store::postpone_job(sql, &self.id, now + wait)?)
    }
}
