//! Exact counters: tries in flight and failed, and how often something was done in a window.
//!
//! `begin` hands out a try against the budget; `finish` settles only its own, once. A try unfinished after 30 seconds
//! counts as wrong. After five failures each further one locks for a second, doubling to about a quarter of an hour;
//! tries during a lock are refused and do not lengthen it.

use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::sql::{Sql, SqlFault};

/// Failures before the first lock.
const FREE: i64 = 5;
/// Seconds a try may take.
const FLIGHT: i64 = 30;
/// The longest lock, in seconds.
const LONGEST: i64 = 900;

struct Lock {
    failures: i64,
    until: i64,
}

/// Begins a try; `id` names it. `credential` is the version of what is being guessed.
pub(super) fn begin(cx: &mut Context<'_>, subject: &str, credential: i64, id: &str) -> Result<(), Error> {
    expire(cx, subject)?;
    let lock = find(cx.sql, subject)?;
    if cx.now < lock.until {
        return Err(Refusal::AttemptsExceeded.into());
    }
    let flying = flying(cx.sql, subject)?;
    // Once the free tries are spent, one at a time.
    let room = (FREE - lock.failures).max(1);
    if flying >= room {
        return Err(Refusal::Busy.into());
    }
    cx.sql.query(
        "INSERT INTO attempt (id, subject, credential, at) VALUES (?, ?, ?, ?)",
        &[id.into(), subject.into(), credential.into(), cx.now.into()],
    )?;
    Ok(())
}

/// Ends a try that was wrong. Charged: the caller refuses next.
pub(super) fn finish_wrong(cx: &mut Context<'_>, subject: &str, id: &str) -> Result<(), Error> {
    let (subject, id, now) = (subject.to_owned(), id.to_owned(), cx.now);
    cx.charge(move |sql| {
        if remove(sql, &subject, &id)?.is_some() {
            fail(sql, &subject, 1, now)?;
        }
        Ok(())
    })
}

/// Ends a try that was right: the credential's version must be what it was. Charged, because what follows may refuse.
/// A right try clears the settled failures; those still in flight stay.
pub(super) fn finish_right(
    cx: &mut Context<'_>,
    subject: &str,
    credential: i64,
    id: &str,
) -> Result<(), Error> {
    expire(cx, subject)?;
    match peek(cx.sql, subject, id)? {
        Some(version) if version == credential => {
            let (subject, id) = (subject.to_owned(), id.to_owned());
            cx.charge(move |sql| {
                remove(sql, &subject, &id)?;
                sql.query("DELETE FROM lock WHERE subject = ?", &[(&subject).into()])?;
                Ok(())
            })
        }
        // Too late, already finished, or against an old password: it proves nothing.
        _ => {
            finish_wrong(cx, subject, id)?;
            Err(Refusal::WrongPassword.into())
        }
    }
}

/// Spends one of `limit` uses of `kind` in a window of `seconds`. Charged: what is refused costs a use too.
pub(super) fn spend(
    cx: &mut Context<'_>,
    subject: &str,
    kind: &'static str,
    limit: i64,
    seconds: i64,
) -> Result<(), Error> {
    let left = left(cx, subject, kind, limit, seconds)?;
    spend_one(cx, left)
}

/// A use that may be spent.
#[derive(Debug)]
pub(super) struct Left {
    subject: String,
    kind: &'static str,
    since: i64,
    count: i64,
}

/// Whether one of `limit` uses of `kind` in a window of `seconds` is left; refused if not.
pub(super) fn left(
    cx: &Context<'_>,
    subject: &str,
    kind: &'static str,
    limit: i64,
    seconds: i64,
) -> Result<Left, Error> {
    let rows = cx.sql.query(
        "SELECT since, count FROM budget WHERE subject = ? AND kind = ?",
        &[subject.into(), kind.into()],
    )?;
    let (since, count) = match rows.first() {
        Some(row) if row.integer(0)? + seconds > cx.now => (row.integer(0)?, row.integer(1)?),
        _ => (cx.now, 0),
    };
    if count >= limit {
        return Err(Refusal::LimitExceeded.into());
    }
    Ok(Left { subject: subject.to_owned(), kind, since, count })
}

