//! User pools: making, changing and deleting them, and telling the account and the shards.
//!
//! The pool's own object decides. It commits a change together with a job, so that whoever is cut off after that leaves
//! nothing undone:
//!
//! | stopped after | state | who mends it |
//! |---|---|---|
//! | the pool's commit | the account or a shard does not know | the same request again, or the job: it registers what the pool says now, then tells the shards |
//! | registering was refused, as another pool has the prefix | the pool says it has what it cannot get | the same: the pool gives the prefix up |
//! | registering | the shards do not know | the job |
//! | deletion's commit | all as before | the same request again, or the job: the account forgets the pool and frees its prefix, then the shards close, then the pool's object |

use super::token;
use crate::edge::Edge;
use domain::account::{FindDomain, ForgetPool, PoolKind, RegisterPool};
use domain::address::{Address, Kind};
use domain::error::{Error, Refusal};
use domain::id::{Placement, PoolId};
use domain::jose::Algorithm;
use domain::pool::{
    Client, CreatePool, DeleteClient, DeletePool, FindPool, FinishDelete, SetDomain, Settings, Signs, Tell,
    Told, UpdateClient, UpdatePool, UserPool,
};
use domain::{identity, user};
use futures_util::StreamExt;
use std::rc::Rc;

/// Shards told at once.
const AT_ONCE: usize = 6;

/// Makes a pool: its object first, then the account's register, so that nothing refers to a pool that is not there.
pub(crate) async fn create(edge: &Edge, region: &str, settings: Settings) -> Result<Rc<UserPool>, Error> {
    let id = PoolId::draw(&edge.id_key(), region, edge.platform.random());
    let issuer = if edge.settings().aws_issuer {
        format!("https://cognito-idp.{region}.amazonaws.com/{id}")
    } else {
        format!("{}/{id}", edge.settings().origin)
    };
    let keys = vec![
        token::draw_key(edge, id.as_str(), Signs::Id, Algorithm::Rs256).await?,
        token::draw_key(edge, id.as_str(), Signs::Access, Algorithm::Rs256).await?,
    ];
    let placement = Placement::new(edge.settings().shards);
    let pool = UserPool {
        id: id.clone(),
        version: 1,
        placement,
        issuer,
        settings,
        domain: None,
        created: 0,
        modified: 0,
        keys,
    };
    let flow = edge.clone();
    edge.to_the_end(async move {
        let pool = flow.call(&Address::pool(id.tag()), &CreatePool { pool }).await?;
        let told = Tell { shards: 0, ..Tell::of(&pool) };
        introduce(&flow, entry(&pool), &told).await?;
        Ok(Rc::new(pool))
    })
    .await
}

/// Makes a new pool known, or ends it again where there may be no more.
pub(crate) async fn introduce(edge: &Edge, entry: RegisterPool, told: &Tell) -> Result<(), Error> {
    match edge.call(&Address::ACCOUNT, &entry).await {
        Err(full @ Error::Refused(Refusal::QuotaExceeded { .. })) => {
            let tell = Tell { gone: true, ..told.clone() };
            edge.call(&Address::pool(told.tag), &FinishDelete { tell }).await?;
            Err(full)
        }
        Err(error) => Err(untold(edge, told, &error)),
        Ok(()) => tell(edge, told).await,
    }
}

/// A pool as the account's register has it.
fn entry(pool: &UserPool) -> RegisterPool {
    RegisterPool {
        id: pool.id.to_string(),
        name: pool.settings.name.clone(),
        kind: PoolKind::User,
        domain: pool.domain.clone(),
        version: pool.version,
    }
}

/// Commits a change on the pool's object, then tells the account and every shard before it answers.
async fn change<C>(edge: &Edge, pool: &UserPool, command: C) -> Result<C::Answer, Error>
where
    C: domain::command::Command + 'static,
    C::Answer: HasPool,
{
    let (flow, tag) = (edge.clone(), pool.id.tag());
    edge.to_the_end(async move {
        let answer = flow.call(&Address::pool(tag), &command).await?;
        flow.cache.forget_pool(tag);
        announce(&flow, answer.pool(), &Tell::of(answer.pool())).await?;
        Ok(answer)
    })
    .await
}

/// Makes known what a pool is now: to the account, to every shard, to the pool itself that it is done. A prefix that another
/// pool has is given up again, and refused.
async fn announce(edge: &Edge, pool: &UserPool, told: &Tell) -> Result<(), Error> {
    let taken = match edge.call(&Address::ACCOUNT, &entry(pool)).await {
        Ok(()) => return tell(edge, told).await,
        Err(Error::Refused(Refusal::DomainTaken { domain })) => domain,
        Err(error) => return Err(untold(edge, told, &error)),
    };
    let give_up = SetDomain { domain: None, instead_of: Some(taken.clone()) };
    match edge.call(&Address::pool(told.tag), &give_up).await {
        Ok(without) => {
            edge.cache.forget_pool(told.tag);
            let told = Tell::of(&without);
            edge.call(&Address::ACCOUNT, &entry(&without))
                .await
                .map_err(|error| untold(edge, &told, &error))?;
            tell(edge, &told).await?;
        }
        // Another change has come meanwhile, with a job of its own.
        Err(Error::Refused(Refusal::DomainNotFound { .. })) => {}
        Err(error) => return Err(error),
    }
    Err(Refusal::DomainTaken { domain: taken }.into())
}

/// An answer that carries the pool as it is after a change.
trait HasPool: 'static {
    fn pool(&self) -> &UserPool;
}
impl HasPool for UserPool {
    fn pool(&self) -> &UserPool {
        self
    }
}
impl HasPool for (Client, UserPool) {
    fn pool(&self) -> &UserPool {
        &self.1
    }
}

