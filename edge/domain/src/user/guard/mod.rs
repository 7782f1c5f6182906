//! Exact counters: tries in flight and failed, and how often something was done in a window.
//!
//! `begin` hands out a try against the budget; `finish` settles only its own, once. A try unfinished after 30 seconds
//! counts as wrong. After five failures each further one locks for a second, doubling to about a quarter of an hour;
//! tries during a lock are refused and do not lengthen it.

mod store;

use store::Lock;

use crate::context::Context;
use crate::error::{Error, Refusal};
use crate::sql::{Sql, SqlFault};

/// Failures before the first lock.
const FREE: i64 = 5;
/// Seconds a try may take.
const FLIGHT: i64 = 30;
/// The longest lock, in seconds.
const LONGEST: i64 = 900;

/// Begins a try; `id` names it. `credential` is the version of what is being guessed.
pub(super) fn begin(cx: &mut Context<'_>, subject: &str, credential: i64, id: &str) -> Result<(), Error> {
    expire(cx, subject)?;
    let lock = store::lock(cx.sql, subject)?;
    if cx.now < lock.until {
        return Err(Refusal::AttemptsExceeded.into());
    }
    let flying = store::attempts(cx.sql, subject)?;
    // Once the free tries are spent, one at a time.
    let room = (FREE - lock.failures).max(1);
    if flying >= room {
        return Err(Refusal::Busy.into());
    }
    Ok(store::insert_attempt(cx.sql, subject, id, credential, cx.now)?)
}

/// Ends a try that was wrong. Charged: the caller refuses next.
pub(super) fn finish_wrong(cx: &mut Context<'_>, subject: &str, id: &str) -> Result<(), Error> {
    let (subject, id, now) = (subject.to_owned(), id.to_owned(), cx.now);
    cx.charge(move |sql| {
        if store::take_attempt(sql, &subject, &id)? {
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
    match store::find_attempt(cx.sql, subject, id)? {
        Some(version) if version == credential => {
            let (subject, id) = (subject.to_owned(), id.to_owned());
            cx.charge(move |sql| {
                store::take_attempt(sql, &subject, &id)?;
                Ok(store::delete_lock(sql, &subject)?)
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
    let (since, count) = match store::budget(cx.sql, subject, kind)? {
        Some((since, count)) if since + seconds > cx.now => (since, count),
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
        Ok(store::set_budget(sql, subject, kind, *since, count + 1)?)
    })
}

/// Gives back all that was spent of a kind.
pub(super) fn give_back(cx: &Context<'_>, subject: &str, kind: &'static str) -> Result<(), Error> {
    Ok(store::delete_budget(cx.sql, subject, kind)?)
}

/// Counts tries that were never finished as wrong. Charged: the lock that it may set begins now, and would begin anew
/// with every refusal it causes if the refusal undid it.
fn expire(cx: &mut Context<'_>, subject: &str) -> Result<(), Error> {
    let begun = cx.now - FLIGHT;
    if !store::has_attempt(cx.sql, subject, begun)? {
        return Ok(());
    }
    let (subject, now) = (subject.to_owned(), cx.now);
    cx.charge(move |sql| {
        let lapsed = store::delete_attempts(sql, &subject, begun)?;
        if lapsed > 0 {
            fail(sql, &subject, lapsed, now)?;
        }
        Ok(())
    })
}

fn fail(sql: &dyn Sql, subject: &str, by: i64, now: i64) -> Result<(), SqlFault> {
    let failures = store::lock(sql, subject)?.failures + by;
    let over = failures - FREE;
    let until = if over < 0 { 0 } else { now + (1i64 << over.min(10)).min(LONGEST) };
    store::set_lock(sql, subject, &Lock { failures, until }, now)
}
