//! Jobs: what an object's alarm completes. Sweeping happens inside the object; a job that needs the world (telling other
//! objects, sending a message) is run by a flow, which then completes or postpones it.

use super::{KEEP, store};
use crate::address::Kind;
use crate::context::Job;
use crate::error::Error;
use crate::sql::Sql;
use serde::{Deserialize, Serialize};

/// Kind and id of the one job that stays within the object.
pub(super) const SWEEP: &str = "sweep";

/// Seconds between a thing's expiry and its removal, at most.
const SWEEP_EVERY: i64 = 3600;
/// How long events are kept, in seconds.
const KEEP_EVENTS: i64 = 90 * 86_400;
/// Events deleted in one sweep; where that is not all, the next comes after [`PAUSE`] seconds.
const BATCH: i64 = 1000;
const PAUSE: i64 = 60;
/// The same for other rows, which strangers can make many of.
const PAUSE_DUE: i64 = 2;

/// A sweep at `due` or earlier. Every write asks for one within the hour: it has left an answer, if nothing else, that
/// expires.
pub(super) fn sweep_at(due: i64) -> Job {
    Job { id: SWEEP.into(), kind: SWEEP.into(), due, body: "{}".into() }
}

/// The sweep that a write at `now` asks for.
pub(super) fn sweep_after(now: i64) -> Job {
    sweep_at(now + SWEEP_EVERY)
}

/// What a sweep leaves behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Left {
    Nothing,
    /// Rows that will expire.
    Some,
    /// Perhaps rows that have: it took all it may at once.
    Due,
}

impl Left {
    /// After `deleted` rows of at most `batch`.
    pub(crate) fn after(deleted: usize, batch: i64) -> Self {
        if i64::try_from(deleted).is_ok_and(|deleted| deleted < batch) { Self::Nothing } else { Self::Due }
    }
}

/// Deletes what has expired, of an object that is gone everything; asks to be called again while anything is left that will.
pub(super) fn sweep(sql: &dyn Sql, kind: Kind, now: i64) -> Result<(), Error> {
    store::delete_answers(sql, now - KEEP)?;
    let left = if store::meta(sql)?.gone {
        store::erase(sql, kind, BATCH)?
    } else {
        store::delete_events(sql, now - KEEP_EVENTS, BATCH)?;
        match kind {
            Kind::UserShard => crate::session::sweep(sql, now)?,
            // Nothing in an outbox expires; it is bounded by count.
            Kind::Outbox | Kind::Account | Kind::Pool | Kind::IdentityShard => Left::Nothing,
        }
    };
    store::delete_job(sql, SWEEP, "{}")?;
    match left {
        Left::Due => _ = store::insert_job(sql, &sweep_at(now + PAUSE_DUE))?,
        Left::Nothing if !store::has_answers(sql)? => {}
        Left::Some | Left::Nothing => _ = store::insert_job(sql, &sweep_after(now))?,
    }
    // An object that rests is not woken before its oldest event is of age.
    if let Some(at) = store::find_oldest_event(sql)? {
        store::insert_job(sql, &sweep_at((at + KEEP_EVENTS + 1).max(now + PAUSE)))?;
    }
    Ok(())
}

/// The job is done.
#[derive(Debug, Serialize, Deserialize)]
pub struct CompleteJob {
    pub id: String,
    pub body: String,
}

/// The job could not be done: it comes again, later each time, up to an hour. One that was asked for anew meanwhile keeps
/// its time: what there is to tell now has not been tried yet.
#[derive(Debug, Serialize, Deserialize)]
pub struct PostponeJob {
    pub id: String,
    pub body: String,
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
        Ok(store::postpone_job(sql, &self.id, &self.body, now + wait)?)
    }
}
