//! Identity pools and their identities: making, changing and deleting pools, and the calls to their shards.

use super::{pool, token};
use crate::edge::Edge;
use domain::account::{ForgetPool, PoolKind, RegisterPool};
use domain::address::{Address, Kind};
use domain::command::{Command, Reply};
use domain::error::{Error, Fault, Refusal};
use domain::id::{IdentityId, IdentityPoolId, Placement, PoolTag};
use domain::identity::{
    Admit, CreateIdentityPool, DeleteIdentityPool, FindIdentity, FindIdentityPool, Identity, IdentityPool,
    Login, Provider, Roles, SetRoles,
};
use domain::jose::Algorithm;
use domain::pool::{Signs, Tell};
use domain::random;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What whoever makes a pool decides.
#[derive(Clone, Debug)]
pub(crate) struct NewPool {
    pub(crate) name: String,
    pub(crate) guests: bool,
    pub(crate) classic: bool,
    pub(crate) providers: Vec<Provider>,
    pub(crate) tags: BTreeMap<String, String>,
}

/// A pool's snapshot by what an id of ours names: cached, or read from its object.
async fn pool_by_tag(edge: &Edge, tag: PoolTag) -> Result<Rc<IdentityPool>, Error> {
    if let Some(pool) = edge.cache.identity_pool(tag, edge.platform.now()) {
        return Ok(pool);
    }
    let reading = edge.cache.reading(edge.platform.now());
    let pool = Rc::new(edge.call(&Address::pool(tag), &FindIdentityPool {}).await?);
    edge.cache.keep_identity_pool(Rc::clone(&pool), reading);
    Ok(pool)
}

/// Parses a pool id that a caller sent, and reads the pool.
pub(crate) async fn pool_named(edge: &Edge, text: &str) -> Result<Rc<IdentityPool>, Error> {
    let missing = || Error::from(Refusal::IdentityPoolNotFound { pool: text.to_owned() });
    let id = IdentityPoolId::parse(&edge.id_key(), text).ok_or_else(missing)?;
    match pool_by_tag(edge, id.tag()).await {
        Ok(pool) if pool.id == id => Ok(pool),
        Ok(_) | Err(Error::Refused(Refusal::PoolNotFound { .. })) => Err(missing()),
        Err(error) => Err(error),
    }
}

/// The same, as the pool is now: for whoever administers it.
pub(crate) async fn pool_now(edge: &Edge, text: &str) -> Result<Rc<IdentityPool>, Error> {
    if let Some(id) = IdentityPoolId::parse(&edge.id_key(), text) {
        edge.cache.forget_identity_pool(id.tag());
    }
    pool_named(edge, text).await
}

/// Makes a pool: its object first, then the account's register, so that nothing refers to a pool that is not there.
pub(crate) async fn create(edge: &Edge, region: &str, new: NewPool) -> Result<IdentityPool, Error> {
    let id = IdentityPoolId::draw(&edge.id_key(), region, edge.platform.random());
    let keys = vec![token::draw_key(edge, id.as_str(), Signs::OpenId, Algorithm::Rs512).await?];
    let pool = IdentityPool {
        id: id.clone(),
        version: 1,
        placement: Placement::new(edge.settings().shards),
        name: new.name,
        guests: new.guests,
        classic: new.classic,
        providers: new.providers,
        tags: new.tags,
        roles: Roles::default(),
        created: 0,
        modified: 0,
        keys,
    };
    let flow = edge.clone();
    edge.to_the_end(async move {
        let pool = flow.call(&Address::pool(id.tag()), &CreateIdentityPool { pool }).await?;
        let told = Tell { kind: Kind::IdentityShard, tag: id.tag(), shards: 0, version: 1, gone: false };
        pool::introduce(&flow, entry(&pool), &told).await?;
        Ok(pool)
    })
    .await
}

/// A pool as the account's register has it.
pub(crate) fn entry(pool: &IdentityPool) -> RegisterPool {
    RegisterPool {
        id: pool.id.to_string(),
        name: pool.name.clone(),
        kind: PoolKind::Identity,
        domain: None,
        version: pool.version,
    }
}

