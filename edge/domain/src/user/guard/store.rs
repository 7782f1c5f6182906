//! The rows of tries in flight, of locks after failed ones, and of budgets.

use crate::sql::{Sql, SqlFault};

/// What failed tries have brought about; none have for a subject without a row.
#[derive(Debug, Default)]
pub(super) struct Lock {
    pub(super) failures: i64,
    pub(super) until: i64,
}

pub(super) fn lock(sql: &dyn Sql, subject: &str) -> Result<Lock, SqlFault> {
    let rows = sql.query("SELECT failures, until FROM lock WHERE subject = ?", &[subject.into()])?;
    rows.first()
        .map_or(Ok(Lock::default()), |row| Ok(Lock { failures: row.integer(0)?, until: row.integer(1)? }))
}

pub(super) fn set_lock(sql: &dyn Sql, subject: &str, lock: &Lock, now: i64) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO lock (subject, failures, until, at) VALUES (?, ?, ?, ?)
         ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, until = excluded.until, at = excluded.at",
        &[subject.into(), lock.failures.into(), lock.until.into(), now.into()],
    )
    .map(drop)
}

pub(super) fn delete_lock(sql: &dyn Sql, subject: &str) -> Result<(), SqlFault> {
    sql.query("DELETE FROM lock WHERE subject = ?", &[subject.into()]).map(drop)
}

/// A try begins; `credential` is the version of what is being guessed.
pub(super) fn insert_attempt(
    sql: &dyn Sql,
    subject: &str,
    id: &str,
    credential: i64,
    now: i64,
) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO attempt (id, subject, credential, at) VALUES (?, ?, ?, ?)",
        &[id.into(), subject.into(), credential.into(), now.into()],
    )
    .map(drop)
}

/// The version of the credential that a try in flight is against.
pub(super) fn find_attempt(sql: &dyn Sql, subject: &str, id: &str) -> Result<Option<i64>, SqlFault> {
    let rows = sql
        .query("SELECT credential FROM attempt WHERE id = ? AND subject = ?", &[id.into(), subject.into()])?;
    rows.first().map(|row| row.integer(0)).transpose()
}

/// How many tries are in flight.
pub(super) fn attempts(sql: &dyn Sql, subject: &str) -> Result<i64, SqlFault> {
    let rows = sql.query("SELECT count(*) FROM attempt WHERE subject = ?", &[subject.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

/// Whether a try is in flight that began before a time.
pub(super) fn has_attempt(sql: &dyn Sql, subject: &str, before: i64) -> Result<bool, SqlFault> {
    let rows = sql.query(
        "SELECT 1 FROM attempt WHERE subject = ? AND at < ? LIMIT 1",
        &[subject.into(), before.into()],
    )?;
    Ok(!rows.is_empty())
}

/// Deletes a try; whether it was there.
pub(super) fn take_attempt(sql: &dyn Sql, subject: &str, id: &str) -> Result<bool, SqlFault> {
    let rows = sql.query(
        "DELETE FROM attempt WHERE id = ? AND subject = ? RETURNING 1",
        &[id.into(), subject.into()],
    )?;
    Ok(!rows.is_empty())
}

/// Deletes the tries that began before a time; how many there were.
pub(super) fn delete_attempts(sql: &dyn Sql, subject: &str, before: i64) -> Result<i64, SqlFault> {
    let rows = sql.query(
        "DELETE FROM attempt WHERE subject = ? AND at < ? RETURNING 1",
        &[subject.into(), before.into()],
    )?;
    Ok(i64::try_from(rows.len()).unwrap_or(i64::MAX))
}

/// When a budget's window began, and what was spent in it.
pub(super) fn budget(sql: &dyn Sql, subject: &str, kind: &str) -> Result<Option<(i64, i64)>, SqlFault> {
    let rows = sql.query(
        "SELECT since, count FROM budget WHERE subject = ? AND kind = ?",
        &[subject.into(), kind.into()],
    )?;
    rows.first().map(|row| Ok((row.integer(0)?, row.integer(1)?))).transpose()
}

pub(super) fn set_budget(
    sql: &dyn Sql,
    subject: &str,
    kind: &str,
    since: i64,
    count: i64,
) -> Result<(), SqlFault> {
    sql.query(
        "INSERT INTO budget (subject, kind, since, count) VALUES (?, ?, ?, ?)
         ON CONFLICT (subject, kind) DO UPDATE SET since = excluded.since, count = excluded.count",
        &[subject.into(), kind.into(), since.into(), count.into()],
    )
    .map(drop)
}

pub(super) fn delete_budget(sql: &dyn Sql, subject: &str, kind: &str) -> Result<(), SqlFault> {
    sql.query("DELETE FROM budget WHERE subject = ? AND kind = ?", &[subject.into(), kind.into()]).map(drop)
}
