//! Rows that every object has: meta, answers, events, jobs.

use crate::context::{Event, Job};
use crate::error::Error;
use crate::error::fault;
use crate::sql::{Row, Sql, SqlFault};

#[derive(Debug)]
pub(super) struct Meta {
    pub(super) schema: i64,
    pub(super) version: u64,
    pub(super) gone: bool,
    pub(super) last: i64,
}

pub(super) fn meta(sql: &dyn Sql) -> Result<Meta, Error> {
    let rows = sql.query("SELECT schema, version, gone, last FROM meta WHERE id = 1", &[])?;
    let row = rows.first().ok_or_else(|| fault("an object without meta"))?;
    Ok(Meta {
        schema: row.integer(0)?,
        version: u64::try_from(row.integer(1)?).unwrap_or(0),
        gone: row.flag(2)?,
        last: row.integer(3)?,
    })
}

pub(super) fn set_schema(sql: &dyn Sql, number: i64) -> Result<(), SqlFault> {
    sql.query("UPDATE meta SET schema = ? WHERE id = 1", &[number.into()]).map(drop)
}

pub(super) fn advance(sql: &dyn Sql, version: u64, last: i64) -> Result<(), SqlFault> {
    let version = i64::try_from(version).unwrap_or(i64::MAX);
    sql.query(
        "UPDATE meta SET version = max(version, ?), last = max(last, ?) WHERE id = 1",
        &[version.into(), last.into()],
    )
    .map(drop)
}

pub(super) fn set_gone(sql: &dyn Sql) -> Result<(), SqlFault> {
    sql.query("UPDATE meta SET gone = 1 WHERE id = 1", &[]).map(drop)
}

pub(super) fn find_answer(sql: &dyn Sql, operation: &str) -> Result<Option<String>, SqlFault> {
    let rows = sql.query("SELECT reply FROM operation WHERE id = ?", &[operation.into()])?;
    rows.first().map(|row| row.text(0)).transpose()
}

pub(super) fn insert_answer(sql: &dyn Sql, operation: &str, at: i64, reply: &str) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO operation (id, at, reply) VALUES (?, ?, ?)",
        &[operation.into(), at.into(), reply.into()],
    )
    .map(drop)
}

pub(super) fn delete_answers(sql: &dyn Sql, before: i64) -> Result<(), SqlFault> {
    sql.query("DELETE FROM operation WHERE at < ?", &[before.into()]).map(drop)
}

pub(super) fn insert_event(sql: &dyn Sql, at: i64, event: &Event) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO event (at, kind, subject, detail) VALUES (?, ?, ?, ?)",
        &[at.into(), event.kind.into(), (&event.subject).into(), (&event.detail).into()],
    )
    .map(drop)
}

pub(super) fn has_answers(sql: &dyn Sql) -> Result<bool, SqlFault> {
    Ok(!sql.query("SELECT 1 FROM operation LIMIT 1", &[])?.is_empty())
}

/// At most `limit` of them.
pub(super) fn delete_events(sql: &dyn Sql, before: i64, limit: i64) -> Result<(), SqlFault> {
    sql.query(
        "DELETE FROM event WHERE seq IN (SELECT seq FROM event WHERE at < ? LIMIT ?)",
        &[before.into(), limit.into()],
    )
    .map(drop)
}

/// When the oldest event was.
pub(super) fn find_oldest_event(sql: &dyn Sql) -> Result<Option<i64>, SqlFault> {
    let rows = sql.query("SELECT at FROM event ORDER BY at LIMIT 1", &[])?;
    rows.first().map(|row| row.integer(0)).transpose()
}

/// A job with the same id keeps the earlier of the two times, and takes the newer body. Says whether that changed
/// anything.
pub(super) fn insert_job(sql: &dyn Sql, job: &Job) -> Result<bool, SqlFault> {
    let changed = sql.query(
        "INSERT INTO job (id, kind, due, tries, body) VALUES (?, ?, ?, 0, ?)
         ON CONFLICT (id) DO UPDATE SET due = min(due, excluded.due), body = excluded.body
         WHERE excluded.due < due OR excluded.body <> body
         RETURNING 1",
        &[(&job.id).into(), (&job.kind).into(), job.due.into(), (&job.body).into()],
    )?;
    Ok(!changed.is_empty())
}

pub(super) fn next_due(sql: &dyn Sql) -> Result<Option<i64>, SqlFault> {
    let rows = sql.query("SELECT due FROM job ORDER BY due LIMIT 1", &[])?;
    rows.first().map(|row| row.integer(0)).transpose()
}

pub(super) fn page_due(sql: &dyn Sql, now: i64) -> Result<Vec<Job>, SqlFault> {
    let rows =
        sql.query("SELECT id, kind, due, body FROM job WHERE due <= ? ORDER BY due LIMIT 50", &[now.into()])?;
    rows.iter().map(job).collect()
}

/// Deletes a job as it was when it was read; a job asked for anew meanwhile stays.
pub(super) fn delete_job(sql: &dyn Sql, id: &str, body: &str) -> Result<(), SqlFault> {
    sql.query("DELETE FROM job WHERE id = ? AND body = ?", &[id.into(), body.into()]).map(drop)
}

pub(super) fn postpone_job(sql: &dyn Sql, id: &str, due: i64) -> Result<(), SqlFault> {
    sql.query("UPDATE job SET due = ?, tries = tries + 1 WHERE id = ?", &[due.into(), id.into()]).map(drop)
}

pub(super) fn find_tries(sql: &dyn Sql, id: &str) -> Result<i64, SqlFault> {
    let rows = sql.query("SELECT tries FROM job WHERE id = ?", &[id.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

fn job(row: &Row) -> Result<Job, SqlFault> {
    Ok(Job { id: row.text(0)?, kind: row.text(1)?, due: row.integer(2)?, body: row.text(3)? })
}
