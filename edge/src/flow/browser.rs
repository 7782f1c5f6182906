//! The hosted pages' own session: who signed in in this browser, for an hour.

use super::ticket::Ticket;
use crate::edge::Edge;
use domain::error::{Error, Refusal};
use domain::pool::UserPool;
use domain::seal::Purpose;
use domain::session::{EndBrowser, FindBrowser, StartBrowser};
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
}

/// Starts a session for somebody who has just proved who they are; gives the cookie's value.
pub(crate) async fn start(edge: &Edge, pool: &Rc<UserPool>, user: User) -> Result<(String, Person), Error> {
    let ticket = Ticket::draw(edge, pool.placement.of_sub(&user.sub));
    let command = |_: &UserPool| StartBrowser { sub: user.sub.clone(), hash: ticket.hash(), lives: LIVES };
    let auth_time = edge.call_shard(pool, ticket.shard, command).await?;
    Ok((ticket.seal(edge, pool, Purpose::Cookie), Person { user, auth_time }))
}

/// Who is signed in by this cookie, if anybody.
pub(crate) async fn find(edge: &Edge, pool: &Rc<UserPool>, cookie: &str) -> Result<Option<Person>, Error> {
    let Some(ticket) = Ticket::open(edge, pool, Purpose::Cookie, cookie) else { return Ok(None) };
    match edge.call_shard(pool, ticket.shard, |_| FindBrowser { hash: ticket.hash() }).await {
        Ok(found) => Ok(found.map(|(user, auth_time)| Person { user, auth_time })),
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
