//! Claiming names that live on other shards than their user. The protocol and its crash table are `domain::user::Claim`'s.

use crate::edge::Edge;
use domain::error::{Error, Refusal};
use domain::id::Sub;
use domain::pool::UserPool;
use domain::user::{Claim, Claimant, Decide, Forsake, Holding, Name, ReleaseClaim, SettleClaim, Taken};
use std::rc::Rc;

/// How often a contested name is asked for again.
const TRIES: u32 = 3;

/// The names of one operation, split by where they live.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    pub(crate) here: Vec<Name>,
    pub(crate) elsewhere: Vec<Name>,
    pub(crate) operation: String,
}

impl Names {
    pub(crate) fn split(edge: &Edge, pool: &UserPool, home: u16, names: Vec<Name>) -> Self {
        let (here, elsewhere) = names.into_iter().partition(|name| pool.placement.of_name(&name.key) == home);
        Self { here, elsewhere, operation: edge.draw_id() }
    }
    /// Which of the names at home somebody else's claim stands against: theirs may be of another kind.
    pub(crate) fn against<'a>(&'a self, other: &'a Claimant) -> &'a Name {
        self.here.iter().find(|name| name.key == other.name.key).unwrap_or(&other.name)
    }
    fn claimants(&self, sub: &Sub) -> Vec<Claimant> {
        let claimant = |name: &Name| Claimant {
            name: name.clone(),
            sub: sub.clone(),
            operation: self.operation.clone(),
        };
        self.elsewhere.iter().map(claimant).collect()
    }
}

/// Claims the names elsewhere, runs the user write, and settles; or gives the claims back.
pub(crate) async fn holding<T>(
    edge: &Edge,
    pool: &Rc<UserPool>,
    sub: &Sub,
    names: &Names,
    write: impl AsyncFnOnce() -> Result<T, Error>,
) -> Result<T, Error> {
    let claimants = names.claimants(sub);
    let mut ours = Vec::new();
    for claimant in &claimants {
        if let Err(error) = take(edge, pool, claimant).await {
            release(edge, pool, &ours).await;
            return Err(error);
        }
        ours.push(claimant.clone());
    }
    match write().await {
        Ok(done) => {
            for claimant in &ours {
                // An unsettled claim is settled by whoever asks next.
                let shard = pool.placement.of_name(&claimant.name.key);
                let _ = edge.call_shard(pool, shard, |_| SettleClaim { claimant: claimant.clone() }).await;
            }
            Ok(done)
        }
        Err(error @ Error::Refused(_)) => {
            release(edge, pool, &ours).await;
            Err(error)
        }
        // Nobody knows whether the write happened: the claims stay open, and asking will decide.
        Err(fault) => Err(fault),
    }
}

async fn release(edge: &Edge, pool: &Rc<UserPool>, claimants: &[Claimant]) {
    for claimant in claimants {
        let shard = pool.placement.of_name(&claimant.name.key);
        let _ = edge.call_shard(pool, shard, |_| ReleaseClaim { claimant: claimant.clone() }).await;
    }
}

async fn take(edge: &Edge, pool: &Rc<UserPool>, claimant: &Claimant) -> Result<(), Error> {
    let shard = pool.placement.of_name(&claimant.name.key);
    let taken = || Error::from(Refusal::AliasTaken { name: claimant.name.kind.label().into() });
    for _ in 0..TRIES {
        let command = |pool: &UserPool| Claim { claimant: claimant.clone(), placement: pool.placement };
        match edge.call_shard(pool, shard, command).await? {
            Taken::Ours => return Ok(()),
            Taken::Held(_) => return Err(taken()),
            Taken::Contested(other) => {
                if !clear(edge, pool, &other).await? {
                    return Err(taken());
                }
            }
        }
    }
    Err(Refusal::Busy.into())
}

/// Asks the owner of a contested claim, and takes the claim away if its owner does not hold the name. Whether it did.
pub(crate) async fn clear(edge: &Edge, pool: &Rc<UserPool>, other: &Claimant) -> Result<bool, Error> {
    let home = pool.placement.of_sub(&other.sub);
    match edge.call_shard(pool, home, |_| Decide { claimant: other.clone() }).await? {
        Holding::Held => Ok(false),
        Holding::NotHeld => {
            let shard = pool.placement.of_name(&other.name.key);
            edge.call_shard(pool, shard, |_| ReleaseClaim { claimant: other.clone() }).await?;
            Ok(true)
        }
    }
}

/// Clears a claim away that stands against one of the names, or refuses because its owner holds what it claims.
pub(crate) async fn dispute(
    edge: &Edge,
    pool: &Rc<UserPool>,
    names: &Names,
    other: &Claimant,
) -> Result<(), Error> {
    if clear(edge, pool, other).await? {
        return Ok(());
    }
    Err(Refusal::AliasTaken { name: names.against(other).kind.label().into() }.into())
}

/// Gives back the names of a user who is gone.
pub(crate) async fn forsake(edge: &Edge, pool: &Rc<UserPool>, sub: &Sub, names: &[Name]) {
    for name in names {
        let shard = pool.placement.of_name(&name.key);
        // One that stays behind is released by the next who wants the name.
        let _ = edge.call_shard(pool, shard, |_| Forsake { sub: sub.clone(), name: name.clone() }).await;
    }
}