/// Replaces the default roles, and tells every shard before it answers.
pub(crate) async fn set_roles(edge: &Edge, pool: &IdentityPool, roles: Roles) -> Result<(), Error> {
    let (flow, tag, entry) = (edge.clone(), pool.id.tag(), entry(pool));
    edge.to_the_end(async move {
        let told = flow.call(&Address::pool(tag), &SetRoles { roles }).await?;
        flow.cache.forget_identity_pool(tag);
        // This job has taken the place of the one that registers a new pool.
        pool::introduce(&flow, entry, &told).await
    })
    .await
}

/// Deletes a pool: asked of its object first, then forgotten by the account, then closed on every shard.
pub(crate) async fn delete(edge: &Edge, pool: &IdentityPool) -> Result<(), Error> {
    let (flow, id) = (edge.clone(), pool.id.clone());
    edge.to_the_end(async move {
        let told = flow.call(&Address::pool(id.tag()), &DeleteIdentityPool {}).await?;
        flow.cache.forget_identity_pool(id.tag());
        flow.call(&Address::ACCOUNT, &ForgetPool { id: id.to_string() }).await?;
        pool::tell(&flow, &told).await
    })
    .await
}

/// The identity of a login that has been verified, or of a new guest. The same login has the same identity, however many
/// ask at once.
pub(crate) async fn admit(
    edge: &Edge,
    pool: &Rc<IdentityPool>,
    login: Option<Login>,
) -> Result<IdentityId, Error> {
    let placement = pool.placement;
    let shard = login.as_ref().map_or_else(
        || {
            let drawn = random::below(edge.platform.random(), u32::from(placement.shards));
            u16::try_from(drawn).unwrap_or(0)
        },
        |login| login.shard(placement),
    );
    let build = |pool: &IdentityPool| {
        if login.is_none() && !pool.guests {
            return Err(Refusal::GuestsNotAllowed.into());
        }
        let (key, random) = (edge.id_key(), edge.platform.random());
        let fresh = IdentityId::draw(&key, pool.id.region(), pool.id.tag(), shard, random);
        Ok(Admit { fresh, login: login.clone() })
    };
    call_shard(edge, pool, shard, build).await.map(|(_, id)| id)
}

/// An identity by the id that a caller sent, and the pool as it was when the identity was read.
pub(crate) async fn find(edge: &Edge, text: &str) -> Result<(Rc<IdentityPool>, Identity), Error> {
    let missing = || Error::from(Refusal::IdentityNotFound { identity: text.to_owned() });
    let id = IdentityId::parse(&edge.id_key(), text).ok_or_else(missing)?;
    let found = async {
        let pool = pool_by_tag(edge, id.pool()).await?;
        // A shard that the pool does not have is not addressed: that would make it.
        if id.shard() >= pool.placement.shards {
            return Err(missing());
        }
        call_shard(edge, &pool, id.shard(), |_| Ok(FindIdentity { id: id.clone() })).await
    };
    found.await.map_err(|error| match error {
        Error::Refused(Refusal::PoolNotFound { .. } | Refusal::IdentityPoolNotFound { .. }) => missing(),
        error => error,
    })
}

/// Sends a command built from a pool's snapshot to one of its shards. A stale snapshot is reloaded once and the command
/// built anew; stale twice is busy. The pool in the answer is the one that the command was built from.
async fn call_shard<C: Command>(
    edge: &Edge,
    pool: &Rc<IdentityPool>,
    shard: u16,
    build: impl Fn(&IdentityPool) -> Result<C, Error>,
) -> Result<(Rc<IdentityPool>, C::Answer), Error> {
    let tag = pool.id.tag();
    let to = Address::identity_shard(tag, shard);
    let mut pool = Rc::clone(pool);
    for again in [true, false] {
        match edge.send(&to, &build(&pool)?, pool.version).await? {
            Reply::Answer(answer) => return Ok((pool, answer)),
            Reply::Refused(refusal) => return Err(refusal.into()),
            Reply::Stale(_) if again => {
                edge.cache.forget_identity_pool(tag);
                pool = pool_by_tag(edge, tag).await?;
            }
            Reply::Stale(_) => break,
            Reply::Gone => {
                edge.cache.forget_identity_pool(tag);
                return Err(Refusal::IdentityPoolNotFound { pool: pool.id.to_string() }.into());
            }
            // Nobody has ever been admitted there.
            Reply::Absent => return Err(Refusal::IdentityPoolNotFound { pool: pool.id.to_string() }.into()),
            Reply::Fault(fault) => return Err(Fault(fault.0).into()),
        }
    }
    Err(Refusal::Busy.into())
}