pub(crate) async fn update(edge: &Edge, pool: &UserPool, settings: Settings) -> Result<UserPool, Error> {
    change(edge, pool, UpdatePool { settings }).await
}

/// Gives a pool its prefix. Asking again for the one it has makes sure that everybody knows.
pub(crate) async fn create_domain(edge: &Edge, pool: &UserPool, domain: String) -> Result<(), Error> {
    // Cheaper than to be refused it by the account once the pool has it.
    let owner = edge.call(&Address::ACCOUNT, &FindDomain { domain: domain.clone() }).await?;
    if owner.is_some_and(|owner| owner != pool.id.as_str()) {
        return Err(Refusal::DomainTaken { domain }.into());
    }
    change(edge, pool, SetDomain { domain: Some(domain), instead_of: None }).await.map(drop)
}

/// Takes a pool's prefix away. Asking again while the account still has it makes sure that it is free.
pub(crate) async fn delete_domain(edge: &Edge, pool: &Rc<UserPool>, domain: String) -> Result<(), Error> {
    if pool.domain.as_ref() == Some(&domain) {
        let command = SetDomain { domain: None, instead_of: Some(domain) };
        return change(edge, pool, command).await.map(drop);
    }
    let owner = edge.call(&Address::ACCOUNT, &FindDomain { domain: domain.clone() }).await?;
    if owner.is_none_or(|owner| owner != pool.id.as_str()) {
        return Err(Refusal::DomainNotFound { domain }.into());
    }
    let (flow, pool) = (edge.clone(), Rc::clone(pool));
    edge.to_the_end(async move { announce(&flow, &pool, &Tell::of(&pool)).await }).await
}

pub(crate) async fn update_client(edge: &Edge, pool: &UserPool, client: Client) -> Result<Client, Error> {
    Ok(change(edge, pool, UpdateClient { client }).await?.0)
}

pub(crate) async fn delete_client(edge: &Edge, pool: &UserPool, id: String) -> Result<(), Error> {
    change(edge, pool, DeleteClient { id }).await.map(drop)
}

/// Deletes a pool: asked of its object first, then forgotten by the account, then closed on every shard.
pub(crate) async fn delete(edge: &Edge, pool: &UserPool) -> Result<(), Error> {
    let (flow, id) = (edge.clone(), pool.id.clone());
    edge.to_the_end(async move {
        let told = flow.call(&Address::pool(id.tag()), &DeletePool {}).await?;
        flow.cache.forget_pool(id.tag());
        flow.call(&Address::ACCOUNT, &ForgetPool { id: id.to_string() }).await?;
        tell(&flow, &told).await
    })
    .await
}

/// What a change or a deletion that was cut short left undone: nothing, once the pool itself is gone.
pub(crate) async fn finish(edge: &Edge, told: &Tell) -> Result<(), Error> {
    match resume(edge, told).await {
        Err(Error::Refused(
            Refusal::PoolNotFound { .. } | Refusal::DomainTaken { .. } | Refusal::QuotaExceeded { .. },
        )) => Ok(()),
        other => other,
    }
}

async fn resume(edge: &Edge, told: &Tell) -> Result<(), Error> {
    let object = Address::pool(told.tag);
    if told.kind == Kind::IdentityShard {
        let pool = edge.call(&object, &identity::FindIdentityPool {}).await?;
        if told.gone {
            edge.call(&Address::ACCOUNT, &ForgetPool { id: pool.id.to_string() }).await?;
            return tell(edge, told).await;
        }
        return introduce(edge, super::identity::entry(&pool), told).await;
    }
    let pool = edge.call(&object, &FindPool {}).await?;
    if told.gone {
        edge.call(&Address::ACCOUNT, &ForgetPool { id: pool.id.to_string() }).await?;
        return tell(edge, told).await;
    }
    if told.shards == 0 {
        return introduce(edge, entry(&pool), told).await;
    }
    announce(edge, &pool, told).await
}

/// Tells every shard of a version or of the pool's end, then tells the pool that it is done. A shard that cannot be told
/// is an error that says the write stands: the pool's alarm goes on trying.
pub(crate) async fn tell(edge: &Edge, told: &Tell) -> Result<(), Error> {
    let results: Vec<Result<(), Error>> = futures_util::stream::iter(0..told.shards)
        .map(|shard| async move {
            let (to, version) = (Address::shard(told.kind, told.tag, shard), told.version);
            // An end is told without a version: a shard that knows a newer one must close all the same.
            match (told.kind, told.gone) {
                (Kind::IdentityShard, true) => edge.tell(&to, &identity::Close {}, 0).await,
                (Kind::IdentityShard, false) => edge.tell(&to, &identity::Raise {}, version).await,
                (_, true) => edge.tell(&to, &user::Close {}, 0).await,
                (_, false) => edge.tell(&to, &user::Raise {}, version).await,
            }
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    if let Some(Err(error)) = results.into_iter().find(Result::is_err) {
        return Err(untold(edge, told, &error));
    }
    let pool = Address::pool(told.tag);
    if told.gone {
        edge.call(&pool, &FinishDelete { tell: told.clone() }).await
    } else {
        edge.call(&pool, &Told { tell: told.clone() }).await
    }
}

/// The change stands, but somebody could not be told.
fn untold(edge: &Edge, told: &Tell, error: &Error) -> Error {
    edge.log_fault(&format!("telling of pool {}: {error:?}", told.tag));
    let message = "The change is stored, but could not be made known everywhere yet; that goes on by itself.";
    Refusal::NotTold { message: message.into() }.into()
}
