//! Finding whom a caller means: a name goes to the shard of its hash, which answers or names the user's home. A name
//! nobody has takes as many calls as one that somebody has.

use super::phantom;
use crate::edge::Edge;
use domain::command::Command;
use domain::error::{Error, Refusal};
use domain::id::Sub;
use domain::pool::UserPool;
use domain::user::{FindUser, Located, Name, User, Who};
use std::rc::Rc;

/// What a caller typed, and where to ask about it.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) who: Who,
    /// The shard to ask first.
    pub(crate) shard: u16,
    /// Whose budgets a name spends that nobody has, and the shard they are on.
    pub(crate) phantom: String,
    pub(crate) phantom_shard: u16,
}

/// A name as typed: the username, an alias, or a sub. A text in the form of a sub may be any of them, and its shard is the
/// same for all: the sub goes first, so that nobody is found in another's place, and `user::Claim` gives no name that is
/// the sub of another.
pub(crate) fn named(edge: &Edge, pool: &UserPool, text: &str) -> Target {
    let phantom = phantom::subject(edge, pool, text);
    let shard = pool.placement.of_name(text);
    let names = Name::candidates(pool, text);
    let mut who = match Sub::parse(text) {
        // Where contacts are the username, the username *is* the sub, and no name has its form.
        Some(sub) if !pool.settings.username_attributes.is_empty() => {
            return Target { who: Who::known(sub), shard, phantom, phantom_shard: shard };
        }
        // Elsewhere AWS takes a sub too.
        Some(sub) => Who { otherwise: names, ..Who::known(sub) },
        None => Who::named(names),
    };
    let mut phantom_shard = shard;
    if phantom::lives_elsewhere(edge, pool, text) {
        let sub = phantom::sub(edge, pool, text);
        phantom_shard = pool.placement.of_sub(&sub);
        who.nobody = (phantom_shard != shard).then_some(sub);
    }
    Target { who, shard, phantom, phantom_shard }
}

/// Runs a command where its user lives. `build` gets whom to name; at most two calls.
pub(crate) async fn at_home<C, A>(
    edge: &Edge,
    pool: &Rc<UserPool>,
    target: &Target,
    build: impl Fn(&UserPool, Who) -> C,
) -> Result<Option<A>, Error>
where
    C: Command<Answer = Located<A>>,
{
    Ok(reach(edge, pool, target, build).await?.0)
}

/// The same, with the shard it ended on, for what has to be ended there: a claim that was left behind leads to nobody on
/// another shard than the phantom's.
pub(crate) async fn reach<C, A>(
    edge: &Edge,
    pool: &Rc<UserPool>,
    target: &Target,
    build: impl Fn(&UserPool, Who) -> C,
) -> Result<(Option<A>, u16), Error>
where
    C: Command<Answer = Located<A>>,
{
    let first = edge.call_shard(pool, target.shard, |pool| build(pool, target.who.clone())).await;
    let sub = match first {
        Ok(Located::Here(answer)) => return Ok((Some(answer), target.shard)),
        Ok(Located::Elsewhere(sub)) => sub,
        // A shard nobody has written to knows nobody.
        Ok(Located::Missing) | Err(Error::Refused(Refusal::UserNotFound)) => match &target.who.nobody {
            Some(sub) => sub.clone(),
            None => return Ok((None, target.shard)),
        },
        Err(error) => return Err(error),
    };
    let home = pool.placement.of_sub(&sub);
    let who = target.who.sent_on(sub);
    match edge.call_shard(pool, home, |pool| build(pool, who.clone())).await {
        Ok(Located::Here(answer)) => Ok((Some(answer), home)),
        Ok(Located::Missing | Located::Elsewhere(_)) | Err(Error::Refused(Refusal::UserNotFound)) => {
            Ok((None, home))
        }
        Err(error) => Err(error),
    }
}

/// Whom a name leads to, for flows that do something next: for nobody they do it all the same.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) user: Option<User>,
    /// Whom a code is bound to: the user's sub, or the phantom.
    pub(crate) subject: String,
    who: Who,
    shard: u16,
}

pub(crate) async fn find(edge: &Edge, pool: &Rc<UserPool>, target: &Target) -> Result<Found, Error> {
    let user = at_home(edge, pool, target, |_, who| FindUser { who }).await?;
    Ok(match user {
        Some(user) => Found {
            subject: user.sub.to_string(),
            who: Who::known(user.sub.clone()),
            shard: pool.placement.of_sub(&user.sub),
            user: Some(user),
        },
        None => Found {
            user: None,
            subject: target.phantom.clone(),
            // By name, and sent on to nobody: a user who has come meanwhile is somebody else's business.
            who: Who::named(Vec::new()),
            shard: target.phantom_shard,
        },
    })
}

impl Found {
    /// Runs a command at the user's home, or where nobody of that name would live: one call.
    pub(crate) async fn run<C, A>(
        &self,
        edge: &Edge,
        pool: &Rc<UserPool>,
        build: impl Fn(&UserPool, Who) -> C,
    ) -> Result<Option<A>, Error>
    where
        C: Command<Answer = Located<A>>,
    {
        match edge.call_shard(pool, self.shard, |pool| build(pool, self.who.clone())).await {
            Ok(Located::Here(answer)) => Ok(Some(answer)),
            Ok(Located::Missing | Located::Elsewhere(_)) | Err(Error::Refused(Refusal::UserNotFound)) => {
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }
}
