//! What an isolate remembers between requests: plain data only, bounded, and never stale where it matters (a shard
//! refuses a command built from an older pool version). Paths that touch no shard may lag by [`MAX_AGE`].

use crate::account_view::AccountSnapshot;
use domain::id::PoolTag;
use domain::identity::IdentityPool;
use domain::pool::{Client, UserPool};
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// Seconds a snapshot may be used without asking.
pub const MAX_AGE: i64 = 5;
/// How often in [`MAX_AGE`] seconds the account is read for something that the last snapshot does not have.
const LOOKS: u32 = 20;
/// Pools remembered; the cache starts over when it is full.
const POOLS: usize = 256;
/// Clients remembered a pool.
const CLIENTS: usize = 256;

#[derive(Debug, Default)]
pub struct Cache {
    pools: RefCell<HashMap<PoolTag, Kept>>,
    identity_pools: RefCell<HashMap<PoolTag, (Rc<IdentityPool>, i64)>>,
    account: RefCell<Option<(Rc<AccountSnapshot>, i64)>>,
    /// Since when such reads are counted, and how many there were.
    looks_again: Cell<(i64, u32)>,
    pub(crate) looks: crate::flow::branding::Looks,
    pub(crate) gate: crate::flow::gate::Known,
    /// Memory for bodies.
    pub(crate) bodies: crate::buffer::Budget,
}

#[derive(Debug)]
struct Kept {
    pool: Rc<UserPool>,
    read: i64,
    clients: HashMap<String, Rc<Client>>,
}

impl Cache {
    pub(crate) fn pool(&self, tag: PoolTag, now: i64) -> Option<Rc<UserPool>> {
        let pools = self.pools.borrow();
        let kept = pools.get(&tag)?;
        (kept.read + MAX_AGE > now).then(|| Rc::clone(&kept.pool))
    }

    pub(crate) fn keep_pool(&self, pool: Rc<UserPool>, now: i64) {
        let mut pools = self.pools.borrow_mut();
        if pools.len() >= POOLS {
            pools.clear();
        }
        let clients = match pools.remove(&pool.id.tag()) {
            Some(old) if old.pool.version == pool.version => old.clients,
            _ => HashMap::new(),
        };
        pools.insert(pool.id.tag(), Kept { pool, read: now, clients });
    }

    pub(crate) fn forget_pool(&self, tag: PoolTag) {
        self.pools.borrow_mut().remove(&tag);
    }

    pub(crate) fn identity_pool(&self, tag: PoolTag, now: i64) -> Option<Rc<IdentityPool>> {
        let pools = self.identity_pools.borrow();
        let (pool, read) = pools.get(&tag)?;
        (read + MAX_AGE > now).then(|| Rc::clone(pool))
    }

    pub(crate) fn keep_identity_pool(&self, pool: Rc<IdentityPool>, now: i64) {
        let mut pools = self.identity_pools.borrow_mut();
        if pools.len() >= POOLS {
            pools.clear();
        }
        pools.insert(pool.id.tag(), (pool, now));
    }

    pub(crate) fn forget_identity_pool(&self, tag: PoolTag) {
        self.identity_pools.borrow_mut().remove(&tag);
    }

    /// The last snapshot of the account, and whether it is young enough to be used without asking.
    pub(crate) fn account(&self, now: i64) -> Option<(Rc<AccountSnapshot>, bool)> {
        let account = self.account.borrow();
        let (snapshot, read) = account.as_ref()?;
        Some((Rc::clone(snapshot), read + MAX_AGE > now))
    }

    /// Counts a read of the account for what its snapshot does not have; false where there were too many lately.
    pub(crate) fn may_look_again(&self, now: i64) -> bool {
        let (since, count) = self.looks_again.get();
        let (since, count) = if since + MAX_AGE > now { (since, count) } else { (now, 0) };
        self.looks_again.set((since, count.saturating_add(1)));
        count < LOOKS
    }

    pub(crate) fn keep_account(&self, snapshot: Rc<AccountSnapshot>, now: i64) {
        *self.account.borrow_mut() = Some((snapshot, now));
    }

    pub(crate) fn client(&self, pool: &UserPool, id: &str) -> Option<Rc<Client>> {
        let pools = self.pools.borrow();
        let kept = pools.get(&pool.id.tag()).filter(|kept| kept.pool.version == pool.version)?;
        kept.clients.get(id).map(Rc::clone)
    }

    pub(crate) fn keep_client(&self, pool: &UserPool, client: Rc<Client>) {
        let mut pools = self.pools.borrow_mut();
        if let Some(kept) = pools.get_mut(&pool.id.tag()).filter(|kept| kept.pool.version == pool.version) {
            if kept.clients.len() >= CLIENTS {
                kept.clients.clear();
            }
            kept.clients.insert(client.id.to_string(), client);
        }
    }
}
