//! The hosted pages' own session: who signed in in this browser, for an hour.

use super::ticket::Ticket;
use crate::edge::Edge;
use domain::error::{Error, Refusal};
use domain::id::Sub;
use domain::pool::UserPool;
use domain::seal::Purpose;
use domain::session::{EndBrowser, FindBrowser, NewBrowser};
use domain::user::User;
use std::rc::Rc;

/// Seconds a session lasts, as AWS's.
pub(crate) const LIVES: i64 = 3600;

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) user: User,
    /// When they proved who they are, in epoch seconds.
    pub(crate) auth_time: i64,
    /// The session, which their shard knows by its hash.
    pub(crate) session: Ticket,
}

impl Person {
    /// Somebody whose proof has just started a session.
    pub(crate) fn proven(edge: &Edge, user: User, session: Ticket) -> Self {
        Self { user, auth_time: edge.now(), session }
    }

    /// The cookie's value.
    pub(crate) fn cookie(&self, edge: &Edge, pool: &UserPool) -> String {
        self.session.seal(edge, pool, Purpose::Cookie)
    }
}

/// Draws a session for somebody who is about to prove who they are: it starts in the same step, or not at all.
pub(crate) fn draw(edge: &Edge, pool: &UserPool, sub: &Sub) -> Ticket {
    Ticket::draw(edge, pool.placement.of_sub(sub))
}

/// The same for whoever answers a challenge: an answer that comes twice acts once, and leads to the same session.
pub(crate) fn of_challenge(edge: &Edge, pool: &UserPool, sub: &Sub, challenge: &str) -> Ticket {
    Ticket::of(edge, pool.placement.of_sub(sub), Purpose::Cookie, challenge)
}

/// A session as the shard is to start it.
pub(crate) fn new(session: &Ticket) -> NewBrowser {
    NewBrowser { hash: session.hash(), lives: LIVES }
}

/// Who is signed in by this cookie, if anybody.
pub(crate) async fn find(edge: &Edge, pool: &Rc<UserPool>, cookie: &str) -> Result<Option<Person>, Error> {
    let Some(ticket) = Ticket::open(edge, pool, Purpose::Cookie, cookie) else { return Ok(None) };
    match edge.call_shard(pool, ticket.shard, |_| FindBrowser { hash: ticket.hash() }).await {
        Ok(found) => Ok(found.map(|(user, auth_time)| Person { user, auth_time, session: ticket })),
        Err(Error::Refused(Refusal::UserNotFound)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Ends the session of this cookie. One that is not ours, or over, is none.
pub(crate) async fn end(edge: &Edge, pool: &Rc<UserPool>, cookie: &str) -> Result<(), Error> {
    let Some(ticket) = Ticket::open(edge, pool, Purpose::Cookie, cookie) else { return Ok(()) };
    match edge.call_shard(pool, ticket.shard, |_| EndBrowser { hash: ticket.hash() }).await {
        Err(Error::Refused(Refusal::UserNotFound)) => Ok(()),
        other => other,
    }
}
