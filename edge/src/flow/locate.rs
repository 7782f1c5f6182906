//! Finding whom a caller means: a name goes to the shard of its hash, which answers or names the user's home.

use crate::edge::Edge;
use domain::command::Command;
use domain::error::{Error, Refusal};
use domain::id::{Placement, Sub, hex};
use domain::pool::UserPool;
use domain::seal::{self, Purpose};
use domain::user::{Located, Name, Who};
use std::rc::Rc;

/// What a caller typed, and where to ask about it.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) who: Who,
    /// The shard to ask first.
    pub(crate) shard: u16,
    /// Whose budgets a name spends that nobody has.
    pub(crate) phantom: String,
}

/// A name as typed: the username, an alias, or a sub.
pub(crate) fn named(edge: &Edge, pool: &UserPool, text: &str) -> Target {
    let phantom = phantom(edge, pool, text);
    match Sub::parse(text) {
        // Where contacts are the username, the username *is* the sub; elsewhere AWS takes a sub too.
        Some(sub) => Target { shard: pool.placement.of_sub(&sub), who: Who::known(sub), phantom },
        None => Target {
            who: Who { sub: None, names: Name::candidates(pool, text) },
            shard: pool.placement.of_name(text),
            phantom,
        },
    }
}

/// The sub that a name nobody has would have: stable, so that a missing account keeps looking like one.
pub(crate) fn phantom_sub(edge: &Edge, pool: &UserPool, text: &str) -> Sub {
    Placement::phantom_sub(&phantom_mac(edge, pool, text))
}

fn phantom(edge: &Edge, pool: &UserPool, text: &str) -> String {
    format!("?{}", hex(&phantom_mac(edge, pool, text)))
}

fn phantom_mac(edge: &Edge, pool: &UserPool, text: &str) -> [u8; 32] {
    let key = edge.settings().keys.derive(Purpose::Phantom, &[pool.id.as_str()]);
    seal::mac(&key, &[Name::new(pool, domain::user::NameKind::Username, text).key.as_bytes()])
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
    let first = edge.call_shard(pool, target.shard, |pool| build(pool, target.who.clone())).await;
    let sub = match first {
        Ok(Located::Here(answer)) => return Ok(Some(answer)),
        // A shard nobody has written to knows nobody.
        Ok(Located::Missing) | Err(Error::Refused(Refusal::UserNotFound)) => return Ok(None),
        Ok(Located::Elsewhere(sub)) => sub,
        Err(error) => return Err(error),
    };
    let home = pool.placement.of_sub(&sub);
    let who = Who { sub: Some(sub), names: target.who.names.clone() };
    match edge.call_shard(pool, home, |pool| build(pool, who.clone())).await {
        Ok(Located::Here(answer)) => Ok(Some(answer)),
        Ok(Located::Missing | Located::Elsewhere(_)) | Err(Error::Refused(Refusal::UserNotFound)) => Ok(None),
        Err(error) => Err(error),
    }
}
