//! Rows that every object has: meta, answers, events, jobs.

use super::Left;
use crate::address::Kind;
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

/// Whether anything was ever written to the object.
pub(super) fn founded(sql: &dyn Sql) -> Result<bool, SqlFault> {
    let rows = sql.query("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'", &[])?;
    Ok(!rows.is_empty())
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

/// Puts off a job as it was when it was read, as [`delete_job`].
pub(super) fn postpone_job(sql: &dyn Sql, id: &str, body: &str, due: i64) -> Result<(), SqlFault> {
    sql.query(
        "UPDATE job SET due = ?, tries = tries + 1 WHERE id = ? AND body = ?",
        &[due.into(), id.into(), body.into()],
    )
    .map(drop)
}

pub(super) fn find_tries(sql: &dyn Sql, id: &str) -> Result<i64, SqlFault> {
    let rows = sql.query("SELECT tries FROM job WHERE id = ?", &[id.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

fn job(row: &Row) -> Result<Job, SqlFault> {
    Ok(Job { id: row.text(0)?, kind: row.text(1)?, due: row.integer(2)?, body: row.text(3)? })
}

/// One statement a table of those that hold what a pool's people and owners said; what hangs on a row goes with it.
const fn holdings(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::UserShard => &[
            "DELETE FROM user WHERE sub IN (SELECT sub FROM user LIMIT ?) RETURNING 1",
            "DELETE FROM claim WHERE (kind, key) IN (SELECT kind, key FROM claim LIMIT ?) RETURNING 1",
            "DELETE FROM family WHERE id IN (SELECT id FROM family LIMIT ?) RETURNING 1",
            "DELETE FROM code WHERE (sub, purpose) IN (SELECT sub, purpose FROM code LIMIT ?) RETURNING 1",
            "DELETE FROM grant_code WHERE hash IN (SELECT hash FROM grant_code LIMIT ?) RETURNING 1",
            "DELETE FROM browser WHERE hash IN (SELECT hash FROM browser LIMIT ?) RETURNING 1",
            "DELETE FROM decision WHERE operation IN (SELECT operation FROM decision LIMIT ?) RETURNING 1",
            "DELETE FROM lock WHERE subject IN (SELECT subject FROM lock LIMIT ?) RETURNING 1",
            "DELETE FROM attempt WHERE id IN (SELECT id FROM attempt LIMIT ?) RETURNING 1",
            "DELETE FROM budget WHERE (subject, kind) IN (SELECT subject, kind FROM budget LIMIT ?) RETURNING 1",
            "DELETE FROM spent WHERE id IN (SELECT id FROM spent LIMIT ?) RETURNING 1",
            "DELETE FROM counter WHERE name IN (SELECT name FROM counter LIMIT ?) RETURNING 1",
        ],
        Kind::IdentityShard => &[
            "DELETE FROM identity WHERE id IN (SELECT id FROM identity LIMIT ?) RETURNING 1",
            "DELETE FROM login_claim WHERE (provider, subject) IN (SELECT provider, subject FROM login_claim LIMIT ?)
             RETURNING 1",
        ],
        Kind::Pool => &[
            "DELETE FROM signing_key WHERE kid IN (SELECT kid FROM signing_key LIMIT ?) RETURNING 1",
            "DELETE FROM client WHERE id IN (SELECT id FROM client LIMIT ?) RETURNING 1",
            "DELETE FROM branding WHERE client IN (SELECT client FROM branding LIMIT ?) RETURNING 1",
            "DELETE FROM document WHERE name IN (SELECT name FROM document LIMIT ?) RETURNING 1",
        ],
        // Never gone.
        Kind::Account | Kind::Outbox => &[],
    }
}

/// Deletes up to `limit` rows of each table of an object that is gone, so that only its tombstone is left, and answers of
/// late, which expire by themselves.
pub(super) fn erase(sql: &dyn Sql, kind: Kind, limit: i64) -> Result<Left, SqlFault> {
    let events = "DELETE FROM event WHERE seq IN (SELECT seq FROM event LIMIT ?) RETURNING 1";
    let mut left = Left::Nothing;
    for delete in holdings(kind).iter().chain([&events]) {
        left = left.max(Left::after(sql.query(delete, &[limit.into()])?.len(), limit));
    }
    Ok(left)
}