pub(super) fn spend_one(cx: &mut Context<'_>, left: Left) -> Result<(), Error> {
    cx.charge(move |sql| {
        let Left { subject, kind, since, count } = &left;
        sql.query(
            "INSERT INTO budget (subject, kind, since, count) VALUES (?, ?, ?, ?)
             ON CONFLICT (subject, kind) DO UPDATE SET since = excluded.since, count = excluded.count",
            &[subject.into(), (*kind).into(), (*since).into(), (count + 1).into()],
        )?;
        Ok(())
    })
}

/// Gives back all that was spent of a kind.
pub(super) fn give_back(cx: &Context<'_>, subject: &str, kind: &'static str) -> Result<(), Error> {
    cx.sql.query("DELETE FROM budget WHERE subject = ? AND kind = ?", &[subject.into(), kind.into()])?;
    Ok(())
}

/// Counts tries that were never finished as wrong. Charged: the lock that it may set begins now, and would begin anew
/// with every refusal it causes if the refusal undid it.
fn expire(cx: &mut Context<'_>, subject: &str) -> Result<(), Error> {
    let rows = cx.sql.query(
        "SELECT 1 FROM attempt WHERE subject = ? AND at < ? LIMIT 1",
        &[subject.into(), (cx.now - FLIGHT).into()],
    )?;
    if rows.is_empty() {
        return Ok(());
    }
    let (subject, now) = (subject.to_owned(), cx.now);
    cx.charge(move |sql| {
        let rows = sql.query(
            "DELETE FROM attempt WHERE subject = ? AND at < ? RETURNING id",
            &[(&subject).into(), (now - FLIGHT).into()],
        )?;
        let lapsed = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        if lapsed > 0 {
            fail(sql, &subject, lapsed, now)?;
        }
        Ok(())
    })
}

fn fail(sql: &dyn Sql, subject: &str, by: i64, now: i64) -> Result<(), SqlFault> {
    let failures = find(sql, subject)?.failures + by;
    let over = failures - FREE;
    let until = if over < 0 { 0 } else { now + (1i64 << over.min(10)).min(LONGEST) };
    sql.query(
        "INSERT INTO lock (subject, failures, until, at) VALUES (?, ?, ?, ?)
         ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, until = excluded.until, at = excluded.at",
        &[subject.into(), failures.into(), until.into(), now.into()],
    )
    .map(drop)
}

fn find(sql: &dyn Sql, subject: &str) -> Result<Lock, SqlFault> {
    let rows = sql.query("SELECT failures, until FROM lock WHERE subject = ?", &[subject.into()])?;
    rows.first().map_or(Ok(Lock { failures: 0, until: 0 }), |row| {
        Ok(Lock { failures: row.integer(0)?, until: row.integer(1)? })
    })
}

fn flying(sql: &dyn Sql, subject: &str) -> Result<i64, SqlFault> {
    let rows = sql.query("SELECT count(*) FROM attempt WHERE subject = ?", &[subject.into()])?;
    rows.first().map_or(Ok(0), |row| row.integer(0))
}

fn peek(sql: &dyn Sql, subject: &str, id: &str) -> Result<Option<i64>, SqlFault> {
    let rows = sql
        .query("SELECT credential FROM attempt WHERE id = ? AND subject = ?", &[id.into(), subject.into()])?;
    rows.first().map(|row| row.integer(0)).transpose()
}

fn remove(sql: &dyn Sql, subject: &str, id: &str) -> Result<Option<i64>, SqlFault> {
    let rows = sql.query(
        "DELETE FROM attempt WHERE id = ? AND subject = ? RETURNING credential",
        &[id.into(), subject.into()],
    )?;
    rows.first().map(|row| row.integer(0)).transpose()
}
