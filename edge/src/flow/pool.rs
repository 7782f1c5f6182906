//! User pools: making, changing and deleting them, and telling the shards.

use super::token;
use crate::edge::Edge;
use domain::account::{ForgetPool, PoolKind, RegisterPool};
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
        let register =
            RegisterPool { id: id.to_string(), name: pool.settings.name.clone(), kind: PoolKind::User };
        flow.call(&Address::ACCOUNT, &register).await?;
        Ok(Rc::new(pool))
    })
    .await
}

/// Commits a change on the pool's object, then tells every shard before it answers.
async fn change<C>(edge: &Edge, pool: &UserPool, command: C) -> Result<C::Answer, Error>
where
    C: domain::command::Command + 'static,
    C::Answer: HasPool,
{
    let (flow, tag) = (edge.clone(), pool.id.tag());
    edge.to_the_end(async move {
        let answer = flow.call(&Address::pool(tag), &command).await?;
        flow.cache.forget_pool(tag);
        let pool = answer.pool();
        let (kind, shards) = (Kind::UserShard, pool.placement.shards);
        let told = Tell { kind, tag, shards, version: pool.version, gone: false };
        tell(&flow, &told).await?;
        Ok(answer)
    })
    .await
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
    let renamed = (settings.name != pool.settings.name).then(|| settings.name.clone());
    let updated = change(edge, pool, UpdatePool { settings }).await?;
    if let Some(name) = renamed {
        let register = RegisterPool { id: pool.id.to_string(), name, kind: PoolKind::User };
        edge.call(&Address::ACCOUNT, &register).await?;
    }
    Ok(updated)
}

pub(crate) async fn set_domain(
    edge: &Edge,
    pool: &UserPool,
    domain: Option<String>,
) -> Result<UserPool, Error> {
    change(edge, pool, SetDomain { domain }).await
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

/// Makes sure that the account has forgotten a pool whose deletion was cut short.
pub(crate) async fn forget(edge: &Edge, told: &Tell) -> Result<(), Error> {
    let object = Address::pool(told.tag);
    let id = if told.kind == Kind::IdentityShard {
        edge.call(&object, &identity::FindIdentityPool {}).await.map(|pool| pool.id.to_string())
    } else {
        edge.call(&object, &FindPool {}).await.map(|pool| pool.id.to_string())
    };
    match id {
        Ok(id) => edge.call(&Address::ACCOUNT, &ForgetPool { id }).await,
        // The pool's own end comes last: all is done.
        Err(Error::Refused(Refusal::PoolNotFound { .. })) => Ok(()),
        Err(error) => Err(error),
    }
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
        let message =
            "The change is stored, but could not be made known everywhere yet; that goes on by itself.";
        edge.log_fault(&format!("telling the shards of pool {}: {error:?}", told.tag));
        return Err(Refusal::NotTold { message: message.into() }.into());
    }
    let pool = Address::pool(told.tag);
    if told.gone {
        edge.call(&pool, &FinishDelete { tell: told.clone() }).await
    } else {
        edge.call(&pool, &Told { tell: told.clone() }).await
    }
}
